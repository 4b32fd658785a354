import { asList, asMap, asScalar, child, type Value } from "../read/value.js";
import { readBoolean } from "../read/scalar-text.js";
import { textIn } from "../read/written.js";
import type { Network } from "./network.js";

/** What a network is told beside its subnets, by the path of each key; undefined for a value that can't be told. */
export type Settings = ReadonlyMap<string, string | undefined>;

const COMPARED = ["driver", "driver_opts", "internal", "attachable", "enable_ipv4", "enable_ipv6", "labels"];

/** Compose leaves out only these where they are false: every other written value is a difference to it. */
const LEFT_OUT_IF_FALSE: ReadonlySet<string> = new Set(["internal", "attachable"]);
const BOOLEANS: ReadonlySet<string> = new Set([...LEFT_OUT_IF_FALSE, "enable_ipv4", "enable_ipv6"]);

/**
 * What Compose hashes to tell whether a network is still the one that it made (tried with 2.40.3). It compares texts, so
 * two spellings of one address are a difference, and so is a default that only one side writes.
 */
export function settingsOf({ definition }: Pick<Network, "definition">): Settings {
  const settings = new Map<string, string | undefined>();
  const ipam = child(definition, "ipam");
  for (const key of COMPARED) add(settings, key, child(definition, key));
  for (const key of ["driver", "options"]) add(settings, `ipam.${key}`, child(ipam, key));
  for (const [index, pool] of (asList(child(ipam, "config"))?.items ?? []).entries()) {
    for (const { key, value } of asMap(pool)?.entries.values() ?? []) {
      add(settings, `ipam.config.${index}.${key}`, value);
    }
  }
  return settings;
}

function add(settings: Map<string, string | undefined>, path: string, value: Value | undefined): void {
  if (value?.kind === "map") {
    for (const entry of value.entries.values()) add(settings, `${path}.${entry.key}`, entry.value);
  } else if (value?.kind === "list") {
    // Labels and options may be listed as `key=value`.
    for (const item of value.items) {
      const [key = "", ...rest] = (textIn(item) ?? "").split("=");
      settings.set(`${path}.${key}`, textIn(item) === undefined ? undefined : rest.join("="));
    }
  } else if (value) {
    const { value: written } = asScalar(value) ?? { value: null };
    if (written === null) return;
    const text = BOOLEANS.has(path) ? booleanIn(value) : typeof written === "string" ? textIn(value) : String(written);
    if (text !== "" && !(text === "false" && LEFT_OUT_IF_FALSE.has(path))) settings.set(path, text);
  }
}

/**
 * The first key whose value differs between the two, unless one of them can't be told.
 *
 * @param isLeftOut Whether a pool, by its place in the list, is not compared.
 */
export function firstDifference(
  one: Settings,
  other: Settings,
  isLeftOut: (pool: number) => boolean = () => false,
): string | undefined {
  return [...new Set([...one.keys(), ...other.keys()])].sort().find((key) => {
    const [, pool] = /^ipam\.config\.(\d+)\./.exec(key) ?? [];
    if (pool !== undefined && isLeftOut(Number(pool))) return false;
    const isUnknown = [one, other].some((settings) => settings.has(key) && settings.get(key) === undefined);
    return !isUnknown && one.get(key) !== other.get(key);
  });
}

function booleanIn(value: Value): string | undefined {
  const read = readBoolean(value);
  return typeof read === "boolean" ? String(read) : undefined;
}
