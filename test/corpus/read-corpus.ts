import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { findComposeFiles } from "../../src/workspace/files/discover.js";

export interface Corpus {
  /** The folder that the files lie in. */
  readonly root: string;
  /** Paths relative to `root`, in a fixed order. */
  readonly files: readonly string[];
}

/**
 * The compose files of a folder: those that a `manifest.jsonl` in it lists below `files/`, each content once; without
 * a manifest all that are named like compose files.
 */
export function readCorpus(folder: string): Corpus {
  const absolute = path.resolve(folder);
  const manifest = path.join(absolute, "manifest.jsonl");
  if (!existsSync(manifest)) {
    return { root: absolute, files: findComposeFiles(absolute).files.map((file) => path.relative(absolute, file)) };
  }
  const rows = readFileSync(manifest, "utf8").split("\n").filter(Boolean).map(parseRow);
  const files = rows.flatMap(({ file, dup_in_split: duplicate }) => (duplicate === true ? [] : [file]));
  return { root: path.join(absolute, "files"), files: files.sort() };
}

interface ManifestRow {
  readonly file: string;
  readonly dup_in_split?: boolean;
}

function parseRow(line: string): ManifestRow {
  return JSON.parse(line) as ManifestRow;
}
