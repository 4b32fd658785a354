import type { ComposeFile } from "./compose-file.js";
import type { Variables } from "./interpolate.js";
import { mergeDocuments, mergeServices, type MergeContext } from "./merge.js";
import { directoryOf, joinPath } from "./paths.js";
import { putInVariables } from "./put-in-variables.js";
import { taggedPaths, withoutPaths, withoutResets, type Path } from "./tags.js";
import { showScalar } from "./shown.js";
import { asMap, asScalar, child, isNull, type Entry, type MapValue, type Value } from "./value.js";
import { isRemote, textIn, withoutKey } from "./written.js";

/** The document whose services are extended. */
export interface ExtendingDocument {
  /** Of its file. */
  readonly path: string;
  readonly directory: string;
  readonly variables: Variables;
  readonly tags: readonly Path[];
}

export interface ExtendContext extends MergeContext {
  readonly load: (path: string) => ComposeFile | undefined;
}

/** Where a service is looked for: its neighbours, the tags beside it, and where its own paths start from. */
interface Neighbourhood {
  readonly path: string;
  readonly services: MapValue;
  readonly tags: readonly Path[];
  readonly directory: string;
}

/**
 * Follows the `extends` of every service, as compose-go's loader does before it looks at anything else.
 *
 * @returns the services; one that can't be followed to its end keeps its `extends`.
 */
export function extendServices(services: MapValue, document: ExtendingDocument, context: ExtendContext): MapValue {
  if (![...services.entries.values()].some(({ value }) => child(value, "extends"))) return services;
  const home: Neighbourhood = { ...document, services };
  const entries = new Map<string, Entry>();
  for (const [name, entry] of services.entries) {
    entries.set(name, { ...entry, value: extended(name, entry.value, home, []) });
  }
  return { ...services, entries };

  /** @param trail The steps that led here, so that a circle ends. */
  function extended(name: string, value: Value, home: Neighbourhood, trail: readonly string[]): Value {
    const service = asMap(value);
    const extending = child(service, "extends");
    if (!service || !extending) return value;
    const alone = withoutKey(service, "extends");
    const reference = textIn(asMap(extending) ? child(extending, "service") : extending);
    const file = child(extending, "file");
    if (reference === undefined) return service;

    const elsewhere = file !== undefined && !isNull(file);
    const from = elsewhere ? neighbourhoodIn(pathOf(file, home.directory)) : home;
    if (!from) return service;
    const base = child(from.services, reference);
    const step = `${home.path}\n${name}`;
    if (!base || trail.includes(step)) {
      const why = base ? "Circular reference" : `cannot extend service "${name}": service "${showReference(extending)}" not found`;
      context.refuse(why, extending.place);
      return alone;
    }
    const tags = context.version === "2.26" && elsewhere ? [...home.tags, ...from.tags] : home.tags;
    const next = context.version === "2.26" ? { ...from, tags } : from;
    const whole = asMap(extended(reference, base, next, [...trail, step]));
    if (!whole) return alone;
    const ownTags = tags.flatMap(([kind, service, ...below]) =>
      kind === "services" && service === name ? [below] : [],
    );
    const merged = mergeServices(name, withoutPaths(whole, ownTags), alone, context);
    // What the base extends and nobody could read is unknown for this service too.
    return child(whole, "extends") ? merged : withoutKey(merged, "extends");
  }

  /** The services of another file. Nothing but its documents and their tags counts: no `include`, no other file. */
  function neighbourhoodIn(path: string | undefined): Neighbourhood | undefined {
    const file = path === undefined ? undefined : context.load(path);
    if (path === undefined || !file) return undefined;
    let model: MapValue | undefined;
    let tags: readonly Path[] = [];
    for (const { root } of file.documents) {
      tags = taggedPaths(root);
      const clean = putInVariables(withoutResets(root), document.variables);
      const { version, refuse } = context; // Of its networks nothing comes along.
      model = model ? mergeDocuments(withoutPaths(model, tags), clean, { version, refuse }) : clean;
    }
    const found = asMap(child(model, "services"));
    return found && { path, services: found, tags, directory: directoryOf(path) };
  }
}

function showReference(extending: Value): string {
  const scalar = asScalar(asMap(extending) ? child(extending, "service") : extending);
  return scalar ? showScalar(scalar) : "";
}

function pathOf(file: Value, directory: string): string | undefined {
  const path = textIn(file);
  return path === undefined || isRemote(path) ? undefined : joinPath(directory, path);
}
