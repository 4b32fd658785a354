import { isFixable, type Finding } from "../../lint/finding.js";
import { fileKindOf } from "../../workspace/files/file-kinds.js";
import { excerptOf, type Excerpt } from "./excerpt.js";
import { extentOf } from "./extent.js";
import { frameOf } from "./frame.js";
import type { Paint } from "../terminal/paint.js";
import { printable, printablePath } from "../terminal/printable.js";

/**
 * A finding as people read it: where and what, the line with what breaks, who forbids it, and what to do.
 *
 * @param file As it is shown.
 * @param line The text of the finding's first line.
 */
export function card(file: string, finding: Finding, line: string, paint: Paint): string {
  const { severity, rule, effect } = finding;
  const { headline, consequence, origin, verdict, advice } = finding.parts;
  const extent = extentOf(finding);
  const told = consequence ?? verdict;
  const color = severity === "error" ? "red" : "yellow";
  const place = `${printablePath(file)}:${extent.line}:${extent.column}`;
  const toDo = [advice, ...(isFixable(finding) ? ["--fix does it.", effect] : [])]
    .filter((part) => part !== undefined)
    .join(" ");
  return [
    `${paint("bold", place)}  ${paint(color, severity)}  ${printable(headline)}`,
    ...markedLine(
      extent.line,
      excerptOf(line, finding, fileKindOf(file)),
      told && printable(told),
      (text) => paint(color, text),
      paint,
    ),
    ...(origin === undefined ? [] : [`   ${printable(origin)}`]),
    ...(toDo || rule !== null
      ? [`   ${[...(toDo ? [printable(toDo)] : []), ...(rule === null ? [] : [paint("dim", rule)])].join("   ")}`]
      : []),
    "",
  ].join("\n");
}

function markedLine(
  number: number,
  excerpt: Excerpt | undefined,
  consequence: string | undefined,
  paintMarks: (text: string) => string,
  paint: Paint,
): string[] {
  if (!excerpt) return consequence === undefined ? [] : [`   ${consequence}`];
  const { line, indent, length } = frameOf(excerpt.text, excerpt.start, excerpt.end);
  const gutter = ` ${number} `;
  const marks = paintMarks("^".repeat(length));
  return [
    `  ${paint("dim", `${gutter}|`)} ${line}`,
    `  ${paint("dim", `${" ".repeat(gutter.length)}|`)} ${" ".repeat(indent)}${marks}${consequence === undefined ? "" : ` ${consequence}`}`,
  ];
}
