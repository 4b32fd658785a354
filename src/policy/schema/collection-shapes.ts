import { isMap, isScalar, isSeq } from "yaml";
import { mismatch, type Shape, sourceOf } from "./shape.js";
import { spanOf } from "./yaml-text.js";

/** A list, in order, with at least `minimum` entries. */
export function list<T>(what: string, item: Shape<T>, minimum = 0): Shape<readonly T[]> {
  return {
    what,
    schema: { type: "array", items: item.schema, ...(minimum > 0 && { minItems: minimum }) },
    read(node, page) {
      if (!isSeq(node)) {
        const advice = isScalar(node) ? `write [${sourceOf(node)}]` : 'begin each entry with "- "';
        return mismatch(node, page, what, `; ${advice}`);
      }
      if (node.items.length < minimum) {
        page.report(spanOf(node), "the list is empty; write an entry, or remove the key");
      }
      const values: T[] = [];
      for (const entry of node.items) {
        const value = page.resolve(entry);
        if (!value) continue;
        if (isScalar(value) && value.value === null) {
          page.report(page.markerBefore(value), `the entry is empty; write ${item.what}, or remove it`);
          continue;
        }
        const read = item.read(value, page);
        if (read !== undefined) values.push(read);
      }
      return values;
    },
  };
}

/** One value, or a list of them. All must be readable: what is checked across them would go wrong with some left out. */
export function oneOrMore<T>(item: Shape<T>): Shape<readonly T[]> {
  const several = list(`${item.what} or a list of them`, item, 1);
  return {
    what: several.what,
    schema: { anyOf: [item.schema, several.schema] },
    read(node, page) {
      if (isSeq(node)) {
        const values = several.read(node, page);
        return values?.length === node.items.length ? values : undefined;
      }
      if (!isScalar(node)) return mismatch(node, page, several.what);
      const value = item.read(node, page);
      return value === undefined ? undefined : [value];
    },
  };
}

/** A short form in one scalar, or a map with all that can be said. */
export function shortOrLong<Short, Long>(short: Shape<Short>, long: Shape<Long>): Shape<Short | Long> {
  const what = `${short.what}, or ${long.what}`;
  return {
    what,
    schema: { anyOf: [short.schema, long.schema] },
    read(node, page) {
      if (isMap(node)) return long.read(node, page);
      return isScalar(node) ? short.read(node, page) : mismatch(node, page, what);
    },
  };
}
