import { parseAddress, type Address } from "../../ipam/address.js";
import { selectedValue } from "../read/service-keys.js";
import { hiddenVariables, showScalar } from "../read/shown.js";
import type { Place } from "../../kit/source.js";
import { readText, type Text } from "../read/scalar-text.js";
import { asList, asMap, asScalar, child, isNull, type MapValue, type ScalarValue, type Value } from "../read/value.js";

/** Port numbers, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** An entry of a service's `ports` that takes ports of the host which the file knows. */
export interface PublishedPort {
  readonly service: string;
  /** Of the host. */
  readonly ports: PortRange;
  /** In lower case: `tcp` unless something else is written. */
  readonly protocol: string;
  /** The protocol and the address for people, without the values of variables. */
  readonly shown: { readonly protocol: string; readonly hostAddress: string | undefined };
  /** The address of the host that it listens on; undefined for all of them, in both families. */
  readonly hostAddress: string | undefined;
  /** The same, where it is an address. */
  readonly address: Address | undefined;
  /** The value as it is written, in the short or the long form. */
  readonly written: ScalarValue | MapValue;
  readonly place: Place;
}

/** The parts of a project that say which ports are published. They are read only for rules that ask. */
export const ABOUT_PORTS = {
  name: true,
  include: true,
  services: { "*": { ports: true, network_mode: true, extends: true } },
} as const;

/**
 * The ports of the host that the services of a project take. Entries that Docker chooses a port for are left out, and
 * those that depend on variables without a value, which may be anything.
 *
 * @param root Of a project that was read with `ABOUT_PORTS`.
 */
export function publishedPorts(root: MapValue | undefined): PublishedPort[] {
  const services = [...(asMap(child(root, "services"))?.entries.values() ?? [])];
  return services.flatMap(({ key, value }) =>
    publishes(selectedValue(ABOUT_PORTS, value, "network_mode"))
      ? (asList(selectedValue(ABOUT_PORTS, value, "ports"))?.items ?? []).flatMap(
          (item) => publishedPort(key, item) ?? [],
        )
      : [],
  );
}

/** In a network namespace that is not its own a container publishes nothing. */
function publishes(mode: Value | undefined): boolean {
  if (mode === undefined || isNull(mode)) return true;
  const text = textAt(mode);
  return text !== undefined && !/^(?:host|none|service:.*|container:.*)$/.test(text);
}

function publishedPort(service: string, item: Value): PublishedPort | undefined {
  const parts = item.kind === "map" ? longForm(item) : item.kind === "scalar" ? shortForm(item) : undefined;
  const ports = parts && readPorts(parts.published);
  if (!parts || !ports || item.kind === "list") return undefined;
  const protocol = parts.protocol.toLowerCase() || "tcp";
  const hostAddress = parts.hostAddress || undefined;
  const address = parseAddress(parts.hostAddress);
  return {
    service,
    ports,
    protocol,
    hostAddress,
    address: address.ok ? address.value : undefined,
    shown: {
      protocol: PROTOCOLS.has(protocol) ? protocol : showPart(item, "protocol", protocol),
      hostAddress: hostAddress === undefined || address.ok ? hostAddress : showPart(item, "host_ip", hostAddress),
    },
    written: item,
    place: item.place,
  };
}

const PROTOCOLS: ReadonlySet<string> = new Set(["tcp", "udp", "sctp"]);

/** What a part comes to, unless variables make it. Of the short form that is the whole text. */
function showPart(item: ScalarValue | MapValue, key: string, resolved: string): string {
  const scalar = item.kind === "scalar" ? item : asScalar(child(item, key));
  return scalar && hiddenVariables(scalar).length > 0 ? showScalar(scalar) : resolved;
}

interface Parts {
  readonly published: string;
  readonly protocol: string;
  readonly hostAddress: string;
}

/** `[[ADDRESS:]PUBLISHED:]TARGET[/PROTOCOL]`, an IPv6 address in brackets (docker/go-connections, nat.ParsePortSpec). */
const SHORT_FORM = /^(?:(?:\[([0-9A-Fa-f:.]+)\]|([\d.]*)):)?([\d-]*):[\d-]+(?:\/(\w+))?$/;

function shortForm(item: ScalarValue): Parts | undefined {
  const text = textAt(item);
  const match = text === undefined ? null : SHORT_FORM.exec(text);
  if (!match) return undefined;
  const [, ipv6, ipv4, published = "", protocol = ""] = match;
  return { published, protocol, hostAddress: ipv6 ?? ipv4 ?? "" };
}

function longForm(item: MapValue): Parts | undefined {
  const [published, protocol, hostAddress] = ["published", "protocol", "host_ip"].map((key) => {
    const value = child(item, key);
    return value === undefined || isNull(value) ? "" : textAt(value);
  });
  return published === undefined || protocol === undefined || hostAddress === undefined
    ? undefined
    : { published, protocol, hostAddress };
}

function readPorts(text: string): PortRange | undefined {
  const [, low, high = low] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [first, last] = [Number(low), Number(high)];
  return first >= 1 && first <= last && last <= 65_535 ? { first, last } : undefined;
}

/** The text or number of a scalar, or undefined when variables keep it from being known. */
function textAt(value: Value): string | undefined {
  const scalar = asScalar(value);
  if (scalar === undefined || scalar.value === null) return undefined;
  if (typeof scalar.value !== "string") return String(scalar.value);
  const text: Text | undefined = readText(scalar, () => false);
  return text?.known === true ? text.text : undefined;
}
