import { readSnapshot } from "../../../host/read-snapshot.js";
import type { Snapshot } from "../../../host/snapshot.js";
import { failure, type Result } from "../../../kit/result.js";
import { readNamedFile } from "../../files/named-file.js";
import type { Terminal } from "../../terminal/terminal.js";

/** Longer than the snapshot of any host. */
export const LONGEST_SNAPSHOT = 64 * 2 ** 20;

export function snapshotFrom(file: string, { cwd }: Pick<Terminal, "cwd">): Result<Snapshot, string> {
  const bytes = readNamedFile(file, cwd, LONGEST_SNAPSHOT);
  if (!bytes.ok) return failure(bytes.fault);
  return readSnapshot(bytes.value.toString("utf8").replace(/^\uFEFF/, ""), file);
}
