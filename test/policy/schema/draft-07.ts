/*
 * As much of JSON Schema draft-07 as the schema of the forbidden-ranges file needs, to hold it against the reader.
 * An unknown keyword throws: it would otherwise be taken as met.
 */

type Check = (expected: unknown, value: unknown, schema: Readonly<Record<string, unknown>>) => boolean;

const ANNOTATIONS = new Set(["$schema", "$id", "title", "description", "examples"]);

const KEYWORDS: Readonly<Record<string, Check>> = {
  type: (expected, value) => typesOf(value).includes(String(expected)),
  enum: (expected, value) => listOf(expected).includes(value),
  pattern: (expected, value) => typeof value !== "string" || new RegExp(String(expected), "u").test(value),
  minimum: (expected, value) => typeof value !== "number" || value >= Number(expected),
  maximum: (expected, value) => typeof value !== "number" || value <= Number(expected),
  minItems: (expected, value) => !Array.isArray(value) || value.length >= Number(expected),
  maxItems: (expected, value) => !Array.isArray(value) || value.length <= Number(expected),
  items: (expected, value) =>
    !Array.isArray(value) ||
    value.every((item, index) => {
      const schema: unknown = Array.isArray(expected) ? expected[index] : expected;
      return schema === undefined || isValid(schema, item);
    }),
  uniqueItems: (expected, value) => expected !== true || !Array.isArray(value) || new Set(value).size === value.length,
  required: (expected, value) => !isRecord(value) || listOf(expected).every((key) => Object.hasOwn(value, String(key))),
  properties: (expected, value) =>
    !isRecord(value) ||
    Object.entries(value).every(([key, item]) => {
      const property = isRecord(expected) && Object.hasOwn(expected, key) ? expected[key] : {};
      return isValid(property, item);
    }),
  additionalProperties: (expected, value, { properties }) =>
    !isRecord(value) ||
    Object.entries(value).every(
      ([key, item]) =>
        (isRecord(properties) && Object.hasOwn(properties, key)) || (expected !== false && isValid(expected, item)),
    ),
  anyOf: (expected, value) => listOf(expected).some((schema) => isValid(schema, value)),
  oneOf: (expected, value) => listOf(expected).filter((schema) => isValid(schema, value)).length === 1,
  not: (expected, value) => !isValid(expected, value),
};

export function isValid(schema: unknown, value: unknown): boolean {
  if (!isRecord(schema)) throw new Error(`no schema: ${JSON.stringify(schema)}`);
  return Object.entries(schema).every(([keyword, expected]) => {
    if (ANNOTATIONS.has(keyword)) return true;
    const check = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
    if (!check) throw new Error(`unknown keyword ${keyword}`);
    return check(expected, value, schema);
  });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`);
  return value;
}

function typesOf(value: unknown): string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  return Number.isInteger(value) ? ["integer", "number"] : [typeof value];
}
