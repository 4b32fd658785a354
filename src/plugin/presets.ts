import type { ComposeRule } from "../rule/create-rule.js";

type RuleLevels = Record<`compose-networks/${string}`, "error" | "warn">;

/** The rules of each preset, by the names under which users configure them. */
export function presetRules(rules: readonly ComposeRule[]): Record<"recommended" | "strict" | "all", RuleLevels> {
  const levels = (chosen: readonly ComposeRule[]): RuleLevels =>
    Object.fromEntries(chosen.map(({ name }) => [`compose-networks/${name}`, "error" as const]));
  const recommended = rules.filter(({ meta }) => meta?.docs?.recommended === true);
  return { recommended: levels(recommended), strict: levels(recommended), all: levels(rules) };
}
