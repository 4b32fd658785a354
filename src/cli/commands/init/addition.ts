import { lstatSync } from "node:fs";

import { directoryOf, isWithin } from "../../../kit/paths.js";
import { failure, success, type Result } from "../../../kit/result.js";
import type { Disk } from "../../../workspace/files/disk.js";
import { createDisk } from "../../../workspace/files/node-disk.js";
import { describeReadFault, type ReadFault } from "../../../workspace/files/read-fault.js";
import { absolutePath } from "../../../workspace/files/paths.js";
import { readComposeText, type ComposeText } from "../../files/compose-text.js";

/** What init adds to one file. Nothing that stands there is changed or taken away. */
export interface Addition {
  readonly path: string;
  /** As messages show it: relative to the working directory, unless it lies elsewhere. */
  readonly name: string;
  /** Undefined for a file that is not there yet. */
  readonly before: ComposeText | undefined;
  readonly after: string;
  /** Of a new file, where it is not the usual one. */
  readonly mode?: number | undefined;
}

/** Why init leaves a file alone, and what is to be added there by hand. */
export interface Obstacle {
  readonly reason: string;
  readonly lines?: string;
}

export type Additions = Result<readonly Addition[], Obstacle>;

/**
 * @param write Makes the new text of the old one, which is undefined where there is no file; both are equal when all is
 * there.
 * @param hook Of a file of git's own.
 */
export function addTo(
  cwd: string,
  name: string,
  write: (text: string | undefined) => Result<string, Obstacle>,
  hook?: { readonly mode: number },
): Additions {
  const path = absolutePath(cwd, name);
  const disk = createDisk().within({ cwd, ...(hook && { allowOutside: [directoryOf(path)] }) });
  const before = textBefore(path, hook ? directoryOf(path) : cwd, disk);
  if (!before.ok) return failure({ reason: `${name}: it ${describeReadFault(before.fault)}` });
  const after = write(before.value?.text);
  if (!after.ok) return failure({ ...after.fault, reason: `${name}: ${after.fault.reason}` });
  const isThere = before.value?.text === after.value;
  return success(isThere ? [] : [{ path, name, before: before.value, after: after.value, mode: hook?.mode }]);
}

/** A folder that is a link may lead elsewhere; then nothing is read there, and nothing is made. */
function textBefore(path: string, above: string, disk: Disk): Result<ComposeText | undefined, ReadFault> {
  for (let folder = directoryOf(path); folder !== above && isWithin(folder, above); folder = directoryOf(folder)) {
    const refusal = disk.refusal(folder);
    if (refusal) return failure(refusal);
  }
  const text = readComposeText(path, disk);
  return !text.ok && text.fault.kind === "missing" && !isLink(path) ? success(undefined) : text;
}

/** One that leads to nothing would have the new file made where it leads. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** As an obstacle for a file in which init finds no place that is sure to be right. */
export function byHand<Value>(reason: string, lines: string): Result<Value, Obstacle> {
  return failure({ reason: `${reason}, so nothing is written. Add this by hand, and run init again:`, lines });
}

/** As the first lines of a text end. */
export function lineEndOf(text: string): "\r\n" | "\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** All of them, or the first obstacle. */
export function joined(parts: readonly Additions[]): Additions {
  const additions: Addition[] = [];
  for (const part of parts) {
    if (!part.ok) return part;
    additions.push(...part.value);
  }
  return success(additions);
}
