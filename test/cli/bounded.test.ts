import { describe, expect, it } from "vitest";

import { unifiedDiff } from "../../src/cli/reports/diff.js";
import { frameOf } from "../../src/cli/reports/frame.js";
import { growthOf, NEARLY_LINEAR } from "../growth.js";
import { folderWith, git, run } from "./command.js";

const textOf = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

/** A good deal to say about: its finding shows that the file was checked beside the other one. */
const SIBLING =
  "services: { web: { image: caddy } }\nnetworks: { default: { ipam: { config: [{ subnet: 10.999.0.0/24 }] } } }\n";

/** Where a check of a folder finds something, beside what it finds in the sibling. */
function checked(files: Readonly<Record<string, string>>): { places: string[]; status: number | null; stderr: string } {
  const folder = folderWith({ ...files, "zz/compose.yaml": SIBLING });
  const { stdout, stderr, status } = run(folder, ["."]);
  expect(stderr).not.toContain("report it");
  expect(stdout).toContain("zz/compose.yaml:2:51  error  ");
  const places = stdout.split("\n").filter((line) => /^\S+:\d+:\d+ {2}/.test(line) && !line.startsWith("zz/"));
  return { places, status, stderr };
}

const SERVICE = "services: { web: { image: caddy, network_mode: none } }\n";

describe("a file beside others", () => {
  it("may include a thousand files, one through the other", () => {
    const links = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`part${index}.yaml`, `include: [part${index + 1}.yaml]\n`]),
    );
    const { places, status } = checked({
      "compose.yaml": "include: [part0.yaml]\n",
      ...links,
      "part1000.yaml": SERVICE,
    });
    expect(places).toEqual([
      'compose.yaml:1:11  error  The check is incomplete: "include" leads through more than 200 files',
    ]);
    expect(status).toBe(1);
  });

  it("may extend four thousand services, one through the other", () => {
    const chain = textOf(4000, (index) => `  s${index}:\n    extends: s${index + 1}\n`);
    const { places } = checked({
      "compose.yaml": `services:\n${chain}  s4000: { image: caddy, network_mode: none }\n`,
    });
    expect(places).toContain(
      'compose.yaml:7601:14  error  The check is incomplete: "extends" leads through more than 200 services',
    );
  });

  it("may use variables that grow without end", () => {
    const { places } = checked({
      ".env": `A0=10.0.0.0/24\n${textOf(60, (index) => `A${index + 1}=$A${index}$A${index}\n`)}`,
      "compose.yaml":
        'services: { web: { image: caddy } }\nnetworks: { default: { ipam: { config: [{ subnet: "$A60" }] } } }\n',
    });
    expect(places).toEqual([expect.stringMatching(/^compose\.yaml:2:51 {2}error {2}/)]);
  });

  it.each([
    ["flow lists", `x-a: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`],
    ["flow maps", `x-a: ${"{ a: ".repeat(10_000)}1${"}".repeat(10_000)}\n`],
    ["block lists", `x-a:\n${"- ".repeat(10_000)}a\n`],
    ["block maps", `x-a:\n${textOf(1000, (index) => `${" ".repeat(index + 1)}a:\n`)}`],
  ])("may nest %s without end", (_, text) => {
    const { places, status } = checked({ "compose.yaml": `${SERVICE}${text}` });
    expect(places).toEqual([
      expect.stringMatching(/^compose\.yaml:\d+:\d+ {2}error {2}Parsing error: More than 200 levels of nesting$/),
    ]);
    expect(status).toBe(2);
  });

  it.each([
    ["a flow list", `x-a: [${"1,".repeat(150_000)}]\n`, "compose.yaml:2:249985"],
    ["quoted keys", textOf(90_000, (index) => `"k${index}": 1\n`), undefined],
  ])("may have more values and marks than are read: %s", (_, text, place) => {
    const { places, status } = checked({ "compose.yaml": `${SERVICE}${text}` });
    expect(places).toEqual([
      expect.stringMatching(
        /^compose\.yaml:\d+:\d+ {2}error {2}Parsing error: More than 250,000 values and marks\. Split the file, or remove generated parts$/,
      ),
    ]);
    if (place !== undefined) expect(places[0]).toMatch(new RegExp(`^${place} `));
    expect(status).toBe(2);
  });

  it("may have a line of hundreds of thousands of characters", () => {
    const { places } = checked({
      "compose.yaml": `services: { web: { image: caddy } }\nx-a: [${"a, ".repeat(100_000)}]\nnetworks: { default: { ipam: { config: [{ subnet: 10.1.1.0/33 }] } } }\n`,
    });
    expect(places).toEqual([expect.stringMatching(/^compose\.yaml:3:51 /)]);
  });
});

describe("a policy", () => {
  const faultOf = (files: Readonly<Record<string, string>>): { fault: string; status: number | null } => {
    const { stderr, status } = run(folderWith({ ...files, "compose.yaml": SERVICE }), ["."]);
    return { fault: stderr.trim(), status };
  };

  it("may extend thousands of files, one through the other", () => {
    const links = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`p${index}.yaml`, `version: 1\nextends: [./p${index + 1}.yaml]\n`]),
    );
    const { fault, status } = faultOf({ "forbidden-ranges.yaml": "version: 1\nextends: [./p0.yaml]\n", ...links });
    expect(fault).toBe('p199.yaml:2:11: "./p200.yaml": "extends" leads through more than 200 files');
    expect(status).toBe(2);
  });

  it.each([
    ["forbidden-ranges.yaml", `version: 1\nforbidden: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`, "2:212"],
    ["forbidden-ranges.yaml", `version: 1\nforbidden:\n${"- ".repeat(10_000)}a\n`, "3:401"],
    ["forbidden-ranges.json", `{"version":1,"forbidden":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}\n`, "1:1026"],
  ])("may nest without end (%s)", (file, text, place) => {
    expect(faultOf({ [file]: text })).toEqual({
      fault: `${file}:${place}: not valid YAML: More than 200 levels of nesting`,
      status: 2,
    });
  });

  it("may list lists of aliases", () => {
    const globs = `[${"x.yaml, ".repeat(3000)}y.yaml]`;
    const hosts = textOf(3000, (index) => `  h${index}: *all\n`);
    const text = `version: 1\nforbidden: []\nhosts:\n  all: &all ${globs}\n${hosts}`;
    expect(faultOf({ "forbidden-ranges.yaml": text }).fault).toMatch(
      /^forbidden-ranges\.yaml:\d+:\d+: the aliases expand to too much$/m,
    );
  });
});

describe("the work of a report", () => {
  it("grows with a diff, however many lines change", () => {
    const pinned = (size: number): [string, string] => [
      textOf(size, (index) => `  n${index}: {}\n`),
      textOf(size, (index) => `  n${index}:\n    ipam:\n      config:\n        - subnet: 10.1.${index}.0/24\n`),
    ];
    const blocks = (size: number): [string, string] => [
      textOf(size, (index) => `  n${index}:\n    driver: bridge\n`),
      textOf(
        size,
        (index) => `  n${index}:\n    driver: bridge\n    ipam:\n      config:\n        - subnet: 10.1.${index}.0/24\n`,
      ),
    ];
    for (const texts of [pinned, blocks]) {
      const growth = growthOf((size) => {
        const [before, after] = texts(size);
        return () => unifiedDiff("compose.yaml", before, after);
      }, 4000);
      expect(growth).toBeLessThan(NEARLY_LINEAR);
    }
  });

  it("does not grow with the line that a finding stands in", () => {
    const line = (size: number): string => `${"a, ".repeat(size)}10.1.2.0/33${", b".repeat(size)}`;
    const frame = frameOf(line(100_000), 300_000, 300_011);
    expect(frame.line.slice(frame.indent, frame.indent + frame.length)).toBe("10.1.2.0/33");
    const growth = growthOf((size) => {
      const text = line(size);
      return () => {
        for (let time = 0; time < 50; time += 1) frameOf(text, 3 * size, 3 * size + 11);
      };
    }, 50_000);
    expect(growth).toBeLessThan(NEARLY_LINEAR);
  });
});

it("a diff of thousands of changed lines is one that git applies", () => {
  const before = textOf(1500, (index) => `  n${index}: {}\n  same: 1\n`);
  const after = textOf(1500, (index) => `  n${index}:\n    ipam: ${index}\n${index % 3 === 0 ? "" : "  same: 1\n"}`);
  const folder = folderWith({ "compose.yaml": before });
  git(folder, "init", "--quiet");
  folder.write("change.patch", unifiedDiff("compose.yaml", before, after));
  git(folder, "apply", "change.patch");
  expect(folder.text("compose.yaml")).toBe(after);
});
