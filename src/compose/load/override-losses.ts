import { parseAddress, type Family } from "../../ipam/address.js";
import { parsePrefix } from "../../ipam/prefix.js";
import type { PoolMerge } from "./override.js";
import { showScalar } from "../read/shown.js";
import { readText } from "../read/scalar-text.js";
import { asMap, asScalar, child, type ScalarValue, type Value } from "../read/value.js";

/** What was written in one of two documents, and is not what Compose goes on with. */
export type PoolLoss =
  | {
      readonly kind: "pool";
      readonly pool: string;
      readonly of: Side;
      readonly family: Family | undefined;
    }
  | { readonly kind: "field"; readonly field: string; readonly text: string; readonly pool: string }
  /** It ends up in a pool that it was not written for. */
  | {
      readonly kind: "moved";
      readonly field: string;
      readonly text: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: "repeated"; readonly pool: string };

export type Side = "base" | "override";

interface Pool {
  /** Its subnet; for a pool without one the first thing that it says. */
  readonly name: string;
  readonly subnet: string | undefined;
  readonly family: Family | undefined;
  /** Everything but the subnet. Auxiliary addresses count one by one. */
  readonly fields: ReadonlyMap<string, ScalarValue>;
}

/**
 * What gets lost or mixed up when the pools of one document are laid over those of another.
 *
 * Another subnet of the same family is meant to replace one, and a pool with the same subnet to add to it: where that
 * is what comes out, nothing is lost. Where a variable leaves a subnet open, nothing can be told.
 */
export function poolLosses({ base, override, result }: PoolMerge): PoolLoss[] {
  const [before, over, after] = [base.items, override.value.items, result].map((items) => items.map(poolOf));
  if (!before || !over || !after || [...base.items, ...override.value.items].some(isOpen)) return [];
  return [
    ...unreplaced(before, over).map((pool): PoolLoss => ({
      kind: "pool",
      pool: pool.name,
      of: "base",
      family: pool.family,
    })),
    ...over
      .filter((pool) => !find(after, pool))
      .map((pool): PoolLoss => ({ kind: "pool", pool: pool.name, of: "override", family: pool.family })),
    ...before.filter((pool) => find(over, pool)).flatMap((pool) => lostFields(pool, after)),
    ...over.flatMap((pool) => lostFields(pool, after)),
    ...movedFields([...before, ...over], after),
    ...repeated(over, after),
  ];
}

/** Whether the later document says by itself all that the earlier one does, in other words or the same. */
export function saysItAll({ base, override }: PoolMerge): boolean {
  const [before, over] = [base.items.map(poolOf), override.value.items.map(poolOf)];
  return (
    over.length > 0 &&
    over.every(({ subnet }) => subnet) &&
    unreplaced(before, over).length === 0 &&
    before.every((pool) => [...pool.fields.keys()].every((field) => find(over, pool)?.fields.has(field) ?? true))
  );
}

/** Whether every pool of the later document could stand alone. */
export function isWhole({ override }: PoolMerge): boolean {
  return override.value.items.every((item) => poolOf(item).subnet);
}

function poolOf(value: Value): Pool {
  const fields = new Map<string, ScalarValue>();
  for (const [key, entry] of asMap(value)?.entries ?? []) {
    const scalar = asScalar(entry.value);
    if (scalar && scalar.value !== null) fields.set(key, scalar);
    for (const [host, { value: address }] of asMap(entry.value)?.entries ?? []) {
      if (address.kind === "scalar") fields.set(`auxiliary address ${host}`, address);
    }
  }
  const written = fields.get("subnet");
  const subnet = textOf(written) || undefined;
  const [[field, first] = ["", undefined]] = fields;
  fields.delete("subnet");
  return {
    name: subnet && written ? showScalar(written) : first ? `{ ${field}: ${showScalar(first)} }` : "{}",
    subnet,
    family: familyOf(subnet, fields),
    fields,
  };
}

function familyOf(subnet: string | undefined, fields: Pool["fields"]): Family | undefined {
  const prefix = parsePrefix(subnet ?? "");
  if (prefix.ok) return prefix.value.address.family;
  const gateway = parseAddress(textOf(fields.get("gateway")) ?? "");
  return gateway.ok ? gateway.value.family : undefined;
}

function isOpen(value: Value): boolean {
  const subnet = asScalar(child(value, "subnet"));
  return subnet !== undefined && readText(subnet)?.known !== true;
}

function textOf(scalar: ScalarValue | undefined): string | undefined {
  return scalar?.interpolation?.kind === "text" ? scalar.interpolation.text : scalar && String(scalar.value);
}

function find(pools: readonly Pool[], { subnet }: Pool): Pool | undefined {
  return pools.find((pool) => pool.subnet === subnet);
}

/** The pools of the base that have no counterpart: neither the same subnet nor a new one of their family. */
function unreplaced(base: readonly Pool[], override: readonly Pool[]): Pool[] {
  const fresh = override.filter((pool) => pool.subnet && !find(base, pool));
  return base.filter((pool) => {
    if (find(override, pool)) return false;
    const index = fresh.findIndex(({ family }) => !pool.family || !family || family === pool.family);
    if (index !== -1) fresh.splice(index, 1);
    return index === -1;
  });
}

/** Of a pool whose subnet is still there; another document's word for the same field is no loss. */
function lostFields(pool: Pool, result: readonly Pool[]): PoolLoss[] {
  const kept = result.filter(({ subnet }) => subnet === pool.subnet);
  if (kept.length === 0) return [];
  return [...pool.fields].flatMap(([field, scalar]): PoolLoss[] => {
    if (kept.some(({ fields }) => fields.has(field))) return [];
    return [{ kind: "field", field, text: showScalar(scalar), pool: pool.name }];
  });
}

function movedFields(written: readonly Pool[], result: readonly Pool[]): PoolLoss[] {
  return result.flatMap((pool) =>
    [...pool.fields].flatMap(([field, scalar]): PoolLoss[] => {
      const home = written.find(({ fields }) => fields.get(field) === scalar);
      if (!home || home.subnet === pool.subnet) return [];
      return [{ kind: "moved", field, text: showScalar(scalar), from: home.name, to: pool.name }];
    }),
  );
}

function repeated(override: readonly Pool[], result: readonly Pool[]): PoolLoss[] {
  const count = (pools: readonly Pool[], name: string): number => pools.filter((pool) => pool.name === name).length;
  const names = new Set(result.map(({ name }) => name));
  return [...names].flatMap((name): PoolLoss[] =>
    count(result, name) > Math.max(1, count(override, name)) ? [{ kind: "repeated", pool: name }] : [],
  );
}
