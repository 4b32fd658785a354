import type { RuleDefinition, RulesMeta, RuleVisitor, TextSourceCode } from "@eslint/core";

import type { Edit } from "../kit/edit.js";
import { positionAt, type Place } from "../kit/source.js";
import { documentationOf, type Rule, type RuleDocs } from "../lint/define-rule.js";
import { judgeBroughtIn } from "../lint/brought-in.js";
import { RULE_PREFIX, type RuleFinding } from "../lint/finding.js";
import { judge } from "../lint/judge.js";
import { partsOf, sentenceOf } from "../lint/message.js";
import { defaultsOf, schemaOf } from "../lint/options.js";
import { isOffInPolicy } from "../lint/policy-rules.js";
import { disableComment } from "../lint/disable-comment.js";
import { withoutThrowing } from "./failures.js";
import { offersDisableComments, readSettings } from "./read-settings.js";
import { composeFileOf, firstColumnOf, parseForHost } from "./source-files.js";
import { fileKindOf } from "../workspace/files/file-kinds.js";
import { formatLocation } from "../policy/source-text.js";
import { toPosix } from "../workspace/files/native-paths.js";
import { absolutePath, shownPath } from "../workspace/files/paths.js";
import { workspaceFor } from "./workspaces.js";

/**
 * The hosts in which every rule runs: our own language, those of eslint-plugin-yml and @eslint/json, and JavaScript's
 * with a YAML parser.
 */
const LANGUAGES = ["compose-networks/compose", "yml/yaml", "json/*", "js/js"];

export type ESLintRule = RuleDefinition & { readonly name: string; readonly docs: RuleDocs };

/** The parts of ESLint's types that our rules fill in. */
interface HostTypes {
  LangOptions: Record<string, unknown>;
  Code: TextSourceCode;
  RuleOptions: unknown[];
  Visitor: RuleVisitor;
  Node: unknown;
  MessageIds: string;
  ExtRuleDocs: Record<string, unknown>;
}

/** Makes an ESLint rule out of a plain one, whichever language ESLint was told to use for the file. */
export function toESLintRule(rule: Rule): ESLintRule {
  const { name, docs } = rule;
  const hosted: RuleDefinition<HostTypes> & { name: string; docs: RuleDocs } = {
    name,
    docs,
    meta: metaOf(rule),
    create(context) {
      const { sourceCode, settings, options } = context;
      const cwd = toPosix(context.cwd);
      const path = absolutePath(cwd, toPosix(context.filename));
      if (fileKindOf(path) !== rule.files) return {};
      const own = composeFileOf(sourceCode);
      const file = own ?? parseForHost(sourceCode, path);
      if (!file) return {};
      // Other files know no such comment.
      const canDisable = offersDisableComments(settings) && /\.ya?ml$/i.test(path);
      const firstColumn = firstColumnOf(sourceCode);
      const run = (): void => {
        const workspace = workspaceFor({ cwd, ...readSettings(settings, cwd) });
        const views = workspace.judgedViews(file).filter((view) => !isOffInPolicy(rule, view));
        const brought = workspace.broughtInBy(file).filter(({ view }) => !isOffInPolicy(rule, view));
        const findings = [
          ...judge(rule, file, views, options[0]).filter(({ isKnown }) => !isKnown),
          ...judgeBroughtIn(rule, brought, options[0]),
        ];
        for (const finding of findings) {
          context.report({
            loc: locationOf(finding.at, firstColumn),
            ...wordsOf(finding, cwd),
            fix: fixing(finding.fix),
            suggest: [
              ...finding.suggestions.map(({ does, data, edits }) => ({ messageId: does, data, fix: fixing(edits) })),
              ...(canDisable ? [disabling(finding.at, name)] : []),
            ],
          });
        }
      };
      // The roots of the other languages' trees.
      return own ? { ComposeFile: run } : { Program: run, Document: run };
    },
  };
  return {
    ...hosted,
    create: withoutThrowing((context: Parameters<typeof hosted.create>[0]) => hosted.create(context)),
  };
}

/** What is wrong in another file begins with the place. */
function wordsOf({ says, data, parts, at, home }: RuleFinding, cwd: string) {
  if (home.source === at.source) return { messageId: says, data };
  const place = formatLocation({ file: shownPath(cwd, home.source.path), ...positionAt(home.source, home.span[0]) });
  return { message: `${place}: ${sentenceOf(parts)}` };
}

function metaOf(rule: Rule): RulesMeta<string, unknown[], Record<string, unknown>> {
  const { type, docs, options, headlines, suggestions, fixable } = rule;
  const messages: Record<string, string> = { ...suggestions };
  for (const [id, message] of Object.entries(headlines)) messages[id] = sentenceOf(partsOf(message));
  return {
    type,
    // Not as `defaultOptions`: ESLint would lay them below those of a configuration, and so above those of the policy file.
    docs: { ...docs, url: documentationOf(rule), ...(options && { defaults: defaultsOf(options) }) },
    ...(fixable && { fixable: "code" as const }),
    // Whoever asks for them gets disable comments from every rule.
    hasSuggestions: true,
    schema: schemaOf(options),
    messages,
    // Read by ESLint from 10.2 on; the types of older ones do not know it.
    ...{ languages: LANGUAGES },
  };
}

/** A suggestion for editors that don't know how YAML writes a comment. */
function disabling(at: Place, rule: string) {
  const id = `${RULE_PREFIX}${rule}`;
  return {
    desc: `Disable ${id} for this line with a YAML comment`,
    fix: fixing([disableComment(at, id)]),
  };
}

interface Fixer<Fix> {
  replaceTextRange(range: [number, number], text: string): Fix;
}

function fixing(edits: readonly Edit[]): <Fix>(fixer: Fixer<Fix>) => Fix[];
function fixing(edits: readonly Edit[] | undefined): (<Fix>(fixer: Fixer<Fix>) => Fix[]) | null;
function fixing(edits: readonly Edit[] | undefined) {
  if (!edits) return null;
  return <Fix>(fixer: Fixer<Fix>) => edits.map(({ span, text }) => fixer.replaceTextRange([...span], text));
}

interface Extent {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/** @param firstColumn The number that the host gives the first column of a line. */
function locationOf({ source, span }: Place, firstColumn: number): Extent {
  const at = (offset: number): LinePosition => {
    const { line, column } = positionAt(source, offset);
    return { line, column: column - 1 + firstColumn };
  };
  return { start: at(span[0]), end: at(span[1]) };
}
