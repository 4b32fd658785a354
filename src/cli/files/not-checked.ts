import { addTo } from "../../kit/group.js";
import { cureOf, describeReadFault, isTrouble, type ReadFault } from "../../workspace/files/read-fault.js";
import type { NotChecked } from "../../workspace/files/not-checked.js";
import { byCodeUnits } from "../../kit/order.js";
import { displayPath, shownPath } from "../../workspace/files/paths.js";
import type { Workspace } from "../../workspace/workspace.js";
import { count } from "../terminal/count.js";
import { printable, printablePath } from "../terminal/printable.js";
import { complain, type Terminal } from "../terminal/terminal.js";

/** As reports name it. */
export interface LeftOut {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  /** As the end of a sentence about the file. */
  readonly reason: string;
  /** What to do, as an imperative. */
  readonly cure?: string;
}

/** Reports tell what makes a check incomplete from what is no business of this one. */
export interface NotCheckedEntry extends LeftOut {
  readonly isTrouble: boolean;
}

/** What a read fault keeps from being checked. */
export function unread(path: string, fault: ReadFault, cwd: string): NotChecked {
  const cure = cureOf(fault, (allowed) => shownPath(cwd, allowed));
  return { path, reason: describeReadFault(fault), ...(cure !== undefined && { cure }), isTrouble: isTrouble(fault) };
}

/**
 * All that was there and not read, each file once, in a fixed order.
 *
 * @param needed Files whose variables a subnet or an address depends on. Another one that sets variables and can't be
 * read makes no difference to a check.
 */
export function allNotChecked(
  own: readonly NotChecked[],
  workspace: Workspace,
  needed: ReadonlySet<string>,
): readonly NotChecked[] {
  const { cwd } = workspace.options;
  const { unreadEnvironments, undecidedBy } = workspace;
  const faults = [...workspace.index.faults].map(([path, fault]): NotChecked => {
    const entry = unread(path, fault, cwd);
    if (!unreadEnvironments.has(path)) return entry;
    const unknown = `its variables are unknown${undecidedBy.has(path) ? ", and so is COMPOSE_FILE" : ""}`;
    return { ...entry, reason: `${entry.reason}: ${unknown}`, isTrouble: entry.isTrouble && needed.has(path) };
  });
  const byPath = new Map([...faults, ...own].map((entry) => [entry.path, entry]));
  return [...byPath.values()].sort((left, right) => byCodeUnits(left.path, right.path));
}

export function entriesIn(entries: readonly NotChecked[], cwd: string): NotCheckedEntry[] {
  return entries.map(({ isTrouble, ...entry }) => ({ ...leftOut(entry, cwd), isTrouble }));
}

export function leftOut({ path, reason, cure }: Omit<NotChecked, "isTrouble">, cwd: string): LeftOut {
  return { file: displayPath(cwd, path), reason, ...(cure !== undefined && { cure }) };
}

/** @returns whether there is trouble, which is named. */
export function complainOf(entries: readonly NotChecked[], terminal: Terminal): boolean {
  const troubles = entries.filter((entry) => entry.isTrouble);
  for (const { path, reason, cure } of troubles) {
    complain(terminal, `${shownPath(terminal.cwd, path)}: it ${reason}${cure === undefined ? "" : `; ${cure}`}`);
  }
  return troubles.length > 0;
}

/**
 * For commands without a summary: says what was left out, trouble or not.
 *
 * @returns whether there is trouble.
 */
export function reportLeftOut(
  entries: readonly NotChecked[],
  notes: readonly Omit<NotChecked, "isTrouble">[],
  terminal: Terminal,
): boolean {
  const isTroubled = complainOf(entries, terminal);
  const others = entries.filter((entry) => !entry.isTrouble);
  if (others.length > 0) complain(terminal, leftOutPhrase(entriesIn(others, terminal.cwd)));
  for (const note of notes) complain(terminal, notePhrase(leftOut(note, terminal.cwd)));
  return isTroubled;
}

/** `shop was listed without git: …, run …` */
export function notePhrase({ file, reason, cure }: LeftOut): string {
  return [`${printablePath(file)} ${printable(reason)}`, ...(cure === undefined ? [] : [printable(cure)])].join(", ");
}

/** `not checked: 3 files (a.yaml and 1 more: is outside the work tree, add …; b.yaml is larger than 2 MiB, add …)` */
export function leftOutPhrase(entries: readonly LeftOut[]): string {
  const groups = new Map<string, LeftOut[]>();
  for (const entry of entries) {
    const key = `${entry.reason}\n${entry.cure ?? ""}`;
    addTo(groups, key, entry);
  }
  const phrases = [...groups.values()].flatMap(([first, ...others]) => (first ? [phraseOf(first, others.length)] : []));
  const more = phrases.length - MOST_SHOWN;
  const shown = more > 1 ? [...phrases.slice(0, MOST_SHOWN), `${more} more, see --format json`] : phrases;
  return `not checked: ${count(entries.length, "file")} (${shown.join("; ")})`;
}

/** Of a collection of samples, hundreds would be a wall on one line. */
const MOST_SHOWN = 10;

/** @param others How many more there are of which the same is true. */
function phraseOf(entry: LeftOut, others: number): string {
  return notePhrase(others === 0 ? entry : { ...entry, file: `${entry.file} and ${others} more:` });
}
