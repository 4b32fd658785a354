import { formatAddress, type Address, type AddressRange } from "../../ipam/address.js";
import { mentionedAddresses } from "../../ipam/mentioned-addresses.js";
import { rangeContains } from "../../ipam/range.js";
import type { Place, Source, Span } from "../../kit/source.js";

interface Mention {
  readonly address: Address;
  readonly place: Place;
}

const known = new WeakMap<object, Map<Source, readonly Mention[]>>();

/**
 * The addresses of a range that a file's text names.
 *
 * @param of What the stretches belong to: the text is read once for it, as each of its networks asks.
 * @param passedOver Those stretches of the file in which an address is no mention.
 */
export function mentionsOf(
  range: AddressRange,
  source: Source,
  of: object,
  passedOver: () => readonly Span[],
): readonly Place[] {
  const bySource = known.get(of) ?? new Map<Source, readonly Mention[]>();
  known.set(of, bySource);
  // Few files name any address of the range, and many may be asked.
  if (!source.text.includes(sharedDigits(range))) return [];
  const mentions = bySource.get(source) ?? without(passedOver(), mentionsIn(source));
  bySource.set(source, mentions);
  return mentions.flatMap(({ address, place }) =>
    address.family === range.first.family && rangeContains(range, address) ? [place] : [],
  );
}

/** What each address of an IPv4 range begins with, however it is written; nothing for IPv6, which has many notations. */
function sharedDigits({ first, last }: AddressRange): string {
  if (first.family === 6) return ":";
  const [from, to] = [formatAddress(first).split("."), formatAddress(last).split(".")];
  const apart = from.findIndex((part, index) => part !== to[index]);
  const shared = from.slice(0, apart === -1 ? 4 : apart);
  return shared.length === 0 ? "." : `${shared.join(".")}${shared.length < 4 ? "." : ""}`;
}

function mentionsIn(source: Source): Mention[] {
  return [...mentionedAddresses(source.text)].map(({ address, span }) => ({ address, place: { source, span } }));
}

/** @param spans Whether they overlap or not, of those that begin before a mention the one with the last end counts. */
function without(spans: readonly Span[], mentions: readonly Mention[]): readonly Mention[] {
  const sorted = spans.toSorted((left, right) => left[0] - right[0]);
  const inOrder = mentions.toSorted((left, right) => left.place.span[0] - right.place.span[0]);
  let next = 0;
  let lastEnd = 0;
  return inOrder.filter(({ place: { span } }) => {
    for (let own = sorted[next]; own && own[0] < span[1]; own = sorted[next]) {
      lastEnd = Math.max(lastEnd, own[1]);
      next += 1;
    }
    return lastEnd <= span[0];
  });
}
