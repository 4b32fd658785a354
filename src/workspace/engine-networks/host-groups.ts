import type { Declaration } from "./engine-network.js";

interface Group {
  readonly declarations: Declaration[];
  readonly hosts: Set<string>;
}

/** Whoever shares a host with one of a group belongs to it. */
export function groupsByHost(declarations: readonly Declaration[]): readonly Group[] {
  const groups: Group[] = [];
  const byHost = new Map<string, Group>();
  for (const declaration of declarations) {
    const met = new Set([...declaration.hosts].flatMap((host) => byHost.get(host) ?? []));
    const [group = { declarations: [], hosts: new Set<string>() }, ...others] = met;
    if (met.size === 0) groups.push(group);
    group.declarations.push(declaration);
    for (const host of declaration.hosts) group.hosts.add(host);
    for (const other of others) {
      group.declarations.push(...other.declarations);
      for (const host of other.hosts) group.hosts.add(host);
      groups.splice(groups.indexOf(other), 1);
    }
    for (const host of group.hosts) byHost.set(host, group);
  }
  return groups;
}
