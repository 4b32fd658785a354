import type { Diagnostic } from "vscode-languageserver";

/** What the server does to an editor without being asked. */
export interface Client {
  /** @param version Of the open text that they are about; undefined for a file that is not open. */
  publish(uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]): void;
  /** Shows a message that can't be missed. */
  show(severity: "error" | "warning", message: string): void;
  /** Asks for what the editor pulls: something else has changed what it is. */
  refresh(what: "diagnostics" | "hints"): void;
}

/** What an editor said that it can do, as far as answers depend on it. */
export interface Abilities {
  readonly pullsDiagnostics: boolean;
  readonly showsRelated: boolean;
  readonly takesVersionedEdits: boolean;
  /** Whether it asks for the edits of an action once it is chosen. */
  readonly resolvesEdits: boolean;
  readonly readsMarkdown: boolean;
  /** Whether it says when files change on the disk. */
  readonly watchesFiles: boolean;
}
