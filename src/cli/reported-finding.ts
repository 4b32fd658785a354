import type { Linter } from "eslint";

import type { Edit } from "../compose/edit/edit.js";
import type { MessageValues, RelatedPlace } from "../rule/create-rule.js";
import type { Finding } from "../rule/findings.js";

/** A message of ESLint together with what it was made of. */
export interface ReportedFinding {
  /** Lines and columns start at 1; the end is behind the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** With the plugin's prefix; null for a text that is no YAML and for comments that steer ESLint. */
  readonly rule: string | null;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly parts: MessageValues | undefined;
  readonly related: readonly RelatedPlace[];
  /** What `--fix` does about it. */
  readonly fix: Replacement | undefined;
  readonly suggestions: readonly SuggestedReplacement[];
}

/** Offsets into the text without a byte order mark. */
interface Replacement {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
  /** The same without the text between several edits, which is the file's own. */
  readonly pieces?: readonly Edit[];
}

interface SuggestedReplacement extends Replacement {
  /** What it would do. */
  readonly title: string;
}

/**
 * Joins ESLint's messages with the parts that the rules put aside. Where one rule says the same kind of thing twice in
 * one place, the order of reporting tells which is which; ESLint keeps it.
 */
export function attachParts(
  messages: readonly Linter.LintMessage[],
  findings: readonly Finding[],
): readonly ReportedFinding[] {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { rule, messageId, loc } = finding;
    const place = placeKey(`compose-networks/${rule}`, messageId, loc.start.line, loc.start.column + 1);
    const known = byPlace.get(place);
    if (known) known.push(finding);
    else byPlace.set(place, [finding]);
  }
  return messages.map((message) => {
    const { line, column, ruleId, messageId } = message;
    const finding = byPlace.get(placeKey(ruleId, messageId, line, column))?.shift();
    return {
      line,
      column,
      endLine: message.endLine ?? line,
      endColumn: message.endColumn ?? column,
      rule: ruleId,
      severity: message.severity === 1 || finding?.severity === "warn" ? "warning" : "error",
      message: message.message,
      parts: finding?.subject,
      related: finding?.related ?? [],
      fix: ruleId === null ? undefined : message.fix && inPieces(message.fix, finding),
      suggestions: (message.suggestions ?? []).map(({ desc, fix }) => ({ title: desc, ...inPieces(fix, finding) })),
    };
  });
}

/** ESLint's own fix, and the edits that it was made of. */
function inPieces(fix: Replacement, finding: Finding | undefined): Replacement {
  const pieces = finding?.edits.find((edits) => {
    const starts = edits.map(({ span }) => span[0]);
    const ends = edits.map(({ span }) => span[1]);
    return edits.length > 1 && Math.min(...starts) === fix.range[0] && Math.max(...ends) === fix.range[1];
  });
  return pieces ? { range: fix.range, text: fix.text, pieces } : fix;
}

function placeKey(rule: string | null, messageId: string | undefined, line: number, column: number): string {
  return `${rule ?? ""} ${messageId ?? ""} ${line}:${column}`;
}
