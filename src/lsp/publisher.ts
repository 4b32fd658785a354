import type { Diagnostic } from "vscode-languageserver";

import type { Client } from "./client.js";

/** What an editor was told about each file, so that nothing is sent twice and nothing stays that is no longer true. */
export class Publisher {
  readonly #sent = new Map<string, string>();
  /** The last answer for each file that an editor has asked about. */
  readonly #answers = new Map<string, { readonly id: string; readonly text: string }>();
  #ids = 0;

  constructor(readonly client: Pick<Client, "publish">) {}

  /** @param uri As the editor writes it, for a file that it has open. */
  publish(uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]): void {
    const text = JSON.stringify([version ?? null, diagnostics]);
    if (this.#sent.get(uri) === text || (diagnostics.length === 0 && version === undefined && !this.#sent.has(uri))) {
      return;
    }
    if (diagnostics.length === 0 && version === undefined) this.#sent.delete(uri);
    else this.#sent.set(uri, text);
    this.client.publish(uri, version, diagnostics);
  }

  /** Takes back what was said of all other files. */
  keepOnly(uris: ReadonlySet<string>): void {
    for (const uri of [...this.#sent.keys()]) if (!uris.has(uri)) this.takeBack(uri);
  }

  takeBack(uri: string): void {
    if (this.#sent.delete(uri)) this.client.publish(uri, undefined, []);
  }

  /** @returns the name of an answer, and whether it is the one that the editor has. */
  answer(uri: string, diagnostics: readonly Diagnostic[], previous: string | undefined) {
    const text = JSON.stringify(diagnostics);
    const before = this.#answers.get(uri);
    if (before?.text === text) return { id: before.id, isKnown: before.id === previous };
    const id = String((this.#ids += 1));
    this.#answers.set(uri, { id, text });
    return { id, isKnown: false };
  }

  /** Whether an editor that has asked would be told something else now. */
  isOutdated(uri: string, diagnostics: readonly Diagnostic[]): boolean {
    const before = this.#answers.get(uri);
    return before !== undefined && before.text !== JSON.stringify(diagnostics);
  }

  forget(uri: string): void {
    this.#answers.delete(uri);
  }
}
