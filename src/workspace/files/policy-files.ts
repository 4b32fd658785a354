import type { PolicyFiles } from "../../policy/load-policy.js";
import type { Disk } from "./disk.js";
import { describeReadFault } from "./read-fault.js";

/** The files of policies, as far as they may be read. */
export function policyFilesOn(disk: Disk): Required<Omit<PolicyFiles, "show">> {
  return {
    read: (path, asking) => (asking === undefined || disk.reaches(asking, path) ? disk.read(path) : undefined),
    whyNot(path) {
      const fault = disk.faults().get(path);
      return fault && { reason: describeReadFault(fault), isElsewhere: isElsewhere(disk, path) };
    },
  };
}

/** Whether a file is not read for the place where it lies: it is no fault, and what it says is unknown. */
export function isElsewhere(disk: Disk, path: string): boolean {
  const kind = disk.faults().get(path)?.kind;
  return kind === "outside" || kind === "git internals";
}
