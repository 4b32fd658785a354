import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readYaml, type Selection } from "../../../src/compose/read/yaml.js";
import { skim } from "../../../src/compose/read/skim.js";
import { createSource } from "../../../src/kit/source.js";
import type { Value } from "../../../src/compose/read/value.js";

const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);

/** What a compose file says about networks, read with and without leaving anything out. */
const SELECTION: Selection = {
  networks: true,
  services: { "*": { image: true, networks: true, network_mode: true, extends: true } },
};

function said(text: string, parsed: string): unknown {
  const { documents, problems } = readYaml(createSource("compose.yaml", text), SELECTION, parsed);
  return { problems: problems.length > 0, documents: documents.map(({ root }) => root && plain(root)) };
}

/** A service of which nothing is left is as good as an empty one. */
function plain(value: Value): unknown {
  if (value.kind === "scalar") return [value.value, ...value.place.span];
  if (value.kind === "list") return value.items.map(plain);
  return value.entries.size === 0
    ? [null]
    : [...value.entries].map(([key, entry]) => [key, plainOrNothing(entry.value)]);
}

function plainOrNothing(value: Value): unknown {
  if (value.kind === "scalar" && value.value === null) return [null];
  return plain(value);
}

const FILE = `services:
  web:
    image: nginx
    environment:
      A: 1
      B: "two"
    ports:
      - "80:80"
    restart: always
    networks:
      - front
networks:
  front:
volumes:
  data:
    driver: local
`;

describe("leaving out what says nothing about networks", () => {
  it("makes a comment of the keys that do not matter, and keeps every offset", () => {
    const skimmed = skim(FILE);
    expect(skimmed).toHaveLength(FILE.length);
    expect(skimmed.replaceAll(/ +$/gm, "")).toBe(`services:
  web:
    image: nginx
#
    networks:
      - front
networks:
  front:
volumes:
  data:
    driver: local
`);
  });

  it.each([
    ["an anchor", "environment: &env\n      A: 1", "environment: &env"],
    ["an anchor on a value", "environment:\n      A: &a 1", "A: &a 1"],
    ["a tag", "environment: !reset null", "!reset"],
    ["a repeated key below", "environment:\n      A: 1\n      A: 2", "A: 2"],
    ["an open quote", 'environment:\n      A: "1', 'A: "1'],
    ["an open bracket", "command: [a,\n      b", "command: [a,"],
    ["a text of several lines", "command: one\n      two", "command: one"],
    ["a colon in a plain text", "environment:\n      - a: b: c", "a: b: c"],
    ["a nested map", "logging:\n      options:\n        max-size: 1m", "max-size"],
    ["a shallower line", "environment:\n        A: 1\n      B: 2", "B: 2"],
  ])("leaves %s to the parser", (_, lines, kept) => {
    expect(skim(`services:\n  web:\n    image: nginx\n    ${lines}\n`)).toContain(kept);
  });

  it("makes a comment of the plain values of an x- key, so that a long one takes no tokens", () => {
    const lines = Array.from({ length: 300_000 }, (_, index) => `  - ${index}\n`).join("");
    const text = `x-list:\n${lines}${FILE}x-word: plain words # c\n`;
    const skimmed = skim(text, SELECTION);
    expect(skimmed).toHaveLength(text.length);
    expect(skimmed).toMatch(/^x-list:\n#\s+services:\n/);
    expect(skimmed).not.toContain("plain words");
    expect(readYaml(createSource("compose.yaml", text), SELECTION, skimmed).problems).toEqual([]);
    expect(readYaml(createSource("compose.yaml", text), SELECTION).problems).toMatchObject([
      { message: "More than 250,000 values and marks. Split the file, or remove generated parts" },
    ]);
  });

  it.each([
    ["an anchor", "x-a: &a 1\n"],
    ["a tag", "x-a: !reset 1\n"],
    ["an alias", "x-a:\n  b: *b\n"],
    ["an open quote", 'x-a: "1\n'],
    ["a flow list", "x-a: [1,\n  2]\n"],
    ["a text of several lines", "x-a: one\n  two\n"],
    ["a repeated key below", "x-a:\n  b: 1\n  b: 2\n"],
  ])("leaves %s of an x- key to the parser", (_, lines) => {
    expect(skim(lines, SELECTION)).toBe(lines);
  });

  it("keeps an x- key that stands there twice, so that the parser refuses it", () => {
    const text = "x-a: 1\nx-a: 2\nx-b:\n  - 1\nx-b:\n  - 2\n";
    expect(said(text, text)).toMatchObject({ problems: true });
    expect(said(text, skim(text, SELECTION))).toMatchObject({ problems: true });
  });

  it("leaves out nothing that is asked for", () => {
    const text = "services:\n  web:\n    ports:\n      - 80\n    environment:\n      A: 1\n";
    const skimmed = skim(text, { services: { "*": { ports: true } } });
    expect(skimmed).toContain("ports:\n      - 80\n");
    expect(skimmed).not.toContain("A: 1");
    for (const about of [true, { "*": true }, { services: true }, { services: { "*": true } }] as const) {
      expect(skim(text, about)).toBe(text);
    }
  });

  it("keeps both keys when a service repeats one, so that the parser refuses them", () => {
    const text = "services:\n  web:\n    restart: always\n    image: nginx\n    restart: never\n";
    expect(said(text, skim(text))).toMatchObject({ problems: true });
  });

  it("ends a service behind an empty key, so that the parser refuses what the next one can't hold", () => {
    const text = "services:\n  web:\n    labels:\n  db:\n      - a\n    user: a\n";
    expect(said(text, text)).toMatchObject({ problems: true });
    expect(said(text, skim(text))).toMatchObject({ problems: true });
  });

  it.each(["\t", "{{ name }}", "{% if x %}", "\r"])("leaves a file with %j alone", (oddity) => {
    const text = `${FILE}# ${oddity} \n`;
    expect(skim(text)).toBe(text);
  });

  it("understands Windows line ends", () => {
    const text = FILE.replaceAll("\n", "\r\n");
    expect(skim(text)).not.toBe(text);
    expect(said(text, skim(text))).toEqual(said(text, text));
  });

  it(`changes nothing that the file says about networks, whatever is done to it (seed ${seed})`, () => {
    console.info(`skim.test.ts: seed ${seed}`);
    const scraps = [
      "&a ",
      "*a",
      "'",
      '"',
      "[",
      "]",
      "{",
      "}",
      "#",
      " # c",
      ": ",
      "- ",
      "\n",
      "\n\n",
      "  ",
      "!x ",
      "|",
      ">",
      "%",
      "---\n",
    ];
    const lines = fc.constantFrom(
      "    user: a",
      "    labels:",
      "      x: 1",
      "      - y",
      "    <<: *a",
      "  db:",
      "    tty: true",
    );
    const edit = fc.record({
      at: fc.nat(FILE.length),
      remove: fc.nat(6),
      insert: fc.oneof(
        fc.constantFrom(...scraps),
        lines.map((line) => `\n${line}\n`),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
        const text = edits.reduce(
          (now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove),
          FILE,
        );
        expect(said(text, skim(text))).toEqual(said(text, text));
      }),
      { seed, numRuns: 3_000 },
    );
  });
});
