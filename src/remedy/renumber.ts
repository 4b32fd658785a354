import type { ExplicitSubnet } from "../compose/project/addressing.js";
import type { Edit } from "../kit/edit.js";
import type { Move } from "../compose/edit/move-subnet.js";
import { refuseTwins } from "../compose/edit/refusals/twins.js";
import type { Network } from "../compose/project/network.js";
import type { Allocation } from "../ipam/allocator.js";
import { mountedPaths } from "../compose/project/mounted-paths.js";
import { isWithin } from "../kit/paths.js";
import { formatPrefix, rangeOf, type Prefix } from "../ipam/prefix.js";
import type { Mentions } from "../workspace/mention-search.js";
import { faultsOf } from "../workspace/scoped-policy.js";
import type { ProjectView } from "../workspace/view.js";
import { moveWithinFile } from "./move-whole.js";
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

/** What a rule asks of a renumbering. */
export interface RenumberOptions {
  /** Whether a free subnet mends what is wrong with the old one: the pools may be as wrong. */
  readonly isBetter?: (free: Prefix) => boolean;
  /** Whether `--fix` is to make the move. Then every file is searched for addresses that would be left behind. */
  readonly fixes?: boolean;
}

/** Moves a subnet that is written down, and all that hangs on it, to one that nobody holds. */
export function renumber(
  view: ProjectView,
  network: Network,
  subnet: ExplicitSubnet,
  { isBetter = () => true, fixes = false }: RenumberOptions = {},
): Renumbering {
  // Of a project with many files, each is looked at, and what is found in the others is not shown there.
  if (![subnet.at, network.place].some(({ source }) => source === view.file.source)) return withoutEdit(ELSEWHERE);
  const [fault] = faultsOf(view.reading);
  if (fault) return withoutEdit(`Move the network elsewhere. ${noSubnetProposed(fault, view)}`);
  const target = renumberingTarget(view, network, subnet);
  if (!target.ok) return withoutEdit(`No subnet is left to move it to: ${target.fault.reason}.`);
  const free = formatPrefix(target.subnet);
  if (!isBetter(target.subnet)) {
    return withoutEdit(`Move the network elsewhere; ${free} from the declared pools would be no better.`);
  }
  const twins = refuseTwins([view.project, ...view.wholeWorkspace.includers()], network.place.source, network);
  const move = twins ?? moveWithinFile(view, network, subnet, target.subnet);
  if (!move.ok) {
    const { because, place } = move.obstacle;
    return withoutEdit(
      `Renumber the network${view.poolsDeclared ? `; ${free} is free` : ""}. Not moved automatically: ${because} (${showPlace(place, view)}).`,
    );
  }
  const todo = view.poolsDeclared
    ? `Renumber it to ${free}, which is free; ${whenItCounts(view.project)}.`
    : "Renumber it to a range that nothing else uses.";
  const about = { network: network.key, subnet: free };
  const isAutomatic = fixes && view.poolsDeclared;
  const left = isAutomatic ? mentionsNear(view, subnet.prefix, move) : { places: move.mentions, isCut: false };
  const isWhole = left.places.length === 0 && !left.isCut;
  return {
    advice: todo + adviceOnMentions(left, view) + (isAutomatic && !isWhole ? ` ${NOT_BY_ITSELF}` : ""),
    suggestions: [{ does: "renumber", about, edits: move.edits }],
    fix: isAutomatic && isWhole ? move.edits : undefined,
  };
}

const NOT_BY_ITSELF = "So --fix does not renumber it.";

/**
 * Those that the containers may read: in the directories of the projects that the move is about, and in what their
 * services mount. A page of documentation elsewhere keeps nothing from being moved.
 */
function mentionsNear(view: ProjectView, from: Prefix, move: Extract<Move, { ok: true }>): Mentions {
  const { places, isCut } = mentionsLeft(view, from, move);
  const own = new Set(move.searched);
  const roots = move.projects.flatMap((project) => [project.directory, ...mountedPaths(project)]);
  const isNear = (path: string): boolean => own.has(path) || roots.some((root) => isWithin(path, root));
  return { places: places.filter(({ source }) => isNear(source.path)), isCut };
}

/** Where addresses of the old subnet stay behind: in the files that the move is about, and in all others. */
export function mentionsLeft(view: ProjectView, from: Prefix, move: Extract<Move, { ok: true }>): Mentions {
  const searched = new Set(move.searched);
  const { places, isCut } = view.wholeWorkspace.mentionsInAllFiles(rangeOf(from), searched);
  return { places: [...move.mentions, ...places], isCut };
}

function withoutEdit(advice: string): Renumbering {
  return { advice, suggestions: [], fix: undefined };
}

/** The subnet that a network would move to: never one that another network holds or is about to move to. */
export function renumberingTarget(view: ProjectView, network: Network, { pool, prefix }: ExplicitSubnet): Allocation {
  const { family } = prefix.address;
  const addressing = family === 4 ? network.ipv4 : network.ipv6;
  const siblings = addressing.mode === "explicit" ? addressing.subnets : [];
  const index = siblings.findIndex((sibling) => sibling.pool === pool);
  const { wholeWorkspace, project, directory } = view;
  const key = wholeWorkspace.claimKey(project, network, family);
  return wholeWorkspace.plan().moveFor(key, family, Math.max(index, 0), directory);
}

const ELSEWHERE = "Move the network elsewhere.";

/** Places only: what stands there may be a secret. */
function adviceOnMentions({ places, isCut }: Mentions, view: ProjectView): string {
  const cut = isCut ? " Not every file was searched for addresses of the old subnet." : "";
  if (places.length === 0) return cut;
  const shown = places.slice(0, MOST_MENTIONS).map((place) => showPlace(place, view));
  const more = places.length - shown.length;
  return ` Addresses of the old subnet are also at ${shown.join(", ")}${more > 0 ? ` and ${more} more places` : ""}: change them by hand.${cut}`;
}

const MOST_MENTIONS = 5;
