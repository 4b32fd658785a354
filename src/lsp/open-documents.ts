import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver";

import { OpenTexts } from "../workspace/files/overlay-disk.js";
import { TextLines } from "./text-lines.js";
import { pathOf } from "./uris.js";

/** A text that an editor has open. */
export interface OpenDocument {
  /** As the editor writes it. */
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

/** The texts that an editor has open, which count in place of the files below them. */
export class OpenDocuments {
  readonly texts = new OpenTexts();
  readonly #byUri = new Map<string, OpenDocument>();
  readonly #byPath = new Map<string, OpenDocument>();

  /** @returns undefined for a text that has no place. */
  open({ uri, version, text }: TextDocumentItem): OpenDocument | undefined {
    const path = pathOf(uri);
    return path === undefined ? undefined : this.#set({ uri, path, version, text });
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | undefined {
    const before = this.#byUri.get(uri);
    return before && this.#set({ ...before, version, text: changes.reduce(changed, before.text) });
  }

  close(uri: string): OpenDocument | undefined {
    const document = this.#byUri.get(uri);
    if (!document) return undefined;
    this.#byUri.delete(uri);
    if (this.#byPath.get(document.path)?.uri !== uri) return document;
    this.#byPath.delete(document.path);
    this.texts.close(document.path);
    return document;
  }

  at(path: string): OpenDocument | undefined {
    return this.#byPath.get(path);
  }

  all(): readonly OpenDocument[] {
    return [...this.#byPath.values()];
  }

  #set(document: OpenDocument): OpenDocument {
    this.#byUri.set(document.uri, document);
    this.#byPath.set(document.path, document);
    this.texts.open(document.path, document.text);
    return document;
  }
}

function changed(text: string, change: TextDocumentContentChangeEvent): string {
  if (!("range" in change)) return change.text;
  const [start, end] = new TextLines(text).spanOf(change.range);
  return text.slice(0, start) + change.text + text.slice(Math.max(start, end));
}
