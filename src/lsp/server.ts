import type { Connection, InitializeParams, InitializeResult } from "vscode-languageserver";

import { VERSION } from "../kit/version.js";
import { createDisk } from "../workspace/files/node-disk.js";
import { overlayDisk } from "../workspace/files/overlay-disk.js";
import { abilitiesOf, foldersOf, isTold } from "./abilities.js";
import type { Client } from "./client.js";
import { Answers } from "./answers.js";
import { ACTION_KINDS } from "./code-actions.js";
import { Folders } from "./folders.js";
import { Judge, type Choices } from "./judge.js";
import { OpenDocuments } from "./open-documents.js";
import { Rounds } from "./rounds.js";
import { Session } from "./session.js";
import { ToldOnce } from "./told-once.js";
import { pathOf } from "./uris.js";
import { WATCHED } from "./watched-files.js";

/** Answers an editor until it says that it is done. */
export function serve(connection: Connection, choices: Choices): void {
  const documents = new OpenDocuments();
  const folders = new Folders();
  let started: Started | undefined;

  connection.onInitialize((params) => {
    folders.set(foldersOf(params));
    started = start(connection, { params, documents, folders, choices });
    return started.result;
  });
  connection.onInitialized(() => {
    if (started?.watchesFiles === true) {
      const watchers = WATCHED.map((globPattern) => ({ globPattern }));
      const registration = { id: "files", method: "workspace/didChangeWatchedFiles", registerOptions: { watchers } };
      // An editor that refuses says so itself; what it has open is still checked.
      connection.sendRequest("client/registerCapability", { registrations: [registration] }).catch(ignore);
    }
  });
  connection.listen();
}

interface Started {
  readonly result: InitializeResult;
  readonly watchesFiles: boolean;
}

interface Surroundings {
  readonly params: InitializeParams;
  readonly documents: OpenDocuments;
  readonly folders: Folders;
  readonly choices: Choices;
}

function start(connection: Connection, { params, documents, folders, choices }: Surroundings): Started {
  const { capabilities } = params;
  const abilities = abilitiesOf(capabilities);
  const judge = new Judge(overlayDisk(createDisk(), documents.texts), folders, choices, abilities.watchesFiles);
  const client = clientOf(connection, capabilities);
  const told = new ToldOnce(client);
  const session = new Session(client, abilities, documents, folders, judge, told);
  const rounds = new Rounds(session);
  const changed = (...paths: readonly string[]): void => {
    session.touch(paths);
    rounds.later();
  };

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const document = documents.open(textDocument);
    if (!document) return;
    session.opened(document.path);
    rounds.soon(document.path);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const document = documents.change(uri, version, contentChanges);
    if (!document) return;
    session.touch([document.path]);
    rounds.soon(document.path);
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    const path = pathOf(uri);
    if (path !== undefined) changed(path);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const document = documents.close(uri);
    if (!document) return;
    session.closed(document.path, document.uri);
    rounds.later();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => changed(...changes.flatMap(({ uri }) => pathOf(uri) ?? [])));
  connection.workspace.onDidRenameFiles(({ files }) =>
    changed(...files.flatMap(({ oldUri, newUri }) => [pathOf(oldUri) ?? [], pathOf(newUri) ?? []].flat())),
  );
  connection.workspace.onDidDeleteFiles(({ files }) => changed(...files.flatMap(({ uri }) => pathOf(uri) ?? [])));
  if (capabilities.workspace?.workspaceFolders === true) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      folders.change(
        added.flatMap(({ uri }) => pathOf(uri) ?? []),
        removed.flatMap(({ uri }) => pathOf(uri) ?? []),
      );
      changed();
    });
  }

  const answers = new Answers(session, judge, documents, abilities, told);
  connection.languages.diagnostics.on((request, token) => {
    const path = pathOf(request.textDocument.uri);
    if (path === undefined || token.isCancellationRequested) return { kind: "full", items: [] };
    const answer = told.guard(() => session.pull(path, request.previousResultId), undefined);
    if (!answer) return { kind: "full", items: [] };
    const { id, isKnown, items } = answer;
    return isKnown ? { kind: "unchanged", resultId: id } : { kind: "full", resultId: id, items: [...items] };
  });
  connection.onCodeAction(({ textDocument: { uri }, range, context: { only } }, token) =>
    token.isCancellationRequested ? [] : answers.actions(uri, { range, only }),
  );
  connection.onCodeActionResolve((action) => answers.resolved(action));
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    token.isCancellationRequested ? null : answers.hover(uri, position),
  );
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
    token.isCancellationRequested ? [] : answers.hints(uri, range),
  );

  const files = { filters: [{ scheme: "file", pattern: { glob: "**/*" } }] };
  return {
    watchesFiles: abilities.watchesFiles,
    result: {
      serverInfo: { name: "compose-networks", version: VERSION },
      capabilities: {
        positionEncoding: "utf-16",
        textDocumentSync: { openClose: true, change: 2, save: true },
        codeActionProvider: { codeActionKinds: [...ACTION_KINDS], resolveProvider: true },
        hoverProvider: true,
        inlayHintProvider: true,
        ...(abilities.pullsDiagnostics && {
          diagnosticProvider: {
            identifier: "compose-networks",
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }),
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: { didRename: files, didDelete: files },
        },
      },
    },
  };
}

/** What an editor has not said that it can do is not done to it. */
function clientOf(connection: Connection, capabilities: InitializeParams["capabilities"]): Client {
  return {
    publish(uri, version, diagnostics) {
      const params = { uri, diagnostics: [...diagnostics] };
      connection.sendDiagnostics(version === undefined ? params : { ...params, version }).catch(ignore);
    },
    show(severity, message) {
      // Not a request: it needs no answer.
      const type = severity === "error" ? 1 : 2;
      connection.sendNotification("window/showMessage", { type, message }).catch(ignore);
    },
    refresh(what) {
      if (!isTold(capabilities, what)) return;
      if (what === "diagnostics") connection.languages.diagnostics.refresh().catch(ignore);
      else connection.languages.inlayHint.refresh().catch(ignore);
    },
  };
}

/** An editor that does not take a message, or is gone, gets no second one. */
function ignore(): void {
  return undefined;
}
