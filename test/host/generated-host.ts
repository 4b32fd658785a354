import type { Address } from "../../src/ipam/address.js";
import { formatPrefix, maskPrefix, parsePrefix, rangeOf, type Prefix } from "../../src/ipam/prefix.js";
import type { Dice } from "./dice.js";

/** The commands for `ip -batch` that set a host up, and the addresses worth asking for: the ends of every prefix, and their neighbours. */
export interface GeneratedHost {
  readonly setUp: Readonly<Record<4 | 6, readonly string[]>>;
  readonly addresses: readonly Address[];
}

const ADDRESSED = ["10.1.0.2/16", "172.18.0.1/16", "192.168.0.2/24"] as const;
const ADDRESSED_IPV6 = ["fd00:1::2/64", "fd00:2::2/64", "fd00:3::2/64"] as const;

export function generatedHost(dice: Dice): GeneratedHost {
  const seen: Prefix[] = [];
  const note = (prefix: Prefix): string => {
    seen.push(prefix);
    return formatPrefix(prefix);
  };
  const routes = Array.from({ length: 4 + dice.below(14) }, () => routeCommand(dice, note));
  const rules = Array.from({ length: dice.below(6) }, (_, index) => ruleCommand(dice, note, 100 + index * 10));
  const ofFamily = (family: 4 | 6): readonly string[] =>
    [...routes, ...rules].filter((command) => command.family === family).map(({ text }) => text);
  const setUp = {
    4: [
      "link set lo up",
      ...ADDRESSED.flatMap((address, index) => [
        `link add d${index} type bridge`,
        `addr add ${address} dev d${index}`,
        `addr add ${ADDRESSED_IPV6[index] ?? ""} dev d${index} nodad`,
        `link set d${index} up`,
      ]),
      ...(dice.chance(0.6) ? ["route add default via 10.1.0.1"] : []),
      // Some are there twice, or lead to a gateway that nobody reaches: the kernel refuses those.
      ...ofFamily(4),
    ],
    6: [...(dice.chance(0.6) ? ["route add default via fd00:1::1"] : []), ...ofFamily(6)],
  };
  const own = [...ADDRESSED, ...ADDRESSED_IPV6].map(mustPrefix);
  const addresses = [...seen, ...own].flatMap((prefix) => edgesOf(prefix, dice));
  return { setUp, addresses: unique(addresses).slice(0, 40) };
}

/** Prefixes that nest and overlap often. */
function prefix(dice: Dice, family: 4 | 6): Prefix {
  if (family === 6) {
    const length = dice.pick([32, 40, 48, 56, 64, 128]);
    const value =
      (0xfd00n << 112n) | (BigInt(dice.below(4)) << 96n) | (BigInt(dice.below(3)) << 72n) | BigInt(dice.below(3));
    return maskPrefix({ address: { family, value }, length });
  }
  const [high, low] = dice.pick([
    [10, dice.below(4)],
    [172, 16 + dice.below(4)],
    [192, 168],
  ]);
  const value = BigInt(((high * 256 + low) * 256 + dice.below(3) * 64) * 256 + dice.below(3));
  return maskPrefix({ address: { family, value }, length: dice.pick([8, 12, 14, 16, 18, 20, 24, 32]) });
}

type Note = (prefix: Prefix) => string;

interface Command {
  readonly family: 4 | 6;
  readonly text: string;
}

function routeCommand(dice: Dice, note: Note): Command {
  const family = dice.chance(0.3) ? 6 : 4;
  const to = note(prefix(dice, family));
  const gateways =
    family === 4 ? (["10.1.0.1", "172.18.0.9", "192.168.0.1"] as const) : (["fd00:1::1", "fd00:2::1"] as const);
  const way = dice.pick([
    `via ${dice.pick(gateways)}`,
    `dev d${dice.below(3)}`,
    dice.pick(["blackhole", "unreachable", "prohibit", "throw"]),
    family === 4 ? "nexthop via 10.1.0.1 nexthop via 172.18.0.9" : `via ${dice.pick(gateways)}`,
  ]);
  const table = dice.pick(["", "", `table ${dice.pick(["220", "221", "default"])}`]);
  const metric = dice.chance(0.5) ? `metric ${1 + dice.below(4)}` : "";
  const isRefusal = /^[bupt]/.test(way);
  const words = isRefusal ? [way, to, table, metric] : [to, table, metric, way];
  // `replace` would take away what is there, and `append` lets the older one stand first.
  return { family, text: `route ${family === 4 && dice.chance(0.2) ? "append" : "add"} ${words.join(" ")}` };
}

function ruleCommand(dice: Dice, note: Note, priority: number): Command {
  const family = dice.chance(0.3) ? 6 : 4;
  const selector = dice.pick([
    "",
    `to ${note(prefix(dice, family))}`,
    `from ${note(prefix(dice, family))}`,
    `fwmark 0x${dice.below(2)}${dice.pick(["", "/0xff"])}`,
    "iif lo",
    "oif d1",
    "ipproto tcp dport 22",
  ]);
  const action = dice.pick([
    "lookup 220",
    "lookup 221",
    `lookup main suppress_prefixlength ${dice.pick([0, 8, 16])}`,
    `goto ${dice.pick([priority + 10, priority + 20, 32_766])}`,
    "nop",
    dice.pick(["blackhole", "unreachable", "prohibit"]),
  ]);
  return { family, text: `rule add priority ${priority} ${dice.chance(0.2) ? "not" : ""} ${selector} ${action}` };
}

function edgesOf(prefix: Prefix, dice: Dice): Address[] {
  const { first, last } = rangeOf(prefix);
  const { family } = first;
  const middle = first.value + (last.value - first.value) / BigInt(2 + dice.below(5));
  return [first.value, last.value, middle, first.value - 1n, last.value + 1n].map((value) => ({ family, value }));
}

function unique(addresses: readonly Address[]): Address[] {
  return [...new Map(addresses.map((address) => [`${address.family} ${address.value}`, address])).values()];
}

function mustPrefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}
