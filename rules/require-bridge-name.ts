import { bridgeNameOf, faultOfInterfaceName } from "../src/compose/bridge-name.js";
import { nameBridge } from "../src/compose/edit/name-bridge.js";
import type { EditOutcome } from "../src/compose/edit/edit.js";
import type { Network } from "../src/compose/network.js";
import { hiddenVariables, showScalar } from "../src/compose/shown.js";
import type { Place } from "../src/compose/source.js";
import { createRule } from "../src/rule/create-rule.js";
import { editAtHome } from "../src/rule/edit-at-home.js";
import { showPlace, showVariables } from "../src/rule/wording.js";
import { bridgeNameFor } from "../src/workspace/bridge-names.js";

type MessageId = "missing" | "unusable" | "taken" | "name";

export const requireBridgeName = createRule<object, MessageId>({
  name: "require-bridge-name",
  meta: {
    type: "suggestion",
    docs: { description: "Require a fixed interface name for every bridge network", recommended: false },
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    messages: {
      missing: 'The interface of network "{{network}}" has no fixed name: {{consequence}}. {{advice}}',
      unusable:
        'The interface of network "{{network}}" can\'t be called "{{name}}": {{reason}}, and the engine refuses the network. {{advice}}',
      taken:
        'Network "{{network}}" has the interface "{{name}}", as network "{{other}}" has ({{place}}): the engine refuses the one that it creates last. {{advice}}',
      name: "Name the interface {{name}}.",
    },
  },
  create({ view, report }) {
    const holders = new Map<string, { readonly network: Network; readonly place: Place }>();

    function check(network: Network): void {
      const found = bridgeNameOf(network);
      if (found.kind === "unknown") return;
      const proposed = bridgeNameFor(view, network);
      const outcome = editAtHome(view, network, "driver_opts", (home) => nameBridge(home, network, proposed));
      const advice = advise(proposed, outcome);
      const suggest = outcome.ok
        ? [{ messageId: "name" as const, values: { name: proposed }, edits: outcome.edits }]
        : [];
      if (found.kind === "made up") {
        return report({
          at: found.written && found.written.value !== null ? found.written.place : network.place,
          messageId: "missing",
          values: {
            network: network.key,
            consequence:
              "Docker calls it br- and a part of the network's ID, which is new each time the network is created, so no firewall rule of the host can name it",
            advice,
          },
          fix: outcome.ok ? outcome.edits : undefined,
          suggest,
        });
      }
      const { name: value, written } = found;
      const name = showScalar(written);
      const fault = faultOfInterfaceName(value);
      const variables = hiddenVariables(written);
      const reason = fault && variables.length > 0 ? `${showVariables(variables, view)} is not a valid name` : fault;
      const holder = holders.get(value);
      if (reason !== undefined) {
        report({
          at: written.place,
          messageId: "unusable",
          values: { network: network.key, name, reason, advice },
          suggest,
        });
      } else if (holder) {
        report({
          at: written.place,
          messageId: "taken",
          values: {
            network: network.key,
            name,
            other: holder.network.key,
            place: showPlace(holder.place, view),
            advice,
          },
          suggest,
        });
      } else {
        holders.set(value, { network, place: written.place });
      }
    }

    return {
      ComposeFile() {
        for (const network of view.project.networks) {
          if (network.existence.kind === "created" && network.driver === "bridge") check(network);
        }
      },
    };

    function advise(name: string, outcome: EditOutcome): string {
      if (outcome.ok) return `Name it ${name}; the network is recreated on the next up.`;
      const { because, place } = outcome.obstacle;
      return `Name it ${name}, say; that is not done for you, because ${because} (${showPlace(place, view)}).`;
    }
  },
});
