import { parseAddress } from "../../ipam/address.js";
import { rangeContains, type AddressRange } from "../../ipam/range.js";
import type { Place, Source } from "../source.js";

const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;
const IPV6 = /(?<![\w:.])[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?<![.])/g;

/** The addresses of a range that a file's text names anywhere: in a URL, a port binding, a host entry, a comment. */
export function* mentionsOf(range: AddressRange, source: Source): Generator<Place> {
  const candidates = range.first.family === 4 ? IPV4 : IPV6;
  for (const { 0: written, index } of source.text.matchAll(candidates)) {
    const address = parseAddress(written);
    if (address.ok && rangeContains(range, address.value)) yield { source, span: [index, index + written.length] };
  }
}
