import { createHash } from "node:crypto";

import { messageOf, type Finding } from "../../lint/finding.js";
import { ruleName } from "./rule-name.js";

/**
 * What a finding is called from run to run: the same while it only moves within its file or another free subnet is
 * proposed, and another one for each finding of a run.
 */
export function fingerprinter(): (file: string, finding: Finding) => string {
  const seen = new Map<string, number>();
  return (file, finding) => {
    const { network, subnet, range } = finding.subject;
    const about = network === undefined ? messageOf(finding) : [network, subnet, range].join("\n");
    const identity = [file, ruleName(finding), about].join("\n");
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return createHash("sha256").update(`${identity}\n${before}`).digest("hex").slice(0, 32);
  };
}
