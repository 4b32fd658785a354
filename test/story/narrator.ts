/** Prints a story as it happens, and remembers what came otherwise than told. */
export class Narrator {
  steps = 0;
  /** How many of the steps came otherwise. */
  surprises = 0;

  chapter(title: string): void {
    console.info(`\n${title}`);
  }

  /** What somebody sees on the screen. */
  screen(text: string): void {
    for (const line of text.trim().split("\n")) console.info(`        ${line}`.trimEnd());
  }

  step(what: string, told: string, seen: string): void {
    this.steps++;
    if (told === seen) return console.info(`  ok    ${what}: ${seen}`);
    this.surprises++;
    console.info(`  WRONG ${what}: ${seen}; it should be: ${told}`);
  }
}
