import { moveAddresses, moveSubnet, type Move } from "../compose/edit/move-subnet.js";
import type { ExplicitSubnet } from "../compose/project/addressing.js";
import type { Network } from "../compose/project/network.js";
import { addressesAmong } from "../compose/edit/dependents.js";
import { refused, type PlacedEdit } from "../kit/edit.js";
import type { Place } from "../kit/source.js";
import { formatPrefix, rangeOf, type Prefix } from "../ipam/prefix.js";
import { rangeContains } from "../ipam/range.js";
import type { Declaration, EngineNetwork, Join } from "../workspace/engine-networks/engine-network.js";
import { sameNameIn } from "./shared-subnet.js";
import type { ProjectView } from "../workspace/view.js";

/**
 * Moves a subnet of a project with all that hangs on it, in whichever files of the workspace: the other declarations of
 * the same engine network, and the static addresses of all services that join it.
 *
 * @returns all of it or nothing.
 */
export function moveWhole(view: ProjectView, network: Network, subnet: ExplicitSubnet, to: Prefix): Move {
  const networks = view.wholeWorkspace.engineNetworks();
  const target = networks.leadsTo(view.project);
  if (target !== undefined) {
    return refused(`its file is a link, and ${view.display(target)} may hold more of it`, network.place);
  }
  const double = sameNameIn(view.project, network);
  if (double) return refused(`network "${double.key}" has the same name`, double.place);
  const own = moveSubnet(view.project, network, subnet, to);
  const found = networks.of(view.project, network);
  if (!own.ok || !found) return own;
  const moves = [own];
  for (const part of partsElsewhere(view, found, subnet.prefix, to)) {
    if (!part.ok) return part;
    moves.push(part);
  }
  const whole = together(moves);
  const behind = whole.ok ? leftBehind(view, network, subnet.prefix, whole.edits) : undefined;
  return behind ? refused("its file is also the file of another project, by a link", behind) : whole;
}

function* partsElsewhere(view: ProjectView, found: EngineNetwork, from: Prefix, to: Prefix): Generator<Move> {
  for (const declaration of found.declarations) {
    if (declaration.project !== view.project) yield declarationMoved(declaration, from, to);
  }
  for (const join of found.joins) yield joinMoved(view, join, from, to);
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

function declarationMoved({ project, network }: Declaration, from: Prefix, to: Prefix): Move {
  const { key, ipv4, ipv6, place, attachments } = network;
  const addressing = from.address.family === 4 ? ipv4 : ipv6;
  if (addressing.mode === "unknown")
    return refused("the subnet that it has there is not known", addressing.place ?? place);
  const written = formatPrefix(from);
  const twin =
    addressing.mode === "explicit"
      ? addressing.subnets.find(({ prefix }) => formatPrefix(prefix) === written)
      : undefined;
  return twin ? moveSubnet(project, network, twin, to) : moveAddresses(project, key, attachments, from, to);
}

function joinMoved(view: ProjectView, { project, key, external, attachments }: Join, from: Prefix, to: Prefix): Move {
  const inside = addressesAmong(attachments, from.address.family).find(
    ({ field }) => field.kind === "known" && !("length" in field.value) && rangeContains(rangeOf(from), field.value),
  );
  if (inside && external !== undefined) {
    const named = view.wholeWorkspace
      .engineNetworks()
      .namedBy(project, { name: external }, view.wholeWorkspace.territory);
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
