import { isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import { firstLineOf, type Span } from "../source-text.js";
import { type Page, spanOf } from "./yaml-text.js";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** One kind of value in a policy file: what a JSON Schema says about it, and how it is read with our own messages. */
export interface Shape<T> {
  /** With its article, for "expected …". */
  readonly what: string;
  readonly schema: JsonSchema;
  /** Undefined after at least one fault was reported. Parts that can't be read are left out. */
  readonly read: (node: Node, page: Page) => T | undefined;
}

/** What a shape reads. */
export type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** A value together with its notation and its place. */
export interface Written<T> {
  readonly value: T;
  readonly written: string;
  readonly range: Span;
}

/** The same, but nothing where any part is faulty: half of it would say something else. */
export function whole<T>(shape: Shape<T>): Shape<T> {
  return {
    ...shape,
    read(node, page) {
      const before = page.reports();
      const value = shape.read(node, page);
      return page.reports() === before ? value : undefined;
    },
  };
}

const LONGEST_QUOTE = 60;

/** Reports a value of the wrong kind, and answers undefined for it. */
export function mismatch(node: Node, page: Page, what: string, advice = ""): undefined {
  const source = isScalar(node) ? sourceOf(node) : "";
  const isQuotable = source !== "" && source.length <= LONGEST_QUOTE && !source.includes("\n");
  const found = isQuotable ? `${source}, which is ${kindOf(node)}` : kindOf(node);
  page.report(firstLineOf(page.source, spanOf(node)), `expected ${what}, found ${found}${advice}`);
}

/** A scalar as the file has it: `0x10` for the number 16. */
export function sourceOf(node: Scalar): string {
  return typeof node.value === "string" ? `"${node.value}"` : (node.source ?? String(node.value));
}

export function kindOf(node: Node): string {
  if (isMap(node)) return "a map";
  if (isSeq(node)) return "a list";
  if (!isScalar(node) || node.value === null) return "no value";
  if (typeof node.value === "string") return "text";
  return typeof node.value === "number" ? "a number" : "a boolean";
}
