import { MOST_TOKENS } from "../compose/read/tokens.js";
import { readYaml, type Selection } from "../compose/read/yaml.js";
import { textOf, type Place, type Source } from "../kit/source.js";
import {
  asList,
  asMap,
  asScalar,
  child,
  isNull,
  type Entry,
  type MapValue,
  type Value,
} from "../compose/read/value.js";
import { looksLikeAddress } from "../ipam/address-like.js";
import type { Family } from "../ipam/address.js";
import type { AddressPool } from "../ipam/docker-pools.js";
import { bitsOf, containsPrefix, parsePrefix, rangeOf, type Prefix } from "../ipam/prefix.js";

/**
 * What a daemon.json says about addresses, and what is wrong with that. The daemon's own check (`dockerd --validate`)
 * takes nearly everything: what is refused here keeps Docker Engine 28.5.2 from starting.
 */
export interface DaemonFile {
  /** In the order of the file, without those that the engine refuses, drops or can't use. */
  readonly pools: readonly DaemonPool[];
  readonly networks: readonly DaemonNetwork[];
  readonly faults: readonly DaemonFault[];
}

/** An entry of `default-address-pools`. */
export interface DaemonPool extends AddressPool {
  /** The base. */
  readonly place: Place;
}

/** The network of docker0, or the part of it that containers get. */
export interface DaemonNetwork {
  readonly key: "bip" | "bip6" | "fixed-cidr" | "fixed-cidr-v6";
  readonly prefix: Prefix;
  readonly place: Place;
}

export interface DaemonFault {
  /** Whether the engine does not start, or goes on without what was meant. */
  readonly kind: "refused" | "without effect";
  readonly place: Place;
  /** A clause that begins with the value or the key. */
  readonly what: string;
  /** A whole sentence. */
  readonly advice: string;
  /** The text that stands for `place` once that is mended, where only one can be meant. */
  readonly mended?: string;
}

const POOLS = "default-address-pools";
const EXAMPLE_POOL = '{ "base": "10.202.0.0/16", "size": 24 }';
const ABOUT_ADDRESSES: Selection = {
  [POOLS]: true,
  "default-address-pool": {},
  bip: true,
  bip6: true,
  "fixed-cidr": true,
  "fixed-cidr-v6": true,
  ipv6: true,
};

/** @param source JSON, which is YAML: a text that is neither says nothing. */
export function readDaemonFile(source: Source): DaemonFile {
  const root = readYaml(source, ABOUT_ADDRESSES, source.text, MOST_TOKENS, "any").documents[0]?.root;
  const faults: DaemonFault[] = [];
  const flag = asMap(root)?.entries.get("default-address-pool");
  if (flag) {
    faults.push({
      kind: "without effect",
      place: flag.keyPlace,
      what: `"${flag.key}" is the name of dockerd's flag: in daemon.json the engine reads over it and keeps its own pools`,
      advice: `Name the key "${POOLS}".`,
      mended: `"${POOLS}"`,
    });
  }
  const listed = poolsIn(child(root, POOLS), faults);
  const pools = listed.filter((pool, index) => {
    const outer = outerPool(pool, index, listed);
    if (outer) faults.push(droppedPool(pool, outer));
    return !outer;
  });
  // Without `ipv6` the engine does not even look at them.
  const hasIpv6 = asScalar(child(root, "ipv6"))?.value === true;
  const networks = [
    ...networkIn(root, "bip", 4, faults),
    ...networkIn(root, "fixed-cidr", 4, faults),
    ...(hasIpv6 ? (["bip6", "fixed-cidr-v6"] as const).flatMap((key) => networkIn(root, key, 6, faults)) : []),
  ];
  return { pools, networks, faults };
}

function poolsIn(value: Value | undefined, faults: DaemonFault[]): DaemonPool[] {
  if (value === undefined || isNull(value)) return [];
  const list = asList(value);
  if (list) return list.items.flatMap((item) => poolIn(item, faults));
  const pool = asMap(value);
  faults.push({
    kind: "refused",
    place: value.place,
    what: `"${POOLS}" is ${kindOf(value)} and no list`,
    advice: `Write [${EXAMPLE_POOL}].`,
    ...(pool && isPlainPool(pool) && { mended: `[${textOf(value.place)}]` }),
  });
  return [];
}

function poolIn(item: Value, faults: DaemonFault[]): DaemonPool[] {
  const refuse = (place: Place, what: string, advice: string, mended?: string): [] => {
    faults.push({ kind: "refused", place, what, advice, ...(mended !== undefined && { mended }) });
    return [];
  };
  const pool = asMap(item);
  if (!pool) return refuse(item.place, `${show(item)} is not a pool`, `Write ${EXAMPLE_POOL}.`);
  // Go finds the fields of a structure whatever the case of their letters.
  const field = (name: string): Entry | undefined =>
    [...pool.entries.values()].find(({ key, value }) => key.toLowerCase() === name && !isNull(value));
  const base = field("base")?.value;
  const size = field("size")?.value;
  if (!base) return refuse(pool.place, 'the pool has no "base"', `Write ${EXAMPLE_POOL}.`);
  const prefix = prefixOf(base);
  if (typeof prefix === "string") return refuse(base.place, prefix, 'Write a CIDR block, as in "10.202.0.0/16".');

  const { family } = prefix.address;
  const lengths = `Write a number from ${Math.max(prefix.length, 1)} to ${bitsOf(family)}, the prefix length of each subnet.`;
  if (!size) return refuse(base.place, `the pool ${textOf(base.place)} has no "size"`, lengths);
  const written = textOf(size.place);
  const length = asScalar(size)?.value;
  if (typeof length === "string" && /^\d{1,10}$/.test(length)) {
    return refuse(
      size.place,
      `the size ${written} is a text`,
      `Write ${Number(length)} without quotes.`,
      `${Number(length)}`,
    );
  }
  if (typeof length !== "number" || !/^-?\d+$/.test(written)) {
    const shown = isShort(written) ? `the size ${written}` : "the size";
    return refuse(size.place, `${shown} is not a whole number`, lengths);
  }
  if (length < Math.max(prefix.length, 1)) {
    return refuse(size.place, `subnets of the size ${length} do not fit into ${textOf(base.place)}`, lengths);
  }
  if (length > bitsOf(family)) {
    const what = `the size ${length} is longer than any IPv${family} prefix, so no network gets a subnet from the pool`;
    faults.push({ kind: "without effect", place: size.place, what, advice: lengths });
    return [];
  }
  return [{ base: prefix, size: length, place: base.place }];
}

function networkIn(
  root: Value | undefined,
  key: DaemonNetwork["key"],
  family: Family,
  faults: DaemonFault[],
): DaemonNetwork[] {
  const value = child(root, key);
  if (value === undefined || isNull(value) || asScalar(value)?.value === "") return [];
  const refuse = (what: string, advice: string): [] => {
    faults.push({ kind: "refused", place: value.place, what: `"${key}": ${what}`, advice });
    return [];
  };
  const example = family === 4 ? "172.17.0.1/16" : "fd12:3456:789a::1/64";
  const prefix = prefixOf(value);
  if (typeof prefix === "string") return refuse(prefix, `Write an address with its prefix length, as in "${example}".`);
  if (prefix.address.family !== family) {
    return refuse(`${textOf(value.place)} is not a valid IPv${family} address`, `Write one, as in "${example}".`);
  }
  if (key === "bip" && isNoHost(prefix)) {
    return refuse(
      `${textOf(value.place)} is the network's own or its broadcast address`,
      "Write the address that docker0 gets, one in between.",
    );
  }
  return [{ key, prefix, place: value.place }];
}

/** @returns what is wrong, in a clause, when the value is no prefix. */
function prefixOf(value: Value): Prefix | string {
  const text = asScalar(value)?.value;
  if (typeof text !== "string") return `${show(value)} is not text`;
  const prefix = parsePrefix(text);
  if (prefix.ok) return prefix.value;
  // The reason quotes the part that is wrong.
  return looksLikeAddress(text)
    ? `"${text}": ${prefix.fault.reason}`
    : "the text is not an address with a prefix length";
}

function isNoHost(prefix: Prefix): boolean {
  const { first, last } = rangeOf(prefix);
  const { value } = prefix.address;
  return prefix.length <= bitsOf(prefix.address.family) - 2 && (value === first.value || value === last.value);
}

/** Engines from 27 on leave out a base that lies inside another one. */
function outerPool({ base }: DaemonPool, index: number, pools: readonly DaemonPool[]): DaemonPool | undefined {
  return pools.find(
    (other, position) =>
      position !== index && containsPrefix(other.base, base) && (other.base.length < base.length || position < index),
  );
}

function droppedPool({ place }: DaemonPool, outer: DaemonPool): DaemonFault {
  return {
    kind: "without effect",
    place,
    what: `Docker 27 and later drop the pool ${textOf(place)}, which lies inside ${textOf(outer.place)}`,
    advice: "Remove it, or choose bases that do not overlap.",
  };
}

function kindOf(value: Value): string {
  if (value.kind === "map") return "a map";
  return typeof asScalar(value)?.value === "string" ? "a text" : show(value);
}

/** A value for a message: only what looks like an address or a number is quoted, since the file may be any. */
function show(value: Value): string {
  const written = textOf(value.place);
  if (value.kind !== "scalar") return value.kind === "map" ? "the map" : "the list";
  if (typeof value.value !== "string") return isShort(written) ? written : "the value";
  return looksLikeAddress(value.value) ? written : "the text";
}

function isShort(written: string): boolean {
  return /^(?:-?[\d.]{1,10}|true|false|null)$/.test(written);
}

/** Nothing but what a pool has: its text may be shown as a whole. */
function isPlainPool({ entries }: MapValue): boolean {
  return [...entries.values()].every(
    ({ key, value }) => /^(?:base|size)$/i.test(key) && value.kind === "scalar" && !show(value).startsWith("the "),
  );
}
