import { isScalar } from "yaml";
import type { Notation } from "./notation.js";
import { kindOf, mismatch, type Shape, sourceOf, type Written } from "./shape.js";
import { spanOf } from "./yaml-text.js";

/** A text in some notation. */
export function text<T>(notation: Notation<T>): Shape<Written<T>> {
  return {
    what: notation.what,
    schema: { type: "string", ...notation.schema },
    read(node, page) {
      if (!isScalar(node)) return mismatch(node, page, notation.what);
      const range = spanOf(node);
      if (typeof node.value !== "string") {
        page.report(range, `${sourceOf(node)} is ${kindOf(node)}, not text; write "${sourceOf(node)}"`);
        return undefined;
      }
      const result = notation.read(node.value);
      if (result.ok) return { value: result.value, written: node.value, range };
      page.report(range, result.fault);
      return undefined;
    },
  };
}

/** A whole number from `minimum` to `maximum`. */
export function wholeNumber(what: string, minimum: number, maximum: number): Shape<Written<number>> {
  return {
    what,
    schema: { type: "integer", minimum, maximum },
    read(node, page) {
      if (!isScalar(node)) return mismatch(node, page, what);
      const range = spanOf(node);
      const { value } = node;
      if (typeof value === "string" && /^\d+$/.test(value)) {
        page.report(range, `"${value}" is text, not a number; write ${Number(value)}`);
        return undefined;
      }
      if (typeof value !== "number") return mismatch(node, page, what);
      if (Number.isInteger(value) && value >= minimum && value <= maximum) {
        return { value, written: sourceOf(node), range };
      }
      page.report(range, `${sourceOf(node)}: ${what} is a whole number from ${minimum} to ${maximum}`);
      return undefined;
    },
  };
}

/** One of some releases. YAML takes 2.40 for a number, whose last digit only the text has. */
export function release<const Known extends string>(known: readonly Known[]): Shape<Written<Known>> {
  const what = `one of ${known.join(", ")}`;
  return {
    what,
    schema: { enum: [...known, ...known.map(Number)] },
    read(node, page) {
      if (!isScalar(node)) return mismatch(node, page, what);
      const written = typeof node.value === "string" ? node.value : sourceOf(node);
      const value = known.find((candidate) => candidate === written);
      return value === undefined ? mismatch(node, page, what) : { value, written, range: spanOf(node) };
    },
  };
}

/** The version of the format: the one number that is known. */
export function formatVersion(known: number): Shape<Written<number>> {
  const what = `the number ${known}`;
  return {
    what,
    schema: { enum: [known] },
    read(node, page) {
      if (!isScalar(node)) return mismatch(node, page, what);
      const range = spanOf(node);
      if (node.value === known) return { value: known, written: sourceOf(node), range };
      const advice = Number(node.value) === known ? `write ${known}` : `the only version known here is ${known}`;
      page.report(range, `version ${sourceOf(node)} is not known; ${advice}`);
      return undefined;
    },
  };
}
