import { canonicalDocument } from "./transform.js";
import type { ComposeFile } from "../read/compose-file.js";
import type { Surroundings } from "./dotenv.js";
import { extendServices } from "./extends.js";
import type { Variables } from "../read/interpolate.js";
import { mergeDocuments, type PoolMerge } from "./override.js";
import { DEEPEST_INCLUDE, IncludedModels, MOST_INCLUDES } from "./included-models.js";
import { directoryOf, joinPath } from "../../kit/paths.js";
import { PROJECT_NAME_VARIABLE, projectNameOf } from "./project-name.js";
import { putInVariables } from "./interpolation.js";
import { Imports, onlyResources } from "./imports.js";
import { repeatedNameRefusals, serviceShapeRefusals, writtenNameRefusals } from "./schema/services.js";
import { textOf, type Place } from "../../kit/source.js";
import { pathsOfNetworks, pathsWithoutEffect } from "./stack.js";
import { taggedPaths, withoutResets } from "./reset.js";
import type { Limit, Refusal } from "../read/scalar-text.js";
import { asList, asMap, child, isNull, type Entry, type MapValue, type Value } from "../read/value.js";
import type { ComposeVersion } from "./version.js";
import { isRemote, textIn, textsIn, withChild, withoutKey, withoutPaths, type Path } from "../read/written.js";

export type { ComposeVersion } from "./version.js";

/** Where the files of a project come from. Nothing here touches a disk. */
export interface ProjectFiles {
  /** @returns undefined when the file is not there, is no YAML, or lies where nobody may look. */
  load(path: string): ComposeFile | undefined;
  /**
   * The variables of an environment file, or undefined when there is none.
   *
   * @param surroundings Of a file that is not the only one that variables come from.
   */
  environment(path: string, surroundings?: Surroundings): Variables | undefined;
  /** Whether a file that could not be loaded is there all the same, and may hold anything. */
  isKeptFromUs?(path: string): boolean;
}

export interface ModelInput {
  /** In Compose's order: later ones are laid over earlier ones. */
  readonly paths: readonly string[];
  /** The project directory: relative paths in the files start from here. */
  readonly directory: string;
  readonly variables: Variables;
  readonly version: ComposeVersion;
  /** Whether `docker stack` reads the files, rather than Compose. */
  readonly stack?: boolean;
}

/** What is left of several files once Compose has put them together, before it looks at what the result means. */
export interface Model {
  /** Keys `include` and `extends` that could not be followed stay in it. */
  readonly root: MapValue | undefined;
  /** The files that were asked for, without those that they include or extend. */
  readonly main: readonly ComposeFile[];
  /** Some of the files that were asked for are there, and could not be read. */
  readonly isPartial: boolean;
  /** Every file that was read, in the order of reading. */
  readonly files: readonly ComposeFile[];
  /** Those that `include` brought in. */
  readonly included: readonly ComposeFile[];
  /** Where each of the other files is named that an `include` or `extends` asks for, read or not. */
  readonly broughtIn: ReadonlyMap<string, Place>;
  readonly refusals: readonly Refusal[];
  /** What lies beyond them is unknown. */
  readonly limits: readonly Limit[];
  /** Every time that the pools of a network were laid over others, unless a later document throws the result away. */
  readonly poolMerges: readonly PoolMerge[];
}

/** Each document of a file is laid over all those before it, and looked at with them. */
const MOST_DOCUMENTS = 500;

interface Scope {
  readonly path: string;
  readonly directory: string;
  readonly variables: Variables;
  /** The files whose `include` led here. */
  readonly including: readonly string[];
  /** The `include` of the project's own files that led here. */
  readonly from?: Place | undefined;
}

/** What Compose refuses about the shape of a network as soon as it has read the document with it. */
export type RefusalsOfShape = (network: Entry) => readonly Refusal[];

/** Puts the files together; who wants a project calls `loadModel`. */
export function loadFiles(input: ModelInput, files: ProjectFiles, refusalsOfShape: RefusalsOfShape): Model {
  const loader = new Loader(files, refusalsOfShape, input.version, input.stack);
  const main = input.paths.flatMap((path) => files.load(path) ?? []);
  const isPartial = main.length < input.paths.length && input.paths.some((path) => files.isKeptFromUs?.(path));
  const { name } = projectNameOf(main, input.directory, input.variables);
  const variables = new Map(input.variables).set(PROJECT_NAME_VARIABLE, name);
  const root = loader.mergeFiles(input.paths, { ...input, variables, including: [] });
  loader.refusals.push(...entriesOf(root, "services").flatMap((entry) => serviceShapeRefusals(entry, input.version)));
  const read = [...loader.read.values()];
  const included = read.filter(({ source }) => loader.included.has(source.path));
  const { broughtIn, refusals, limits, poolMerges } = loader;
  return { root, main, isPartial, files: read, included, broughtIn, refusals, limits, poolMerges };
}

class Loader {
  readonly read = new Map<string, ComposeFile>();
  readonly included = new Set<string>();
  readonly broughtIn = new Map<string, Place>();
  readonly #models = new IncludedModels<Pick<Model, "root" | "poolMerges">>();
  readonly refusals: Refusal[] = [];
  readonly limits: Limit[] = [];
  readonly copies = { count: 0 };
  /** Services whose networks were gone through for names that stand there twice. */
  readonly #named = new WeakSet<Entry>();
  poolMerges: PoolMerge[] = [];

  constructor(
    readonly files: ProjectFiles,
    readonly refusalsOfShape: RefusalsOfShape,
    readonly version: ComposeVersion,
    readonly stack = false,
  ) {}

  mergeFiles(paths: readonly string[], scope: Omit<Scope, "path">): MapValue | undefined {
    let model: MapValue | undefined;
    for (const path of paths) {
      const documents = this.load(path)?.documents ?? [];
      const beyond = documents[MOST_DOCUMENTS]?.root.place;
      if (beyond && !this.stack)
        this.limit(`the file has more than ${MOST_DOCUMENTS} documents`, "Split the file.", beyond);
      for (const { root } of documents.slice(0, this.stack ? 1 : MOST_DOCUMENTS)) {
        model = this.stack
          ? this.#addToStack(model, putInVariables(root, scope.variables))
          : this.#addDocument(model, root, { ...scope, path });
      }
    }
    return model;
  }

  readonly load = (path: string): ComposeFile | undefined => {
    const file = this.files.load(path);
    if (file && !this.read.has(path)) {
      this.read.set(path, file);
      for (const place of file.oddKeys) this.refuse(`non-string key: ${textOf(place)}`, place);
    }
    return file;
  };

  readonly bringIn = (path: string, place: Place): void => {
    if (!this.broughtIn.has(path)) this.broughtIn.set(path, place);
  };

  readonly refuse = (message: string, place: Place): void => {
    this.refusals.push({ by: "compose", message, place });
  };

  readonly limit = (message: string, advice: string, place: Place): void => {
    this.limits.push({ message, advice, place });
  };

  readonly poolsMerged = (merge: PoolMerge): void => {
    this.poolMerges.push(merge);
  };

  /** The steps of compose-go's loader, in its order. */
  #addDocument(model: MapValue | undefined, written: MapValue, scope: Scope): MapValue {
    const tags = taggedPaths(written);
    const clean = putInVariables(withoutResets(written), scope.variables);
    const services = asMap(child(clean, "services"));
    const extended = services ? extendServices(services, { ...scope, tags }, this) : undefined;
    if (model) this.#refuseBeforeItGoes(model, clean, tags);
    if (tags.length > 0) {
      this.poolMerges = this.poolMerges.filter(({ network }) => !leadsAway(tags, poolsPath(network)));
    }
    const included = this.#include(extended ? withChild(clean, "services", extended) : clean, scope);
    const merged = model ? mergeDocuments(withoutPaths(model, tags), included, this) : included;
    this.refusals.push(...entriesOf(clean, "services").flatMap(writtenNameRefusals));
    this.#refuseRepeatedNames(merged);
    if (this.version === "2.26") this.#refuseForgottenLists(merged, clean);
    return canonicalDocument(merged);
  }

  /** A project of many files is gone through with each of them. */
  #refuseRepeatedNames(merged: MapValue): void {
    for (const entry of asMap(child(merged, "services"))?.entries.values() ?? []) {
      if (this.#named.has(entry)) continue;
      this.#named.add(entry);
      this.refusals.push(...repeatedNameRefusals(entry));
    }
  }

  #addToStack(model: MapValue | undefined, document: MapValue): MapValue {
    const clean = withoutPaths(document, pathsWithoutEffect(document));
    const below = model && withoutPaths(model, pathsOfNetworks(clean));
    return canonicalDocument(below ? mergeDocuments(below, clean, this) : clean);
  }

  /** Compose looks at each document before the next one may repair what is wrong in it, or throw it away. */
  #refuseBeforeItGoes(model: MapValue, next: MapValue, tags: readonly Path[]): void {
    const touched = (kind: ResourceKind): Entry[] => {
      const later = asMap(child(next, kind))?.entries;
      const tagged = tags.filter(([at]) => at === kind);
      if (tagged.length === 0) {
        // Hundreds of documents may each add something of their own.
        const before = asMap(child(model, kind))?.entries;
        return [...(later?.keys() ?? [])].flatMap((key) => before?.get(key) ?? []);
      }
      const isTagged = (own: string): boolean => tagged.some(([, key = own]) => key === own);
      return entriesOf(model, kind).filter(({ key }) => later?.has(key) === true || isTagged(key));
    };
    this.refusals.push(...touched("networks").flatMap(this.refusalsOfShape));
    this.refusals.push(...touched("services").flatMap((entry) => serviceShapeRefusals(entry, this.version)));
  }

  /** Compose 2.26 forgets that an empty list is one, and refuses it when it comes to the next document. */
  #refuseForgottenLists(merged: MapValue, document: MapValue): void {
    const configOf = (root: Value, key: string): Value | undefined =>
      poolsPath(key).reduce<Value | undefined>(child, root);
    for (const key of asMap(child(merged, "networks"))?.entries.keys() ?? []) {
      const config = asList(configOf(merged, key));
      if (config?.items.length !== 0 || configOf(document, key)) continue;
      this.refuse(`networks.${key}.ipam.config must be a list`, config.place);
    }
  }

  #include(document: MapValue, scope: Scope): MapValue {
    const written = child(document, "include");
    if (written === undefined || isNull(written)) return withoutKey(document, "include");
    const include = asList(written);
    if (!include) {
      this.refuse("`include` must be a list", written.place);
      return document;
    }
    const left: Value[] = [];
    let result = document;
    const imports = new Imports(document, this.refuse);
    for (const item of include.items) {
      const included = this.#includedModel(item, scope);
      // Compose before 5 refuses a resource that is in both, unless it is the same; from then on the including file wins.
      if (included && this.version === "5") result = mergeDocuments(onlyResources(included), result, this);
      else if (included) imports.add(included);
      // What an included file includes itself may be what could not be followed.
      if (!included || child(included, "include")) left.push(item);
    }
    if (this.version !== "5") result = imports.document();
    return left.length > 0 ? withChild(result, "include", { ...include, items: left }) : withoutKey(result, "include");
  }

  /** @returns undefined when a file can't be read: what it would add is unknown. */
  #includedModel(item: Value, scope: Scope): MapValue | undefined {
    const written = asMap(item) ? child(item, "path") : item;
    const paths = textsIn(written);
    if (!paths || paths.some(isRemote)) return undefined;
    const absolute = paths.map((path) => joinPath(scope.directory, path));
    const items = asList(written)?.items ?? [written];
    for (const [index, path] of absolute.entries()) this.bringIn(path, (items[index] ?? item).place);
    const [first] = absolute;
    if (first === undefined) return undefined;
    const including = [...scope.including, scope.path];
    if (absolute.some((path) => including.includes(path))) {
      this.refuse("include cycle detected", item.place);
      return undefined;
    }
    const from = scope.from ?? item.place;
    if (including.length > DEEPEST_INCLUDE) {
      this.limit(`"include" leads through more than ${DEEPEST_INCLUDE} files`, "Include the last file directly.", from);
      return undefined;
    }
    if (!absolute.every((path) => this.files.load(path))) return undefined;

    const own = textIn(child(item, "project_directory")) ?? "";
    const directory = own === "" ? directoryOf(first) : joinPath(scope.directory, own);
    const variables = this.#includedVariables(item, directory, scope);
    for (const path of absolute) this.included.add(path);
    if (!variables) return undefined;
    const key = { paths: absolute, directory, variables };
    const known = this.#models.get(key);
    if (known) {
      // A tag may have thrown away in between what comes back with the file.
      if (known.model.poolMerges.length > 0) {
        this.poolMerges = [...new Set([...this.poolMerges, ...known.model.poolMerges])];
      }
      return known.model.root;
    }
    if (this.#models.isFull) {
      this.limit(`"include" brings in more than ${MOST_INCLUDES} files`, "Include fewer files.", from);
      return undefined;
    }
    const { root } = this.#models.add(key, () => {
      const before = new Set(this.poolMerges);
      const root = this.mergeFiles(absolute, { directory, variables, including, from });
      return { root, poolMerges: this.poolMerges.filter((merge) => !before.has(merge)) };
    });
    return root;
  }

  /** The project's own variables win over those of the included project. */
  #includedVariables(item: Value, directory: string, scope: Scope): Variables | undefined {
    const asked = child(item, "env_file");
    const listed = asked === undefined ? [] : textsIn(asked);
    if (!listed) return undefined;
    const paths =
      listed.length === 0 ? [joinPath(directory, ".env")] : listed.map((path) => joinPath(scope.directory, path));
    return this.#models.variablesOf(scope.variables, paths, () => this.#readVariables(paths, scope));
  }

  #readVariables(paths: readonly string[], scope: Scope): Variables {
    let earlier: Variables = new Map();
    for (const path of paths) {
      // To 2.26, what the files before say counts more than what the file itself says.
      const outer = this.version === "2.26" ? new Map([...earlier, ...scope.variables]) : scope.variables;
      earlier = this.files.environment(path, { outer, earlier }) ?? earlier;
    }
    return earlier.size === 0 ? scope.variables : new Map([...earlier, ...scope.variables]);
  }
}

type ResourceKind = "networks" | "services";

function entriesOf(root: Value | undefined, kind: ResourceKind): Entry[] {
  return [...(asMap(child(root, kind))?.entries.values() ?? [])];
}

function poolsPath(network: string): Path {
  return ["networks", network, "ipam", "config"];
}

/** Whether one of the tags throws away what lies at a path. */
function leadsAway(tags: readonly Path[], path: Path): boolean {
  return tags.some((tag) => tag.every((key, index) => path[index] === key));
}
