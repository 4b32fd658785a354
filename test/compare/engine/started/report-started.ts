import type { Judgement, StartedResult } from "./compare-started.js";

/** The figures, then each case that needs somebody's eyes. */
export function reportStarted(title: string, results: readonly StartedResult[]): string {
  const count = (judgement: Judgement): number => results.filter((each) => each.judgement === judgement).length;
  const refused = results.filter(({ theirs }) => theirs !== "ok").length;
  const figures = [
    `${results.length} cases (${refused} refused)`,
    `${count("agreement")} agreements`,
    `${count("miss")} misses`,
    `${count("false alarm")} false alarms`,
    ...(count("unseen") > 0 ? [`${count("unseen")} matters of luck that always went one way`] : []),
  ];
  return [`${title}: ${figures.join(", ")}`, ...results.flatMap(linesOf)].join("\n");
}

function linesOf({ name, judgement, ours, theirs, error, recorded }: StartedResult): string[] {
  const changed = recorded === undefined ? [] : [`  recorded as ${recorded}, now ${theirs}: ${name}: ${error}`];
  if (judgement === "agreement" || judgement === "unseen") return changed;
  const says = ours.because.length === 0 ? ours.kind : `${ours.kind} (${ours.because.join(" | ")})`;
  return [`  ${judgement}: ${name}: we say ${says}; it is ${theirs}${error === "" ? "" : `: ${error}`}`, ...changed];
}
