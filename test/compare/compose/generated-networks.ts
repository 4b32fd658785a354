import { braces, brackets, overriding, type Dice } from "./dice.js";
import type { Plan } from "./generated-plan.js";

/** Where a network is written. */
export interface NetworkPlace {
  readonly plan: Plan;
  readonly key: string;
  /** Whether the document has the anchors of `networkAnchors`. */
  readonly anchored: boolean;
  /** Whether the network lies over another one. */
  readonly over: boolean;
}

const ANCHOR: Omit<NetworkPlace, "plan"> = { key: "x", anchored: false, over: false };

export function networkAnchors(dice: Dice, plan: Plan): string[] {
  const place = { ...ANCHOR, plan };
  const value = (name: string, text: string): string => `x-${name}-${plan.number()}: &${name} ${text}`;
  return [
    value("subnet", subnet(dice)),
    value("pool", pool(dice, place)),
    value("ipam", ipamMap(dice, place)),
    value("net", networkMap(dice, place)),
    value("other", networkMap(dice, place)),
  ];
}

/** The value of a network's key: ` { … }`, an alias, or nothing. */
export function network(dice: Dice, place: NetworkPlace): string {
  if (dice.chance(8)) return "";
  const mayGo = place.key === place.plan.spare && place.over;
  if (dice.fault(4) || (mayGo && dice.chance(25))) return " !reset null";
  if (place.anchored && dice.chance(8)) return " *net";
  return ` ${overriding(dice, 4, networkMap(dice, place))}`;
}

function networkMap(dice: Dice, place: NetworkPlace): string {
  return braces(
    place.anchored && dice.chance(18) ? dice.one(["<<: *net", "<<: *other", "<<: [*net, *other]"]) : undefined,
    dice.chance(70) ? `ipam: ${ipam(dice, place)}` : undefined,
    dice.chance(15) ? `driver: ${driver(dice, place)}` : undefined,
    dice.chance(8) ? `external: ${external(dice, place)}` : undefined,
    dice.chance(12) ? name(dice, place) : undefined,
    dice.chance(8) ? `internal: ${flag(dice)}` : undefined,
    dice.chance(12) ? `enable_ipv6: ${flag(dice)}` : undefined,
    dice.chance(5) ? `enable_ipv4: ${flag(dice)}` : undefined,
    dice.chance(8) ? driverOptions(dice) : undefined,
    dice.chance(3) ? "attachable: true" : undefined,
    dice.chance(3) ? `labels: ${dice.fault(20) ? "5" : dice.one(["[ a=b ]", "{ a: b, c: null }"])}` : undefined,
    dice.chance(2) ? `${dice.fault(30) ? "note" : "x-note"}: text` : undefined,
  );
}

function driver(dice: Dice, { over }: NetworkPlace): string {
  // A base that has no driver either does not hide that this is none.
  if (dice.fault(5) || (over && dice.chance(4))) return "null";
  return dice.one(["bridge", '""', "macvlan", "!override bridge", "!reset null", '"${DRIVER:-bridge}"']);
}

function external(dice: Dice, { plan }: NetworkPlace): string {
  if (dice.fault(20)) return dice.one(["{ name: other }", "null", "maybe", "[ ]", "{ named: other }"]);
  const below = plan.namesBelowExternal ? "{ name: shared }" : "{}";
  return dice.one(["true", "false", '"true"', '"${EXTERNAL:-false}"', below, below]);
}

function name(dice: Dice, { plan }: NetworkPlace): string {
  if (plan.namesBelowExternal && !dice.fault(30)) return "name: shared";
  const names = ["shared", "other", '"${COMPOSE_PROJECT_NAME}_x"', '"${UNSET}_y"', '""', "!reset null"] as const;
  return `name: ${dice.one(names)}`;
}

function flag(dice: Dice): string {
  if (dice.fault(6)) return dice.one(["null", "maybe", "1"]);
  return dice.one(["true", "false", '"true"', '"${FLAG:-true}"', "!reset null"]);
}

function driverOptions(dice: Dice): string {
  if (dice.fault(20)) return `driver_opts: ${dice.one(["null", "{ a: null }", "[ a=b ]"])}`;
  const option = dice.one([
    "com.docker.network.enable_ipv6",
    "com.docker.network.bridge.inhibit_ipv4",
    "com.docker.network.bridge.gateway_mode_ipv4",
    "com.example.mtu",
  ]);
  return `driver_opts: ${overriding(dice, 8, `{ ${option}: "${dice.one(["true", "false", "${FLAG:-nat}"])}" }`)}`;
}

function ipam(dice: Dice, place: NetworkPlace): string {
  if (dice.fault(4)) return "null";
  if (dice.chance(3)) return "!reset null";
  if (place.anchored && dice.chance(8)) return "*ipam";
  return overriding(dice, 5, ipamMap(dice, place));
}

function ipamMap(dice: Dice, place: NetworkPlace): string {
  return braces(
    place.anchored && dice.chance(8) ? "<<: *ipam" : undefined,
    dice.chance(15) ? `driver: ${dice.one(["default", "default", '"${DRIVER}"', "!reset null"])}` : undefined,
    dice.chance(90) ? `config: ${config(dice, place)}` : undefined,
    dice.chance(3) ? "options: { foo: bar }" : undefined,
  );
}

function config(dice: Dice, place: NetworkPlace): string {
  if (dice.fault(4)) return dice.one(["null", "{}", "[ null ]"]);
  if (dice.chance(3)) return "!reset []";
  const most = dice.one([1, 1, 2, 3]);
  const least = dice.chance(1) || dice.fault(10) ? 0 : 1;
  const pools = dice.several(least, most, () => (place.anchored && dice.chance(8) ? "*pool" : pool(dice, place)));
  return overriding(dice, 6, brackets(pools));
}

function pool(dice: Dice, { anchored, over }: NetworkPlace): string {
  return braces(
    anchored && dice.chance(8) ? "<<: *pool" : undefined,
    dice.chance(93) ? `subnet: ${anchored && dice.chance(10) ? "*subnet" : subnet(dice)}` : undefined,
    dice.chance(35) ? `gateway: ${gateway(dice, over)}` : undefined,
    dice.chance(15) ? `ip_range: ${dice.one(["10.1.0.128/25", "10.2.0.128/25", "!reset null"])}` : undefined,
    dice.chance(20) ? `aux_addresses: ${auxiliaryAddresses(dice)}` : undefined,
  );
}

function gateway(dice: Dice, over: boolean): string {
  if (dice.fault(4) || (over && dice.chance(1))) return "null";
  return dice.one(["10.1.0.1", "10.2.0.1", '"fd00:1::1"', '"${GATEWAY}"']);
}

function auxiliaryAddresses(dice: Dice): string {
  const hosts = dice.several(1, 2, () => {
    const host = `${dice.one(["h", "i"])}${dice.one(["1", "2"])}`;
    return [host, `${host}: ${dice.one(["10.1.0.7", "10.1.0.8", '"10.1.0.${N:-9}"'])}`] as const;
  });
  return braces(...new Map(hosts).values());
}

function subnet(dice: Dice): string {
  if (dice.chance(60)) return dice.one(["10.1.0.0/24", "10.1.0.0/24", "10.2.0.0/24", '"fd00:1::/64"', '"fd00:2::/64"']);
  if (dice.fault(6)) return dice.one(["null", '"${NET"', '"${}"', '"${NET:?must be set}"', "10", "[ 10.1.0.0/24 ]"]);
  return dice.one([
    '"${NET:-10.1.0.0/24}"',
    '"${NET-10.2.0.0/24}"',
    '"${NET}"',
    "$NET",
    '"10.${N:-1}.0.0/24"',
    '"10.${N}.0.0/24"',
    '"10.$N.0.0/24"',
    '"${EMPTY:-${NET:-10.3.0.0/24}}"',
    '"${EMPTY-${NET:-10.3.0.0/24}}"',
    '"${N:+10.4.0.0/24}"',
    '"${EMPTY+10.${N:-4}.0.0/24}"',
    '"${SUB:-10.5.0.0/24}"',
    '"${NET:-$$NET}"',
    '""',
    '"$$NET"',
    '"$1"',
  ]);
}
