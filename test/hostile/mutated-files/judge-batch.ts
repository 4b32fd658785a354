import { readFileSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";

import { createHost } from "../../corpus/host.js";
import { judge } from "../../corpus/judge.js";
import { meaningOf } from "../../corpus/meaning.js";
import { command, type Call } from "../input.js";
import { troublesOf } from "../observe.js";
import type { Site } from "../site.js";
import { start, type Programs } from "../start.js";

/** One file that is worse off, or on which something crashed. */
export interface Complaint {
  readonly kind: "crashes" | "worse";
  /** In the batch's own folder. */
  readonly file: string;
  readonly detail: string;
}

interface Reported {
  readonly file: string;
  readonly rule: string | null;
  readonly network: string | null;
  readonly message: string;
}

/** What must hold when text and bytes are one: the rules by themselves, under ESLint's own `Linter`. */
export async function judgeTexts(site: Site, files: readonly string[]): Promise<Complaint[]> {
  const complaints: Complaint[] = [];
  const host = createHost({ root: site.checkout, ranges: site.at("forbidden-ranges.yaml") });
  for (const file of files) {
    const text = decode(readFileSync(site.at(file)));
    // Without a meaning, nothing can be said of how it changes: what crashes is left to the command.
    if (text === undefined || meaningOf(text) === undefined) continue;
    for (const { wrong, detail } of judge(host, site.at(file), text).wrongs) {
      // The judge knows what a subnet may change; a key that gets its right name may change anything below it.
      if (wrong === "suggestions that break something" && detail.startsWith("Rename it to ")) continue;
      const kind = wrong === "crashes" ? "crashes" : "worse";
      complaints.push({ kind, file, detail: `${wrong}: ${detail}` });
    }
    // The commands of another batch go on in between.
    await turn();
  }
  return complaints;
}

/** What must hold for the bytes on the disk: the built command, which checks, fixes, fixes again and checks again. */
export async function judgeCommand(
  programs: Programs,
  site: Site,
  files: readonly string[],
  patience: number,
): Promise<Complaint[]> {
  const complaints: Complaint[] = [];
  const call = async (words: string): Promise<string> => {
    const one: Call = command(words);
    const run = await start(programs, site, one, patience);
    for (const { kind, detail } of troublesOf(site, one, run)) {
      complaints.push({
        kind: "crashes",
        file: path.basename(site.root),
        detail: `${kind}: ${detail} ${blamed(run.stderr)}`,
      });
    }
    return run.stdout;
  };
  const read = (): Buffer[] => files.map((file) => readFileSync(site.at(file)));
  const before = reported(await call("--format json"));
  const original = read();
  await call("--fix");
  const fixed = read();
  const after = reported(await call("--format json"));
  await call("--fix");
  const again = read();
  files.forEach((file, index) => {
    const [first, second, third] = [original[index], fixed[index], again[index]];
    if (!first || !second || !third) return;
    const worse = (detail: string): void => void complaints.push({ kind: "worse", file, detail });
    const [mine, now] = [before.filter(isIn(file)), after.filter(isIn(file))];
    const unreadable = mine.some(({ rule }) => rule === null) || decode(first) === undefined;
    if (unreadable && !first.equals(second)) worse("a file that could not be read was written");
    if (!unreadable && now.some(({ rule }) => rule === null)) worse("it can't be read after --fix");
    if (!second.equals(third)) worse("a second --fix changes it");
    if (!first.equals(second)) for (const finding of broughtIn(mine, now)) worse(`--fix brought in ${finding}`);
  });
  return complaints;
}

function isIn(file: string): (finding: Reported) => boolean {
  return (finding) => finding.file === file;
}

/** Rules and networks that have more findings than before. */
function broughtIn(before: readonly Reported[], after: readonly Reported[]): string[] {
  const names = (findings: readonly Reported[]): string[] =>
    findings.map(({ rule, network }) => `${rule ?? "a fault"} of ${network ?? "the file"}`);
  const [old, now] = [names(before), names(after)];
  const count = (all: readonly string[], name: string): number => all.filter((other) => other === name).length;
  return [...new Set(now)].filter((name) => count(now, name) > count(old, name));
}

function reported(report: string): Reported[] {
  try {
    return (JSON.parse(report) as { findings: Reported[] }).findings;
  } catch {
    return [];
  }
}

function blamed(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => line.includes("please report it"))
    .slice(0, 3)
    .join(" ");
}

/** @returns undefined when the bytes are no UTF-8. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
