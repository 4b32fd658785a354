import { formatAddress, parseAddress, type Address, type Family } from "../../ipam/address.js";
import {
  containsPrefix,
  formatPrefix,
  hasHostBits,
  isUnspecified,
  maskPrefix,
  parsePrefix,
  rangeOf,
  type Prefix,
} from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import { hiddenVariables, showScalar } from "../read/shown.js";
import { defaultGateway, reservedRole } from "./allocation.js";
import type { EngineFault, FaultKind, Repair } from "./fault.js";
import { longerPrefix, meantPrefix } from "./meant-prefix.js";
import { isField, type Field, type PoolRequest } from "./pool-request.js";
import { ALL_ENGINES, type Engines } from "./releases.js";

/** What a pool has to do with the rest of its network. */
export interface PoolContext {
  /** The engines that take addresses from the pools of a family; undefined when none does. */
  allocating(family: Family): Engines | undefined;
  /** Whether engines look into the pools of a family at all. */
  looksInto(family: Family): boolean;
  /** The engines that give the gateway an address when nobody says which. */
  readonly choosingGateway: Engines;
  /** Addresses that must lie in the subnet: those of services. */
  readonly settled: readonly Address[];
}

/** A pool whose subnet the engine can work with. */
export interface SoundPool {
  readonly request: PoolRequest;
  readonly subnet: Prefix;
}

export interface PoolVerdict {
  readonly faults: readonly EngineFault[];
  readonly sound: SoundPool | undefined;
}

const VALIDATING: Engines = { from: "25" };
const BEFORE_AUTOMATIC_SIZES: Engines = { before: "29" };

/** What engines refuse about one entry of `ipam.config` by itself. */
export function judgePool(request: PoolRequest, context: PoolContext): PoolVerdict {
  const nothing = (...faults: EngineFault[]): PoolVerdict => ({ faults, sound: undefined });
  const { subnet } = request;
  if (subnet === "unknown") return nothing();
  if (subnet === "absent") return nothing(withoutSubnet(request));
  const parsed = parsePrefix(subnet.text);
  if (!parsed.ok) return nothing(malformed("malformedSubnet", subnet, parsed.fault.reason, ALL_ENGINES));
  const prefix = maskPrefix(parsed.value);
  const { family } = prefix.address;
  if (!context.looksInto(family)) return nothing();
  if (isUnspecified(parsed.value)) {
    // Engine 29 reads it as a size; what it does with the rest of the entry is not known.
    const taken = family === 4 && prefix.length > 0;
    return nothing(
      ...(taken
        ? []
        : [
            fault("unusableSubnet", subnet, BEFORE_AUTOMATIC_SIZES, {
              reason: "it begins at the address that stands for none",
            }),
          ]),
    );
  }
  const faults = [
    ...hostBitsOf(subnet, parsed.value, request, context),
    ...judgeRange(request, prefix),
    ...[request.gateway, ...request.auxiliary].filter(isField).flatMap((field) => judgeAddress(field, prefix)),
    ...judgeAllocation(request, prefix, context),
  ];
  return { faults, sound: { request, subnet: prefix } };
}

function withoutSubnet({ range, gateway, auxiliary, place, pool }: PoolRequest): EngineFault {
  const asked = { gateway, ip_range: range, aux_addresses: auxiliary[0] ?? "absent" };
  const [key] = Object.entries(asked).find(([, reading]) => reading !== "absent") ?? [];
  if (key !== undefined) return { kind: "missingSubnet", place, engines: ALL_ENGINES, values: { key }, repairs: [] };
  const at = pool.subnet.kind === "empty" ? pool.subnet.place : place;
  return { kind: "emptyPool", place: at, engines: BEFORE_AUTOMATIC_SIZES, values: {}, repairs: [] };
}

/** Two repairs are right, and nobody but the author knows which: those that keep every address inside are offered. */
function hostBitsOf(subnet: Field, written: Prefix, request: PoolRequest, context: PoolContext): EngineFault[] {
  if (!hasHostBits(written)) return [];
  const fields = [request.gateway, ...request.auxiliary].filter(isField).map(({ text }) => parseAddress(text));
  const inside = [...context.settled, ...fields.flatMap((address) => (address.ok ? [address.value] : []))];
  const holdsAll = (prefix: Prefix): boolean => inside.every((address) => rangeContains(rangeOf(prefix), address));
  const longer = longerPrefix(written);
  const masked = maskPrefix(written);
  const candidates = [masked, ...(longer ? [longer] : [])];
  const holding = candidates.filter(holdsAll);
  const repairs = (holding.length > 0 ? holding : candidates).map((prefix) =>
    repair(subnet, formatPrefix(prefix), false),
  );
  return [fault("hostBits", subnet, VALIDATING, { masked: formatPrefix(masked) }, repairs)];
}

function judgeRange({ range }: PoolRequest, subnet: Prefix): EngineFault[] {
  if (!isField(range)) return [];
  const parsed = parsePrefix(range.text);
  if (!parsed.ok) return [malformed("malformedRange", range, parsed.fault.reason, ALL_ENGINES)];
  const prefix = parsed.value;
  const values = { subnet: formatPrefix(subnet) };
  if (prefix.address.family !== subnet.address.family) return [fault("otherFamily", range, VALIDATING, values)];
  if (prefix.length < subnet.length) return [fault("rangeTooLarge", range, VALIDATING, values)];
  if (!containsPrefix(subnet, prefix)) return [fault("outside", range, VALIDATING, values)];
  if (!hasHostBits(prefix)) return [];
  const masked = formatPrefix(maskPrefix(prefix));
  return [fault("hostBits", range, VALIDATING, { masked }, [repair(range, masked, false)])];
}

function judgeAddress(field: Field, subnet: Prefix): EngineFault[] {
  const values = { subnet: formatPrefix(subnet) };
  const address = parseAddress(field.text);
  if (!address.ok && hiddenVariables(field.written).length > 0) {
    return [fault("malformedAddress", field, ALL_ENGINES, {})];
  }
  if (!address.ok) {
    const withLength = parsePrefix(field.text);
    const repairs = withLength.ok ? [repair(field, formatAddress(withLength.value.address), true)] : [];
    const reason = withLength.ok ? "an address has no prefix length" : address.fault.reason;
    return [fault("malformedAddress", field, ALL_ENGINES, { reason }, repairs)];
  }
  if (address.value.family !== subnet.address.family) {
    // Older engines take an IPv4-mapped address for the IPv4 address in it.
    const mapped = address.value.value >> 32n === 0xffffn;
    return [fault("otherFamily", field, mapped ? VALIDATING : ALL_ENGINES, values)];
  }
  return rangeContains(rangeOf(subnet), address.value) ? [] : [fault("outside", field, ALL_ENGINES, values)];
}

/** The engine keeps some addresses to itself, then takes one for the gateway, then the auxiliary ones. */
function judgeAllocation(request: PoolRequest, subnet: Prefix, context: PoolContext): EngineFault[] {
  const engines = context.allocating(subnet.address.family);
  if (engines === undefined) return [];
  const holders = new Map<bigint, { holder: string; engines: Engines }>();
  const faults: EngineFault[] = [];
  const take = (field: Field): void => {
    const address = parseAddress(field.text);
    if (!address.ok || !rangeContains(rangeOf(subnet), address.value)) return;
    const role = reservedRole(subnet, address.value);
    const held = holders.get(address.value.value);
    if (role !== undefined) {
      faults.push(fault("reserved", field, engines, { reserved: role, subnet: formatPrefix(subnet) }));
    } else if (held) faults.push(fault("taken", field, held.engines, { holder: held.holder }));
    else holders.set(address.value.value, { holder: `the ${field.role}`, engines });
  };
  if (isField(request.gateway)) take(request.gateway);
  else if (request.gateway === "absent") {
    const chosen = chosenGateway({ request, subnet });
    const choosing = { ...engines, ...context.choosingGateway };
    if (chosen === "none") {
      faults.push({
        kind: "noRoom",
        place: request.place,
        engines: choosing,
        values: { subnet: formatPrefix(subnet) },
        repairs: [],
      });
    } else if (chosen) {
      const range = isField(request.range) ? request.range.text : formatPrefix(subnet);
      const holder = `the gateway, which is the first free address of ${range} unless the file says another`;
      holders.set(chosen.value, { holder, engines: choosing });
    }
  }
  const small = subnet.address.family === 4 && subnet.length > 30;
  if (small && faults.length === 0) {
    faults.push({
      kind: "noRoom",
      place: request.place,
      engines: { before: "23" },
      values: { subnet: formatPrefix(subnet) },
      repairs: [],
    });
  }
  for (const field of request.auxiliary) if (isField(field)) take(field);
  return faults;
}

/** @returns undefined when it can't be told: the range is none, or depends on whoever runs the file. */
export function chosenGateway({ request: { range }, subnet }: SoundPool): Address | "none" | undefined {
  if (range === "unknown") return undefined;
  if (range === "absent") return defaultGateway(subnet, rangeOf(subnet)) ?? "none";
  const parsed = parsePrefix(range.text);
  const sound = parsed.ok && containsPrefix(subnet, parsed.value) && !hasHostBits(parsed.value);
  return sound ? (defaultGateway(subnet, rangeOf(parsed.value)) ?? "none") : undefined;
}

function malformed(kind: FaultKind, field: Field, reason: string, engines: Engines): EngineFault {
  if (hiddenVariables(field.written).length > 0) return fault(kind, field, engines, {});
  const meant = meantPrefix(field.text);
  // How large a part of the subnet is meant, nobody can guess.
  const isGuess = kind === "malformedRange" && meant?.certain === false;
  return fault(kind, field, engines, { reason }, meant && !isGuess ? [repair(field, meant.text, meant.certain)] : []);
}

function repair({ written, text }: Field, to: string, certain: boolean): Repair {
  return { written, from: text, to, certain };
}

export function fault(
  kind: FaultKind,
  { role, text, written }: Field,
  engines: Engines,
  values: Readonly<Record<string, string>>,
  repairs: readonly Repair[] = [],
): EngineFault {
  const variables = hiddenVariables(written);
  const shown = variables.length > 0 ? showScalar(written) : text;
  return {
    kind,
    place: written.place,
    engines,
    values: { role, text: shown, ...values },
    ...(variables.length > 0 && { variables }),
    repairs,
  };
}
