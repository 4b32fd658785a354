import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { onTestFinished } from "vitest";
import {
  ApplyWorkspaceEditRequest,
  CodeActionKind,
  CodeActionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type Diagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";

const EXTRACTED = createRequire(import.meta.url).resolve("vscode-langservers-extracted/package.json");
const SERVER = join(dirname(EXTRACTED), "bin/vscode-eslint-language-server");

/** A file in an editor that has the server of the ESLint extension running. */
export interface OpenFile {
  /** As the screen has it, with everything that was applied. */
  text(): string;
  type(text: string): Promise<void>;
  /** What the server finds when it is asked. */
  pull(): Promise<Diagnostic[]>;
  /** The entries of the light bulb at a finding, in their order. */
  actionsAt(diagnostic: Diagnostic): Promise<CodeAction[]>;
  /** Chooses one of them. */
  choose(action: CodeAction): Promise<void>;
  /** What "ESLint: Fix all auto-fixable Problems" and a save with `source.fixAll.eslint` do. */
  fixAll(): Promise<void>;
  close(): Promise<void>;
}

export interface Editor {
  open(file: string, languageId: "yaml" | "dockercompose", text: string): Promise<OpenFile>;
}

/**
 * Starts the server as VS Code does. It is gone when the test is over.
 *
 * @param workingDirectory What stands in `eslint.workingDirectories` for a file, when it is opened.
 */
export async function editorIn(directory: string, workingDirectory?: () => string): Promise<Editor> {
  const folder = { uri: pathToFileURL(directory).href, name: "workspace" };
  const server = spawn(process.execPath, [SERVER, "--stdio"], { cwd: directory, stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const screen = new Map<string, { version: number; text: string }>();
  const show = async (uri: string, text: string): Promise<void> => {
    const version = (screen.get(uri)?.version ?? 0) + 1;
    screen.set(uri, { version, text });
    const contentChanges = [{ text }];
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  };

  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(() => settingsOf(folder, workingDirectory?.())),
  );
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.onRequest(ApplyWorkspaceEditRequest.type, async ({ edit }) => {
    for (const [uri, edits] of editsOf(edit)) await show(uri, applied(screen.get(uri)?.text ?? "", edits));
    return { applied: true };
  });
  // It tells how it is, and which ESLint it took.
  connection.onUnhandledNotification(() => undefined);
  connection.listen();
  onTestFinished(async () => {
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    connection.dispose();
    server.kill();
  });

  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol's type asks for it all the same
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: {
      workspace: { applyEdit: true, configuration: true, workspaceFolders: true },
      textDocument: { diagnostic: { dynamicRegistration: true } },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});

  return {
    async open(file, languageId, text) {
      const uri = pathToFileURL(join(directory, file)).href;
      screen.set(uri, { version: 1, text });
      const textDocument = { uri, languageId, version: 1, text };
      await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      const actions = async (
        diagnostics: readonly Diagnostic[],
        only: readonly CodeActionKind[],
      ): Promise<CodeAction[]> =>
        (
          (await connection.sendRequest(CodeActionRequest.type, {
            textDocument: { uri },
            range: diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
            context: { diagnostics: [...diagnostics], only: [...only] },
          })) ?? []
        ).filter((action): action is CodeAction => "kind" in action);
      const opened: OpenFile = {
        text: () => screen.get(uri)?.text ?? "",
        type: (typed) => show(uri, typed),
        async pull() {
          const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
          return report.kind === "full" ? report.items : [];
        },
        actionsAt: (diagnostic) => actions([diagnostic], [CodeActionKind.QuickFix]),
        async choose({ command, edit }) {
          if (edit)
            for (const [changed, edits] of editsOf(edit))
              await show(changed, applied(screen.get(changed)?.text ?? "", edits));
          if (command) await connection.sendRequest(ExecuteCommandRequest.type, command);
        },
        async fixAll() {
          await connection.sendRequest(ExecuteCommandRequest.type, {
            command: "eslint.applyAllFixes",
            arguments: [{ uri, version: screen.get(uri)?.version }],
          });
        },
        async close() {
          await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
        },
      };
      return opened;
    },
  };
}

/** What VS Code sends for a language that stands in `eslint.validate`. */
function settingsOf(
  workspaceFolder: { readonly uri: string; readonly name: string },
  directory: string | undefined,
): Record<string, unknown> {
  return {
    validate: "on",
    packageManager: "npm",
    useESLintClass: true,
    useFlatConfig: true,
    experimental: {},
    codeAction: {
      disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
      showDocumentation: { enable: true },
    },
    codeActionOnSave: { mode: "all" },
    format: false,
    quiet: false,
    onIgnoredFiles: "off",
    options: {},
    rulesCustomizations: [],
    run: "onType",
    problems: { shortenToSingleLine: false },
    nodePath: null,
    workspaceFolder,
    workingDirectory: directory === undefined ? { mode: "location" } : { directory },
  };
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
  const lines = text.split("\n");
  const offsets = lines.map((_, line) => lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0));
  const offsetOf = ({ line, character }: TextEdit["range"]["start"]): number =>
    (offsets[line] ?? text.length) + character;
  return edits
    .toSorted((a, b) => offsetOf(b.range.start) - offsetOf(a.range.start))
    .reduce(
      (before, { range, newText }) =>
        before.slice(0, offsetOf(range.start)) + newText + before.slice(offsetOf(range.end)),
      text,
    );
}
