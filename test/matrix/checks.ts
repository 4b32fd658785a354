import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root, run, Wrong, type Consumer } from "./consumer.js";

const ESLINT = "eslint/bin/eslint.js";

/** What `fixtures/office-vpn` holds, in the order of the lines. */
const FOUND = ["46:3 compose-networks/require-subnet", "52:19 compose-networks/no-forbidden-subnet"];

/** The same lines once the office is no longer forbidden: the subnet is still one that Docker hands out by itself. */
const FOUND_WITHOUT_OFFICE = ["46:3 compose-networks/require-subnet", "52:19 compose-networks/no-overlapping-subnets"];

interface Configuration {
  readonly name: string;
  readonly entries: string;
  /** Rules of eslint-plugin-yml must speak too. */
  readonly yml?: true;
}

const CONFIGURATIONS: readonly Configuration[] = [
  { name: "alone", entries: "plugin.configs.recommended" },
  { name: "after js.configs.recommended for all files", entries: "js.configs.recommended, plugin.configs.recommended" },
  {
    name: "before eslint-plugin-yml",
    entries: 'plugin.configs["recommended-with-yml"], ...yml.configs.standard',
    yml: true,
  },
  {
    name: "after eslint-plugin-yml",
    entries: '...yml.configs.standard, plugin.configs["recommended-with-yml"]',
    yml: true,
  },
];

interface Result {
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number; readonly column: number }[];
}

/** @throws {Wrong} at the first thing that is not as it must be. */
export async function checkAll(node: string, consumer: Consumer): Promise<void> {
  for (const configuration of CONFIGURATIONS) await checkConfiguration(node, consumer, configuration);
  configure(consumer, "plugin.configs.recommended");
  await checkCache(node, consumer, "content");
  await checkCache(node, consumer, "metadata");
  await checkSuppressions(node, consumer);
  await checkCommand(node, consumer);
}

async function checkConfiguration(node: string, consumer: Consumer, { name, entries, yml }: Configuration) {
  configure(consumer, entries);
  const printed = JSON.parse(await run(node, consumer, 0, ESLINT, "--print-config", "compose.yaml")) as {
    readonly rules: object;
  };
  if (!("compose-networks/require-subnet" in printed.rules)) throw new Wrong(`${name}: no rule of ours is printed`);
  const places = placesIn(await run(node, consumer, 1, ESLINT, "--format", "json", "."));
  const ours = places.filter((place) => place.includes(" compose-networks/"));
  expectPlaces(name, ours, FOUND);
  if (yml && ours.length === places.length) throw new Wrong(`${name}: eslint-plugin-yml fell silent`);
}

async function checkCache(node: string, consumer: Consumer, strategy: string): Promise<void> {
  const cache = ["--cache", "--cache-location", `.cache-${strategy}`, "--cache-strategy", strategy];
  const lint = async (): Promise<string[]> =>
    placesIn(await run(node, consumer, 1, ESLINT, ...cache, "--format", "json", "."));
  const policy = join(consumer.folder, "forbidden-ranges.yaml");
  expectPlaces(`the first run with ${strategy} in its cache`, await lint(), FOUND);
  writeFileSync(policy, "version: 1\nid: acme-shop\nforbidden:\n  - { cidr: 203.0.113.0/24, name: lab }\n");
  expectPlaces(`a run with ${strategy} in its cache and other ranges`, await lint(), FOUND_WITHOUT_OFFICE);
  cpSync(join(root, "fixtures/office-vpn/forbidden-ranges.yaml"), policy);
}

async function checkSuppressions(node: string, consumer: Consumer): Promise<void> {
  await run(node, consumer, 0, ESLINT, "--suppress-all", ".");
  await run(node, consumer, 0, ESLINT, ".");
  rmSync(join(consumer.folder, "eslint-suppressions.json"));
}

async function checkCommand(node: string, consumer: Consumer): Promise<void> {
  const report = await run(node, consumer, 1, "compose-networks/dist/compose-networks.cjs", ".");
  for (const place of ["compose.yaml:46:3", "compose.yaml:52:19"]) {
    if (!report.includes(place)) throw new Wrong(`compose-networks . does not name ${place}\n${report}`);
  }
}

function configure({ folder }: Consumer, entries: string): void {
  const lines = [
    'import js from "@eslint/js";',
    'import plugin from "eslint-plugin-compose-networks";',
    'import yml from "eslint-plugin-yml";',
    // Those that an array leaves out must not count as forgotten.
    "const unused = [js, yml]; // eslint-disable-line no-unused-vars",
    `export default [{ ignores: ["eslint.config.js"] }, ${entries}];`,
  ];
  writeFileSync(join(folder, "eslint.config.js"), `${lines.join("\n")}\n`);
}

function placesIn(json: string): string[] {
  return (JSON.parse(json) as Result[])
    .flatMap(({ messages }) => messages)
    .map(({ line, column, ruleId }) => `${line}:${column} ${String(ruleId)}`);
}

function expectPlaces(what: string, found: readonly string[], expected: readonly string[]): void {
  if (found.join() !== expected.join()) throw new Wrong(`${what}: found ${found.join(", ") || "nothing"}`);
}
