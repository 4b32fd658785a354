import type { Project } from "../project/project.js";
import { publishedPorts } from "../project/published-port.js";
import { putInVariables } from "../load/interpolation.js";
import { readYaml, type Selection } from "../read/yaml.js";
import { skim } from "../read/skim.js";
import type { Source } from "../../kit/source.js";
import { asMap, child } from "../read/value.js";
import { textIn } from "../read/written.js";

const CLAIMS: Selection = { services: { "*": { container_name: true, ports: true, network_mode: true } } };

const known = new WeakMap<Project, ReadonlySet<string>>();

/**
 * What one project alone can have on a host: the ports that it publishes and the names of its containers. Variables
 * count with their defaults.
 *
 * A check has no use for these keys, so they are read only for two projects that are in question.
 */
function hostClaimsOf(project: Project): ReadonlySet<string> {
  let claims = known.get(project);
  if (!claims) {
    claims = new Set(project.files.flatMap(({ source }) => [...claimsIn(source)]));
    known.set(project, claims);
  }
  return claims;
}

/** Whether two projects can't be up on one host, whatever their networks are. */
export function excludeEachOther(one: Project, other: Project): boolean {
  const theirs = hostClaimsOf(other);
  for (const claim of hostClaimsOf(one)) if (theirs.has(claim)) return true;
  return false;
}

function* claimsIn(source: Source): Generator<string> {
  for (const { root: written } of readYaml(source, CLAIMS, skim(source.text, CLAIMS), Infinity).documents) {
    const root = asMap(written && putInVariables(written, NO_VARIABLES));
    for (const { value: service } of asMap(child(root, "services"))?.entries.values() ?? []) {
      const name = textIn(child(service, "container_name"));
      if (name) yield `container ${name}`;
    }
    for (const { ports, protocol } of publishedPorts(root)) {
      for (let port = ports.first; port <= ports.last; port += 1) yield `${protocol} ${port}`;
    }
  }
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map();
