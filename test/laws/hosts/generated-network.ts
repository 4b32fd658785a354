import { braces, brackets, type Dice } from "../../compare/compose/dice.js";

export interface GeneratedNetwork {
  readonly key: string;
  /** What stands behind the key. */
  readonly definition: string;
  /** The one that it shares with other projects. */
  readonly name?: string;
  /** Where static addresses may lie; undefined where Docker chooses. */
  readonly base: Base | undefined;
}

/** The first numbers of a /24, and those of a /64 where the network has both families. */
export interface Base {
  readonly ipv4: string;
  readonly ipv6: string | undefined;
}

/** Numbers that no other network of the same workspace has. */
export class Numbers {
  #next = 0;
  readonly #shared = new Map<string, Base>();

  constructor(readonly dice: Dice) {}

  base(): Base {
    this.#next += 1;
    const isForbidden = this.dice.chance(25);
    return {
      ipv4: isForbidden ? `192.168.${this.#next}` : `10.50.${this.#next}`,
      ipv6: this.dice.chance(12) ? `${isForbidden ? "fd99" : "fd50"}:0:0:${this.#next.toString(16)}` : undefined,
    };
  }

  /** Mostly the same for each who declares the name. */
  baseOf(name: string): Base {
    const known = this.#shared.get(name);
    if (known !== undefined && !this.dice.chance(15)) return known;
    const base = this.base();
    this.#shared.set(name, base);
    return base;
  }

  known(name: string): Base | undefined {
    return this.#shared.get(name);
  }
}

const SHARED_NAMES = ["edge", "backbone"] as const;

/** @param variable Sets a variable in the directory's `.env`, and returns how a compose file refers to it. */
export function generateNetwork(
  dice: Dice,
  numbers: Numbers,
  key: string,
  variable: (value: string) => string,
): GeneratedNetwork {
  if (dice.chance(35)) {
    const name = dice.one(SHARED_NAMES);
    const written = `name: ${dice.chance(20) ? `"\${NET_${name.toUpperCase()}:-${name}}"` : name}`;
    if (dice.chance(30)) return { key, name, definition: braces("external: true", written), base: numbers.known(name) };
    const base = dice.chance(50) ? numbers.baseOf(name) : undefined;
    return { key, name, definition: braces(written, base && poolsOf(dice, base)), base };
  }
  const base = dice.chance(50) ? numbers.base() : undefined;
  const driver = dice.chance(20) ? "driver: bridge" : undefined;
  if (base && dice.chance(10)) {
    const text = variable(`${base.ipv4}.0/24`);
    const subnet = `ipam: { config: [ { subnet: "${text}" } ] }`;
    return { key, definition: braces(driver, subnet), base: { ipv4: base.ipv4, ipv6: undefined } };
  }
  return { key, definition: base || driver ? braces(driver, base && poolsOf(dice, base)) : "{}", base };
}

/** Static addresses on a network, for one service. */
export function addressesIn(base: Base, host: number): string[] {
  const ipv6 = base.ipv6 === undefined ? [] : [`ipv6_address: "${base.ipv6}::${host.toString(16)}"`];
  return [`ipv4_address: ${base.ipv4}.${host}`, ...ipv6];
}

function poolsOf(dice: Dice, { ipv4, ipv6 }: Base): string {
  const extra = dice.one<string | undefined>([
    undefined,
    undefined,
    `gateway: ${ipv4}.1`,
    `ip_range: ${ipv4}.128/25`,
    `aux_addresses: { router: ${ipv4}.5 }`,
  ]);
  const pools = [braces(`subnet: ${ipv4}.0/24`, extra)];
  if (ipv6 === undefined) return `ipam: ${braces(`config: ${brackets(pools)}`)}`;
  return `enable_ipv6: true, ipam: ${braces(`config: ${brackets([...pools, braces(`subnet: "${ipv6}::/64"`)])}`)}`;
}
