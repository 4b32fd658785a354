import type { CodeAction, CodeActionKind, Diagnostic, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver";

import type { Edit } from "../kit/edit.js";
import { disableComment } from "../lint/disable-comment.js";
import { isFixable, type Finding } from "../lint/finding.js";
import type { Judged } from "./judge.js";
import { MarkedLines } from "./text-lines.js";

const QUICK_FIX: CodeActionKind = "quickfix";
const FIX_ALL = "source.fixAll.compose-networks";
export const ACTION_KINDS: readonly CodeActionKind[] = [QUICK_FIX, FIX_ALL, "refactor.rewrite"];

/** What an editor asks about. */
export interface Asked {
  readonly range: Range;
  /** The requested kinds; without it, all. */
  readonly only: readonly CodeActionKind[] | undefined;
}

export interface ActionContext {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined where nothing can be fixed. */
  readonly fixAll: () => { readonly before: string; readonly after: string } | undefined;
  readonly editOf: (edits: readonly TextEdit[]) => WorkspaceEdit;
}

/** What can be done about the findings at a place: the fix first, then what is suggested, then what turns a rule off. */
export function codeActions(judged: Judged, { range, only }: Asked, context: ActionContext): CodeAction[] {
  const { path, text, findings } = judged;
  const lines = new MarkedLines(text);
  const [start, end] = lines.spanOf(range);
  const actions: CodeAction[] = [];
  const about = findings.map((finding, index) => ({ finding, diagnostic: context.diagnostics[index] }));
  const here = about.filter(({ finding: { at } }) => at.span[0] <= end && start <= at.span[1]);
  if (isWanted(QUICK_FIX, only)) {
    const offered = here.flatMap(({ finding, diagnostic }) =>
      offeredFor(finding, path).map((offer) => ({ offer, diagnostic })),
    );
    offered.sort((one, other) => RANKS[one.offer.worth] - RANKS[other.offer.worth]);
    for (const { offer, diagnostic } of offered) {
      actions.push({
        title: offer.title,
        kind: QUICK_FIX,
        ...(diagnostic && { diagnostics: [diagnostic] }),
        ...(offer.worth === "fix" && { isPreferred: true }),
        edit: context.editOf(textEdits(offer.edits, lines)),
      });
    }
  }
  const isAskedForAll = only !== undefined && isWanted(FIX_ALL, only);
  const isWorthIt = only === undefined && findings.filter(isFixable).length > 1;
  const fixed = isAskedForAll || isWorthIt ? context.fixAll() : undefined;
  if (fixed) {
    actions.push({
      title: "Fix all problems that compose-networks can fix",
      kind: FIX_ALL,
      edit: context.editOf([difference(fixed.before, fixed.after)]),
    });
  }
  return actions;
}

interface Offered {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly worth: keyof typeof RANKS;
}

/** In which order they are offered. */
const RANKS = { fix: 0, suggestion: 1, silence: 2 } as const;

function offeredFor(finding: Finding, path: string): readonly Offered[] {
  const { fix, suggestions, rule, at, parts } = finding;
  const isTheFix = (edits: readonly Edit[]): boolean => JSON.stringify(edits) === JSON.stringify(fix);
  const same = suggestions.find(({ edits }) => isTheFix(edits));
  const title = titled(same?.title ?? firstSentence(parts.advice) ?? "Fix this problem");
  return [
    ...(fix && fix.length > 0 ? [{ title, edits: fix, worth: "fix" as const }] : []),
    ...suggestions
      .filter((suggestion) => suggestion !== same)
      .map((suggestion) => ({
        title: titled(suggestion.title),
        edits: suggestion.edits,
        worth: "suggestion" as const,
      })),
    ...(rule !== null && /\.ya?ml$/i.test(path)
      ? [{ title: `Disable ${rule} for this line`, edits: [disableComment(at, rule)], worth: "silence" as const }]
      : []),
  ];
}

function titled(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

function firstSentence(advice: string | undefined): string | undefined {
  return advice === undefined ? undefined : (/^.*?(?=;|\.(?:\s|$)|$)/.exec(advice)?.[0] ?? advice);
}

/** As the protocol has it: a kind stands for those below it. */
function isWanted(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  return only === undefined || only.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`));
}

export function textEdits(edits: readonly Edit[], lines: MarkedLines): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: lines.rangeOf(span), newText: text }));
}

/** The one edit that makes one text of the other, without what both begin and end with. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  // Neither half of a surrogate pair, nor half of a line's end.
  while (start > 0 && isInside(before, start)) start -= 1;
  while (end > 0 && isInside(before, before.length - end)) end -= 1;
  const mark = before.startsWith("\uFEFF") ? 1 : 0;
  const range = new MarkedLines(before).rangeOf([start - mark, before.length - end - mark]);
  return { range, newText: after.slice(start, after.length - end) };
}

function isInside(text: string, offset: number): boolean {
  return /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(offset - 1, offset + 1));
}
