import { WRONGS, type Verdict, type Wrong } from "./judge.js";

export interface Summary {
  readonly files: number;
  readonly "parse errors": number;
  readonly findings: Readonly<Record<string, number>>;
  readonly "fixes offered": number;
  readonly "fixes applied": number;
  readonly suggestions: number;
  readonly "files fixed": number;
  readonly "not edited, because": Readonly<Record<string, number>>;
  readonly wrongs: Readonly<Record<Wrong, number>>;
}

export function summarize(verdicts: readonly Verdict[]): Summary {
  const sum = (count: (verdict: Verdict) => number): number =>
    verdicts.reduce((total, verdict) => total + count(verdict), 0);
  const wrongs = verdicts.flatMap((verdict) => verdict.wrongs.map(({ wrong }) => wrong));
  return {
    files: verdicts.length,
    "parse errors": sum(({ syntaxProblem }) => (syntaxProblem === undefined ? 0 : 1)),
    findings: tally(verdicts.flatMap(({ findings }) => findings)),
    "fixes offered": sum(({ fixesOffered }) => fixesOffered),
    "fixes applied": sum(({ fixesApplied }) => fixesApplied),
    suggestions: sum(({ suggestions }) => suggestions),
    "files fixed": sum(({ fixed }) => (fixed === undefined ? 0 : 1)),
    "not edited, because": tally(verdicts.flatMap(({ obstacles }) => obstacles)),
    wrongs: { ...none(), ...tally(wrongs) },
  };
}

function none(): Record<Wrong, number> {
  return Object.fromEntries(WRONGS.map((wrong) => [wrong, 0])) as Record<Wrong, number>;
}

/** The most frequent first. */
export function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, left], [, right]) => right - left));
}

export function showSummary(summary: Summary): string {
  const { findings, "not edited, because": obstacles, wrongs, ...totals } = summary;
  const rows = [
    ...rowsOf(totals),
    ...rowsOf(findings, "finding "),
    ...rowsOf(obstacles, "not edited, because "),
    ...rowsOf(wrongs),
  ];
  const width = Math.max(...rows.map(([, count]) => String(count).length));
  return rows.map(([name, count]) => `${String(count).padStart(width)}  ${name}`).join("\n");
}

function rowsOf(counts: Readonly<Record<string, number>>, prefix = ""): [name: string, count: number][] {
  return Object.entries(counts).map(([name, count]) => [prefix + name, count]);
}
