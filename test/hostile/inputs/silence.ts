import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { command, type Call, type Input } from "../input.js";
import type { Site } from "../site.js";
import { CLEAN, COLLIDING, OPEN, POLICY } from "../texts.js";
import { ROLES, type Role } from "./roles.js";
import { goodNeighbour, STILL_FOUND } from "./workspace.js";

const asUser = { unprivileged: true } as const;

/** A check by a user who is not root finds the neighbour's fault, and names what it could not read. */
function named(file: string | RegExp, reason = /permission|EACCES|not readable|can't be read|cannot be read/i): Call[] {
  return [
    command("", { ...asUser, exit: [2], says: [...STILL_FOUND, file] }),
    command("--format json", { ...asUser, exit: [2], notChecked: [[file, reason]] }),
    command("--format sarif", { ...asUser, exit: [2] }),
    command("list", asUser),
  ];
}

function closed(role: Role): Input {
  return {
    name: `${role.name} may not be read`,
    build(site) {
      goodNeighbour(site);
      role.around(site);
      site.write(role.file, role.text("word"), 0o000);
    },
    calls: named(path.basename(role.file)),
  };
}

const folders: readonly Input[] = [
  ...[0o000, 0o111, 0o444].map((mode): Input => ({
    name: `a folder of mode ${mode.toString(8).padStart(3, "0")}`,
    build(site) {
      goodNeighbour(site);
      site.write("data/compose.yaml", COLLIDING);
      site.mode("data", mode);
    },
    calls: named("data"),
  })),
  {
    name: "a closed folder of a git work tree",
    build(site) {
      goodNeighbour(site);
      site.commitAll();
      site.write("data/compose.yaml", COLLIDING);
      site.mode("data", 0o000);
    },
    calls: named("data"),
  },
  {
    name: "a closed folder that .gitignore names, with git and without",
    build(site) {
      goodNeighbour(site);
      site.write(".gitignore", "/data/\n");
      site.folder("data", 0o000);
    },
    calls: [
      command("", { ...asUser, exit: [1], says: STILL_FOUND, hides: [/data\b/] }),
      command("--format json", { ...asUser, exit: [1], hides: [/"data/] }),
    ],
  },
  {
    name: "a closed folder that ignore: names",
    build(site) {
      goodNeighbour(site);
      site.write("forbidden-ranges.yaml", `${POLICY}ignore: ["data/**", "more"]\n`);
      site.folder("data", 0o000);
      site.folder("more", 0o000);
    },
    calls: [command("", { ...asUser, exit: [1], says: STILL_FOUND })],
  },
  {
    name: "a closed folder as the only one",
    build: (site) => site.folder("data", 0o000),
    calls: [
      command("", { ...asUser, exit: [2], says: ["data"] }),
      command("data", { ...asUser, exit: [2], says: ["data"] }),
    ],
  },
  {
    name: "a closed folder above the file that is named",
    build(site) {
      goodNeighbour(site);
      site.write("data/compose.yaml", COLLIDING);
      site.mode("data", 0o000);
    },
    calls: [
      command("data/compose.yaml good/compose.yaml", {
        ...asUser,
        exit: [2],
        says: [...STILL_FOUND, "data/compose.yaml"],
      }),
    ],
  },
];

/** Where Compose starts a new line, and a parser of YAML 1.2 goes on with the comment. */
const LINE_BREAKS = {
  "a carriage return": "\r",
  "a next line": "\u0085",
  "a line separator": "\u2028",
  "a paragraph separator": "\u2029",
};

const hidden: readonly Input[] = Object.entries(LINE_BREAKS).map(([name, character]) => ({
  name: `a network after ${name} in a comment, which Compose would create`,
  build(site) {
    goodNeighbour(site);
    const network = "networks: { default: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } } }";
    site.write("shop/compose.yaml", `${OPEN}# nothing to see${character}${network}\n`);
  },
  calls: [
    command("", { exit: [1], says: [...STILL_FOUND, /shop\/compose\.yaml:4:\d+/] }),
    command("--format json", { exit: [1], says: ["shop/compose.yaml"] }),
    command("--fix"),
  ],
}));

const files: readonly Input[] = [
  {
    name: "the policy may not be read",
    build(site) {
      goodNeighbour(site);
      site.mode("forbidden-ranges.yaml", 0o000);
    },
    calls: [command("", { ...asUser, exit: [2], says: ["forbidden-ranges.yaml"] }), command("list", asUser)],
  },
  {
    name: "a .env that no subnet needs may not be read",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", CLEAN.replace("nginx", "${IMAGE}"));
      site.write(".env", "IMAGE=x\n", 0o000);
    },
    calls: [command("", { ...asUser, exit: [0] })],
  },
  {
    name: "a file that is no YAML beside a good one",
    build(site) {
      goodNeighbour(site);
      site.write("bad/compose.yaml", "services: [\n");
    },
    calls: [
      command("", { exit: [2], says: [...STILL_FOUND, "bad/compose.yaml"] }),
      command("--format json", { exit: [2], says: ["bad/compose.yaml"] }),
    ],
  },
  {
    name: "a file that is no UTF-8 beside a good one",
    build(site) {
      goodNeighbour(site);
      site.write(
        "bad/compose.yaml",
        Buffer.concat([Buffer.from(OPEN), Buffer.from([0x78, 0x3a, 0x20, 0xff, 0xfe, 0x0a])]),
      );
      site.write("worse/compose.yaml", Buffer.from(`\uFEFF${OPEN}`, "utf16le"));
    },
    calls: [
      command("", { exit: [2], says: [...STILL_FOUND, "bad/compose.yaml", "worse/compose.yaml"] }),
      command("--fix"),
    ],
  },
  {
    name: "what can't be written keeps its findings",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("shop/compose.yaml", OPEN, 0o444);
      site.mode("shop", 0o555);
    },
    calls: [
      command("--fix --format json", { ...asUser, exit: [1, 2], says: ["require-subnet", /"errors": [1-9]/] }),
      command("--fix", { ...asUser, exit: [1, 2], says: ["shop/compose.yaml", "require-subnet"] }),
      command("--fix --format junit", { ...asUser, exit: [1, 2], says: ["require-subnet"] }),
    ],
  },
];

/** Names that a list of lines, or a text, can't hold. */
function strange(name: string, folder: string | Buffer, shown: string | RegExp): readonly Input[] {
  return [true, false].map((withGit) => ({
    name: `a folder with ${name}, ${withGit ? "with git" : "without git"}`,
    build(site: Site) {
      goodNeighbour(site);
      const place = Buffer.concat([Buffer.from(`${site.checkout}/`), Buffer.from(folder)]);
      mkdirSync(place, { recursive: true });
      writeFileSync(Buffer.concat([place, Buffer.from("/compose.yaml")]), COLLIDING);
      if (withGit) site.commitAll();
    },
    // It is judged under its own name, or it is named as not checked: never neither.
    calls: [
      command("", { exit: [1, 2], says: [...STILL_FOUND, shown] }),
      command("--format json", { exit: [1, 2], says: [shown] }),
      command("list"),
      command("--fix-dry-run"),
    ],
  }));
}

const names: readonly Input[] = [
  ...strange("a line feed", "two\nlines", /two(?:\\n|\\u000a|\\x0a|\?|␊)lines/),
  ...strange("a name that is no UTF-8", Buffer.from([0x62, 0xe9, 0xff, 0x64]), /b(?:\uFFFD+|\\x|\\u|\?|%|\\351)/),
  ...strange("a quote and a backslash", 'a"b\\c', /a\\?"b\\+c/),
  ...strange("a tab", "ta\tb", /ta(?:\\t|\\u0009|\\x09)b/),
  ...strange("a space at its end", "end ", /end \/compose\.yaml/),
  ...strange("a dash before it", "--fix", /--fix\/compose\.yaml/),
  ...strange("a glob", "[a]*{b}", /\[a\]\*\{b\}\/compose\.yaml/),
  ...strange("percent signs and colons", "a%0A::error::b", /a%(?:25)?0A::error::b/),
  {
    name: "a path that is too long to be opened",
    build(site) {
      goodNeighbour(site);
      const script = 'for i in $(seq 30); do mkdir "$1" && cd "$1" || exit; done; printf "%s" "$2" > compose.yaml';
      execFileSync("bash", ["-c", script, "bash", "d".repeat(200), COLLIDING], { cwd: site.checkout });
    },
    calls: [
      command("", { exit: [2], says: STILL_FOUND }),
      command("--format json", { exit: [2], notChecked: [["ddd", /too long|ENAMETOOLONG/]] }),
    ],
  },
  {
    name: "a name on the command line that is too long, or holds a control character",
    build: goodNeighbour,
    calls: [
      command(`${"d".repeat(5000)}/compose.yaml good/compose.yaml`, { exit: [2] }),
      command("\u0001/compose.yaml", { exit: [2] }),
    ],
  },
];

export const silenceInputs: readonly Input[] = [...ROLES.map(closed), ...folders, ...hidden, ...files, ...names];
