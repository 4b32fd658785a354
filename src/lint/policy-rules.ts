import type { RuleCatalogue, RuleFault } from "../policy/entries/rule-entries.js";
import type { PolicyRule } from "../policy/policy.js";
import { nearest } from "../kit/nearest.js";
import type { PolicyReading } from "../workspace/scoped-policy.js";
import type { ProjectView } from "../workspace/view.js";
import type { RuleSetting, RuleSettings } from "./configure.js";
import type { Rule } from "./define-rule.js";
import { RULE_PREFIX } from "./finding.js";
import { faultsOfOptions } from "./options.js";

type NamedRule = Pick<Rule, "name" | "options">;

/** By the rules' names, without a prefix. */
export type PolicyRules = ReadonlyMap<string, PolicyRule>;

const NO_RULES: PolicyRules = new Map();

/** What policies may say of these rules. */
export function catalogueOf(rules: readonly NamedRule[]): RuleCatalogue {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  return {
    faultsIn({ rule: name, options }): readonly RuleFault[] {
      const rule = byName.get(name);
      if (!rule) return [{ message: `there is no rule "${name}"; ${adviceOn(name, [...byName.keys()])}` }];
      if (options === undefined) return [];
      return faultsOfOptions(rule.options, options).map(({ message, option }) => ({
        message: `rule "${name}": ${message}`,
        ...(option !== undefined && { option }),
      }));
    },
  };
}

/** In the policy file, names have no prefix: only our rules run there. */
function adviceOn(name: string, known: readonly string[]): string {
  const meant = nearest(name.startsWith(RULE_PREFIX) ? name.slice(RULE_PREFIX.length) : name, known);
  return meant === undefined ? `the rules are ${known.join(", ")}` : `did you mean "${meant}"?`;
}

/** What the policy file says of rules that holds for a file. */
export function policyRules(reading: PolicyReading): PolicyRules {
  return reading.kind === "policy" ? reading.scoped.policy.rules : NO_RULES;
}

/** Whether the policy file of a view turns a rule off, which counts in every host. */
export function isOffInPolicy({ name }: NamedRule, { reading }: Pick<ProjectView, "reading">): boolean {
  return policyRules(reading).get(name)?.level === "off";
}

/** The options of the policy file, and above them those that were given. */
export function optionsUnder({ name }: NamedRule, { reading }: ProjectView, given: unknown): unknown {
  const options = policyRules(reading).get(name)?.options;
  if (options === undefined) return given;
  return typeof given === "object" && given !== null ? { ...options, ...given } : options;
}

/**
 * Puts what the policy file says between the settings of a preset and what was typed.
 *
 * @param typed The rules, with their prefix, whose severity was typed.
 */
export function layPolicyRules(settings: RuleSettings, rules: PolicyRules, typed: ReadonlySet<string>): RuleSettings {
  if (rules.size === 0) return settings;
  const all = new Map(settings);
  for (const [name, { level }] of rules) {
    const id = `${RULE_PREFIX}${name}`;
    if (level === undefined || typed.has(id)) continue;
    const setting: RuleSetting = { ...settings.get(id), level, ...(level === "off" && { isOff: true }) };
    all.set(id, setting);
  }
  return all;
}
