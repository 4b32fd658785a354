import type { Network } from "../compose/project/network.js";
import { containsPrefix, formatPrefix } from "../ipam/prefix.js";
import type { AllowEntry } from "../policy/policy.js";
import type { Reach } from "./projects/reach.js";

/**
 * Why no network of any file can need an exception, as a clause; undefined when one may.
 *
 * What can't be read, or is unknown, may well need it.
 */
export function whyUnused({ file, network, cidr }: AllowEntry, reach: Reach): string | undefined {
  const files = reach(file);
  if (files.length === 0) return "there is no such file";
  const networks: Network[] = [];
  for (const { projects } of files) {
    if (projects.length === 0) return undefined;
    const all = projects.flatMap((project) => project.networks);
    networks.push(...all.filter(({ key }) => network === undefined || key === network));
  }
  if (networks.length === 0) return network === undefined ? "it has no network" : `it has no network "${network}"`;
  if (!cidr) return undefined;
  const mayLieThere = networks.some(({ ipv4, ipv6 }) =>
    [ipv4, ipv6].some((addressing) =>
      addressing.mode === "explicit"
        ? addressing.subnets.some(({ prefix }) => containsPrefix(cidr, prefix))
        : addressing.mode === "unknown",
    ),
  );
  return mayLieThere ? undefined : `no subnet that is written there lies in ${formatPrefix(cidr)}`;
}
