type Refuse = (message: string, offset: number) => void;

/** What the lexer says of the lexeme that follows: it is a plain text or a block of text. */
const SCALAR_FOLLOWS = "\u001f";
/** What it says beside that, and what is no part of the text. */
const NOT_IN_THE_TEXT: ReadonlySet<string> = new Set([SCALAR_FOLLOWS, "\u0002", "\u0018"]);

/**
 * What every text has that `takenByCompose` changes or refuses: a tab, a directive, an end of a document, an escape, a
 * name of an anchor that could go on with something else than letters and digits, or in brackets a question mark, a
 * colon before a bracket, or a dash alone.
 */
const WORTH_A_LOOK =
  /[\t%\\]|(?:^|\ufeff)\.\.\.|[&*](?![\w-]+(?:[ \r\n,\]}]|$))|(?<!\$\{\w{1,80}:)\?|\w:[[{]|(?:^|[\s[{,])(?::[^ \t\r\n]|-[,\]}])/m;

/** Whether `takenByCompose` may have a say in a text. Most have nothing of that kind, and a look at each lexeme costs. */
export function mayBeRefusedByCompose(text: string): boolean {
  return WORTH_A_LOOK.test(text);
}

/**
 * Passes the lexemes of a text on, up to the first one that Compose refuses and YAML 1.2 does not: its reader, go-yaml,
 * goes by YAML 1.1, and by less than that (tried on 2.40.3).
 *
 * @param refuse Told why the text ends for us.
 */
export function* takenByCompose(lexemes: Iterable<string>, refuse: Refuse): Generator<string> {
  const reader = new Reader();
  let dash = "";
  for (const lexeme of lexemes) {
    const fault = reader.faultOf(lexeme);
    if (fault) {
      refuse(fault.message, fault.offset);
      return;
    }
    // In brackets, a dash alone is a text to Compose.
    if (dash !== "") yield* isEndOfItem(lexeme) ? [SCALAR_FOLLOWS, dash] : [dash];
    dash = reader.isInBrackets && lexeme === "-" && !reader.isPlain ? lexeme : "";
    // The colon of `*name:` is not a part of the name to Compose.
    if (dash === "") {
      if (reader.isPlain || !ALIAS_AND_COLON.test(lexeme)) yield lexeme;
      else yield* [lexeme.slice(0, -1), ":"];
    }
    reader.pass(lexeme);
  }
  if (dash !== "") yield dash;
  const { rest } = reader;
  if (rest) refuse(rest.message, rest.offset);
}

function isEndOfItem(lexeme: string): boolean {
  return lexeme === "," || lexeme === "]" || lexeme === "}";
}

const ALIAS_AND_COLON = /^\*[\w-]+:$/;
const NAME_OF_ANCHOR = /^[&*][\w-]+$/;
const BLANK = /^[ \t]+$/;

interface Fault {
  readonly message: string;
  readonly offset: number;
}

/** Where the lexemes so far have led. */
class Reader {
  #offset = 0;
  /** The lexeme at hand is a text without quotes. */
  isPlain = false;
  #brackets = 0;
  /** Blanks at the start of the line at hand, while nothing else is on it. */
  #indent: number | undefined = 0;
  /** How far the line is indented that holds the plain text which may go on here. */
  #plainFrom: number | undefined;
  #lineIndent = 0;
  /** How far the line is indented that opens the brackets at hand. */
  #bracketsFrom = 0;
  /** The lexeme at hand follows a text without quotes, or the colon after one. */
  #afterPlain = false;
  #isTight = false;
  /** The last lexeme that is not blank. */
  #last = "";
  /** A tab that is right only before a comment that goes on from the line above. */
  #tab: Fault | undefined;
  #directives: string[] = [];
  #ended = false;

  get isInBrackets(): boolean {
    return this.#brackets > 0;
  }

  /** What is wrong at the very end of the text. */
  get rest(): Fault | undefined {
    return this.#tab;
  }

  faultOf(lexeme: string): Fault | undefined {
    const here = (message: string, at = 0): Fault => ({ message, offset: this.#offset + at });
    if (NOT_IN_THE_TEXT.has(lexeme)) return undefined;
    const tab = this.#tab;
    this.#tab = undefined;
    const first = this.isPlain ? "" : lexeme.charAt(0);
    if (tab && !(first === "#" && this.#last.startsWith("#"))) return tab;
    if (this.#ended && (this.isPlain || isContent(lexeme))) {
      return here('Compose wants "---" before what follows the end of a document');
    }
    if (this.isPlain) return this.#brackets > 0 ? plainInBrackets(lexeme, here) : undefined;
    if (BLANK.test(lexeme)) {
      this.#tab = this.#tabIn(lexeme, here);
      return undefined;
    }
    if (first === "%") return this.#directive(lexeme, here);
    if ((first === "&" || first === "*") && !NAME_OF_ANCHOR.test(lexeme) && !ALIAS_AND_COLON.test(lexeme)) {
      return here("Compose takes only letters, digits, - and _ for the name of an anchor");
    }
    // `{a:{}}`: in quotes, the key may stand so.
    if ((first === "{" || first === "[") && this.#last === ":" && this.#isTight && this.#brackets > 0) {
      return here("Compose wants a space between the colon and the bracket");
    }
    return first === '"' ? escapeIn(lexeme, here) : undefined;
  }

  pass(lexeme: string): void {
    if (NOT_IN_THE_TEXT.has(lexeme)) {
      this.isPlain = lexeme === SCALAR_FOLLOWS;
      return;
    }
    this.#offset += lexeme.length;
    this.#isTight = !this.isPlain && lexeme === ":" && this.#afterPlain;
    this.#afterPlain = this.isPlain;
    if (lexeme === "\n" || lexeme === "\r\n") {
      this.#indent = 0;
      return;
    }
    if (!this.isPlain && BLANK.test(lexeme)) {
      if (this.#indent !== undefined) this.#indent += lexeme.length;
      return;
    }
    this.#last = this.isPlain ? "" : lexeme;
    if (this.#last.startsWith("#")) {
      this.#plainFrom = undefined;
      return;
    }
    if (this.#indent !== undefined) this.#lineIndent = this.#indent;
    // A block of text ends with its last line.
    this.#indent = lexeme.endsWith("\n") ? 0 : undefined;
    this.#plainFrom = this.isPlain ? this.#lineIndent : undefined;
    if (!this.isPlain) this.#passMark(lexeme);
    this.isPlain = false;
  }

  #passMark(lexeme: string): void {
    if (lexeme === "[" || lexeme === "{") {
      if (this.#brackets === 0) this.#bracketsFrom = this.#lineIndent;
      this.#brackets += 1;
    }
    if (lexeme === "]" || lexeme === "}") this.#brackets = Math.max(0, this.#brackets - 1);
    else if (lexeme.startsWith("%")) this.#directives.push(lexeme);
    else if (lexeme === "---") {
      this.#directives = [];
      this.#ended = false;
    } else if (lexeme === "...") this.#ended = true;
  }

  /** A tab may not stand where something could be indented by it, whatever else is on the line. */
  #tabIn(blanks: string, here: (message: string, at: number) => Fault): Fault | undefined {
    const at = blanks.indexOf("\t");
    if (at === -1) return undefined;
    if (this.#brackets > 0) {
      const column = this.#plainFrom === undefined ? undefined : this.#indent;
      if (column === undefined || column + at > this.#bracketsFrom) return undefined;
      return here("Compose takes no tab at the start of a line that follows a text without quotes", at);
    }
    if (this.#last === "-" || this.#last === "?") return here(`Compose takes no tab after "${this.#last}"`, at);
    if (this.#indent === undefined) return undefined;
    const goesOn = this.#plainFrom !== undefined && this.#indent + at > this.#plainFrom;
    return goesOn ? undefined : here("Compose takes no tab at the start of a line, not even of an empty one", at);
  }

  #directive(lexeme: string, here: (message: string) => Fault): Fault | undefined {
    if (/^%TAG\b/.test(lexeme)) return undefined;
    const [, version] = /^%YAML\s+(\S+)/.exec(lexeme) ?? [];
    if (version === undefined) return here("Compose knows the directives %YAML and %TAG only");
    if (version !== "1.1") return here("Compose reads YAML 1.1 only. Leave the directive out");
    const isRepeated = this.#directives.some((directive) => directive.startsWith("%YAML"));
    return isRepeated ? here("The document has two directives %YAML") : undefined;
  }
}

function isContent(lexeme: string): boolean {
  return lexeme !== "---" && lexeme !== "..." && !/^(?:\s*$|[#%\ufeff])/.test(lexeme);
}

/** To Compose, a question mark in brackets belongs to a key, wherever it is. */
function plainInBrackets(text: string, here: (message: string, at: number) => Fault): Fault | undefined {
  const mark = text.indexOf("?");
  if (mark !== -1) return here('Compose takes no "?" in brackets without quotes. Put the text in quotes', mark);
  return text.startsWith(":")
    ? here('Compose takes no text that begins with ":" in brackets. Put it in quotes', 0)
    : undefined;
}

const ESCAPES = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([\s\S]))/gi;
const KNOWN_ESCAPES = "0abt\tnvfre \"'\\N_LP\n\r";

function escapeIn(lexeme: string, here: (message: string, at: number) => Fault): Fault | undefined {
  if (!lexeme.includes("\\")) return undefined;
  for (const { 1: byte, 2: short, 3: long, 4: single, index } of lexeme.matchAll(ESCAPES)) {
    if (single !== undefined && !KNOWN_ESCAPES.includes(single))
      return here("Compose does not know this escape", index);
    const code = Number.parseInt(byte ?? short ?? long ?? "0", 16);
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
      return here("Compose takes no halves of characters: write the character itself", index);
    }
  }
  return undefined;
}

/** Characters that Compose takes nowhere, not even in a comment. */
// eslint-disable-next-line no-control-regex -- They are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** The first character of a text that Compose takes nowhere. */
export function controlCharacterIn(text: string): Fault | undefined {
  const offset = text.search(CONTROL);
  if (offset === -1) return undefined;
  const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
  return { message: `Compose refuses the character U+${code}, which most editors do not show. Remove it`, offset };
}
