import type { StaticAddressFaultKind } from "../../../src/compose/engine/static-address-fault.js";
import type { Engine } from "../../engine/engine.js";
import type { EngineLine } from "../../engine/packaged.js";
import type { AddressCase } from "./address-cases.js";
import { askForAddress } from "./ask.js";
import { judge } from "./judge.js";
import { refusalsOfAddress } from "./our-verdict.js";
import type { Judged } from "./table.js";

/** Engine 28.5 hands out addresses after the runtime has begun, which fails here: only what it refuses before is seen. */
const REFUSED_BEFORE_START: ReadonlySet<StaticAddressFaultKind> = new Set([
  "malformed",
  "automatic",
  "disabled",
  "outside",
]);

/** Tries every case on an engine, and holds what we say against what it did. */
export async function compareAddresses(
  engine: Engine,
  line: EngineLine,
  image: string,
  cases: readonly AddressCase[],
): Promise<Judged[]> {
  const socket = engine.dockerHost.replace("unix://", "");
  const results: Judged[] = [];
  for (const [index, each] of cases.entries()) {
    const answer = await askForAddress(socket, `address-${index}`, image, each);
    const kinds = refusalsOfAddress(each).filter((kind) => line !== "28.5" || REFUSED_BEFORE_START.has(kind));
    results.push({ name: each.name, verdict: judge(kinds, answer), refused: answer.kind === "refused" });
  }
  return results;
}
