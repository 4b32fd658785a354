import type { Field } from "../compose/project/field.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import type { Attachment } from "../compose/project/service.js";
import type { Entry, Value } from "../compose/read/value.js";
import { addTo } from "../kit/group.js";
import { remembered } from "../kit/remember.js";
import type { Source } from "../kit/source.js";
import type { ProjectView } from "./view.js";

/**
 * The networks of the project that the file being looked at says something of, in the project's order. What a rule finds
 * about the others lies in other files, which are looked at as well: each of a thousand files going through the networks
 * of all would take the square of their number.
 */
export function networksInFile({ project, file }: Pick<ProjectView, "project" | "file">): readonly Network[] {
  return project.files.length > 1 ? (networksByFile(project).get(file.source) ?? NONE) : project.networks;
}

const NONE: readonly Network[] = [];

const networksByFile = remembered(({ networks }: Project): ReadonlyMap<Source, readonly Network[]> => {
  const byFile = new Map<Source, Network[]>();
  for (const network of networks) {
    const sources = new Set([network.place.source]);
    for (const attachment of network.attachments) noteAttachment(sources, attachment);
    if (network.definition) noteValue(sources, network.definition);
    for (const source of sources) addTo(byFile, source, network);
  }
  return byFile;
});

function noteAttachment(sources: Set<Source>, attachment: Attachment): void {
  const { place, addresses, linkLocal, macAddress, interfaceName } = attachment;
  sources.add(place.source);
  for (const { address } of addresses) noteField(sources, address);
  for (const field of [...linkLocal, macAddress, interfaceName]) noteField(sources, field);
}

function noteField(sources: Set<Source>, { at }: Field<unknown>): void {
  if (at) sources.add(at.source);
}

function noteValue(sources: Set<Source>, value: Value): void {
  sources.add(value.place.source);
  if (value.kind === "list") for (const item of value.items) noteValue(sources, item);
  if (value.kind === "map") for (const entry of value.entries.values()) noteEntry(sources, entry);
}

function noteEntry(sources: Set<Source>, { keyPlace, value }: Entry): void {
  sources.add(keyPlace.source);
  noteValue(sources, value);
}
