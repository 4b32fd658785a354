import { positionAt } from "../kit/source.js";
import type { Directive } from "./directives.js";
import { plainFinding, type Finding } from "./finding.js";

/** As much of a finding as a comment can be about. */
export type Suppressible = Pick<Finding, "rule" | "at">;

/** One rule of a directive; null for all rules. */
interface Switch {
  readonly directive: Directive;
  readonly rule: string | null;
}

/**
 * Leaves out the findings that comments turn off, as ESLint does, and finds the comments that turn nothing off.
 *
 * @param findings In the order of their places.
 * @param isKnown Whether there is a rule of this name: those of other linters are their own business.
 */
export function suppress<Found extends Suppressible>(
  findings: readonly Found[],
  directives: readonly Directive[],
  isKnown: (rule: string) => boolean,
): { readonly kept: readonly Found[]; readonly unused: readonly Finding[] } {
  if (directives.length === 0) return { kept: findings, unused: [] };
  const switches = directives.flatMap((directive): Switch[] =>
    directive.rules.length === 0
      ? [{ directive, rule: null }]
      : directive.rules.filter(isKnown).map((rule) => ({ directive, rule })),
  );
  const blocks = switches.filter(({ directive }) => isBlock(directive));
  const lines = switches.filter(({ directive }) => !isBlock(directive));
  const used = new Set<Switch>(usedEnablings(blocks));
  const kept = findings.filter((finding) => {
    // A comment for a line is of no use where the rule is off anyway.
    const last = openBlock(finding, blocks) ?? lines.findLast((one) => concerns(one, finding) && covers(one, finding));
    if (last) used.add(last);
    return last === undefined;
  });
  return {
    kept,
    unused: unusedIn(
      directives,
      switches.filter((one) => !used.has(one)),
    ),
  };
}

function isBlock({ kind }: Directive): boolean {
  return kind === "disable" || kind === "enable";
}

function concerns({ rule }: Switch, finding: Suppressible): boolean {
  return rule === null || rule === finding.rule;
}

/** The last of the comments above a finding that turn its rule off, unless a later one turns the rule on again. */
function openBlock(finding: Suppressible, blocks: readonly Switch[]): Switch | undefined {
  const last = blocks.findLast((one) => concerns(one, finding) && one.directive.at.span[0] <= finding.at.span[0]);
  return last?.directive.kind === "disable" ? last : undefined;
}

function covers({ directive: { kind, at } }: Switch, finding: Suppressible): boolean {
  const { line } = positionAt(at.source, at.span[0]);
  const covered = kind === "disable-next-line" ? line + 1 : line;
  return positionAt(finding.at.source, finding.at.span[0]).line === covered;
}

/** The comments that end what an earlier one began. */
function usedEnablings(blocks: readonly Switch[]): Switch[] {
  const used: Switch[] = [];
  // From the end: those of which no beginning has been met.
  const open = new Map<string | null, Switch>();
  for (const one of blocks.toReversed()) {
    const { rule } = one;
    if (one.directive.kind === "enable") {
      if (rule === null) open.clear();
      open.set(rule, one);
    } else if (rule === null) {
      used.push(...open.values());
      open.clear();
    } else {
      const end = open.get(rule) ?? open.get(null);
      if (end) used.push(end);
    }
  }
  return used;
}

function unusedIn(directives: readonly Directive[], unused: readonly Switch[]): Finding[] {
  return directives.flatMap((directive) => {
    const rules = unused.filter((one) => one.directive === directive).map(({ rule }) => rule);
    if (rules.length === 0) return [];
    const names = rules.flatMap((rule) => (rule === null ? [] : [`'${rule}'`]));
    // One message for a comment that could go as a whole.
    const parts = names.length < directive.rules.length ? names : [listOf(names)];
    return parts.map((about) => unusedFinding(directive, about));
  });
}

function listOf(names: readonly string[]): string {
  return names.length <= 2 ? names.join(" or ") : `${names.slice(0, -1).join(", ")}, or ${names.at(-1) ?? ""}`;
}

function unusedFinding({ kind, at: { source, span } }: Directive, names: string): Finding {
  const [what, why] =
    kind === "enable"
      ? ["enable", `no matching eslint-disable directives were found${names && ` for ${names}`}`]
      : ["disable", `no problems were reported${names && ` from ${names}`}`];
  const at = { source, span: [span[0], span[0]] } as const;
  return plainFinding(at, `Unused eslint-${what} directive (${why}).`, { severity: "warning" });
}
