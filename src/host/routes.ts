import type { Address, Family } from "../ipam/address.js";
import { addTo } from "../kit/group.js";
import { containsAddress, maskPrefix } from "../ipam/prefix.js";
import type { Route, Rule, Snapshot } from "./snapshot.js";

/** What becomes of a packet, and which entry says so. */
export interface Decision {
  /** Undefined where no entry leads anywhere, or a rule refuses the packet. */
  readonly route: Route | undefined;
  /** The rule that led to the route's table, or that refuses. */
  readonly rule: Rule | undefined;
}

export interface Packet {
  readonly to: Address;
  /** Undefined before the host has chosen one: then rules for certain sources do not match. */
  readonly from?: Address | undefined;
  /** Asks what would be if these routes were not there. */
  readonly without?: ((route: Route) => boolean) | undefined;
}

/** A rule for every packet. */
export const PLAIN_RULE: Omit<Rule, "family" | "priority" | "action"> = {
  isInverted: false,
  from: undefined,
  to: undefined,
  mark: undefined,
  incoming: undefined,
  outgoing: undefined,
  others: [],
  suppressedLength: undefined,
};

/** The rules that Linux begins with. Those of IPv6 have no table `default`. */
const FIRST_RULES: readonly Rule[] = [
  ruleFor(4, 0, "local"),
  ruleFor(4, 32_766, "main"),
  ruleFor(4, 32_767, "default"),
  ruleFor(6, 0, "local"),
  ruleFor(6, 32_766, "main"),
];

/** The routing of a host, built once and asked often: a question takes one look for each length of a prefix. */
export class Routing {
  readonly #tables = new Map<string, RoutingTable>();
  readonly #rules: Readonly<Record<Family, readonly Rule[]>>;

  constructor({ routes, rules = FIRST_RULES }: Pick<Snapshot, "routes" | "rules">) {
    for (const route of routes) {
      const name = tableName(route.to.address.family, route.table);
      let table = this.#tables.get(name);
      if (!table) this.#tables.set(name, (table = new RoutingTable()));
      table.add(route);
    }
    const ordered = rules.toSorted((one, other) => one.priority - other.priority);
    this.#rules = { 4: ordered.filter(({ family }) => family === 4), 6: ordered.filter(({ family }) => family === 6) };
  }

  /** Decides as the kernel does for a packet that the host itself sends, without a mark. */
  routeOf(packet: Packet): Decision {
    const rules = this.#rules[packet.to.family];
    for (let next = 0; next < rules.length; next += 1) {
      const rule = rules[next];
      if (!rule || !matches(rule, packet)) continue;
      const { action } = rule;
      switch (action.kind) {
        case "nop":
          continue;
        case "goto": {
          // A rule can only lead further down, and one that leads to no rule is passed over.
          const target = rules.findIndex(({ priority }) => priority === action.priority);
          if (target > next) next = target - 1;
          continue;
        }
        case "table": {
          const found = this.#tables.get(tableName(packet.to.family, action.table))?.lookUp(packet);
          if (!found || found.type === "throw" || isSuppressed(found, rule)) continue;
          return { route: found, rule };
        }
        default:
          return { route: undefined, rule };
      }
    }
    return { route: undefined, rule: undefined };
  }
}

class RoutingTable {
  /** By the length of the prefix, then by its address. */
  readonly #byLength = new Map<number, Map<bigint, Route[]>>();
  #lengths: number[] | undefined;

  add(route: Route): void {
    const { address, length } = route.to;
    let ofLength = this.#byLength.get(length);
    if (!ofLength) this.#byLength.set(length, (ofLength = new Map<bigint, Route[]>()));
    addTo(ofLength, address.value, route);
    this.#lengths = undefined;
  }

  /** The longest prefix first; below equal ones the lowest metric, then the one that is listed first. */
  lookUp(packet: Packet): Route | undefined {
    this.#lengths ??= [...this.#byLength.keys()].sort((one, other) => other - one);
    for (const length of this.#lengths) {
      const { value } = maskPrefix({ address: packet.to, length }).address;
      let best: Route | undefined;
      for (const route of this.#byLength.get(length)?.get(value) ?? []) {
        if (isUsable(route, packet) && (!best || route.metric < best.metric)) best = route;
      }
      if (best) return best;
    }
    return undefined;
  }
}

function isUsable(route: Route, { from, without }: Packet): boolean {
  if (route.typeOfService !== undefined || without?.(route) === true) return false;
  if (route.from && !(from && containsAddress(route.from, from))) return false;
  return route.hops.length === 0 || route.hops.some(({ isDead }) => !isDead);
}

function matches(rule: Rule, { to, from }: Packet): boolean {
  return isDescribed(rule, to, from) !== rule.isInverted;
}

function isDescribed(
  { from: source, to: destination, mark, incoming, outgoing, others }: Rule,
  to: Address,
  from: Address | undefined,
): boolean {
  if (others.length > 0 || outgoing !== undefined) return false;
  // What the host sends comes in at no interface, which Linux calls `lo`.
  if (incoming !== undefined && incoming !== "lo") return false;
  if (mark && (mark.value & mark.mask) !== 0) return false;
  if (destination && !containsAddress(destination, to)) return false;
  if (!source || source.length === 0) return true;
  // To IPv4, a source that is not chosen yet is 0.0.0.0; to IPv6 it is none.
  const sender = from ?? (to.family === 4 ? { family: to.family, value: 0n } : undefined);
  return sender !== undefined && containsAddress(source, sender);
}

/** Only what leads somewhere is suppressed: a refusal stays one. */
function isSuppressed({ type, to }: Route, { suppressedLength }: Rule): boolean {
  return suppressedLength !== undefined && !isRefusal(type) && to.length <= suppressedLength;
}

export function isRefusal(type: Route["type"]): boolean {
  return type === "blackhole" || type === "unreachable" || type === "prohibit";
}

function tableName(family: Family, table: string): string {
  return `${family} ${table}`;
}

function ruleFor(family: Family, priority: number, table: string): Rule {
  return { ...PLAIN_RULE, family, priority, action: { kind: "table", table } };
}
