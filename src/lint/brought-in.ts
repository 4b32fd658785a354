import { samePlace } from "../kit/source.js";
import type { BroughtInView } from "../workspace/view.js";
import { markKnown } from "./baseline.js";
import { isSame } from "./combine-projects.js";
import type { Rule } from "./define-rule.js";
import type { RuleFinding } from "./finding.js";
import { findingsIn } from "./judge.js";
import { isSwitchedOff } from "./switched-off.js";

/**
 * What one rule finds in the files that another one stands for, at the places where that brings them in. There, nothing
 * of another file can be edited.
 *
 * A comment at home counts. One at the place itself is the host's to look at.
 */
export function judgeBroughtIn(
  rule: Rule,
  brought: readonly BroughtInView[],
  options: unknown,
): readonly RuleFinding[] {
  const found: RuleFinding[] = [];
  for (const { view, at } of brought) {
    for (const finding of markKnown(findingsIn(rule, view, options), [view])) {
      if (finding.isKnown) continue;
      const isTold = found.some((other) => samePlace(other.at, at) && isSame({ ...other, at: other.home }, finding));
      // The file that stands for the other one says the same of its own.
      const isOfPolicy = finding.says === "unreadablePolicy";
      if (isTold || isOfPolicy || isSwitchedOff(rule.name, finding.home)) continue;
      found.push({ ...finding, at, fix: undefined, suggestions: [] });
    }
  }
  return found;
}
