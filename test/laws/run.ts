import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { parseArgs } from "node:util";

import { seededRandom } from "../../bench/random.js";
import { packagedCompose } from "../compare/compose/binary.js";
import { diceOf } from "../compare/compose/dice.js";
import { importImage } from "../compare/engine/import-image.js";
import { createHost } from "../corpus/host.js";
import { readCorpus } from "../corpus/read-corpus.js";
import { tally } from "../corpus/table.js";
import { startEngine } from "../engine/engine.js";
import { packagedEngine } from "../engine/packaged.js";
import { containerRuntime } from "../engine/runtime.js";
import { temporaryFolder } from "../temporary-folder.js";
import { ConcurrencyLaw } from "./concurrency.js";
import { folderWith, removeFolders } from "./folder.js";
import { generateText } from "./generated.js";
import { generateHost } from "./hosts/generated-host.js";
import { HostLaws } from "./hosts/host-laws.js";
import { startsBelow } from "./hosts/real-hosts.js";
import { StartedLaws } from "./hosts/started-laws.js";
import type { Law } from "./law.js";
import { MergeTrials } from "./merges.js";
import { NO_OPTION, OneFileLaws, OPTIONS } from "./one-file.js";
import { OrderLaws } from "./orders.js";
import { PinLaws, Pinner, type Pinnable } from "./pinned.js";
import { caseOf, projectAt } from "./project-case.js";
import { RenumberLaws } from "./renumbered.js";
import { KINDS } from "./workspaces.js";

const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: "../shared/corpus" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    reduced: { type: "boolean", default: false },
    only: { type: "string" },
    /** How many workspaces with several projects on a host. */
    hosts: { type: "string" },
  },
});
const seed = Number(flags.seed);
const SIZES = flags.reduced
  ? {
      ...{ generated: 250, options: 100, asked: 40, orders: 8, askedWorkspaces: 4, workers: 1 },
      ...{ hosts: 40, realHosts: 150, started: 2 },
      ...{ merges: 30, crowded: 15, real: 150, realWithOptions: 60, pinned: 60, renumbered: 300 },
    }
  : {
      ...{ generated: 5000, options: 1500, asked: 500, orders: 100, askedWorkspaces: 30, workers: 7 },
      ...{ hosts: 2000, realHosts: Infinity, started: 20 },
      ...{ merges: 1000, crowded: 200, real: Infinity, realWithOptions: 1000, pinned: 1000, renumbered: Infinity },
    };
const ranges = path.join(import.meta.dirname, "..", "corpus", "forbidden-ranges.yaml");
const dice = diceOf(seededRandom(seed));
console.log(`seed ${seed}${flags.reduced ? ", reduced" : ""}`);

const temporary = temporaryFolder("laws");
let broken = 0;
const binary = packagedCompose("2.40");
if (typeof binary === "string") console.log(`SKIPPED: what the real Compose says: ${binary}`);
const PARTS = {
  generated: ofGeneratedFiles,
  workspaces: ofWorkspaces,
  hosts: ofHosts,
  "real-hosts": ofRealHosts,
  started: ofStarted,
  merges: ofMerges,
  real: ofRealFiles,
  pins: ofPins,
  renumbering: ofRenumbering,
};
for (const [part, run] of Object.entries(PARTS)) if (flags.only === undefined || flags.only === part) await run();
process.exitCode = broken > 0 ? 1 : 0;

function show(title: string, laws: readonly Law[]): void {
  console.log(`\n${title}`);
  for (const { name, cases, violations } of laws) {
    broken += violations.length;
    console.log(`${String(cases).padStart(6)} cases ${String(violations.length).padStart(4)} violations  ${name}`);
    for (const violation of violations.slice(0, 5)) console.log(`       ${violation}`);
  }
}

function showCounts(names: readonly string[], what: string): void {
  for (const [name, count] of Object.entries(tally(names))) console.log(`${String(count).padStart(6)} ${what} ${name}`);
}

async function ofGeneratedFiles(): Promise<void> {
  const place = path.join(temporary, "compose.yaml");
  for (const [option, rules] of Object.entries(OPTIONS)) {
    const laws = new OneFileLaws(createHost({ root: temporary, ranges, rules }));
    const count = option === NO_OPTION ? SIZES.generated : SIZES.options;
    for (let number = 0; number < count; number += 1) {
      laws.try(`file ${number}`, place, generateText(dice));
      await turn();
    }
    show(`generated files, with ${option} (${laws.fixed} with something to fix)`, laws.laws);
  }
  if (typeof binary === "string") return;
  const files = Array.from({ length: SIZES.asked }, (_, number) => `${number}/compose.yaml`);
  const root = folderWith(files.map((file) => [file, generateText(dice)] as const));
  const laws = new PinLaws(binary);
  await tryPins(laws, await pinsBelow(root, files));
  show(`pins of generated files (${laws.unread} more that Compose refuses)`, laws.laws);
  removeFolders();
}

async function ofWorkspaces(): Promise<void> {
  for (const [kind, textsOf] of Object.entries(KINDS)) {
    const laws = new OrderLaws();
    const workers = new ConcurrencyLaw();
    const pins = typeof binary === "string" ? undefined : new PinLaws(binary);
    for (let number = 0; number < SIZES.orders; number += 1) {
      const texts = textsOf(dice);
      laws.try(dice, texts, `workspace ${number}`);
      if (number < SIZES.workers) workers.try(texts, `workspace ${number}`);
      if (pins && number < SIZES.askedWorkspaces)
        await tryPins(pins, await pinsBelow(folderWith(texts), [...texts.keys()]));
      removeFolders();
      await turn();
    }
    show(`generated workspaces: ${kind}`, [...laws.laws, workers.law, ...(pins?.laws ?? [])]);
  }
}

/** Several projects that run on one host, and speak of one engine network. */
async function ofHosts(): Promise<void> {
  if (typeof binary === "string") return;
  const laws = new HostLaws(binary);
  const hosts = Number(flags.hosts ?? SIZES.hosts);
  for (let number = 0; number < hosts; number += 1) {
    await laws.try(`host ${number}`, generateHost(dice));
    removeFolders();
  }
  show(`projects on one host (${laws.wrote} runs wrote; ${laws.unread} more starts that Compose refuses)`, laws.laws);
}

/** The projects of each real repository that have more than one file. */
async function ofRealHosts(): Promise<void> {
  if (typeof binary === "string") return;
  const real = realFiles(SIZES.realHosts, "projects of several real files");
  if (!real) return;
  const laws = new HostLaws(binary);
  const repositories = [...new Set(real.files.map(topFolder))].sort();
  for (const repository of repositories) {
    const root = path.join(real.root, repository);
    // Versions of one file are no projects beside each other.
    for (const version of ["@history", "@bugs"]) rmSync(path.join(root, version), { recursive: true, force: true });
    const starts = startsBelow(root);
    if (starts.length === 0) continue;
    if (!existsSync(path.join(root, "forbidden-ranges.yaml"))) cpSync(ranges, path.join(root, "forbidden-ranges.yaml"));
    const moved = `${root}-moved`;
    cpSync(root, moved, { recursive: true, verbatimSymlinks: true });
    await laws.tryFolders(repository, { root, moved, starts });
    rmSync(moved, { recursive: true });
  }
  show(
    `projects of several real files (${laws.wrote} runs wrote; ${laws.unread} more starts that Compose refuses)`,
    laws.laws,
  );
}

/** The same on a real engine, with containers. */
async function ofStarted(): Promise<void> {
  const [packaged, runtime] = [packagedEngine("28.5"), containerRuntime()];
  if (typeof packaged === "string" || typeof runtime === "string") {
    const [reason = ""] = [packaged, runtime].filter((each) => typeof each === "string");
    console.log(`SKIPPED: what a real engine starts: ${reason}`);
    return;
  }
  const engine = await startEngine(packaged, { runtime });
  try {
    const laws = new StartedLaws(engine, await importImage(engine, runtime));
    for (let number = 0; number < Number(flags.hosts ?? SIZES.started); number += 1) {
      await laws.try(`host ${number}`, generateHost(dice));
      removeFolders();
    }
    show(`projects on Docker Engine ${engine.release} (${laws.failed} more starts that fail)`, [laws.law]);
  } finally {
    await engine.stop();
  }
}

async function ofMerges(): Promise<void> {
  const roomy = new MergeTrials({ pool: "10.129.0.0/16", networks: 20 });
  const crowded = new MergeTrials({ pool: "10.129.0.0/20", networks: 6 });
  for (let number = 0; number < SIZES.merges; number += 1) {
    roomy.try(dice, number);
    if (number < SIZES.crowded) crowded.try(dice, number);
    removeFolders();
    await turn();
  }
  // Fewer trials tell too little of a share.
  if (SIZES.merges >= 1000 && roomy.overlaps > SIZES.merges / 100) {
    roomy.apart.violations.push(`${roomy.overlaps} trials end with an overlap`);
  }
  show(`merges of two branches by git (${roomy.overlaps} with an overlap; ${crowded.overlaps} in a crowded pool)`, [
    roomy.apart,
    roomy.reported,
    crowded.apart,
    crowded.reported,
  ]);
}

interface RealFiles {
  /** A copy: its files are written to for a moment. */
  readonly root: string;
  readonly files: readonly string[];
}

/** @returns undefined, and says so, when there are none. */
function realFiles(count: number, what: string): RealFiles | undefined {
  if (!existsSync(flags.corpus)) {
    console.log(`SKIPPED: ${what}, since there is no ${flags.corpus}`);
    return undefined;
  }
  const { root, files: all } = readCorpus(flags.corpus);
  const files = count < all.length ? someFolders(all, count) : all;
  const copy = path.join(temporary, "corpus");
  for (const folder of new Set(files.map(topFolder))) {
    cpSync(path.join(root, folder), path.join(copy, folder), { recursive: true });
  }
  return { root: copy, files };
}

async function ofRealFiles(): Promise<void> {
  for (const [option, rules] of Object.entries(OPTIONS)) {
    const real = realFiles(option === NO_OPTION ? SIZES.real : SIZES.realWithOptions, `real files, with ${option}`);
    if (!real) return;
    const laws = new OneFileLaws(createHost({ root: real.root, ranges, rules }));
    for (const file of real.files) {
      const place = path.join(real.root, file);
      laws.try(file, place, readFileSync(place, "utf8"));
      await turn();
    }
    show(`real files, with ${option} (${laws.fixed} with something to fix)`, laws.laws);
    if (!flags.reduced) showCounts(laws.obstacles, "not edited, because");
  }
}

async function ofPins(): Promise<void> {
  if (typeof binary === "string") return;
  const real = realFiles(SIZES.pinned, "pins of real files");
  if (!real) return;
  const laws = new PinLaws(binary);
  await tryPins(laws, await pinsBelow(real.root, real.files));
  show(`pins of real files (${laws.unread} more projects that Compose refuses)`, laws.laws);
}

async function ofRenumbering(): Promise<void> {
  if (typeof binary === "string") return;
  const real = realFiles(SIZES.renumbered, "renumbering of real files");
  if (!real) return;
  const renumbering = new RenumberLaws(real.root, binary);
  for (const file of real.files) await renumbering.try(file);
  const { law, refused, severalFiles, unread } = renumbering;
  show(`renumbering of real files (${severalFiles} in several files; ${unread} more that Compose refuses)`, [law]);
  showCounts(refused, "not moved, because");
}

/** Reads everything before anything is written: each write would have the whole folder read again. */
async function pinsBelow(root: string, files: readonly string[]): Promise<readonly Pinnable[]> {
  const pinner = new Pinner({ root, ranges });
  const pins: Pinnable[] = [];
  for (const file of files) {
    const place = path.join(root, file);
    const pin = pinner.pin(file, place, readFileSync(place, "utf8"));
    if (pin) pins.push(pin);
    await turn();
  }
  return pins;
}

async function tryPins(laws: PinLaws, pins: readonly Pinnable[]): Promise<void> {
  const tried = new Set<string>();
  for (const { name, place } of pins) {
    const project = projectAt(place);
    const id = project?.main.map(({ source }) => source.path).join("\n") ?? "";
    if (!project || tried.has(id)) continue;
    tried.add(id);
    const paths = [...project.main, ...project.included].map(({ source }) => source.path);
    await laws.try(
      caseOf(name, project),
      pins.filter((pin) => paths.includes(pin.place)),
    );
  }
}

/** The files of some folders, as many as come together. */
function someFolders(files: readonly string[], count: number): readonly string[] {
  const folders = [...new Set(files.map(topFolder))];
  const chosen: string[] = [];
  while (chosen.length < count && folders.length > 0) {
    const [folder = ""] = folders.splice(dice.below(folders.length), 1);
    chosen.push(...files.filter((file) => topFolder(file) === folder));
  }
  return chosen.slice(0, count);
}

function topFolder(file: string): string {
  return file.split("/", 1)[0] ?? file;
}
