import { asList, asMap, asScalar, child, type Value } from "../read/value.js";
import { textIn } from "../read/written.js";
import type { Network } from "./network.js";

/** What a network is told beside its subnets, by the path of each key; undefined for a value that can't be told. */
export type Settings = ReadonlyMap<string, string | undefined>;

const COMPARED = ["driver", "driver_opts", "internal", "attachable", "enable_ipv4", "enable_ipv6", "labels"];

/** What the engine does where nobody says anything. */
const USUAL: Readonly<Record<string, string>> = {
  driver: "bridge",
  internal: "false",
  attachable: "false",
  enable_ipv4: "true",
  enable_ipv6: "false",
  "ipam.driver": "default",
};

/** Settings that are as usual are left out, whether somebody wrote them or not. */
export function settingsOf({ definition }: Pick<Network, "definition">): Settings {
  const settings = new Map<string, string | undefined>();
  const ipam = child(definition, "ipam");
  for (const key of COMPARED) add(settings, key, child(definition, key));
  for (const key of ["driver", "options"]) add(settings, `ipam.${key}`, child(ipam, key));
  for (const [index, pool] of (asList(child(ipam, "config"))?.items ?? []).entries()) {
    for (const { key, value } of asMap(pool)?.entries.values() ?? []) {
      if (key !== "subnet") add(settings, `ipam.config.${index}.${key}`, value);
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
    const text = typeof written === "string" ? textIn(value) : String(written);
    if (text !== "" && text !== USUAL[path]) settings.set(path, text);
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
