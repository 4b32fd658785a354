import type { ExplicitSubnet } from "../src/compose/project/addressing.js";
import { explicitSubnets, type Network } from "../src/compose/project/network.js";
import type { Family } from "../src/ipam/address.js";
import type { Place } from "../src/kit/source.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import type { Outcome } from "../src/lint/finding.js";
import { createdNetworks, createdNetworksInFile } from "../src/lint/which-networks.js";
import { inconsistenciesOf, namesakeOf, type Inconsistency } from "../src/remedy/inconsistency.js";
import { moveWithinFile } from "../src/remedy/move-whole.js";
import { pinOf } from "../src/remedy/pin.js";
import type { Collision } from "../src/remedy/second-up.js";
import { engineNetworkOf } from "../src/remedy/shared-subnet.js";
import { showPlace } from "../src/remedy/wording.js";
import type { Declaration } from "../src/workspace/engine-networks/engine-network.js";
import type { ProjectView } from "../src/workspace/view.js";

const HEADLINES = {
  otherSubnet: 'Network "{{network}}" has {{subnet}} here and {{other}} in {{place}}',
  noSubnet: 'Network "{{network}}" has no subnet here and {{other}} in {{place}}',
  notYet: 'Network "{{network}}" has {{subnet}} here and no subnet in {{place}}',
  otherSetting: 'Network "{{network}}" has another {{setting}} in {{place}}',
  otherKey: 'The engine network "{{name}}" has the key "{{network}}" here and "{{other}}" in {{place}}',
  sameFolder:
    'Network "{{network}}" has the engine name {{name}}, and so has another network on host "{{host}}" ({{place}})',
} as const;
const SUGGESTIONS = {
  follow: 'Renumber network "{{network}}" to {{subnet}} as well.',
  pin: 'Pin network "{{network}}" to {{subnet}} as well.',
} as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const consistentNetwork = defineRule({
  name: "consistent-network",
  type: "problem",
  docs: {
    description: "Require that all projects declare a shared engine network alike",
    recommended: "recommended",
  },
  options: {},
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  fixable: true,
  check({ view, report }) {
    for (const network of createdNetworksInFile(view)) {
      const found = engineNetworkOf(view, network);
      if (!found) continue;
      const differences = inconsistenciesOf(view, network, found);
      for (const difference of differences) report(differing(view, network, difference));
      const namesake = differences.length > 0 ? undefined : namesakeOf(view, network, found);
      if (!namesake) continue;
      // Once for a project is enough.
      const first = createdNetworks(view.project).find((other) => hasNamesake(view, other));
      if (first === network) report(calledAlike(view, network, namesake.declaration, namesake.host));
      return;
    }
  },
});

function hasNamesake(view: ProjectView, network: Network): boolean {
  const found = engineNetworkOf(view, network);
  return (
    found !== undefined &&
    inconsistenciesOf(view, network, found).length === 0 &&
    namesakeOf(view, network, found) !== undefined
  );
}

const NOT_REMOVED: Outcome = { refusedBy: "engine", phase: "create" };
const TAKES_TURNS = 'each "up" removes the network of the other project, and fails while its containers run';

const COLLISIONS: Readonly<Record<Collision, { readonly outcome: Outcome; readonly consequence: string }>> = {
  refused: { outcome: NOT_REMOVED, consequence: TAKES_TURNS },
  "in one order": { outcome: "may-fail", consequence: TAKES_TURNS },
  remade: { outcome: "policy", consequence: 'each "up" removes the network, and makes it with other settings' },
};

function differing(view: ProjectView, network: Network, difference: Inconsistency): Report {
  const key = network.key;
  switch (difference.kind) {
    case "key":
      return {
        at: placeOf(network),
        says: "otherKey",
        about: {
          network: key,
          name: network.shownName,
          other: difference.other.network.key,
          place: showPlace(difference.place, view),
        },
        outcome: { refusedBy: "engine", phase: "create" },
        consequence: 'Compose labels the network with one key, and "up" of the project with the other key fails',
        advice: "Use one key, or declare it with external: true in all projects but one.",
      };
    case "subnet":
      return {
        at: placeOf(network),
        says: "otherSubnet",
        about: {
          network: key,
          subnet: difference.subnets.own,
          other: difference.subnets.other,
          place: showPlace(difference.place, view),
        },
        ...COLLISIONS[difference.collision],
        ...following(view, network, difference),
      };
    case "open here":
      return {
        // A fix is written into the file of its finding. A file that is merged later may say the name again.
        at: placeOf(network).source === network.place.source ? placeOf(network) : network.place,
        says: "noSubnet",
        about: { network: key, other: difference.subnets.other, place: showPlace(difference.place, view) },
        ...COLLISIONS[difference.collision],
        ...pinning(view, network, difference.family),
      };
    case "open there":
      return {
        at: placeOf(network),
        says: "notYet",
        about: { network: key, subnet: difference.subnets.own, place: placesOf(view, difference.others) },
        ...COLLISIONS[difference.collision],
        advice: `Run compose-networks --fix${idFor(view)} ${filesOf(view, difference.others)}, and commit the result along with this file.`,
      };
    case "setting":
      return {
        at: placeOf(network),
        says: "otherSetting",
        about: { network: key, setting: difference.setting, place: showPlace(difference.place, view) },
        ...COLLISIONS[difference.collision],
        advice: "Write the same settings in both, or declare it with external: true in all projects but one.",
      };
  }
}

function calledAlike(view: ProjectView, network: Network, other: Declaration, host: string): Report {
  return {
    at: placeOf(network),
    says: "sameFolder",
    about: { network: network.key, name: network.shownName, place: showPlace(other.network.place, view), host },
    outcome: "may-fail",
    consequence: "both directories have the same name, so Compose treats the two projects as one",
    advice: 'Write a different "name:" into one of the two files.',
  };
}

/** The other subnet in place of the own one, where all that hangs on it stands in this file. */
function following(view: ProjectView, network: Network, difference: Extract<Inconsistency, { kind: "subnet" }>) {
  const isMeant = ({ prefix }: ExplicitSubnet): boolean => prefix.address.family === difference.family;
  const [own, more] = explicitSubnets(network).filter(isMeant);
  const [theirs, others] = explicitSubnets(difference.other.network).filter(isMeant);
  const advice = `Give both the same subnet: compose-networks renumber ${network.shownName} --to ${theirs?.text ?? "SUBNET"} --fix.`;
  if (!own || !theirs || more || others) return { advice };
  const move = moveWithinFile(view, network, own, theirs.prefix);
  if (!move.ok) return { advice };
  const about = { network: network.key, subnet: theirs.text };
  return { advice, suggestions: [{ does: "follow", about, edits: move.edits } as const] };
}

function pinning(view: ProjectView, network: Network, family: Family) {
  const pin = pinOf(view, network, family, "plain");
  if (pin.kind === "writable") {
    const advice = `Pin it to ${pin.subnet} here as well.`;
    if (pin.isPooled) return { advice, fix: pin.edits };
    const about = { network: network.key, subnet: pin.subnet };
    return { advice, suggestions: [{ does: "pin", about, edits: pin.edits } as const] };
  }
  const why =
    pin.kind === "obstructed" ? `${pin.obstacle.because} (${showPlace(pin.obstacle.place, view)})` : whyNot(pin);
  return { advice: `Not pinned automatically: ${why}.` };
}

function whyNot(
  pin: { readonly kind: "full"; readonly reason: string } | { readonly kind: "at odds"; readonly because: string },
) {
  return pin.kind === "full" ? pin.reason : pin.because;
}

/** The name, where it is what makes two networks one. */
function placeOf(network: Network): Place {
  return network.writtenName.kind === "absent" ? network.place : network.writtenName.at;
}

/** Under a policy from elsewhere, nothing is written for a repository without a name. */
function idFor({ reading }: ProjectView): string {
  return reading.kind === "policy" && !reading.scoped.hasId ? " --id NAME" : "";
}

const MOST_PLACES = 3;

function placesOf(view: ProjectView, declarations: readonly Declaration[]): string {
  const places = declarations.slice(0, MOST_PLACES).map(({ network }) => showPlace(network.place, view));
  const more = declarations.length - places.length;
  return places.join(" and ") + (more > 0 ? ` and ${more} more ${more === 1 ? "place" : "places"}` : "");
}

function filesOf(view: ProjectView, declarations: readonly Declaration[]): string {
  return [...new Set(declarations.map(({ network }) => view.display(network.place.source.path)))].join(" ");
}
