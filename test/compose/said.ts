import type { Addressing, AutomaticCause } from "../../src/compose/project/addressing.js";
import { faultsOfNetwork } from "../../src/compose/engine/network-faults.js";
import { CURRENT_ENGINES, includesAny } from "../../src/compose/engine/releases.js";
import { parseComposeFile, type ComposeFile, type ParsedComposeFile } from "../../src/compose/read/compose-file.js";
import type { Existence, Network } from "../../src/compose/project/network.js";
import { buildProject, type Project } from "../../src/compose/project/project.js";
import { positionAt, textOf, type Place } from "../../src/kit/source.js";
import { describeUnknown, type Refusal } from "../../src/compose/read/scalar-text.js";
import { loadModel } from "../../src/compose/project/load-model.js";

export type Values = Readonly<Record<string, string>>;

const PATH = "/srv/shop/compose.yaml";

export function parse(text: string): ParsedComposeFile {
  return parseComposeFile(PATH, text);
}

/** The project that a file alone makes, in a directory `shop`. */
export function projectOfFile(file: ComposeFile, values: Values = {}): Project {
  const variables = new Map(Object.entries(values));
  const directory = "/srv/shop";
  const model = loadModel(
    { paths: [PATH], directory, variables, version: "2.40" },
    { load: (path) => (path === PATH ? file : undefined), environment: () => undefined },
  );
  return buildProject({ model, directory, variables, isOverride: false });
}

/** As {@link projectOfFile}. A text that is no YAML fails the test. */
export function projectOf(text: string, values: Values = {}): Project {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`no YAML: ${parsed.problem.message}\n${text}`);
  return projectOfFile(parsed.file, values);
}

/** What the project says about a network, in words that name every place with its text. */
export interface Said {
  readonly at: string;
  readonly existence: string;
  readonly ipv4: string;
  readonly ipv6: string;
}

export function saidOf(text: string, key: string, values: Values = {}): Said {
  return sayNetwork(networkIn(projectOf(text, values), key));
}

export function networkIn(project: Project, key: string): Network {
  const network = project.networks.find((candidate) => candidate.key === key);
  if (!network) throw new Error(`no network "${key}" among ${keysOf(project).join(", ")}`);
  return network;
}

/** A file with one service on one network `x`, whose definition starts at 4:6. */
export function withNetwork(definition: string): string {
  return `services:\n  a: {image: i, networks: [x]}\nnetworks:\n  x: ${definition}\n`;
}

export function keysOf({ networks }: Project): string[] {
  return networks.map(({ key }) => key);
}

/** The networks that Compose would create. */
export function createdBy(text: string): string[] {
  return projectOf(text)
    .networks.filter(({ existence }) => existence.kind === "created")
    .map(({ key }) => key);
}

export function refusalsOf(text: string, values: Values = {}): string[] {
  return projectOf(text, values).refusals.map(sayRefusal);
}

/** What the engine has against the networks of a project, beside what Compose refuses: `hostBits at 4:32 10.7.0.5/24`. */
export function engineRefusalsOf(text: string, values: Values = {}): string[] {
  return projectOf(text, values)
    .networks.flatMap((network) => faultsOfNetwork(network, true))
    .filter(({ effect, engines }) => effect === "refused" && includesAny(engines, CURRENT_ENGINES))
    .map(({ kind, at }) => `${kind} at ${sayPlace(at)}`);
}

/** Why a text is no YAML; undefined for one that is. */
export function problemIn(text: string): string | undefined {
  const parsed = parse(text);
  if (parsed.ok) return undefined;
  const { source, problem } = parsed;
  return `${problem.message} at ${sayPlace({ source, span: problem.span })}`;
}

export function sayPlace(place: Place): string {
  const { line, column } = positionAt(place.source, place.span[0]);
  const [first = ""] = textOf(place).split("\n");
  return `${line}:${column} ${first}`.trimEnd();
}

function sayNetwork(network: Network): Said {
  return {
    at: sayPlace(network.place),
    existence: sayExistence(network.existence),
    ipv4: sayAddressing(network.ipv4),
    ipv6: sayAddressing(network.ipv6),
  };
}

function sayExistence(existence: Existence): string {
  return existence.kind === "unknown" ? `unknown: ${describeUnknown(existence.because)}` : existence.kind;
}

function sayAddressing(addressing: Addressing): string {
  switch (addressing.mode) {
    case "explicit": {
      const subnets = addressing.subnets.map(({ text, at }) => `${text} at ${sayPlace(at)}`);
      return `explicit: ${subnets.join(", ")}`;
    }
    case "automatic":
      return `automatic: ${sayCause(addressing.cause)}`;
    case "disabled":
      return "disabled";
    case "unknown": {
      const at = addressing.place ? ` at ${sayPlace(addressing.place)}` : "";
      return `unknown: ${describeUnknown(addressing.because)}${at}`;
    }
    case "refused":
      return `refused by ${sayRefusal(addressing.refusal)}`;
    case "unusable":
      return "unusable";
  }
}

function sayCause(cause: AutomaticCause): string {
  const length = cause.kind === "unspecified subnet" ? ` /${cause.length}` : "";
  return cause.kind === "no pool" ? cause.kind : `${cause.kind}${length} at ${sayPlace(cause.place)}`;
}

function sayRefusal({ by, message, place }: Refusal): string {
  return `${by}: ${message} at ${sayPlace(place)}`;
}
