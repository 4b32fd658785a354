import fc from "fast-check";

/** The seed of the random cases of one test file. `FC_SEED=… npx vitest run test/ipam` repeats a run. */
export const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);
console.info(`FC_SEED=${seed}`);

/** Fails unless the property holds for all generated cases. */
export function holds<Ts>(property: fc.IProperty<Ts>, numRuns = 300): void {
  fc.assert(property, { seed, numRuns });
}

/** The same for a property that takes time. */
export async function holdsAsync<Ts>(property: fc.IAsyncProperty<Ts>, numRuns = 300): Promise<void> {
  await fc.assert(property, { seed, numRuns });
}
