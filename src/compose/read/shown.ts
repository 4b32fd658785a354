import { looksLikeAddress } from "../../ipam/address-like.js";
import { parseAddress } from "../../ipam/address.js";
import { parsePrefix } from "../../ipam/prefix.js";
import { parseRange } from "../../ipam/range.js";
import type { KnownText } from "./scalar-text.js";
import type { ScalarValue } from "./value.js";

/*
 * What of a compose file may be printed. Reports are read by more people than `.env`: logs of pipelines, comments on
 * pull requests. A pull request may put `${DB_PASSWORD}` wherever a value stands. So nothing prints a resolved text but
 * by these functions.
 */

/** The text of a scalar for a message: with its variables resolved where that gives away no value but an address. */
export function showScalar(scalar: ScalarValue): string {
  const { value, interpolation } = scalar;
  const alias = hidingAlias(scalar);
  if (alias !== undefined) return alias;
  const written = String(value);
  if (interpolation?.kind !== "text") return written;
  const { text, set } = interpolation;
  // A default is written in the file itself.
  return set.length === 0 || isAddress(text) ? text : written;
}

export function showText({ written }: Pick<KnownText, "written">): string {
  return showScalar(written);
}

/** The variables or the alias whose values a message must not print; none where the resolved text is shown. */
export function hiddenVariables(scalar: ScalarValue): readonly string[] {
  const { interpolation } = scalar;
  const alias = hidingAlias(scalar);
  if (alias !== undefined) return [alias];
  if (interpolation?.kind !== "text" || isAddress(interpolation.text)) return [];
  return [...new Set(interpolation.set)];
}

/** `*secret` for what may be written below `environment`, and is only shared with what a message is about. */
function hidingAlias({ value, sharedBy, interpolation }: ScalarValue): string | undefined {
  if (sharedBy === undefined || typeof value === "boolean" || value === null) return undefined;
  const written = String(value);
  const text = interpolation?.kind === "text" ? interpolation.text : written;
  // What is a variable and nothing else is shown as one: that says where to look.
  if (looksLikeAddress(text) || /^\$(?:\w+|\{\w+\})$/.test(written)) return undefined;
  return sharedBy.anchor === MERGE_KEY ? MERGE_KEY : `*${sharedBy.anchor}`;
}

const MERGE_KEY = "<<";

/** The same text, where it is one of the words that everybody knows. */
export function showWord(text: Pick<KnownText, "text" | "written">, known: ReadonlySet<string>): string {
  return known.has(text.text) ? text.text : showText(text);
}

function isAddress(text: string): boolean {
  return parsePrefix(text).ok || parseAddress(text).ok || parseRange(text).ok;
}
