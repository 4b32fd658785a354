import type { ComposeFile } from "../src/compose/read/compose-file.js";
import { rewriteText } from "../src/compose/edit/rewrite-text.js";
import { refuseShared } from "../src/compose/edit/refusals/sharing.js";
import {
  STATIC_ADDRESS_WORDS,
  type AddedToAddressFault,
  type StaticAddressFault,
  type StaticAddressFaultKind,
} from "../src/compose/engine/static-address-fault.js";
import { faultsOfStaticAddresses } from "../src/compose/engine/static-address-faults.js";
import { addressKey } from "../src/compose/project/service.js";
import { showText } from "../src/compose/read/shown.js";
import { samePlace, type Place } from "../src/kit/source.js";
import { child } from "../src/compose/read/value.js";
import { defineRule } from "../src/lint/define-rule.js";
import { outcomeOf } from "../src/lint/finding.js";
import { oneOf } from "../src/lint/options.js";
import { createdNetworks } from "../src/lint/which-networks.js";
import { showPlace, showVariables } from "../src/remedy/wording.js";

/** What another file of the project may add. */
const LACKING: ReadonlySet<StaticAddressFaultKind> = new Set(["automatic", "disabled"]);

export const validStaticAddress = defineRule({
  name: "valid-static-address",
  type: "problem",
  docs: { description: "Disallow static addresses that a service can't have", recommended: "recommended" },
  options: {
    dynamicRange: oneOf(
      ["ignore", "report"],
      "What to do about addresses inside `ip_range`, which Docker may give to another service first.",
    ),
  },
  headlines: STATIC_ADDRESS_WORDS,
  suggestions: { take: "Take {{free}}." },
  check({ view, options, report }) {
    // Several services may have one text by `extends` or a merge key.
    const reported: Place[] = [];
    for (const network of createdNetworks(view.project)) {
      for (const fault of faultsOfStaticAddresses(network)) {
        const { kind, address: asked, at, values, variables, other } = fault;
        const { family, service, address } = asked;
        if (kind === "dynamic" && options.dynamicRange === "ignore") continue;
        if (LACKING.has(kind) && view.project.fragment !== undefined) continue;
        if (reported.some((earlier) => samePlace(earlier, at))) continue;
        reported.push(at);
        const added: AddedToAddressFault = {
          network: network.key,
          service,
          field: addressKey(family),
          address: address.kind === "unknown" ? "" : showText(address),
          switch: `ipv${family}`,
          family: `IPv${family}`,
          ...(other && { place: showPlace(other, view) }),
        };
        report({
          at,
          says: kind,
          about: {
            ...values,
            ...(variables && { reason: `${showVariables(variables, view)} is not one` }),
            ...added,
          },
          outcome: outcomeOf(fault),
          suggestions: suggestionOf(fault, network.key, view.file),
        });
      }
    }
  },
});

/** Of a text that other places share, nobody knows whether they are meant too. */
function suggestionOf({ repairs, address }: StaticAddressFault, network: string, { documents }: ComposeFile) {
  const [free] = repairs;
  if (!free) return [];
  const containers = documents.flatMap(({ root }) => {
    const definition = child(child(root, "services"), address.service);
    const networks = child(definition, "networks");
    return [definition, networks, child(networks, network)];
  });
  if (refuseShared([...containers, free.written])) return [];
  const rewriting = rewriteText(free.written, free.from, free.to);
  return rewriting.ok ? [{ does: "take", about: { free: free.to }, edits: rewriting.edits } as const] : [];
}
