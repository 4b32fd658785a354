import type { Place } from "../../kit/source.js";
import { parseAddress, type Address, type Family } from "../../ipam/address.js";
import { readText, type Refusal, type Unknown } from "../read/scalar-text.js";
import { asList, asScalar, child, isNull, type Entry, type MapValue, type Value } from "../read/value.js";
import { hasServiceKey, serviceValue } from "../read/service-keys.js";
import { textIn, textsIn } from "../read/written.js";
import { namesAsMap } from "../read/names-as-map.js";
import { readDriverOptions, type DriverOptions } from "./driver-option.js";
import { ABSENT, asText, readField, type AbsentField, type Field } from "./field.js";

/** A service, as far as networks are concerned. */
export interface Service {
  readonly name: string;
  readonly place: Place;
  readonly attachments: readonly Attachment[];
  readonly running: Running;
  /** Of its interface on the only network that it joins. */
  readonly macAddress: Field<string>;
  readonly dependencies: readonly Dependency[];
  /** Set when more networks may be joined than the file shows. */
  readonly joinsMore: Unknown | undefined;
  /** Compose refuses a service with neither an image nor a build, unless another file adds one. */
  readonly runnable: boolean;
  readonly refusals: readonly Refusal[];
}

/** One service on one network. */
export interface Attachment {
  readonly service: string;
  readonly network: string;
  /** The same for people, without the values of variables. */
  readonly shownNetwork: string;
  /** The network's name in the service's list, or the service itself when it joins `default` unasked. */
  readonly place: Place;
  readonly addresses: readonly StaticAddress[];
  readonly running: Running;
  /** Whether the service joins no other network. */
  readonly isOnly: boolean;
  readonly macAddress: Field<string>;
  readonly linkLocal: readonly Field<string>[];
  readonly interfaceName: Field<string>;
  /** Of the driver, about this interface alone. */
  readonly driverOptions: DriverOptions;
  /** The network with the highest gives the service its gateway. */
  readonly gatewayPriority: number;
}

/** When and how often a service runs. */
export interface Running {
  /** One of them must be enabled; undefined for a service that always runs, and "unknown" when that can't be told. */
  readonly profiles: readonly string[] | "unknown" | undefined;
  /** `scale` or `deploy.replicas`, where it says a number. */
  readonly copies: number;
}

/** Another service that Compose starts first. */
export interface Dependency {
  readonly service: string;
  /** Whether that one has ended, too, before this one starts. */
  readonly untilEnd: boolean;
}

/** An address that a service asks for. */
export interface StaticAddress {
  /** Of the key that it is written below: what is written may be of the other one. */
  readonly family: Family;
  readonly service: string;
  readonly address: Exclude<Field<Address>, AbsentField>;
}

/** The key of a service's network that asks for an address. */
export function addressKey(family: Family): "ipv4_address" | "ipv6_address" {
  return family === 4 ? "ipv4_address" : "ipv6_address";
}

function readService(entry: Entry): Service {
  const { key: name, keyPlace, value } = entry;
  const extended = serviceValue(value, "extends");
  const refusals: Refusal[] = [];
  const running = runningOf(value);
  return {
    name,
    place: keyPlace,
    attachments: readAttachments(entry, running, refusals),
    running,
    macAddress: readField(serviceValue(value, "mac_address"), asText, "a text"),
    dependencies: dependenciesOf(value),
    joinsMore: extended && { reason: "extends", place: extended.place },
    runnable: (["image", "build", "extends", "provider"] as const).some((key) => hasServiceKey(value, key)),
    refusals,
  };
}

function readAttachments({ key: name, keyPlace, value }: Entry, running: Running, refusals: Refusal[]): Attachment[] {
  const networks = serviceValue(value, "networks");
  const mode = serviceValue(value, "network_mode");
  if (networks?.kind === "scalar" || (value.kind !== "map" && !isNull(value))) return [];
  const listed = networks ? [...namesAsMap(networks).entries.values()] : [];
  if (mode && listed.length > 0 && isFilled(mode)) {
    const message = `service ${name} declares mutually exclusive \`network_mode\` and \`networks\``;
    refusals.push({ by: "compose", message, place: mode.place });
  }
  if (listed.length > 0) return listed.map((entry) => attachmentOf(name, running, entry, listed.length === 1));
  const joinsOthers = (["network_mode", "provider", "extends"] as const).some((key) => hasServiceKey(value, key));
  return joinsOthers
    ? []
    : [
        {
          service: name,
          network: "default",
          shownNetwork: "default",
          place: keyPlace,
          addresses: [],
          running,
          isOnly: true,
          ...UNNAMED,
        },
      ];
}

const NO_OPTIONS: DriverOptions = new Map();
const UNNAMED = {
  macAddress: ABSENT,
  linkLocal: [],
  interfaceName: ABSENT,
  driverOptions: NO_OPTIONS,
  gatewayPriority: 0,
} as const;

/** An empty mode is as good as none beside `networks`. */
function isFilled(mode: Value): boolean {
  const scalar = asScalar(mode);
  const text = scalar && readText(scalar);
  return text?.known === true && text.text !== "";
}

function attachmentOf(service: string, running: Running, entry: Entry, isOnly: boolean): Attachment {
  const { key: network, shownKey: shownNetwork = network, keyPlace, value } = entry;
  const addresses = ([4, 6] as const).flatMap((family): StaticAddress[] => {
    const address = readField(child(value, addressKey(family)), parseAddress);
    return address.kind === "absent" ? [] : [{ family, service, address }];
  });
  const text = (written: Value | undefined): Field<string> => readField(written, asText, "a text");
  return {
    service,
    network,
    shownNetwork,
    place: keyPlace,
    addresses,
    running,
    isOnly,
    macAddress: text(child(value, "mac_address")),
    linkLocal: (asList(child(value, "link_local_ips"))?.items ?? []).map(text),
    interfaceName: text(child(value, "interface_name")),
    driverOptions: child(value, "driver_opts") ? readDriverOptions(value) : NO_OPTIONS,
    gatewayPriority: numberIn(child(value, "gw_priority")),
  };
}

function numberIn(value: Value | undefined): number {
  const number = asScalar(value)?.value;
  return typeof number === "number" ? number : 0;
}

function runningOf(service: Value): Running {
  const profiles = serviceValue(service, "profiles");
  const names = profiles && textsIn(profiles);
  const copies = [serviceValue(service, "scale"), child(serviceValue(service, "deploy"), "replicas")].flatMap(
    (value) => {
      const number = Number(asScalar(value)?.interpolation ? textIn(value) : (asScalar(value)?.value ?? NaN));
      return Number.isInteger(number) ? [number] : [];
    },
  );
  return {
    profiles: profiles && !names ? "unknown" : names?.length === 0 ? undefined : names,
    copies: copies[0] ?? 1,
  };
}

/** Compose takes whatever names another service for a dependency. */
function dependenciesOf(service: Value): Dependency[] {
  const declared = serviceValue(service, "depends_on");
  const entries = declared && declared.kind !== "scalar" ? namesAsMap(declared).entries.values() : [];
  const written = [...entries].map(({ key, value }): Dependency => ({
    service: key,
    untilEnd: textIn(child(value, "condition")) === "service_completed_successfully",
  }));
  const linked = (textsIn(serviceValue(service, "links")) ?? []).map((text) => text.replace(/:.*$/s, ""));
  const mounted = (textsIn(serviceValue(service, "volumes_from")) ?? []).flatMap((text) =>
    text.startsWith("container:") ? [] : [text.replace(/:.*$/s, "")],
  );
  const shared = (["network_mode", "ipc", "pid"] as const).flatMap((key) => {
    const name = /^service:(.+)$/s.exec(textIn(serviceValue(service, key)) ?? "")?.[1];
    return name === undefined ? [] : [name];
  });
  return [...written, ...[...linked, ...mounted, ...shared].map((name) => ({ service: name, untilEnd: false }))];
}

export function servicesOf(root: MapValue | undefined): Service[] {
  const services = child(root, "services");
  return services?.kind === "map" ? [...services.entries.values()].map(readService) : [];
}
