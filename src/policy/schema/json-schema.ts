import { forbiddenRangesShape } from "./forbidden-ranges-shape.js";
import type { JsonSchema } from "./shape.js";

/** The JSON Schema (draft-07) of a forbidden-ranges file, for editors and for SchemaStore. */
export function forbiddenRangesSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://unpkg.com/eslint-plugin-compose-networks/schema/forbidden-ranges.json",
    title: "Forbidden ranges for Docker Compose networks",
    description: "The address ranges that Compose networks must stay off, and the pools that fixes may use.",
    ...forbiddenRangesShape.schema,
  };
}
