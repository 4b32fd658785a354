import { addressFromHex, addressFromLittleEndian } from "./hex.js";
import { lengthOfNetmask } from "../../ipam/netmask.js";
import { formatAddress, type Address } from "../../ipam/address.js";
import type { Peer, Route } from "../snapshot.js";

/** Flags of a route in the kernel's own tables. */
const UP = 0x1;
const REJECT = 0x200;
/** Entries of IPv6 that are no routes of their own. */
const CLONED = 0x0100_0000;
const LOCAL = 0x8000_0000;

/** `/proc/net/route`: the table `main` of IPv4, for hosts without iproute2. */
export function routesFromProc(text: string): Route[] {
  return rowsOf(text)
    .slice(1)
    .flatMap(([device, destination = "", gateway = "", flags = "", , , metric = "", mask = ""]): Route[] => {
      const address = addressFromLittleEndian(destination);
      const way = addressFromLittleEndian(gateway);
      const netmask = addressFromLittleEndian(mask);
      const length = netmask && lengthOfNetmask(formatAddress(netmask));
      const set = Number.parseInt(flags, 16);
      if (!address || length === undefined || (set & UP) === 0) return [];
      const isOnLink = way?.value === 0n;
      const isRefused = (set & REJECT) !== 0;
      return [
        {
          ...PLAIN,
          to: { address, length },
          type: isRefused ? "unreachable" : "unicast",
          metric: Number(metric) || 0,
          isOnLink: isOnLink && !isRefused,
          hops: isRefused ? [] : [{ device, gateway: isOnLink ? undefined : way, isDead: false }],
        },
      ];
    });
}

/** `/proc/net/ipv6_route`: all tables of IPv6 in one. Routes to the host's own addresses are marked. */
export function routesFromProcIpv6(text: string): Route[] {
  return rowsOf(text).flatMap((cells): Route[] => {
    const [destination = "", length = "", , sourceLength = "", gateway = "", metric = "", , , flags = "", device] =
      cells;
    const address = addressFromHex(destination);
    const way = addressFromHex(gateway);
    const set = Number.parseInt(flags, 16);
    if (!address || (set & UP) === 0 || (set & CLONED) !== 0 || sourceLength !== "00") return [];
    const isRefused = (set & REJECT) !== 0;
    const isLocal = !isRefused && set >>> 0 >= LOCAL;
    const isMulticast = address.value >> 120n === 0xffn;
    return [
      {
        ...PLAIN,
        to: { address, length: Number.parseInt(length, 16) },
        type: isRefused ? "unreachable" : isLocal ? "local" : isMulticast ? "multicast" : "unicast",
        table: isLocal || isMulticast ? "local" : "main",
        metric: Number.parseInt(metric, 16) || 0,
        isOnLink: way?.value === 0n,
        hops: isRefused ? [] : [{ device, gateway: way?.value === 0n ? undefined : way, isDead: false }],
      },
    ];
  });
}

/** `/proc/net/tcp` and `/proc/net/tcp6`: the established connections to other hosts. */
export function peersFromProc(text: string): Peer[] {
  const seen = new Set<string>();
  return rowsOf(text)
    .slice(1)
    .flatMap(([, local = "", remote = "", state]): Peer[] => {
      if (state !== "01") return [];
      const [own, port = ""] = local.split(":");
      const [far] = remote.split(":");
      const address = endOf(far);
      const mine = endOf(own);
      if (!address || !mine || isLoopback(address)) return [];
      const key = `${formatAddress(address)} ${formatAddress(mine)} ${port}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ address, local: mine, port: Number.parseInt(port, 16), isSession: false }];
    });
}

/** An address of either table, whose words are in the order of the machine. */
function endOf(hex = ""): Address | undefined {
  return hex.length === 8 ? addressFromLittleEndian(hex) : unmapped(addressFromLittleEndian(hex));
}

/** A socket for both families shows an IPv4 address as `::ffff:10.0.0.1`. */
export function unmapped(address: Address | undefined): Address | undefined {
  const isMapped = address?.family === 6 && address.value >> 32n === 0xffffn;
  return isMapped ? { family: 4, value: address.value & 0xffff_ffffn } : address;
}

export function isLoopback({ family, value }: Address): boolean {
  return family === 4 ? value >> 24n === 127n : value === 1n;
}

function rowsOf(text: string): string[][] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/\s+/));
}

const PLAIN: Omit<Route, "to" | "type" | "hops" | "isOnLink" | "metric"> = {
  table: "main",
  typeOfService: undefined,
  from: undefined,
  source: undefined,
};
