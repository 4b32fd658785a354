import type { Linter } from "eslint/universal";

import type { Host } from "../corpus/host.js";
import { judge, WRONGS, type Wrong } from "../corpus/judge.js";
import { Law } from "./law.js";

export const NO_OPTION = "no option";

/** The options that change what a fix does, as rules of a host. */
export const OPTIONS: Readonly<Record<string, Linter.RulesRecord>> = {
  [NO_OPTION]: {},
  "renumber: true": { "compose-networks/no-forbidden-subnet": ["error", { renumber: true }] },
  'style: "variable"': { "compose-networks/require-subnet": ["error", { style: "variable" }] },
};

/** The laws that hold for each file by itself. */
const NAMES: Readonly<Record<Wrong, string>> = {
  crashes: "no file is too much",
  "fixed files that are no YAML": "the fixed file parses",
  "files whose project changed elsewhere": "the parse differs only in the fields meant",
  "files changed outside the edited lines": "bytes outside the edited spans stay",
  "findings left after their fix": "the finding is gone",
  "findings that a fix brought in": "no finding of any rule comes in",
  "suggestions that break something": "each suggestion changes its network alone, and its finding is gone",
  "files that a second run still changes": "a second run changes nothing",
};

export class OneFileLaws {
  readonly #laws = new Map(WRONGS.map((wrong) => [wrong, new Law(NAMES[wrong])]));
  /** Files that had something to fix. */
  fixed = 0;
  /** Why an edit was not made, with names left out: one for each finding. */
  readonly obstacles: string[] = [];

  constructor(readonly host: Host) {}

  /** @returns the fixed text, where there is one. */
  try(name: string, path: string, text: string): string | undefined {
    const { fixed, obstacles, wrongs } = judge(this.host, path, text);
    const broken = new Map(wrongs.map(({ wrong, detail }) => [wrong, detail]));
    if (fixed !== undefined && this.host.fix(path, fixed) !== fixed) {
      broken.set("files that a second run still changes", "");
    }
    for (const [wrong, law] of this.#laws) {
      const detail = broken.get(wrong);
      law.tried(detail === undefined ? undefined : `${name}: ${detail}`);
    }
    if (fixed !== undefined) this.fixed += 1;
    this.obstacles.push(...obstacles);
    return fixed;
  }

  get laws(): readonly Law[] {
    return [...this.#laws.values()];
  }
}
