import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { parse } from "yaml";

import type { Dice } from "../compare/compose/dice.js";
import { createHost } from "../corpus/host.js";
import { Law } from "./law.js";

const POLICY = `version: 1
id: merges
pools:
  - { cidr: 10.129.0.0/16, prefix: 24 }
`;
const NETWORKS = 20;

/** Two branches that each add a network, fixed before they are merged by git. */
export class MergeTrials {
  readonly law = new Law("two branches never take the same subnet, but for 1 trial in 100");
  overlaps = 0;

  try(dice: Dice, number: number): void {
    const root = mkdtempSync(path.join(tmpdir(), "compose-networks-merge-"));
    try {
      writeFileSync(path.join(root, "forbidden-ranges.yaml"), POLICY);
      const names = dice.several(NETWORKS + 2, NETWORKS + 2, () => nameOf(dice));
      const [ours = "ours", theirs = "theirs", ...known] = names.map((name, index) => `${name}${index}`);
      const subnets =
        number % 2 === 0 ? sameProject(root, ours, theirs, known) : twoProjects(root, ours, theirs, known);
      const overlaps = new Set(subnets).size < subnets.length;
      if (overlaps) this.overlaps += 1;
      this.law.tried(subnets.length === NETWORKS + 2 ? undefined : `${subnets.length} subnets in trial ${number}`);
    } finally {
      rmSync(root, { recursive: true });
    }
  }
}

const SYLLABLES = ["ba", "ko", "ri", "ta", "mu", "ne", "so", "li", "che", "dor"] as const satisfies [
  string,
  ...string[],
];

function nameOf(dice: Dice): string {
  return dice.several(2, 4, () => dice.one(SYLLABLES)).join("");
}

/** One branch adds at the top and the other at the bottom: else git would ask a person. */
function sameProject(root: string, ours: string, theirs: string, known: readonly string[]): string[] {
  const place = path.join(root, "compose.yaml");
  const fix = (text: string): string => hostFor(root).fix(place, text);
  const base = fix(projectWith(known));
  writeFileSync(place, base);
  const left = fix(withNetwork(base, ours, "top"));
  const right = fix(withNetwork(base, theirs, "bottom"));
  return subnetsIn(mergedByGit(root, left, base, right));
}

function twoProjects(root: string, ours: string, theirs: string, known: readonly string[]): string[] {
  const open = [0, 1].map((half) => projectWith(known.filter((_, index) => index % 2 === half)));
  const bases = fixEach(path.join(root, "before"), open, open);
  const added = [ours, theirs].map((name, index) => withNetwork(bases[index] ?? "", name, "bottom"));
  // A folder of its own: what a process has just read of files is none of the question.
  return fixEach(path.join(root, "branches"), bases, added).flatMap(subnetsIn);
}

/** Fixes each of two texts beside the other one as it is saved. */
function fixEach(root: string, saved: readonly string[], texts: readonly string[]): string[] {
  const places = ["x", "y"].map((name) => path.join(root, name, "compose.yaml"));
  places.forEach((place, index) => {
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, saved[index] ?? "");
  });
  writeFileSync(path.join(root, "forbidden-ranges.yaml"), POLICY);
  const host = hostFor(root);
  return places.map((place, index) => host.fix(place, texts[index] ?? ""));
}

function hostFor(root: string) {
  return createHost({ root, ranges: path.join(root, "forbidden-ranges.yaml") });
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

function mergedByGit(root: string, left: string, base: string, right: string): string {
  const files = Object.entries({ left, base, right }).map(([name, text]) => {
    writeFileSync(path.join(root, name), text);
    return name;
  });
  const { status, signal, stdout, stderr } = spawnSync("git", ["merge-file", "-p", ...files], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`git merge-file: ${status ?? signal ?? ""}\n${stderr}${stdout}`);
  return stdout;
}

interface Networks {
  readonly networks: Readonly<
    Record<string, { readonly ipam: { readonly config: readonly { readonly subnet: string }[] } }>
  >;
}

function subnetsIn(text: string): string[] {
  const { networks } = parse(text) as Networks;
  return Object.values(networks).flatMap(({ ipam }) => ipam.config.map(({ subnet }) => subnet));
}
