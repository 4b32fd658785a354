import type { ExplicitSubnet } from "../compose/project/addressing.js";
import { refused, type Edit } from "../kit/edit.js";
import { moveSubnet, type Move } from "../compose/edit/move-subnet.js";
import { refuseTwins } from "../compose/edit/refusals/twins.js";
import type { Network } from "../compose/project/network.js";
import type { Place } from "../kit/source.js";
import type { Allocation } from "../ipam/allocator.js";
import { formatPrefix, type Prefix } from "../ipam/prefix.js";
import { faultsOf } from "../workspace/scoped-policy.js";
import type { ProjectView } from "../workspace/view.js";
import { noSubnetProposed, showPlace, whenItCounts } from "./wording.js";

/** The message `renumber` of every rule that suggests it. */
export const RENUMBER_MESSAGE = 'Renumber network "{{network}}" to {{subnet}}; it is recreated on the next up.';

export interface RenumberSuggestion {
  readonly does: "renumber";
  readonly about: { readonly network: string; readonly subnet: string };
  readonly edits: readonly Edit[];
}

/** What a finding about a subnet says to do, and the edit that does it where that is possible. */
export interface Renumbering {
  readonly advice: string;
  readonly suggestions: readonly RenumberSuggestion[];
  /** What a rule with the option `renumber` makes of the suggestion: nothing without a declared pool. */
  readonly fix: readonly Edit[] | undefined;
}

/**
 * Moves a subnet that is written down, and all that hangs on it, to one that nobody holds.
 *
 * @param isBetter Whether a free subnet mends what is wrong with the old one: the pools may be as wrong.
 */
export function renumber(
  view: ProjectView,
  network: Network,
  subnet: ExplicitSubnet,
  isBetter: (free: Prefix) => boolean = () => true,
): Renumbering {
  const [fault] = faultsOf(view.reading);
  if (fault) return withoutEdit(`Move the network elsewhere. ${noSubnetProposed(fault, view)}`);
  const target = renumberingTarget(view, network, subnet);
  if (!target.ok) return withoutEdit(`No subnet is left to move it to: ${target.fault.reason}.`);
  const free = formatPrefix(target.subnet);
  if (!isBetter(target.subnet)) {
    return withoutEdit(`Move the network elsewhere; ${free} from the declared pools would be no better.`);
  }
  const twins = refuseTwins([view.project, ...view.wholeWorkspace.includers()], network.place.source, network);
  const move = twins ?? withinOneFile(moveSubnet(view.project, network, subnet, target.subnet), view, network);
  if (!move.ok) {
    const { because, place } = move.obstacle;
    return withoutEdit(
      `Move the network elsewhere; ${view.poolsDeclared ? `${free} is free, but ` : ""}no edit is offered, because ${because} (${showPlace(place, view)}).`,
    );
  }
  const todo = view.poolsDeclared
    ? `Renumber it to ${free}, which is free; ${whenItCounts(view.project)}.`
    : "Renumber it into a range that nobody reaches through this host.";
  const about = { network: network.key, subnet: free };
  return {
    advice: todo + adviceOnMentions(move.mentions, view),
    suggestions: [{ does: "renumber", about, edits: move.edits }],
    fix: view.poolsDeclared ? move.edits : undefined,
  };
}

function withoutEdit(advice: string): Renumbering {
  return { advice, suggestions: [], fix: undefined };
}

/** The subnet that a network would move to: never one that another network holds or is about to move to. */
export function renumberingTarget(
  view: ProjectView,
  { key, ipv4, ipv6 }: Network,
  { pool, prefix }: ExplicitSubnet,
): Allocation {
  const { family } = prefix.address;
  const addressing = family === 4 ? ipv4 : ipv6;
  const siblings = addressing.mode === "explicit" ? addressing.subnets : [];
  const index = siblings.findIndex((sibling) => sibling.pool === pool);
  return view.wholeWorkspace.plan().moveFor(view.claimKey(key, family), family, Math.max(index, 0), view.directory);
}

/** ESLint edits one file at a time, and half a move is worse than none. */
export function withinOneFile(move: Move, view: ProjectView, { key }: Network): Move {
  const elsewhere = move.ok ? move.edits.find(({ source }) => source.path !== view.file.source.path) : undefined;
  if (!elsewhere) return move;
  return refused(`another file holds a part of it, which "compose-networks renumber ${key}" moves as well`, elsewhere);
}

/** Places only: what stands there may be a secret. */
function adviceOnMentions(mentions: readonly Place[], view: ProjectView): string {
  if (mentions.length === 0) return "";
  const shown = mentions.slice(0, MOST_MENTIONS).map((place) => showPlace(place, view));
  const more = mentions.length - shown.length;
  return ` Addresses of the old subnet also stand at ${shown.join(", ")}${more > 0 ? ` and ${more} more places` : ""}: change them by hand.`;
}

const MOST_MENTIONS = 5;
