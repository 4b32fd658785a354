import { fstatSync, writeFileSync } from "node:fs";

import { describeError } from "../files/compose-text.js";

/** One of the program's standard streams, with what keeps it from being written. */
export interface Output {
  readonly isTTY: boolean;
  hasColors(environment?: Readonly<Record<string, string | undefined>>): boolean;
  write(text: string | Uint8Array): void;
  /** Calls back at once if it has happened already. Whoever reads may have seen enough, as `head` does: that is no fault. */
  onFault(report: (fault: string) => void): void;
}

/** Node writes a part of a text into a file on a full disk, and says nothing: to files, this writes by itself. */
export function outputTo(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  const faults: string[] = [];
  let report: ((fault: string) => void) | undefined;
  const fail = (error: unknown): void => {
    const fault = describeError(error);
    if (fault === "EPIPE" || faults.length > 0) return;
    faults.push(fault);
    report?.(fault);
  };
  stream.on("error", fail);
  const isTTY = stream.isTTY;
  const isFile = !isTTY && isFileOrDevice(stream.fd);
  return {
    isTTY,
    hasColors: (environment) => isTTY && stream.hasColors(environment),
    write(text) {
      if (!isFile) stream.write(text);
      else if (faults.length === 0) {
        try {
          writeFileSync(stream.fd, text);
        } catch (error) {
          fail(error);
        }
      }
    },
    onFault(callback) {
      report = callback;
      for (const fault of faults) callback(fault);
    },
  };
}

function isFileOrDevice(handle: number): boolean {
  try {
    const kind = fstatSync(handle);
    return kind.isFile() || kind.isCharacterDevice();
  } catch {
    return false;
  }
}
