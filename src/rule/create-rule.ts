import type { RuleDefinition, RulesMeta, RuleVisitor, TextSourceCode } from "@eslint/core";

import type { Edit } from "../compose/edit/edit.js";
import { refuseTemplate } from "../compose/edit/template.js";
import { buildTree } from "../compose/tree.js";
import { positionAt, type Place, type Span } from "../compose/source.js";
import { fileKindOf, type FileKind } from "../workspace/file-kinds.js";
import { absolutePath, toPosix } from "../workspace/paths.js";
import { workspaceFor } from "../workspace/registry.js";
import type { ProjectView } from "../workspace/workspace.js";
import { combineReports } from "./combined-reports.js";
import { disableComment } from "./disable-comment.js";
import { cutQuotes } from "./display.js";
import { withoutThrowing } from "./failures.js";
import { recordFinding } from "./findings.js";
import { cutValues, printableValues } from "./message-values.js";
import { offersDisableComments, readSettings } from "./settings.js";
import { composeFileOf, firstColumnOf, parseForHost } from "./source-files.js";
import { walk, type ComposeVisitor } from "./walk.js";

const DOCUMENTATION = "https://github.com/compose-networks/eslint-plugin-compose-networks/blob/main/docs/rules";

/**
 * The hosts in which every rule runs: our own language, those of eslint-plugin-yml and @eslint/json, and JavaScript's
 * with a YAML parser.
 */
const LANGUAGES = ["compose-networks/compose", "yml/yaml", "json/*", "js/js"];

/** What fills the placeholders of a message. Some keys mean the same in all rules; see `Subject`. */
export type MessageValues = Readonly<Record<string, string>> & Subject;

/** What a finding is about, for reports that machines read. */
export interface Subject {
  readonly network?: string;
  readonly subnet?: string;
  /** The forbidden range: its name with the CIDR in parentheses, or the CIDR alone. */
  readonly range?: string;
  /** Where that range is written, why and by whom. */
  readonly origin?: string;
  /** What breaks: a part of the message that the command line prints below the place. */
  readonly consequence?: string;
  /** What the fix does to a running system, beyond what the message says. */
  readonly effect?: string;
  /** What to do: the end of the message, which the command line prints on a line of its own. */
  readonly advice?: string;
}

/** A second place that a finding is about, such as the entry of the forbidden range. Lines and columns start at 1. */
export interface RelatedPlace {
  /** Absolute, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly what: string;
}

export interface Report<MessageIds extends string> {
  /** In whichever file: only findings in the file being linted are reported. */
  readonly at: Place;
  readonly messageId: MessageIds;
  readonly values: MessageValues;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: readonly Edit[] | undefined;
  readonly suggest?: readonly Suggestion<MessageIds>[];
  /** A range that only warns must not fail a run of the command line. */
  readonly severity?: "warn" | undefined;
}

export interface Suggestion<MessageIds extends string> {
  readonly messageId: MessageIds;
  readonly values: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
}

export interface RuleContext<Options, MessageIds extends string> {
  readonly options: Options;
  readonly view: ProjectView;
  readonly report: (report: Report<MessageIds>) => void;
}

export interface RuleDocs {
  readonly description: string;
  /** The first preset that has the rule, `false` when only `all` has it. */
  readonly recommended: "recommended" | "strict" | false;
  /** How the presets report it; `error` unless given. */
  readonly level?: "warn";
}

export interface RuleSource<Options extends object, MessageIds extends string> {
  readonly name: string;
  readonly meta: Omit<RulesMeta<MessageIds, [Partial<Options>]>, "defaultOptions" | "languages" | "docs"> & {
    readonly docs: RuleDocs;
    /** Of a rule that has options. */
    readonly defaultOptions?: readonly [Options];
  };
  /** The files that the rule is about; compose files unless given. */
  readonly files?: FileKind;
  /** @returns handlers for the nodes of the compose file's tree. */
  create(context: RuleContext<Options, MessageIds>): ComposeVisitor;
}

export type ComposeRule = RuleDefinition & { readonly name: string; readonly docs: RuleDocs };

/** The parts of ESLint's types that our rules fill in. */
interface HostTypes<Options, MessageIds extends string> {
  LangOptions: Record<string, unknown>;
  Code: TextSourceCode;
  RuleOptions: [Options];
  Visitor: RuleVisitor;
  Node: unknown;
  MessageIds: MessageIds;
  ExtRuleDocs: Record<string, unknown>;
}

/**
 * Makes an ESLint rule out of one that speaks of Compose: it sees the compose file's own tree and its project, whichever
 * language ESLint was told to use for the file.
 */
export function createRule<Options extends object, MessageIds extends string>(
  source: RuleSource<Options, MessageIds>,
): ComposeRule {
  const {
    name,
    meta: { defaultOptions, ...meta },
  } = source;
  const rule: RuleDefinition<HostTypes<Options, MessageIds>> & { name: string; docs: RuleDocs } = {
    name,
    docs: meta.docs,
    meta: {
      ...meta,
      docs: { ...meta.docs, url: `${DOCUMENTATION}/${name}.md` },
      ...(defaultOptions && { defaultOptions: [...defaultOptions] }),
      // Whoever asks for them gets disable comments from every rule.
      hasSuggestions: true,
      // Read by ESLint from 10.2 on; the types of older ones do not know it.
      ...{ languages: LANGUAGES },
    },
    create(context) {
      const { sourceCode, options } = context;
      const cwd = toPosix(context.cwd);
      const path = absolutePath(cwd, toPosix(context.filename));
      if (fileKindOf(path) !== (source.files ?? "compose")) return {};
      const isOurLanguage = composeFileOf(sourceCode) !== undefined;
      const file = composeFileOf(sourceCode) ?? parseForHost(sourceCode, path);
      if (!file) return {};
      // Other files know no such comment.
      const canDisable = offersDisableComments(context.settings) && /\.ya?ml$/i.test(path);
      const workspace = workspaceFor({ cwd, ...readSettings(context.settings, cwd) });
      if (workspace.isElsewhere(path)) return {};
      const views = workspace.views(file);
      const collected = views.map((): Report<MessageIds>[] => []);
      const report = ({
        at,
        messageId,
        values,
        related = [],
        severity,
        fix,
        suggest = [],
      }: Report<MessageIds>): void => {
        const loc = locationOf(at);
        const isEditable = !refuseTemplate(file);
        const edits = [...(fix ? [fix] : []), ...suggest.map((suggestion) => suggestion.edits)];
        recordFinding(sourceCode, {
          edits,
          rule: name,
          messageId,
          loc,
          subject: cutValues(values),
          related: related.map(cutRelated),
          severity,
        });
        context.report({
          loc: startingAt(firstColumnOf(sourceCode), loc),
          messageId,
          data: printableValues(values),
          fix: fix && isEditable ? (fixer) => fixesOf(fix, fixer) : null,
          suggest: [
            ...(isEditable ? suggest : []).map((suggestion) => ({
              messageId: suggestion.messageId,
              data: printableValues(suggestion.values),
              fix: <Fix>(fixer: Fixer<Fix>) => fixesOf(suggestion.edits, fixer),
            })),
            ...(canDisable ? [disabling(at, name)] : []),
          ],
        });
      };
      const visitors = views.map((view, index) =>
        source.create({
          options: options[0],
          view,
          report: (found) => {
            if (found.at.source !== file.source) return;
            if (views.length === 1) report(found);
            else collected[index]?.push(found);
          },
        }),
      );
      const [only] = visitors;
      if (isOurLanguage && visitors.length === 1) return { ...only };
      const walkWhole = (): void => {
        const tree = buildTree(file);
        for (const visitor of visitors) walk(tree, visitor);
        for (const found of combineReports(collected)) report(found);
      };
      if (isOurLanguage) return { ComposeFile: walkWhole };
      // The roots of the other languages' trees.
      return { Program: walkWhole, Document: walkWhole };
    },
  };
  return {
    ...rule,
    create: withoutThrowing(name, (context: Parameters<typeof rule.create>[0]) => rule.create(context)),
  };
}

function cutRelated(place: RelatedPlace): RelatedPlace {
  return { ...place, what: cutQuotes(place.what) };
}

/** A suggestion for editors that don't know how YAML writes a comment. */
function disabling(at: Place, rule: string): { desc: string; fix: <Fix>(fixer: Fixer<Fix>) => Fix[] } {
  const id = `compose-networks/${rule}`;
  return {
    desc: `Disable ${id} for this line with a YAML comment`,
    fix: (fixer) => fixesOf([disableComment(at, id)], fixer),
  };
}

interface Fixer<Fix> {
  replaceTextRange(range: [number, number], text: string): Fix;
}

function fixesOf<Fix>(edits: readonly Edit[], fixer: Fixer<Fix>): Fix[] {
  return edits.map(({ span, text }) => fixer.replaceTextRange([...span], text));
}

interface Extent {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

function startingAt(firstColumn: number, { start, end }: Extent): Extent {
  return {
    start: { ...start, column: start.column + firstColumn },
    end: { ...end, column: end.column + firstColumn },
  };
}

function locationOf({ source, span }: Place): Extent {
  return { start: linePosition(source, span[0]), end: linePosition(source, span[1]) };
}

interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/** With columns from 0. */
function linePosition(source: Place["source"], offset: Span[number]): LinePosition {
  const { line, column } = positionAt(source, offset);
  return { line, column: column - 1 };
}
