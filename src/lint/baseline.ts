import { textOfKey } from "../policy/baseline/baseline-file.js";
import type { ProjectView } from "../workspace/view.js";
import type { RuleFinding } from "./finding.js";

/** Marks the findings that the baseline knows: as many of each as it has, the first ones. */
export function markKnown(
  findings: readonly RuleFinding[],
  views: readonly Pick<ProjectView, "baseline">[],
): readonly RuleFinding[] {
  if (findings.length === 0) return findings;
  const rows = views.find(({ baseline }) => baseline.rows.size > 0)?.baseline.rows;
  if (!rows) return findings;
  const met = new Map<string, number>();
  return findings.map((finding) => {
    const key = textOfKey(finding.key);
    const before = met.get(key) ?? 0;
    met.set(key, before + 1);
    return before < (rows.get(key)?.count ?? 0) ? { ...finding, isKnown: true, fix: undefined } : finding;
  });
}
