import type { Network } from "../../../src/compose/project/network.js";
import type { Project } from "../../../src/compose/project/project.js";
import { readBoolean } from "../../../src/compose/read/scalar-text.js";
import { asList, asMap, asScalar, child, type Value } from "../../../src/compose/read/value.js";
import { FactList, READ_DRIVER_OPTIONS, type Facts } from "./facts.js";

/** What our model says, and where it says that it doesn't know. */
export interface Ours {
  readonly facts: Facts;
  /** Whether a path is one that the model leaves open. */
  readonly leavesOpen: (path: string) => boolean;
  /** Networks that may be missing in an answer that only lists what is created. */
  readonly perhapsNotCreated: ReadonlySet<string>;
}

export function factsOfProject(project: Project): Ours {
  const list = new FactList();
  const open: string[] = [];
  list.add(["name"], project.name);
  for (const network of project.networks) addNetwork(list, network);
  for (const { name, attachments, joinsMore } of project.services) {
    if (joinsMore) open.push(`services.${name}.`);
    for (const { network, addresses } of attachments) {
      list.add(["services", name, network], "joined");
      for (const { family, address } of addresses)
        list.add(["services", name, network, `ipv${family}_address`], textOf(address.written) || undefined);
    }
  }
  const unread = project.unread !== undefined;
  return {
    facts: list.facts,
    leavesOpen: (path) => unread || open.some((prefix) => path.startsWith(prefix)),
    perhapsNotCreated: new Set(
      project.networks.flatMap(({ key, existence }) => (existence.kind === "created" ? [] : [key])),
    ),
  };
}

function addNetwork(list: FactList, network: Network): void {
  const { key, definition } = network;
  const at = (...path: (string | number)[]): (string | number)[] => ["networks", key, ...path];
  const external = network.existence.kind === "external";
  list.add(at("name"), network.name);
  list.add(at("external"), String(external));
  if (external) return;
  if (network.existence.kind !== "unknown")
    list.add(at("created"), network.existence.kind === "created" ? "yes" : "no");
  list.add(at("driver"), network.driver);
  for (const option of READ_DRIVER_OPTIONS) {
    list.add(at("driver_opts", option), textOf(child(child(definition, "driver_opts"), option)));
  }
  list.add(at("internal"), flagOf(child(definition, "internal")) ?? "false");
  list.add(at("enable_ipv4"), flagOf(child(definition, "enable_ipv4")));
  list.add(at("enable_ipv6"), flagOf(child(definition, "enable_ipv6")));
  list.add(at("ipam", "driver"), textOf(child(child(definition, "ipam"), "driver")) || "default");
  list.add(at("pools"), String(asList(child(child(definition, "ipam"), "config"))?.items.length ?? 0));
  network.pools.forEach(({ value }, index) => {
    for (const field of ["subnet", "ip_range", "gateway"]) {
      list.add(at("pools", index, field), textOf(child(value, field)) || undefined);
    }
    for (const [host, entry] of asMap(child(value, "aux_addresses"))?.entries ?? []) {
      list.add(at("pools", index, "aux_addresses", host), textOf(entry.value));
    }
  });
}

/** The text as Compose has it when nobody sets a variable: with blanks. */
function textOf(value: Value | undefined): string | undefined {
  const scalar = asScalar(value);
  if (!scalar || scalar.value === null) return undefined;
  return scalar.interpolation?.kind === "text" ? scalar.interpolation.text : String(scalar.value);
}

function flagOf(value: Value | undefined): string | undefined {
  const flag = readBoolean(value);
  return typeof flag === "boolean" ? String(flag) : undefined;
}
