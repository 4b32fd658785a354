import path from "node:path";

import { parse } from "yaml";

import { parsePrefix, rangeOf, type Prefix } from "../../src/ipam/prefix.js";
import { rangesOverlap } from "../../src/ipam/range.js";
import type { Dice } from "../compare/compose/dice.js";
import { hostIn, workspaceWith } from "./folder.js";
import { Law } from "./law.js";
import { mergeBranches } from "./merge-branches.js";
import type { Texts } from "./workspaces.js";

export interface MergeOptions {
  /** The pool of the /24s. */
  readonly pool: string;
  /** Of the base that both branches start from. */
  readonly networks: number;
}

/** Two branches that each add a network, fixed before they are merged by git. */
export class MergeTrials {
  readonly apart: Law;
  readonly reported = new Law("every overlap of two branches is reported after the merge, and nothing else is");
  /** Trials that ended with an overlap. */
  overlaps = 0;

  constructor(readonly options: MergeOptions) {
    this.apart = new Law(`each network has one subnet of ${options.pool} after the merge`);
  }

  try(dice: Dice, number: number): void {
    const names = dice.several(this.options.networks + 2, this.options.networks + 2, () => nameOf(dice));
    const [ours = "", theirs = "", ...known] = names.map((name, index) => `${name}${index}`);
    const merged = number % 2 === 0 ? this.#sameProject(ours, theirs, known) : this.#twoProjects(ours, theirs, known);
    const pinned = [...merged].flatMap(([, text]) => subnetsIn(text));
    const keys = new Set(pinned.map(({ network }) => network));
    this.apart.tried(keys.size === names.length && pinned.length === names.length ? undefined : `trial ${number}`);
    this.#look(merged, pinned, `trial ${number}`);
  }

  #look(merged: Texts, pinned: readonly Pinned[], name: string): void {
    const root = this.#workspace(merged);
    const host = hostIn(root);
    const reported = [...merged].flatMap(([file, text]) =>
      host
        .lint(path.join(root, file), text)
        .findings.filter(({ rule }) => rule === "no-overlapping-subnets")
        .map(({ subject }) => subject["network"] ?? ""),
    );
    const pairs = overlapping(pinned);
    if (pairs.length > 0) this.overlaps += 1;
    const unsaid = pairs.find((pair) => !pair.some(({ network }) => reported.includes(network)));
    const untrue = reported.find((key) => !pairs.some((pair) => pair.some(({ network }) => network === key)));
    const { pool } = this.options;
    if (unsaid) this.reported.tried(`${name}, ${pool}: ${unsaid.map(({ network }) => network).join(" and ")}`);
    else this.reported.tried(untrue === undefined ? undefined : `${name}, ${pool}: ${untrue} overlaps nothing`);
  }

  /** One branch adds at the top and the other at the bottom: else git would ask a person. */
  #sameProject(ours: string, theirs: string, known: readonly string[]): Texts {
    const file = "compose.yaml";
    const base = this.#fixed(new Map([[file, projectWith(known)]]));
    const text = base.get(file) ?? "";
    return mergeBranches(
      base,
      this.#fixed(base, new Map([[file, withNetwork(text, ours, "top")]])),
      this.#fixed(base, new Map([[file, withNetwork(text, theirs, "bottom")]])),
    );
  }

  #twoProjects(ours: string, theirs: string, known: readonly string[]): Texts {
    const [left, right] = ["x/compose.yaml", "y/compose.yaml"] as const;
    const half = (rest: number): string => projectWith(known.filter((_, index) => index % 2 === rest));
    const open = new Map([
      [left, half(0)],
      [right, half(1)],
    ]);
    const base = this.#fixed(open);
    return mergeBranches(
      base,
      this.#fixed(base, new Map([[left, withNetwork(base.get(left) ?? "", ours, "bottom")]])),
      this.#fixed(base, new Map([[right, withNetwork(base.get(right) ?? "", theirs, "bottom")]])),
    );
  }

  /** Fixes texts beside the others as they are saved. */
  #fixed(saved: Texts, changed: Texts = saved): Texts {
    const root = this.#workspace(saved);
    const host = hostIn(root);
    return new Map([
      ...saved,
      ...[...changed].map(([file, text]) => [file, host.fix(path.join(root, file), text)] as const),
    ]);
  }

  #workspace(texts: Texts): string {
    return workspaceWith(`version: 1\nid: merges\npools:\n  - { cidr: ${this.options.pool}, prefix: 24 }\n`, texts);
  }
}

const SYLLABLES = ["ba", "ko", "ri", "ta", "mu", "ne", "so", "li", "che", "dor"] as const satisfies [
  string,
  ...string[],
];

function nameOf(dice: Dice): string {
  return dice.several(2, 4, () => dice.one(SYLLABLES)).join("");
}

function projectWith(networks: readonly string[]): string {
  return `services:\n  web:\n    image: x\n    networks:\n${networks.map((name) => `      - ${name}\n`).join("")}networks:\n${networks.map((name) => `  ${name}:\n`).join("")}`;
}

function withNetwork(text: string, name: string, where: "top" | "bottom"): string {
  return where === "top"
    ? text
        .replace("    networks:\n", `    networks:\n      - ${name}\n`)
        .replace("\nnetworks:\n", `\nnetworks:\n  ${name}:\n`)
    : `${text.replace("\nnetworks:\n", `\n      - ${name}\nnetworks:\n`)}  ${name}:\n`;
}

interface Pinned {
  readonly network: string;
  readonly subnet: Prefix;
}

interface Networks {
  readonly networks: Readonly<
    Record<string, { readonly ipam?: { readonly config: readonly { readonly subnet: string }[] } } | null>
  >;
}

function subnetsIn(text: string): Pinned[] {
  const { networks } = parse(text) as Networks;
  return Object.entries(networks).flatMap(([network, value]) =>
    (value?.ipam?.config ?? []).flatMap(({ subnet }) => {
      const parsed = parsePrefix(subnet);
      return parsed.ok ? [{ network, subnet: parsed.value }] : [];
    }),
  );
}

/** Each pair, looked at by itself. */
function overlapping(pinned: readonly Pinned[]): (readonly [Pinned, Pinned])[] {
  return pinned.flatMap((left, index) =>
    pinned
      .slice(index + 1)
      .filter((right) => rangesOverlap(rangeOf(left.subnet), rangeOf(right.subnet)))
      .map((right) => [left, right] as const),
  );
}
