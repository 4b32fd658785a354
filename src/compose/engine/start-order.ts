import type { Project } from "../project/project.js";
import type { Dependency } from "../project/service.js";

/** No service is called so. */
const ALL_OF_THEM = "";

/** In which order Compose starts services: by `depends_on`, and otherwise in any. */
export class StartOrder {
  readonly #dependents = new Map<string, string[]>();
  readonly #ending = new Set<string>();

  /** @param dependencies Of each service, by its name. */
  constructor(readonly dependencies: ReadonlyMap<string, readonly Dependency[]> = new Map()) {
    for (const [service, waitedFor] of dependencies) {
      for (const { service: other, untilEnd } of waitedFor) {
        const dependents = this.#dependents.get(other);
        if (dependents) dependents.push(service);
        else this.#dependents.set(other, [service]);
        if (untilEnd) this.#ending.add(other);
      }
    }
  }

  /** Whether some service waits for the end of this one: by then, its addresses are free again. */
  ends(service: string): boolean {
    return this.#ending.has(service);
  }

  /**
   * The order in which these services start when all of another project have started.
   *
   * @param nameThere What a service of the other one is called in it.
   */
  afterAllOf(other: StartOrder, nameThere: (service: string) => string): StartOrder {
    const dependencies = new Map<string, readonly Dependency[]>();
    for (const [service, waitedFor] of other.dependencies) {
      dependencies.set(
        nameThere(service),
        waitedFor.map((one) => ({ ...one, service: nameThere(one.service) })),
      );
    }
    const all = [...dependencies.keys()].map((service): Dependency => ({ service, untilEnd: false }));
    dependencies.set(ALL_OF_THEM, all);
    for (const [service, waitedFor] of this.dependencies) {
      dependencies.set(service, [...waitedFor, { service: ALL_OF_THEM, untilEnd: false }]);
    }
    return new StartOrder(dependencies);
  }

  /** Everything that starts before any of these services, each once; `seen` grows, so that nothing is walked twice. */
  *before(services: Iterable<string>, seen: Set<string>): Generator<string> {
    yield* walk(services, (service) => (this.dependencies.get(service) ?? []).map((one) => one.service), seen);
  }

  /** Everything that starts after this service. */
  after(service: string): ReadonlySet<string> {
    return new Set(walk([service], (one) => this.#dependents.get(one) ?? [], new Set()));
  }

  /** Services that have ended when this one starts. */
  endedBefore(service: string): ReadonlySet<string> {
    const waiting = [service, ...this.before([service], new Set())];
    const ended = waiting.flatMap((one) =>
      (this.dependencies.get(one) ?? []).filter(({ untilEnd }) => untilEnd).map((waitedFor) => waitedFor.service),
    );
    return new Set(ended);
  }
}

function* walk(from: Iterable<string>, next: (service: string) => readonly string[], seen: Set<string>) {
  const left = [...from].flatMap(next);
  for (let service = left.pop(); service !== undefined; service = left.pop()) {
    if (seen.has(service)) continue;
    seen.add(service);
    yield service;
    left.push(...next(service));
  }
}

const known = new WeakMap<Project, StartOrder>();

export function startOrderOf(project: Project): StartOrder {
  let order = known.get(project);
  if (!order) {
    order = new StartOrder(new Map(project.services.map(({ name, dependencies }) => [name, dependencies])));
    known.set(project, order);
  }
  return order;
}
