import { parseComposeFile, type ComposeFile } from "../../src/compose/read/compose-file.js";
import { parseEnvironmentFile } from "../../src/compose/load/dotenv.js";
import type { ComposeVersion, ProjectFiles } from "../../src/compose/load/loader.js";
import type { Network } from "../../src/compose/project/network.js";
import { buildProject, type Project } from "../../src/compose/project/project.js";
import { asMap, asScalar, type Value } from "../../src/compose/read/value.js";
import { projectSetOf } from "../../src/workspace/projects/project-set.js";
import { loadModel } from "../../src/compose/project/load-model.js";

/** Texts by their paths below the project directory, which is `/shop`. */
export type Texts = Readonly<Record<string, string>>;

export interface Start {
  readonly version?: ComposeVersion;
  /** As for `-f`. Without any, those that Compose finds by itself, starting from the first text. */
  readonly paths?: readonly string[];
  /** As `docker stack` reads the files, which knows no file but those that are named. */
  readonly stack?: boolean;
  readonly profiles?: readonly string[];
}

const DIRECTORY = "/shop";

/** The project that Compose would make of some files. Those ending in `.env` are environment files. */
export function projectOf(texts: Texts, { version = "2.40", paths, stack = false, profiles }: Start = {}): Project {
  const files = new Map<string, ComposeFile>();
  for (const [name, text] of Object.entries(texts)) {
    if (name.endsWith(".env")) continue;
    const parsed = parseComposeFile(`${DIRECTORY}/${name}`, text);
    if (!parsed.ok) throw new Error(`${name} is no YAML: ${parsed.problem.message}`);
    files.set(parsed.file.source.path, parsed.file);
  }
  const environment: ProjectFiles["environment"] = (path, surroundings) => {
    const text = texts[path.slice(DIRECTORY.length + 1)];
    return text === undefined ? undefined : parseEnvironmentFile(text, surroundings);
  };
  const variables = environment(`${DIRECTORY}/.env`) ?? new Map<string, string>();
  const [first = ""] = files.keys();
  const set = paths
    ? { paths: paths.map((path) => `${DIRECTORY}/${path}`), directory: DIRECTORY, isOverride: false }
    : projectSetOf(first, variables, (path) => files.has(path));
  const model = loadModel({ ...set, variables, version, stack }, { load: (path) => files.get(path), environment });
  return buildProject({ ...set, model, variables, stack, profiles });
}

/** The pools that Compose would ask the engine for, each in one line: `10.1.0.0/24 gateway=10.1.0.1`. */
export function poolsOf(project: Project, key: string): string[] {
  return networkOf(project, key).pools.map(({ value }) => {
    const { subnet = "no subnet", ...others } = Object.fromEntries(fieldsOf(value));
    return [subnet, ...Object.entries(others).map(([field, text]) => `${field}=${text}`)].join(" ");
  });
}

function fieldsOf(value: Value | undefined): [field: string, text: string][] {
  return [...(asMap(value)?.entries ?? [])].flatMap(([field, { value }]): [string, string][] =>
    value.kind === "map"
      ? fieldsOf(value).map(([below, text]) => [`${field}.${below}`, text])
      : [[field, textOf(value)]],
  );
}

function textOf(value: Value): string {
  const scalar = asScalar(value);
  return scalar?.interpolation?.kind === "text" ? scalar.interpolation.text : String(scalar?.value);
}

export function networkOf(project: Project, key: string): Network {
  const network = project.networks.find((candidate) => candidate.key === key);
  if (!network) throw new Error(`the project has no network ${key}, only ${keysOf(project).join(", ")}`);
  return network;
}

/** The networks that Compose would create. */
export function createdIn(project: Project): string[] {
  return project.networks.filter(({ existence }) => existence.kind === "created").map(({ key }) => key);
}

export function keysOf({ networks }: Project): string[] {
  return networks.map(({ key }) => key);
}

export function joinedBy(project: Project, service: string): string[] {
  const { attachments = [] } = project.services.find(({ name }) => name === service) ?? {};
  return attachments.map(({ network }) => network);
}

/** What Compose itself refuses, before any engine is asked. */
export function refusedByCompose({ refusals }: Project): string[] {
  return refusals.flatMap(({ by, message }) => (by === "compose" ? [message] : []));
}

/** A file with the one network `x`, joined by a service. */
export function withNetwork(definition: string): string {
  return `services: { a: { image: app, networks: [x] } }\nnetworks: { x: ${definition} }\n`;
}

/** A file that says something of the network `x` alone. */
export function onlyNetwork(definition: string): string {
  return `networks: { x: ${definition} }\n`;
}
