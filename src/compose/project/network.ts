import type { Addressing, ExplicitSubnet } from "./addressing.js";
import { Definition } from "../load/schema/definition.js";
import { driverOption, readDriverOptions, type DriverOptions } from "./driver-option.js";
import { DRIVER_NAMES, networkDriver, PREDEFINED_NETWORKS, usualDriver, type Reach } from "./drivers.js";
import { ABSENT, asText, fieldOf, unsetIn, valueOf, type Field } from "./field.js";
import type { IpamPool } from "./ipam-pool.js";
import {
  readAddressing,
  type AddressingContext,
  type FamilySwitches,
  type NetworkAddressing,
} from "./network-addressing.js";
import type { Attachment } from "./service.js";
import { showText, showWord } from "../read/shown.js";
import { PROJECT_NAME_VARIABLE } from "../load/project-name.js";
import type { Place } from "../../kit/source.js";
import { stackNetworkRefusals } from "../load/stack.js";
import { readText, type KnownText, type Refusal, type Unknown } from "../read/scalar-text.js";
import { asList, asMap, asScalar, child, type Entry, type MapValue, type Value } from "../read/value.js";

/** A network of a project, as Compose would ask the engine for it. */
export interface Network {
  /** The key below `networks`, or `default`. */
  readonly key: string;
  /** The name that the engine will know. */
  readonly name: string;
  /** The same for people, without the values of variables. */
  readonly shownName: string;
  /** `default`, when no file declares it. */
  readonly implicit: boolean;
  /** The network's key; for an implicit network the `services` key that causes it. */
  readonly place: Place;
  /** As it is written, for edits. */
  readonly definition: Value | undefined;
  readonly existence: Existence;
  readonly driver: string;
  readonly shownDriver: string;
  readonly driverOptions: DriverOptions;
  readonly internal: boolean | Unknown;
  /** Names of the services that join it, in the order of the file. */
  readonly services: readonly string[];
  readonly attachments: readonly Attachment[];
  /** The key `ipam` of the definition. */
  readonly ipamAt: Place | undefined;
  readonly pools: readonly IpamPool[];
  readonly ipv4: Addressing;
  readonly ipv6: Addressing;
  readonly switches: FamilySwitches;
  /** Absent for a network that Compose does not create. */
  readonly ipamDriver: Field<string>;
  /** As written: `driver` has the default in its place. */
  readonly writtenDriver: Field<string>;
  /** As written: `name` has the one that Compose makes up in its place. An empty one is a name to Compose. */
  readonly writtenName: Field<string>;
  readonly reach: Reach;
  readonly refusals: readonly Refusal[];
}

export type Existence =
  | { readonly kind: "created" }
  /** It must exist already, and keeps its own subnet. */
  | { readonly kind: "external" }
  /** No service joins it, so Compose leaves it out. */
  | { readonly kind: "unused" }
  | { readonly kind: "unknown"; readonly because: Unknown };

/** What the engine is given beside the definition. */
export interface NetworkContext {
  readonly projectName: string;
  readonly shownProjectName: string;
  readonly attachments: readonly Attachment[];
  readonly unusedUnless: Unknown | undefined;
  /** Whether `docker stack` makes it. */
  readonly stack?: boolean;
}

const NETWORK_KEYS: ReadonlySet<string> = new Set([
  "name",
  "driver",
  "driver_opts",
  "ipam",
  "external",
  "internal",
  "enable_ipv4",
  "enable_ipv6",
  "attachable",
  "labels",
]);

const EXTERNAL_KEYS: ReadonlySet<string> = new Set(["name"]);

const NO_ADDRESSES: NetworkAddressing = {
  pools: [],
  ipv4: { mode: "disabled" },
  ipv6: { mode: "disabled" },
  switches: { ipv4: false, ipv6: false, written: { ipv4: undefined, ipv6: undefined } },
  ipamDriver: ABSENT,
};

export function declaredNetwork({ key, keyPlace, value }: Entry, context: NetworkContext): Network {
  const definition = new Definition(`networks.${key}`);
  if (context.stack) definition.refusals.push(...stackNetworkRefusals({ key, keyPlace, value }));
  const map = definition.mapping(value, NETWORK_KEYS);
  const external = readExternal(map, definition);
  const ownName = readName(map, definition);
  const isNamedInside = external === true && ownName.kind === "absent";
  const inside = asMap(child(map, "external"));
  const writtenName = isNamedInside ? readName(inside, definition, `${definition.path}.external`) : ownName;
  const writtenDriver = fieldOf(definition.text(map, "driver"), asText);
  const internal = definition.boolean(map, "internal") ?? false;
  definition.boolean(map, "attachable");
  definition.options(map, "driver_opts", "a number or string");
  refuseLabels(map, definition);
  const driverOptions = readDriverOptions(map);
  const driver = valueOf(writtenDriver) ?? usualDriver(context.stack === true);
  const name = valueOf(writtenName) ?? (external === true ? key : `${context.projectName}_${key}`);
  const madeUp = external === true ? key : `${context.shownProjectName}_${key}`;
  const shownName = writtenName.kind === "known" ? showName(writtenName, context) : madeUp;
  const about: AddressingContext = {
    driver: writtenDriver,
    options: driverOptions,
    isPredefined: writtenName.kind === "known" && PREDEFINED_NETWORKS.has(writtenName.value),
  };
  const { pools, ipv4, ipv6, switches, ipamDriver } =
    external === true ? addressingElsewhere(map, about, definition) : readAddressing(map, about, definition);
  return {
    key,
    name,
    shownName,
    implicit: false,
    place: keyPlace,
    definition: value,
    driver,
    shownDriver: writtenDriver.kind === "known" ? showWord(writtenDriver, DRIVER_NAMES) : driver,
    driverOptions,
    internal,
    writtenDriver,
    writtenName,
    services: context.attachments.map(({ service }) => service),
    attachments: context.attachments,
    existence: existenceOf(external, context),
    ipamAt: map?.entries.get("ipam")?.keyPlace,
    pools,
    ipv4,
    ipv6,
    switches,
    ipamDriver,
    reach: reachOf(driver, driverOptions, internal),
    refusals: definition.refusals,
  };
}

/** Compose looks at the shape of an external network all the same; the engine never sees it. */
function addressingElsewhere(
  map: MapValue | undefined,
  about: AddressingContext,
  definition: Definition,
): NetworkAddressing {
  const unread = new Definition(definition.path);
  readAddressing(map, about, unread);
  definition.refusals.push(...unread.refusals.filter(isByCompose));
  return NO_ADDRESSES;
}

/** What Compose refuses about a definition as soon as it has read the document with it. */
export function shapeRefusals(entry: Entry): Refusal[] {
  return declaredNetwork(entry, ALONE).refusals.filter(isByCompose);
}

const ALONE: NetworkContext = { projectName: "", shownProjectName: "", attachments: [], unusedUnless: undefined };

function isByCompose({ by }: Refusal): boolean {
  return by === "compose";
}

export function implicitDefault(place: Place, existence: Existence, context: NetworkContext): Network {
  const automatic: Addressing =
    existence.kind === "unknown"
      ? { mode: "unknown", because: existence.because }
      : { mode: "automatic", cause: { kind: "no pool" } };
  const driver = usualDriver(context.stack === true);
  return {
    key: "default",
    name: `${context.projectName}_default`,
    shownName: `${context.shownProjectName}_default`,
    implicit: true,
    place,
    definition: undefined,
    existence,
    driver,
    shownDriver: driver,
    driverOptions: new Map(),
    internal: false,
    services: context.attachments.map(({ service }) => service),
    attachments: context.attachments,
    ipamAt: undefined,
    ...NO_ADDRESSES,
    ipv4: automatic,
    switches: { ...NO_ADDRESSES.switches, ipv4: true },
    writtenDriver: ABSENT,
    writtenName: ABSENT,
    reach: reachOf(driver, new Map(), false),
    refusals: [],
  };
}

/** The subnets of both families that the files give the network. */
export function explicitSubnets({ ipv4, ipv6 }: Pick<Network, "ipv4" | "ipv6">): readonly ExplicitSubnet[] {
  return [ipv4, ipv6].flatMap((addressing) => (addressing.mode === "explicit" ? addressing.subnets : []));
}

/** A name that Compose refuses, or that depends on a variable that must be set, is not the one that Compose makes up. */
function readName(map: MapValue | undefined, definition: Definition, path = definition.path): Field<string> {
  const written = child(map, "name");
  const before = definition.refusals.length;
  const text = definition.text(map, "name", path);
  const refusal = definition.refusals[before];
  return written && refusal
    ? { kind: "unknown", because: { reason: "refused", refusal }, at: written.place, written }
    : fieldOf(text, asText, "a text");
}

/**
 * The name that the engine gets from the files alone; undefined where the shell decides on it, by a variable that
 * has no value here.
 */
export function knownNameOf({ name, writtenName }: Pick<Network, "name" | "writtenName">): string | undefined {
  return writtenName.kind === "absent" ? name : knownName(writtenName);
}

/** The same of a written name. */
export function knownName(writtenName: Field<string>): string | undefined {
  if (writtenName.kind !== "known" || unsetIn(writtenName.written).length > 0) return undefined;
  return writtenName.value || undefined;
}

function readString(value: Value | undefined): KnownText | undefined {
  const scalar = asScalar(value);
  const text = scalar && readText(scalar, () => true);
  return text?.known === true ? text : undefined;
}

/** Of the variables in a name, one is a name itself: the project's, unless another variable has made that. */
function showName(
  name: Pick<KnownText, "text" | "written">,
  { projectName, shownProjectName }: NetworkContext,
): string {
  const { interpolation } = name.written;
  const set = interpolation?.kind === "text" ? interpolation.set : [];
  const isProjectOnly = projectName === shownProjectName && set.every((variable) => variable === PROJECT_NAME_VARIABLE);
  return isProjectOnly && !name.written.sharedBy ? name.text : showText(name);
}

/** True, false, or why that can't be told. */
function readExternal(map: MapValue | undefined, definition: Definition): boolean | Unknown {
  const value = child(map, "external");
  if (value?.kind !== "map") return definition.boolean(map, "external", "a boolean, mapping or string") ?? false;
  definition.mapping(value, EXTERNAL_KEYS, `${definition.path}.external`);
  const [name, legacyName] = [readString(child(map, "name"))?.text, externalName(map)?.text];
  if (name !== undefined && legacyName !== undefined && name !== legacyName) {
    definition.refuse("compose", `${definition.path}: name and external.name conflict; only use name`, value.place);
  }
  return true;
}

function refuseLabels(map: MapValue | undefined, definition: Definition): void {
  const labels = child(map, "labels");
  const path = `${definition.path}.labels`;
  if (labels?.kind === "scalar") definition.refuse("compose", `${path} must be a mapping`, labels.place);
  for (const item of asList(labels)?.items ?? []) {
    if (typeof asScalar(item)?.value !== "string") definition.refuse("compose", `${path}: unexpected type`, item.place);
  }
  for (const { key, value } of asMap(labels)?.entries.values() ?? []) {
    if (value.kind === "scalar") continue;
    definition.refuse("compose", `${path}.${key} must be a boolean, null, number or string`, value.place);
  }
}

function externalName(map: MapValue | undefined): KnownText | undefined {
  return readString(child(child(map, "external"), "name"));
}

function existenceOf(external: boolean | Unknown, context: NetworkContext): Existence {
  if (external === true) return { kind: "external" };
  if (external !== false) return { kind: "unknown", because: external };
  if (context.attachments.length > 0) return { kind: "created" };
  return context.unusedUnless ? { kind: "unknown", because: context.unusedUnless } : { kind: "unused" };
}

function reachOf(driver: string, options: DriverOptions, internal: boolean | Unknown): Reach {
  const reach = networkDriver(driver)?.reach ?? "lan";
  if (reach !== "host") return reach;
  const withoutAddress =
    driverOption(options, "com.docker.network.bridge.inhibit_ipv4") === "true" ||
    (internal === true && driverOption(options, "com.docker.network.bridge.gateway_mode_ipv4") === "isolated");
  return withoutAddress ? "containers" : "host";
}
