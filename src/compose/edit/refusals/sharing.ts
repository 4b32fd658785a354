import type { Value } from "../../read/value.js";
import { refused, type EditOutcome } from "../../../kit/edit.js";

/**
 * Why a text can't be changed for one network alone: another place shares it.
 *
 * @param chain Values, the outermost first: whoever shares one of them shares what is below it too.
 * @returns the refusal, or undefined when the text is nobody else's.
 */
export function refuseShared(chain: readonly (Value | undefined)[]): EditOutcome | undefined {
  for (const value of chain) {
    if (value?.sharedBy) {
      const { kind, anchor, place } = value.sharedBy;
      const how = anchor === "<<" ? "a merge key brings it in" : `the merge key <<: *${anchor} brings it in`;
      return refused(kind === "alias" ? `the alias *${anchor} refers to it` : how, place);
    }
    if (value?.anchor !== undefined && hasAlias(value.place.source.text, value.anchor)) {
      return refused(`its text has the anchor &${value.anchor}, which other places share`, value.place);
    }
  }
  return undefined;
}

/** An anchor that no alias names is only a remark. */
function hasAlias(text: string, anchor: string): boolean {
  return aliasesOf(text, anchor).length > 0;
}

/** The offsets of the aliases of an anchor. What looks like one in a comment or text counts as one. */
export function aliasesOf(text: string, anchor: string): number[] {
  const offsets: number[] = [];
  for (let at = text.indexOf(`*${anchor}`); at !== -1; at = text.indexOf(`*${anchor}`, at + 1)) {
    if (/^(?:[\s,[\]{}:]|$)/.test(text.slice(at + 1 + anchor.length, at + 2 + anchor.length))) offsets.push(at);
  }
  return offsets;
}
