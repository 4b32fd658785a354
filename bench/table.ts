import { baseOf } from "./cases.js";
import type { Cost } from "./measure.js";
import { find, type Result } from "./targets.js";

const head = ["projects", "program", "wall s", "CPU s", "memory MiB", "wall ×", "CPU ×", "memory ×"];

/** A plain text table; the last columns are ratios to parse alone over the same projects. */
export function table(results: readonly Result[]): string {
  const rows = [
    head,
    ...results.map((result) => row(result, find(results, baseOf(result.program), result.projects)?.cost)),
  ];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) => cells.map((cell, column) => align(cell, column, widths[column] ?? 0)).join("  "))
    .join("\n");
}

function row({ program, projects, cost }: Result, base: Cost | undefined): string[] {
  const ratio = (figure: keyof Cost): string => (base === undefined ? "" : (cost[figure] / base[figure]).toFixed(2));
  return [
    projects.toLocaleString("en"),
    program,
    cost.wall.toFixed(3),
    cost.cpu.toFixed(3),
    cost.memory.toFixed(0),
    ratio("wall"),
    ratio("cpu"),
    ratio("memory"),
  ];
}

function align(cell: string, column: number, width: number): string {
  return head[column] === "program" ? cell.padEnd(width) : cell.padStart(width);
}
