import type { ExplicitSubnet } from "../compose/project/addressing.js";
import type { Project } from "../compose/project/project.js";

/** A subnet as it is written, where it hangs on variables: another host, or another day, may have another one. */
export function templateOf({ written }: Pick<ExplicitSubnet, "written">): string | undefined {
  const { interpolation, value } = written;
  return interpolation && typeof value === "string" && value.includes("$") ? value : undefined;
}

/** Nothing in it needs quotes, or more of them than a variable with a default does. */
const SIMPLE = /^[\w${}:?+./-]+$/;

/**
 * The first variable of a template to which two of the projects give different values. One that is set nowhere comes
 * from the shell, and is the same for all.
 */
export function readDifferently(template: string, projects: readonly Project[]): string | undefined {
  const names = [...template.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = ""]) => name);
  const [first = ""] = names;
  if (!SIMPLE.test(template)) return first;
  return names.find((name) => new Set(projects.map(({ variables }) => variables.get(name))).size > 1);
}
