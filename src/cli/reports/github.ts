import { messageOf, type Finding } from "../../lint/finding.js";
import type { CheckedFile } from "./checked-file.js";
import { count } from "../terminal/count.js";
import { leftOutPhrase, type NotCheckedEntry } from "../files/not-checked.js";
import { extentOf } from "./extent.js";
import { printable, printablePath } from "../terminal/printable.js";
import { ruleName } from "./rule-name.js";
import type { Summary } from "./tally.js";

/** GitHub shows so many annotations of each level for one step, and drops the rest without a word. */
const MOST = 10;

/**
 * Workflow commands that make GitHub show the findings at their lines. Where there are too many, the last one counts
 * those that are left out.
 */
export function githubReport(files: readonly CheckedFile[], { notChecked }: Pick<Summary, "notChecked">): string {
  const all = files.flatMap(({ name, findings }) => findings.map((finding) => ({ name, finding })));
  const annotations = (["error", "warning"] as const).flatMap((severity) => {
    const some = all.filter(({ finding }) => finding.severity === severity);
    const shown = some.length > MOST ? some.slice(0, MOST - 1) : some;
    const left = some.slice(shown.length).map(({ name }) => name);
    return [
      ...shown.map(({ name, finding }) => annotation(name, finding)),
      ...(left.length > 0 ? [rollUp(severity, left)] : []),
    ];
  });
  return [...annotations, ...notCheckedNotices(notChecked)].join("");
}

/** One for each kind: the log names all that was not checked. */
function notCheckedNotices(entries: readonly NotCheckedEntry[]): string[] {
  return (["error", "notice"] as const).flatMap((level) => {
    const some = entries.filter(({ isTrouble }) => isTrouble === (level === "error"));
    return some.length > 0 ? [command(level, [["title", "compose-networks"]], leftOutPhrase(some))] : [];
  });
}

function annotation(file: string, finding: Finding): string {
  const { severity } = finding;
  const { line, column, endLine, endColumn } = extentOf(finding);
  const properties: [string, string | number][] = [
    ["file", printablePath(file)],
    ["line", line],
    ["endLine", endLine],
    // Columns only count within one line.
    ...(line === endLine
      ? ([
          ["col", column],
          ["endColumn", endColumn],
        ] as [string, number][])
      : []),
    ["title", ruleName(finding)],
  ];
  return command(severity, properties, messageOf(finding));
}

function rollUp(severity: "error" | "warning", files: readonly string[]): string {
  const where = count(new Set(files).size, "file");
  return command(
    severity,
    [["title", "compose-networks"]],
    `${count(files.length, `more ${severity}`)} in ${where}: GitHub shows ${MOST} of a step. The log has them all.`,
  );
}

function command(name: string, properties: readonly (readonly [string, string | number])[], message: string): string {
  const list = properties.map(([key, value]) => `${key}=${escapeProperty(printable(String(value)))}`).join(",");
  return `::${name} ${list}::${escapeMessage(printable(message))}\n`;
}

/** The runner ends a command at a line break, and reads `%` followed by two digits as one sign. */
function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
