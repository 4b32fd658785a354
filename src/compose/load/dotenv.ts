import { interpolate, LONGEST_VALUE, type Variables } from "../read/interpolate.js";

export interface Surroundings {
  /** Those of whoever includes the file's project: values refer to them first. */
  readonly outer?: Variables;
  /** Those of the files before it, which it goes on with. */
  readonly earlier?: Variables;
}

const BLANK = /\s*(?:#[^\n]*\s*)*/y;
const ASSIGNMENT = /(?:export\s+)?([\p{L}\p{N}_.\-[\]]+)[^\S\n]*[=:][^\S\n]*/uy;
const DOUBLE_QUOTED = /"([^"\\]*(?:\\[^][^"\\]*)*)"/y;
const SINGLE_QUOTED = /'([^'\\]*(?:\\[^][^'\\]*)*)'/y;
const UNQUOTED = /[^\n]*/y;
const LINE = /[^\n]*\n?/y;

/** Characters that the values of one file may have more than the file. */
const MOST_GROWN = 8 * LONGEST_VALUE;

const ESCAPE = /\\([abfnrtv"\\$])/g;
const ESCAPED: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  // The variables are put in afterwards.
  $: "$$",
};

/**
 * Reads the text of a `.env` file as Compose does (compose-go, dotenv): `NAME=value`, quotes, comments behind a space,
 * `export`, and variables set further up. Compose refuses the whole file for a line that is no assignment and for a
 * value that makes no sense; here such a line is passed over.
 *
 * @param surroundings Where the file is not the only one that variables come from.
 * @param onSet Told of each variable that the text sets, and of the offset at which it does so.
 */
export function parseEnvironmentFile(
  text: string,
  { outer, earlier }: Surroundings = {},
  onSet?: (name: string, offset: number) => void,
): Variables {
  const variables = new Map(earlier);
  let at = 0;
  let grown = 0;
  // Variables of variables grow without end in a few lines: then what refers to them is left as it is written.
  const expand: Expand = (written) => {
    const value = expanded(written, (name) => outer?.get(name) ?? variables.get(name));
    grown += Math.max(0, (value?.length ?? 0) - written.length);
    return grown > MOST_GROWN ? written : value;
  };
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  for (take(BLANK); at < text.length; take(BLANK)) {
    const start = at;
    const name = take(ASSIGNMENT)?.[1];
    const value = name === undefined ? undefined : takeValue(take, expand);
    if (name === undefined || value === undefined) take(LINE);
    else {
      variables.set(name, value);
      onSet?.(name, start);
    }
  }
  return variables;
}

function takeValue(take: (pattern: RegExp) => RegExpExecArray | null, expand: Expand): string | undefined {
  const literal = take(SINGLE_QUOTED)?.[1];
  if (literal !== undefined) return literal.replaceAll(String.raw`\'`, "'");
  const quoted = take(DOUBLE_QUOTED)?.[1];
  if (quoted !== undefined) {
    const unescaped = quoted.replace(ESCAPE, (_, character: string) => ESCAPED[character] ?? character);
    return expand(unescaped);
  }
  const line = take(UNQUOTED)?.[0] ?? "";
  if (/^["']/.test(line)) return undefined;
  const [value = ""] = line.split(" #", 1);
  return expand(value.trimEnd());
}

/** Replaces the variables of a value, or answers undefined when it makes no sense. */
type Expand = (written: string) => string | undefined;

type LookUp = (name: string) => string | undefined;

function expanded(text: string, lookUp: LookUp): string | undefined {
  const result = interpolate(text, { get: lookUp });
  return result.kind === "text" ? result.text : undefined;
}
