import { CURRENT_ENGINES, includesAny, type Engines, type EngineSpan } from "../compose/engine/releases.js";
import { enginesOf } from "../policy/daemons.js";
import type { ProjectView } from "../workspace/view.js";

/** The releases of Docker Engine that run the files of a view. */
export function enginesRunning({ reading }: Pick<ProjectView, "reading">): EngineSpan {
  return reading.kind === "policy" ? enginesOf(reading.scoped.policy) : CURRENT_ENGINES;
}

/** Picks what those engines do: what only others do is not reported. */
export function happensOn(span: EngineSpan): (fault: { readonly engines: Engines }) => boolean {
  return ({ engines }) => includesAny(engines, span);
}
