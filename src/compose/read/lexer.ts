import { Lexer } from "yaml";

/** What the lexer keeps to itself, as far as indentation goes. */
interface Indentation {
  /** How far the lines of a value must be indented for it to go on. */
  indentNext: number;
}

type State = Generator<string, string | null | undefined, undefined>;

/** Where YAML 1.2 wants the lines of a quoted text or of brackets to be deeper than their key, and Compose does not care. */
const INDENTED_AT_WILL = ["parseQuotedScalar", "parseFlowCollection"] as const;

/** Nothing else says what a private method of the lexer is. */
function apply(method: (...args: never) => unknown, lexer: Indentation): State {
  const state: unknown = Reflect.apply(method, lexer, []);
  if (!isState(state)) throw new TypeError("yaml's lexer has other states");
  return state;
}

function isState(value: unknown): value is State {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function isMethod(value: unknown): value is (...args: never) => unknown {
  return typeof value === "function";
}

/**
 * The lexer of `yaml`, which takes what Compose takes: quotes and brackets end where they are closed, wherever that is.
 * Only the marks of a document's start and end still stop them.
 */
export function lexerOfCompose(): Lexer {
  const lexer = new Lexer();
  for (const state of INDENTED_AT_WILL) {
    const original: unknown = Reflect.get(lexer, state);
    if (!isMethod(original)) throw new TypeError(`yaml's lexer has no ${state}`);
    Reflect.set(lexer, state, function* (this: Indentation): State {
      const { indentNext } = this;
      this.indentNext = 0;
      const result = yield* apply(original, this);
      this.indentNext = indentNext;
      return result;
    });
  }
  return lexer;
}
