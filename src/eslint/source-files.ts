import type { ComposeFile } from "../compose/read/compose-file.js";
import { parseInWorkspace } from "./workspaces.js";

/** What every kind of source code in ESLint has. */
interface HostSourceCode {
  readonly text: string;
  /** Not in every host. */
  readonly getLocFromIndex?: (offset: number) => { readonly column: number };
}

const ofOurLanguage = new WeakMap<HostSourceCode, ComposeFile>();
const ofOtherLanguages = new WeakMap<HostSourceCode, ComposeFile | undefined>();

/** Tells the rules which compose file a source code stands for, so that it is not parsed again. */
export function bindComposeFile(sourceCode: HostSourceCode, file: ComposeFile): void {
  ofOurLanguage.set(sourceCode, file);
}

export function composeFileOf(sourceCode: HostSourceCode): ComposeFile | undefined {
  return ofOurLanguage.get(sourceCode);
}

/** Parses the text of a source code that knows nothing of Compose, once for all rules. */
export function parseForHost(sourceCode: HostSourceCode, path: string): ComposeFile | undefined {
  if (!ofOtherLanguages.has(sourceCode)) {
    const parsed = parseInWorkspace(path, sourceCode.text);
    // A text that is no YAML is the host's to report.
    ofOtherLanguages.set(sourceCode, parsed.ok ? parsed.file : undefined);
  }
  return ofOtherLanguages.get(sourceCode);
}

/** The number that the host gives the first column of a line: 0, and 1 under @eslint/json. */
export function firstColumnOf(sourceCode: HostSourceCode): number {
  return sourceCode.getLocFromIndex?.(0).column ?? 0;
}
