/** A file or folder that a check could not judge. The summary and every report tell of it. */
export interface NotChecked {
  /** Absolute, with `/`. Bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
  /** The rest of a sentence that begins with the path: `can't be opened (EACCES)`. */
  readonly reason: string;
  /** What to do, as an imperative. */
  readonly cure?: string;
  /** The check is incomplete against the user's will: exit code 2. */
  readonly isTrouble: boolean;
}
