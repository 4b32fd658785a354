import { formatAddress, type Address } from "../ipam/address.js";
import { rangeOf } from "../ipam/prefix.js";
import { RangeSet } from "../ipam/range-set.js";
import type { HostNetwork } from "./engine-networks.js";
import type { HostCase } from "./findings/finding.js";
import type { Snapshot } from "./snapshot.js";

/** Answers what is asked of every connection, in one look each. */
export function hostIndex(
  { addresses }: Pick<Snapshot, "addresses">,
  networks: readonly HostNetwork[],
): Pick<HostCase, "networksAt" | "deviceOf"> {
  const held = new RangeSet(
    networks.flatMap((value) => value.subnets.map((subnet) => ({ range: rangeOf(subnet), value }))),
  );
  const devices = new Map(addresses.map(({ address, device }) => [formatAddress(address.address), device]));
  return {
    networksAt: (address: Address) => held.overlapping({ first: address, last: address }),
    deviceOf: (own) => devices.get(formatAddress(own)),
  };
}
