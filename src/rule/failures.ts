import type { RuleVisitor } from "@eslint/core";

/** What a rule threw while it looked at a source code: a mistake of ours, and never one of the file. */
export interface Failure {
  readonly rule: string;
  readonly error: unknown;
}

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

const failures = new WeakMap<object, Failure>();

export function failureIn(sourceCode: object): Failure | undefined {
  return failures.get(sourceCode);
}

/**
 * The same rule, with a finding in place of an exception: ESLint ends its whole run when a rule throws, and says nothing
 * of all other files.
 */
export function withoutThrowing<Context extends FailureContext>(
  rule: string,
  create: (context: Context) => RuleVisitor,
): (context: Context) => RuleVisitor {
  return (context) => {
    const failed = (error: unknown): void => fail({ rule, error }, context);
    try {
      return Object.fromEntries(
        Object.entries(create(context)).map(([type, handler]) => [type, handler && attempting(handler, failed)]),
      );
    } catch (error) {
      failed(error);
      return {};
    }
  };
}

type Handler = NonNullable<RuleVisitor[string]>;

function attempting(handler: Handler, failed: (error: unknown) => void): Handler {
  return (...given: readonly unknown[]) => {
    try {
      handler(...given);
    } catch (error) {
      failed(error);
    }
  };
}

/** Of one file, one is enough to say that it is not checked. */
function fail(failure: Failure, context: FailureContext): void {
  if (failures.has(context.sourceCode)) return;
  failures.set(context.sourceCode, failure);
  const { error } = failure;
  const why = error instanceof Error ? error.message : String(error);
  context.report({
    loc: FIRST_CHARACTER,
    message: `The file is not checked, as the check itself failed (${why}). Report it.`,
  });
}
