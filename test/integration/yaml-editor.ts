import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { onTestFinished } from "vitest";
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  MarkupContent,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type CompletionItem,
  type Diagnostic,
  type Position,
} from "vscode-languageserver-protocol/node";

const SERVER = createRequire(import.meta.url).resolve("yaml-language-server/package.json");

/** A YAML file in an editor that has the YAML language server running, as VS Code, Neovim and Zed do. */
export interface YamlFile {
  completionsAt(position: Position): Promise<CompletionItem[]>;
  /** As Markdown. */
  hoverAt(position: Position): Promise<string>;
  readonly diagnostics: Promise<readonly Diagnostic[]>;
}

/** Starts the server and opens one file. The server knows only the schema that the file names. */
export async function openYaml(directory: string, file: string, text: string): Promise<YamlFile> {
  const uri = pathToFileURL(join(directory, file)).href;
  const server = spawn(process.execPath, [join(dirname(SERVER), "bin/yaml-language-server"), "--stdio"], {
    cwd: directory,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const diagnostics = new Promise<readonly Diagnostic[]>((resolve) => {
    connection.onNotification(PublishDiagnosticsNotification.type, (published) => {
      if (published.uri === uri) resolve(published.diagnostics);
    });
  });
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => (section === "yaml" ? SETTINGS : {})),
  );
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.onUnhandledNotification(() => undefined);
  connection.listen();
  onTestFinished(async () => {
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    connection.dispose();
    server.kill();
  });

  const folder = { uri: pathToFileURL(directory).href, name: "workspace" };
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol's type asks for it all the same
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: {
        completion: { completionItem: { documentationFormat: ["markdown"] } },
        hover: { contentFormat: ["markdown"] },
        publishDiagnostics: {},
      },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "yaml", version: 1, text },
  });
  const textDocument = { uri };
  return {
    diagnostics,
    async completionsAt(position) {
      const answer = await connection.sendRequest(CompletionRequest.type, { textDocument, position });
      return Array.isArray(answer) ? answer : (answer?.items ?? []);
    },
    async hoverAt(position) {
      const answer = await connection.sendRequest(HoverRequest.type, { textDocument, position });
      return MarkupContent.is(answer?.contents) ? answer.contents.value : "";
    },
  };
}

/** Without the store of all schemas, which it would fetch. */
const SETTINGS = { schemaStore: { enable: false }, validate: true, completion: true, hover: true };
