import { fileURLToPath } from "node:url";

import { RuleTester } from "eslint";
import { describe, expect, it } from "vitest";

import { toESLintRule } from "../../src/eslint/rule-host.js";
import type { Rule } from "../../src/lint/define-rule.js";
import plugin from "../../src/eslint/index.js";
import { SETTINGS_KEY } from "../../src/eslint/read-settings.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { runESLint, runOurs, type Outcome, type Said, type Setup } from "../lint/both-hosts.js";

RuleTester.describe = describe;
RuleTester.it = it;

/** The day on which the policies of the workspaces are read. */
const TODAY = "2026-11-24";

const ruleTester = new RuleTester({
  plugins: { "compose-networks": plugin },
  language: "compose-networks/compose",
  settings: { "compose-networks": { today: TODAY } },
});

type Cases = Parameters<RuleTester["run"]>[2];

/** Lints in the language of the plugin, on a fixed day. */
export const composeRuleTester = {
  run(name: string, rule: Rule, tests: Cases): void {
    ruleTester.run(name, toESLintRule(rule), tests);
    it(`${name}: every case comes to the same in our own host and in ESLint`, () => {
      for (const test of [...tests.valid, ...tests.invalid])
        expectParity(rule, typeof test === "string" ? { code: test } : test);
    });
  },
};

function expectParity(rule: Rule, { code, filename, options: [own] = [], settings }: RuleTester.ValidTestCase): void {
  const setup: Setup = {
    rules: [rule],
    levels: { [rule.name]: own === undefined ? "error" : ["error", own] },
    cwd: toPosix(process.cwd()),
    settings: { today: TODAY, ...(settings?.[SETTINGS_KEY] ?? {}) },
  };
  const path = toPosix(filename ?? inWorkspace("none"));
  const [ours, theirs] = [runOurs, runESLint].map((run) => withoutSeverity(run(setup, path, code)));
  expect(ours, code).toEqual(theirs);
}

/** A range that only warns does so on the command line: ESLint knows levels of rules alone. */
function withoutSeverity({ said, fixed, saidAfterwards }: Outcome) {
  const bare = (each: Said) => ({ ...each, severity: undefined });
  return { said: said.map(bare), fixed, saidAfterwards: saidAfterwards.map(bare) };
}

/** No error may leave anything unsaid. */
export const EVERYTHING = { requireMessage: "messageId", requireData: true, requireLocation: true } as const;

/**
 * The path of a compose file in a workspace with a real forbidden-ranges file. The compose file itself need not be
 * there.
 */
export function inWorkspace(name: string, file = "compose.yaml"): string {
  return fileURLToPath(new URL(`./workspaces/${name}/${file}`, import.meta.url));
}

/** The text without the first line break and without the indentation that all its lines share. */
export function yaml(strings: TemplateStringsArray): string {
  const lines = strings.join("").replace(/^\n/, "").split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = Math.min(...depths);
  return lines.map((line) => line.slice(shared)).join("\n");
}

/** The same text with the line ends of Windows. */
export function crlf(text: string): string {
  return text.replaceAll("\n", "\r\n");
}

/** Line and column of the first character, and of the place behind the last one. */
export type Extent = readonly [line: number, column: number, endLine: number, endColumn: number];

export function position([line, column, endLine, endColumn]: Extent) {
  return { line, column, endLine, endColumn };
}
