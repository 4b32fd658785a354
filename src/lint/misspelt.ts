import { editDistance } from "../kit/nearest.js";
import type { Steering } from "./directives.js";
import { plainFinding, RULE_PREFIX, type Finding } from "./finding.js";

/**
 * The comments that name a rule of ours without its prefix, or with one slip. They have no effect, and nothing else says
 * so. Rules of other plugins have a prefix of their own, and are their business.
 *
 * @param known Our rules, by their names with the prefix.
 */
export function misspeltNames(
  { directives, configurations }: Pick<Steering, "directives" | "configurations">,
  known: Iterable<string>,
): readonly Finding[] {
  const ids = [...known];
  const named = [...directives, ...configurations.map(({ rules, at }) => ({ rules: Object.keys(rules), at }))];
  return named.flatMap(({ rules, at }) =>
    rules.flatMap((name) => {
      const meant = ids.find((id) => isMeant(name, id));
      if (meant === undefined) return [];
      const message = `There is no rule "${name}", so the comment has no effect. Write ${meant}.`;
      return [plainFinding(at, message, { severity: "warning" })];
    }),
  );
}

function isMeant(name: string, id: string): boolean {
  // One with our prefix is told as a rule that there is not.
  if (name.startsWith(RULE_PREFIX)) return false;
  const meant = name.includes("/") ? id : id.slice(RULE_PREFIX.length);
  return Math.abs(name.length - meant.length) <= 1 && editDistance(name, meant) <= 1;
}
