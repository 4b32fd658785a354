import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

import { onTestFinished } from "vitest";
import {
  CodeActionRequest,
  CodeActionResolveRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  InlayHintRequest,
  MarkupContent,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type FileEvent,
  type InitializeResult,
  type InlayHint,
  type Position,
  type ProtocolConnection,
  type Range,
  type TextDocumentContentChangeEvent,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";

import { COMMAND, type Folder } from "../cli/command.js";

export interface EditorOptions {
  /** Of the command, beside `lsp`. */
  readonly args?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  /** The workspace folders; the folder itself unless given. */
  readonly folders?: readonly string[];
}

/** What the editors that people use have in common. */
const CAPABILITIES: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
    codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] } },
    hover: { contentFormat: ["markdown"] },
  },
};

/** With an editor that asks for findings itself. */
export const PULLING: ClientCapabilities = {
  ...CAPABILITIES,
  workspace: { ...CAPABILITIES.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { ...CAPABILITIES.textDocument, diagnostic: {} },
};

/** An editor without a screen, in front of the built command. */
export class Editor {
  readonly #screen = new Map<string, { version: number; text: string }>();
  readonly #published = new Map<string, readonly Diagnostic[]>();
  readonly messages: string[] = [];
  readonly registered: string[] = [];
  stderr = "";
  /** How often the server has asked to be asked again. */
  refreshes = 0;
  #rounds = 0;
  #wakeUp: () => void = () => undefined;

  private constructor(
    readonly folder: Pick<Folder, "path" | "at">,
    readonly connection: ProtocolConnection,
    readonly exited: Promise<number | null>,
  ) {}

  static async in(folder: Pick<Folder, "path" | "at">, options: EditorOptions = {}): Promise<Editor> {
    const { args = [], capabilities = CAPABILITIES, folders = [folder.path] } = options;
    const server = spawn(process.execPath, [COMMAND, "lsp", "--stdio", ...args], { cwd: folder.path });
    const exited = new Promise<number | null>((resolve) => server.once("exit", resolve));
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const editor = new Editor(folder, connection, exited);
    server.stderr.on("data", (text: Buffer) => (editor.stderr += text.toString()));
    onTestFinished(() => {
      connection.dispose();
      server.kill();
    });
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
      // As editors do: what is about an older text is dropped.
      const current = editor.#screen.get(uri)?.version;
      if (version === undefined || version === current) editor.#published.set(uri, diagnostics);
      editor.#wakeUp();
    });
    // Whoever waits for an answer of a server that is gone waits for ever.
    void exited.then((code) => {
      editor.#wakeUp();
      connection.dispose();
      return code;
    });
    connection.onNotification(ShowMessageNotification.type, ({ message }) => {
      editor.messages.push(message);
      editor.#wakeUp();
    });
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      editor.registered.push(...registrations.map(({ method }) => method));
    });
    connection.onRequest(DiagnosticRefreshRequest.type, () => {
      editor.refreshes += 1;
      editor.#wakeUp();
    });
    connection.onRequest(InlayHintRefreshRequest.type, () => {
      editor.#rounds += 1;
      editor.#wakeUp();
    });
    connection.listen();
    editor.result = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol's type asks for it all the same
      rootUri: null,
      workspaceFolders: folders.map((path) => ({ uri: pathToFileURL(path).href, name: path })),
      capabilities,
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return editor;
  }

  result: InitializeResult = { capabilities: {} };

  uri(file: string): string {
    return /^[a-z-]+:/.test(file) ? file : pathToFileURL(this.folder.at(file)).href;
  }

  text(file: string): string {
    return this.#screen.get(this.uri(file))?.text ?? "";
  }

  async open(file: string, text: string, languageId = "yaml"): Promise<void> {
    const uri = this.uri(file);
    this.#screen.set(uri, { version: 1, text });
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Types all of a text anew. */
  async type(file: string, text: string): Promise<void> {
    await this.#change(file, text, [{ text }]);
  }

  /** Replaces a stretch, as editors tell of it. */
  async replace(file: string, range: Range, newText: string): Promise<void> {
    await this.#change(file, applied(this.text(file), [{ range, newText }]), [{ range, text: newText }]);
  }

  async #change(file: string, text: string, contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const uri = this.uri(file);
    const version = (this.#screen.get(uri)?.version ?? 0) + 1;
    this.#screen.set(uri, { version, text });
    this.#published.delete(uri);
    const params = { textDocument: { uri, version }, contentChanges };
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, params);
  }

  async close(file: string): Promise<void> {
    const uri = this.uri(file);
    this.#screen.delete(uri);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** The disk has changed, as the editor was asked to tell. */
  async changedOnDisk(...files: readonly string[]): Promise<void> {
    const changes = files.map((file): FileEvent => ({ uri: this.uri(file), type: FileChangeType.Changed }));
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  /** Waits until something that the server says makes a condition true. */
  async until<Seen>(look: () => Seen | undefined | false): Promise<Seen> {
    for (;;) {
      const seen = look();
      if (seen !== undefined && seen !== false) return seen;
      await new Promise<void>((resolve) => (this.#wakeUp = resolve));
    }
  }

  /** What the server has said of a file, on its own. */
  async published(file: string): Promise<readonly Diagnostic[]> {
    return this.until(() => this.#published.get(this.uri(file)));
  }

  /** Waits until the server has looked at all files as they are now: at the end it asks for new hints. */
  async looked(): Promise<void> {
    await this.changedOnDisk();
    // What it had to say before is here once it has answered.
    await this.hover("compose.yaml", { line: 0, character: 0 });
    const before = this.#rounds;
    await this.until(() => this.#rounds > before);
  }

  /** By the files' paths, relative to the folder. */
  allPublished(): ReadonlyMap<string, readonly Diagnostic[]> {
    const top = `${pathToFileURL(this.folder.path).href}/`;
    return new Map([...this.#published].map(([uri, found]) => [uri.replace(top, ""), found]));
  }

  saidOf(file: string): readonly Diagnostic[] | undefined {
    return this.#published.get(this.uri(file));
  }

  async pull(file: string, previousResultId?: string) {
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: this.uri(file) },
      ...(previousResultId !== undefined && { previousResultId }),
    });
  }

  async actions(file: string, range: Range, only?: readonly string[]): Promise<CodeAction[]> {
    const found = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: this.uri(file) },
      range,
      context: { diagnostics: [], ...(only && { only: [...only] }) },
    });
    return (found ?? []).filter((action): action is CodeAction => "kind" in action);
  }

  /** What an action is once somebody has chosen it. */
  async resolved(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest(CodeActionResolveRequest.type, action);
  }

  /** Makes the edits of an action, in the texts that are open and in files that are not. */
  async choose({ edit }: CodeAction): Promise<void> {
    for (const [uri, edits] of editsOf(edit ?? {})) {
      const shown = this.#screen.get(uri)?.text;
      if (shown !== undefined) await this.type(uri, applied(shown, edits));
      else {
        const file = fileURLToPath(uri);
        writeFileSync(file, applied(readFileSync(file, "utf8"), edits));
      }
    }
  }

  async hover(file: string, position: Position): Promise<string> {
    const hover = await this.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: this.uri(file) },
      position,
    });
    return hover && MarkupContent.is(hover.contents) ? hover.contents.value : "";
  }

  async hints(file: string): Promise<readonly InlayHint[]> {
    const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
    const textDocument = { uri: this.uri(file) };
    return (await this.connection.sendRequest(InlayHintRequest.type, { textDocument, range })) ?? [];
  }

  async quit(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    return this.exited;
  }
}

function editsOf({ changes = {}, documentChanges = [] }: WorkspaceEdit): [uri: string, edits: readonly TextEdit[]][] {
  const versioned = documentChanges.flatMap((change) =>
    "textDocument" in change
      ? [[change.textDocument.uri, change.edits.filter((edit) => "newText" in edit)] satisfies [string, TextEdit[]]]
      : [],
  );
  return [...Object.entries(changes), ...versioned];
}

/** Edits speak of the text before all of them, so the last goes first. */
function applied(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ index, 0: end }) => index + end.length)];
  const offsetOf = ({ line, character }: Position): number => (starts[line] ?? text.length) + character;
  return edits
    .map((edit, index) => ({ edit, index }))
    .toSorted((a, b) => offsetOf(b.edit.range.start) - offsetOf(a.edit.range.start) || b.index - a.index)
    .reduce(
      (before, { edit: { range, newText } }) =>
        before.slice(0, offsetOf(range.start)) + newText + before.slice(offsetOf(range.end)),
      text,
    );
}
