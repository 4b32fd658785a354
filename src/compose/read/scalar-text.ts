import type { Place } from "../../kit/source.js";
import type { ScalarValue, Value } from "./value.js";

/** Why something about a project can't be told from its files. Never a guess, always a reason to print. */
export type Unknown =
  | { readonly reason: "unset variable"; readonly names: readonly string[] }
  | { readonly reason: "required variable"; readonly name: string }
  /** @param names Of variables that a file may set which could not be read. */
  | { readonly reason: "unread variable"; readonly names: readonly string[] }
  /** A file that the project is started with could not be read. */
  | { readonly reason: "unread file" }
  /** Another program puts the text in. */
  | { readonly reason: "template" }
  | { readonly reason: "plugin"; readonly driver: string }
  | { readonly reason: "include"; readonly place: Place }
  | { readonly reason: "extends"; readonly place: Place }
  | { readonly reason: "fragment"; readonly clue: string }
  | { readonly reason: "refused"; readonly refusal: Refusal };

export function describeUnknown(unknown: Unknown): string {
  switch (unknown.reason) {
    case "unset variable":
      return `${unknown.names.map((name) => `$${name}`).join(", ")} has no value here and no default`;
    case "required variable":
      return `$${unknown.name} must be set where Compose runs`;
    case "unread variable":
      return `${unknown.names.map((name) => `$${name}`).join(", ")} may be set in a file that is not read`;
    case "unread file":
      return "a file of the project is not read";
    case "template":
      return "it looks like a template";
    case "plugin":
      return `the plugin "${unknown.driver}" decides`;
    case "include":
      return "an included file is not read";
    case "extends":
      return "an extended service is not read";
    case "fragment":
      return `the file is a part of a project (${unknown.clue})`;
    case "refused":
      return "Compose refuses it";
  }
}

/** A text after Compose has put in the variables. */
export type Text = KnownText | UnknownText;

export interface KnownText {
  readonly known: true;
  readonly text: string;
  readonly written: ScalarValue;
  /** Variables whose default was taken: a host may use another value. */
  readonly defaulted: readonly string[];
}

export interface UnknownText {
  readonly known: false;
  readonly because: Unknown;
  readonly written: ScalarValue;
}

/** What Compose or `docker stack` refuses while it reads the files. What the engine refuses, `compose/engine` knows. */
export interface Refusal {
  readonly by: "compose" | "stack";
  /** In the words of whoever refuses, without the file's name. */
  readonly message: string;
  readonly place: Place;
  /** What people see in place of a message with the value of a variable in it, and the variables. */
  readonly shown?: ShownRefusal;
  /** Set for a key that is none: those that may stand in its place. */
  readonly knownKeys?: ReadonlySet<string>;
}

/** Where the check goes no further than somebody may have written, and why. */
export interface Limit {
  readonly message: string;
  /** A whole sentence. */
  readonly advice: string;
  readonly place: Place;
}

export interface ShownRefusal {
  readonly message: string;
  readonly variables: readonly string[];
}

/**
 * The text of a scalar with its variables replaced, or undefined when the template is malformed or the scalar no
 * string.
 *
 * @param usable Says whether a text makes sense. One that depends on an unset variable and makes none is unknown
 * rather than wrong: whoever runs the file may set the variable.
 */
export function readText(value: ScalarValue, usable: (text: string) => boolean = isFilled): Text | undefined {
  if (typeof value.value !== "string") return undefined;
  const { interpolation } = value;
  switch (interpolation?.kind) {
    case undefined:
      return { known: true, text: value.value, written: value, defaulted: [] };
    case "malformed":
      return undefined;
    case "required":
      return { known: false, because: { reason: "required variable", name: interpolation.variable }, written: value };
    case "text": {
      const { text, unset, defaulted, unread } = interpolation;
      if (unread)
        return {
          known: false,
          because: { reason: "unread variable", names: distinct(unread.map(({ name }) => name)) },
          written: value,
        };
      if (unset.length === 0 || usable(text)) return { known: true, text, written: value, defaulted };
      return { known: false, because: { reason: "unset variable", names: distinct(unset) }, written: value };
    }
  }
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function isFilled(text: string): boolean {
  return text !== "";
}

const TRUE = /^(?:true|yes|y|on)$/i;
const FALSE = /^(?:false|no|n|off)$/i;

/** A boolean as Compose casts it: `yes` and `"true"` count, `1` does not. */
export function readBoolean(value: Value | undefined): boolean | Unknown | "refused" | undefined {
  if (value === undefined) return undefined;
  if (value.kind !== "scalar") return "refused";
  if (typeof value.value === "boolean") return value.value;
  const text = readText(value);
  if (text === undefined) return "refused";
  if (!text.known) return text.because;
  if (TRUE.test(text.text)) return true;
  return FALSE.test(text.text) ? false : "refused";
}
