import type { CodeAction, Hover, InlayHint, Position, TextEdit, WorkspaceEdit } from "vscode-languageserver";

import type { PlacedEdit } from "../kit/edit.js";
import { failure, success, type Result } from "../kit/result.js";
import type { Abilities } from "./client.js";
import { codeActions, textEdits, type Asked } from "./code-actions.js";
import { hoverOn } from "./hover.js";
import { inlayHints } from "./inlay-hints.js";
import type { Judge, Judged } from "./judge.js";
import { networkAt, type NetworkAt } from "./network-at.js";
import type { OpenDocuments } from "./open-documents.js";
import { isMovable, renumberingOf } from "./renumber.js";
import type { Session } from "./session.js";
import { MarkedLines } from "./text-lines.js";
import type { ToldOnce } from "./told-once.js";
import { pathOf } from "./uris.js";

const RENUMBER = "refactor.rewrite";

/** What an editor asks about the files that it has open. */
export class Answers {
  constructor(
    readonly session: Session,
    readonly judge: Judge,
    readonly documents: OpenDocuments,
    readonly abilities: Abilities,
    readonly told: ToldOnce,
  ) {}

  actions(uri: string, asked: Asked): CodeAction[] {
    return this.told.guard(() => {
      const judged = this.#about(uri);
      if (!judged) return [];
      const editOf = (edits: readonly TextEdit[]): WorkspaceEdit => this.#edit(new Map([[judged.path, edits]]));
      const fixAll = () => this.judge.fixed(judged.path);
      const diagnostics = this.session.diagnosticsOf(judged);
      return [
        ...codeActions(judged, asked, { diagnostics, fixAll, editOf }),
        ...this.#renumberings(uri, judged, asked),
      ];
    }, []);
  }

  /** A move is put together once it is chosen: it looks at every file. */
  #renumberings(uri: string, judged: Judged, { range, only }: Asked): CodeAction[] {
    const isWanted = only === undefined || only.some((kind) => kind === "" || `${RENUMBER}.`.startsWith(`${kind}.`));
    const found = this.abilities.resolvesEdits && isWanted ? this.#networkAt(judged, range.start) : undefined;
    if (!found || !isMovable(found)) return [];
    const title = `Renumber network "${found.network.key}" in all its files`;
    return [{ title, kind: RENUMBER, data: { uri, position: range.start } satisfies Chosen }];
  }

  /** @returns the action with its edits; without them where there are none, and a message says so. */
  resolved(action: CodeAction): CodeAction {
    return this.told.guard(() => {
      const chosen: unknown = action.data;
      const judged = isChosen(chosen) ? this.#about(chosen.uri) : undefined;
      const found = judged && isChosen(chosen) ? this.#networkAt(judged, chosen.position) : undefined;
      if (!judged || !found) return action;
      const moved = renumberingOf(found, this.judge.workspaceOf(judged.path));
      const edit = moved.ok ? this.#editOfAll(moved.value.edits) : moved;
      if (!edit.ok) this.session.client.show("warning", capitalized(edit.fault));
      else if (moved.ok && moved.value.left !== "") this.session.client.show("warning", moved.value.left);
      return edit.ok ? { ...action, edit: edit.value } : action;
    }, action);
  }

  hover(uri: string, position: Position): Hover | null {
    return this.told.guard(() => {
      const judged = this.#about(uri);
      const found = judged && this.#networkAt(judged, position);
      return found ? hoverOn(found, new MarkedLines(judged.text), this.abilities.readsMarkdown) : null;
    }, null);
  }

  hints(uri: string, range: Asked["range"]): InlayHint[] {
    return this.told.guard(() => {
      const judged = this.#about(uri);
      if (!judged?.file) return [];
      const views = this.judge.workspaceOf(judged.path).judgedViews(judged.file);
      return inlayHints(judged.file, views, new MarkedLines(judged.text), range);
    }, []);
  }

  #about(uri: string): Judged | undefined {
    const path = pathOf(uri);
    return path === undefined ? undefined : this.session.judged(path);
  }

  #networkAt({ file, path, text }: Judged, position: Position): NetworkAt | undefined {
    if (!file) return undefined;
    const [offset] = new MarkedLines(text).spanOf({ start: position, end: position });
    return networkAt(file, this.judge.workspaceOf(path).judgedViews(file), offset);
  }

  #edit(edits: ReadonlyMap<string, readonly TextEdit[]>): WorkspaceEdit {
    const all = [...edits].map(([path, own]) => ({ path, uri: this.session.uriAt(path), edits: [...own] }));
    if (!this.abilities.takesVersionedEdits) {
      return { changes: Object.fromEntries(all.map(({ uri, edits: own }) => [uri, own])) };
    }
    const versionAt = (path: string): number | null => this.documents.at(path)?.version ?? null;
    return {
      documentChanges: all.map(({ path, uri, edits: own }) => ({
        textDocument: { uri, version: versionAt(path) },
        edits: own,
      })),
    };
  }

  #editOfAll(edits: readonly PlacedEdit[]): Result<WorkspaceEdit, string> {
    const placed = new Map<string, readonly TextEdit[]>();
    for (const source of new Set(edits.map((edit) => edit.source))) {
      const text = this.judge.textAt(source.path);
      if (text?.replace(/^\uFEFF/, "") !== source.text) return failure(`${source.path} has just changed; try again`);
      const own = edits.filter((edit) => edit.source === source);
      placed.set(source.path, textEdits(own, new MarkedLines(text)));
    }
    return success(this.#edit(placed));
  }
}

/** What an action that is not put together yet is about. */
interface Chosen {
  readonly uri: string;
  readonly position: Position;
}

function isChosen(value: unknown): value is Chosen {
  if (typeof value !== "object" || value === null || !("uri" in value) || !("position" in value)) return false;
  const { uri, position } = value;
  return typeof uri === "string" && typeof position === "object" && position !== null && "line" in position;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
