import { isUtf8 } from "node:buffer";

import { failure, success, type Result } from "../../kit/result.js";
import type { Disk } from "../../workspace/files/disk.js";
import type { ReadFault } from "../../workspace/files/read-fault.js";

/** A file as it was read: a fix is written only over these very bytes. */
export interface ComposeText {
  readonly bytes: Buffer;
  /** With its byte order mark, if it has one. */
  readonly text: string;
}

export function readComposeText(path: string, disk: Pick<Disk, "readBytes">): Result<ComposeText, ReadFault> {
  const bytes = disk.readBytes(path);
  return bytes.ok ? decode(bytes.value) : bytes;
}

/** Nothing is replaced: a file with other bytes would come back damaged from a fix. */
export function decode(read: Uint8Array): Result<ComposeText, ReadFault> {
  const bytes = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
  if (!isUtf8(bytes)) return failure({ kind: "not UTF-8" });
  return success({ bytes, text: bytes.toString("utf8") });
}

/** The system's own word for what went wrong, such as `EACCES`, else the message in one line. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message.replace(/\s*\n\s*/g, ", ");
}
