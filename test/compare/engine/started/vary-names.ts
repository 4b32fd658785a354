import { parseAllDocuments } from "yaml";

import { randomBelow, type Random } from "../../../../bench/random.js";

/** Other names in the place of those that somebody chose. */
export interface Names {
  /** A key or a value, when it is a name or is made of names. */
  readonly of: (text: string) => string;
}

/** What has a meaning to Compose or to the engine, whoever chose it. */
const KEPT: ReadonlySet<string> = new Set(
  (
    "bridge host none default docker0 lo null true false yes no all services networks volumes profiles name image " +
    "scale deploy replicas mode global replicated ipam config subnet gateway ip_range aux_addresses driver driver_opts " +
    "parent internal external attachable labels command include extends file service depends_on condition required " +
    "network_mode aliases priority gw_priority macvlan ipvlan overlay isolated routed nat proj version"
  ).split(" "),
);

const PLAIN = /^[a-z][a-z0-9-]*$/i;

/** The names of all the files of a case, each with another of the same length. */
export function namesIn(texts: readonly string[], projects: readonly string[], random: Random): Names {
  const others = new Map<string, string>();
  const roots = texts.flatMap(rootsOf);
  const projectNames = [...projects, ...roots.flatMap((root) => textsOf(root["name"]))];
  const chosen = [...projectNames, ...roots.flatMap(namesOf)];
  const taken = new Set(chosen);
  for (const name of new Set(chosen)) {
    if (KEPT.has(name) || !PLAIN.test(name)) continue;
    const other = unusedName(name, taken, random);
    taken.add(other);
    others.set(name, other);
  }
  const of = (text: string): string => {
    const other = others.get(text);
    if (other !== undefined) return other;
    if (text.startsWith("service:")) return `service:${of(text.slice("service:".length))}`;
    const project = projectNames.find((name) => text.startsWith(`${name}_`));
    return project === undefined ? text : `${of(project)}_${of(text.slice(project.length + 1))}`;
  };
  return { of };
}

type Tree = Readonly<Record<string, unknown>>;

function rootsOf(text: string): Tree[] {
  const documents = parseAllDocuments(text, { merge: true, logLevel: "silent" });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) =>
    document.errors.length > 0 ? [] : [treeOf(document.toJS({ maxAliasCount: -1 }))],
  );
}

function treeOf(value: unknown): Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function namesOf(root: Tree): string[] {
  const services = treeOf(root["services"]);
  const networks = treeOf(root["networks"]);
  const pools = Object.values(networks).flatMap((network) => itemsOf(treeOf(treeOf(network)["ipam"])["config"]));
  return [
    ...Object.keys(services),
    ...Object.values(services).flatMap((service) => itemsOf(treeOf(service)["profiles"]).flatMap(textsOf)),
    ...Object.keys(networks),
    ...Object.values(networks).flatMap((network) => [
      ...textsOf(treeOf(network)["name"]),
      ...textsOf(treeOf(treeOf(network)["driver_opts"])["com.docker.network.bridge.name"]),
    ]),
    ...pools.flatMap((pool) => Object.keys(treeOf(treeOf(pool)["aux_addresses"]))),
  ];
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): string[] {
  return typeof value === "string" ? [value] : [];
}

function unusedName(name: string, taken: ReadonlySet<string>, random: Random): string {
  for (;;) {
    const other = name.replace(/[a-z]/gi, () => String.fromCharCode(97 + randomBelow(random, 26)));
    if (!taken.has(other) && !KEPT.has(other) && other !== "y" && other !== "n") return other;
  }
}
