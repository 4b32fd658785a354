import { parseAddress } from "../ipam/address.js";
import { parsePrefix } from "../ipam/prefix.js";
import { parseRange } from "../ipam/range.js";
import type { KnownText } from "./text.js";
import type { ScalarValue } from "./value.js";

/*
 * What of a compose file may be printed. Reports are read by more people than `.env`: logs of pipelines, comments on
 * pull requests. A pull request may put `${DB_PASSWORD}` wherever a value stands. So nothing prints a resolved text but
 * by these functions.
 */

/** The text of a scalar for a message: with its variables resolved where that gives away no value but an address. */
export function showScalar({ value, interpolation }: ScalarValue): string {
  const written = String(value);
  if (interpolation?.kind !== "text") return written;
  const { text, set } = interpolation;
  // A default is written in the file itself.
  return set.length === 0 || isAddress(text) ? text : written;
}

export function showText({ written }: KnownText): string {
  return showScalar(written);
}

/** The variables whose values a message must not print; none where the resolved text is shown. */
export function hiddenVariables({ interpolation }: ScalarValue): readonly string[] {
  if (interpolation?.kind !== "text" || isAddress(interpolation.text)) return [];
  return [...new Set(interpolation.set)];
}

/** The same text, where it is one of the words that everybody knows. */
export function showWord(text: KnownText, known: ReadonlySet<string>): string {
  return known.has(text.text) ? text.text : showText(text);
}

function isAddress(text: string): boolean {
  return parsePrefix(text).ok || parseAddress(text).ok || parseRange(text).ok;
}
