import { describe, expect, it } from "vitest";

import { parseComposeFile } from "../../src/compose/read/compose-file.js";
import { parseEnvironmentFile } from "../../src/compose/load/dotenv.js";
import { interpolate } from "../../src/compose/read/interpolate.js";
import type { Project } from "../../src/compose/project/project.js";
import { readYaml } from "../../src/compose/read/yaml.js";
import { createSource, positionAt } from "../../src/kit/source.js";
import { COMPOSE_VERSIONS } from "../../src/compose/load/version.js";
import { nearest } from "../../src/kit/nearest.js";
import { growthOf, NEARLY_LINEAR } from "../growth.js";
import { createdIn, networkOf, poolsOf, projectOf, type Texts } from "./in-memory.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const textOf = (count: number, line: (index: number) => string): string => numbers(count).map(line).join("");

function limitsOf({ limits }: Project): string[] {
  return limits.map(({ message, place: { source, span } }) => {
    const { line, column } = positionAt(source, span[0]);
    return `${source.path}:${line}:${column} ${message}`;
  });
}

const LAST = "services: { web: { image: caddy, networks: [back] } }\nnetworks: { back: {} }\n";

describe.each(COMPOSE_VERSIONS)("in Compose %s, an include", (version) => {
  /** Each file includes the next one twice, so that the ways to the last one double with every level. */
  const diamond = (levels: number): Texts => ({
    "compose.yaml": "include: [1.yaml, 1.yaml]\n",
    ...Object.fromEntries(
      numbers(levels).map((index) => [`${index + 1}.yaml`, `include: [${index + 2}.yaml, ${index + 2}.yaml]\n`]),
    ),
    [`${levels + 1}.yaml`]: LAST,
  });

  it("of a file that is included twice reads it once", () => {
    const project = projectOf(diamond(100), { version });
    expect(createdIn(project)).toEqual(["back"]);
    expect(limitsOf(project)).toEqual([]);
  });

  it("by ways through other folders, with variables of their own that say the same, reads the file once", () => {
    const texts = Object.fromEntries(
      numbers(60).flatMap((level) =>
        ["a", "b"].flatMap((side): [string, string][] => [
          [`${side}${level}/compose.yaml`, `include: [../a${level + 1}/compose.yaml, ../b${level + 1}/compose.yaml]\n`],
          [`${side}${level}/.env`, "SUBNET=10.1.0.0/24\n"],
        ]),
      ),
    );
    const last =
      'services: { web: { image: caddy } }\nnetworks: { default: { ipam: { config: [{ subnet: "$SUBNET" }] } } }\n';
    const project = projectOf(
      { "compose.yaml": "include: [a0/compose.yaml]\n", ...texts, "a60/compose.yaml": last, "b60/compose.yaml": LAST },
      { version, paths: ["compose.yaml"] },
    );
    expect(poolsOf(project, "default")).toEqual(["10.1.0.0/24"]);
  });

  it("reads a file once for each set of variables", () => {
    const project = projectOf(
      {
        "compose.yaml":
          "include:\n  - { path: net.yaml, env_file: one.env }\n  - { path: other.yaml, env_file: two.env }\n",
        "net.yaml":
          'services: { web: { image: caddy } }\nnetworks: { default: { ipam: { config: [{ subnet: "$NET" }] } } }\n',
        "other.yaml":
          'services: { db: { image: caddy, networks: [db] } }\nnetworks: { db: { ipam: { config: [{ subnet: "$NET" }] } } }\n',
        "one.env": "NET=10.1.0.0/24\n",
        "two.env": "NET=10.2.0.0/24\n",
      },
      { version, paths: ["compose.yaml"] },
    );
    expect(poolsOf(project, "default")).toEqual(["10.1.0.0/24"]);
    expect(poolsOf(project, "db")).toEqual(["10.2.0.0/24"]);
  });

  const chain = (length: number): Texts => ({
    "compose.yaml": "services: { first: { image: caddy } }\ninclude: [1.yaml]\n",
    ...Object.fromEntries(numbers(length).map((index) => [`${index + 1}.yaml`, `include: [${index + 2}.yaml]\n`])),
    [`${length + 1}.yaml`]: LAST,
  });

  it("leads through as many files as anybody writes", () => {
    expect(createdIn(projectOf(chain(50), { version }))).toEqual(["back", "default"]);
  });

  it("ends where it leads through too many files, and what lies beyond is unknown", () => {
    const project = projectOf(chain(1000), { version });
    expect(limitsOf(project)).toEqual(['/shop/compose.yaml:2:11 "include" leads through more than 200 files']);
    expect(networkOf(project, "default").existence).toMatchObject({ kind: "unknown", because: { reason: "include" } });
  });
});

describe("extends", () => {
  const chain = (length: number): string =>
    `services:\n${textOf(length, (index) => `  s${index}:\n    extends: s${index + 1}\n`)}  s${length}:\n    image: caddy\n    network_mode: none\n`;

  it("leads through as many services as anybody writes", () => {
    expect(createdIn(projectOf({ "compose.yaml": chain(150) }))).toEqual([]);
  });

  it("ends where it leads through too many services, once, whichever of them stands first", () => {
    const forwards = chain(4000);
    const backwards = `services:\n  s4000:\n    image: caddy\n${textOf(4000, (index) => `  s${3999 - index}:\n    extends: s${4000 - index}\n`)}`;
    expect(limitsOf(projectOf({ "compose.yaml": forwards }))).toEqual([
      '/shop/compose.yaml:7601:14 "extends" leads through more than 200 services',
    ]);
    expect(limitsOf(projectOf({ "compose.yaml": backwards }))).toEqual([
      '/shop/compose.yaml:405:14 "extends" leads through more than 200 services',
    ]);
  });

  it("ends at its own service where it leads through too many files", () => {
    const texts = Object.fromEntries(
      numbers(300).map((index) => [
        `${index}.yaml`,
        `services: { s: { extends: { file: ${index + 1}.yaml, service: s } } }\n`,
      ]),
    );
    const project = projectOf({
      "compose.yaml": "services:\n  s: { extends: { file: 0.yaml, service: s } }\n",
      ...texts,
      "300.yaml": "services: { s: { image: caddy } }\n",
    });
    expect(limitsOf(project)).toEqual(['/shop/compose.yaml:2:17 "extends" leads through more than 200 services']);
  });

  it("ends where services get more networks from one that they extend than anybody counts", () => {
    const names = textOf(300, (index) => `n${index}, `);
    const extending = textOf(500, (index) => `  s${index}: { extends: base }\n`);
    const project = projectOf({
      "compose.yaml": `services:\n  base: { image: caddy, networks: [${names}] }\n${extending}networks:\n${textOf(300, (index) => `  n${index}: {}\n`)}`,
    });
    expect(limitsOf(project)).toEqual([
      '/shop/compose.yaml:334:20 "extends" brings more than 100,000 keys and networks into services',
    ]);
    const [base, first, ...others] = project.services;
    expect([base, first].map((service) => service?.attachments.length)).toEqual([300, 300]);
    expect(others.at(-1)).toMatchObject({ attachments: [], joinsMore: { reason: "extends" } });
    const attachments = project.services.reduce((sum, service) => sum + service.attachments.length, 0);
    expect(attachments).toBeLessThanOrEqual(100_300);
  });

  it("names each service of a circle, however long", () => {
    const text = `services:\n${textOf(3000, (index) => `  s${index}: { extends: s${(index + 1) % 3000} }\n`)}`;
    const { refusals } = projectOf({ "compose.yaml": text });
    expect(refusals.filter(({ message }) => message === "Circular reference")).toHaveLength(3000);
  });
});

describe("what grows with the square of its size", () => {
  it("is not looked into beyond some hundred pools of two files", () => {
    const pools = (network: number): string =>
      textOf(101, (index) => `        - subnet: 10.${network}.${index}.0/24\n`);
    const text = (network: number): string => `networks:\n  back:\n    ipam:\n      config:\n${pools(network)}`;
    const project = projectOf({ "compose.yaml": text(1), "compose.override.yaml": text(2) });
    expect(limitsOf(project)).toEqual([
      "/shop/compose.override.yaml:5:9 networks.back.ipam.config has more than 100 pools in one of two files",
    ]);
    expect(poolsOf(project, "back")[0]).toBe("10.2.0.0/24");
  });

  it("is not looked into beyond some hundred documents of a file", () => {
    const text = textOf(2000, (index) => `---\nnetworks: { n${index}: {} }\n`);
    expect(limitsOf(projectOf({ "compose.yaml": text }))).toEqual([
      "/shop/compose.yaml:1002:1 the file has more than 500 documents",
    ]);
  });
});

describe("variables of variables", () => {
  const explosion = (levels: number): string =>
    `A0=10.0.0.0/24\n${textOf(levels, (index) => `A${index + 1}=$A${index}$A${index}\n`)}`;

  it.each([40, 4000])("end in a text that is no subnet (%i levels)", (levels) => {
    const subnet = parseEnvironmentFile(explosion(levels)).get(`A${levels}`) ?? "";
    expect(subnet.length).toBeLessThan(150_000);
    expect(subnet).toContain("$A");
  });

  it("take no more room than some times what the file says", () => {
    const values = [
      ...parseEnvironmentFile(`A=${"x".repeat(10_000)}\n${textOf(5000, (index) => `B${index}=$A$A$A$A\n`)}`).values(),
    ];
    expect(values.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(2_000_000);
    expect(values.at(-1)).toBe("$A$A$A$A");
  });

  it("leave a text as it is written that would grow without end", () => {
    const variables = new Map([["A", "x".repeat(100_000)]]);
    expect(interpolate("$A", variables)).toMatchObject({ kind: "text", text: "x".repeat(100_000) });
    const text = "${A}".repeat(10_000);
    expect(interpolate(text, variables)).toEqual({ kind: "text", text, unset: [], defaulted: [], set: [] });
  });
});

describe("a key that a map has twice", () => {
  const problemIn = (text: string): string => {
    const parsed = parseComposeFile("/compose.yaml", text);
    if (parsed.ok) return "none";
    const { line, column } = positionAt(parsed.source, parsed.problem.span[0]);
    return `${line}:${column} ${parsed.problem.message}`;
  };

  it.each([
    ["networks: {}\nnetworks: {}\n", "2:1"],
    ["networks:\n  back:\n  back: {}\n", "3:3"],
    ["networks: { back: {}, back: {} }\n", "1:23"],
    ['{"networks": {},\n "networks": {}}\n', "2:2"],
    ["x-a:\n  - { b: 1 }\n  - { b: 1, 'b': 2 }\n", "3:13"],
    ["x-a: [{ b: { c: 1, c: 2 } }]\n", "1:20"],
    ["x-a: 1\n&x x-a: 2\n", "2:4"],
    ["? { a: 1, a: 2 }\n: 3\n", "1:11"],
    ["x-a: 1\n---\nx-b: 1\nx-b: 2\n", "4:1"],
  ])("is a problem at its second place: %j", (text, place) => {
    expect(problemIn(text)).toBe(`${place} Map keys must be unique`);
  });

  it.each(["x-a: { 1: a, '1': b }\n", "x-a: [a: 1, a: 2]\n", "x-a: { b: 1 }\nx-b: { b: 1 }\n"])(
    "is none: %j",
    (text) => {
      expect(problemIn(text)).toBe("none");
    },
  );

  it("is told once at its second place, and a thousand times at most, however often it is repeated", () => {
    expect(problemIn("? a\n: 1\n".repeat(40_000))).toBe("3:3 Map keys must be unique");
    const source = createSource("/compose.yaml", "a: 1\n".repeat(40_000));
    expect(readYaml(source, true).problems).toHaveLength(1000);
  });

  it("comes after what the parser says of the text before it, and before what it says of the rest", () => {
    expect(problemIn("x-a: 1\nx-a: 2\nx-b: [\n")).toBe("2:1 Map keys must be unique");
    expect(problemIn("x-b: ]\nx-a: 1\nx-a: 2\n")).toMatch(/^1:/);
  });
});

describe("the work on a text", () => {
  const service = (value: string): string => `services:\n  web:\n    command: ${value}\n    image: caddy\n`;

  it.each([
    ["spaces before a colon", (size: number) => parse(service(`a${" ".repeat(size)}: x`)), 20_000],
    ["spaces in an item", (size: number) => parse(service(`\n      - a${" ".repeat(size)}: x`)), 20_000],
    ["quotes of a list that has no end", (size: number) => parse(service(`[${"'a' ".repeat(size)}`)), 8000],
    ["lines of an environment file", (size: number) => parseEnvironmentFile("export  \n# a\n\n".repeat(size)), 8000],
    ["quotes of an environment file", (size: number) => parseEnvironmentFile(`A="${"\\\"\nB='x".repeat(size)}`), 8000],
    ["letters of a name that has no value", (size: number) => parseEnvironmentFile(`${"a".repeat(size)} `), 50_000],
    [
      "defaults inside of defaults",
      (size: number) => interpolate("${A:-".repeat(size) + "}".repeat(size), new Map()),
      5000,
    ],
    ["documents, of which there are thousands", (size: number) => parse("---\n".repeat(size)), 4000],
    ["documents with aliases", (size: number) => parse("---\na: &a 1\nb: *a\n".repeat(size)), 2000],
    ["keys that a map has twice", (size: number) => parse("x-a: 1\n".repeat(size)), 10_000],
    ["letters of a key", (size: number) => nearest("d".repeat(size), ["driver", "driver_opts", "ipam"]), 100_000],
  ])("grows with the %s", (_, work, size) => {
    expect(growthOf((length) => () => work(length), size)).toBeLessThan(NEARLY_LINEAR);
  });

  function parse(text: string): boolean {
    return parseComposeFile("/compose.yaml", text).ok;
  }
});
