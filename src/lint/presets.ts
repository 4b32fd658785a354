import type { Rule } from "./define-rule.js";
import { RULE_PREFIX } from "./finding.js";

type Level = "error" | "warn";
type RuleId = `${typeof RULE_PREFIX}${string}`;
type Levels = Record<RuleId, Level>;
type LevelsWithOptions = Record<RuleId, Level | [Level, object]>;

/** The rules of each preset, by the names under which users configure them. */
export function presetRules(rules: readonly Rule[]): {
  readonly recommended: Levels;
  readonly strict: LevelsWithOptions;
  readonly all: LevelsWithOptions;
} {
  const idOf = ({ name }: Rule): RuleId => `${RULE_PREFIX}${name}`;
  const levelOf = ({ docs }: Rule): Level => docs.level ?? "error";
  const withOptions = (chosen: readonly Rule[]): LevelsWithOptions =>
    Object.fromEntries(
      chosen.map((rule) => {
        const { optionsInStrict } = rule.docs;
        return [idOf(rule), optionsInStrict ? [levelOf(rule), optionsInStrict] : levelOf(rule)];
      }),
    );
  const recommended = rules.filter(({ docs }) => docs.recommended === "recommended");
  return {
    recommended: Object.fromEntries(recommended.map((rule) => [idOf(rule), levelOf(rule)])),
    strict: withOptions(rules.filter(({ docs }) => docs.recommended !== false)),
    all: withOptions(rules),
  };
}
