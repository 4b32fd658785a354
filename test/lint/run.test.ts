import { describe, expect, it } from "vitest";

import { defineRule } from "../../src/lint/define-rule.js";
import { advising } from "../../src/lint/message.js";
import { flag, oneOf } from "../../src/lint/options.js";
import { crlf } from "../rules/compose-rule-tester.js";
import { runESLint, runOurs, type Setup } from "./both-hosts.js";

/** Reports the keys of networks, and makes each of them longer until it has four letters. */
const shortKey = defineRule({
  name: "short-key",
  type: "problem",
  docs: { description: "Require longer keys", recommended: false },
  options: { fixes: flag(true, "Whether to fix."), how: oneOf(["once", "twice"], "How often to report.") },
  headlines: { short: 'Key "{{network}}" is short' },
  suggestions: { call: "Call it {{name}}." },
  fixable: true,
  check({ view, options, report }) {
    for (const { key, implicit, place } of view.project.networks) {
      if (implicit || key.length >= 4) continue;
      const edits = [{ span: [place.span[1], place.span[1]], text: "x" }] as const;
      for (let time = 0; time < (options.how === "twice" ? 2 : 1); time += 1) {
        report({
          at: place,
          says: "short",
          about: { network: key },
          outcome: "policy",
          consequence: "nobody knows what it means",
          advice: "Write more.",
          fix: options.fixes ? edits : undefined,
          suggestions: [{ does: "call", about: { name: `${key}x` }, edits }],
        });
      }
    }
  },
});

/** Takes back and forth: "a" becomes "b", and "b" becomes "a". */
const swing = defineRule({
  name: "swing",
  type: "problem",
  docs: { description: "Disallow what it wrote itself", recommended: false },
  headlines: { swing: advising('"{{network}}" is not the other one') },
  fixable: true,
  check({ view, report }) {
    for (const { key, place } of view.project.networks) {
      if (key !== "aaaa" && key !== "bbbb") continue;
      const text = key === "aaaa" ? "bbbb" : "aaaa";
      report({
        at: place,
        says: "swing",
        about: { network: key },
        outcome: "policy",
        advice: "Change it.",
        fix: [{ span: place.span, text }],
      });
    }
  },
});

const endless = defineRule({
  name: "endless",
  type: "problem",
  docs: { description: "Require longer keys than there are", recommended: false },
  headlines: { endless: { headline: '"{{network}}" could be longer' } },
  fixable: true,
  check({ view, report }) {
    for (const { key, place } of view.project.networks) {
      if (!key.startsWith("a")) continue;
      const fix = [{ span: [place.span[1], place.span[1]], text: "x" }] as const;
      report({ at: place, says: "endless", about: { network: key }, outcome: "policy", fix });
    }
  },
});

/** Replaces all that is between the first key and the last, which no other fix may touch. */
const wide = defineRule({
  name: "wide",
  type: "suggestion",
  docs: { description: "Require a mark", recommended: false },
  headlines: { wide: { headline: "The keys have no mark" } },
  fixable: true,
  check({ view, report }) {
    const places = view.project.networks.filter(({ implicit }) => !implicit).map(({ place }) => place);
    const [first, last] = [places[0], places.at(-1)];
    if (!first || !last || view.file.source.text.includes("x-mark")) return;
    const at = (offset: number, text: string) => ({ span: [offset, offset] as const, text });
    report({
      at: first,
      says: "wide",
      outcome: "ignored",
      fix: [at(last.span[1] + 1, " { x-mark: 2 }"), at(first.span[1] + 1, " { x-mark: 1 }")],
    });
  },
});

const SETUP: Setup = { rules: [shortKey, swing, wide], levels: { wide: "off" }, cwd: "/srv" };
const FILE = "/srv/compose.yaml";

function networks(...lines: readonly string[]): string {
  return ["services: { web: { image: nginx } }", "networks:", ...lines, ""].join("\n");
}

/** Whatever ESLint makes of each, ours makes the same. */
const TEXTS: Readonly<Record<string, string>> = {
  "no comment": networks("  a:", "  front:", "  b:"),
  "a text that is no YAML": "networks: {\n",
  "a comment that turns all rules off": networks("  # eslint-disable", "  a:", "  b:"),
  "a comment that turns one rule off, with a reason": networks(
    "  # eslint-disable compose-networks/short-key -- they are short",
    "  a:",
    "  aaaa:",
  ),
  "a rule that is turned on again": networks(
    "  # eslint-disable compose-networks/short-key",
    "  a:",
    "  # eslint-enable compose-networks/short-key",
    "  b:",
  ),
  "all rules that are turned on again, one off": networks(
    "  # eslint-disable compose-networks/short-key, compose-networks/swing",
    "  a:",
    "  # eslint-enable",
    "  b:",
  ),
  "one rule that is turned on again, all off": networks(
    "  # eslint-disable",
    "  a:",
    "  # eslint-enable compose-networks/short-key",
    "  b:",
    "  aaaa:",
  ),
  "a rule that is turned on and never was off": networks("  # eslint-enable compose-networks/short-key", "  a:"),
  "a rule that is turned on twice": networks(
    "  # eslint-disable compose-networks/short-key",
    "  a:",
    "  # eslint-enable compose-networks/short-key",
    "  # eslint-enable compose-networks/short-key, compose-networks/swing",
    "  b:",
  ),
  "a rule that is turned off twice": networks(
    "  # eslint-disable compose-networks/short-key",
    "  # eslint-disable compose-networks/short-key, compose-networks/swing",
    "  a:",
  ),
  "a comment behind a line": networks(
    "  a: # eslint-disable-line",
    "  b: # eslint-disable-line compose-networks/short-key",
  ),
  "a comment above a line": networks("  # eslint-disable-next-line compose-networks/short-key", "  a:", "  b:"),
  "a comment above a line with nothing to report": networks(
    "  # eslint-disable-next-line compose-networks/short-key",
    "  front:",
  ),
  "two comments for one line": networks(
    "  # eslint-disable-next-line compose-networks/short-key",
    "  a: # eslint-disable-line compose-networks/short-key",
  ),
  "a comment for a line where the rule is off": networks(
    "  # eslint-disable compose-networks/short-key",
    "  a: # eslint-disable-line compose-networks/short-key",
  ),
  "a comment with three rules, of which none reports": networks(
    "  # eslint-disable-next-line compose-networks/wide, compose-networks/swing, 'compose-networks/short-key'",
    "  front:",
  ),
  "a comment with three rules, of which one reports": networks(
    "  # eslint-disable-next-line compose-networks/wide, compose-networks/swing, compose-networks/short-key",
    "  a:",
  ),
  "a comment for another linter as well": networks(
    "  # eslint-disable-next-line yml/no-empty-mapping-value, compose-networks/swing",
    "  a:",
  ),
  "a comment for another linter": networks("  # eslint-disable-next-line yml/no-empty-mapping-value", "  a:"),
  "a comment with a rule that is not there": networks("  # eslint-disable-next-line compose-networks/nothing", "  a:"),
  "a comment without anything to turn off": networks("  # eslint-disable", "  front:"),
  "a rule that a comment turns on": `# eslint compose-networks/wide: warn\n${networks("  front:", "  back:")}`,
  "a rule that a comment turns off": `# eslint compose-networks/short-key: off\n${networks("  a:")}`,
  "a rule that a comment makes a warning": `# eslint compose-networks/short-key: 1 -- for now\n${networks("  a:")}`,
  "a rule with options": `# eslint compose-networks/short-key: [error, { fixes: false }]\n${networks("  a:")}`,
  "two rules in one comment": `# eslint compose-networks/short-key: off, compose-networks/swing: [2]\n${networks("  a:", "  aaaa:")}`,
  "a rule that two comments configure": `# eslint compose-networks/short-key: off\n# eslint compose-networks/short-key: warn\n${networks("  a:")}`,
  "a severity that there is not": `# eslint compose-networks/short-key: 7\n${networks("  a:")}`,
  "a severity in a list that there is not": `# eslint compose-networks/short-key: [loud, {}]\n${networks("  a:")}`,
  "a configuration of a rule that is not there": `# eslint compose-networks/nothing: off\n${networks("  a:")}`,
  "a configuration of another linter": `# eslint yml/no-empty-mapping-value: off\n${networks("  a:")}`,
  "a configuration that can't be read": `# eslint compose-networks/short-key: [\n${networks("  a:")}`,
  "a fault of a configuration that is turned off": `# eslint-disable\n# eslint compose-networks/nothing: off\n${networks("  a:")}`,
  "a word that only begins like a comment for ESLint": `# eslint-disabled\n# eslinter: off\n${networks("  a:")}`,
  "a comment in a text": `services: { web: { image: nginx } }\nx-text: |\n  # eslint-disable\nnetworks:\n  a:\n`,
  "fixes that touch each other": "services: { web: { image: nginx } }\nnetworks: { a: , b: , c: }\n",
  "several fixes of one place": `# eslint compose-networks/short-key: [error, { how: twice }]\n${networks("  a:", "  b:")}`,
  "a fix that spans others": `# eslint compose-networks/wide: error\n${networks("  a:", "  b:", "  c:")}`,
  "fixes that go round in circles": networks("  aaaa:"),
  "fixes that go round in circles beside others": networks("  aaaa:", "  b:"),
};

describe.each(Object.entries(TEXTS))("%s", (_name, text) => {
  it.each([
    ["as it is", text],
    ["with the line ends of Windows", crlf(text)],
    ["with a byte order mark", `\uFEFF${text}`],
  ])("comes to the same in our host and in ESLint, %s", (_how, written) => {
    expect(runOurs(SETUP, FILE, written)).toEqual(runESLint(SETUP, FILE, written));
  });
});

describe("a comment with options that a rule does not take", () => {
  it.each([
    ["{ fixes: 1 }", '1 is not a valid "fixes"; write true or false.'],
    ["{ how: thrice }", '"thrice" is not a valid "how"; did you mean "twice"?'],
    ["{ other: true }", 'it has no option "other"; its options are fixes, how.'],
    ["true", "its options are not an object."],
    ["{}, {}", "It takes one object with options."],
  ])("counts for nothing, and says so: %s", (options, fault) => {
    const { said } = runOurs(
      SETUP,
      FILE,
      `# eslint compose-networks/short-key: [off, ${options}]\n${networks("  a:")}`,
    );
    expect(said.map(({ rule, says, message, place }) => [rule, says ?? message, place[0]])).toEqual([
      [
        "compose-networks/short-key",
        `Inline configuration for rule "compose-networks/short-key" is invalid:\n\t${fault}\n`,
        1,
      ],
      ["compose-networks/short-key", "short", 4],
    ]);
  });
});

describe("what is fixed", () => {
  it("takes as many passes as it needs", () => {
    expect(runOurs(SETUP, FILE, networks("  a:", "  bb:")).fixed).toBe(networks("  axxx:", "  bbxx:"));
  });

  it("takes ten passes at most", () => {
    const setup = { ...SETUP, levels: { "short-key": "off", endless: "error" }, rules: [endless] } as const;
    const { fixed, saidAfterwards } = runOurs(setup, FILE, networks("  a:"));
    expect(fixed).toBe(networks(`  a${"x".repeat(10)}:`));
    expect(saidAfterwards.map(({ message }) => message)).toEqual(['"axxxxxxxxxx" could be longer.']);
    expect(fixed).toBe(runESLint(setup, FILE, networks("  a:")).fixed);
  });

  it("stops where it was two passes before", () => {
    expect(runOurs(SETUP, FILE, networks("  aaaa:")).fixed).toBe(networks("  aaaa:"));
  });
});

describe("a rule that fails", () => {
  const broken = defineRule({
    name: "broken",
    type: "problem",
    docs: { description: "Disallow nothing", recommended: false },
    headlines: { never: { headline: "Never said" } },
    check: () => {
      throw new RangeError("Invalid string length");
    },
  });

  it("ends the check of the file, and is named", () => {
    expect(() => runOurs({ ...SETUP, rules: [broken] }, FILE, networks("  a:"))).toThrow(
      "rule broken: Invalid string length",
    );
  });

  it("is a finding in ESLint, whose run would end otherwise", () => {
    const { said } = runESLint({ ...SETUP, rules: [broken, shortKey] }, FILE, networks("  a:"));
    expect(said.map(({ message }) => message)).toEqual([
      "The file is not checked, as the check itself failed (Invalid string length). Report it.",
      'Key "a" is short: nobody knows what it means. Write more.',
    ]);
  });
});
