import { readYaml, type Selection, type SyntaxProblem } from "./read-yaml.js";
import { skim } from "./skim.js";
import { createSource, type Place, type Source } from "./source.js";
import { asMap, type MapValue } from "./value.js";

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
  | { readonly ok: false; readonly source: Source; readonly problems: readonly SyntaxProblem[] };

const PRESENCE: Selection = {};

/** Of a service only what decides which networks it joins, and beside whom; of everything else only the key. */
const ABOUT_NETWORKS: Selection = {
  name: true,
  include: true,
  networks: true,
  services: {
    "*": {
      image: PRESENCE,
      build: PRESENCE,
      provider: PRESENCE,
      extends: true,
      networks: true,
      network_mode: true,
      profiles: true,
      scale: true,
      deploy: { replicas: true },
    },
  },
};

/** @param text Without a byte order mark. */
export function parseComposeFile(path: string, text: string): ParsedComposeFile {
  const source = createSource(path, text);
  const yaml = readYaml(source, ABOUT_NETWORKS, skim(text));
  if (yaml.problems.length > 0) return { ok: false, source, problems: yaml.problems };
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
