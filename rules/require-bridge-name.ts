import { faultOfInterfaceName, UNUSABLE_INTERFACE_NAME } from "../src/compose/engine/interface-names.js";
import { bridgeNameOf } from "../src/compose/project/bridge-name.js";
import { nameBridge } from "../src/compose/edit/name-bridge.js";
import type { Network } from "../src/compose/project/network.js";
import { hiddenVariables, showScalar } from "../src/compose/read/shown.js";
import type { Project } from "../src/compose/project/project.js";
import { remembered } from "../src/kit/remember.js";
import type { Place } from "../src/kit/source.js";
import { defineRule } from "../src/lint/define-rule.js";
import { outcomeOf } from "../src/lint/finding.js";
import { createdNetworks, createdNetworksInFile } from "../src/lint/which-networks.js";
import { editAtHome } from "../src/remedy/edit-at-home.js";
import { showPlace, showVariables } from "../src/remedy/wording.js";
import { bridgeNameFor } from "../src/workspace/plan/bridge-names.js";
import type { ProjectView } from "../src/workspace/view.js";

const REFUSED = outcomeOf(UNUSABLE_INTERFACE_NAME);

export const requireBridgeName = defineRule({
  name: "require-bridge-name",
  type: "suggestion",
  docs: { description: "Require a fixed interface name for every bridge network", recommended: false },
  headlines: {
    missing: 'The interface of network "{{network}}" has no fixed name',
    unusable: {
      headline: 'The interface of network "{{network}}" can\'t be called "{{name}}"',
      consequence: "{{reason}}, and the engine refuses the network",
      advice: "{{advice}}",
    },
    taken: {
      headline: 'Network "{{network}}" has the interface "{{name}}", and so has network "{{other}}" ({{place}})',
      consequence: "the engine refuses the one that it creates last",
      advice: "{{advice}}",
    },
  },
  suggestions: { name: "Name the interface {{name}}." },
  fixable: true,
  check({ view, report }) {
    for (const network of createdNetworksInFile(view)) {
      const found = bridgeNameOf(network);
      if (network.driver !== "bridge" || found.kind === "unknown") continue;
      const { edits, ...todo } = naming(view, network);
      if (found.kind === "made up") {
        report({
          at: found.written && found.written.value !== null ? found.written.place : network.place,
          says: "missing",
          about: { network: network.key },
          outcome: "policy",
          consequence:
            "Docker names it br- and a part of the network's ID. The ID changes each time the network is created, so no firewall rule can name it",
          ...todo,
          fix: edits,
        });
        continue;
      }
      const { written } = found;
      const name = showScalar(written);
      const fault = faultOfInterfaceName(found.name);
      const variables = hiddenVariables(written);
      const reason = fault && variables.length > 0 ? `${showVariables(variables, view)} is not a valid name` : fault;
      const holder = firstHolders(view.project).get(found.name);
      const at = written.place;
      if (reason !== undefined) {
        report({ at, says: "unusable", about: { network: network.key, name, reason }, outcome: REFUSED, ...todo });
      } else if (holder && holder.network !== network) {
        const about = { network: network.key, name, other: holder.network.key, place: showPlace(holder.place, view) };
        report({ at, says: "taken", about, outcome: REFUSED, ...todo });
      }
    }
  },
});

/** The first network of a project with each name that an interface can have. */
const firstHolders = remembered((project: Project) => {
  const holders = new Map<string, { readonly network: Network; readonly place: Place }>();
  for (const network of createdNetworks(project)) {
    const found = bridgeNameOf(network);
    if (network.driver !== "bridge" || found.kind !== "named" || holders.has(found.name)) continue;
    if (faultOfInterfaceName(found.name) === undefined) {
      holders.set(found.name, { network, place: found.written.place });
    }
  }
  return holders;
});

/** What to do: to give the interface a name that is free and stays the same. */
function naming(view: ProjectView, network: Network) {
  const name = bridgeNameFor(view, network);
  const outcome = editAtHome(view, network, "driver_opts", (home) => nameBridge(home, network, name));
  if (!outcome.ok) {
    const { because, place } = outcome.obstacle;
    const advice = `Name it ${name}, for example. Not done automatically: ${because} (${showPlace(place, view)}).`;
    return { edits: undefined, advice, suggestions: [] };
  }
  const { edits } = outcome;
  const advice = `Name it ${name}; the network is recreated on the next up.`;
  return { edits, advice, suggestions: [{ does: "name", about: { name }, edits } as const] };
}
