import { FactList, READ_DRIVER_OPTIONS, type Facts } from "./facts.js";

/** What Compose says, and which networks it says something about. */
export interface Theirs {
  readonly facts: Facts;
  readonly networks: ReadonlySet<string>;
}

type Json = Readonly<Record<string, unknown>>;

export function factsOfConfig(config: unknown): Theirs {
  const list = new FactList();
  const networks = map(map(config)["networks"]);
  list.add(["name"], text(map(config)["name"]));
  for (const [key, network] of Object.entries(networks)) addNetwork(list, key, map(network));
  for (const [name, service] of Object.entries(map(map(config)["services"]))) {
    for (const [network, attachment] of Object.entries(map(map(service)["networks"]))) {
      const path = ["services", name, network];
      list.add(path, "joined");
      for (const field of ["ipv4_address", "ipv6_address"]) list.add([...path, field], filled(map(attachment)[field]));
    }
  }
  return { facts: list.facts, networks: new Set(Object.keys(networks)) };
}

/** Whether a network is declared that no service joins: only such a network may be left out of the plain answer. */
export function declaresUnused(config: unknown): boolean {
  const joined = new Set(
    Object.values(map(map(config)["services"])).flatMap((service) => Object.keys(map(map(service)["networks"]))),
  );
  return Object.keys(map(map(config)["networks"])).some((key) => !joined.has(key));
}

function addNetwork(list: FactList, key: string, network: Json): void {
  const at = (...path: (string | number)[]): (string | number)[] => ["networks", key, ...path];
  const external = text(network["external"]) === "true";
  list.add(at("name"), text(network["name"]) ?? "");
  list.add(at("external"), String(external));
  if (external) return;
  list.add(at("driver"), filled(network["driver"]) ?? "bridge");
  for (const option of READ_DRIVER_OPTIONS)
    list.add(at("driver_opts", option), text(map(network["driver_opts"])[option]));
  list.add(at("internal"), text(network["internal"]) ?? "false");
  list.add(at("enable_ipv4"), text(network["enable_ipv4"]));
  list.add(at("enable_ipv6"), text(network["enable_ipv6"]));
  const ipam = map(network["ipam"]);
  list.add(at("ipam", "driver"), filled(ipam["driver"]) ?? "default");
  const pools: readonly unknown[] = Array.isArray(ipam["config"]) ? ipam["config"] : [];
  list.add(at("pools"), String(pools.length));
  pools.forEach((item, index) => {
    const pool = map(item);
    for (const field of ["subnet", "ip_range", "gateway"]) list.add(at("pools", index, field), filled(pool[field]));
    for (const [host, address] of Object.entries(map(pool["aux_addresses"]))) {
      list.add(at("pools", index, "aux_addresses", host), text(address));
    }
  });
}

function map(value: unknown): Json {
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Compose writes its answer so that it could read it again: a dollar sign comes doubled. */
function text(value: unknown): string | undefined {
  if (typeof value === "string") return value.replaceAll("$$", "$");
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Compose leaves empty texts out of its answer. */
function filled(value: unknown): string | undefined {
  return text(value) || undefined;
}
