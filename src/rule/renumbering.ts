import type { ExplicitSubnet } from "../compose/addressing.js";
import { moveSubnet } from "../compose/edit/move-subnet.js";
import type { Network } from "../compose/network.js";
import { formatPrefix, type Prefix } from "../ipam/prefix.js";
import type { ProjectView } from "../workspace/workspace.js";
import type { Suggestion } from "./create-rule.js";
import { showPlace } from "./wording.js";

/** The message `renumber` of every rule that suggests it. */
export const RENUMBER_MESSAGE = 'Renumber network "{{network}}" to {{subnet}}; it is recreated on the next up.';

/** What a finding about a subnet says to do, and the edit that does it where that is possible. */
export interface Renumbering {
  readonly advice: string;
  readonly suggest: readonly Suggestion<"renumber">[];
}

/**
 * Moves a subnet that is written down to one that nobody holds.
 *
 * @param isBetter Whether a free subnet mends what is wrong with the old one: the pools may be as wrong.
 */
export function renumber(
  view: ProjectView,
  network: Network,
  subnet: ExplicitSubnet,
  isBetter: (free: Prefix) => boolean = () => true,
): Renumbering {
  const { family } = subnet.prefix.address;
  const allocation = view.workspacePlan().freeSubnet(view.claimKey(network.key, family), family);
  if (!allocation.ok) return { advice: `No subnet is left to move it to: ${allocation.fault.reason}.`, suggest: [] };
  const free = formatPrefix(allocation.subnet);
  if (!isBetter(allocation.subnet)) {
    return { advice: `Move the network elsewhere; ${free} from the declared pools would be no better.`, suggest: [] };
  }
  const outcome = moveSubnet(network, subnet, allocation.subnet);
  if (!outcome.ok) {
    const { because, place } = outcome.obstacle;
    return {
      advice: `Move the network elsewhere; ${view.poolsDeclared ? `${free} is free, but ` : ""}no edit is offered, because ${because} (${showPlace(place, view)}).`,
      suggest: [],
    };
  }
  return {
    advice: view.poolsDeclared
      ? `Renumber it to ${free}, which is free; the network is recreated on the next up.`
      : "Renumber it into a range that nobody reaches through this host.",
    suggest: [{ messageId: "renumber", values: { network: network.key, subnet: free }, edits: outcome.edits }],
  };
}
