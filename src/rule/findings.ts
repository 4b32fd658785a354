import type { Edit } from "../compose/edit/edit.js";
import type { MessageValues, RelatedPlace } from "./create-rule.js";

/** What ESLint's own messages leave out: the parts that a message was made of. */
export interface Finding {
  readonly rule: string;
  readonly messageId: string;
  /** Lines from 1, columns from 0. */
  readonly loc: { readonly start: { readonly line: number; readonly column: number } };
  readonly subject: MessageValues;
  readonly related: readonly RelatedPlace[];
  readonly severity: "warn" | undefined;
  /** Of the fix and of each suggestion. ESLint makes one of each, with all the text between them. */
  readonly edits: readonly (readonly Edit[])[];
}

const findings = new WeakMap<object, Finding[]>();

export function recordFinding(sourceCode: object, finding: Finding): void {
  const known = findings.get(sourceCode);
  if (known) known.push(finding);
  else findings.set(sourceCode, [finding]);
}

/** The findings of all rules in the file that this source code stands for, suppressed ones too. */
export function findingsIn(sourceCode: object): readonly Finding[] {
  return findings.get(sourceCode) ?? [];
}
