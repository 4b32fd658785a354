import { interpolate } from "./interpolate.js";
import type { Project } from "./project.js";
import { readYaml, type Selection } from "./read-yaml.js";
import type { Source } from "./source.js";
import { asList, asMap, asScalar, child, type Value } from "./value.js";

const CLAIMS: Selection = { services: { "*": { container_name: true, ports: true } } };

/** `8080:80`, `127.0.0.1:8080:80/udp`, `[::1]:8080-8081:80-81`: the part for the host, and the protocol. */
const SHORT_PORT = /^(?:.*:)?(\d+)(?:-(\d+))?:\d+(?:-\d+)?(?:\/(\w+))?$/;

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
  for (const { root } of readYaml(source, CLAIMS).documents) {
    for (const { value: service } of asMap(child(root, "services"))?.entries.values() ?? []) {
      const name = textOf(child(service, "container_name"));
      if (name) yield `container ${name}`;
      for (const port of asList(child(service, "ports"))?.items ?? []) yield* portClaims(port);
    }
  }
}

function* portClaims(port: Value): Generator<string> {
  const written =
    port.kind === "map"
      ? `${textOf(child(port, "published"))}:0/${textOf(child(port, "protocol")) || "tcp"}`
      : textOf(port);
  const [, first, last = first, protocol = "tcp"] = SHORT_PORT.exec(written) ?? [];
  const highest = Math.min(Number(last), 65_535);
  for (let number = Number(first); number <= highest; number += 1) yield `${protocol} ${number}`;
}

function textOf(value: Value | undefined): string {
  const scalar = asScalar(value);
  if (scalar?.value === null || scalar === undefined) return "";
  const result = interpolate(String(scalar.value), NO_VARIABLES);
  return result.kind === "text" ? result.text : "";
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map();
