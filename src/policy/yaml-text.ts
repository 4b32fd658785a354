import { withoutText } from "../compose/read-yaml.js";
import { type Document, isAlias, isNode, type Node, parseDocument } from "yaml";
import { faultAt, firstLineOf, type PolicyFault, type SourceText, type Span } from "./source-text.js";

/** One YAML document while it is read: its text, and the faults found so far. */
export interface Page {
  readonly source: SourceText;
  readonly faults: readonly PolicyFault[];
  readonly report: (range: Span, message: string) => void;
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
export function readYaml(source: SourceText): { readonly page: Page; readonly root: Node | undefined } {
  const document = parseDocument(source.text, {
    prettyErrors: false,
    schema: "core",
    merge: false,
    stringKeys: true,
    uniqueKeys: false,
  });
  const page = pageOf(source, document);
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    page.report(firstLineOf(source, pos), code === "MULTIPLE_DOCS" ? SECOND_DOCUMENT : `not valid YAML: ${withoutText(message)}`);
  }
  const root = page.faults.length > 0 ? undefined : (document.contents ?? undefined);
  return { page, root };
}

const SECOND_DOCUMENT = "a second YAML document starts here; a forbidden-ranges file holds one";

function pageOf(source: SourceText, document: Document): Page {
  const faults: PolicyFault[] = [];
  const seen = new Set<string>();
  const report = (range: Span, message: string): void => {
    // A value behind an anchor is read once for each alias, and is wrong only once.
    const key = `${range[0]} ${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    faults.push(faultAt(source, range, message));
  };
  const resolve = (node: unknown): Node | undefined => {
    if (!isNode(node)) return undefined;
    if (!isAlias(node)) return node;
    const target = node.resolve(document);
    if (!target) report(spanOf(node), `"*${node.source}": no anchor &${node.source} stands before it`);
    return target;
  };
  const markerBefore = (node: Node): Span => {
    const [start, end] = spanOf(node);
    if (end > start) return [start, end];
    const behind = source.text.slice(0, start).trimEnd().length;
    return [behind - 1, behind];
  };
  return { source, faults, report, resolve, markerBefore };
}

/** The characters of a node without the space behind it. */
export function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}
