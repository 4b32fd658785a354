import { hiddenVariables, showScalar } from "./shown.js";
import { asList, asScalar, filledIn, type Entry, type MapValue, type Value } from "./value.js";

/** `[front, back]` means the same as `{front: null, back: null}`. */
export function namesAsMap(value: Value): MapValue {
  if (value.kind === "map") return value;
  const entries = new Map<string, Entry>();
  for (const item of asList(value)?.items ?? []) {
    const name = filledIn(item);
    if (typeof name !== "string") continue;
    const nothing: Value = { kind: "scalar", value: null, style: "plain", place: item.place };
    const scalar = asScalar(item);
    const shownKey = scalar && hiddenVariables(scalar).length > 0 ? showScalar(scalar) : undefined;
    entries.set(name, { key: name, ...(shownKey !== undefined && { shownKey }), keyPlace: item.place, value: nothing });
  }
  return { kind: "map", flow: false, entries, place: value.place };
}
