import { recordsIn, textAt, type JsonRecord } from "../../import/json-values.js";
import { parseAddress, type Address, type Family } from "../../ipam/address.js";
import { bitsOf, maskPrefix, parsePrefix, type Prefix } from "../../ipam/prefix.js";
import { PLAIN_RULE } from "../routes.js";
import { ROUTE_TYPES, type Hop, type InterfaceAddress, type Route, type Rule, type RuleAction } from "../snapshot.js";

/** `ip -j -4 route show table all`, and the same with `-6`. Entries of the cache are no routes. */
export function routesFromIp(json: unknown, family: Family): Route[] {
  return recordsIn(json).flatMap((entry) => routeFrom(entry, family) ?? []);
}

function routeFrom(entry: JsonRecord, family: Family): Route | undefined {
  const to = prefixFrom(textAt(entry, "dst"), family);
  const written = textAt(entry, "type") ?? "unicast";
  const type = ROUTE_TYPES.find((known) => known === written);
  if (!to || !type || flagsOf(entry).includes("cloned")) return undefined;
  const { metric } = entry;
  const hops = recordsIn(entry["nexthops"]);
  return {
    to,
    type,
    table: nameAt(entry, "table") ?? "main",
    metric: typeof metric === "number" ? metric : 0,
    // IPv6 has no scopes: there a route without a gateway is one.
    isOnLink:
      family === 4 ? textAt(entry, "scope") === "link" : textAt(entry, "gateway") === undefined && hops.length === 0,
    typeOfService: nameAt(entry, "tos"),
    from: prefixFrom(textAt(entry, "from"), family),
    source: addressFrom(textAt(entry, "prefsrc")),
    hops: (hops.length > 0 ? hops : [entry]).flatMap((hop) => hopFrom(hop) ?? []),
  };
}

function hopFrom(entry: JsonRecord): Hop | undefined {
  const device = textAt(entry, "dev");
  // An IPv4 route by way of an IPv6 neighbour says `via` with both.
  const gateway = addressFrom(textAt(entry, "gateway") ?? textAt(entry, "via", "host"));
  if (device === undefined && gateway === undefined) return undefined;
  return { device, gateway, isDead: flagsOf(entry).includes("dead") };
}

/** `ip -j -4 rule`, and the same with `-6`. */
export function rulesFromIp(json: unknown, family: Family): Rule[] {
  return recordsIn(json).flatMap((entry) => ruleFrom(entry, family) ?? []);
}

/** Conditions on more than addresses and interfaces. */
const OTHER_CONDITIONS = [
  "tos",
  "dsfield",
  "ipproto",
  "sport",
  "dport",
  "tun_id",
  "uid_start",
  "uidrange",
  "l3mdev",
  "flowlabel",
];

function ruleFrom(entry: JsonRecord, family: Family): Rule | undefined {
  const { priority } = entry;
  const action = actionOf(entry);
  if (typeof priority !== "number" || !action) return undefined;
  const suppressed = entry["suppress_prefixlen"] ?? entry["suppress_prefixlength"];
  return {
    ...PLAIN_RULE,
    family,
    priority,
    isInverted: "not" in entry,
    from: selectorOf(entry, "src", "srclen", family),
    to: selectorOf(entry, "dst", "dstlen", family),
    mark: markOf(entry),
    incoming: textAt(entry, "iif"),
    outgoing: textAt(entry, "oif"),
    others: OTHER_CONDITIONS.filter((name) => name in entry),
    action,
    suppressedLength: typeof suppressed === "number" && suppressed >= 0 ? suppressed : undefined,
  };
}

function actionOf(entry: JsonRecord): RuleAction | undefined {
  const target = entry["goto"];
  if (target !== undefined) {
    const priority = Number(target);
    return Number.isInteger(priority) ? { kind: "goto", priority } : { kind: "nop" };
  }
  if ("nop" in entry) return { kind: "nop" };
  const refusal = (["blackhole", "unreachable", "prohibit"] as const).find(
    (kind) => kind in entry || entry["action"] === kind,
  );
  if (refusal) return { kind: refusal };
  const table = nameAt(entry, "table");
  return table === undefined ? undefined : { kind: "table", table };
}

function selectorOf(entry: JsonRecord, address: string, length: string, family: Family): Prefix | undefined {
  const written = textAt(entry, address);
  if (written === undefined || written === "all") return undefined;
  const own = entry[length];
  return prefixFrom(typeof own === "number" ? `${written}/${own}` : written, family);
}

function markOf(entry: JsonRecord): Rule["mark"] {
  const [value, mask] = [entry["fwmark"], entry["fwmask"]].map((written) =>
    written === undefined ? undefined : Number(written),
  );
  if (value === undefined || Number.isNaN(value)) return undefined;
  return { value, mask: mask === undefined || Number.isNaN(mask) ? 0xffff_ffff : mask };
}

/** `ip -j addr`. */
export function addressesFromIp(json: unknown): InterfaceAddress[] {
  return recordsIn(json).flatMap((link) => {
    const device = textAt(link, "ifname");
    if (device === undefined) return [];
    return recordsIn(link["addr_info"]).flatMap((entry): InterfaceAddress[] => {
      const { prefixlen } = entry;
      const address = parseAddress(textAt(entry, "local") ?? "");
      if (!address.ok || typeof prefixlen !== "number" || prefixlen > bitsOf(address.value.family)) return [];
      return [{ device, address: { address: address.value, length: prefixlen }, isUp: flagsOf(link).includes("UP") }];
    });
  });
}

function flagsOf(entry: JsonRecord): readonly unknown[] {
  const { flags } = entry;
  return Array.isArray(flags) ? flags : [];
}

/** Names of tables that `/etc/iproute2` does not know are numbers, which older releases write as numbers. */
function nameAt(entry: JsonRecord, key: string): string | undefined {
  const value = entry[key];
  return typeof value === "number" ? String(value) : textAt(entry, key);
}

/** @returns a prefix without host bits: `default` is all addresses, and an address is a host. */
function prefixFrom(written: string | undefined, family: Family): Prefix | undefined {
  if (written === undefined) return undefined;
  if (written === "default" || written === "all") return { address: { family, value: 0n }, length: 0 };
  const prefix = parsePrefix(written.includes("/") ? written : `${written}/${bitsOf(family)}`);
  return prefix.ok ? maskPrefix(prefix.value) : undefined;
}

function addressFrom(written: string | undefined): Address | undefined {
  const address = written === undefined ? undefined : parseAddress(written);
  return address?.ok === true ? address.value : undefined;
}
