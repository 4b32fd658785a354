import type { NetworkFault } from "../../../src/compose/engine/network-fault.js";
import { faultsOfNetwork } from "../../../src/compose/engine/network-faults.js";
import { ENGINE_RELEASES, includesAny, type EngineRelease } from "../../../src/compose/engine/releases.js";
import type { StaticAddressFault } from "../../../src/compose/engine/static-address-fault.js";
import { faultsOfStaticAddresses } from "../../../src/compose/engine/static-address-faults.js";
import { textOf } from "../../../src/kit/source.js";
import { networkIn, projectOf, withNetwork, type Values } from "../said.js";

/** What each release does about a network, the same ones together: `before 25: takes it; from 25: refuses hostBits …`. */
export function enginesSay(definition: string, values: Values = {}): string {
  const network = networkIn(projectOf(withNetwork(definition), values), "x");
  return together((engine) => say(faultsOfNetwork(network, true), engine));
}

/** The same about the addresses that services ask for, which a file says as a whole. */
export function enginesSayOfAddresses(text: string, values: Values = {}): string {
  const network = networkIn(projectOf(text, values), "x");
  return together((engine) => say(faultsOfStaticAddresses(network), engine));
}

const VERBS = { refused: "refuses", ignored: "ignores", "may fail": "may fail for" };

/** `refuses hostBits of 10.7.0.5/24`, `ignores …`, or `takes it`. */
function say(faults: readonly (NetworkFault | StaticAddressFault)[], engine: EngineRelease): string {
  const own = faults.filter(({ engines }) => includesAny(engines, { min: engine, max: engine }));
  const said = own.map(({ kind, effect, at }) => `${VERBS[effect]} ${kind} of ${textOf(at)}`);
  return said.join(", ") || "takes it";
}

function together(sayOf: (engine: EngineRelease) => string): string {
  const groups: { readonly from: EngineRelease; readonly said: string }[] = [];
  for (const from of ENGINE_RELEASES) {
    const said = sayOf(from);
    if (groups.at(-1)?.said !== said) groups.push({ from, said });
  }
  const [first, ...later] = groups;
  if (later.length === 0) return first?.said ?? "";
  return groups
    .map(({ from, said }, index) => (index === 0 ? `before ${later[0]?.from ?? ""}: ${said}` : `from ${from}: ${said}`))
    .join("; ");
}
