import type { RuleVisitor } from "@eslint/core";

/** The part of ESLint's context that a failure is told to. */
interface FailureContext {
  readonly sourceCode: object;
  report(problem: { readonly loc: Extent; readonly message: string }): void;
}

interface Extent {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

const FIRST_CHARACTER: Extent = { start: { line: 1, column: 0 }, end: { line: 1, column: 1 } };

const failed = new WeakSet<object>();

/**
 * The same rule, with a finding in place of an exception: ESLint ends its whole run when a rule throws, and says nothing
 * of all other files.
 */
export function withoutThrowing<Context extends FailureContext>(
  create: (context: Context) => RuleVisitor,
): (context: Context) => RuleVisitor {
  return (context) => {
    const caught = (error: unknown): void => fail(error, context);
    try {
      return Object.fromEntries(
        Object.entries(create(context)).map(([type, handler]) => [type, handler && attempting(handler, caught)]),
      );
    } catch (error) {
      caught(error);
      return {};
    }
  };
}

type Handler = NonNullable<RuleVisitor[string]>;

function attempting(handler: Handler, caught: (error: unknown) => void): Handler {
  return (...given: readonly unknown[]) => {
    try {
      handler(...given);
    } catch (error) {
      caught(error);
    }
  };
}

/** Of one file, one is enough to say that it is not checked. */
function fail(error: unknown, context: FailureContext): void {
  if (failed.has(context.sourceCode)) return;
  failed.add(context.sourceCode);
  const why = error instanceof Error ? error.message : String(error);
  context.report({
    loc: FIRST_CHARACTER,
    message: `The file is not checked, as the check itself failed (${why}). Report it.`,
  });
}
