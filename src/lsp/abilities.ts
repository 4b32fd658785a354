import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";

import type { Abilities, Client } from "./client.js";
import { pathOf } from "./uris.js";

export function abilitiesOf({ textDocument, workspace }: ClientCapabilities): Abilities {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    showsRelated:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    takesVersionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes("edit") === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    readsMarkdown: textDocument?.hover?.contentFormat?.[0] === "markdown",
  };
}

/** Whether an editor asks again when it is told that something has changed. */
export function isTold({ workspace }: ClientCapabilities, what: Parameters<Client["refresh"]>[0]): boolean {
  const { refreshSupport } = (what === "diagnostics" ? workspace?.diagnostics : workspace?.inlayHint) ?? {};
  return refreshSupport === true;
}

/** The folders that an editor has open. Older ones know only one. */
export function foldersOf(params: InitializeParams): string[] {
  const { workspaceFolders } = params;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- all that some editors send
  const { rootUri } = params;
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}
