import type { Engine } from "../../engine/engine.js";
import type { AddressCase } from "./address-cases.js";
import { askForAddress } from "./ask.js";
import { judge } from "./judge.js";
import { refusalsOfAddress } from "./our-verdict.js";
import type { Judged } from "./table.js";

/** Tries every case on an engine, and holds what we say against what it did. */
export async function compareAddresses(
  engine: Engine,
  image: string,
  cases: readonly AddressCase[],
): Promise<Judged[]> {
  const socket = engine.dockerHost.replace("unix://", "");
  const results: Judged[] = [];
  for (const [index, each] of cases.entries()) {
    const answer = await askForAddress(socket, `address-${index}`, image, each);
    const verdict = judge(refusalsOfAddress(each), answer);
    results.push({ name: each.name, verdict, refused: answer.kind === "refused" });
  }
  return results;
}
