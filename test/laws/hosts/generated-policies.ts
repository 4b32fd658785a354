import path from "node:path";

import type { Dice } from "../../compare/compose/dice.js";
import type { Files } from "./generated-directory.js";

export const HOST_OF_ALL = "";
const HOSTS = ["left", "right"] as const;

const FORBIDDEN = `forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
  - { cidr: "fd99::/16", name: labs }
`;
const POOLS = `pools:
  - { cidr: 10.129.0.0/19, prefix: 24 }
  - { cidr: "fd12:3456:789a::/48", prefix: 64 }
`;

/**
 * Writes a policy for all, and others below it.
 *
 * @returns the hosts that the policies name, by the directories that run on them.
 */
export function generatePolicies(
  dice: Dice,
  directories: readonly string[],
  { texts, declared }: Pick<Files, "texts" | "declared">,
): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  const nested = new Set(dice.chance(20) ? directories.filter(() => dice.chance(40)) : []);
  if (dice.chance(10)) {
    for (const directory of directories) if (!nested.has(directory)) hosts.set(directory, dice.one(HOSTS));
  }
  for (const directory of nested) {
    const own = declared.filter((chain) => chain.directory === directory);
    const text =
      nestedPolicy(dice, directory) +
      projectsOf(own.map(({ files }) => files.map((file) => path.posix.basename(file))));
    texts.set(`${directory}/forbidden-ranges.yaml`, text);
  }
  const others = declared.filter(({ directory }) => !nested.has(directory));
  const sections = [
    `version: 1\nid: hosts\n${FORBIDDEN}${POOLS}`,
    projectsOf(others.map(({ files }) => files)),
    hosts.size > 0 ? `hosts:\n${HOSTS.map((host) => hostEntry(host, hosts)).join("")}` : "",
  ];
  texts.set("forbidden-ranges.yaml", sections.join(""));
  return hosts;
}

function projectsOf(chains: readonly (readonly string[])[]): string {
  return chains.length > 0 ? `projects:\n${chains.map((files) => `  - [${files.join(", ")}]\n`).join("")}` : "";
}

function hostEntry(host: string, hosts: ReadonlyMap<string, string>): string {
  const globs = [...hosts].filter(([, named]) => named === host).map(([directory]) => `${directory}/**`);
  return globs.length > 0 ? `  ${host}: [${globs.join(", ")}]\n` : "";
}

/** With pools of its own or those of the policy above, which it extends or repeats. */
function nestedPolicy(dice: Dice, directory: string): string {
  const above = `extends: [${"../".repeat(directory.split("/").length)}forbidden-ranges.yaml]\n`;
  const own = `id: ${directory.replace("/", "-")}\n`;
  return dice.one([
    `version: 1\n${above}pools:\n  - { cidr: 10.130.0.0/20, prefix: 24 }\n`,
    `version: 1\n${own}${above}`,
    `version: 1\n${above}`,
    `version: 1\n${own}${FORBIDDEN}${POOLS}`,
    `version: 1\n${own}${FORBIDDEN}`,
  ]);
}
