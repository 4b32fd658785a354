import { failure, success, type Result } from "../../kit/result.js";
import { readBounds } from "./bounds.js";
import { lastOf, type GivenOptions, type OptionName } from "./options.js";

export interface ImportRequest {
  readonly kind: "import";
  /** What the text is; found out from the text when undefined. As written. */
  readonly from: string | undefined;
  /** As written; undefined for standard input. */
  readonly file: string | undefined;
  /** In bytes. */
  readonly maxFileSize: number | undefined;
}

export const IMPORT_OPTIONS: readonly OptionName[] = ["from", "max-file-size"];

export function readImport(given: GivenOptions, files: readonly string[]): Result<ImportRequest, string> {
  if (files.length > 1)
    return failure(`import reads one file, not ${files.length}: import each into a file of its own`);
  const bounds = readBounds(given);
  if (!bounds.ok) return bounds;
  const { maxFileSize } = bounds.value;
  const [file] = files;
  return success({ kind: "import", from: lastOf(given, "from"), file: file === "-" ? undefined : file, maxFileSize });
}
