import { Definition } from "./definition.js";
import { serviceValue } from "../../read/service-keys.js";
import { showScalar } from "../../read/shown.js";
import type { Place } from "../../../kit/source.js";
import { readText, type Refusal } from "../../read/scalar-text.js";
import { asList, asMap, asScalar, child, filledIn, isNull, type Entry, type Value } from "../../read/value.js";
import type { ComposeVersion } from "../version.js";

const ATTACHMENT_KEYS: ReadonlySet<string> = new Set([
  "aliases",
  "driver_opts",
  "gw_priority",
  "interface_name",
  "ipv4_address",
  "ipv6_address",
  "link_local_ips",
  "mac_address",
  "priority",
]);
const ATTACHMENT_KEYS_IN_2_26: ReadonlySet<string> = new Set(
  [...ATTACHMENT_KEYS].filter((name) => name !== "interface_name"),
);
/** Keys that people write beside `networks` rather than in it. Compose itself has a `mac_address` there. */
const MISPLACED_KEYS: ReadonlySet<string> = new Set(
  [...ATTACHMENT_KEYS].filter((name) => name !== "mac_address" && name !== "driver_opts"),
);
/** Words for what Compose calls `networks` and `network_mode`, and the merge key, which is none in quotes. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  net: "network_mode",
  "network-mode": "network_mode",
  networkMode: "network_mode",
  networks_mode: "network_mode",
  network: "networks",
  network_name: "networks",
};
/** What a service may have that is no key of one. */
const WRONG_SERVICE_KEYS: readonly string[] = [...MISPLACED_KEYS, ...Object.keys(OTHER_WORDS), "<<"];

const TEXTS = ["interface_name", "ipv4_address", "ipv6_address", "mac_address"];
const LISTS = ["aliases", "link_local_ips"];
const NUMBERS = ["priority", "gw_priority"];

const NETWORK_KEY = /^[a-zA-Z0-9._-]+$/;

/** What Compose refuses about a service as soon as it has read the document with it (compose-go, compose-spec.json). */
export function serviceShapeRefusals({ key, value }: Entry, version: ComposeVersion): readonly Refusal[] {
  const definition = new Definition(`services.${key}`);
  const [networks, mode] = [serviceValue(value, "networks"), serviceValue(value, "network_mode")];
  // One without a value may have lost all its keys to `skim`.
  if (value.kind !== "map" && !isNull(value)) {
    definition.refuse("compose", `${definition.path} must be a mapping`, value.place);
  }
  if (mode && typeof asScalar(mode)?.value !== "string") {
    definition.refuse("compose", `${definition.path}.network_mode must be a string`, mode.place);
  }
  if (networks?.kind === "scalar") {
    definition.refuse("compose", `${definition.path}.networks must be a array`, networks.place);
  }
  for (const { key: own, keyPlace } of asMap(value)?.entries.values() ?? []) {
    if (!WRONG_SERVICE_KEYS.includes(own)) continue;
    const message = `${definition.path} additional properties '${own}' not allowed`;
    const meant = OTHER_WORDS[own];
    const knownKeys = MISPLACED_KEYS.has(own) ? MISPLACED_KEYS : meant === undefined ? undefined : new Set([meant]);
    definition.refusals.push({ by: "compose", message, place: keyPlace, ...(knownKeys && { knownKeys }) });
  }
  refuseProfiles(value, definition);
  refuseCopies(value, definition);
  const known = version === "2.26" ? ATTACHMENT_KEYS_IN_2_26 : ATTACHMENT_KEYS;
  for (const attachment of asMap(networks)?.entries.values() ?? []) refuseAttachment(attachment, known, definition);
  return definition.refusals;
}

function refuseProfiles(service: Value, definition: Definition): void {
  const profiles = serviceValue(service, "profiles");
  const path = `${definition.path}.profiles`;
  if (profiles && profiles.kind !== "list") definition.refuse("compose", `${path} must be a array`, profiles.place);
  asList(profiles)?.items.forEach((item, index) => {
    if (typeof asScalar(item)?.value === "string") return;
    definition.refuse("compose", `${path}.[${index}]: unexpected type`, item.place);
  });
}

/** How often a service runs is a number, or a text of digits. */
function refuseCopies(service: Value, definition: Definition): void {
  const deploy = serviceValue(service, "deploy");
  if (deploy && deploy.kind !== "map" && !isNull(deploy)) {
    definition.refuse("compose", `${definition.path}.deploy must be a mapping`, deploy.place);
  }
  const [scale, replicas] = [child(service, "scale"), child(deploy, "replicas")];
  const [times, copies] = [scale, replicas].map(countIn);
  for (const [value, count, path] of [
    [scale, times, `${definition.path}.scale`],
    [replicas, copies, `${definition.path}.deploy.replicas`],
  ] as const) {
    if (value && count === "none") definition.refuse("compose", `${path} is not a whole number`, value.place);
  }
  if (scale && typeof times === "number" && typeof copies === "number" && times !== copies) {
    const message = `${definition.path}: can't set distinct values on 'scale' and 'deploy.replicas'`;
    definition.refuse("compose", message, scale.place);
  }
}

/** Undefined for a value that depends on the machine that runs the file. */
function countIn(value: Value | undefined): number | "none" | undefined {
  const scalar = asScalar(value);
  if (!value) return undefined;
  if (scalar && typeof scalar.value !== "string")
    return typeof scalar.value === "number" && isCount(scalar.value) ? scalar.value : "none";
  if (!scalar) return "none";
  if (scalar.style === "plain" && !scalar.interpolation) {
    const number = goInteger(String(scalar.value));
    if (number !== undefined) return number;
  }
  const text = readText(scalar);
  if (text?.known === false) return undefined;
  return text && /^\+?\d+$/.test(text.text) ? Number(text.text) : "none";
}

/** YAML 1.1 writes whole numbers in more ways: `1_000`, `0b11`. */
function goInteger(text: string): number | undefined {
  const digits = text.replaceAll("_", "");
  return /^\d[\d_]*$|^0b[01_]+$|^0x[\da-f_]+$/i.test(text) && /^(?:\d+|0[bx][\da-f]+)$/i.test(digits)
    ? Number(digits)
    : undefined;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function refuseAttachment(
  { key, shownKey = key, value }: Entry,
  known: ReadonlySet<string>,
  definition: Definition,
): void {
  const path = `${definition.path}.networks.${shownKey}`;
  const map = definition.mapping(value, known, path);
  for (const field of TEXTS) definition.text(map, field, path);
  for (const field of LISTS) {
    const list = child(map, field);
    if (list && list.kind !== "list") definition.refuse("compose", `${path}.${field} must be a array`, list.place);
    asList(list)?.items.forEach((item, index) => {
      if (typeof asScalar(item)?.value === "string") return;
      definition.refuse("compose", `${path}.${field}.[${index}]: unexpected type`, item.place);
    });
  }
  for (const field of NUMBERS) {
    const number = child(map, field);
    if (number && typeof asScalar(number)?.value !== "number") {
      definition.refuse("compose", `${path}.${field} must be a number`, number.place);
    }
  }
  definition.options(map, "driver_opts", "a number or string", path);
}

/** What Compose refuses about the names that a service joins, in the form in which a document has them. */
export function writtenNameRefusals({ key: service, value }: Entry): readonly Refusal[] {
  const path = `services.${service}.networks`;
  const networks = serviceValue(value, "networks");
  // Compose takes the name for an extension, and then that for a network.
  const extension = (name: string, place: Place, shown = name): Refusal[] =>
    name.startsWith("x-")
      ? [{ by: "compose", message: `service "${service}" refers to undefined network ${shown}`, place }]
      : [];
  const listed = (asList(networks)?.items ?? []).flatMap((item, index): Refusal[] => {
    const name = filledIn(item);
    const scalar = asScalar(item);
    if (typeof name === "string") return extension(name, item.place, scalar && showScalar(scalar));
    return [{ by: "compose", message: `${path}.${index} must be a string`, place: item.place }];
  });
  const mapped = [...(asMap(networks)?.entries.values() ?? [])].flatMap(({ key, shownKey, keyPlace }): Refusal[] => {
    const message = `${path} additional properties '${shownKey ?? key}' not allowed`;
    return NETWORK_KEY.test(key) ? extension(key, keyPlace, shownKey) : [{ by: "compose", message, place: keyPlace }];
  });
  return [...listed, ...mapped];
}

/** A list that nothing was laid over, nor it over another, must not have a name twice. */
export function repeatedNameRefusals({ key, value }: Entry): readonly Refusal[] {
  const items = asList(serviceValue(value, "networks"))?.items ?? [];
  const firsts = new Map<ReturnType<typeof filledIn>, number>();
  for (const [second, item] of items.entries()) {
    const name = filledIn(item);
    const first = firsts.get(name);
    if (first !== undefined) {
      const message = `services.${key}.networks items at ${first} and ${second} are equal`;
      return [{ by: "compose", message, place: item.place }];
    }
    firsts.set(name, second);
  }
  return [];
}
