import type { Linter } from "eslint";

import { failure, success, type Result } from "../ipam/result.js";
import { nearest } from "../policy/edit-distance.js";
import type { RuleLevel } from "./check-arguments.js";

export const RULE_PREFIX = "compose-networks/";

/** As a configuration has them. */
export type RuleLevels = NonNullable<Linter.Config["rules"]>;

/**
 * Lays the levels of the command line over those of the preset.
 *
 * @param known The names of all rules, without the prefix.
 */
export function applyRuleLevels(
  preset: RuleLevels | undefined,
  levels: readonly RuleLevel[],
  known: readonly string[],
): Result<RuleLevels, string> {
  const rules: RuleLevels = { ...preset };
  for (const { rule, level } of levels) {
    const name = rule.startsWith(RULE_PREFIX) ? rule.slice(RULE_PREFIX.length) : rule;
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      const advice = meant === undefined ? `the rules are ${known.join(", ")}` : `did you mean ${meant}?`;
      return failure(`--rule ${rule}: there is no such rule; ${advice}`);
    }
    rules[`${RULE_PREFIX}${name}`] = level;
  }
  return success(rules);
}
