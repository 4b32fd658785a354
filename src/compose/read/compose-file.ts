import { readYaml, type Selection, type YamlDocument } from "./yaml.js";
import { ABOUT_SERVICES } from "./service-keys.js";
import { skim } from "./skim.js";
import { createSource, type Place, positionAt, type Source } from "../../kit/source.js";
import { looksLikeTemplate } from "./template.js";
import { asMap, type MapValue } from "./value.js";
import type { SyntaxProblem } from "./syntax-problem.js";

/** One compose file, read once: all that the project and the edits need, and nothing of the YAML parser's own tree. */
export interface ComposeFile {
  readonly source: Source;
  /** The root maps of the documents that have one. */
  readonly documents: readonly ComposeDocument[];
  readonly oddKeys: readonly Place[];
}

export interface ComposeDocument {
  readonly root: MapValue;
  /** From the document's first line to the next document's, or to the end of the file. */
  readonly span: readonly [start: number, end: number];
}

export type ParsedComposeFile =
  | { readonly ok: true; readonly file: ComposeFile }
  | { readonly ok: false; readonly source: Source; readonly problem: SyntaxProblem };

/** Of everything but networks only what decides which of them are joined. */
const ABOUT_NETWORKS: Selection = { name: true, include: true, networks: true, services: { "*": ABOUT_SERVICES } };

/** @param text Without a byte order mark. */
export function parseComposeFile(path: string, text: string): ParsedComposeFile {
  return read(createSource(path, text), ABOUT_NETWORKS, skim(text, ABOUT_NETWORKS));
}

/**
 * Reads other parts of a file, for a rule that asks for more than networks. They are not too many: whatever was not
 * read the first time is plain lines.
 *
 * @returns a file with the same source, so that its places are places of the given one.
 */
export function reread(file: ComposeFile, about: Selection): ComposeFile {
  const { source } = file;
  const parsed = read(source, about, skim(source.text, about), Infinity);
  return parsed.ok ? parsed.file : file;
}

function read(source: Source, about: Selection, text: string, most?: number): ParsedComposeFile {
  const yaml = readYaml(source, about, text, most);
  // Those behind the first problem are mostly what comes of it: a template would have hundreds.
  const problem = yaml.problems[0] ?? emptyDocumentAmong(yaml.documents);
  if (problem) return { ok: false, source, problem: explained(problem, source) };
  const documents = yaml.documents.flatMap(({ root, span }): ComposeDocument[] => {
    const map = asMap(root);
    return map ? [{ root: map, span }] : [];
  });
  return {
    ok: true,
    file: {
      source,
      documents,
      oddKeys: yaml.documents.flatMap(({ oddKeys }) => oddKeys),
    },
  };
}

/** Beside a document that is one of a compose file, Compose takes no other: not even an empty one. */
function emptyDocumentAmong(documents: readonly YamlDocument[]): SyntaxProblem | undefined {
  if (documents.length < 2 || !documents.some(({ root }) => root?.kind === "map")) return undefined;
  const empty = documents.find(({ root, isMarked }) => root?.kind !== "map" && (isMarked || root !== undefined));
  if (!empty) return undefined;
  const [start] = empty.root?.place.span ?? empty.span;
  return {
    message: 'Compose refuses a document that is not a mapping. Remove the "---" or what is below it',
    span: [start, start],
  };
}

function explained({ message, span }: SyntaxProblem, source: Source): SyntaxProblem {
  const { line } = positionAt(source, span[0]);
  const text = source.text.slice(source.lineStarts[line - 1], source.lineStarts[line]);
  if (!looksLikeTemplate(text)) return { message, span };
  return { message: `${message}. The line looks like one of a template: check what is made of it instead`, span };
}
