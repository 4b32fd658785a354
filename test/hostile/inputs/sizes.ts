import { truncateSync, writeFileSync } from "node:fs";
import path from "node:path";

import { command, type Input } from "../input.js";
import { COLLIDING, COLLISION, repeat } from "../texts.js";
import { ROLES, SILENT_ROLES, type Role } from "./roles.js";
import { checkBeside, goodNeighbour, neighbourIsFound, STILL_FOUND } from "./workspace.js";

const MIB = 2 ** 20;
const MOST_MEMORY_MB = 300;

function comment(bytes: number): string {
  return `# ${"x".repeat(118)}\n`.repeat(Math.ceil(bytes / 121));
}

function tooLarge({ name, file, around, text, limit }: Role): Input {
  const size = limit === "list" ? 17 * MIB : 3 * MIB;
  const json = file.endsWith(".json");
  return {
    name: `${name} is larger than its limit`,
    build(site) {
      goodNeighbour(site);
      around(site);
      site.write(file, json ? `{${" ".repeat(size)}}` : comment(size) + text("word"));
    },
    calls:
      limit === undefined || json
        ? [...neighbourIsFound({ memory: MOST_MEMORY_MB }), command(file, { memory: MOST_MEMORY_MB })]
        : checkBeside(path.basename(file), /larger than/),
  };
}

/** A file with a hole: it is huge, and takes no room. */
function hole({ name, file, around, text }: Role): Input {
  return {
    name: `${name} is a file of 6 GB with nothing in it`,
    build(site) {
      goodNeighbour(site);
      around(site);
      site.write(file, text("word"));
      truncateSync(site.at(file), 6 * 2 ** 30);
    },
    calls: neighbourIsFound({ memory: MOST_MEMORY_MB }),
  };
}

const atTheLimit: readonly Input[] = [
  {
    name: "compose files just below the limit: long lists, maps, lines and texts",
    build(site) {
      goodNeighbour(site);
      const fill = (line: (index: number) => string): string => {
        const each = line(100_000).length;
        return repeat(Math.floor((1.9 * MIB) / each), line);
      };
      site.write("list/compose.yaml", COLLIDING + `x-list:\n${fill((index) => `  - ${index}\n`)}`);
      site.write("map/compose.yaml", COLLIDING + `x-map:\n${fill((index) => `  k${index}: v\n`)}`);
      site.write("flow/compose.yaml", COLLIDING + `x-flow: [${fill((index) => `${index},`)}]\n`);
      site.write("text/compose.yaml", COLLIDING + `x-text: "${"x".repeat(1.9 * MIB)}"\n`);
    },
    calls: [
      ...["list", "map", "text"].map((folder) =>
        command(`${folder}/compose.yaml`, { exit: [1], says: [COLLISION], memory: MOST_MEMORY_MB }),
      ),
      // A flow list is never skimmed.
      command("flow/compose.yaml", {
        exit: [2],
        says: [/^flow\/compose\.yaml:\d+:\d+.*More than 250,000 values and marks/m],
        memory: MOST_MEMORY_MB,
      }),
      command("", { says: STILL_FOUND }),
    ],
  },
  {
    name: "--max-file-size lets a larger file in",
    build(site) {
      goodNeighbour(site);
      site.write("shop/compose.yaml", comment(3 * MIB) + COLLIDING);
    },
    calls: [command(`--max-file-size ${4 * MIB} shop/compose.yaml`, { exit: [1], says: [COLLISION] })],
  },
  {
    name: "a policy larger than its limit judges nothing",
    build(site) {
      goodNeighbour(site);
      site.write("shop/compose.yaml", COLLIDING);
      site.write("shop/forbidden-ranges.yaml", `${comment(3 * MIB)}version: 1\n`);
    },
    calls: neighbourIsFound({ exit: [2], memory: MOST_MEMORY_MB }),
  },
  {
    name: "a standard input without an end",
    build: goodNeighbour,
    calls: [command("--stdin", { stdin: comment(40 * MIB), memory: 600 })],
  },
  {
    name: "a git index of 2 GB, all of it a hole",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      writeFileSync(site.at(".git/index"), "DIRC");
      truncateSync(site.at(".git/index"), 2 ** 31);
    },
    calls: neighbourIsFound({ memory: MOST_MEMORY_MB }),
  },
  {
    name: "a package.json of 6 GB before init",
    build(site) {
      goodNeighbour(site);
      site.write("package.json", "{}");
      truncateSync(site.at("package.json"), 6 * 2 ** 30);
    },
    calls: [
      command("init --yes --forbid 192.168.0.0/24 --pool 10.201.0.0/16 --id shop --with lint-staged", {
        exit: [2],
        says: ["package.json", "larger than"],
        memory: MOST_MEMORY_MB,
      }),
    ],
  },
];

export const sizeInputs: readonly Input[] = [
  ...[...ROLES, ...SILENT_ROLES].map(tooLarge),
  ...ROLES.map(hole),
  ...atTheLimit,
];
