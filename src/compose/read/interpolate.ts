/**
 * Compose's variable syntax: `$NAME`, `${NAME}` and the six forms with a default, an error or a replacement, nested
 * to any depth. `$$` is a dollar sign.
 */
export type Interpolation = InterpolatedText | RequiredVariable | MalformedTemplate;

export interface InterpolatedText {
  readonly kind: "text";
  readonly text: string;
  /** Variables that have no value here and no default: Compose puts nothing in their place, and warns. */
  readonly unset: readonly string[];
  /** Variables whose default was taken: whoever runs the file may choose another value. */
  readonly defaulted: readonly string[];
  /** Variables whose value was found. */
  readonly set: readonly string[];
  /** Variables that a file may set which could not be read: what the text is can't be told. */
  readonly unread?: readonly UnreadVariable[];
}

export interface UnreadVariable {
  readonly name: string;
  /** Where it may be set. */
  readonly file: string;
}

/**
 * The key under which variables name the file that could not be read, if there is one. No variable has an empty name,
 * and like a variable it goes along wherever variables are put together.
 */
export const UNREAD_FILE = "";

/** `${NAME:?message}` without a value: Compose stops. */
export interface RequiredVariable {
  readonly kind: "required";
  readonly variable: string;
  readonly message: string;
}

/** Compose says `invalid interpolation format`. */
export interface MalformedTemplate {
  readonly kind: "malformed";
}

/** What is known of the variables: a name that is not in it may still be set in the shell that runs Compose. */
export type Variables = ReadonlyMap<string, string>;

type LookUp = Pick<Variables, "get">;

const NAME = /[_a-z][_a-z0-9]*/iy;
/** A default inside a default, and so on: deeper than this nobody writes, and the stack would not hold forever. */
const DEEPEST = 200;

interface Uses {
  readonly unset: string[];
  readonly defaulted: string[];
  readonly set: string[];
  readonly unread: UnreadVariable[];
}

/** No environment holds a longer value: of a variable, Linux takes 128 KiB. */
export const LONGEST_VALUE = 131_072;

class Stop extends Error {
  constructor(readonly outcome: RequiredVariable | MalformedTemplate | "too long") {
    super("stopped");
  }
}

/** @returns the text as it is written where variables of variables would make it grow without end. */
export function interpolate(template: string, variables: LookUp): Interpolation {
  if (!template.includes("$")) return asWritten(template);
  const uses = newUses();
  try {
    const text = substitute(template, variables, uses, 0);
    const { unread, ...others } = uses;
    return { kind: "text", text, ...others, ...(unread.length > 0 && { unread }) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return error.outcome === "too long" ? asWritten(template) : error.outcome;
  }
}

function newUses(): Uses {
  return { unset: [], defaulted: [], set: [], unread: [] };
}

/** @returns whether the variable may have a value in a file that could not be read. */
function notesUnread(name: string, variables: LookUp, { unread }: Uses): boolean {
  const file = variables.get(UNREAD_FILE);
  if (file === undefined) return false;
  unread.push({ name, file });
  return true;
}

function asWritten(text: string): InterpolatedText {
  return { kind: "text", text, unset: [], defaulted: [], set: [] };
}

function substitute(template: string, variables: LookUp, uses: Uses, depth: number): string {
  if (depth > DEEPEST) throw new Stop({ kind: "malformed" });
  let text = "";
  let at = 0;
  for (let dollar = template.indexOf("$"); dollar !== -1; dollar = template.indexOf("$", at)) {
    text += template.slice(at, dollar);
    const next = template[dollar + 1];
    if (next === "$") {
      text += "$";
      at = dollar + 2;
    } else if (next === "{") {
      const end = closingBrace(template, dollar + 2);
      text += expand(template.slice(dollar + 2, end), variables, uses, depth + 1);
      at = end + 1;
    } else {
      const name = nameAt(template, dollar + 1);
      text += name === "" ? "$" : plain(name, variables, uses);
      at = dollar + 1 + name.length;
    }
    if (text.length > template.length + LONGEST_VALUE) throw new Stop("too long");
  }
  return text + template.slice(at);
}

/** Compose looks for it in the same line only. */
function closingBrace(template: string, from: number): number {
  let depth = 1;
  for (let at = from; at < template.length && template[at] !== "\n"; at++) {
    if (template.startsWith("${", at)) {
      depth++;
      at++;
    } else if (template[at] === "}" && --depth === 0) return at;
  }
  throw new Stop({ kind: "malformed" });
}

function nameAt(template: string, from: number): string {
  NAME.lastIndex = from;
  return NAME.exec(template)?.[0] ?? "";
}

function plain(name: string, variables: LookUp, uses: Uses): string {
  const value = variables.get(name);
  if (value !== undefined) uses.set.push(name);
  else if (!notesUnread(name, variables, uses)) uses.unset.push(name);
  return value ?? "";
}

/** What stands between the braces. */
function expand(expression: string, variables: LookUp, uses: Uses, depth: number): string {
  const name = nameAt(expression, 0);
  const operator = /^:?[-?+]/.exec(expression.slice(name.length))?.[0] ?? "";
  const operand = expression.slice(name.length + operator.length);
  if (name === "" || (operator === "" && operand !== "")) throw new Stop({ kind: "malformed" });
  if (operator === "") return plain(name, variables, uses);

  const value = variables.get(name);
  const present = value !== undefined && !(operator.startsWith(":") && value === "");
  if (value === undefined && notesUnread(name, variables, uses)) return "";
  switch (operator.at(-1)) {
    case "-":
      if (present) return plain(name, variables, uses);
      uses.defaulted.push(name);
      return substitute(operand, variables, uses, depth);
    case "?":
      if (present) return plain(name, variables, uses);
      throw new Stop({
        kind: "required",
        variable: name,
        message: substitute(operand, variables, newUses(), depth),
      });
    default:
      if (!present) {
        uses.unset.push(name);
        return "";
      }
      uses.set.push(name);
      return substitute(operand, variables, uses, depth);
  }
}
