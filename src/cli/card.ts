import { fileKindOf } from "../workspace/file-kinds.js";
import { excerptOf, type Excerpt } from "./excerpt.js";
import { frameOf } from "./frame.js";
import type { Paint } from "./paint.js";
import { printable } from "./printable.js";
import type { ReportedFinding } from "./reported-finding.js";

/**
 * A finding as people read it: where and what, the line with what breaks, who forbids it, and what to do.
 *
 * @param file As it is shown.
 * @param line The text of the finding's first line.
 */
export function card(file: string, finding: ReportedFinding, line: string, paint: Paint): string {
  const { severity, rule, fix } = finding;
  const { headline, consequence, origin, advice } = partsOf(finding);
  const color = severity === "error" ? "red" : "yellow";
  const place = `${printable(file)}:${finding.line}:${finding.column}`;
  const { effect } = finding.parts ?? {};
  const toDo = [advice, ...(fix ? ["--fix does it.", effect] : [])].filter((part) => part !== undefined).join(" ");
  return [
    `${paint("bold", place)}  ${paint(color, severity)}  ${printable(headline)}`,
    ...markedLine(
      finding.line,
      excerptOf(line, finding, fileKindOf(file)),
      consequence,
      (text) => paint(color, text),
      paint,
    ),
    ...(origin === undefined ? [] : [`   forbidden in ${printable(origin)}`]),
    ...(toDo || rule !== null
      ? [`   ${[...(toDo ? [printable(toDo)] : []), ...(rule === null ? [] : [paint("dim", rule)])].join("   ")}`]
      : []),
    "",
  ].join("\n");
}

interface Parts {
  readonly headline: string;
  readonly consequence: string | undefined;
  readonly origin: string | undefined;
  readonly advice: string | undefined;
}

/** A message that was not made of these parts is all headline: nothing of it is lost, nothing said twice. */
function partsOf({ message, parts }: ReportedFinding): Parts {
  const { origin, advice } = parts ?? {};
  const consequence = parts?.consequence === undefined ? undefined : printable(parts.consequence);
  const end = consequence === undefined ? -1 : message.indexOf(`: ${consequence}`);
  if (consequence === undefined || end === -1) {
    return { headline: message, consequence: undefined, origin: undefined, advice: undefined };
  }
  return { headline: message.slice(0, end), consequence, origin, advice };
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
