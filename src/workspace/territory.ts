import type { Project } from "../compose/project/project.js";
import { hostsOf, UNNAMED_HOST } from "../policy/hosts.js";
import { relativePath } from "./files/paths.js";
import type { ScopedPolicy } from "./scoped-policy.js";

/** The compose files that one policy holds for, or none: what lies outside has subnets of its own. */
export interface Territory {
  readonly root: string;
  readonly scoped: ScopedPolicy | undefined;
}

/** What a project's identity is told from. */
export function scopeOf({ root, scoped }: Territory): Pick<ScopedPolicy, "root" | "id"> {
  return scoped ?? { root, id: "" };
}

/** The hosts that a project runs on; `UNNAMED_HOST` where nobody said so. */
export function hostsOfProject({ main }: Pick<Project, "main">, { scoped }: Territory): ReadonlySet<string> {
  if (!scoped) return new Set([UNNAMED_HOST]);
  const top = scoped.root;
  const hosts = new Set(main.flatMap(({ source }) => hostsOf(scoped.policy, relativePath(top, source.path))));
  if (hosts.size > 1) hosts.delete(UNNAMED_HOST);
  return hosts;
}
