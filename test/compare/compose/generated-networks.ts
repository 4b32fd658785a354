import { braces, brackets, overriding, type Dice } from "./dice.js";

/** Few keys and few subnets, so that the files of a project meet on the same ones. */
export const NETWORK_KEYS = ["default", "a", "b", "c"] as const;

/** The anchors that every generated file begins with. */
export function anchors(dice: Dice): string[] {
  return [
    `x-pool: &pool ${pool(dice)}`,
    `x-ipam: &ipam ${ipamMap(dice)}`,
    `x-net: &net ${networkMap(dice, false)}`,
    `x-other: &other ${networkMap(dice, false)}`,
  ];
}

/** The value of a network's key: ` { … }`, an alias, or nothing. */
export function network(dice: Dice, anchored: boolean): string {
  if (dice.chance(8)) return "";
  if (dice.chance(3)) return " !reset null";
  if (anchored && dice.chance(8)) return " *net";
  return ` ${overriding(dice, 4, networkMap(dice, anchored))}`;
}

function networkMap(dice: Dice, anchored: boolean): string {
  return braces(
    anchored && dice.chance(15) ? dice.one(["<<: *net", "<<: *other", "<<: [*net, *other]"]) : undefined,
    dice.chance(70) ? `ipam: ${ipam(dice, anchored)}` : undefined,
    dice.chance(15)
      ? `driver: ${dice.one(["bridge", '""', "macvlan", "!override bridge", '"${DRIVER:-bridge}"'])}`
      : undefined,
    dice.chance(8) ? `external: ${external(dice)}` : undefined,
    dice.chance(12)
      ? `name: ${dice.one(["shared", "other", '"${COMPOSE_PROJECT_NAME}_x"', '"${UNSET}_y"', '""'])}`
      : undefined,
    dice.chance(8) ? `internal: ${flag(dice)}` : undefined,
    dice.chance(12) ? `enable_ipv6: ${flag(dice)}` : undefined,
    dice.chance(5) ? `enable_ipv4: ${flag(dice)}` : undefined,
    dice.chance(8) ? driverOptions(dice) : undefined,
    dice.chance(2) ? `x-note: ${dice.one(["text", "[ list ]"])}` : undefined,
  );
}

function external(dice: Dice): string {
  return dice.one(["true", "false", '"true"', '"${EXTERNAL:-false}"', "{ name: shared }", "{ name: other }", "{}"]);
}

function flag(dice: Dice): string {
  return dice.one(["true", "false", '"true"', '"${FLAG:-true}"', "!reset null"]);
}

function driverOptions(dice: Dice): string {
  const option = dice.one([
    "com.docker.network.enable_ipv6",
    "com.docker.network.bridge.inhibit_ipv4",
    "com.example.mtu",
  ]);
  return `driver_opts: { ${option}: "${dice.one(["true", "false"])}" }`;
}

function ipam(dice: Dice, anchored: boolean): string {
  if (dice.chance(1)) return "null";
  if (dice.chance(3)) return "!reset null";
  if (anchored && dice.chance(8)) return "*ipam";
  return overriding(dice, 5, ipamMap(dice, anchored));
}

function ipamMap(dice: Dice, anchored = false): string {
  return braces(
    dice.chance(15) ? "driver: default" : undefined,
    dice.chance(90) ? `config: ${config(dice, anchored)}` : undefined,
  );
}

function config(dice: Dice, anchored: boolean): string {
  if (dice.chance(1)) return "null";
  if (dice.chance(3)) return "!reset []";
  const most = dice.one([1, 1, 2, 3]);
  const pools = dice.several(dice.chance(4) ? 0 : 1, most, () => (anchored && dice.chance(8) ? "*pool" : pool(dice)));
  return overriding(dice, 6, brackets(pools));
}

function pool(dice: Dice): string {
  const hosts = dice.several(
    1,
    2,
    () => `${dice.one(["h", "i"])}${dice.one(["1", "2"])}: 10.1.0.${dice.one(["7", "8"])}`,
  );
  return braces(
    dice.chance(93) ? `subnet: ${subnet(dice)}` : undefined,
    dice.chance(35) ? `gateway: ${dice.one(["10.1.0.1", "10.2.0.1", '"fd00:1::1"', '"${GATEWAY}"'])}` : undefined,
    dice.chance(15) ? `ip_range: ${dice.one(["10.1.0.128/25", "10.2.0.128/25", "!reset null"])}` : undefined,
    dice.chance(20)
      ? `aux_addresses: ${braces(...new Map(hosts.map((host) => [host.slice(0, 2), host])).values())}`
      : undefined,
  );
}

function subnet(dice: Dice): string {
  if (dice.chance(60)) return dice.one(["10.1.0.0/24", "10.1.0.0/24", "10.2.0.0/24", '"fd00:1::/64"', '"fd00:2::/64"']);
  return dice.one([
    '"${NET:-10.1.0.0/24}"',
    '"${NET-10.2.0.0/24}"',
    '"${NET}"',
    '"10.${N:-1}.0.0/24"',
    '"10.${N}.0.0/24"',
    '"${EMPTY:-${NET:-10.3.0.0/24}}"',
    '"${N:+10.4.0.0/24}"',
    '""',
    '"$$NET"',
  ]);
}
