import { commandSigns } from "../../kit/printable.js";
import { printable } from "../terminal/printable.js";

/** A line of a file and the stretch of it that a finding is about, as a terminal of even columns shows them. */
export interface Frame {
  readonly line: string;
  /** Columns in front of the stretch, and those it takes: at least one. */
  readonly indent: number;
  readonly length: number;
}

/** Beyond this a line is cut: it would wrap, and the marks would stand below anything. */
const WIDEST = 160;
/** How much of a cut line stands in front of the marked stretch. */
const LEAD = 40;
const CUT = "…";
const TAB = "  ";
/** In front of a bracket, two of them would be a command of a pipeline's log. */
const SIGN = "\\u0023";

/** Letters that take two columns: East Asian ones and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{Mn}|\p{Me}/u;

interface Cell {
  readonly shown: string;
  readonly width: number;
  readonly isMarked: boolean;
}

/**
 * @param text One line, without its end.
 * @param start UTF-16 code units in front of the stretch.
 * @param end Code units up to its end; beyond the line for a stretch that goes on in the next one.
 */
export function frameOf(text: string, start: number, end: number): Frame {
  const { front, piece } = pieceAround(text, start);
  const stop = Math.max(Math.min(end, front + piece.trimEnd().length), start + 1);
  const signs = commandSigns(piece);
  let offset = front;
  const cells = [...piece].map((character): Cell => {
    const isMarked = offset >= start && offset < stop;
    const isSign = signs.has(offset - front);
    offset += character.length;
    return { ...(isSign ? { shown: SIGN, width: SIGN.length } : show(character)), isMarked };
  });
  return window(cells);
}

/** Far more than is shown: a file may be one line of a million characters, with a finding at every tenth. */
const NEAR = 500;

function pieceAround(text: string, start: number): { readonly front: number; readonly piece: string } {
  if (text.length <= 2 * NEAR) return { front: 0, piece: text };
  const isHalf = (offset: number): boolean => /[\udc00-\udfff]/.test(text.charAt(offset));
  const from = Math.max(0, start - NEAR);
  const front = isHalf(from) ? from + 1 : from;
  const to = start + NEAR;
  return { front, piece: text.slice(front, isHalf(to) ? to + 1 : to) };
}

function show(character: string): { shown: string; width: number } {
  if (character === "\t") return { shown: TAB, width: TAB.length };
  const shown = printable(character);
  if (shown !== character) return { shown, width: shown.length };
  if (COMBINING.test(character)) return { shown, width: 0 };
  return { shown, width: WIDE.test(character) ? 2 : shown.length };
}

function window(cells: readonly Cell[]): Frame {
  const marked = cells.findIndex(({ isMarked }) => isMarked);
  const firstMarked = marked === -1 ? cells.length : marked;
  const isLong = widthOf(cells) > WIDEST;
  const first = isLong && widthOf(cells.slice(0, firstMarked)) > LEAD ? firstAtDistance(cells, firstMarked) : 0;
  const kept: Cell[] = [];
  let width = 0;
  for (const cell of cells.slice(first)) {
    width += cell.width;
    if (isLong && width > WIDEST) break;
    kept.push(cell);
  }
  const [front, back] = [first > 0 ? CUT : "", first + kept.length < cells.length ? CUT : ""];
  return {
    line: front + kept.map(({ shown }) => shown).join("") + back,
    indent: front.length + widthOf(kept.slice(0, firstMarked - first)),
    length: Math.max(1, widthOf(kept.filter(({ isMarked }) => isMarked))),
  };
}

/** The first cell to show, so that `LEAD` columns stand in front of the marked stretch. */
function firstAtDistance(cells: readonly Cell[], marked: number): number {
  let width = 0;
  let first = marked;
  while (first > 0 && width < LEAD) {
    first -= 1;
    width += cells[first]?.width ?? 0;
  }
  return first;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
