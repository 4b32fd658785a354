import type { PolicyFiles } from "../../policy/load-policy.js";
import { readPolicyFile, type PolicyFile } from "../../policy/policy-file.js";
import type { Disk } from "./disk.js";
import { describeReadFault } from "./read-fault.js";

/** The files of policies, as far as they may be read. */
export function policyFilesOn(disk: Disk): Required<Omit<PolicyFiles, "show">> {
  return {
    parse: parserOf(disk),
    read: (path, asking) => (asking === undefined || disk.reaches(asking, path) ? disk.read(path) : undefined),
    whyNot(path) {
      const fault = disk.faults().get(path);
      return fault && { reason: describeReadFault(fault), isElsewhere: isElsewhere(disk, path) };
    },
  };
}

const parsers = new WeakMap<Disk, typeof readPolicyFile>();

/** A thousand policies may extend one file, which is parsed, and kept, once. */
function parserOf(disk: Disk): typeof readPolicyFile {
  const known = parsers.get(disk);
  if (known) return known;
  const files = new Map<string, { readonly content: string; readonly parsed: PolicyFile }>();
  const parse = (path: string, content: string): PolicyFile => {
    const before = files.get(path);
    if (before?.content === content) return before.parsed;
    const parsed = readPolicyFile(path, content);
    files.set(path, { content, parsed });
    return parsed;
  };
  parsers.set(disk, parse);
  return parse;
}

/** Whether a file is not read for the place where it lies: it is no fault, and what it says is unknown. */
export function isElsewhere(disk: Disk, path: string): boolean {
  const kind = disk.faults().get(path)?.kind;
  return kind === "outside" || kind === "git internals";
}
