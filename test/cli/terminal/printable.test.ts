import fc from "fast-check";
import { Linter } from "eslint/universal";
import { describe, expect, it } from "vitest";

import {
  cut,
  cutQuotes,
  printable,
  printableLines,
  printableLineStart,
  printablePath,
  stringifyPrintably,
} from "../../../src/cli/terminal/printable.js";
import composeNetworks from "../../../src/eslint/index.js";
import { holds, seed } from "../../ipam/property.js";
import { createFolder } from "../../workspace/folder.js";
import { inProcess } from "../in-process.js";

/** Signs that a terminal obeys or that nobody sees, one of each kind. */
const SIGNS: readonly (readonly [what: string, sign: string, escaped: string])[] = [
  ["an escape", "\u001b", "\\u001b"],
  ["a control of C1", "\u009b", "\\u009b"],
  ["a soft hyphen", "\u00ad", "\\u00ad"],
  ["a joiner of marks", "\u034f", "\\u034f"],
  ["an Arabic letter mark", "\u061c", "\\u061c"],
  ["a filler", "\u115f", "\\u115f"],
  ["a Mongolian separator", "\u180e", "\\u180e"],
  ["a zero-width space", "\u200b", "\\u200b"],
  ["a zero-width joiner", "\u200d", "\\u200d"],
  ["a left-to-right mark", "\u200e", "\\u200e"],
  ["an override", "\u202e", "\\u202e"],
  ["a line separator", "\u2028", "\\u2028"],
  ["a word joiner", "\u2060", "\\u2060"],
  ["an isolate", "\u2066", "\\u2066"],
  ["a Hangul filler", "\u3164", "\\u3164"],
  ["a variation selector", "\ufe0f", "\\ufe0f"],
  ["a byte order mark inside", "\ufeff", "\\ufeff"],
  ["an annotation anchor", "\ufff9", "\\ufff9"],
  ["half of a pair", "\ud800", "\\ud800"],
  ["a tag", "\u{e0041}", "\\u{e0041}"],
  ["a selector beyond four digits", "\u{e0100}", "\\u{e0100}"],
  ["a musical control", "\u{1d173}", "\\u{1d173}"],
];

describe("text for people", () => {
  it.each(SIGNS)("has %s escaped", (_, sign, escaped) => {
    expect(printable(`a${sign}b`)).toBe(`a${escaped}b`);
    expect(printableLines(`a\n\tb${sign}c\n`)).toBe(`a\n\tb${escaped}c\n`);
  });

  it("keeps what people read, in any script", () => {
    const text = "Büro 网络 सेवा שלום e\u0301 🚢 “–…”";
    expect(printable(text)).toBe(text);
    expect(printableLines(`${text}\r\n`)).toBe(`${text}\n`);
  });

  it("holds no command of a pipeline that is obeyed in the middle of a line", () => {
    expect(printable("a ##[error]b ##vso[x]c ### [d] ##e")).toBe("a #\\u0023[error]b #\\u0023vso[x]c ### [d] ##e");
    expect(printableLines("###[x\n")).toBe("##\\u0023[x\n");
    const json = stringifyPrintably({ "##[a": "##vso[" });
    expect(json).toBe('{\n  "#\\u0023[a": "#\\u0023vso["\n}\n');
    expect(JSON.parse(json)).toEqual({ "##[a": "##vso[" });
  });

  it("begins with no command of a pipeline, as a path and as a line", () => {
    expect(printablePath("::error::x/a\tb")).toBe("./::error::x/a\\u0009b");
    expect(printablePath("\u00a0::x")).toBe("./\u00a0::x");
    expect(printablePath("a::b")).toBe("a::b");
    expect(printableLineStart("  ::x ::y")).toBe("  \\u003a:x ::y");
    expect(printableLineStart("a ::x")).toBe("a ::x");
  });

  it("is the same when it is escaped twice", () => {
    for (const [, sign] of SIGNS) expect(printable(printable(sign))).toBe(printable(sign));
  });

  it(`is JSON whatever is in it (seed ${seed})`, () => {
    const texts = fc.array(fc.oneof(fc.constantFrom(...SIGNS.map(([, sign]) => sign)), fc.string({ unit: "binary" })));
    holds(
      fc.property(texts, (parts) => {
        const json = stringifyPrintably({ [parts.join("")]: parts });
        expect(JSON.parse(json)).toEqual({ [parts.join("")]: parts });
        expect(printableLines(json)).toBe(json);
      }),
    );
  });
});

describe("what a message quotes", () => {
  it("is cut at 200 characters", () => {
    expect(cut("a".repeat(200))).toBe("a".repeat(200));
    expect(cut("a".repeat(201))).toBe(`${"a".repeat(200)}…`);
  });

  it("is not cut in the middle of a pair", () => {
    expect(cut(`${"a".repeat(199)}🚢b`)).toBe(`${"a".repeat(199)}…`);
    expect(cut(`${"a".repeat(198)}🚢b`)).toBe(`${"a".repeat(198)}🚢…`);
  });

  it("is cut wherever it stands in a sentence, and the sentence stays", () => {
    const [long, cutLong] = ["x y".repeat(100), `${"x y".repeat(100).slice(0, 200)}…`];
    expect(cutQuotes(`Renumber "${long}" to 10.0.0.0/24.`)).toBe(`Renumber "${cutLong}" to 10.0.0.0/24.`);
    expect(cutQuotes(`networks.${"k".repeat(500)} must be a mapping`)).toBe(
      `networks.${"k".repeat(191)}… must be a mapping`,
    );
    const sentence = "It is free. ".repeat(50);
    expect(cutQuotes(sentence)).toBe(sentence);
  });
});

const HIDDEN = `a${SIGNS.map(([, sign]) => sign)
  .filter((sign) => !/[\p{Cc}\p{Cs}\u2028\ufeff]/u.test(sign))
  .join("")}b`;
const SHOWN = printable(HIDDEN);

const projectWith = (key: string, pool = "{ gateway: 10.0.0.1 }"): string =>
  `services: { web: { image: nginx, networks: [${key}] } }\nnetworks:\n  ? ${key}\n  : ipam: { config: [${pool}] }\n    odd: 1\n`;
const FORMATS = ["text", "github", "json", "sarif", "gitlab", "junit"];
// eslint-disable-next-line no-control-regex -- it is one of the signs
const hasSign = /[\p{Default_Ignorable_Code_Point}\u001b]/u;

describe("a name with signs that nobody sees", () => {
  it.each(FORMATS)("is escaped in the report of the format %s", async (format) => {
    const { path } = createFolder({ "compose.yaml": projectWith(HIDDEN) });
    const { stdout, stderr } = await inProcess(path, ["--format", format]);
    expect(stdout + stderr).not.toMatch(hasSign);
    expect(stdout).toContain(format === "text" || format === "github" ? SHOWN : "\\u200b");
  });

  it("is escaped in both forms of list", async () => {
    const { path } = createFolder({ "compose.yaml": projectWith(HIDDEN) });
    for (const args of [["list"], ["list", "--format", "json"]]) {
      expect((await inProcess(path, args)).stdout).not.toMatch(hasSign);
    }
  });

  it("is escaped in the messages and suggestions of ESLint", () => {
    const folder = createFolder({ "compose.yaml": projectWith(HIDDEN, "{ subnet: 10.0.0.0/33 }") });
    const linter = new Linter({ cwd: folder.path, configType: "flat" });
    const config = [{ ...composeNetworks.configs.all, files: ["**/*.yaml"] }];
    const messages = linter.verify(folder.read("compose.yaml"), config, `${folder.path}/compose.yaml`);
    const texts = messages.flatMap(({ message, suggestions = [] }) => [
      message,
      ...suggestions.map(({ desc }) => desc),
    ]);
    expect(texts.join("\n")).toContain(SHOWN);
    expect(texts.join("\n")).not.toMatch(hasSign);
  });

  it("stays as it is in a diff that is piped, and is escaped in one on a terminal", async () => {
    const policy = "version: 1\nid: test\nforbidden: [192.168.0.0/24]\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n";
    const { path } = createFolder({
      "compose.yaml": `services: { web: { image: nginx } } # ${HIDDEN}\n`,
      "forbidden-ranges.yaml": policy,
    });
    const piped = await inProcess(path, ["--fix-dry-run"]);
    expect(piped.stdout).toContain(HIDDEN);
    const seen = await inProcess(path, ["--fix-dry-run"], { isTerminal: true });
    expect(seen.stdout).toContain(SHOWN);
    expect(seen.stdout).not.toMatch(hasSign);
  });
});

describe.skipIf(process.platform === "win32")("a file with control characters in its name (not on Windows)", () => {
  const NAME = "a\u001b[31m\u200b.compose.yaml";

  it.each(FORMATS)("is escaped in the report of the format %s", async (format) => {
    const { path } = createFolder({ [NAME]: projectWith("back") });
    const { stdout, stderr } = await inProcess(path, ["--format", format, NAME]);
    expect(stdout).toMatch(/a(?:\\u001b|%1B)/);
    expect(stdout + stderr).not.toMatch(hasSign);
  });

  it("is escaped in complaints and in lists", async () => {
    const { path } = createFolder({ [NAME]: "a: [\n" });
    for (const args of [
      ["--format", "text", NAME],
      ["list", NAME],
    ]) {
      const { stdout, stderr } = await inProcess(path, args);
      expect(stdout + stderr).toContain("a\\u001b[31m\\u200b.compose.yaml:");
      expect(stdout + stderr).not.toMatch(hasSign);
    }
  });
});

describe("a key of a hundred thousand letters", () => {
  const KEY = "k".repeat(100_000);

  it.each(FORMATS)("is cut in the report of the format %s", async (format) => {
    const { path } = createFolder({ "compose.yaml": projectWith(KEY, "{ subnet: 10.0.0.0/33 }") });
    const { stdout, stderr } = await inProcess(path, ["--format", format, "--rule", "require-bridge-name:error"]);
    expect(stdout).toContain("k".repeat(150));
    expect(stdout + stderr).not.toContain("k".repeat(201));
  });

  it("is cut in a list for people", async () => {
    const { path } = createFolder({ "compose.yaml": projectWith(KEY) });
    expect((await inProcess(path, ["list"])).stdout).not.toContain("k".repeat(201));
  });

  it("is cut in a fault of the policy", async () => {
    const { path } = createFolder({
      "compose.yaml": projectWith("back"),
      "forbidden-ranges.yaml": `version: 1\n? ${KEY}\n: 1\n`,
    });
    const { stderr } = await inProcess(path, ["--format", "text"]);
    expect(stderr).toContain(`"${"k".repeat(200)}…"`);
    expect(stderr).not.toContain("k".repeat(201));
  });
});
