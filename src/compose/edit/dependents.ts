import { formatAddress, parseAddress } from "../../ipam/address.js";
import { formatPrefix, parsePrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import { shiftAddress, shiftPrefix } from "../../ipam/shift.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import type { Network } from "../project/network.js";
import { describeUnknown, readText, type Text } from "../read/scalar-text.js";
import { asMap, asScalar, child, type Value } from "../read/value.js";
import { refused, type Refused } from "../../kit/edit.js";

/** A text that must keep its distance from the start of a subnet when that moves. */
export interface Dependent {
  /** As messages name it: `gateway`, `address of service "db"`. */
  readonly role: string;
  readonly value: Value;
  readonly text: Text | undefined;
  readonly kind: "address" | "range";
  /** Whether a text outside the subnet is none of its business: a network may have two. */
  readonly mayLieOutside: boolean;
}

/** What hangs on a subnet: its pool's other fields, and the static addresses of the services that join the network. */
export function dependentsOf({ attachments }: Network, { pool, prefix }: ExplicitSubnet): Dependent[] {
  const inPool = (role: string, value: Value | undefined, kind: Dependent["kind"] = "address"): Dependent[] => {
    if (value === undefined) return [];
    const scalar = asScalar(value);
    return [{ role, value, text: scalar && readText(scalar), kind, mayLieOutside: false }];
  };
  const auxiliary = [...(asMap(child(pool.value, "aux_addresses"))?.entries.values() ?? [])];
  const field = prefix.address.family === 4 ? "ipv4_address" : "ipv6_address";
  return [
    ...inPool("gateway", child(pool.value, "gateway")),
    ...inPool("ip_range", child(pool.value, "ip_range"), "range"),
    ...auxiliary.flatMap(({ key, value }) => inPool(`auxiliary address "${key}"`, value)),
    ...attachments
      .flatMap(({ addresses }) => addresses)
      .filter((address) => address.field === field)
      .map(({ service, text }): Dependent => {
        const role = `address of service "${service}"`;
        return { role, value: text.written, text, kind: "address", mayLieOutside: true };
      }),
  ];
}

/** @returns the text after the move, the same one where it stays, or why it can't be told. */
export function movedText(dependent: Dependent, from: Prefix, to: Prefix): Refused | string {
  const { role, value, text, kind, mayLieOutside } = dependent;
  if (!text) return refused(`its ${role} can't be read`, value.place);
  if (!text.known) return refused(`of its ${role}, ${describeUnknown(text.because)}`, value.place);
  const tooSmall = refused(
    `${formatPrefix(to)} is too small to keep its ${role} where it is in the subnet`,
    value.place,
  );
  const outside = mayLieOutside ? text.text : refused(`its ${role} lies outside of it`, value.place);
  if (kind === "range") {
    const part = parsePrefix(text.text);
    if (!part.ok) return refused(`its ${role} can't be read`, value.place);
    if (!rangeContains(rangeOf(from), rangeOf(part.value))) return outside;
    const shifted = shiftPrefix(part.value, from, to);
    return shifted ? formatPrefix(shifted) : tooSmall;
  }
  const address = parseAddress(text.text);
  if (!address.ok) return refused(`its ${role} can't be read`, value.place);
  if (!rangeContains(rangeOf(from), address.value)) return outside;
  const shifted = shiftAddress(address.value, from, to);
  return shifted ? formatAddress(shifted) : tooSmall;
}
