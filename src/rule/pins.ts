import type { Edit, Obstacle } from "../compose/edit/edit.js";
import { pinSubnet } from "../compose/edit/pin-subnet.js";
import type { Network } from "../compose/network.js";
import type { Family } from "../ipam/address.js";
import { formatPrefix } from "../ipam/prefix.js";
import type { ProjectView } from "../workspace/workspace.js";
import { editAtHome } from "./edit-at-home.js";

/** What can be done for a network whose subnet Docker would choose. */
export type Pin =
  | { readonly kind: "writable"; readonly subnet: string; readonly edits: readonly Edit[] }
  /** A subnet is free, but the file can't be edited. */
  | { readonly kind: "obstructed"; readonly subnet: string; readonly obstacle: Obstacle }
  /** No pool has room. */
  | { readonly kind: "full"; readonly reason: string };

/** @returns the subnet that the plan gives a network of the project, and the edits that write it. */
export function pinOf(view: ProjectView, network: Network, family: Family): Pin {
  const key = view.claimKey(network.key, family);
  const plan = view.plan();
  const allocation = plan.subnetFor(key) ?? plan.freeSubnet(key, family);
  if (!allocation.ok) return { kind: "full", reason: allocation.fault.reason };
  const subnet = formatPrefix(allocation.subnet);
  const settled = network.attachments
    .flatMap(({ addresses }) => addresses)
    .find(({ field }) => field === (family === 4 ? "ipv4_address" : "ipv6_address"));
  if (settled) {
    const because = `service "${settled.service}" has the static address ${String(settled.text.written.value)} on it, which must lie in its subnet`;
    return { kind: "obstructed", subnet, obstacle: { because, place: settled.text.written.place } };
  }
  const outcome = editAtHome(view, network, "ipam", (home) => pinSubnet(home, network, allocation.subnet));
  return outcome.ok
    ? { kind: "writable", subnet, edits: outcome.edits }
    : { kind: "obstructed", subnet, obstacle: outcome.obstacle };
}

/** A network that Docker would choose a subnet for, in one of its families. */
export interface OpenChoice {
  readonly network: Network;
  readonly family: Family;
}

function openChoices(networks: readonly Network[]): OpenChoice[] {
  return networks.flatMap((network) => {
    if (network.existence.kind !== "created") return [];
    return ([4, 6] as const).flatMap((family): OpenChoice[] =>
      (family === 4 ? network.ipv4 : network.ipv6).mode === "automatic" ? [{ network, family }] : [],
    );
  });
}

/**
 * The first network of a project that can't be pinned. Then none is: a network that is left to Docker may be given
 * the very range that another one was pinned to.
 */
export function unpinnable(view: ProjectView): OpenChoice | undefined {
  return openChoices(view.project.networks).find(
    ({ network, family }) => pinOf(view, network, family).kind !== "writable",
  );
}
