import { seededRandom } from "../../../bench/random.js";
import { diceOf, type Dice } from "../compose/dice.js";
import { freshRanges } from "./fresh-ranges.js";
import type { NetworkCase, NetworkDefinition, PoolDefinition } from "./network-case.js";

/** Networks of any combination of sound and faulty fields. The same seed gives the same cases. */
export function generatedCases(count: number, seed: number, firstIndex: number): NetworkCase[] {
  const dice = diceOf(seededRandom(seed));
  return Array.from({ length: count }, (_, index) => {
    const definition = generatedNetwork(dice, firstIndex + index);
    return { name: `generated ${index}: ${JSON.stringify(definition)}`, definition };
  });
}

function generatedNetwork(dice: Dice, index: number): NetworkDefinition {
  const { v4, v6 } = freshRanges(index);
  const ipv6 = dice.chance(40);
  const families = dice.one(ipv6 ? (["46", "46", "6", "4"] as const) : (["4", "4", "4", "46"] as const));
  const config = [
    ...(families.includes("4") ? [ipv4Pool(dice, v4)] : []),
    ...(families.includes("6") ? [ipv6Pool(dice, v6)] : []),
    ...(dice.chance(6) ? [{ gateway: `${v4}1` }] : []),
    ...(dice.chance(6) ? [{ subnet: `${v4}${dice.one(["0/26", "128/26", "224/27"])}` }] : []),
  ];
  return {
    ...(dice.chance(15) && { driver: dice.one(["macvlan", "bridge", "bridge"]) }),
    ...(dice.chance(12) && { internal: true }),
    ...(dice.chance(12) && { enable_ipv4: dice.chance(40) }),
    ...((ipv6 || dice.chance(10)) && { enable_ipv6: ipv6 }),
    ipam: { config, ...(dice.chance(10) && { driver: "default" }) },
  };
}

function ipv4Pool(dice: Dice, v4: string): PoolDefinition {
  const length = dice.one(["24", "24", "24", "25", "26", "28", "30", "31"]);
  const address = (): string =>
    dice.one([
      v4 + dice.one(["0", "1", "2", "9", "63", "127", "128", "200", "255"]),
      v4 + "9",
      v4 + "10",
      "10.1.2.3",
      "fd00::1",
      "10.0.0.1/8",
      "x",
    ]);
  const range = (): string =>
    dice.one([
      v4 + dice.one(["0/26", "0/25", "128/25", "64/27", "3/25", "0/32", "16/28"]),
      v4 + "0/28",
      "10.0.0.0/8",
      "10.1.2.0/25",
      "x",
      "",
    ]);
  return {
    subnet: dice.one([
      `${v4}0/${length}`,
      `${v4}0/${length}`,
      `${v4}0/${length}`,
      `${v4}5/${length}`,
      `${v4}0`,
      `${v4}0/24 `,
    ]),
    ...(dice.chance(40) && { gateway: address() }),
    ...(dice.chance(30) && { ip_range: range() }),
    ...(dice.chance(30) && { aux_addresses: { one: address(), ...(dice.chance(40) && { other: address() }) } }),
  };
}

function ipv6Pool(dice: Dice, v6: string): PoolDefinition {
  const address = (): string =>
    dice.one([`${v6}:`, `${v6}:1`, `${v6}:2`, `${v6}:9`, `${v6}:9`, "fd00::1", "10.1.2.3", "x"]);
  const range = (): string => dice.one([`${v6}:/80`, `${v6}:/96`, `${v6}:7/96`, "fd00:1::/80", "10.1.2.0/25", "x", ""]);
  return {
    subnet: dice.one([`${v6}:/64`, `${v6}:/64`, `${v6}:/64`, `${v6}:/112`, `${v6}:5/64`, v6]),
    ...(dice.chance(40) && { gateway: address() }),
    ...(dice.chance(20) && { ip_range: range() }),
    ...(dice.chance(30) && { aux_addresses: { one: address(), ...(dice.chance(40) && { other: address() }) } }),
  };
}
