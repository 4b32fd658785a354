import type { Place } from "../kit/source.js";
import { readSteering, type Directive } from "./directives.js";
import { RULE_PREFIX } from "./finding.js";
import { suppress } from "./suppress.js";

/** Whether a comment turns off what a rule finds at a place. */
export function isSwitchedOff(rule: string, at: Place): boolean {
  const directives = directivesIn(at);
  if (directives.length === 0) return false;
  return suppress([{ rule: `${RULE_PREFIX}${rule}`, at }], directives, () => true).kept.length === 0;
}

const known = new WeakMap<Place["source"], readonly Directive[]>();

function directivesIn({ source }: Place): readonly Directive[] {
  const before = known.get(source) ?? readSteering(source).directives;
  known.set(source, before);
  return before;
}
