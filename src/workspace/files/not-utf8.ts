import { isUtf8 } from "node:buffer";
import { readdirSync } from "node:fs";

/** The names in one folder that are not UTF-8, and what lies below those that are folders. Broken bytes are U+FFFD. */
export interface NotUtf8 {
  readonly names: ReadonlySet<string>;
  /** Relative to the folder. */
  readonly files: readonly string[];
}

export function notUtf8In(folder: string): NotUtf8 {
  const broken = entriesOf(Buffer.from(folder)).filter(({ name }) => !isUtf8(name));
  const files = broken.flatMap((entry) =>
    entry.isDirectory() ? below(Buffer.from(folder), entry.name) : [`${entry.name}`],
  );
  return { names: new Set(broken.map(({ name }) => `${name}`)), files };
}

function below(folder: Buffer, name: Buffer): string[] {
  const path = Buffer.concat([folder, Buffer.from("/"), name]);
  return entriesOf(path).flatMap((entry) => {
    if (!entry.isDirectory()) return [`${name}/${entry.name}`];
    const isLeftOut = ["node_modules", ".git"].includes(`${entry.name}`);
    return isLeftOut ? [] : below(path, entry.name).map((file) => `${name}/${file}`);
  });
}

function entriesOf(folder: Buffer): readonly { readonly name: Buffer; isDirectory(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true, encoding: "buffer" });
  } catch {
    return [];
  }
}
