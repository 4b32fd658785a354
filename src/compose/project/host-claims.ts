import { selectedValue } from "../read/service-keys.js";
import { skim } from "../read/skim.js";
import { asMap, child } from "../read/value.js";
import { textIn } from "../read/written.js";
import { readYaml } from "../read/yaml.js";
import { putInVariables } from "../load/interpolation.js";
import type { Source } from "../../kit/source.js";
import type { Project } from "./project.js";
import { publishedPorts } from "./published-port.js";

const CLAIMS = { services: { "*": { container_name: true, ports: true, network_mode: true } } } as const;

const known = new WeakMap<Project, ReadonlySet<string>>();

/**
 * What one project alone can have on a host: the ports that it publishes and the names of its containers. Variables
 * count with their defaults.
 *
 * A check has no use for these keys, so they are read only for two projects that are in question.
 */
export function hostClaimsOf(project: Project): ReadonlySet<string> {
  let claims = known.get(project);
  if (!claims) {
    claims = new Set(project.files.flatMap(({ source }) => claimsOf(source)));
    known.set(project, claims);
  }
  return claims;
}

/** Projects may share a file. */
const knownOfSources = new WeakMap<Source, readonly string[]>();

function claimsOf(source: Source): readonly string[] {
  const claims = knownOfSources.get(source) ?? [...claimsIn(source)];
  knownOfSources.set(source, claims);
  return claims;
}

function* claimsIn(source: Source): Generator<string> {
  for (const { root: written } of readYaml(source, CLAIMS, skim(source.text, CLAIMS), Infinity).documents) {
    const root = asMap(written && putInVariables(written, NO_VARIABLES));
    for (const { value: service } of asMap(child(root, "services"))?.entries.values() ?? []) {
      const name = textIn(selectedValue(CLAIMS, service, "container_name"));
      if (name) yield `container ${name}`;
    }
    for (const { ports, protocol } of publishedPorts(root)) {
      for (let port = ports.first; port <= ports.last; port += 1) yield `${protocol} ${port}`;
    }
  }
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map();
