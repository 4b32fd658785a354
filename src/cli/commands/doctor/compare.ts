import { compareSnapshots } from "../../../host/compare-snapshots.js";
import { success } from "../../../kit/result.js";
import type { DoctorTask } from "../../arguments/doctor.js";
import { count } from "../../terminal/count.js";
import { changeAsLine, changesAsJson } from "../../reports/network-changes.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import { complain, type Terminal } from "../../terminal/terminal.js";
import type { Programs } from "./ask-program.js";
import type { HostPolicy } from "./forbidden.js";
import { snapshotFrom } from "./snapshot-from.js";
import { takeSnapshot } from "./take-snapshot.js";

/** Shows which networks came and went between two snapshots, or since one. */
export async function compare(
  { before, after }: Extract<DoctorTask, { kind: "diff" }>,
  { format, policy }: { readonly format: "text" | "json"; readonly policy: HostPolicy },
  programs: Programs,
  terminal: Terminal,
): Promise<ExitCode> {
  const old = snapshotFrom(before, terminal);
  const current =
    after === undefined ? success(await takeSnapshot(programs, process.env)) : snapshotFrom(after, terminal);
  for (const snapshot of [old, current]) {
    if (snapshot.ok) continue;
    complain(terminal, snapshot.fault);
    return EXIT_CODES.trouble;
  }
  if (!old.ok || !current.ok) return EXIT_CODES.trouble;
  const changes = compareSnapshots(old.value, current.value, policy.forbiddenIn);
  if (format === "json") terminal.stdout.write(changesAsJson(changes));
  else {
    for (const change of changes) terminal.stdout.write(changeAsLine(change));
    for (const { what, why } of current.value.missing) complain(terminal, `not checked: ${what}: ${why}`);
    terminal.stdout.write(`${count(changes.length, "network")} came or went\n`);
  }
  if (policy.isFaulty) return EXIT_CODES.trouble;
  return changes.some(({ change, took }) => change === "came" && took.length > 0)
    ? EXIT_CODES.findings
    : EXIT_CODES.clean;
}
