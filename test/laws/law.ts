/** One law of a fix, and how often it was tried and broken. */
export class Law {
  cases = 0;
  readonly violations: string[] = [];

  constructor(readonly name: string) {}

  /** @param violation What broke it in this case, if anything did. */
  tried(violation?: string): void {
    this.cases += 1;
    if (violation !== undefined) this.violations.push(violation);
  }
}
