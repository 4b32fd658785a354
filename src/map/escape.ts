import { escapeUnprintable } from "../kit/printable.js";

/** Text for XML and HTML, in elements and in attributes. Names come from strangers. */
export function escapeXml(text: string): string {
  return escapeUnprintable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
