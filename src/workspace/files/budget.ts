/**
 * What one process keeps of the files that it has read. A file has limits of its own; a thousand links to one large file,
 * or a thousand small files that include it, would still fill any memory.
 *
 * The unit is one network, service or attachment of a project. What is as small as what people write by hand counts a
 * tenth: ten thousand ordinary projects come to a third of the limit.
 */
const MOST = 100_000;
const ORDINARY = 50;

/** Values of a file for one unit: a network with a subnet has about ten. */
export const VALUES_PER_UNIT = 10;
/** Variables of an environment file for one unit. */
export const VARIABLES_PER_UNIT = 10;
/** Characters of a text for one unit. */
export const CHARACTERS_PER_UNIT = 1000;

export class Budget {
  readonly #costs = new Map<string, number>();
  readonly #refused = new Set<string>();
  #spent = 0;

  constructor(readonly most = MOST) {}

  /** Whether something may be kept. What is kept already may be kept in a newer state. */
  hasRoomFor(what: string): boolean {
    return this.#spent < this.most || this.#costs.has(what);
  }

  /** @param units In place of what was kept of it before. */
  keep(what: string, units: number): void {
    const cost = units / 10 + Math.max(0, units - ORDINARY);
    this.#spent += cost - (this.#costs.get(what) ?? 0);
    this.#costs.set(what, cost);
  }

  forget(what: string): void {
    this.#spent -= this.#costs.get(what) ?? 0;
    this.#costs.delete(what);
  }

  /** Files for which there was no room. */
  get refused(): ReadonlySet<string> {
    return this.#refused;
  }

  refuse(path: string): void {
    this.#refused.add(path);
  }

  /** There is room for it again. */
  admit(path: string): void {
    this.#refused.delete(path);
  }
}
