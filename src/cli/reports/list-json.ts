import type { Addressing } from "../../compose/project/addressing.js";
import type { Network } from "../../compose/project/network.js";
import { positionAt, type Place } from "../../kit/source.js";
import { formatPrefix } from "../../ipam/prefix.js";
import { displayPath } from "../../workspace/files/paths.js";
import type { HostLoad } from "../../workspace/host-load.js";
import type { ProjectView } from "../../workspace/view.js";
import { plannedSubnet } from "../../remedy/planned-subnet.js";
import { roomFor } from "./room.js";
import { stringifyPrintably } from "../terminal/printable.js";

/** Grows with changes that a reader of the old form would stumble over; new keys may appear at any time. */
const VERSION = 1;

export function listAsJson(views: readonly ProjectView[], cwd: string): string {
  return stringifyPrintably(listAsData(views, cwd));
}

/** The same before it is text, for who goes on with it. */
export function listAsData(views: readonly ProjectView[], cwd: string) {
  return {
    version: VERSION,
    projects: views.map((view) => describeProject(view, cwd)),
    docker: describeLoad(roomFor(views)),
  };
}

/** The networks whose IPv4 subnet Docker chooses, at most at once, and the subnets that it has for them. */
function describeLoad(load: HostLoad | undefined) {
  return load ? { networks: load.automatic.length, subnets: Number(load.room) } : null;
}

function describeProject(view: ProjectView, cwd: string) {
  const { shownName: name, directory, files, networks } = view.project;
  return {
    name,
    directory: displayPath(cwd, directory),
    files: files.map(({ source }) => displayPath(cwd, source.path)),
    networks: networks.map((network) => describeNetwork(network, view, cwd)),
  };
}

function describeNetwork(network: Network, view: ProjectView, cwd: string) {
  const { key, shownName, implicit, existence, shownDriver, services, ipv4, ipv6, place } = network;
  return {
    key,
    name: shownName,
    implicit,
    external: existence.kind === "external",
    created: existence.kind === "unknown" ? null : existence.kind === "created",
    driver: shownDriver,
    services,
    ipv4: describeAddressing(ipv4, plannedSubnet(view, network, 4), cwd),
    ipv6: describeAddressing(ipv6, plannedSubnet(view, network, 6), cwd),
    location: describePlace(place, cwd),
  };
}

function describePlace({ source, span }: Place, cwd: string) {
  return { file: displayPath(cwd, source.path), ...positionAt(source, span[0]) };
}

function describeAddressing(addressing: Addressing, planned: string | undefined, cwd: string) {
  const subnets = addressing.mode === "explicit" ? addressing.subnets : [];
  return {
    mode: addressing.mode === "refused" || addressing.mode === "unusable" ? "unknown" : addressing.mode,
    subnets: subnets.map(({ prefix }) => formatPrefix(prefix)),
    locations: subnets.map(({ at }) => describePlace(at, cwd)),
    ...(addressing.mode === "automatic" && { planned: planned ?? null }),
  };
}
