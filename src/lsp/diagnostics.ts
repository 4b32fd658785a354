import type { Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Range } from "vscode-languageserver";

import { documentationOf } from "../lint/define-rule.js";
import { RULE_PREFIX, type Finding } from "../lint/finding.js";
import { printable } from "../kit/printable.js";
import type { RelatedPlace } from "../remedy/wording.js";

const ERROR: DiagnosticSeverity = 1;
const WARNING: DiagnosticSeverity = 2;

/** What messages are from, as an editor shows it. */
const SOURCE = "compose-networks";

/** What the translation of a finding needs to know. */
export interface DiagnosticContext {
  /** Of the file that the finding is in. */
  readonly uri: string;
  readonly rangeOf: (finding: Finding) => Range;
  readonly uriOf: (path: string) => string;
  /** Whether the editor shows what belongs to a message at other places. Else the message says it all. */
  readonly showsRelated: boolean;
}

/**
 * A finding as editors show it. Rows of a list are short, so the headline is the message, and the rest is what belongs to
 * it: at its own place where it has one.
 */
export function diagnosticOf(finding: Finding, context: DiagnosticContext): Diagnostic {
  const { rule, severity } = finding;
  const range = context.rangeOf(finding);
  const about = relatedTo(finding, range, context);
  const headline = printable(finding.parts.headline);
  return {
    range,
    severity: severity === "error" ? ERROR : WARNING,
    source: SOURCE,
    ...(rule !== null && { code: rule, codeDescription: { href: documentationOf(ruleNamed(rule)) } }),
    message: context.showsRelated ? headline : [headline, ...about.map(({ message }) => message)].join("\n"),
    ...(context.showsRelated && about.length > 0 && { relatedInformation: about }),
  };
}

function ruleNamed(id: string): { readonly name: string } {
  return { name: id.slice(RULE_PREFIX.length) };
}

function relatedTo(finding: Finding, range: Range, context: DiagnosticContext): DiagnosticRelatedInformation[] {
  const { parts, related, subject } = finding;
  const [entry, ...others] = subject.range === undefined ? [undefined, ...related] : related;
  const here = (text: string | undefined): DiagnosticRelatedInformation[] =>
    text === undefined || text === ""
      ? []
      : [{ location: { uri: context.uri, range }, message: capitalized(printable(text)) }];
  const there = (place: RelatedPlace, text: string): DiagnosticRelatedInformation => ({
    location: { uri: context.uriOf(place.file), range: rangeAt(place) },
    message: capitalized(printable(text)),
  });
  return [
    ...here(parts.consequence),
    ...(entry ? [there(entry, parts.origin ?? entry.what)] : here(parts.origin)),
    ...here(parts.verdict),
    ...here(parts.advice),
    ...others.flatMap((place) => (place ? [there(place, place.what)] : [])),
  ];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function rangeAt({ line, column }: RelatedPlace): Range {
  const at = { line: Math.max(line - 1, 0), character: Math.max(column - 1, 0) };
  return { start: at, end: at };
}

/** Said of a file whose check failed, so that an empty list is never taken for a clean file. */
export function failedCheck(reason: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: ERROR,
    source: SOURCE,
    message: `The check of this file failed: ${printable(reason)}. Please report it`,
  };
}
