import type { ComposeFile } from "../read/compose-file.js";
import type { Variables } from "../read/interpolate.js";
import { mergeDocuments, mergeServices, type MergeContext } from "./override.js";
import { directoryOf, joinPath } from "../../kit/paths.js";
import { putInVariables } from "./interpolation.js";
import type { Place } from "../../kit/source.js";
import { taggedPaths, withoutResets } from "./reset.js";
import { showScalar } from "../read/shown.js";
import { serviceValue } from "../read/service-keys.js";
import { asMap, asScalar, child, isNull, type Entry, type MapValue, type Value } from "../read/value.js";
import { isRemote, textIn, withoutKey, withoutPaths, type Path } from "../read/written.js";
import { thousands } from "../../kit/thousands.js";

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
  /** Told of each file that is asked for, and where it is named. */
  readonly bringIn: (path: string, place: Place) => void;
  /** Told of what is not followed any further. */
  readonly limit: (message: string, advice: string, place: Place) => void;
  /** Of all documents of the project. */
  readonly copies: Copies;
}

/** Keys and networks that services get from those that they extend. */
export interface Copies {
  count: number;
}

/** Where a service is looked for: its neighbours, the tags beside it, and where its own paths start from. */
interface Neighbourhood {
  readonly path: string;
  readonly services: MapValue;
  readonly tags: readonly Path[];
  readonly directory: string;
}

/** One service on the way from an extending service to the one that extends nothing. */
interface Step {
  readonly name: string;
  readonly service: MapValue;
  readonly extending: Value;
  readonly home: Neighbourhood;
  /** Those that count where the service is laid over what it extends. */
  readonly tags: readonly Path[];
}

interface Extended {
  readonly value: Value;
  /** How many services it extends, one through the other. */
  readonly depth: number;
}

/** Services that extend one another, one through the other. Nobody writes as many by hand. */
const MOST_EXTENDED = 200;
/** As for aliases: a thousand services may extend one that joins a thousand networks. */
const MOST_COPIES = 100_000;

/**
 * Follows the `extends` of every service, as compose-go's loader does before it looks at anything else. Each service
 * is put together once, whoever extends it, and no call is made inside another: so a chain may be as long as a file.
 *
 * @returns the services; one that can't be followed to its end keeps its `extends`.
 */
export function extendServices(services: MapValue, document: ExtendingDocument, context: ExtendContext): MapValue {
  if (![...services.entries.values()].some(({ value }) => serviceValue(value, "extends"))) return services;
  const home: Neighbourhood = { ...document, services };
  const neighbourhoods = new Map<string, Neighbourhood | undefined>();
  const known = new Map<MapValue, Map<string, Extended>>();
  const tagsOf = tagsByService();
  const entries = new Map<string, Entry>();
  for (const [name, entry] of services.entries) entries.set(name, { ...entry, value: extended(name, entry.value) });
  return { ...services, entries };

  function extended(name: string, value: Value): Value {
    const steps: Step[] = [];
    const { base, circleFrom } = follow({ name, value, home }, steps);
    for (const { extending } of steps.slice(circleFrom)) context.refuse("Circular reference", extending.place);
    let whole = base;
    for (const step of steps.toReversed()) {
      whole = { value: laidOver(whole, step, steps), depth: whole.depth + 1 };
      remember(step, whole);
    }
    return whole.value;
  }

  /** Fills in the steps, up to what extends nothing or is known. */
  function follow(
    start: { readonly name: string; readonly value: Value; readonly home: Neighbourhood },
    steps: Step[],
  ): { readonly base: Extended; readonly circleFrom: number } {
    const trail = new Map<string, number>();
    let { name, value, home: here } = start;
    for (;;) {
      const end = (base: Extended, circleFrom = steps.length): ReturnType<typeof follow> => ({ base, circleFrom });
      const before = known.get(here.services)?.get(name);
      if (before) return end(before);
      const service = asMap(value);
      const extending = serviceValue(service, "extends");
      if (!service || !extending) return end({ value, depth: 0 });
      const alone = withoutKey(service, "extends");
      const next = extendedBy(name, extending, here);
      if (next === "unknown") return end({ value: service, depth: 0 });
      if (next === "missing") return end({ value: alone, depth: 0 });
      const step = `${here.path}\n${name}`;
      const earlier = trail.get(step);
      if (earlier !== undefined) return end({ value: alone, depth: 0 }, earlier);
      if (here.path !== document.path && steps.length > MOST_EXTENDED) {
        refuseTooDeep(steps[0]?.extending ?? extending);
        return end({ value: service, depth: MOST_EXTENDED + 1 });
      }
      trail.set(step, steps.length);
      steps.push({ name, service, extending, home: here, tags: next.tags });
      ({ name, value, home: here } = next);
    }
  }

  /** What a service extends, or why nobody knows. */
  function extendedBy(
    name: string,
    extending: Value,
    here: Neighbourhood,
  ): "unknown" | "missing" | { name: string; value: Value; home: Neighbourhood; tags: readonly Path[] } {
    const reference = textIn(asMap(extending) ? child(extending, "service") : extending);
    const file = child(extending, "file");
    if (reference === undefined) return "unknown";
    const elsewhere = file !== undefined && !isNull(file);
    const path = elsewhere ? pathOf(file, here.directory) : undefined;
    if (file && path !== undefined) context.bringIn(path, file.place);
    const from = elsewhere ? neighbourhoodIn(path) : here;
    if (!from) return "unknown";
    const value = child(from.services, reference);
    if (!value) {
      context.refuse(
        `cannot extend service "${name}": service "${showReference(extending)}" not found`,
        extending.place,
      );
      return "missing";
    }
    const tags = context.version === "2.26" && elsewhere ? [...here.tags, ...from.tags] : here.tags;
    return { name: reference, value, tags, home: context.version === "2.26" ? { ...from, tags } : from };
  }

  function laidOver(base: Extended, { name, service, extending, home: { path }, tags }: Step, steps: Step[]): Value {
    if (base.depth >= MOST_EXTENDED) {
      // Of those that extend this one, too much is unknown already.
      if (base.depth === MOST_EXTENDED) {
        refuseTooDeep(path === document.path ? extending : (steps[0]?.extending ?? extending));
      }
      return service;
    }
    const alone = withoutKey(service, "extends");
    const whole = asMap(base.value);
    if (!whole) return alone;
    if (!maySpread(whole, extending)) return service;
    const merged = mergeServices(name, withoutPaths(whole, tagsOf(tags, name)), alone, context);
    // What the base extends and nobody could read is unknown for this service too.
    return serviceValue(whole, "extends") ? merged : withoutKey(merged, "extends");
  }

  /** What is left out stays unknown, as where a file can't be read. */
  function maySpread(base: MapValue, { place }: Value): boolean {
    const { copies } = context;
    if (copies.count > MOST_COPIES) return false;
    copies.count += base.entries.size + sizeOf(serviceValue(base, "networks"));
    if (copies.count <= MOST_COPIES) return true;
    context.limit(
      `"extends" brings more than ${thousands(MOST_COPIES)} keys and networks into services`,
      "Let fewer services extend one that has many networks.",
      place,
    );
    return false;
  }

  function refuseTooDeep({ place }: Value): void {
    context.limit(
      `"extends" leads through more than ${MOST_EXTENDED} services`,
      "Extend the last service directly.",
      place,
    );
  }

  /** To 2.26, what comes of a service of another file depends on the tags of the files that led there. */
  function remember({ name, home: { services, path } }: Step, whole: Extended): void {
    if (context.version === "2.26" && path !== document.path) return;
    const there = known.get(services) ?? new Map<string, Extended>();
    known.set(services, there.set(name, whole));
  }

  function neighbourhoodIn(path: string | undefined): Neighbourhood | undefined {
    if (path === undefined) return undefined;
    if (!neighbourhoods.has(path)) neighbourhoods.set(path, readNeighbourhood(path));
    return neighbourhoods.get(path);
  }

  /** The services of another file. Nothing but its documents and their tags counts: no `include`, no other file. */
  function readNeighbourhood(path: string): Neighbourhood | undefined {
    const file = context.load(path);
    if (!file) return undefined;
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

/** Looks up the tags below a service, without going through those of all others again. */
function tagsByService(): (tags: readonly Path[], service: string) => readonly Path[] {
  const known = new WeakMap<readonly Path[], ReadonlyMap<string, readonly Path[]>>();
  return (tags, service) => {
    let byService = known.get(tags);
    if (!byService) {
      const found = new Map<string, Path[]>();
      for (const [kind, name, ...below] of tags) {
        if (kind !== "services" || name === undefined) continue;
        const others = found.get(name);
        if (others) others.push(below);
        else found.set(name, [below]);
      }
      known.set(tags, (byService = found));
    }
    return byService.get(service) ?? [];
  };
}

function sizeOf(value: Value | undefined): number {
  if (value?.kind === "map") return value.entries.size;
  return value?.kind === "list" ? value.items.length : 0;
}

function showReference(extending: Value): string {
  const scalar = asScalar(asMap(extending) ? child(extending, "service") : extending);
  return scalar ? showScalar(scalar) : "";
}

function pathOf(file: Value, directory: string): string | undefined {
  const path = textIn(file);
  return path === undefined || isRemote(path) ? undefined : joinPath(directory, path);
}
