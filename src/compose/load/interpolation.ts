import { interpolate, type Variables } from "../read/interpolate.js";
import type { Entry, MapValue, Value } from "../read/value.js";

/**
 * Looks up the variables of every text below a value. Keys are left as they are: Compose does not look into them.
 * What holds no variable is returned as it came.
 */
export function putInVariables(value: MapValue, variables: Variables): MapValue;
export function putInVariables(value: Value, variables: Variables): Value;
export function putInVariables(value: Value, variables: Variables): Value {
  switch (value.kind) {
    case "scalar":
      return typeof value.value === "string" && value.value.includes("$")
        ? { ...value, interpolation: interpolate(value.value, variables) }
        : value;
    case "list": {
      const items = value.items.map((item) => putInVariables(item, variables));
      return items.some((item, index) => item !== value.items[index]) ? { ...value, items } : value;
    }
    case "map": {
      let changed = false;
      const entries = new Map<string, Entry>();
      for (const [key, entry] of value.entries) {
        const below = putInVariables(entry.value, variables);
        changed ||= below !== entry.value;
        entries.set(key, below === entry.value ? entry : { ...entry, value: below });
      }
      return changed ? { ...value, entries } : value;
    }
  }
}
