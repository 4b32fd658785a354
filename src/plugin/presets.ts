import type { ComposeRule } from "../rule/create-rule.js";

type RuleLevels = Record<`compose-networks/${string}`, "error" | "warn">;

/** The rules of each preset, by the names under which users configure them. */
export function presetRules(rules: readonly ComposeRule[]): Record<"recommended" | "strict" | "all", RuleLevels> {
  const levels = (chosen: readonly ComposeRule[]): RuleLevels =>
    Object.fromEntries(chosen.map(({ name, docs }) => [`compose-networks/${name}`, docs.level ?? "error"]));
  return {
    recommended: levels(rules.filter(({ docs }) => docs.recommended === "recommended")),
    strict: levels(rules.filter(({ docs }) => docs.recommended !== false)),
    all: levels(rules),
  };
}
