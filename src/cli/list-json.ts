import type { Addressing } from "../compose/addressing.js";
import type { Network } from "../compose/network.js";
import type { Project } from "../compose/project.js";
import { positionAt } from "../compose/source.js";
import { formatPrefix } from "../ipam/prefix.js";
import { displayPath } from "../workspace/paths.js";
import { stringifyPrintably } from "./printable.js";

/** Grows with changes that a reader of the old form would stumble over; new keys may appear at any time. */
const VERSION = 1;

export function listAsJson(projects: readonly Project[], cwd: string): string {
  return stringifyPrintably({
    version: VERSION,
    projects: projects.map(({ name, directory, files, networks }) => ({
      name,
      directory: displayPath(cwd, directory),
      files: files.map(({ source }) => displayPath(cwd, source.path)),
      networks: networks.map((network) => describeNetwork(network, cwd)),
    })),
  });
}

function describeNetwork(network: Network, cwd: string) {
  const { key, name, implicit, existence, driver, services, ipv4, ipv6, place } = network;
  return {
    key,
    name,
    implicit,
    external: existence.kind === "external",
    created: existence.kind === "unknown" ? null : existence.kind === "created",
    driver,
    services,
    ipv4: describeAddressing(ipv4),
    ipv6: describeAddressing(ipv6),
    location: { file: displayPath(cwd, place.source.path), ...positionAt(place.source, place.span[0]) },
  };
}

function describeAddressing(addressing: Addressing): { mode: string; subnets: readonly string[] } {
  const subnets = addressing.mode === "explicit" ? addressing.subnets.map(({ prefix }) => formatPrefix(prefix)) : [];
  return { mode: addressing.mode === "refused" ? "unknown" : addressing.mode, subnets };
}
