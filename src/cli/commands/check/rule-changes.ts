import type { Rule } from "../../../lint/define-rule.js";
import type { ChosenRules, RuleSetting } from "../../../lint/configure.js";
import { RULE_PREFIX } from "../../../lint/finding.js";
import { faultsOfOptions } from "../../../lint/options.js";
import { nearest } from "../../../kit/nearest.js";
import { failure, success, type Result } from "../../../kit/result.js";
import type { RuleChange } from "../../arguments/check.js";

/** Puts what the command line says of rules over the preset. */
export function applyRuleChanges(
  preset: Readonly<Record<string, RuleSetting["level"]>>,
  changes: readonly RuleChange[],
  rules: readonly Pick<Rule, "name" | "options">[],
): Result<ChosenRules, string> {
  const settings = new Map(Object.entries(preset).map(([rule, level]): [string, RuleSetting] => [rule, { level }]));
  const typed = new Set<string>();
  for (const { rule: written, level, options } of changes) {
    const name = written.startsWith(RULE_PREFIX) ? written.slice(RULE_PREFIX.length) : written;
    const rule = rules.find((one) => one.name === name);
    if (!rule) return failure(`--rule ${written}: ${noSuchRule(name, rules)}`);
    const [fault] = options === undefined ? [] : faultsOfOptions(rule.options, options);
    if (fault) return failure(`--rule ${written}: ${fault.message}`);
    const id = `${RULE_PREFIX}${name}`;
    const before = settings.get(id) ?? { level: "off" };
    settings.set(id, { level: level ?? before.level, options: options ?? before.options });
    if (level !== undefined) typed.add(id);
  }
  return success({ settings, typed });
}

/** What is said of a name that no rule has, and its nearest right form. */
export function noSuchRule(name: string, rules: readonly Pick<Rule, "name">[]): string {
  const known = rules.map((rule) => rule.name);
  const meant = nearest(name, known);
  const advice = meant === undefined ? `the rules are ${known.join(", ")}` : `did you mean ${meant}?`;
  return `there is no such rule; ${advice}`;
}
