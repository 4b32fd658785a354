import type { Verdict } from "./judge.js";

export interface Judged {
  readonly name: string;
  readonly verdict: Verdict;
  /** By the engine. */
  readonly refused: boolean;
}

/** The figures of one engine, then one line for each case that needs somebody's eyes. */
export function report(engine: string, judged: readonly Judged[]): string {
  const count = (kind: Verdict["kind"]): number => judged.filter(({ verdict }) => verdict.kind === kind).length;
  const figures = [
    `${judged.length} cases (${judged.filter(({ refused }) => refused).length} refused)`,
    `${count("agreement")} agreements`,
    `${count("miss")} misses`,
    `${count("false alarm")} false alarms`,
    `${count("other reason")} refused for another reason`,
    `${count("stumble")} where an old engine stumbles`,
  ];
  return [`${engine}: ${figures.join(", ")}`, ...judged.flatMap(line)].join("\n");
}

function line({ name, verdict }: Judged): string[] {
  switch (verdict.kind) {
    case "agreement":
    case "stumble":
      return [];
    case "miss":
      return [`  miss: ${name}: the engine says ${verdict.message}`];
    case "false alarm":
      return [`  false alarm: ${name}: we say ${verdict.kinds.join(", ")}`];
    case "other reason":
      return [`  another reason: ${name}: we say ${verdict.kinds.join(", ")}, the engine ${verdict.message}`];
  }
}
