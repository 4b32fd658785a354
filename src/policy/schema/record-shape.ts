import { isMap, isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { nearest } from "../../kit/nearest.js";
import { type JsonSchema, mismatch, type Shape } from "./shape.js";
import { locationOf, type Span } from "../source-text.js";
import { type Page, spanOf } from "./yaml-text.js";

/** One key of a record. A required key has an example: the fault about a missing one shows the first. */
interface Key<T> {
  readonly shape: Shape<T>;
  readonly description: string;
  readonly required?: boolean;
  readonly examples?: readonly unknown[];
}

type Keys = Readonly<Record<string, Key<unknown>>>;

/** What a record holds. A required key may be absent as well: then a fault was reported. */
export type Fields<K> = { readonly [Name in keyof K]?: K[Name] extends Key<infer T> ? T : never };

/** A map with these keys and no others. Of the keys in `oneOf`, if there are any, it has exactly one. */
export function record<const K extends Keys>(
  what: string,
  keys: K,
  oneOf: readonly (keyof K & string)[] = [],
): Shape<Fields<K>> {
  return {
    what,
    schema: recordSchema(keys, oneOf),
    read(node, page) {
      if (!isMap(node)) return mismatch(node, page, what);
      const entries = distinctEntries(node, page);
      const meant = reportUnknownKeys(keys, entries, page);
      const has = (name: string): boolean => entries.has(name) || meant.has(name);
      reportMissingKeys(keys, oneOf, has, firstPlace(node, entries), page);
      reportRivals(oneOf, entries, page);

      const fields: Record<string, unknown> = {};
      for (const [name, entry] of entries) {
        const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
        const value = key && readEntry(name, key.shape, entry, page);
        if (value !== undefined) fields[name] = value;
      }
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- Each field was read by the shape of its own key, which the type of a growing object can't say.
      return fields as Fields<K>;
    },
  };
}

/** A map with any keys, in the order of the file. */
export function dictionary<T>(what: string, shape: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return {
    what,
    schema: { type: "object", additionalProperties: shape.schema },
    read(node, page) {
      if (!isMap(node)) return mismatch(node, page, what);
      const values = new Map<string, T>();
      for (const [name, entry] of distinctEntries(node, page)) {
        const value = readEntry(name, shape, entry, page);
        if (value !== undefined) values.set(name, value);
      }
      return values;
    },
  };
}

export interface Entry {
  readonly key: Span;
  readonly value: unknown;
}

/** The pairs of a map by their keys. One that is there twice is a fault, and the first one counts. */
export function distinctEntries(map: YAMLMap, page: Page): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const pair of map.items) {
    const [name, key] = keyOf(pair, page);
    const first = entries.get(name);
    if (first) {
      const { line } = locationOf(page.source, first.key);
      page.report(key, `the key "${name}" stands twice here, first on line ${line}`);
    } else {
      entries.set(name, { key, value: pair.value });
    }
  }
  return entries;
}

function keyOf({ key }: Pair, page: Page): [name: string, range: Span] {
  const node = page.resolve(key);
  return node && isScalar(node) ? [String(node.value), spanOf(node)] : ["", [0, 0]];
}

/** Answers the known keys that were most likely meant, so that they are not reported as missing too. */
function reportUnknownKeys(keys: Keys, entries: ReadonlyMap<string, Entry>, page: Page): ReadonlySet<string> {
  const meant = new Set<string>();
  for (const [name, { key }] of entries) {
    if (Object.hasOwn(keys, name)) continue;
    const near = nearest(
      name,
      Object.keys(keys).filter((known) => !entries.has(known) && !meant.has(known)),
    );
    if (near !== undefined) meant.add(near);
    const advice = near === undefined ? `the keys here are ${Object.keys(keys).join(", ")}` : `did you mean "${near}"?`;
    page.report(key, `unknown key "${name}"; ${advice}`);
  }
  return meant;
}

function reportMissingKeys(
  keys: Keys,
  oneOf: readonly string[],
  has: (name: string) => boolean,
  place: Span,
  page: Page,
): void {
  for (const [name, { required, examples }] of Object.entries(keys)) {
    if (required !== true || has(name)) continue;
    page.report(place, `missing key "${name}", as in ${name}: ${JSON.stringify(examples?.[0])}`);
  }
  if (oneOf.length > 0 && !oneOf.some(has)) {
    page.report(place, `missing key ${oneOf.map((name) => `"${name}"`).join(" or ")}`);
  }
}

function reportRivals(oneOf: readonly string[], entries: ReadonlyMap<string, Entry>, page: Page): void {
  const [first, ...others] = oneOf.filter((name) => entries.has(name));
  for (const other of others) {
    const entry = entries.get(other);
    if (entry) page.report(entry.key, `"${other}" next to "${first}": write two entries, one for each`);
  }
}

function readEntry<T>(name: string, shape: Shape<T>, { key, value }: Entry, page: Page): T | undefined {
  const node = page.resolve(value);
  const isMissing = value === null || (node !== undefined && isScalar(node) && node.value === null);
  if (isMissing) page.report(key, `the key "${name}" has no value; write ${shape.what}, or remove the key`);
  return node && !isMissing ? shape.read(node, page) : undefined;
}

/** Something missing has no place of its own; the first key stands for the map that lacks it. */
function firstPlace(map: Node, entries: ReadonlyMap<string, Entry>): Span {
  const [first] = entries.values();
  return first?.key ?? spanOf(map);
}

function recordSchema(keys: Keys, oneOf: readonly string[]): JsonSchema {
  const entries = Object.entries(keys);
  const required = entries.filter(([, key]) => key.required === true).map(([name]) => name);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(oneOf.length > 0 && { oneOf: oneOf.map((name) => ({ required: [name] })) }),
    properties: Object.fromEntries(
      entries.map(([name, { shape, description, examples }]) => [
        name,
        { description, ...shape.schema, ...(examples && { examples }) },
      ]),
    ),
  };
}
