import type { EngineRelease } from "../../../../src/compose/engine/releases.js";
import { inProcess } from "../../../cli/in-process.js";
import { asArray, asObject, asText } from "./unchecked.js";

/** What the command says becomes of the projects below a folder. */
export interface OurVerdict {
  readonly kind: "ok" | "refused" | "may fail";
  /** The findings behind it, each with its rule. */
  readonly because: readonly string[];
}

/** Runs the check that a user runs, and takes its report for what an engine of one release would do. */
export async function ourVerdict(folder: string, release: EngineRelease): Promise<OurVerdict> {
  const { stdout, stderr } = await inProcess(folder, ["--format", "json", "."]);
  if (stdout === "") throw new Error(`the check of ${folder} says: ${stderr}`);
  const report = asObject(JSON.parse(stdout), "the report");
  const findings = asArray(report["findings"], "findings").map((each) => asObject(each, "a finding"));
  const refusing = findings.filter((finding) => isRefusal(finding, release));
  if (refusing.length > 0) return { kind: "refused", because: refusing.map(shown) };
  const doubtful = findings.filter(({ outcome }) => outcome === "may-fail");
  return { kind: doubtful.length > 0 ? "may fail" : "ok", because: doubtful.map(shown) };
}

/** A text that is no YAML is refused by Compose too. It is a finding without a rule. */
function isRefusal(
  { rule, outcome, from, before }: Readonly<Record<string, unknown>>,
  release: EngineRelease,
): boolean {
  if (rule === null) return true;
  if (outcome !== "refused") return false;
  const number = Number(release);
  return (
    (typeof from !== "string" || Number(from) <= number) && (typeof before !== "string" || number < Number(before))
  );
}

function shown({ rule, message }: Readonly<Record<string, unknown>>): string {
  return `${typeof rule === "string" ? rule : "-"}: ${asText(message, "message")}`;
}
