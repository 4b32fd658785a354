import { ourCommand, ourCommandOfThree, ourCommandWithList, parseAlone, parseAloneOfThree } from "./cases.js";
import type { Cost } from "./measure.js";

/** What one program took over so many projects: medians of one run of the bench. */
export interface Result {
  readonly program: string;
  readonly projects: number;
  readonly cost: Cost;
}

interface Target {
  readonly what: string;
  readonly figure: keyof Cost;
  readonly program: string;
  readonly comparedWith: string;
  readonly projects: number;
  readonly atMost: number;
}

const targets: readonly Target[] = [
  {
    what: "CPU time over 1 project, to parse alone",
    figure: "cpu",
    program: ourCommand,
    comparedWith: parseAlone,
    projects: 1,
    atMost: 0.85,
  },
  {
    what: "wall time over 1,000 projects, to parse alone",
    figure: "wall",
    program: ourCommand,
    comparedWith: parseAlone,
    projects: 1000,
    atMost: 1.6,
  },
  {
    what: "wall time over 1,000 projects of three files, to parse alone",
    figure: "wall",
    program: ourCommandOfThree,
    comparedWith: parseAloneOfThree,
    projects: 1000,
    atMost: 1.6,
  },
  {
    what: "peak memory over 1,000 projects, to parse alone",
    figure: "memory",
    program: ourCommand,
    comparedWith: parseAlone,
    projects: 1000,
    atMost: 1.7,
  },
  {
    what: "wall time with 100,000 forbidden prefixes, to without",
    figure: "wall",
    program: ourCommandWithList,
    comparedWith: ourCommand,
    projects: 1000,
    atMost: 1.15,
  },
];

/** One line per target: what was asked, what was measured, and whether that will do. */
export function verdicts(results: readonly Result[]): string[] {
  return targets.map(({ what, figure, program, comparedWith, projects, atMost }) => {
    const ours = find(results, program, projects);
    const theirs = find(results, comparedWith, projects);
    if (ours === undefined || theirs === undefined) return `not measured  ${what}: at most ${atMost}`;
    const ratio = ours.cost[figure] / theirs.cost[figure];
    return `${ratio <= atMost ? "ok    " : "missed"}  ${what}: ${ratio.toFixed(2)}, at most ${atMost}`;
  });
}

export function find(results: readonly Result[], program: string, projects: number): Result | undefined {
  return results.find((result) => result.program === program && result.projects === projects);
}
