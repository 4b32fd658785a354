/** Parts of a file that anybody may have written. Each throws with the place where the shape is another. */
export function asArray(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${where} is not a list`);
}

export function asObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value));
  throw new Error(`${where} is not an object`);
}

export function asText(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  throw new Error(`${where} is not a text`);
}
