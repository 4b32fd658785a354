import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from "node:fs";

/** Each file, link and folder of a tree by its name (bytes as Latin-1), with what it holds. */
export type Snapshot = ReadonlyMap<string, string>;

/** Files above this are told apart by size and time of change. */
const LARGEST_READ = 8 * 2 ** 20;

export function snapshotOf(root: string): Snapshot {
  const found = new Map<string, string>();
  collect(Buffer.from(root), "", found);
  return found;
}

function collect(folder: Buffer, prefix: string, found: Map<string, string>): void {
  for (const name of entriesOf(folder)) {
    const place = Buffer.concat([folder, Buffer.from("/"), name]);
    const shown = prefix + name.toString("latin1");
    const stats = statsOf(place);
    if (!stats) continue;
    found.set(shown, describe(place, stats));
    if (stats.isDirectory()) collect(place, `${shown}/`, found);
  }
}

/** Nothing of a folder that is closed. */
function entriesOf(folder: Buffer): Buffer[] {
  try {
    return readdirSync(folder, { encoding: "buffer" });
  } catch {
    return [];
  }
}

/** Nothing of what has a path that is too long. */
function statsOf(place: Buffer): Stats | undefined {
  try {
    return lstatSync(place);
  } catch {
    return undefined;
  }
}

function describe(place: Buffer, stats: Stats): string {
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(place)}`;
  if (!stats.isFile()) return `mode ${stats.mode}`;
  const { size, mtimeMs, mode } = stats;
  if (size > LARGEST_READ) return `${mode} ${size} ${mtimeMs}`;
  try {
    return `${mode} ${createHash("sha256").update(readFileSync(place)).digest("hex")}`;
  } catch {
    return `${mode} ${size} ${mtimeMs}`;
  }
}

/** Names that are in one of them only, or hold something else. */
export function changes(before: Snapshot, after: Snapshot): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

export function newNames(before: Snapshot, after: Snapshot): string[] {
  return [...after.keys()].filter((name) => !before.has(name)).sort();
}
