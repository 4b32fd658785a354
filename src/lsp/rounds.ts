import type { Session } from "./session.js";

/** Between two keys: a finding about half a word helps no one. */
const SOON = 30;
/** After so long without a key, it is time to look at all that the change may mean. */
const LATER = 200;
/** Such a look may take a fifth of the time. */
const SHARE = 4;

/** When files are checked: the one that is typed in at once, all others when the typing pauses. */
export class Rounds {
  readonly #typedIn = new Set<string>();
  #isSoon = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #lastTook = 0;

  constructor(readonly session: Pick<Session, "pushOpen" | "checkAll">) {}

  soon(path: string): void {
    this.#typedIn.add(path);
    if (!this.#isSoon) setTimeout(() => this.#checkTypedIn(), SOON);
    this.#isSoon = true;
    this.later();
  }

  #checkTypedIn(): void {
    this.#isSoon = false;
    const paths = [...this.#typedIn];
    this.#typedIn.clear();
    for (const path of paths) this.session.pushOpen(path);
  }

  later(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#checkAll(), Math.max(LATER, SHARE * this.#lastTook));
  }

  async #checkAll(): Promise<void> {
    const start = performance.now();
    await this.session.checkAll();
    this.#lastTook = performance.now() - start;
  }
}
