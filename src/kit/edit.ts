import type { Place, Source, Span } from "./source.js";

/** Replaces a stretch of the file's text. An empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** An edit of one of several files. */
export interface PlacedEdit extends Edit {
  readonly source: Source;
}

/** The edits that reach a goal, or the construct that stands in the way and where it is. */
export type EditOutcome = { readonly ok: true; readonly edits: readonly Edit[] } | Refused;

export interface Refused {
  readonly ok: false;
  readonly obstacle: Obstacle;
}

export interface Obstacle {
  /** Completes "It is not edited, because …". */
  readonly because: string;
  readonly place: Place;
}

export function edited(...edits: readonly Edit[]): EditOutcome {
  return { ok: true, edits };
}

export function refused(because: string, place: Place): Refused {
  return { ok: false, obstacle: { because, place } };
}

export function insertion(offset: number, text: string): Edit {
  return { span: [offset, offset], text };
}
