import { STATIC_ADDRESS_WORDS, type StaticAddressFaultKind } from "../src/compose/engine/static-address-fault.js";
import type { EngineSpan } from "../src/compose/engine/releases.js";
import type { Source } from "../src/kit/source.js";
import { defineRule } from "../src/lint/define-rule.js";
import { outcomeOf } from "../src/lint/finding.js";
import { oneOf } from "../src/lint/options.js";
import { addressFaultsInFile } from "../src/lint/network-faults.js";
import { enginesRunning, happensOn } from "../src/remedy/engines.js";
import { faultsOnJoinedNetworks, type JoinedFault } from "../src/remedy/joined-networks.js";
import { aboutAddress, otherAddress, separate } from "../src/remedy/static-address.js";
import type { ProjectView } from "../src/workspace/view.js";

/** What another file of the project may add. */
const LACKING: ReadonlySet<StaticAddressFaultKind> = new Set(["automatic", "disabled"]);

export const validStaticAddress = defineRule({
  name: "valid-static-address",
  type: "problem",
  docs: { description: "Disallow static addresses that a service can't have", recommended: "recommended" },
  options: {
    dynamicRange: oneOf(
      ["ignore", "report"],
      "What to do about addresses inside `ip_range`, which another service may get first.",
    ),
  },
  headlines: STATIC_ADDRESS_WORDS,
  suggestions: {
    take: "Take {{free}}.",
    separate: "Write an ip_range for the others ({{range}}).",
  },
  check({ view, options, report }) {
    // Several services may have one text by `extends` or a merge key.
    const reported = new Map<Source, Set<string>>();
    const span = enginesRunning(view);
    for (const { network, fault } of faultsIn(view, span)) {
      const { kind, at } = fault;
      if (!happensOn(span)(fault)) continue;
      if (kind === "mayBeTaken" || (kind === "dynamic" && options.dynamicRange === "ignore")) continue;
      if (LACKING.has(kind) && view.project.fragment !== undefined) continue;
      // It is one fault of the network, and require-subnet names the addresses; unless it is to keep quiet.
      const isOwn = network.existence.kind !== "external";
      if (kind === "automatic" && isOwn && !view.exceptionFor(network.key, undefined)) continue;
      const known = reported.get(at.source) ?? new Set();
      reported.set(at.source, known);
      if (known.has(at.span.join())) continue;
      known.add(at.span.join());
      const separation = kind === "takenBefore" ? separate(view, network, fault) : undefined;
      const free = otherAddress(fault, network.key, view);
      report({
        at,
        says: kind,
        about: aboutAddress(view, network, fault),
        outcome: outcomeOf(fault),
        ...(kind === "takenBefore" && { advice: separation?.advice ?? ADVICE }),
        suggestions: [
          ...(free ? [{ does: "take", about: { free: free.text }, edits: free.edits } as const] : []),
          ...(separation?.edits
            ? [{ does: "separate", about: { range: separation.range }, edits: separation.edits } as const]
            : []),
        ],
      });
    }
  },
});

const ADVICE = "Give the other service an address of its own, or take a higher one.";

/** On the networks that the project creates, and on those that another project of the workspace does. */
function* faultsIn(view: ProjectView, span: EngineSpan): Generator<JoinedFault> {
  yield* addressFaultsInFile(view, span);
  yield* faultsOnJoinedNetworks(view);
}
