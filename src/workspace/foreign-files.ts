import { reread, type ComposeFile } from "../compose/read/compose-file.js";
import { fileKindOf } from "./files/file-kinds.js";

/** Keys of the root that hardly any other program has. */
const OF_COMPOSE = /^(?:services|networks|volumes|secrets|configs|include|models)$/;
/** Those that many have. */
const OF_MANY = /^(?:name|version|x-.*)$/;

/**
 * Whether a text has nothing to do with Compose: somebody passed a Dockerfile, or whatever else was staged.
 *
 * @param file Undefined for a text that is no YAML. One that is called so is meant to be.
 */
export function isForeign(path: string, text: string, file: ComposeFile | undefined): boolean {
  if (fileKindOf(path) !== "compose") return false;
  if (!file) return !/\.(?:ya?ml|json)$/i.test(path);
  if (!/[^\s-]/.test(text.replace(/#.*$/gm, ""))) return false;
  if (keysOf(file).some((key) => OF_COMPOSE.test(key))) return false;
  // Of the first reading, only what networks depend on is there.
  const keys = keysOf(reread(file, ALL_KEYS));
  return keys.length === 0 || !keys.every((key) => OF_COMPOSE.test(key) || OF_MANY.test(key));
}

const ALL_KEYS = { "*": {} };

function keysOf({ documents }: ComposeFile): readonly string[] {
  return documents.flatMap(({ root }) => [...root.entries.keys()]);
}
