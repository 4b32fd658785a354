import type { Rule } from "./define-rule.js";
import { RULE_PREFIX } from "./finding.js";

type PresetLevels = Record<`${typeof RULE_PREFIX}${string}`, "error" | "warn">;

/** The rules of each preset, by the names under which users configure them. */
export function presetRules(rules: readonly Rule[]): Record<"recommended" | "strict" | "all", PresetLevels> {
  const levels = (chosen: readonly Rule[]): PresetLevels =>
    Object.fromEntries(chosen.map(({ name, docs }) => [`${RULE_PREFIX}${name}`, docs.level ?? "error"]));
  return {
    recommended: levels(rules.filter(({ docs }) => docs.recommended === "recommended")),
    strict: levels(rules.filter(({ docs }) => docs.recommended !== false)),
    all: levels(rules),
  };
}
