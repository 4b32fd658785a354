/** Two addresses with a dash, or a block of the longest one. */
const LONGEST = 100;
const ADDRESS = String.raw`(?:\d{1,5}(?:\.\d{0,5}){1,7}|[\dA-Fa-f]{0,5}(?::[\dA-Fa-f]{0,5}){2,9}(?:\.\d{0,5}){0,4})(?:/[\d.]{0,15})?`;
const ADDRESS_LIKE = new RegExp(String.raw`^${ADDRESS}(?: ?[-–] ?${ADDRESS})?$`, "u");

/**
 * Whether a text is an address, a block or a range, right or wrong. Of files that may be anything, such as a list that a
 * policy extends, messages quote nothing else.
 */
export function looksLikeAddress(text: string): boolean {
  return text.length <= LONGEST && ADDRESS_LIKE.test(text);
}
