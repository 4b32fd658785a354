import type { Rule } from "./define-rule.js";
import type { Configuration } from "./directives.js";
import { plainFinding, RULE_PREFIX, type Finding } from "./finding.js";
import { faultsOfOptions } from "./options.js";

export type Level = "off" | "warn" | "error";

/** How one rule runs. */
export interface RuleSetting {
  readonly level: Level;
  /** As somebody wrote them; undefined for the defaults. */
  readonly options?: unknown;
  /** The policy file turned it off, and the run was not started with another setting. */
  readonly isOff?: true;
}

/** By the rules' names with their prefix, in the order in which the rules run. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

/** How the rules of a run are set where it is started. */
export interface ChosenRules {
  readonly settings: RuleSettings;
  /** The rules, by their names with the prefix, whose severity was typed: what the policy file says comes below. */
  readonly typed: ReadonlySet<string>;
}

/** Lays the comments of a file over the settings of a run. A comment with a fault counts for nothing. */
export function configure(
  settings: RuleSettings,
  configurations: readonly Configuration[],
  rules: ReadonlyMap<string, Rule>,
): { readonly settings: RuleSettings; readonly faults: readonly Finding[] } {
  if (configurations.length === 0) return { settings, faults: [] };
  const own = new Map<string, RuleSetting>();
  const faults: Finding[] = [];
  for (const { rules: written, at } of configurations) {
    for (const [id, value] of Object.entries(written)) {
      const rule = rules.get(id);
      if (!rule) {
        if (id.startsWith(RULE_PREFIX)) faults.push(unknownRule(id, at));
      } else if (own.has(id)) {
        const message = `Rule "${id}" is already configured by another configuration comment in the preceding code. This configuration is ignored.`;
        faults.push(plainFinding(at, message));
      } else {
        const before = settings.get(id);
        const read = readSetting(rule, value, before);
        if (typeof read !== "string") own.set(id, before?.isOff ? before : read);
        else {
          const message = `Inline configuration for rule "${id}" is invalid:\n\t${read}\n`;
          faults.push(plainFinding(at, message, { rule: id }));
        }
      }
    }
  }
  return { settings: new Map([...settings, ...own]), faults };
}

export function unknownRule(id: string, at: Configuration["at"]): Finding {
  return plainFinding(at, `Definition for rule '${id}' was not found.`, { rule: id });
}

/** @returns what is wrong with it, as a sentence, where something is. */
function readSetting(rule: Rule, value: unknown, before: RuleSetting | undefined): RuleSetting | string {
  const [severity, ...options] = isList(value) ? value : [value];
  const level = LEVELS.get(severity);
  if (!level) return `Expected severity of "off", 0, "warn", 1, "error", or 2. You passed "${String(value)}".`;
  // A severity alone leaves the options as they are.
  if (options.length === 0) return { level, options: before?.options };
  if (options.length > 1) return "It takes one object with options.";
  const [fault] = faultsOfOptions(rule.options, options[0]);
  return fault ? fault.message.replace(/[^?]$/, "$&.") : { level, options: options[0] };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

const LEVELS: ReadonlyMap<unknown, Level> = new Map<unknown, Level>([
  ["off", "off"],
  ["warn", "warn"],
  ["error", "error"],
  [0, "off"],
  [1, "warn"],
  [2, "error"],
]);
