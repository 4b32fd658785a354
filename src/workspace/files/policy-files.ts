import type { PolicyFiles } from "../../policy/load-policy.js";
import { readPolicyFile, unreadPolicyFile, type PolicyFile } from "../../policy/policy-file.js";
import { Budget, CHARACTERS_PER_UNIT } from "./budget.js";
import type { Disk } from "./disk.js";
import { describeReadFault } from "./read-fault.js";

/** The files of policies, as far as they may be read. */
export function policyFilesOn(disk: Disk): Required<Omit<PolicyFiles, "show" | "rules">> {
  const texts = textsOf(disk);
  return {
    parse: (path, content) => texts.parse(path, content),
    read: (path, asking) => (asking === undefined || disk.reaches(asking, path) ? texts.read(path) : undefined),
    whyNot(path) {
      const fault = disk.faults().get(path);
      return fault && { reason: describeReadFault(fault), isElsewhere: isElsewhere(disk, path) };
    },
  };
}

const texts = new WeakMap<Disk, PolicyTexts>();

function textsOf(disk: Disk): PolicyTexts {
  const known = texts.get(disk) ?? new PolicyTexts(disk);
  texts.set(disk, known);
  return known;
}

interface Known {
  readonly version: string | undefined;
  readonly content: string;
  readonly parsed: PolicyFile;
}

/** A thousand policies may extend one file, which is read, parsed, and kept, once. */
class PolicyTexts {
  readonly #files = new Map<string, Known>();
  readonly #budget = new Budget();

  constructor(readonly disk: Disk) {}

  read(path: string): string | undefined {
    const known = this.#files.get(path);
    const version = known && this.disk.version(path);
    return known && known.version === version ? known.content : this.disk.read(path);
  }

  parse(path: string, content: string): PolicyFile {
    const before = this.#files.get(path);
    if (before?.content === content) return before.parsed;
    if (!this.#budget.hasRoomFor(path)) return unreadPolicyFile(path, FULL);
    const parsed = readPolicyFile(path, content);
    this.#budget.keep(path, unitsOf(parsed, content));
    this.#files.set(path, { version: this.disk.version(path), content, parsed });
    return parsed;
  }
}

const FULL =
  "there is no room for its forbidden ranges: the policies and lists read before it have too many; let policies share one list";

/** An entry with all that may be said of it takes as much as some lines of a list. */
function unitsOf({ forbidden }: PolicyFile, content: string): number {
  return (
    forbidden.length / (forbidden.always ? LINES_PER_UNIT : ENTRIES_PER_UNIT) + content.length / CHARACTERS_PER_UNIT
  );
}

const ENTRIES_PER_UNIT = 3;
const LINES_PER_UNIT = 50;

/** Whether a file is not read for the place where it lies: it is no fault, and what it says is unknown. */
export function isElsewhere(disk: Disk, path: string): boolean {
  const kind = disk.faults().get(path)?.kind;
  return kind === "outside" || kind === "git internals";
}
