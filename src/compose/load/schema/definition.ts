import { hiddenVariables, showText } from "../../read/shown.js";
import type { Place } from "../../../kit/source.js";
import {
  readBoolean,
  readText,
  type Refusal,
  type ShownRefusal,
  type Text,
  type Unknown,
} from "../../read/scalar-text.js";
import { asMap, asScalar, child, isNull, type MapValue, type Value } from "../../read/value.js";

/** Reads the fields of a definition, and collects what Compose or the engine refuses on the way. */
export class Definition {
  readonly refusals: Refusal[] = [];

  /** @param path As Compose names it: `networks.back`. */
  constructor(readonly path: string) {}

  refuse(by: Refusal["by"], message: string, place: Place, shown?: ShownRefusal): Refusal {
    const refusal: Refusal = { by, message, place, ...(shown && { shown }) };
    this.refusals.push(refusal);
    return refusal;
  }

  /** A definition may be empty, or a map with known keys. */
  mapping(value: Value, known: ReadonlySet<string>, path = this.path): MapValue | undefined {
    const map = asMap(value);
    if (!map && !isNull(value)) this.refuse("compose", `${path} must be a mapping`, value.place);
    for (const { key, keyPlace } of map?.entries.values() ?? []) {
      if (known.has(key) || key.startsWith("x-")) continue;
      const message = `${path} additional properties '${key}' not allowed`;
      this.refusals.push({ by: "compose", message, place: keyPlace, knownKeys: known });
    }
    return map;
  }

  /** An unset variable leaves nothing in its place, which is as good as no field. */
  text(map: MapValue | undefined, key: string, path = this.path): Text | undefined {
    const value = child(map, key);
    if (value === undefined) return undefined;
    const scalar = asScalar(value);
    if (typeof scalar?.value !== "string") {
      this.refuse("compose", `${path}.${key} must be a string`, value.place);
      return undefined;
    }
    const text = readText(scalar, () => true);
    if (!text) this.refuse("compose", `invalid interpolation format for ${path}.${key}`, value.place);
    return text;
  }

  /** A map of plain values. */
  options(map: MapValue | undefined, key: string, kinds: "a string" | "a number or string", path = this.path): void {
    const value = child(map, key);
    if (value && value.kind !== "map") this.refuse("compose", `${path}.${key} must be a mapping`, value.place);
    for (const option of asMap(value)?.entries.values() ?? []) {
      const type = typeof asScalar(option.value)?.value;
      if (type === "string" || (type === "number" && kinds !== "a string")) continue;
      this.refuse("compose", `${path}.${key}.${option.key} must be ${kinds}`, option.value.place);
    }
  }

  boolean(map: MapValue | undefined, key: string, kinds = "a boolean or string"): boolean | Unknown | undefined {
    const value = child(map, key);
    const truth = readBoolean(value);
    if (truth !== "refused" || !value) return truth === "refused" ? undefined : truth;
    const scalar = asScalar(value);
    const path = `${this.path}.${key}`;
    if (typeof scalar?.value !== "string") this.refuse("compose", `${path} must be ${kinds}`, value.place);
    else {
      const text = readText(scalar, () => true);
      const failed = (shown: string): string => `failed to cast ${path} to expected type: invalid boolean: ${shown}`;
      const variables = hiddenVariables(scalar);
      if (!text?.known) this.refuse("compose", `invalid interpolation format for ${path}`, value.place);
      else if (variables.length === 0) this.refuse("compose", failed(text.text), value.place);
      else this.refuse("compose", failed(text.text), value.place, { message: failed(showText(text)), variables });
    }
    return undefined;
  }
}
