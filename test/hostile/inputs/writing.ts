import { linkSync, lstatSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { command, REPORTS, type Call, type Input } from "../input.js";
import type { Site } from "../site.js";
import { COLLIDING, OPEN, POLICY, repeat } from "../texts.js";
import { goodNeighbour } from "./workspace.js";

/** Long enough to meet a limit of what may be written. */
const LONG = `${OPEN}${repeat(2000, (index) => `# line ${index}\n`)}`;
const LIMIT = 4096;

function wholeOrUntouched(file: string, text: string) {
  return (site: Site): readonly string[] => (readFileSync(site.at(file), "utf8") === text ? [] : [`${file} was torn`]);
}

const left: readonly Input[] = [
  {
    name: "a disk that is full while a fix writes",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", LONG);
    },
    calls: [
      command("--fix", { fileSizeLimit: LIMIT, exit: [1, 2], says: ["compose.yaml", "require-subnet"] }),
      command("--fix --format json", { fileSizeLimit: LIMIT, exit: [1, 2], says: ["require-subnet"] }),
      command("renumber default --to 10.201.9.0/24 --fix", { fileSizeLimit: LIMIT, exit: [1, 2] }),
    ],
    after: wholeOrUntouched("compose.yaml", LONG),
  },
  {
    name: "a disk that is full while renumber writes the second of two files",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", COLLIDING);
      site.write(
        "compose.override.yaml",
        `services: { web: { networks: { default: { ipv4_address: 192.168.0.9 } } } }\n${repeat(2000, (index) => `# line ${index}\n`)}`,
      );
    },
    calls: [command("renumber default --fix", { fileSizeLimit: LIMIT, exit: [2] })],
    after: wholeOrUntouched("compose.yaml", COLLIDING),
  },
  {
    name: "a disk that is full while init writes",
    build(site) {
      goodNeighbour(site);
      site.write("package.json", `{ "x": "${"x".repeat(20_000)}" }\n`);
    },
    calls: [command("init --yes --with lint-staged", { fileSizeLimit: LIMIT, exit: [2] })],
    after: wholeOrUntouched("package.json", `{ "x": "${"x".repeat(20_000)}" }\n`),
  },
  {
    name: "a fix keeps the mode, the owner and the end of a file",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", OPEN, 0o640);
      site.write("run/compose.yaml", OPEN, 0o755);
    },
    calls: [command("--fix", { exit: [0] })],
    after: (site) =>
      (
        [
          ["compose.yaml", 0o640],
          ["run/compose.yaml", 0o755],
        ] as const
      ).flatMap(([file, mode]) =>
        (statSync(site.at(file)).mode & 0o777) === mode ? [] : [`${file} has another mode`],
      ),
  },
  {
    name: "a hard link to a file outside",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      linkSync(site.put("compose.yaml", OPEN), site.at("compose.yaml"));
    },
    calls: [command("--fix", { exit: [0] })],
  },
  {
    name: "a folder that may not be written to",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("shop/compose.yaml", OPEN);
      site.mode("shop", 0o555);
    },
    calls: [command("--fix", { unprivileged: true, exit: [1, 2], says: ["shop/compose.yaml"] })],
  },
  {
    name: "a file that changes into a folder's link is not followed",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.put("compose.yaml", OPEN);
      site.link("../outside", "shop");
      site.write("compose.yaml", OPEN);
    },
    calls: [command("--fix"), command("--fix shop/compose.yaml compose.yaml")],
    after: (site) => (lstatSync(site.at("shop")).isSymbolicLink() ? [] : ["shop is no link any more"]),
  },
];

const full = (words: string): Call => ({
  ...command(words),
  output: "full",
  exit: [2],
  says: [/^.*(?:ENOSPC|no space|full).*$/im],
});

const noStack: readonly Input[] = [
  {
    name: "a standard output that is full, by each report",
    build: goodNeighbour,
    calls: REPORTS.map((format) => full(`--format ${format}`)),
  },
  {
    name: "a standard output that is full, by each command",
    build(site) {
      goodNeighbour(site);
      site.write("open/compose.yaml", OPEN);
      site.git("init", "--quiet");
    },
    calls: [
      "list",
      "list --format json",
      "free",
      "--help",
      "--version",
      "--fix-dry-run open",
      "renumber default good",
      "init --dry-run --yes --with git-hook",
    ].map(full),
  },
  {
    name: "a standard output that is full, and a text from standard input",
    build: goodNeighbour,
    calls: [
      { ...full("--stdin --fix"), stdin: OPEN },
      { ...full("import --from wireguard -"), stdin: "[Peer]\nAllowedIPs = 10.0.0.0/8\n" },
    ],
  },
  {
    name: "a report that is longer than a full standard output holds",
    build(site) {
      goodNeighbour(site);
      for (let index = 0; index < 300; index += 1) site.write(path.join(`p${index}`, "compose.yaml"), COLLIDING);
    },
    calls: [full(""), full("--format json")],
  },
];

export const leftInputs: readonly Input[] = left;
export const outputInputs: readonly Input[] = noStack;
