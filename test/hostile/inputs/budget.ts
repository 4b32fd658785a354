import { command, type GrowingInput, type Input } from "../input.js";
import type { Site } from "../site.js";
import { CLEAN, POLICY, repeat, withSubnet } from "../texts.js";

const CHECK = command("");
const NO_ROOM = "is more than one check keeps in memory";

function networks(count: number): string {
  const declared = repeat(
    count,
    (index) => `  n${index}: { ipam: { config: [{ subnet: 10.${(index >> 8) & 255}.${index & 255}.0/24 }] } }\n`,
  );
  return `services: { web: { image: x } }\nnetworks:\n${declared}`;
}

/** Each file is small, or is one and the same: only their product is large. */
export const growingProducts: readonly GrowingInput[] = [
  {
    name: "links to one file, times its networks",
    size: 25,
    build(site, count) {
      site.write("base/compose.yaml", networks(50 * count));
      for (let index = 0; index < count; index += 1) {
        site.folder(`l${index}`);
        site.link("../base/compose.yaml", `l${index}/compose.yaml`);
      }
    },
    call: CHECK,
  },
  {
    name: "projects that include one file, times its networks",
    size: 40,
    build(site, count) {
      site.write("base/compose.yaml", networks(50 * count));
      for (let index = 0; index < count; index += 1)
        site.write(`p${index}/compose.yaml`, "include: [../base/compose.yaml]\n");
    },
    call: CHECK,
  },
  {
    name: "services that extend one, times its networks",
    size: 500,
    build(site, count) {
      const names = repeat(count, (index) => `n${index}, `);
      const extending = repeat(count, (index) => `  s${index}: { extends: base }\n`);
      const declared = repeat(count, (index) => `  n${index}: {}\n`);
      site.write(
        "compose.yaml",
        `services:\n  base: { image: x, networks: [${names}] }\n${extending}networks:\n${declared}`,
      );
    },
    call: CHECK,
  },
];

const LIST = 16 * 2 ** 20 - 100;

/** As many lines as fit below the limit of a list. */
function longList(): string {
  const line = (index: number): string => `${10 + ((index >> 16) & 31)}.${(index >> 8) & 255}.${index & 255}.0/24\n`;
  return repeat(Math.floor(LIST / line(0xffff).length), line);
}

function listed(site: Site, folder: string, list: string): void {
  site.write(`${folder}/forbidden-ranges.yaml`, `${POLICY}extends: [${list}]\n`);
  site.write(`${folder}/compose.yaml`, CLEAN);
}

/** Each of them may be read; all of them together may not be kept. */
export const sumInputs: readonly Input[] = [
  {
    name: "20 .env files just below their limit",
    build(site) {
      const variables = repeat(130_000, (index) => `V${index}=1\n`);
      for (let index = 0; index < 20; index += 1) {
        site.write(`p${index}/.env`, variables);
        site.write(`p${index}/compose.yaml`, withSubnet("$V1"));
      }
    },
    calls: [command("", { exit: [2], says: [".env", NO_ROOM], memory: 350 })],
  },
  {
    name: "a list just below its limit",
    build(site) {
      site.write("list.txt", longList());
      listed(site, "p", "../list.txt");
    },
    calls: [command("", { exit: [1], memory: 350 })],
  },
  {
    name: "30 policies that extend one list just below its limit",
    build(site) {
      site.write("list.txt", longList());
      for (let index = 0; index < 30; index += 1) listed(site, `p${index}`, "../list.txt");
    },
    calls: [command("", { exit: [1], memory: 700 })],
  },
  {
    name: "8 lists just below their limit, each by a policy of its own",
    build(site) {
      for (let index = 0; index < 8; index += 1) {
        site.write(`p${index}/list.txt`, longList());
        listed(site, `p${index}`, "./list.txt");
      }
    },
    calls: [command("", { exit: [2], says: ["there is no room for its forbidden ranges"], memory: 900 })],
  },
  {
    name: "8 policies with 100,000 ranges, each below the one before",
    build(site) {
      const ranges = repeat(100_000, (index) => `  - 10.${(index >> 8) & 255}.${index & 255}.0/24\n`);
      for (let depth = 1; depth <= 8; depth += 1) {
        site.write(`${"d/".repeat(depth)}forbidden-ranges.yaml`, `version: 1\nid: x\nforbidden:\n${ranges}`);
        site.write(`${"d/".repeat(depth)}compose.yaml`, "services: { web: { image: x, network_mode: none } }\n");
      }
    },
    calls: [command("", { exit: [2], says: ["there is no room for its forbidden ranges"], memory: 1000 })],
  },
  {
    name: "a list that is any other file, just below its limit",
    build(site) {
      site.write("list.txt", "x\n".repeat(LIST / 2));
      listed(site, "p", "../list.txt");
    },
    calls: [command("", { exit: [2], says: ["more than 1,000 lines of the list are wrong"], memory: 350 })],
  },
  {
    name: "four repositories, each with a FIFO where git looks",
    build(site) {
      for (const folder of ["a", "b", "c", "d"]) {
        site.write(`${folder}/compose.yaml`, CLEAN);
        site.gitIn(site.at(folder), "init", "--quiet", "--initial-branch=main", ".");
        site.fifo(`${folder}/sub/.gitignore`);
      }
    },
    calls: [command("", { says: [/git did not end within \d+ seconds in another folder/] })],
  },
];
