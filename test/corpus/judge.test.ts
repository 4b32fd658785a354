import path from "node:path";

import { describe, expect, it } from "vitest";

import { createHost, type Host } from "./host.js";
import { judge, type Verdict } from "./judge.js";

const root = import.meta.dirname;
const file = path.join(root, "compose.yaml");
const host = createHost({ root, ranges: path.join(root, "forbidden-ranges.yaml") });

const BEFORE = "services:\n  web:\n    image: nginx # web\nnetworks:\n  default:\n    driver: bridge\n";

/** What is said when the fix comes out like this. */
function wrongsAfter(spoil: (fixed: string) => string, text = BEFORE): string[] {
  const spoiling: Host = { ...host, fix: (...asked) => spoil(host.fix(...asked)) };
  return wrongsIn(judge(spoiling, file, text));
}

function wrongsIn({ wrongs }: Verdict): string[] {
  return wrongs.map(({ wrong }) => wrong);
}

describe("the judge of a fix", () => {
  it.each([
    ["line feeds", BEFORE],
    ["the line ends of Windows", BEFORE.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${BEFORE}`],
    ["no line break at its end", BEFORE.trimEnd()],
    ["a byte order mark and an indented map", `\uFEFF ${BEFORE.trimEnd().replaceAll("\n", "\n ")}\n`],
  ])("has nothing to say of a file with %s", (_name, text) => {
    const verdict = judge(host, file, text);
    expect(wrongsIn(verdict)).toEqual([]);
    expect(verdict).toMatchObject({ fixesOffered: 1, fixesApplied: 1, findings: ["require-subnet/unsafe"] });
    expect(verdict.fixed?.startsWith("\uFEFF")).toBe(text.startsWith("\uFEFF"));
    expect(verdict.fixed?.replaceAll(/[^\r]/g, "").length).toBe(
      text.includes("\r") ? BEFORE.split("\n").length + 2 : 0,
    );
  });

  it("sees other line ends", () => {
    expect(wrongsAfter((fixed) => fixed.replaceAll("\n", "\r\n"))).toEqual(["files changed outside the edited lines"]);
  });

  it("sees a lost byte order mark", () => {
    const wrongs = wrongsAfter((fixed) => fixed.slice(1), `\uFEFF${BEFORE}`);
    expect(wrongs).toEqual(["files changed outside the edited lines"]);
  });

  it("sees a lost line break at the end", () => {
    const before = `${BEFORE}# end\n`;
    expect(wrongsAfter((fixed) => fixed.trimEnd(), before)).toEqual(["files changed outside the edited lines"]);
  });

  it("sees a lost comment", () => {
    expect(wrongsAfter((fixed) => fixed.replace(" # web", ""))).toEqual(["files changed outside the edited lines"]);
  });

  it("sees another driver", () => {
    expect(wrongsAfter((fixed) => fixed.replace("bridge", "overlay"))).toContain(
      "files whose project changed elsewhere",
    );
  });

  it("sees another subnet for a network that it was not asked about", () => {
    const wrongs = wrongsAfter((fixed) => fixed.replace("default:", "other:"));
    expect(wrongs).toContain("files whose project changed elsewhere");
  });

  it("sees a text that is no YAML", () => {
    expect(wrongsAfter((fixed) => `${fixed}networks: [\n`)).toEqual(["fixed files that are no YAML"]);
  });

  it("sees a finding that is still there", () => {
    expect(wrongsAfter(() => BEFORE)).toEqual(["findings left after their fix"]);
  });

  it("sees a finding that was not there before", () => {
    const wrongs = wrongsAfter((fixed) => fixed.replace(/10\.[\d.]+/, "172.18.47.0"));
    expect(wrongs).toEqual(["findings that a fix brought in"]);
  });

  it("sees a crash", () => {
    const crashing: Host = {
      ...host,
      lint() {
        throw new Error("boom");
      },
    };
    expect(wrongsIn(judge(crashing, file, BEFORE))).toEqual(["crashes"]);
  });

  it("sees a suggestion that breaks the file", () => {
    const text = BEFORE.replace("driver: bridge", "ipam: { config: [{ subnet: 172.18.47.0/24 }] }");
    const breaking: Host = {
      ...host,
      lint(...asked) {
        const linted = host.lint(...asked);
        const messages = linted.messages.map(({ suggestions = [], ...message }) => ({
          ...message,
          suggestions: suggestions.map(({ fix, ...suggestion }) => ({ ...suggestion, fix: { ...fix, text: "]" } })),
        }));
        return { ...linted, messages };
      },
    };
    expect(wrongsIn(judge(host, file, text))).toEqual([]);
    expect(wrongsIn(judge(breaking, file, text))).toEqual(["suggestions that break something"]);
  });

  it("knows that each of two equal subnets is mended alone", () => {
    const pools = "[{ subnet: 10.100.100.0/16 }, { subnet: 10.100.100.0/16 }]";
    const verdict = judge(host, file, BEFORE.replace("driver: bridge", `ipam: { config: ${pools} }`));
    expect(verdict.suggestions).toBeGreaterThan(0);
    expect(wrongsIn(verdict)).toEqual([]);
  });

  it("counts a text that is no YAML, and judges nothing in it", () => {
    expect(judge(host, file, "services: [")).toMatchObject({ findings: [], wrongs: [], fixed: undefined });
  });
});
