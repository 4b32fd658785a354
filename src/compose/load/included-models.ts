import type { Variables } from "../read/interpolate.js";

/** A file may include one that includes another one, and so on. Nobody writes as many levels by hand. */
export const DEEPEST_INCLUDE = 200;
/** Files that `include` brings into one project; each counts once for each set of variables that it is read with. */
export const MOST_INCLUDES = 10_000;

/** What the meaning of an included file depends on. */
interface IncludedProject {
  readonly paths: readonly string[];
  readonly directory: string;
  readonly variables: Variables;
}

/**
 * What the included files of one project come to, each put together once: two files that include a third one are
 * common, and where each level does so the ways to the last one double with every level.
 */
export class IncludedModels<Model> {
  readonly #known = new Map<string, { readonly model: Model }>();
  readonly #variables = new Map<Variables, Map<string, Variables>>();
  readonly #identities = new Map<Variables | string, number>();
  #count = 0;

  get isFull(): boolean {
    return this.#count >= MOST_INCLUDES;
  }

  get(project: IncludedProject): { readonly model: Model } | undefined {
    return this.#known.get(this.#keyOf(project));
  }

  add(project: IncludedProject, read: () => Model): Model {
    this.#count += 1;
    const model = read();
    this.#known.set(this.#keyOf(project), { model });
    return model;
  }

  /** The variables of an included project: the same map for the same files and the same including project. */
  variablesOf(outer: Variables, paths: readonly string[], read: () => Variables): Variables {
    const known = this.#variables.get(outer) ?? new Map<string, Variables>();
    this.#variables.set(outer, known);
    const key = paths.join("\n");
    const variables = known.get(key) ?? read();
    known.set(key, variables);
    return variables;
  }

  #keyOf({ paths, directory, variables }: IncludedProject): string {
    return [this.#identityOf(variables), directory, ...paths].join("\n");
  }

  /** Other maps may hold the same variables: each way to a file makes one of its own. */
  #identityOf(variables: Variables): number {
    let identity = this.#identities.get(variables);
    if (identity === undefined) {
      const text = JSON.stringify([...variables].sort(byName));
      identity = this.#identities.get(text) ?? this.#identities.size;
      this.#identities.set(text, identity).set(variables, identity);
    }
    return identity;
  }
}

function byName([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return left < right ? -1 : 1;
}
