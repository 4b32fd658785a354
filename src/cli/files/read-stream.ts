import { failure, success, type Result } from "../../kit/result.js";
import { describeReadFault } from "../../workspace/files/read-fault.js";
import { describeError } from "./compose-text.js";

/** Reads standard input, up to a limit in bytes. */
export async function readStream(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Result<Buffer, string>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of stream) {
      length += part.length;
      if (length > limit) {
        const fault = describeReadFault({ kind: "too large", limit, size: undefined });
        return failure(`standard input ${fault}; add --max-file-size`);
      }
      parts.push(part);
    }
  } catch (error) {
    return failure(`standard input can't be read (${describeError(error)})`);
  }
  return success(Buffer.concat(parts, length));
}
