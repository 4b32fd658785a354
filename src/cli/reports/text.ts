import { card } from "./card.js";
import type { CheckedFile } from "./checked-file.js";
import { extentOf } from "./extent.js";
import type { Paint } from "../terminal/paint.js";

/** The cards of all findings, with an empty line behind each. */
export function textReport(files: readonly CheckedFile[], paint: Paint): string {
  return files
    .flatMap(({ name, findings, text }) => {
      if (findings.length === 0) return [];
      const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
      return findings.map((finding) => `${card(name, finding, lines[extentOf(finding).line - 1] ?? "", paint)}\n`);
    })
    .join("");
}
