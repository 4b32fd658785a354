import type { Outcome } from "../../lint/finding.js";

/** What becomes of the project, for machines: who refuses it, when, and which releases of the engine do. */
export function describeOutcome(outcome: Outcome | null) {
  if (outcome === null || typeof outcome === "string") return { outcome };
  const { refusedBy, phase, from, before } = outcome;
  return { outcome: "refused", by: refusedBy, phase, from: from ?? null, before: before ?? null };
}
