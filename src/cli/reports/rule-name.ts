import type { Finding } from "../../lint/finding.js";

/** What reports that need a name call a finding of no rule: no YAML, or a disable comment without an effect. */
const ABOUT_THE_FILE = "compose-networks/file";

export function ruleName({ rule }: Finding): string {
  return rule ?? ABOUT_THE_FILE;
}
