import type { ComposeDocument, ComposeFile } from "../read/compose-file.js";
import type { Network } from "../project/network.js";
import { asMap, child, isNull } from "../read/value.js";
import { refused, type EditOutcome } from "../../kit/edit.js";

/**
 * The document that something about a network belongs into, or why there is no such.
 *
 * @param part The key of the network under which it is to be written.
 */
export function homeOf(
  { source, documents }: ComposeFile,
  { key, place, definition }: Network,
  part: "ipam" | "driver_opts",
): ComposeDocument | EditOutcome {
  const written = asMap(definition)?.entries.get(part);
  const elsewhere = [place, written?.keyPlace].find((other) => other && other.source.path !== source.path);
  if (elsewhere) return refused("it is written in another file", elsewhere);

  const definitions = documents.flatMap((document) => {
    const entry = asMap(child(document.root, "networks"))?.entries.get(key);
    return entry ? [{ document, entry }] : [];
  });
  const [defined, again] = definitions.filter(({ entry }) => !isNull(entry.value));
  if (again) return refused("two documents of the file define it", again.entry.keyPlace);
  const home =
    (defined ?? definitions[0])?.document ??
    documents.find(({ root }) => root.entries.has("networks")) ??
    documents.find(({ root }) => root.entries.has("services"));
  return home ?? refused("it is written in another file", place);
}
