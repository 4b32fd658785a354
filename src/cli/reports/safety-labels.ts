import type { Network } from "../../compose/project/network.js";
import type { Project } from "../../compose/project/project.js";
import { formatPrefix } from "../../ipam/prefix.js";

/** What an edit of a network's subnet does to a system that runs. Unused networks are not there. */
export function labelOf(
  { key, shownName: name }: Pick<Network, "key" | "shownName">,
  { stack }: Pick<Project, "stack">,
): string {
  if (stack) return `network "${key}" (${name}) keeps its subnet until "docker stack rm"`;
  return `the next up recreates network "${key}" (${name}); Compose before 2.31 needs "docker compose down" first`;
}

/** A label for each network that has other subnets than before. */
export function labelsOf(before: Project, after: Project): string[] {
  return after.networks.flatMap((network) => {
    const old = before.networks.find(({ key }) => key === network.key);
    const changes = old !== undefined && subnetsOf(old) !== subnetsOf(network);
    return changes ? [labelOf(network, after)] : [];
  });
}

function subnetsOf({ ipv4, ipv6 }: Network): string {
  return [ipv4, ipv6]
    .flatMap((addressing) => (addressing.mode === "explicit" ? addressing.subnets : []))
    .map(({ prefix }) => formatPrefix(prefix))
    .join(" ");
}
