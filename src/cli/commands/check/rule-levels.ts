import { failure, success, type Result } from "../../../kit/result.js";
import type { RuleSetting, RuleSettings } from "../../../lint/configure.js";
import { RULE_PREFIX } from "../../../lint/finding.js";
import { nearest } from "../../../kit/nearest.js";
import type { RuleLevel } from "../../arguments/check.js";

/**
 * Lays the levels of the command line over those of the preset.
 *
 * @param known The names of all rules, without the prefix.
 */
export function applyRuleLevels(
  preset: Readonly<Record<string, RuleSetting["level"]>>,
  levels: readonly RuleLevel[],
  known: readonly string[],
): Result<RuleSettings, string> {
  const settings = new Map(Object.entries(preset).map(([rule, level]): [string, RuleSetting] => [rule, { level }]));
  for (const { rule, level } of levels) {
    const name = rule.startsWith(RULE_PREFIX) ? rule.slice(RULE_PREFIX.length) : rule;
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      const advice = meant === undefined ? `the rules are ${known.join(", ")}` : `did you mean ${meant}?`;
      return failure(`--rule ${rule}: there is no such rule; ${advice}`);
    }
    settings.set(`${RULE_PREFIX}${name}`, { level });
  }
  return success(settings);
}
