import { formatAddress } from "../ipam/address.js";
import { formatPrefix, rangeOf } from "../ipam/prefix.js";
import { formatRange } from "../ipam/range.js";
import { diagnose, type Diagnosis } from "./diagnose.js";
import type { HostNetwork } from "./engine-networks.js";
import { cutOffPeers } from "./findings/connections.js";
import type { ForbiddenIn } from "./findings/finding.js";
import { describeForbidden, describeRoute, filesOf } from "./findings/words.js";
import type { Peer, Snapshot } from "./snapshot.js";
import { takeoversOf } from "./takeovers.js";

/** A network that came or went. */
export interface NetworkChange {
  readonly change: "came" | "went";
  /** As the engine calls it, or its bridge. */
  readonly name: string;
  readonly subnets: readonly string[];
  readonly project: string | undefined;
  readonly files: readonly string[];
  /** What it took while it was there: routes, connections, forbidden ranges. */
  readonly took: readonly string[];
}

/** Networks are told apart by what the engine calls them and by their subnets. */
export function compareSnapshots(before: Snapshot, after: Snapshot, forbiddenIn?: ForbiddenIn): NetworkChange[] {
  const [then, now] = [diagnose(before, forbiddenIn), diagnose(after, forbiddenIn)];
  // A connection that hangs may be gone in the later snapshot, and only begun in it.
  const peers = [...before.peers, ...after.peers];
  const [cutThen, cutNow] = [cutOffPeers(peers, then), cutOffPeers(peers, now)];
  const [old, current] = [then, now].map(({ networks }) => new Set(networks.map(identityOf)));
  return [
    ...then.networks
      .filter((network) => current?.has(identityOf(network)) === false)
      .map((network) => changeOf("went", network, then, cutThen.get(network))),
    ...now.networks
      .filter((network) => old?.has(identityOf(network)) === false)
      .map((network) => changeOf("came", network, now, cutNow.get(network))),
  ];
}

function identityOf({ known, device, subnets }: HostNetwork): string {
  // A snapshot that Docker did not answer for knows the bridge alone.
  return `${device ?? known?.name ?? ""} ${subnets.map(formatPrefix).sort().join()}`;
}

function changeOf(
  change: NetworkChange["change"],
  network: HostNetwork,
  diagnosis: Diagnosis,
  cut: readonly Peer[] = [],
): NetworkChange {
  const { known, device, subnets, containers } = network;
  return {
    change,
    name: known?.name ?? device ?? "a network",
    subnets: subnets.map(formatPrefix),
    project: known?.project,
    files: filesOf(containers.length > 0 ? containers : containersOf(network, diagnosis)),
    took: [...routesTaken(network, diagnosis), ...peersTaken(cut), ...forbiddenTaken(network, diagnosis)],
  };
}

function containersOf({ known }: HostNetwork, { snapshot }: Diagnosis): HostNetwork["containers"] {
  const project = known?.project;
  return project === undefined ? [] : (snapshot.engine?.containers ?? []).filter((each) => each.project === project);
}

function routesTaken(network: HostNetwork, { routing, boundaries }: Diagnosis): string[] {
  const taken = takeoversOf(network, routing, boundaries).filter(({ winner }) => winner === "network");
  return taken.map(({ range, route }) => `${formatRange(range)} from the route ${describeRoute(route)}`);
}

function peersTaken(cut: readonly Peer[]): string[] {
  const texts = cut.map(({ address, isSession }) =>
    isSession ? `your SSH session from ${formatAddress(address)}` : `the connection to ${formatAddress(address)}`,
  );
  return [...new Set(texts)];
}

function forbiddenTaken({ subnets }: HostNetwork, { forbiddenIn }: Diagnosis): string[] {
  return subnets.flatMap((subnet) => {
    const hit = forbiddenIn?.(rangeOf(subnet));
    return hit ? [`addresses of the forbidden range ${describeForbidden(hit)}`] : [];
  });
}
