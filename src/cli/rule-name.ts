import type { ReportedFinding } from "./reported-finding.js";

/** What reports that need a name call a finding of no rule: no YAML, or a disable comment without an effect. */
const ABOUT_THE_FILE = "compose-networks/file";

export function ruleName({ rule }: ReportedFinding): string {
  return rule ?? ABOUT_THE_FILE;
}
