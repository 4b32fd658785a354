import { Parser, type CST } from "yaml";

import { lexerOfCompose } from "./lexer.js";
import { shallow, TOO_DEEP } from "./nesting.js";
import { mayBeRefusedByCompose, takenByCompose } from "./refused-by-compose.js";
import { thousands } from "../../kit/thousands.js";

/**
 * What a text may be made of. A token of the parser takes up to a kilobyte with the node that it becomes, a blank or a
 * comment a tenth of that: a text of 2 MiB can be two million of them. The largest real files have some ten thousand.
 */
export const MOST_TOKENS = 250_000;
const BLANKS_PER_TOKEN = 4;

const ADVICE = "Split the file, or remove generated parts";

type Refuse = (message: string, offset: number) => void;

/**
 * The tokens of a text, one for each document, up to the first one that would take too much to read.
 *
 * @param most Tokens, of which blanks count as a part.
 * @param isForCompose Whether it also ends at what Compose refuses and YAML 1.2 does not.
 * @param refuse Told why and where the text ends for us.
 */
export function boundedTokens(text: string, most: number, isForCompose: boolean, refuse: Refuse): Generator<CST.Token> {
  return shallow(few(text, most, isForCompose, refuse), (offset) => refuse(TOO_DEEP, offset));
}

function* few(text: string, most: number, isForCompose: boolean, refuse: Refuse): Generator<CST.Token> {
  const parser = new Parser();
  let blanksLeft = most * BLANKS_PER_TOKEN;
  // The whole document is one token: it is never built.
  const lexemes = lexerOfCompose().lex(text);
  const isInQuestion = isForCompose && mayBeRefusedByCompose(text);
  for (const lexeme of isInQuestion ? takenByCompose(lexemes, refuse) : lexemes) {
    blanksLeft -= weightOf(lexeme);
    if (blanksLeft < 0) {
      refuse(`More than ${thousands(most)} values and marks. ${ADVICE}`, parser.offset);
      return;
    }
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

function weightOf(lexeme: string): number {
  if (lexeme === "---") return DOCUMENT * BLANKS_PER_TOKEN;
  switch (lexeme.charCodeAt(0)) {
    // Before a scalar, the lexer says that one follows.
    case SCALAR_FOLLOWS:
      return 0;
    case LINE_FEED:
    case CARRIAGE_RETURN:
    case SPACE:
    case TAB:
    case HASH:
      return 1;
    default:
      return BLANKS_PER_TOKEN;
  }
}

/** The parser keeps as much of each document as of some values. */
const DOCUMENT = 5;
const SCALAR_FOLLOWS = 0x1f;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const HASH = 0x23;
