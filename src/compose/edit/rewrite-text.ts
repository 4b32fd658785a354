import { textOf } from "../../kit/source.js";
import type { ScalarValue } from "../read/value.js";
import { edited, refused, type EditOutcome } from "../../kit/edit.js";

/** Writes `to` in place of `from`, which is all that a text comes to or a part of it. */
export function rewriteText({ place, interpolation }: ScalarValue, from: string, to: string): EditOutcome {
  if (interpolation?.kind === "text" && interpolation.set.length > 0) {
    return refused(`the variable $${interpolation.set.join(", $")} has a value that stands elsewhere`, place);
  }
  const source = textOf(place);
  const at = source.indexOf(from);
  if (at === -1 || source.includes(from, at + 1))
    return refused("it is not written in one piece: variables or escapes make it up", place);
  const start = place.span[0] + at;
  return edited({ span: [start, start + from.length], text: to });
}
