import { formatAddress, type Address, type Family } from "../../ipam/address.js";
import { formatPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import { shiftAddress, shiftPrefix } from "../../ipam/shift.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import type { AbsentField, Field } from "../project/field.js";
import type { IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import type { Attachment } from "../project/service.js";
import { describeUnknown } from "../read/scalar-text.js";
import { refused, type Refused } from "../../kit/edit.js";

/** A text that must keep its distance from the start of a subnet when that moves. */
export interface Dependent<Value = Address | Prefix> {
  /** As messages name it: `gateway`, `address of service "db"`. */
  readonly role: string;
  readonly field: Exclude<Field<Value>, AbsentField>;
  /** Whether a text outside the subnet is none of its business: a network may have two. */
  readonly mayLieOutside: boolean;
}

/** What hangs on a subnet: its pool's other fields, and the static addresses of the services that join the network. */
export function dependentsOf({ attachments }: Network, { pool, prefix }: ExplicitSubnet): Dependent[] {
  return [...dependentsInPool(pool), ...addressesAmong(attachments, prefix.address.family)];
}

export function dependentsInPool({ gateway, ipRange, auxiliary }: IpamPool): Dependent[] {
  const inPool = <Value extends Address | Prefix>(role: string, field: Field<Value>): Dependent<Value>[] =>
    field.kind === "absent" ? [] : [{ role, field, mayLieOutside: false }];
  return [
    ...inPool("gateway", gateway),
    ...inPool("ip_range", ipRange),
    ...[...auxiliary].flatMap(([host, field]) => inPool(`auxiliary address "${host}"`, field)),
  ];
}

/** The static addresses of services on a network, whichever file creates it. */
export function addressesAmong(attachments: readonly Attachment[], family: Family): Dependent[] {
  return attachments
    .flatMap(({ addresses }) => addresses)
    .filter((address) => address.family === family)
    .map(({ service, address: field }): Dependent => {
      return { role: `address of service "${service}"`, field, mayLieOutside: true };
    });
}

/** @returns the text after the move, the same one where it stays, or why it can't be told. */
export function movedText({ role, field, mayLieOutside }: Dependent, from: Prefix, to: Prefix): Refused | string {
  const { at } = field;
  const isUnreadable = field.kind === "unreadable" || (field.kind === "unknown" && field.because.reason === "refused");
  if (field.kind === "unknown" && !isUnreadable) {
    return refused(`of its ${role}, ${describeUnknown(field.because)}`, at);
  }
  if (field.kind !== "known") return refused(`its ${role} can't be read`, at);
  const { value, text } = field;
  const own = "length" in value ? rangeOf(value) : value;
  if (!rangeContains(rangeOf(from), own)) return mayLieOutside ? text : refused(`its ${role} lies outside of it`, at);
  const moved = "length" in value ? movedPrefix(value, from, to) : movedAddress(value, from, to);
  return moved ?? refused(`${formatPrefix(to)} is too small to keep its ${role} where it is in the subnet`, at);
}

function movedPrefix(prefix: Prefix, from: Prefix, to: Prefix): string | undefined {
  const shifted = shiftPrefix(prefix, from, to);
  return shifted && formatPrefix(shifted);
}

function movedAddress(address: Address, from: Prefix, to: Prefix): string | undefined {
  const shifted = shiftAddress(address, from, to);
  return shifted && formatAddress(shifted);
}
