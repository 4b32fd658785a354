import type { Verdict } from "./judge.js";

export interface Judged {
  readonly name: string;
  readonly verdict: Verdict;
}

const KNOWLEDGE = [
  ["same", "of these, we refuse the same"],
  ["other", "we refuse something else in it"],
  ["open", "we say that we don't know all of it"],
  ["fine", "unknown to us"],
] as const;

/** The figures of a run, then one line for each project that needs somebody's eyes. */
export function report(judged: readonly Judged[]): string {
  const of = (kind: Verdict["kind"]): Judged[] => judged.filter(({ verdict }) => verdict.kind === kind);
  const refused = judged.flatMap(({ verdict }) => (verdict.kind === "refused" ? [verdict] : []));
  const wavering = judged.filter(({ verdict }) => verdict.kind === "equal" && verdict.wavers);
  const incomparable = judged.flatMap(({ verdict }) => (verdict.kind === "not comparable" ? [verdict.why] : []));
  const rows: [string, number][] = [
    ["projects", judged.length],
    ["equal", of("equal").length],
    ["  of these, Compose answers now this, now that", wavering.length],
    ["different", of("different").length],
    ["refused by Compose for network reasons", refused.length],
    ...KNOWLEDGE.map(([kind, words]): [string, number] => [
      `  ${words}`,
      refused.filter(({ knowledge }) => knowledge === kind).length,
    ]),
    ["not comparable", incomparable.length],
    ...counted(incomparable).map(([why, count]): [string, number] => [`  ${why}`, count]),
  ];
  return [...rows.map(([what, count]) => `${String(count).padStart(6)}  ${what}`), ...judged.flatMap(line)].join("\n");
}

function counted(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left);
}

function line({ name, verdict }: Judged): string[] {
  switch (verdict.kind) {
    case "different":
      return [
        `different: ${name}: ${verdict.causes[0] ?? ""}${verdict.causes.length > 1 ? ` (+${verdict.causes.length - 1})` : ""}`,
      ];
    case "refused":
      return verdict.knowledge !== "fine" ? [] : [`unknown refusal: ${name}: ${verdict.message}`];
    default:
      return [];
  }
}
