import { BlockList, isIPv6 } from "node:net";

/** An engine network as one project asks for it. */
export interface AskedNetwork {
  /** By which the engine knows it. */
  readonly name: string;
  readonly external: boolean;
  readonly subnets: readonly string[];
  /** Static addresses of the services that join it. */
  readonly addresses: readonly string[];
}

/** @param config What Compose's `config` prints. */
export function networksIn(config: unknown): AskedNetwork[] {
  const services = Object.values(map(map(config)["services"]));
  return Object.entries(map(map(config)["networks"])).map(([key, network]) => ({
    name: String(map(network)["name"]),
    external: map(network)["external"] === true,
    subnets: list(map(map(network)["ipam"])["config"]).flatMap((pool) => strings(map(pool)["subnet"])),
    addresses: services.flatMap((service) => {
      const joined = map(map(map(service)["networks"])[key]);
      return [...strings(joined["ipv4_address"]), ...strings(joined["ipv6_address"])];
    }),
  }));
}

/** @returns whether one of the subnets holds the address. */
export function holds(subnets: readonly string[], address: string): boolean {
  const held = new BlockList();
  for (const subnet of subnets) {
    const [base = "", length = ""] = subnet.split("/");
    held.addSubnet(base, Number(length), isIPv6(base) ? "ipv6" : "ipv4");
  }
  return held.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

function map(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function strings(value: unknown): string[] {
  return typeof value === "string" ? [value] : [];
}
