import { formatPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import type { ExplicitSubnet } from "../addressing.js";
import type { Network } from "../network.js";
import { textOf, type Place } from "../source.js";
import { asMap, child } from "../value.js";
import { refused, type EditOutcome } from "./edit.js";
import { mentionsOf } from "./mentions.js";
import { rewriteText } from "./rewrite-text.js";
import { refuseShared } from "./sharing.js";

/**
 * Writes another subnet in place of one that nothing else in the file hangs on.
 *
 * @returns the edit, or what hangs on the subnet and where: moving the subnet alone would break it.
 */
export function moveSubnet(network: Network, subnet: ExplicitSubnet, to: Prefix): EditOutcome {
  const { pool, text, written } = subnet;
  const ipam = child(network.definition, "ipam");
  const shared = refuseShared([network.definition, ipam, child(ipam, "config"), pool.value, written.written]);
  if (shared) return shared;
  const dependent = dependentOf(network, subnet);
  if (dependent) return refused(`${textOf(dependent)} hangs on it`, dependent);

  return rewriteText(written.written, text, formatPrefix(to));
}

/** What would lie outside the subnet once that has moved: a gateway, a static address, a host entry. */
function dependentOf({ attachments }: Network, { pool, prefix, written }: ExplicitSubnet): Place | undefined {
  for (const key of ["gateway", "ip_range", "aux_addresses"]) {
    const beside = child(pool.value, key);
    const [first] = asMap(beside)?.entries.values() ?? [];
    if (beside) return (first?.value ?? beside).place;
  }
  const field = prefix.address.family === 4 ? "ipv4_address" : "ipv6_address";
  const settled = attachments.flatMap(({ addresses }) => addresses).find((address) => address.field === field);
  if (settled) return settled.text.written.place;
  const { source, span } = written.written.place;
  for (const mention of mentionsOf(rangeOf(prefix), source)) {
    const isOwn = mention.span[1] > span[0] && mention.span[0] < span[1];
    if (!isOwn && !isSubnetOfAnother(mention)) return mention;
  }
  return undefined;
}

/** Two networks whose subnets overlap mention each other. */
function isSubnetOfAnother({ source, span }: Place): boolean {
  return /\bsubnet:\s*["']?$/.test(source.text.slice(source.text.lastIndexOf("\n", span[0]) + 1, span[0]));
}
