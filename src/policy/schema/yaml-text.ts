import { type Alias, Composer, type Document, isAlias, isNode, type Node, Parser } from "yaml";

import { type Aliases, CONTAINS_ITSELF, NO_ALIASES, resolveAliases } from "../../compose/read/aliases.js";
import { shallow, TOO_DEEP } from "../../compose/read/nesting.js";
import { withoutText } from "../../compose/read/yaml.js";
import { faultAt, firstLineOf, type PolicyFault, type SourceText, type Span } from "../source-text.js";

/** One YAML document while it is read: its text, and the faults found so far. */
export interface Page {
  readonly source: SourceText;
  readonly faults: readonly PolicyFault[];
  readonly report: (range: Span, message: string) => void;
  /** How often something was reported, also what was known already. */
  readonly reports: () => number;
  /** The node itself, or the one that an alias stands for. Undefined for a missing node, and after a fault. */
  readonly resolve: (node: unknown) => Node | undefined;
  /** The `-` or `,` before an empty entry, which has no characters of its own. */
  readonly markerBefore: (node: Node) => Span;
}

/**
 * Parses YAML 1.2 (so JSON too) without deciding what it means. `root` is undefined after a fault.
 *
 * The core schema is taken whatever a `%YAML` directive says: under 1.1, `off` and dates would not stay text.
 * Duplicate keys are left to the reader of a map, which knows where the first one is.
 */
export function readYaml(source: SourceText): YamlText {
  let tooDeep: number | undefined;
  const tokens = shallow(new Parser().parse(source.text), (at) => (tooDeep = at));
  const composer = new Composer({
    prettyErrors: false,
    schema: "core",
    merge: false,
    stringKeys: true,
    uniqueKeys: false,
  });
  const [document, second] = composer.compose(tokens, true, source.text.length);
  const page = pageOf(source, document);
  for (const { message, pos } of [...(document?.errors ?? []), ...(document?.warnings ?? [])]) {
    page.report(firstLineOf(source, pos), `not valid YAML: ${withoutText(message)}`);
  }
  if (second) page.report(firstLineOf(source, [second.range[0], second.range[1]]), SECOND_DOCUMENT);
  // What stands above the place was cut off there, and is no fault of its own.
  if (tooDeep !== undefined) page.report([tooDeep, tooDeep + 1], `not valid YAML: ${TOO_DEEP}`);
  const contents = document?.contents ?? undefined;
  return { page, root: page.faults.length > 0 ? undefined : contents, contents };
}

export interface YamlText {
  readonly page: Page;
  readonly root: Node | undefined;
  /** What a parser makes of the text in any case, to tell what it is. */
  readonly contents: Node | undefined;
}

const SECOND_DOCUMENT = "a second YAML document starts here; a forbidden-ranges file holds one";

function pageOf(source: SourceText, document: Document.Parsed | undefined): Page {
  const faults: PolicyFault[] = [];
  const seen = new Set<string>();
  let reports = 0;
  const report = (range: Span, message: string): void => {
    reports += 1;
    // A value behind an anchor is read once for each alias, and is wrong only once.
    const key = `${range[0]} ${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    faults.push(faultAt(source, range, message));
  };
  let aliases: Aliases | undefined;
  let asked = 0;
  const resolve = (node: unknown): Node | undefined => {
    if (!isNode(node)) return undefined;
    asked += 1;
    if (!isAlias(node)) return asked <= mostNodesOf(source) ? node : undefined;
    aliases ??= document ? resolveAliases(document) : NO_ALIASES;
    const target = aliases.targets.get(node);
    if (!target) report(spanOf(node), whyUnresolved(node, aliases));
    else if (asked > mostNodesOf(source)) report(spanOf(node), "the aliases expand to too much");
    return asked <= mostNodesOf(source) ? target : undefined;
  };
  const markerBefore = (node: Node): Span => {
    const [start, end] = spanOf(node);
    if (end > start) return [start, end];
    const behind = source.text.slice(0, start).trimEnd().length;
    return [behind - 1, behind];
  };
  return { source, faults, report, reports: () => reports, resolve, markerBefore };
}

/** Without aliases nothing is asked for more often than this; lists of aliases grow without end in a few lines. */
function mostNodesOf({ text }: SourceText): number {
  return 10_000 + 2 * text.length;
}

/** Its name is not printed: it may be a value that somebody forgot to quote. */
function whyUnresolved({ range }: Alias, { problems }: Aliases): string {
  const isInside = problems.some(({ span, message }) => span[0] === range?.[0] && message === CONTAINS_ITSELF);
  return isInside ? "the alias contains itself" : "the alias names no anchor above it";
}

/** The characters of a node without the space behind it. */
export function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}
