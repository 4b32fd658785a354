import { STATIC_ADDRESS_FAULTS } from "../src/compose/engine/static-address-fault.js";
import { defineRule } from "../src/lint/define-rule.js";
import { outcomeOf } from "../src/lint/finding.js";
import { addressFaultsInFile, addressFaultsOf } from "../src/lint/network-faults.js";
import { enginesRunning, happensOn } from "../src/remedy/engines.js";
import { faultsOnJoinedNetworks } from "../src/remedy/joined-networks.js";
import { aboutAddress, separate } from "../src/remedy/static-address.js";

export const noAddressRace = defineRule({
  name: "no-address-race",
  type: "problem",
  docs: {
    description: "Disallow static addresses that another service may be given first",
    recommended: "recommended",
    level: "warn",
  },
  headlines: { mayBeTaken: STATIC_ADDRESS_FAULTS.mayBeTaken.says },
  suggestions: { separate: "Write an ip_range for the others ({{range}})." },
  fixable: true,
  check({ view, report }) {
    const span = enginesRunning(view);
    const races = addressFaultsInFile(view, span).filter(({ fault }) => fault.kind === "mayBeTaken");
    for (const network of new Set(races.map((race) => race.network))) {
      // One range parts all of them, so one of them brings it.
      let isFixed = false;
      for (const fault of addressFaultsOf(view.project, network, span)) {
        if (fault.kind !== "mayBeTaken" || !happensOn(span)(fault)) continue;
        const separation = separate(view, network, fault);
        const edits = separation?.edits;
        report({
          at: fault.at,
          says: "mayBeTaken",
          about: { ...aboutAddress(view, network, fault), taker: fault.values["taker"] ?? "" },
          outcome: outcomeOf(fault),
          advice: separation?.advice ?? "Give the other service an address of its own.",
          fix: isFixed ? undefined : edits,
          suggestions: separation && edits ? [{ does: "separate", about: { range: separation.range }, edits }] : [],
        });
        isFixed ||= edits !== undefined;
      }
    }
    for (const { network, fault } of faultsOnJoinedNetworks(view)) {
      if (fault.kind !== "mayBeTaken" || !happensOn(span)(fault)) continue;
      report({
        at: fault.at,
        says: "mayBeTaken",
        about: { ...aboutAddress(view, network, fault), taker: fault.values["taker"] ?? "" },
        outcome: outcomeOf(fault),
        advice: "Give the other service an address of its own.",
      });
    }
  },
});
