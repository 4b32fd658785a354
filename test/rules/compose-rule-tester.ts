import { fileURLToPath } from "node:url";

import { RuleTester } from "eslint";
import { describe, it } from "vitest";

import plugin from "../../src/plugin/index.js";

RuleTester.describe = describe;
RuleTester.it = it;

/** The day on which the policies of the workspaces are read. */
const TODAY = "2026-11-24";

/** Lints in the language of the plugin, on a fixed day. */
export const composeRuleTester = new RuleTester({
  plugins: { "compose-networks": plugin },
  language: "compose-networks/compose",
  settings: { "compose-networks": { today: TODAY } },
});

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
