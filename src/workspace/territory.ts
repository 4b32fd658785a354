import type { Project } from "../compose/project/project.js";
import { hostsOf, UNNAMED_HOST } from "../policy/hosts.js";
import { remembered } from "../kit/remember.js";
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
  return scoped ? hostsUnder(scoped)(main) : UNNAMED;
}

const UNNAMED: ReadonlySet<string> = new Set([UNNAMED_HOST]);

/** A project is asked about for each of its networks, and hundreds of files may make one. */
const hostsUnder = remembered(({ policy, root }: ScopedPolicy) =>
  remembered((main: Project["main"]): ReadonlySet<string> => {
    const hosts = new Set(main.flatMap(({ source }) => hostsOf(policy, relativePath(root, source.path))));
    if (hosts.size > 1) hosts.delete(UNNAMED_HOST);
    return hosts;
  }),
);
