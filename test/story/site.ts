import { must } from "../engine/command.js";
import { createNamespace, type Namespace } from "../engine/namespace.js";

/**
 * An office, a router and a Docker host, each in a network namespace of its own:
 *
 *     office 172.18.44.5/22 ── 172.18.44.1 router 10.99.0.1 ── 10.99.0.2/24 Docker host
 *
 * The Docker host has a default route and no other, as most hosts have. No namespace holds an interface that leads
 * out, and the router knows no way but to these two: so no packet leaves them, whatever its destination.
 */
export interface Site {
  readonly office: Namespace;
  readonly dockerHost: Namespace;
  readonly officeAddress: string;
  readonly hostAddress: string;
  /** What leads out of the namespaces, in words. Nothing should. */
  waysOut(): Promise<string[]>;
  remove(): Promise<void>;
}

export async function buildSite(): Promise<Site> {
  const namespaces: Namespace[] = [];
  const add = async (purpose: string): Promise<Namespace> => {
    const namespace = await createNamespace(purpose);
    namespaces.push(namespace);
    return namespace;
  };
  const remove = async (): Promise<void> => {
    for (const namespace of namespaces.splice(0)) await namespace.remove();
  };
  try {
    const office = await add("office");
    const router = await add("router");
    const dockerHost = await add("host");
    await connect(router, "office", "172.18.44.1/22", office, "172.18.44.5/22");
    await connect(router, "host", "10.99.0.1/24", dockerHost, "10.99.0.2/24");
    await ip(office, "route", "add", "default", "via", "172.18.44.1");
    await ip(dockerHost, "route", "add", "default", "via", "10.99.0.1");
    await must("ip", ["netns", "exec", router.name, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"]);
    return {
      office,
      dockerHost,
      officeAddress: "172.18.44.5",
      hostAddress: "10.99.0.2",
      waysOut: () => waysOut(namespaces, router),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A cable between two namespaces: no end of it is ever outside. */
async function connect(
  router: Namespace,
  port: string,
  routerAddress: string,
  station: Namespace,
  stationAddress: string,
): Promise<void> {
  const ends = [port, "netns", router.name, "type", "veth", "peer", "name", "eth0", "netns", station.name];
  await must("ip", ["link", "add", ...ends]);
  await ip(router, "address", "add", routerAddress, "dev", port);
  await ip(router, "link", "set", port, "up");
  await ip(station, "address", "add", stationAddress, "dev", "eth0");
  await ip(station, "link", "set", "eth0", "up");
}

async function waysOut(namespaces: readonly Namespace[], router: Namespace): Promise<string[]> {
  const found: string[] = [];
  const inside = new Set(namespaces.map(({ name }) => name));
  for (const namespace of namespaces) {
    for (const link of (await ip(namespace, "-o", "link", "show")).trimEnd().split("\n")) {
      const peer = /link-netns (\S+)/.exec(link)?.[1];
      if (!link.startsWith("1: lo:") && !inside.has(peer ?? "")) found.push(`${namespace.name}: ${link}`);
    }
  }
  const beyond = (await ip(router, "route", "show")).split("\n").filter((route) => / via |^default/.test(route));
  return [...found, ...beyond.map((route) => `${router.name}: ${route}`)];
}

function ip(namespace: Namespace, ...args: readonly string[]): Promise<string> {
  return must("ip", ["-n", namespace.name, ...args]);
}
