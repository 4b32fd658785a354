import { formatAddress, isMappedIpv4, type Address, type Family } from "../../ipam/address.js";
import { addressOfPrefix, longerPrefix, meantPrefix } from "../../ipam/meant-prefix.js";
import {
  containsPrefix,
  formatPrefix,
  hasHostBits,
  isUnspecified,
  maskPrefix,
  rangeOf,
  type Prefix,
} from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import { placeOfNothing } from "../project/addressing.js";
import { valueOf, type Field } from "../project/field.js";
import { kindOfPool, type IpamPool } from "../project/ipam-pool.js";
import { hiddenVariables } from "../read/shown.js";
import { reservedRole } from "./allocation.js";
import { repair, type FieldInRole, type Verdict } from "./fault.js";
import { chosenGateway } from "./gateways.js";
import { faultAt, faultOfField, type NetworkFault } from "./network-fault.js";
import { since, until } from "./profile.js";
import { ALL_ENGINES, both, type Engines } from "./releases.js";

/** What a pool has to do with the rest of its network. */
export interface PoolContext {
  /** The engines that take addresses from the pools of a family; undefined when none does. */
  allocating(family: Family): Engines | undefined;
  /** Whether engines look into the pools of a family at all. */
  looksInto(family: Family): boolean;
  /** The engines that give the gateway of a family an address when nobody says which. */
  choosingGateway(family: Family): Engines;
  /** Addresses that must lie in the subnet: those of services. */
  readonly settled: readonly Address[];
}

/** A pool whose subnet the engine can work with. */
export interface SoundPool {
  readonly pool: IpamPool;
  readonly subnet: Prefix;
}

export interface PoolVerdict {
  readonly faults: readonly NetworkFault[];
  readonly sound: SoundPool | undefined;
}

const VALIDATING = since("validation");
const BEFORE_AUTOMATIC_SIZES = until("emptyMeansAutomatic");

/**
 * What becomes of a subnet that variables without a value leave empty, or make a text that is none.
 *
 * @param text What it comes to, where people may know that.
 */
export function verdictOnOpenSubnet(text: string | undefined): Verdict {
  return { effect: "refused", phase: "create", engines: text === "" ? BEFORE_AUTOMATIC_SIZES : ALL_ENGINES };
}

/** What engines refuse about one entry of `ipam.config` by itself. */
export function judgePool(pool: IpamPool, context: PoolContext): PoolVerdict {
  const nothing = (...faults: NetworkFault[]): PoolVerdict => ({ faults, sound: undefined });
  const { subnet } = pool;
  switch (subnet.kind) {
    case "unknown":
      return nothing();
    case "absent":
      return nothing(withoutSubnet(pool));
    case "unreadable":
      return nothing(malformed("malformedSubnet", { role: "subnet", field: subnet }, subnet.why.reason));
    case "known":
      break;
  }
  const prefix = maskPrefix(subnet.value);
  const { family } = prefix.address;
  if (!context.looksInto(family)) return nothing();
  const inRole: FieldInRole<Prefix> = { role: "subnet", field: subnet };
  if (isUnspecified(subnet.value)) {
    // Engine 29 reads it as a size; what it does with the rest of the entry is not known.
    if (family === 4 && prefix.length > 0) return nothing();
    const reason = "it starts at the unspecified address";
    return nothing(faultOfField("unusableSubnet", inRole, BEFORE_AUTOMATIC_SIZES, { reason }));
  }
  const faults = [
    ...hostBitsOf(inRole, subnet.value, pool, context),
    ...judgeRange(pool, prefix),
    ...addressesIn(pool).flatMap((address) => judgeAddress(address, prefix)),
    ...judgeAllocation(pool, prefix, context),
  ];
  return { faults, sound: { pool, subnet: prefix } };
}

/** The addresses that a pool says something about, the gateway first. */
export function addressesIn({ gateway, auxiliary }: IpamPool): FieldInRole<Address>[] {
  const inRole = (role: string, field: Field<Address>): FieldInRole<Address>[] =>
    field.kind === "known" || field.kind === "unreadable" ? [{ role, field }] : [];
  const hosts = [...auxiliary].flatMap(([host, field]) => inRole(`auxiliary address "${host}"`, field));
  return [...inRole("gateway", gateway), ...hosts];
}

function withoutSubnet(pool: IpamPool): NetworkFault {
  const { gateway, ipRange, auxiliary } = pool;
  if (kindOfPool(pool) === "empty") return faultAt("emptyPool", placeOfNothing(pool), BEFORE_AUTOMATIC_SIZES, {});
  const [first] = auxiliary.values();
  const asked = { gateway, ip_range: ipRange, aux_addresses: first };
  const [key = ""] = Object.entries(asked).find(([, field]) => field && field.kind !== "absent") ?? [];
  return faultAt("missingSubnet", pool.at, ALL_ENGINES, { key });
}

/** Two repairs are right, and nobody but the author knows which: those that keep every address inside are offered. */
function hostBitsOf(
  inRole: FieldInRole<Prefix>,
  written: Prefix,
  pool: IpamPool,
  context: PoolContext,
): NetworkFault[] {
  if (!hasHostBits(written)) return [];
  const inside = [...context.settled, ...addressesIn(pool).flatMap(({ field }) => valueOf(field) ?? [])];
  const holdsAll = (prefix: Prefix): boolean => inside.every((address) => rangeContains(rangeOf(prefix), address));
  const longer = longerPrefix(written);
  const candidates = [maskPrefix(written), ...(longer ? [longer] : [])];
  const holding = candidates.filter(holdsAll);
  const repairs = (holding.length > 0 ? holding : candidates).map((prefix) =>
    repair(inRole, formatPrefix(prefix), false),
  );
  return [faultOfField("hostBits", inRole, VALIDATING, {}, repairs)];
}

function judgeRange({ ipRange }: IpamPool, subnet: Prefix): NetworkFault[] {
  if (ipRange.kind === "absent" || ipRange.kind === "unknown") return [];
  const inRole: FieldInRole<Prefix> = { role: "ip_range", field: ipRange };
  if (ipRange.kind === "unreadable") return [malformed("malformedRange", inRole, ipRange.why.reason)];
  const prefix = ipRange.value;
  const values = { subnet: formatPrefix(subnet) };
  if (prefix.address.family !== subnet.address.family) return [faultOfField("otherFamily", inRole, VALIDATING, values)];
  if (prefix.length < subnet.length) return [faultOfField("rangeTooLarge", inRole, VALIDATING, values)];
  if (!containsPrefix(subnet, prefix)) return [faultOfField("outside", inRole, VALIDATING, values)];
  if (!hasHostBits(prefix)) return [];
  return [faultOfField("hostBits", inRole, VALIDATING, {}, [repair(inRole, formatPrefix(maskPrefix(prefix)), false)])];
}

function judgeAddress(inRole: FieldInRole<Address>, subnet: Prefix): NetworkFault[] {
  const values = { subnet: formatPrefix(subnet) };
  const { field } = inRole;
  if (field.kind === "unreadable") {
    if (hiddenVariables(field.written).length > 0) {
      return [faultOfField("malformedAddress", inRole, ALL_ENGINES, { reason: "" })];
    }
    const meant = addressOfPrefix(field.text);
    const reason = meant ? "an address has no prefix length" : field.why.reason;
    const repairs = meant ? [repair(inRole, formatAddress(meant), true)] : [];
    return [faultOfField("malformedAddress", inRole, ALL_ENGINES, { reason }, repairs)];
  }
  const { value: address } = field;
  if (address.family !== subnet.address.family) {
    // Older engines take an IPv4-mapped address for the IPv4 address in it.
    const engines = isMappedIpv4(address) ? VALIDATING : ALL_ENGINES;
    return [faultOfField("otherFamily", inRole, engines, values)];
  }
  return rangeContains(rangeOf(subnet), address) ? [] : [faultOfField("outside", inRole, ALL_ENGINES, values)];
}

/** The engine keeps some addresses to itself, then takes one for the gateway, then the auxiliary ones. */
function judgeAllocation(pool: IpamPool, subnet: Prefix, context: PoolContext): NetworkFault[] {
  const { family } = subnet.address;
  const engines = context.allocating(family);
  if (engines === undefined) return [];
  const whole = formatPrefix(subnet);
  const holders = new Map<bigint, { readonly holder: string; readonly engines: Engines }>();
  const faults: NetworkFault[] = [];
  const choosing = pool.gateway.kind === "absent" ? both(engines, context.choosingGateway(family)) : undefined;
  if (choosing) {
    const chosen = chosenGateway(pool, subnet);
    const range = pool.ipRange.kind === "known" ? pool.ipRange.text : whole;
    const holder = `the gateway, which is the first free address of ${range} unless the file says another`;
    if (chosen === "none") faults.push(faultAt("noRoom", pool.at, choosing, { subnet: whole }));
    else if (chosen) holders.set(chosen.value, { holder, engines: choosing });
  }
  const taking = addressesIn(pool);
  const take = (inRole: FieldInRole<Address>): void => {
    const address = valueOf(inRole.field);
    if (!address || !rangeContains(rangeOf(subnet), address)) return;
    const reserved = reservedRole(subnet, address);
    const held = holders.get(address.value);
    if (reserved !== undefined) faults.push(faultOfField("reserved", inRole, engines, { reserved, subnet: whole }));
    else if (held) faults.push(faultOfField("taken", inRole, held.engines, { holder: held.holder }));
    else holders.set(address.value, { holder: `the ${inRole.role}`, engines });
  };
  for (const inRole of taking.filter(({ field }) => field === pool.gateway)) take(inRole);
  const isSmall = family === 4 && subnet.length > 30;
  if (isSmall && faults.length === 0) faults.push(faultAt("noRoom", pool.at, until("smallPools"), { subnet: whole }));
  for (const inRole of taking.filter(({ field }) => field !== pool.gateway)) take(inRole);
  return faults;
}

function malformed(
  kind: "malformedSubnet" | "malformedRange",
  inRole: FieldInRole<Prefix>,
  reason: string,
): NetworkFault {
  const { written, text } = inRole.field;
  if (hiddenVariables(written).length > 0) return faultOfField(kind, inRole, ALL_ENGINES, { reason: "" });
  const meant = meantPrefix(text);
  // How large a part of the subnet is meant, nobody can guess.
  const isGuess = kind === "malformedRange" && meant?.certain === false;
  const repairs = meant && !isGuess ? [repair(inRole, meant.text, meant.certain)] : [];
  return faultOfField(kind, inRole, ALL_ENGINES, { reason }, repairs);
}
