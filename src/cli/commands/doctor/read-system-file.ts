import { realpathSync, statSync } from "node:fs";

import { failure, type Result } from "../../../kit/result.js";
import { faultOf, readRegularFile } from "../../../workspace/files/read-file.js";
import { describeReadFault } from "../../../workspace/files/read-fault.js";

const MOST_BYTES = 16 * 2 ** 20;

/** A file of the system, by its fixed name: many of them are links. A fault is a clause. */
export function readSystemFile(path: string): Result<string, string> {
  let resolved: string;
  try {
    resolved = realpathSync(path);
  } catch (error) {
    return failure(describeReadFault(faultOf(error)));
  }
  const file = readRegularFile(resolved, MOST_BYTES);
  if (!file.ok) return failure(describeReadFault(file.fault));
  return { ok: true, value: file.value.bytes.toString("utf8") };
}

/** When a file was changed, in milliseconds; undefined where that can't be told. */
export function changedAt(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}
