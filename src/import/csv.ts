import { failure, success, type Result } from "../kit/result.js";

/** Where a text stops being CSV; lines and columns start at 1. */
export interface CsvFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What stands between the cells: spreadsheets write what their language has. */
const SEPARATORS = [",", ";", "\t"] as const;

/**
 * The rows of a CSV text (RFC 4180): cells in quotes may hold separators, line ends and, doubled, quotes. Lines end as
 * on any system. The first line says which separator it is.
 */
export function readCsv(text: string): Result<string[][], CsvFault> {
  const separator = separatorOf(text);
  const plain = new RegExp(`[^${separator}\\r\\n]*`, "y");
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; ;) {
    const isQuoted = text[at] === '"';
    plain.lastIndex = at;
    const end = isQuoted ? closingQuote(text, at) : at + (plain.exec(text)?.[0].length ?? 0);
    if (end === undefined) return failure(faultAt(text, at, "the quote does not close"));
    row.push(isQuoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end));
    const next = text[end];
    at = end + (text.startsWith("\r\n", end) ? 2 : 1);
    if (next === separator) continue;
    if (next !== undefined && next !== "\r" && next !== "\n") {
      return failure(faultAt(text, end, "text follows the quote that closes the cell"));
    }
    if (row.some((cell) => cell !== "")) rows.push(row);
    row = [];
    if (next === undefined) return success(rows);
  }
}

/** The offset after the quote that closes a cell; two quotes stand for one in it. */
function closingQuote(text: string, opening: number): number | undefined {
  for (let quote = text.indexOf('"', opening + 1); quote !== -1; quote = text.indexOf('"', quote + 2)) {
    if (text[quote + 1] !== '"') return quote + 1;
  }
  return undefined;
}

/** The one that the header holds most of. */
function separatorOf(text: string): (typeof SEPARATORS)[number] {
  const [header = ""] = text.split(/[\r\n]/, 1);
  const amounts = SEPARATORS.map((separator) => header.split(separator).length);
  return SEPARATORS[amounts.indexOf(Math.max(...amounts))] ?? ",";
}

function faultAt(text: string, offset: number, message: string): CsvFault {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, message };
}
