import { describe, expect, it } from "vitest";
import { readYaml, type Selection } from "../../../src/compose/read/yaml.js";
import { createSource } from "../../../src/kit/source.js";
import type { Value } from "../../../src/compose/read/value.js";
import { problemIn, sayPlace } from "../said.js";

function read(text: string, selection: Selection = true): ReturnType<typeof readYaml> {
  return readYaml(createSource("compose.yaml", text), selection);
}

function rootOf(text: string, selection: Selection = true): Value {
  const { documents, problems } = read(text, selection);
  const root = documents[0]?.root;
  if (!root) throw new Error(`no root: ${problems[0]?.message ?? ""}`);
  return root;
}

/** The value as JavaScript would have it. */
function plain(value: Value): unknown {
  if (value.kind === "scalar") return value.value;
  if (value.kind === "list") return value.items.map(plain);
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry.value)]));
}

function valueAt(text: string, ...keys: string[]): Value {
  let value = rootOf(text);
  for (const key of keys) {
    const below = value.kind === "map" ? value.entries.get(key)?.value : undefined;
    if (!below) throw new Error(`no ${key}`);
    value = below;
  }
  return value;
}

describe("a YAML text", () => {
  it.each([
    ["a: 1\nb: [x, y]\n", { a: 1, b: ["x", "y"] }],
    ["a: 1\r\nb:\r\n  - x\r\n  - y\r\n", { a: 1, b: ["x", "y"] }],
    ["{'a': 1, \"b\": [x, y]}", { a: 1, b: ["x", "y"] }],
    ["---\na: 1\nb:\n- x\n- y\n...\n", { a: 1, b: ["x", "y"] }],
    ["%YAML 1.1\n---\na: 1\nb: [x, y,]\n", { a: 1, b: ["x", "y"] }],
    ["a: 1 # c\n# c\nb: # c\n  [x,\n   y]", { a: 1, b: ["x", "y"] }],
  ])("is read in every style: %j", (text, value) => {
    expect(plain(rootOf(text))).toEqual(value);
  });

  it("has values of several kinds", () => {
    const text = "a: yes\nb: true\nc: 10.7\nd: ~\ne:\nf: 10.7.0.0/24\ng: !!str 5\nh: 2001-12-14\ni: '5'\nj: 0x10\n";
    expect(plain(rootOf(text))).toEqual({
      a: "yes",
      b: true,
      c: 10.7,
      d: null,
      e: null,
      f: "10.7.0.0/24",
      g: "5",
      h: "2001-12-14",
      i: "5",
      j: 16,
    });
  });

  it.each([
    ["a: |\n  x\n  y\n", "x\ny\n"],
    ["a: >-\n  x\n  y\n", "x y"],
    ["a: |+\n  x\n\n", "x\n\n"],
  ])("marks block texts, whose offsets are not the file's: %j", (text, value) => {
    expect(valueAt(text, "a")).toMatchObject({ kind: "scalar", style: "block", value });
  });

  it.each([
    ["a: x\n", "plain"],
    ["a: 'x'\n", "quoted"],
    ['a: "x"\n', "quoted"],
    ["a: 5\n", "plain"],
  ])("says how a text is written: %j", (text, style) => {
    expect(valueAt(text, "a")).toMatchObject({ style });
  });

  it("says where everything stands", () => {
    const text = "a:\r\n  b: [x, {c: 'y'}]\r\nd:\r\n";
    expect(sayPlace(valueAt(text, "a", "b").place)).toBe("2:6 [x, {c: 'y'}]");
    const list = valueAt(text, "a", "b");
    expect(list.kind === "list" && list.items.map(({ place }) => sayPlace(place))).toEqual(["2:7 x", "2:10 {c: 'y'}"]);
    expect(sayPlace(valueAt(text, "d").place)).toBe("3:3");
  });

  it("says which maps and lists are in flow style", () => {
    expect(valueAt("a: {b: c}\n", "a")).toMatchObject({ kind: "map", flow: true });
    expect(valueAt("a:\n  b: c\n", "a")).toMatchObject({ kind: "map", flow: false });
    expect(valueAt("a: []\n", "a")).toMatchObject({ kind: "list", flow: true });
    expect(valueAt("a:\n- b\n", "a")).toMatchObject({ kind: "list", flow: false });
  });

  it("keeps the tags that Compose knows, and no others", () => {
    expect(valueAt("a: !reset null\n", "a")).toMatchObject({ tag: "!reset" });
    expect(valueAt("a: !override [b]\n", "a")).toMatchObject({ tag: "!override" });
    expect(valueAt("a: !!str b\n", "a")).not.toHaveProperty("tag");
    expect(valueAt("a: !other b\n", "a")).not.toHaveProperty("tag");
  });

  it("may name keys of a flow map without a value", () => {
    expect(plain(rootOf("{a, b: , c: 1}"))).toEqual({ a: null, b: null, c: 1 });
  });

  it.each(["", "\n", "# nothing\n", "---\n", "---\n# nothing\n"])("may say nothing: %j", (text) => {
    const { documents, problems } = read(text);
    expect(problems).toEqual([]);
    expect(documents.every(({ root }) => root === undefined || plain(root) === null)).toBe(true);
  });

  it.each(["text", "- a\n- b\n", "5", "[a]"])("may have a root that is no map: %j", (text) => {
    expect(read(text)).toMatchObject({ problems: [], documents: [{ oddKeys: [] }] });
  });

  it("may have several documents, each with its own part of the text", () => {
    const text = "a: 1\n---\nb: 2\n---\nc: 3\n";
    const { documents } = read(text);
    expect(documents.map(({ root }) => root && plain(root))).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
    const spans = documents.map(({ span }) => span);
    expect(spans.map(([start, end]) => text.slice(start, end).includes(":"))).toEqual([true, true, true]);
    expect(spans.flat()).toEqual([...spans.flat()].sort((left, right) => left - right));
  });

  it("may be long", () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}`);
    const root = rootOf(keys.map((key) => `${key}: {a: [1]}\n`).join(""));
    expect(root.kind === "map" && [...root.entries.keys()]).toEqual(keys);
  });
});

describe("the selected parts of a text", () => {
  it("are all that is read", () => {
    const text = "a: {b: 1, c: 2}\nd: 3\n";
    expect(plain(rootOf(text, { a: { b: true } }))).toEqual({ a: { b: 1 } });
    expect(plain(rootOf(text, { "*": true }))).toEqual({ a: { b: 1, c: 2 }, d: 3 });
    expect(plain(rootOf(text, { a: {}, "*": true }))).toEqual({ a: {}, d: 3 });
  });

  it("are never found on the prototype of an object", () => {
    expect(plain(rootOf("constructor: {a: 1}\ntoString: 2\n", { a: true }))).toEqual({});
    const root = rootOf("__proto__: {a: 1}\n");
    expect(root.kind === "map" && [...root.entries.keys()]).toEqual(["__proto__"]);
  });
});

describe("a text that is no YAML", () => {
  it.each([
    ["a:\n\tb: 1\n", "2:1"],
    ["a: [b\n", "2:1"],
    ["a: 'b\n", "2:1"],
    ["a: 1\n b: 2\n", "1:4"],
    ["a: 1\na: 2\n", "2:1"],
    ["a: {b: 1, b: 2}\n", "1:11"],
    ["a: @b\n", "1:4"],
    ["a: %b\n", "1:4"],
  ])("has a problem with a place: %j", (text, place) => {
    const problem = problemIn(text);
    expect(problem).toMatch(new RegExp(` at ${place}\\b`));
  });

  it("has lines that the parser would leave out without a word", () => {
    const text = "services:\n  web:\n    environment:\n      TZ: x\n?    image: x\n    tty: true\n";
    expect(problemIn(text)).toMatch(/^The indentation of this line matches no line above at 6:5\b/);
  });

  it.each(["a: 1\n...\n# end\n", "# nothing else\n", "a: 1\n...\n---\n...\n", "---\n# x\n---\n"])(
    "is not one whose end says nothing: %j",
    (text) => {
      expect(read(text).problems).toEqual([]);
    },
  );

  it.each([
    ["services: {a: {environment: *nope}}\n", "The alias names no anchor above it at 1:29 *nope"],
    ["networks: {x: *n}\nx-n: &n {}\n", "The alias names no anchor above it at 1:15 *n"],
    ["networks: &n {x: *n}\n", "The alias contains itself at 1:18 *n"],
    ["networks: &n {x: {<<: *n}}\n", "The alias contains itself at 1:23 *n"],
    ["x-a: &a [{b: [*a]}]\n", "The alias contains itself at 1:15 *a"],
    ["networks: {x: {<<: *n}}\n", "The alias names no anchor above it at 1:20 *n"],
    ["networks: {x: {<<: 5}}\n", "A merge key takes a map or a list of maps at 1:20 5"],
    ["networks: {x: {<<: }}\n", "A merge key takes a map or a list of maps at 1:20"],
    ["networks: {x: {<<: [{a: 1}, b]}}\n", "A merge key takes a map or a list of maps at 1:29 b"],
    ["networks: {x: {<<: [[{a: 1}]]}}\n", "A merge key takes a map or a list of maps at 1:21 [{a: 1}]"],
    ["x-a: &a text\nnetworks: {x: {<<: *a}}\n", "A merge key takes a map or a list of maps at 2:20 *a"],
  ])("has aliases that lead nowhere: %j", (text, problem) => {
    expect(problemIn(text)).toBe(problem);
  });

  it.each([
    "networks:\n{% if pinned %}\n  front:\n{% endif %}\n",
    "networks:\n  front: {{ name }}-{{ id }}\n",
    "networks:\n  <%= name %>\n    driver: bridge\n",
  ])("may be a template, and its problem says so: %j", (text) => {
    expect(problemIn(text)).toMatch(/\. The line looks like one of a template: check what is made of it instead at /);
  });

  it("does not see an anchor of the document before", () => {
    expect(problemIn("x-a: &a {}\n---\nnetworks: {x: *a}\n")).toBe("The alias names no anchor above it at 3:15 *a");
  });
});

describe("an alias", () => {
  it("stands for what its anchor names, which is placed there", () => {
    const value = valueAt("a: &x {b: 1}\nc: *x\n", "c");
    expect(plain(value)).toEqual({ b: 1 });
    expect(sayPlace(value.place)).toBe("1:7 {b: 1}");
    expect(value.anchor).toBe("x");
    expect(value.sharedBy).toMatchObject({ kind: "alias", anchor: "x" });
    expect(value.sharedBy && sayPlace(value.sharedBy.place)).toBe("2:4 *x");
  });

  it("shares everything below", () => {
    const below = valueAt("a: &x {b: {c: 1}}\nd: *x\n", "d", "b", "c");
    expect(below.sharedBy).toMatchObject({ kind: "alias", anchor: "x" });
    expect(valueAt("a: &x {b: {c: 1}}\nd: *x\n", "a", "b", "c")).not.toHaveProperty("sharedBy");
  });

  it("stands for the last anchor of its name above it", () => {
    expect(plain(rootOf("a: &x 1\nb: *x\nc: &x 2\nd: *x\n"))).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  it("may be a key, an item, or stand for another alias's value", () => {
    expect(plain(rootOf("a: &x k\n*x : 1\nb: &y [*x]\nc: [*y, *y]\n"))).toEqual({
      a: "k",
      k: 1,
      b: ["k"],
      c: [["k"], ["k"]],
    });
  });

  it("is no text that only looks like one", () => {
    expect(plain(rootOf("a: '*x'\nb: 0 * * * *\nc: |\n  *x\nd: a*b\n# *x\n"))).toEqual({
      a: "*x",
      b: "0 * * * *",
      c: "*x\n",
      d: "a*b",
    });
  });
});

describe("a merge key", () => {
  it("brings in what the map does not have itself, and says so", () => {
    const root = rootOf("a: &x {b: 1, c: 2}\nd: {c: 3, <<: *x}\n");
    expect(plain(root)).toMatchObject({ d: { b: 1, c: 3 } });
    const d = root.kind === "map" ? root.entries.get("d")?.value : undefined;
    const entries = d?.kind === "map" ? d.entries : undefined;
    expect(entries?.get("b")?.mergedBy).toMatchObject({ kind: "merge key", anchor: "x" });
    expect(entries?.get("b")?.value.sharedBy).toMatchObject({ kind: "merge key", anchor: "x" });
    expect(entries?.get("c")).not.toHaveProperty("mergedBy");
  });

  it.each([
    ["a: &x {k: 1}\nb: &y {k: 2, l: 2}\nc: {<<: [*x, *y]}\n", { k: 1, l: 2 }],
    ["a: &x {k: 1}\nb: &y {<<: *x, l: 2}\nc: {<<: *y}\n", { k: 1, l: 2 }],
    ["a: &x [{k: 1}, {l: 2}]\nc: {<<: *x}\n", { k: 1, l: 2 }],
    ["c: {<<: {k: 1}, l: 2}\n", { k: 1, l: 2 }],
    ["c: {<<: [], k: 1, l: 2}\n", { k: 1, l: 2 }],
    ["a: &x {k: {m: 1}}\nc: {<<: *x, k: 1, l: 2}\n", { k: 1, l: 2 }],
  ])("merges as Compose does: %j", (text, merged) => {
    expect(plain(rootOf(text))).toMatchObject({ c: merged });
    expect(read(text).problems).toEqual([]);
  });

  it("is an ordinary key between quotes", () => {
    expect(plain(rootOf("a: {'<<': {b: 1}}\n"))).toEqual({ a: { "<<": { b: 1 } } });
  });
});

describe("a text made to break its reader", () => {
  it.each([
    ["flow lists", "x: ", "[", "]"],
    ["flow lists that stay open", "x: ", "[", ""],
    ["flow maps", "networks: ", "{a: ", "}"],
    ["block lists", "networks:\n  ", "- ", ""],
    ["keys inside of keys", "", "? ", ""],
  ])("nests %s, and has a problem", (_, start, open, close) => {
    for (const times of [300, 10_000]) {
      const text = `${start}${open.repeat(times)}${close.repeat(times)}`;
      expect(problemIn(text)).toMatch(/^More than 200 levels of nesting at \d+:\d+ /);
    }
  });

  it("nests block maps, and has a problem", () => {
    const text = Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");
    expect(problemIn(text)).toMatch(/^More than 200 levels of nesting at (20\d):\1 a$/);
  });

  it("nests as deep as anyone could mean", () => {
    expect(problemIn(`networks: ${"[".repeat(150)}${"]".repeat(150)}\n`)).toBeUndefined();
  });

  it("has aliases of aliases, and a problem with what they stand for", () => {
    const lines = Array.from({ length: 30 }, (_, level) => `x${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]`);
    const text = `${lines.join("\n").replaceAll("*a-1", "x")}\nnetworks: {a: *a29}\n`;
    expect(problemIn(text)).toMatch(/^The alias expands to too much at \d+:\d+ \*a\d+$/);
  });

  it("merges merges, and has a problem with what they stand for", () => {
    const lines = Array.from(
      { length: 30 },
      (_, level) => `x${level}: &a${level} {<<: [*a${level - 1}, *a${level - 1}]}`,
    );
    const text = `${lines.join("\n").replaceAll("*a-1", "{}")}\nnetworks: {a: *a29}\n`;
    expect(problemIn(text)).toMatch(/expands to too much/);
  });

  it("merges one key more often than anyone could mean, and has a problem", () => {
    const merging = (times: number): string => `x: &x { k: {} }\nnetworks:\n  <<: [${"*x, ".repeat(times)}]\n`;
    expect(problemIn(merging(200))).toBeUndefined();
    for (const times of [201, 20_000]) {
      expect(problemIn(merging(times))).toMatch(/^Merge keys bring in one key more than 200 times at 3:\d+ \*x$/);
    }
  });

  it("follows aliases deeper and deeper, and has a problem", () => {
    const lines = Array.from({ length: 1_000 }, (_, level) => `x${level}: &a${level} [*a${level - 1}]`);
    const text = `${lines.join("\n").replace("*a-1", "x")}\nnetworks: {a: *a999}\n`;
    expect(problemIn(text)).toMatch(/expands to too much/);
  });
});
