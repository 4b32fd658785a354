import { parseAddress } from "../../ipam/address.js";
import { formatPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import type { ExplicitSubnet } from "../addressing.js";
import type { Network } from "../network.js";
import { textOf, type Place } from "../source.js";
import { child, type Value } from "../value.js";
import { edited, refused, type EditOutcome } from "./edit.js";

/** Whatever could be an address in the text of a file: looked at closely afterwards. */
const ADDRESS_LIKE = /[0-9A-Fa-f:.]*[.:][0-9A-Fa-f:.]+/g;

/**
 * Writes another subnet in place of one that nothing else in the file hangs on.
 *
 * @returns the edit, or what hangs on the subnet and where: moving the subnet alone would break it.
 */
export function moveSubnet(network: Network, { pool, prefix, text, written }: ExplicitSubnet, to: Prefix): EditOutcome {
  const place = written.written.place;
  const chain: (Value | undefined)[] = [
    network.definition,
    child(network.definition, "ipam"),
    child(child(network.definition, "ipam"), "config"),
    pool.value,
    written.written,
  ];
  for (const value of chain) {
    if (value?.sharedBy) {
      return refused(`its text is shared through ${value.sharedBy.kind} "${value.sharedBy.anchor}"`, value.sharedBy.place);
    }
    if (value?.anchor !== undefined) return refused(`its text is shared through the anchor &${value.anchor}`, value.place);
  }
  const mention = otherMention(place, prefix);
  if (mention) return refused(`${textOf(mention)} hangs on it`, mention);

  const source = textOf(place);
  const at = source.indexOf(text);
  if (at === -1 || source.includes(text, at + 1)) return refused("variables make it up", place);
  const start = place.span[0] + at;
  return edited({ span: [start, start + text.length], text: formatPrefix(to) });
}

/** An address of the subnet that the file names in another place: a gateway, a static address, a host entry. */
function otherMention({ source, span }: Place, prefix: Prefix): Place | undefined {
  const range = rangeOf(prefix);
  for (const match of source.text.matchAll(ADDRESS_LIKE)) {
    const start = match.index;
    if (start >= span[0] && start < span[1]) continue;
    const address = parseAddress(match[0]);
    if (address.ok && rangeContains(range, address.value)) return { source, span: [start, start + match[0].length] };
  }
  return undefined;
}
