import type { Result } from "../../kit/result.js";
import type { Place } from "../../kit/source.js";
import { readText, type Text, type Unknown } from "../read/scalar-text.js";
import { looksLikeTemplate } from "../read/template.js";
import { asScalar, type ScalarValue, type Value } from "../read/value.js";

/** Why a text is not what its field takes: a clause. */
export interface ParseFault {
  readonly reason: string;
}

/**
 * A field of a definition, after variables and merging: parsed here, once, and nowhere above.
 *
 * It is known whenever it parses. Who refuses it, and in which release, is known to `compose/engine` alone.
 */
export type Field<T> = AbsentField | UnknownField | UnreadableField | KnownField<T>;

/** Also a text that is empty, where Compose leaves such a field out. */
export interface AbsentField {
  readonly kind: "absent";
  /** Of the empty text. */
  readonly at?: Place;
  /** Set where variables without a value leave the text empty: whoever runs the file may set them. */
  readonly isOpen?: true;
}

export interface UnknownField {
  readonly kind: "unknown";
  readonly because: Unknown;
  readonly at: Place;
  readonly written: Value;
}

export interface UnreadableField extends WrittenText {
  readonly kind: "unreadable";
  readonly why: ParseFault;
}

export interface KnownField<T> extends WrittenText {
  readonly kind: "known";
  readonly value: T;
}

interface WrittenText {
  /** With variables resolved: people see `showText` of it instead. */
  readonly text: string;
  readonly at: Place;
  /** For edits, and for what may be shown. */
  readonly written: ScalarValue;
}

export type Parse<T> = (text: string) => Result<T, ParseFault>;

export const ABSENT: AbsentField = { kind: "absent" };

/**
 * Reads a field that is a text. A value that is not one counts as absent: Compose refuses the file for it.
 *
 * A text that depends on an unset variable and does not parse is unknown: whoever runs the file may set the variable.
 *
 * @param empty What an empty text stands for.
 */
export function readField<T>(
  value: Value | undefined,
  parse: Parse<T>,
  empty: "absent" | "a text" = "absent",
): Field<T> {
  const scalar = asScalar(value);
  const text = scalar && readText(scalar, (candidate) => parse(candidate).ok);
  return text ? fieldOf(text, parse, empty) : ABSENT;
}

export function fieldOf<T>(text: Text | undefined, parse: Parse<T>, empty: "absent" | "a text" = "absent"): Field<T> {
  if (text === undefined) return ABSENT;
  const { written } = text;
  const at = written.place;
  if (!text.known) return { kind: "unknown", because: text.because, at, written };
  if (text.text === "" && empty === "absent") {
    return unsetIn(written).length > 0 ? { kind: "absent", at, isOpen: true } : { kind: "absent", at };
  }
  const parsed = parse(text.text);
  if (!parsed.ok && looksLikeTemplate(text.text))
    return { kind: "unknown", because: { reason: "template" }, at, written };
  return parsed.ok
    ? { kind: "known", value: parsed.value, text: text.text, at, written }
    : { kind: "unreadable", why: parsed.fault, text: text.text, at, written };
}

/** Variables without a value: the shell may set them. */
export function unsetIn({ interpolation }: ScalarValue): readonly string[] {
  return interpolation?.kind === "text" ? interpolation.unset : [];
}

/** Any text will do. */
export function asText(text: string): Result<string, never> {
  return { ok: true, value: text };
}

export function valueOf<T>(field: Field<T>): T | undefined {
  return field.kind === "known" ? field.value : undefined;
}

/** Variables whose default makes a text: a host may use another value. */
export function defaultsIn({ interpolation }: ScalarValue): readonly string[] {
  return interpolation?.kind === "text" ? interpolation.defaulted : [];
}
