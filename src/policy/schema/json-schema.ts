import { ruleEntrySchema } from "../entries/rule-entries.js";
import { forbiddenRangesShape } from "./forbidden-ranges-shape.js";
import type { JsonSchema } from "./shape.js";

/** As much of a rule as the schema tells. */
export interface DescribedRule {
  readonly name: string;
  readonly description: string;
  /** Of all its options; undefined for a rule that takes none. */
  readonly options: JsonSchema | undefined;
}

/**
 * The JSON Schema (draft-07) of a forbidden-ranges file, for editors and for SchemaStore.
 *
 * @param rules Those that the file may name; without them it may name any.
 */
export function forbiddenRangesSchema(rules?: readonly DescribedRule[]): JsonSchema {
  const { properties, ...schema } = forbiddenRangesShape.schema;
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://unpkg.com/eslint-plugin-compose-networks/schema/forbidden-ranges.json",
    title: "Forbidden ranges for Docker Compose networks",
    description: "The address ranges that Compose networks must stay off, and the pools that fixes may use.",
    ...schema,
    properties: rules ? withRules(properties, rules) : properties,
  };
}

function withRules(properties: unknown, rules: readonly DescribedRule[]): unknown {
  if (!isRecord(properties) || !isRecord(properties["rules"])) return properties;
  const entries = rules.map(({ name, description, options }) => [
    name,
    { description: `${description}.`, ...ruleEntrySchema(options ?? NO_OPTIONS) },
  ]);
  const known = { additionalProperties: false, properties: Object.fromEntries(entries) as unknown };
  return { ...properties, rules: { ...properties["rules"], ...known } };
}

const NO_OPTIONS: JsonSchema = { type: "object", additionalProperties: false, properties: {} };

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
