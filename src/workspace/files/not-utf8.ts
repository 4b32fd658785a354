import { isUtf8 } from "node:buffer";
import { readdirSync } from "node:fs";

/** The names in one folder that are not UTF-8, and what lies below those that are folders. Broken bytes are U+FFFD. */
export interface NotUtf8 {
  readonly names: ReadonlySet<string>;
  /** Relative to the folder. */
  readonly files: readonly string[];
}

export function notUtf8In(folder: string): NotUtf8 {
  const path = Buffer.from(folder);
  const broken = entriesOf(path).filter(({ name }) => !isUtf8(name));
  return {
    names: new Set(broken.map(({ name }) => name.toString())),
    files: broken.flatMap((entry) => filesOf(path, entry)),
  };
}

interface Entry {
  readonly name: Buffer;
  isDirectory(): boolean;
}

/** The entry, or what lies below it, relative to its folder. */
function filesOf(folder: Buffer, entry: Entry): string[] {
  const name = entry.name.toString();
  if (!entry.isDirectory()) return [name];
  if (name === "node_modules" || name === ".git") return [];
  const path = Buffer.concat([folder, Buffer.from("/"), entry.name]);
  return entriesOf(path).flatMap((below) => filesOf(path, below).map((file) => `${name}/${file}`));
}

function entriesOf(folder: Buffer): readonly Entry[] {
  try {
    return readdirSync(folder, { withFileTypes: true, encoding: "buffer" });
  } catch {
    return [];
  }
}
