import { execFileSync } from "node:child_process";

import { command, eslint, everyReport, type Call, type Input } from "../input.js";
import type { Site } from "../site.js";
import { COLLIDING, OPEN, POLICY } from "../texts.js";
import { goodNeighbour } from "./workspace.js";

/** Characters that a terminal or a reader of a log must not get from a name. */
const MARKS: Readonly<Record<string, string>> = {
  "a zero-width space": "\u200b",
  "zero-width joiners": "\u200c\u200d\u2060\ufeff",
  "marks of direction": "\u200e\u200f\u061c",
  "overrides of direction": "\u202a\u202b\u202c\u202d\u202e",
  "isolates of direction": "\u2066\u2067\u2068\u2069",
  "tag characters": "\u{e0001}\u{e0041}\u{e007f}",
  "line and paragraph separators": "\u2028\u2029",
  "a soft hyphen and a filler": "\u00ad\u180e\u115f\u3164",
  "variation selectors of the supplement": "\u{e0100}\u{e01ef}",
  "control characters of eight bits": "\u0085\u009b2J\u009d0;x\u009c",
  "escapes of the terminal": "\u001b[2J\u001b]0;x\u0007\u001b[1A",
  "backspaces and returns": "\b\b\r\u007f\u000b\u000c",
  "halves of a pair": "\ud800",
};

const REPORTS: readonly Call[] = [...everyReport(), command("list"), command("list --format json"), command("free")];

function hiding(marks: string): Call[] {
  const hides = [...marks].filter((mark) => !/[\u0020-\u007e]/.test(mark) && mark !== "\ud800");
  return REPORTS.map((call) => ({ ...call, hides: hides.map((mark) => new RegExp(exactly(mark), "u")) }));
}

/** A byte order mark may stand first, and a carriage return at a line's end of CSV: neither does here. */
function exactly(mark: string): string {
  return `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`;
}

function marked(name: string, marks: string): Input {
  const quoted = JSON.stringify(`a${marks}b`);
  return {
    name: `${name} in names, keys and values`,
    build(site) {
      site.write(
        "forbidden-ranges.yaml",
        POLICY.replace("name: office LAN", `name: ${quoted}, reason: ${quoted}, owner: ${quoted}`),
      );
      const network = `${quoted}: { name: ${quoted}, ipam: { config: [{ subnet: 192.168.0.0/24 }] } }`;
      site.write(
        "compose.yaml",
        `services: { ${quoted}: { image: x, networks: [${quoted}] } }\nnetworks: { ${network} }\n`,
      );
      site.write("a/compose.yaml", `services: { web: { image: x, networks: [${quoted}], network_mode: ${quoted} } }\n`);
      site.write("b/compose.yaml", `name: ${quoted}\n${COLLIDING.replace("192.168.0.0/24", quoted)}`);
      site.write("c/compose.yaml", `include: [${quoted}]\n${OPEN}`);
      site.write("d/compose.yaml", OPEN);
      site.write("d/forbidden-ranges.yaml", `version: 1\n${quoted}: 1\nforbidden: [${quoted}]\nextends: [${quoted}]\n`);
      site.write(
        "e/compose.yaml",
        `services: { web: { image: x } }\nx: *${marks.includes("\r") ? "a" : `a${marks}b`}\n`,
      );
    },
    calls: [...hiding(marks), eslint()],
  };
}

/** The same characters as they are, not as escapes of YAML: what YAML allows of them. */
function raw(name: string, marks: string): Input {
  return {
    name: `${name}, raw in lines that are shown`,
    build(site) {
      goodNeighbour(site);
      site.write(
        "compose.yaml",
        `{ services: { "a${marks}b": { image: x } }, networks: { default: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } } } } # ${marks}\n`,
      );
      site.write("a/compose.yaml", `services: { "a${marks}b: [ }\n`);
    },
    calls: hiding(marks),
  };
}

const RAW = [
  "a zero-width space",
  "overrides of direction",
  "isolates of direction",
  "tag characters",
  "escapes of the terminal",
];

function fileNamed(name: string, marks: string): Input {
  return {
    name: `${name} in the names of files`,
    build(site) {
      goodNeighbour(site);
      site.write(`a${marks}b/compose.yaml`, COLLIDING);
      site.write(`c/compose.a${marks}b.yaml`, "services: [\n");
    },
    calls: hiding(marks),
  };
}

const long = (site: Site): void => {
  const key = "k".repeat(1_500_000);
  site.write(
    "compose.yaml",
    `services: { web: { image: x, networks: [${key}] } }\nnetworks: { ${key}: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } } }\n`,
  );
};

const LONG = /[kx]{1000}/;

export const displayInputs: readonly Input[] = [
  ...Object.entries(MARKS).map(([name, marks]) => marked(name, marks)),
  ...RAW.map((name) => raw(name, MARKS[name] ?? "")),
  ...RAW.map((name) => fileNamed(name, MARKS[name] ?? "")),
  {
    name: "a key of 1.5 MB",
    build(site) {
      goodNeighbour(site);
      long(site);
    },
    calls: everyReport().map((call) => ({ ...call, hides: [LONG] })),
  },
  {
    name: "values of 1 MB: a subnet, an address, an unknown key, an alias, a tag, an include",
    build(site) {
      goodNeighbour(site);
      const value = "x".repeat(1_000_000);
      const texts = [
        COLLIDING.replace("192.168.0.0/24", value),
        COLLIDING.replace(
          "    image: nginx",
          `    image: nginx\n    networks: { default: { ipv4_address: ${value} } }`,
        ),
        `${OPEN}networks: { default: { ${value}: 1, driver: ${value} } }\n`,
        `${OPEN}x: *${value}\n`,
        `${OPEN}x: !${value} 1\n`,
        `include: [${value}.yaml]\n${OPEN}`,
        `name: ${value}\n${OPEN}`,
        `${value}: ${value}: ${value}\n`,
      ];
      texts.forEach((text, index) => site.write(`p${index}/compose.yaml`, text));
      site.write("policy/compose.yaml", COLLIDING);
      site.write(
        "policy/forbidden-ranges.yaml",
        `version: ${value}\n${value}: 1\nforbidden: [${value}, { cidr: 192.168.0.0/24, name: ${value} }]\n`,
      );
      site.write("list/compose.yaml", COLLIDING);
      site.write("list/forbidden-ranges.yaml", "version: 1\nextends: [./list.txt]\n");
      site.write("list/list.txt", `${"1".repeat(1_000_000)}\n`);
    },
    calls: everyReport().map((call) => ({ ...call, hides: [LONG, /1{1000}/] })),
  },
  {
    name: "names that are commands of a pipeline's log",
    build(site) {
      goodNeighbour(site);
      const evil = JSON.stringify("a\n::error file=x::evil\n::set-output name=x::evil\r\n##vso[task.setvariable]evil");
      site.write(
        "compose.yaml",
        `services: { ${evil}: { image: x } }\nnetworks: { ${evil}: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } }, default: { name: ${evil}, ipam: { config: [{ subnet: ${evil} }] } } }\n`,
      );
      site.write("::stop-commands::x/compose.yaml", COLLIDING);
    },
    calls: [...REPORTS, command("list"), command("list --format json")].map((call) => ({
      ...call,
      hides: [/^\s*::(?:error file=x|set-output|stop-commands)/m, /##(?:\[|vso\[)/],
    })),
  },
  {
    name: "a diff whose unchanged lines are commands of GitHub's runner",
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", "x-a: |\n  ::add-mask::evil\nservices: { web: { image: x } }\n");
    },
    calls: [
      command("--fix-dry-run", {
        env: { GITHUB_ACTIONS: "true" },
        says: [/^::stop-commands::([-0-9a-f]{36})$[^]*::add-mask::evil[^]*^::\1::$/m],
      }),
    ],
  },
  {
    name: "names that are markup of a report",
    build(site) {
      goodNeighbour(site);
      const evil = `]]>"'&<script>\u0001\ufffe`;
      site.write(
        "compose.yaml",
        `services: { web: { image: x } }\nnetworks: { default: { name: ${JSON.stringify(evil)}, ipam: { config: [{ subnet: ${JSON.stringify(evil)} }] } } }\n`,
      );
    },
    calls: [
      command("--format junit", { hides: ["<script>", "\u0001", "\ufffe"] }),
      command("--format sarif", { says: ["script"] }),
    ],
  },
  {
    name: "signs that nobody sees in a diff on a terminal",
    obstacle: () => (hasScript() ? undefined : "a terminal needs the program script"),
    build(site) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", `# \u202e\u200b\n${OPEN}`);
    },
    calls: [
      command("--fix-dry-run", {
        terminal: true,
        says: ["subnet:"],
        hides: ["\u202e", "\u200b"],
      }),
    ],
  },
];

function hasScript(): boolean {
  try {
    execFileSync("script", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
