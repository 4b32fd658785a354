import { failure, type Result, success } from "../../kit/result.js";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/**
 * Reads a day as `YYYY-MM-DD`. Days so written compare as text, so the text itself is the value.
 *
 * The fault is a whole sentence, with the value in it.
 */
export function parseCalendarDate(text: string): Result<string, string> {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return failure(`"${text}" is not a date of the form YYYY-MM-DD${suggestion(text)}`);
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  const monthName = MONTHS[month - 1];
  if (monthName === undefined) return failure(`"${text}": a year has the months 01 to 12`);
  const last = daysIn(year, month);
  if (day < 1 || day > last) return failure(`"${text}": ${monthName} ${parts[1]} has the days 01 to ${last}`);
  return success(text);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Only for forms with the year in front: in 03/04/2027 nobody knows which one is the month. */
function suggestion(text: string): string {
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (!parts) return "";
  const [, year = "", month = "", day = ""] = parts;
  const repaired = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return parseCalendarDate(repaired).ok ? `; did you mean ${repaired}?` : "";
}
