import { parsePrefix, type Prefix } from "../ipam/prefix.js";
import { nearest } from "../kit/nearest.js";

/** One option of a rule, declared once: its type, its JSON schema with a description, and its default. */
export interface Option<T> {
  readonly schema: JsonSchema;
  /** As somebody would write it. */
  readonly fallback: unknown;
  /** @returns undefined for what the schema does not allow. */
  readonly read: (value: unknown) => T | undefined;
}

export type JsonSchema = Readonly<Record<string, unknown>>;
export type OptionShapes = Readonly<Record<string, Option<unknown>>>;
export type OptionsOf<Shapes extends OptionShapes> = {
  readonly [Name in keyof Shapes]: Shapes[Name] extends Option<infer T> ? T : never;
};

export function flag(fallback: boolean, description: string): Option<boolean> {
  return {
    schema: { type: "boolean", description },
    fallback,
    read: (value) => (typeof value === "boolean" ? value : undefined),
  };
}

/** The first word is the default, unless another one is given. */
export function oneOf<const Word extends string>(
  words: readonly [Word, ...Word[]],
  description: string,
  fallback: NoInfer<Word> = words[0],
): Option<Word> {
  return {
    schema: { enum: [...words], description },
    fallback,
    read: (value) => words.find((word) => word === value),
  };
}

/** All of the words are the default. */
export function someOf<const Word extends string>(
  words: readonly [Word, ...Word[]],
  description: string,
): Option<readonly Word[]> {
  const pick = (value: unknown): Word[] => words.filter((word) => word === value);
  return {
    schema: { type: "array", items: { enum: [...words] }, uniqueItems: true, minItems: 1, description },
    fallback: [...words],
    read: (value) => listOf(value, pick, { minItems: 1 }),
  };
}

export function integer(
  { fallback, minimum, maximum }: { fallback: number; minimum: number; maximum: number },
  description: string,
): Option<number> {
  const fits = (value: number): boolean => Number.isInteger(value) && minimum <= value && value <= maximum;
  return {
    schema: { type: "integer", minimum, maximum, description },
    fallback,
    read: (value) => (typeof value === "number" && fits(value) ? value : undefined),
  };
}

const BLOCK = "^[0-9A-Fa-f:.]+/[0-9]+$";

/** CIDR blocks. One that only looks like it counts for nothing. */
export function blocks(fallback: readonly string[], description: string): Option<readonly Prefix[]> {
  const pattern = new RegExp(BLOCK);
  const pick = (value: unknown): string[] => (typeof value === "string" && pattern.test(value) ? [value] : []);
  return {
    schema: { type: "array", items: { type: "string", pattern: BLOCK }, uniqueItems: true, description },
    fallback: [...fallback],
    read: (value) =>
      listOf(value, pick, { minItems: 0 })?.flatMap((text) => {
        const prefix = parsePrefix(text);
        return prefix.ok ? [prefix.value] : [];
      }),
  };
}

/** Two words of one scale: each may be left out, and then says nothing. */
export function bounds<const Word extends string>(
  scale: readonly Word[],
  description: string,
): Option<{ readonly min?: Word; readonly max?: Word }> {
  const bound = { enum: [...scale] };
  const isKnown = (value: unknown): boolean => value === undefined || scale.some((word) => word === value);
  const pick = (value: unknown): Word | undefined => scale.find((word) => word === value);
  return {
    schema: {
      type: "object",
      additionalProperties: false,
      properties: {
        min: { ...bound, description: "From this one on." },
        max: { ...bound, description: "Up to this one." },
      },
      description,
    },
    fallback: {},
    read: (value) => {
      if (!isRecord(value) || Object.keys(value).some((key) => key !== "min" && key !== "max")) return undefined;
      if (!isKnown(value["min"]) || !isKnown(value["max"])) return undefined;
      const [min, max] = [pick(value["min"]), pick(value["max"])];
      return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
    },
  };
}

/** The schema of the options of one rule, as ESLint wants it. */
export function schemaOf(shapes: OptionShapes | undefined): JsonSchema[] {
  if (!shapes) return [];
  const properties = Object.fromEntries(Object.entries(shapes).map(([name, { schema }]) => [name, schema]));
  return [{ type: "object", additionalProperties: false, properties }];
}

export function defaultsOf(shapes: OptionShapes): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(shapes).map(([name, { fallback }]) => [name, fallback]));
}

/** @param given What somebody wrote; each option that is left out has its default. */
export function readOptions<Shapes extends OptionShapes>(
  shapes: Shapes | undefined,
  given: unknown,
): OptionsOf<Shapes> {
  const written = isRecord(given) ? given : {};
  const options = Object.entries(shapes ?? {}).map(([name, { read, fallback }]) => [
    name,
    read(written[name]) ?? read(fallback),
  ]);
  // Each name keeps the type that its own option reads, which the type of the entries can't say.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  return Object.fromEntries(options) as OptionsOf<Shapes>;
}

export interface OptionFault {
  /** The rest of a sentence about the rule. */
  readonly message: string;
  /** The option that is wrong, where one is. */
  readonly option?: string;
}

/** Each option that is not what its schema asks for, or that the rule does not have. */
export function faultsOfOptions(shapes: OptionShapes | undefined, given: unknown): readonly OptionFault[] {
  if (!shapes) return [{ message: "it has no options" }];
  if (!isRecord(given)) return [{ message: "its options are not an object" }];
  return Object.entries(given).flatMap(([name, value]): OptionFault[] => {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (!shape)
      return [{ message: `it has no option "${name}"${adviceOnName(name, Object.keys(shapes))}`, option: name }];
    if (shape.read(value) !== undefined) return [];
    return [
      { message: `${JSON.stringify(value)} is not a valid "${name}"${adviceOnValue(value, shape)}`, option: name },
    ];
  });
}

function adviceOnName(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  return known.length > 0 ? `; its options are ${known.join(", ")}` : "";
}

function adviceOnValue(value: unknown, { schema }: Option<unknown>): string {
  const words = wordsOf(schema);
  const meant = typeof value === "string" ? nearest(value, words) : undefined;
  if (meant !== undefined) return `; did you mean ${JSON.stringify(meant)}?`;
  const form = formOf(schema);
  return form === undefined ? "" : `; write ${form}`;
}

function wordsOf({ enum: words }: JsonSchema): readonly string[] {
  return Array.isArray(words) ? words.filter((word) => typeof word === "string") : [];
}

/** What a schema asks for, as people would say it. */
function formOf(schema: JsonSchema): string | undefined {
  const { type, minimum, maximum, items, properties } = schema;
  const words = wordsOf(schema);
  if (words.length > 0) return `one of ${words.map((word) => JSON.stringify(word)).join(", ")}`;
  if (type === "boolean") return "true or false";
  if (type === "integer") return `a whole number from ${String(minimum)} to ${String(maximum)}`;
  if (type === "array") {
    const known = isRecord(items) ? wordsOf(items) : [];
    return known.length > 0
      ? `a list with some of ${known.map((word) => JSON.stringify(word)).join(", ")}`
      : "a list of CIDR blocks";
  }
  return isRecord(properties) ? `an object with ${Object.keys(properties).join(" and ")}` : undefined;
}

function listOf<T>(value: unknown, pick: (item: unknown) => T[], { minItems }: { minItems: number }): T[] | undefined {
  if (!Array.isArray(value) || value.length < minItems || new Set(value).size < value.length) return undefined;
  const items = value.flatMap(pick);
  return items.length === value.length ? items : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
