import { rules } from "../../../rules/index.js";
import { addTo } from "../../kit/group.js";
import { RULE_PREFIX, type Finding } from "../../lint/finding.js";
import { printable, printablePath } from "../terminal/printable.js";
import type { Paint } from "../terminal/paint.js";
import { count } from "../terminal/count.js";
import type { CheckedFile } from "./checked-file.js";
import { extentOf } from "./extent.js";
import type { Summary } from "./tally.js";

/** Two screens, with the summary. */
const MOST_LINES = 58;
/** Of fewer findings, each has its own card. */
const FEW = 3;

/** Whether nobody has set up anything yet, so that the same finding comes again and again. */
export function isFirstRun({ held, errors, warnings }: Pick<Summary, "held" | "errors" | "warnings">): boolean {
  return held.policies.length === 0 && held.withoutPolicy !== undefined && errors + warnings > FEW;
}

/** What a repository without a policy file is told: equal findings together, and one thing to do next. */
export function firstRunReport(files: readonly CheckedFile[], { held }: Pick<Summary, "held">, paint: Paint): string {
  const groups = groupsIn(files);
  const shares = sharesOf(
    groups.map(({ rows }) => rows.length),
    MOST_LINES - FRAME_LINES - groups.length * LINES_OF_GROUP,
  );
  const upTo = held.withoutPolicy?.upTo ?? ".";
  const folder = upTo === "." ? "this directory" : printablePath(upTo);
  return [
    `No policy file was found: looked for forbidden-ranges.yaml (also .yml, .json) from each compose file up to ${folder}.`,
    "Without it, only the rules that need no forbidden ranges run.",
    "",
    ...groups.flatMap((group, index) => linesOf(group, shares[index] ?? 0, paint)),
    `Next: run ${paint("bold", "compose-networks init")}. It writes a policy file with your ranges and a pool; then --fix writes free subnets.`,
    "--verbose shows each finding with its line and what to do.",
    "",
  ].join("\n");
}

/** Above and below the groups. */
const FRAME_LINES = 5;
/** Its title, its explanation, what is left out, and an empty line. */
const LINES_OF_GROUP = 4;

interface Group {
  readonly rule: string | null;
  readonly severity: Finding["severity"];
  readonly why: string | undefined;
  readonly rows: readonly Row[];
}

interface Row {
  readonly place: string;
  readonly what: string;
}

function groupsIn(files: readonly CheckedFile[]): readonly Group[] {
  const groups = new Map<string, { finding: Finding; row: Row }[]>();
  for (const { name, findings } of files) {
    for (const finding of findings) {
      const { rule, severity } = finding;
      addTo(groups, `${rule ?? ""} ${severity}`, { finding, row: rowOf(name, finding) });
    }
  }
  const sorted = [...groups.values()].sort((one, other) => weightOf(other) - weightOf(one));
  return sorted.flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const { rule, severity } = first.finding;
    return [{ rule, severity, why: whyOf(members.map(({ finding }) => finding)), rows: members.map(({ row }) => row) }];
  });
}

/** What breaks. It is not the same for each of them. */
function whyOf(findings: readonly Finding[]): string | undefined {
  const [first, ...others] = new Set(findings.map(({ parts }) => parts.consequence ?? parts.verdict));
  return first === undefined || others.length === 0 ? first : `for example, ${first}`;
}

/** What fails first, and of that what comes most often. */
function weightOf([first, ...others]: readonly { readonly finding: Finding }[]): number {
  return (first?.finding.severity === "error" ? 1e9 : 0) + others.length;
}

function rowOf(file: string, finding: Finding): Row {
  const { line, column } = extentOf(finding);
  const { network } = finding.subject;
  const free = freeSubnetOf(finding);
  const subject = network === undefined ? finding.parts.headline : `network "${network}"`;
  return {
    place: `${printablePath(file)}:${line}:${column}`,
    what: printable(free === undefined ? finding.parts.headline : `${subject}  free: ${free}`),
  };
}

/** The subnet that a suggestion would write. Where one is written already, the headline says more. */
function freeSubnetOf({ subject, suggestions }: Finding): string | undefined {
  if (subject.subnet !== undefined) return undefined;
  return suggestions.map(({ data }) => data["subnet"]).find((subnet) => subnet !== undefined);
}

function linesOf({ rule, severity, why, rows }: Group, share: number, paint: Paint): readonly string[] {
  const color = severity === "error" ? "red" : "yellow";
  const known = rules.find(({ name }) => `${RULE_PREFIX}${name}` === rule);
  const about = known ? `: ${known.docs.description}` : "";
  const shown = rows.slice(0, share);
  const width = Math.max(...shown.map(({ place }) => place.length), 0);
  const more = rows.length - shown.length;
  return [
    `${paint(color, count(rows.length, severity))}  ${paint("bold", rule ?? "not valid")}${about}`,
    ...(why === undefined ? [] : [`  ${printable(why)}`]),
    ...shown.map(({ place, what }) => `  ${place.padEnd(width)}  ${what}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    "",
  ];
}

/** Shares lines among groups: small ones are shown whole, and large ones get the same number of lines. */
function sharesOf(sizes: readonly number[], lines: number): readonly number[] {
  let left = Math.max(lines, sizes.length);
  const shares = sizes.map(() => 0);
  const bySize = sizes.map((size, index) => ({ size, index })).sort((one, other) => one.size - other.size);
  for (const [done, { size, index }] of bySize.entries()) {
    const share = Math.min(size, Math.floor(left / (bySize.length - done)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
