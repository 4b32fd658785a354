import type { ComposeFile } from "./compose-file.js";
import type { Variables } from "./interpolate.js";
import { mergeDocuments, mergeServices } from "./merge.js";
import { directoryOf, joinPath } from "./paths.js";
import { putInVariables } from "./put-in-variables.js";
import { sameValue } from "./same-value.js";
import type { Place } from "./source.js";
import { taggedPaths, withoutPaths, withoutResets } from "./tags.js";
import { readText, type Refusal } from "./text.js";
import { asList, asMap, asScalar, child, type Entry, type MapValue, type Value } from "./value.js";

/** The version of Compose whose behaviour counts, where versions differ. */
export type ComposeVersion = "2.26" | "2.40" | "5";

/** Where the files of a project come from. Nothing here touches a disk. */
export interface ProjectFiles {
  /** @returns undefined when the file is not there, is no YAML, or lies where nobody may look. */
  load(path: string): ComposeFile | undefined;
  /** The variables of an environment file, or undefined when there is none. */
  environment(path: string): Variables | undefined;
}

export interface ModelInput {
  /** In Compose's order: later ones are laid over earlier ones. */
  readonly paths: readonly string[];
  /** The project directory: relative paths in the files start from here. */
  readonly directory: string;
  readonly variables: Variables;
  readonly version: ComposeVersion;
}

/** What is left of several files once Compose has put them together, before it looks at what the result means. */
export interface Model {
  readonly root: MapValue | undefined;
  /** Every file that was read, in the order of reading. */
  readonly files: readonly ComposeFile[];
  readonly refusals: readonly Refusal[];
  /** Keys `include` and `extends` that could not be followed stay in the root. */
}

interface Scope {
  readonly path: string;
  readonly directory: string;
  readonly variables: Variables;
  /** The files whose `include` led here. */
  readonly including: readonly string[];
  readonly followsIncludes: boolean;
}

export function loadModel(input: ModelInput, files: ProjectFiles): Model {
  const loader = new Loader(files, input.version);
  const root = loader.mergeFiles(input.paths, { ...input, including: [], followsIncludes: true });
  return { root, files: [...loader.read.values()], refusals: loader.refusals };
}

class Loader {
  readonly read = new Map<string, ComposeFile>();
  readonly refusals: Refusal[] = [];

  constructor(
    readonly files: ProjectFiles,
    readonly version: ComposeVersion,
  ) {}

  mergeFiles(paths: readonly string[], scope: Omit<Scope, "path">): MapValue | undefined {
    let model: MapValue | undefined;
    for (const path of paths) {
      for (const { root } of this.#load(path)?.documents ?? []) {
        model = this.#addDocument(model, root, { ...scope, path });
      }
    }
    return model;
  }

  #load(path: string): ComposeFile | undefined {
    const file = this.files.load(path);
    if (file) this.read.set(path, file);
    return file;
  }

  /** The steps of compose-go's loader, in its order. */
  #addDocument(model: MapValue | undefined, written: MapValue, scope: Scope): MapValue {
    const document = asMap(putInVariables(written, scope.variables)) ?? written;
    const tagged = taggedPaths(document);
    const extended = this.#extendServices(withoutResets(document), tagged, scope);
    const included = scope.followsIncludes ? this.#include(extended, scope) : extended;
    return model ? mergeDocuments(withoutPaths(model, tagged), included) : included;
  }

  #extendServices(document: MapValue, tagged: ReturnType<typeof taggedPaths>, scope: Scope): MapValue {
    const services = asMap(child(document, "services"));
    if (!services || ![...services.entries.values()].some(({ value }) => child(value, "extends"))) return document;
    const entries = new Map<string, Entry>();
    for (const [name, entry] of services.entries) {
      const service = asMap(entry.value);
      const value = service ? this.#extendService(name, service, services, tagged, scope, []) : entry.value;
      entries.set(name, { ...entry, value });
    }
    return replaceChild(document, "services", { ...services, entries });
  }

  /** @param followed Services that led here, so that a circle ends. */
  #extendService(
    name: string,
    service: MapValue,
    services: MapValue,
    tagged: ReturnType<typeof taggedPaths>,
    scope: Scope,
    followed: readonly string[],
  ): MapValue {
    const extending = child(service, "extends");
    if (!extending) return service;
    const reference = textOf(asMap(extending) ? child(extending, "service") : extending);
    const path = asMap(extending) ? textOf(child(extending, "file")) : undefined;
    const step = `${scope.path}\n${name}`;
    if (reference === undefined || followed.includes(step)) return service;

    const from = child(extending, "file") === undefined ? { services, scope } : this.#extendedFile(path, scope);
    const base = asMap(child(from?.services, reference));
    if (!from || !base) return service;
    const whole = this.#extendService(reference, base, from.services, tagged, from.scope, [...followed, step]);
    const clean = asMap(child(applyTags(whole, name, tagged), name)) ?? whole;
    const merged = mergeServices(clean, withoutKey(service, "extends"));
    // What the base extends and nobody could read is unknown for this service too.
    return child(whole, "extends") ? merged : withoutKey(merged, "extends");
  }

  #extendedFile(path: string | undefined, scope: Scope): { services: MapValue; scope: Scope } | undefined {
    if (path === undefined || isRemote(path)) return undefined;
    const absolute = joinPath(scope.directory, path);
    const file = this.#load(absolute);
    if (!file) return undefined;
    const own: Scope = { ...scope, path: absolute, directory: directoryOf(absolute), followsIncludes: false };
    const roots = file.documents.map(({ root }) => asMap(putInVariables(root, scope.variables)) ?? root);
    const [first, ...others] = roots.map(withoutResets);
    const services = asMap(child(first && others.reduce(mergeDocuments, first), "services"));
    return services && { services, scope: own };
  }

  #include(document: MapValue, scope: Scope): MapValue {
    const include = asList(child(document, "include"));
    if (!include) return document;
    const left: Value[] = [];
    let result = document;
    for (const item of include.items) {
      const included = this.#includedModel(item, scope);
      if (included) result = this.#importResources(result, included);
      else left.push(item);
    }
    return left.length > 0 ? replaceChild(result, "include", { ...include, items: left }) : withoutKey(result, "include");
  }

  /** @returns undefined when a file can't be read: what it would add is unknown. */
  #includedModel(item: Value, scope: Scope): MapValue | undefined {
    const paths = textsOf(asMap(item) ? child(item, "path") : item);
    const [main] = paths ?? [];
    if (!paths || main === undefined || paths.some(isRemote)) return undefined;
    const absolute = paths.map((path) => joinPath(scope.directory, path));
    const [first = ""] = absolute;
    const including = [...scope.including, scope.path];
    if (including.includes(first)) {
      this.#refuse(`include cycle detected: ${[...including, first].join(" includes ")}`, item.place);
      return undefined;
    }
    if (!absolute.every((path) => this.files.load(path))) return undefined;

    const own = textOf(child(item, "project_directory"));
    const directory = own === undefined ? directoryOf(first) : joinPath(scope.directory, own);
    const variables = this.#includedVariables(item, directory, scope);
    return variables && this.mergeFiles(absolute, { directory, variables, including, followsIncludes: true });
  }

  /** The project's own variables win over those of the included project. */
  #includedVariables(item: Value, directory: string, scope: Scope): Variables | undefined {
    const asked = child(item, "env_file");
    const paths = asked === undefined ? [] : textsOf(asked);
    if (!paths) return undefined;
    const absolute =
      asked === undefined ? [joinPath(directory, ".env")] : paths.map((path) => joinPath(scope.directory, path));
    const merged = new Map<string, string>();
    for (const path of absolute) {
      for (const [name, value] of this.files.environment(path) ?? []) merged.set(name, value);
    }
    for (const [name, value] of scope.variables) merged.set(name, value);
    return merged;
  }

  /** Compose before 5 refuses a resource that is in both, unless it is the same; from then on the including file wins. */
  #importResources(document: MapValue, included: MapValue): MapValue {
    const resources = new Map([...included.entries].filter(([key]) => key === "services" || key === "networks"));
    if (this.version !== "5") {
      for (const [kind, { value }] of resources) {
        for (const [name, { value: theirs }] of asMap(value)?.entries ?? []) {
          const ours = asMap(child(document, kind))?.entries.get(name);
          if (ours && !sameValue(ours.value, theirs)) {
            this.#refuse(`${kind}.${name} conflicts with imported resource`, ours.keyPlace);
          }
        }
      }
    }
    return mergeDocuments({ ...included, entries: resources }, document);
  }

  #refuse(message: string, place: Place): void {
    this.refusals.push({ by: "compose", message, place });
  }
}

/** Tags of the extending service also count for what it extends. */
function applyTags(service: MapValue, name: string, tagged: ReturnType<typeof taggedPaths>): MapValue {
  const keyPlace = service.place;
  const alone: MapValue = { ...service, entries: new Map([[name, { key: name, keyPlace, value: service }]]) };
  const below = tagged.filter(([kind, service]) => kind === "services" && service === name);
  return withoutPaths(alone, below.map((path) => path.slice(1)));
}

function replaceChild(map: MapValue, key: string, value: Value): MapValue {
  const entries = new Map(map.entries);
  const entry = entries.get(key);
  if (entry) entries.set(key, { ...entry, value });
  return { ...map, entries };
}

function withoutKey(map: MapValue, key: string): MapValue {
  return withoutPaths(map, [[key]]);
}

function textOf(value: Value | undefined): string | undefined {
  const scalar = asScalar(value);
  const text = scalar && readText(scalar);
  return text?.known === true ? text.text : undefined;
}

/** One text or a list of them; undefined when one of them can't be told. */
function textsOf(value: Value | undefined): readonly string[] | undefined {
  const texts = (asList(value)?.items ?? [value]).map(textOf);
  const known = texts.filter((text) => text !== undefined);
  return known.length === texts.length ? known : undefined;
}

/** Git repositories, OCI artifacts and URLs: nothing is fetched from afar. */
function isRemote(path: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|git@|github\.com\/)/i.test(path) && !/^[a-z]:\//i.test(path) || /\.git(?:#|$)/.test(path);
}
