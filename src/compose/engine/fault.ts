import type { PlaceholdersIn } from "../../kit/placeholders.js";
import type { Place } from "../../kit/source.js";
import type { KnownField, UnreadableField } from "../project/field.js";
import { hiddenVariables, showScalar } from "../read/shown.js";
import type { ScalarValue } from "../read/value.js";
import type { Engines } from "./releases.js";

/** What engines do about something that a file says. */
export interface Verdict {
  readonly effect: Effect;
  readonly phase: Phase;
  /** Those that do so. */
  readonly engines: Engines;
}

/** Something that engines refuse, or do not do as the file says. */
export interface EngineFault<Kind extends string = string> extends Verdict {
  readonly kind: Kind;
  /** The place to change. */
  readonly at: Place;
  /** What fills the words, beside what a report knows by itself. */
  readonly values: Readonly<Record<string, string>>;
  /** Those that hold the value which is wrong: neither the values nor the repairs give it away. */
  readonly variables?: readonly string[];
  /** Other texts for a field, the likeliest first. */
  readonly repairs: readonly Repair[];
}

/** `may fail`: it depends on what starts first. */
export type Effect = "refused" | "ignored" | "may fail";

/** When the network is created, or when a container starts. */
export type Phase = "create" | "start";

export interface Repair {
  readonly written: ScalarValue;
  /** The part of the text that is replaced. */
  readonly from: string;
  readonly to: string;
  /** Nothing else can have been meant. */
  readonly certain: boolean;
}

/** A kind of fault: the one place that says what engines do about it, and in which words. */
export interface Declaration {
  readonly effect: Effect;
  readonly phase: Phase;
  readonly says: Words;
  /** A clause for a table, where the fault leaves a network without addresses: it completes "the engine refuses it: ". */
  readonly short?: string;
}

export interface Words {
  readonly headline: string;
  readonly consequence?: string;
  readonly verdict?: string;
  readonly advice: string;
}

/** The words of each kind, as a rule has its messages. */
export function wordsOf<Kind extends string>(
  declarations: Readonly<Record<Kind, Declaration>>,
): Readonly<Record<Kind, Words>>;
export function wordsOf(declarations: Readonly<Record<string, Declaration>>): Readonly<Record<string, Words>> {
  return Object.fromEntries(Object.entries(declarations).map(([kind, { says }]) => [kind, says]));
}

/** What must be given for the words of a declaration, beside `Known`, which its reader knows. */
export type ValuesFor<Declared extends Declaration, Known extends string> = Readonly<
  Record<Exclude<PlaceholdersIn<Extract<Declared["says"][keyof Declared["says"]], string>>, Known>, string>
>;

/** A field that has a text, and what messages call it: `gateway`, `auxiliary address "router"`. */
export interface FieldInRole<Value = unknown> {
  readonly role: string;
  readonly field: KnownField<Value> | UnreadableField;
}

/** How a field is shown: its text, unless variables hold it. */
export function showField({ role, field }: FieldInRole): {
  readonly values: { readonly role: string; readonly text: string };
  readonly variables?: readonly string[];
} {
  const variables = hiddenVariables(field.written);
  return variables.length > 0
    ? { values: { role, text: showScalar(field.written) }, variables }
    : { values: { role, text: field.text } };
}

export function repair({ field: { written, text } }: FieldInRole, to: string, certain: boolean): Repair {
  return { written, from: text, to, certain };
}
