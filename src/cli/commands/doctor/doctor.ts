import { diagnose } from "../../../host/diagnose.js";
import { answerFor } from "../../../host/route-answer.js";
import type { Snapshot } from "../../../host/snapshot.js";
import { snapshotAsJson } from "../../../host/snapshot-json.js";
import { success } from "../../../kit/result.js";
import type { DoctorRequest } from "../../arguments/doctor.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import { stringifyPrintably } from "../../terminal/printable.js";
import { complain, type Terminal } from "../../terminal/terminal.js";
import { Programs } from "./ask-program.js";
import { policyOnHost, type HostPolicy } from "./forbidden.js";
import { snapshotFrom } from "./snapshot-from.js";
import { takeSnapshot } from "./take-snapshot.js";
import { writeSnapshot } from "./write-snapshot.js";

/** Looks at this host, or at a snapshot of one: which Docker network has whose addresses, and what ends it. */
export async function doctor(request: DoctorRequest, terminal: Terminal): Promise<ExitCode> {
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  const policy = policyOnHost(request.ranges, terminal);
  if (!policy.ok) return fail(policy.fault);
  const { task, format } = request;
  const programs = new Programs(terminal.cwd);
  if (task.kind === "watch") {
    const { watch } = await import("./watch.js");
    return watch({ programs, policy: policy.value, program: task.program, format }, terminal);
  }
  if (task.kind === "diff") {
    const { compare } = await import("./compare.js");
    return compare(task, { format, policy: policy.value }, programs, terminal);
  }
  const snapshot = task.from === undefined ? success(await lookAround(programs)) : snapshotFrom(task.from, terminal);
  if (!snapshot.ok) return fail(snapshot.fault);
  if (request.save !== undefined) {
    const text = stringifyPrintably(snapshotAsJson(snapshot.value, { containerNames: request.containerNames }));
    const written = writeSnapshot(request.save, text, terminal);
    if (!written.ok) return fail(written.fault);
  }
  return report(snapshot.value, policy.value, request, terminal);
}

async function lookAround(programs: Programs): Promise<Snapshot> {
  const snapshot = await takeSnapshot(programs, process.env);
  if (!snapshot.engine) return snapshot;
  const { withDeclared } = await import("./declared-networks.js");
  return { ...snapshot, engine: withDeclared(snapshot.engine) };
}

async function report(
  snapshot: Snapshot,
  { forbiddenIn, isFaulty }: HostPolicy,
  { address, format }: DoctorRequest,
  { stdout }: Terminal,
): Promise<ExitCode> {
  const diagnosis = diagnose(snapshot, forbiddenIn);
  const answer = address && answerFor(address, diagnosis);
  if (format === "json") {
    const { doctorAsJson } = await import("../../reports/doctor-json.js");
    stdout.write(doctorAsJson(diagnosis, answer));
  } else {
    const [{ doctorAsText }, { painter }] = await Promise.all([
      import("../../reports/doctor-text.js"),
      import("../../terminal/paint.js"),
    ]);
    stdout.write(doctorAsText(diagnosis, answer, painter(stdout.hasColors)));
  }
  // Without any route nothing was looked at, and nobody may take that for a healthy host.
  if (isFaulty || snapshot.routes.length === 0) return EXIT_CODES.trouble;
  const isWrong = answer?.isTaken === true || diagnosis.findings.some(({ severity }) => severity !== "note");
  return isWrong ? EXIT_CODES.findings : EXIT_CODES.clean;
}
