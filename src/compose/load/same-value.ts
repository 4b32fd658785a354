import type { Value } from "../read/value.js";

/** Whether two values say the same, wherever and however they are written. */
export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind === "map" && right.kind === "map") {
    return (
      left.entries.size === right.entries.size &&
      [...left.entries].every(([key, { value }]) => {
        const other = right.entries.get(key);
        return other !== undefined && sameValue(value, other.value);
      })
    );
  }
  if (left.kind === "list" && right.kind === "list") {
    return (
      left.items.length === right.items.length &&
      left.items.every((item, index) => {
        const other = right.items[index];
        return other !== undefined && sameValue(item, other);
      })
    );
  }
  if (left.kind !== "scalar" || right.kind !== "scalar") return false;
  const texts = [left, right].map(({ interpolation, value }) =>
    interpolation?.kind === "text" ? interpolation.text : value,
  );
  return texts[0] === texts[1];
}
