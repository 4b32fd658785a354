import { moveAddresses, moveSubnet, type Move } from "../compose/edit/move-subnet.js";
import type { ExplicitSubnet } from "../compose/project/addressing.js";
import { ABSENT } from "../compose/project/field.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import { addressesAmong } from "../compose/edit/dependents.js";
import { refuseOverlap } from "../compose/edit/refusals/overlap.js";
import { refused, type PlacedEdit, type Refused } from "../kit/edit.js";
import type { Place } from "../kit/source.js";
import { formatPrefix, rangeOf, type Prefix } from "../ipam/prefix.js";
import { rangeContains, rangesOverlap } from "../ipam/range.js";
import type { EngineNetwork, Join } from "../workspace/engine-networks/engine-network.js";
import { collisionAfter } from "./collision.js";
import { otherSubnetOf } from "./other-subnet.js";
import { sameNameIn } from "./shared-subnet.js";
import type { ProjectView } from "../workspace/view.js";

/**
 * Moves a subnet of a project with all that hangs on it, in whichever files of the workspace: the other declarations of
 * the same engine network, and the static addresses of all services that join it.
 *
 * @returns all of it or nothing.
 */
export function moveWhole(view: ProjectView, network: Network, subnet: ExplicitSubnet, to: Prefix): Move {
  const refusal = refuseTwoNames(view, network);
  if (refusal) return refusal;
  const own = moveSubnet(view.project, network, subnet, to);
  const found = sharingText(view, network);
  if (!own.ok || !found) return own;
  const other = otherSubnetOf(found, view.project, subnet.prefix, to);
  if (other) return other;
  const moves = [own];
  for (const { project, move } of partsOf(view, found, subnet.prefix, to).all) {
    if (project === view.project) continue;
    if (!move.ok) return move;
    moves.push(move);
  }
  const collision = collisionAfter(found, [subnet.prefix], to);
  if (collision) return collision;
  const whole = together(moves);
  const behind = whole.ok ? leftBehind(view, network, subnet.prefix, whole.edits) : undefined;
  return behind ? refused("its file is also the file of another project, by a link", behind) : whole;
}

/** Gives all declarations of an engine network one subnet in place of those that they have. */
export function uniteSubnets(view: ProjectView, network: Network, from: readonly Prefix[], to: Prefix): Move {
  const refusal = refuseTwoNames(view, network);
  const found = sharingText(view, network);
  if (refusal || !found) return refusal ?? refused("it is not known which project declares it", network.place);
  const moves: Extract<Move, { ok: true }>[] = [];
  for (const prefix of from) {
    for (const { move } of partsOf(view, found, prefix, to).all) {
      if (!move.ok) return move;
      moves.push(move);
    }
  }
  const collision = collisionAfter(found, from, to);
  if (collision) return collision;
  const whole = together(moves);
  const behind = whole.ok
    ? from.map((prefix) => leftBehind(view, network, prefix, whole.edits)).find((place) => place !== undefined)
    : undefined;
  return behind ? refused("its file is also the file of another project, by a link", behind) : whole;
}

function sharingText(view: ProjectView, network: Network): EngineNetwork | undefined {
  const networks = view.wholeWorkspace.engineNetworks();
  const found = networks.of(view.project, network);
  return found && networks.sharing(found);
}

function refuseTwoNames(view: ProjectView, network: Network): Refused | undefined {
  const target = view.wholeWorkspace.engineNetworks().leadsTo(view.project);
  if (target !== undefined) {
    return refused(`its file is a link, and ${view.display(target)} may contain more of it`, network.place);
  }
  const double = sameNameIn(view.project, network);
  return double && refused(`network "${double.key}" has the same name`, double.place);
}

/** The same for hosts that edit one file at a time: half a move is worse than none. */
export function moveWithinFile(view: ProjectView, network: Network, subnet: ExplicitSubnet, to: Prefix): Move {
  const isElsewhere = ({ source }: PlacedEdit): boolean => source.path !== view.file.source.path;
  let elsewhere = firstElsewhere(view, network, subnet, to, isElsewhere);
  if (!elsewhere) {
    const move = moveWhole(view, network, subnet, to);
    elsewhere = move.ok ? move.edits.find(isElsewhere) : undefined;
    if (!elsewhere) return move;
  }
  const because = `another file contains a part of it: run compose-networks renumber ${network.key}`;
  return refused(because, elsewhere);
}

/** What is found without putting the whole move together, which would be done for each of the files that share it. */
function firstElsewhere(
  view: ProjectView,
  network: Network,
  subnet: ExplicitSubnet,
  to: Prefix,
  isElsewhere: (edit: PlacedEdit) => boolean,
): PlacedEdit | undefined {
  const networks = view.wholeWorkspace.engineNetworks();
  const found = networks.leadsTo(view.project) === undefined ? sharingText(view, network) : undefined;
  if (!found || found.declarations.length + found.joins.length === 1) return undefined;
  if (otherSubnetOf(found, view.project, subnet.prefix, to)) return undefined;
  const parts = partsOf(view, found, subnet.prefix, to);
  const own = parts.isSound ? moveSubnet(view.project, network, subnet, to) : undefined;
  if (!own?.ok) return undefined;
  const inOwn = own.edits.find(isElsewhere);
  if (inOwn) return inOwn;
  for (const { project, edits } of parts.editing) {
    const edit = project === view.project ? undefined : edits.find(isElsewhere);
    if (edit) return edit;
  }
  return undefined;
}

/** What each declaration and each join of an engine network has to do with the move of its subnet. */
interface Parts {
  readonly all: readonly Part[];
  /** Whether all of them can be moved, and moved together. */
  readonly isSound: boolean;
  readonly editing: readonly { readonly project: Project | undefined; readonly edits: readonly PlacedEdit[] }[];
}

interface Part {
  /** Whose declaration it is; undefined for a join. */
  readonly project: Project | undefined;
  readonly move: Move;
}

const known = new WeakMap<EngineNetwork, Map<string, Parts>>();
/** A subnet moves to one place, whichever file asks. */
const MOST_KEPT = 8;

function partsOf(view: ProjectView, found: EngineNetwork, from: Prefix, to: Prefix): Parts {
  const kept = known.get(found) ?? new Map<string, Parts>();
  known.set(found, kept);
  const { root, scoped } = view.wholeWorkspace.territory;
  const key = [formatPrefix(from), formatPrefix(to), root, scoped?.policy.file ?? ""].join("\n");
  const before = kept.get(key);
  if (before) return before;
  const all = [...partsIn(view, found, from, to)];
  const moves = all.flatMap(({ move }) => (move.ok ? [move] : []));
  const parts: Parts = {
    all,
    isSound: moves.length === all.length && together(moves).ok,
    editing: all.flatMap(({ project, move }) =>
      move.ok && move.edits.length > 0 ? [{ project, edits: move.edits }] : [],
    ),
  };
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, parts);
  return parts;
}

function* partsIn(view: ProjectView, found: EngineNetwork, from: Prefix, to: Prefix): Generator<Part> {
  for (const { project, network } of found.declarations) {
    yield { project, move: declarationMoved(project, network, from, to) };
  }
  for (const join of found.joins) {
    const { project, network } = join;
    const move = network ? declarationMoved(project, network, from, to) : joinMoved(view, join, from, to);
    yield { project: undefined, move };
  }
}

/**
 * A link gives the text that moves to another project, whose other files may have addresses of the subnet. Those of the
 * text itself move along.
 */
function leftBehind(
  view: ProjectView,
  { key }: Network,
  from: Prefix,
  edits: readonly PlacedEdit[],
): Place | undefined {
  const [family, range] = [from.address.family, rangeOf(from)];
  const linked = view.wholeWorkspace.engineNetworks().linkedTo(view.project.directory);
  for (const project of linked) {
    const [first, ...more] = project.files;
    const attachments = project.networks.find((network) => network.key === key)?.attachments ?? [];
    const place = addressesAmong(attachments, family)
      .filter(({ field }) => field.kind === "known" && !("length" in field.value) && rangeContains(range, field.value))
      .map(({ field }) => field.at)
      .find(({ source }) => more.some((file) => file.source === source));
    const isMoved = edits.some(({ source }) => source.text === first?.source.text);
    if (place && isMoved) return place;
  }
  return undefined;
}

function declarationMoved(project: Project, network: Network, from: Prefix, to: Prefix): Move {
  const { key, ipv4, ipv6, place, attachments } = network;
  const overlap = refuseOverlap(network);
  if (overlap) return overlap;
  const addressing = from.address.family === 4 ? ipv4 : ipv6;
  if (addressing.mode === "unknown")
    return refused("the subnet that it has there is not known", addressing.place ?? place);
  const subnets = addressing.mode === "explicit" ? addressing.subnets : [];
  const twin = subnetIn(subnets, from);
  if (twin) return moveSubnet(project, network, twin, to);
  if (subnetIn(subnets, to)) {
    // Its addresses agree with its subnet already.
    return moveAddresses(project, key, rangesOverlap(rangeOf(from), rangeOf(to)) ? [] : attachments, from, to);
  }
  const other = subnets.find(({ prefix }) => rangesOverlap(rangeOf(prefix), rangeOf(from)));
  if (other) return refused(`it has another subnet there, ${formatPrefix(other.prefix)}`, other.at);
  return moveAddresses(project, key, attachments, from, to);
}

function subnetIn(subnets: readonly ExplicitSubnet[], wanted: Prefix): ExplicitSubnet | undefined {
  const text = formatPrefix(wanted);
  return subnets.find(({ prefix }) => formatPrefix(prefix) === text);
}

function joinMoved(view: ProjectView, { project, key, external, attachments }: Join, from: Prefix, to: Prefix): Move {
  const inside = addressesAmong(attachments, from.address.family).find(
    ({ field }) => field.kind === "known" && !("length" in field.value) && rangeContains(rangeOf(from), field.value),
  );
  if (inside && external !== undefined) {
    const named = view.wholeWorkspace
      .engineNetworks()
      .namedBy(project, { name: external, writtenName: ABSENT }, view.wholeWorkspace.territory);
    if (named.length > 1) return refused(`several networks have the name ${external}`, inside.field.at);
  }
  return moveAddresses(project, key, attachments, from, to);
}

/** Several projects may read one line, which is edited once. */
function together(moves: readonly Extract<Move, { ok: true }>[]): Move {
  const edits = new Map<string, PlacedEdit>();
  for (const edit of moves.flatMap((move) => move.edits)) {
    const key = `${edit.source.path}\n${edit.span.join(":")}`;
    const known = edits.get(key);
    if (known && known.text !== edit.text) return refused("two projects would write different texts there", edit);
    if (!known) edits.set(key, edit);
  }
  const all = [...edits.values()];
  const mentions = new Map<string, Place>();
  for (const place of moves.flatMap((move) => move.mentions)) {
    const isEdited = all.some(({ source, span }) => {
      return source.path === place.source.path && span[0] < place.span[1] && place.span[0] < span[1];
    });
    if (!isEdited) mentions.set(`${place.source.path}\n${place.span[0]}`, place);
  }
  const searched = [...new Set(moves.flatMap((move) => move.searched))];
  return {
    ok: true,
    edits: all,
    mentions: [...mentions.values()],
    searched,
    projects: moves.flatMap((move) => move.projects),
  };
}
