import type { Address, AddressRange } from "../ipam/address.js";
import { rangeOf } from "../ipam/prefix.js";
import type { HostNetwork } from "./engine-networks.js";
import { isRefusal, type Decision, type Routing } from "./routes.js";
import type { Route, Snapshot } from "./snapshot.js";

/** A part of a network's subnet that another route leads to as well. */
export interface Takeover {
  readonly range: AddressRange;
  /** Who gets the packets: the network, or the other route. */
  readonly winner: "network" | "route";
  readonly route: Route;
  /** How the host decides now. */
  readonly decision: Decision;
}

/** Where the answer of the routing may change, in ascending order, by family. */
export class Boundaries {
  readonly #starts: Readonly<Record<4 | 6, readonly bigint[]>>;

  constructor({ routes, rules = [] }: Pick<Snapshot, "routes" | "rules">) {
    const starts = { 4: new Set<bigint>(), 6: new Set<bigint>() };
    const prefixes = [...routes.map(({ to }) => to), ...rules.flatMap(({ to }) => to ?? [])];
    for (const prefix of prefixes) {
      const { first, last } = rangeOf(prefix);
      starts[first.family].add(first.value).add(last.value + 1n);
    }
    const sorted = (values: Set<bigint>): bigint[] => [...values].sort((one, other) => (one < other ? -1 : 1));
    this.#starts = { 4: sorted(starts[4]), 6: sorted(starts[6]) };
  }

  /** The stretches of a range over which the routing gives one answer. */
  *within({ first, last }: AddressRange): Generator<AddressRange> {
    const { family } = first;
    const starts = this.#starts[family];
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0n) <= first.value) low = middle + 1;
      else high = middle;
    }
    let from = first.value;
    for (let next = starts[low]; next !== undefined && next <= last.value; next = starts[++low]) {
      yield { first: { family, value: from }, last: { family, value: next - 1n } };
      from = next;
    }
    yield { first: { family, value: from }, last };
  }
}

/**
 * What a network takes from other routes, and what they keep from it. The default route does not count: every network
 * takes its addresses from it.
 */
export function takeoversOf({ subnets, device }: HostNetwork, routing: Routing, boundaries: Boundaries): Takeover[] {
  if (device === undefined) return [];
  const takeovers: Takeover[] = [];
  for (const subnet of subnets) {
    for (const range of boundaries.within(rangeOf(subnet))) {
      const takeover = takeoverAt(range, device, routing);
      const last = takeovers.at(-1);
      if (!takeover) continue;
      if (last?.route === takeover.route && last.winner === takeover.winner && areNeighbours(last.range, range)) {
        takeovers[takeovers.length - 1] = { ...last, range: { first: last.range.first, last: range.last } };
      } else takeovers.push(takeover);
    }
  }
  return takeovers;
}

function takeoverAt(range: AddressRange, device: string, routing: Routing): Takeover | undefined {
  const to: Address = range.first;
  const decision = routing.routeOf({ to });
  const other = routing.routeOf({ to, without: (route) => leadsTo(route, device) }).route;
  // What refuses packets leads nobody anywhere, and a part of a default route is one.
  if (!other || other.type !== "unicast" || other.to.length < 2) return undefined;
  if (decision.route && leadsTo(decision.route, device)) return { range, winner: "network", route: other, decision };
  return decision.route && !isRefusal(decision.route.type)
    ? { range, winner: "route", route: other, decision }
    : undefined;
}

export function leadsTo({ hops }: Route, device: string): boolean {
  return hops.some((hop) => hop.device === device);
}

function areNeighbours(lower: AddressRange, upper: AddressRange): boolean {
  return lower.last.family === upper.first.family && lower.last.value + 1n === upper.first.value;
}
