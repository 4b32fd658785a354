import type { Move } from "../compose/edit/move-subnet.js";
import { refuseTwins } from "../compose/edit/refusals/twins.js";
import type { ExplicitSubnet } from "../compose/project/addressing.js";
import { explicitSubnets, type Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import { formatPrefix, rangeOf, type Prefix } from "../ipam/prefix.js";
import type { AddressRange } from "../ipam/address.js";
import type { PlacedEdit, Refused } from "../kit/edit.js";
import { failure, success, type Result } from "../kit/result.js";
import type { Place } from "../kit/source.js";
import { governingPlan } from "./governing-plan.js";
import { moveWhole, uniteSubnets } from "./move-whole.js";
import { mentionsLeft, renumberingTarget } from "./renumber.js";
import { showPlace } from "./wording.js";
import type { EngineNetwork } from "../workspace/engine-networks/engine-network.js";
import type { ProjectView } from "../workspace/view.js";

/** The network that was asked for, as one project declares it. */
export interface Chosen {
  readonly view: ProjectView;
  readonly network: Network;
}

export function engineNetworkOf({ view, network }: Chosen): EngineNetwork | undefined {
  return view.wholeWorkspace.engineNetworks().of(view.project, network);
}

interface Renumbered {
  readonly edits: readonly PlacedEdit[];
  readonly mentions: readonly Place[];
  readonly projects: ReadonlySet<Project>;
  /** Whether files were left out in which there may be more. */
  readonly isCut: boolean;
  readonly moves: readonly (readonly [from: Prefix, to: Prefix])[];
}

/** @param to Undefined where the plan is to say it. */
export function moveAll({ view, network }: Chosen, to: Prefix | undefined): Result<Renumbered, string> {
  const subnets = explicitSubnets(network);
  const twins = refuseTwins([view.project, ...view.wholeWorkspace.includers()], network.place.source, network);
  if (twins) return failure(nothingRenumbered(twins, view));
  const meant = to ? subnets.filter(({ prefix }) => prefix.address.family === to.address.family) : subnets;
  const [first, second] = meant;
  if (!first) return failure(`network "${network.key}" has no ${to ? `IPv${to.address.family} ` : ""}subnet to move`);
  if (to && second) return failure(`network "${network.key}" has several subnets: leave --to out to move them all`);
  const others = otherSubnets({ view, network }, meant);
  if (to && others.length > 0) return unite({ view, network }, [first, ...others], to);
  const [other] = others;
  if (other) {
    const own = meant.find(({ prefix }) => prefix.address.family === other.prefix.address.family) ?? first;
    const [here, there] = [own, other].map(({ prefix, at }) => `${formatPrefix(prefix)} in ${showPlace(at, view)}`);
    return failure(`network "${network.key}" has ${here} and ${there}: say which one it gets, with --to CIDR`);
  }
  const parts: Part[] = [];
  for (const subnet of meant) {
    const target = to ? vacant({ view, network }, [subnet], to) : targetIn(view, network, subnet);
    if (!target.ok) return target;
    if (formatPrefix(target.value) === formatPrefix(subnet.prefix)) continue;
    const move = moveWhole(view, network, subnet, target.value);
    if (!move.ok) return failure(nothingRenumbered(move, view));
    parts.push({ move, froms: [subnet.prefix], to: target.value });
  }
  return success(renumbered(view, parts));
}

/** What other declarations of the network have in place of the own subnets, each once. */
function otherSubnets(chosen: Chosen, own: readonly ExplicitSubnet[]): readonly ExplicitSubnet[] {
  const families = new Set(own.map(({ prefix }) => prefix.address.family));
  const known = new Set(own.map(({ prefix }) => formatPrefix(prefix)));
  const declarations = engineNetworkOf(chosen)?.declarations ?? [];
  return declarations
    .flatMap(({ network }) => explicitSubnets(network))
    .filter(({ prefix }) => {
      const text = formatPrefix(prefix);
      const isOther = families.has(prefix.address.family) && !known.has(text);
      known.add(text);
      return isOther;
    });
}

/** Where declarations have different subnets, all of them get the one that is asked for. */
function unite({ view, network }: Chosen, subnets: readonly ExplicitSubnet[], to: Prefix): Result<Renumbered, string> {
  const target = vacant({ view, network }, subnets, to);
  if (!target.ok) return target;
  const froms = subnets.map(({ prefix }) => prefix).filter((prefix) => formatPrefix(prefix) !== formatPrefix(to));
  const move = uniteSubnets(view, network, froms, to);
  return move.ok ? success(renumbered(view, [{ move, froms, to }])) : failure(nothingRenumbered(move, view));
}

function nothingRenumbered({ obstacle: { because, place } }: Refused, view: ProjectView): string {
  return `nothing is renumbered, because ${because} (${showPlace(place, view)})`;
}

interface Part {
  readonly move: Extract<Move, { ok: true }>;
  readonly froms: readonly Prefix[];
  readonly to: Prefix;
}

function renumbered(view: ProjectView, parts: readonly Part[]): Renumbered {
  const left = parts.flatMap(({ move, froms }) => froms.map((from) => mentionsLeft(view, from, move)));
  const mentions = new Map(
    left.flatMap(({ places }) => places).map((place) => [`${place.source.path}\n${place.span.join()}`, place]),
  );
  return {
    edits: parts.flatMap(({ move }) => move.edits),
    mentions: [...mentions.values()],
    isCut: left.some(({ isCut }) => isCut),
    moves: parts.flatMap(({ froms, to }) => froms.map((from) => [from, to] as const)),
    projects: new Set(parts.flatMap(({ move }) => move.projects)),
  };
}

function targetIn(view: ProjectView, network: Network, subnet: ExplicitSubnet): Result<Prefix, string> {
  if (!view.poolsDeclared) return failure("no pool is declared, so say where to: --to CIDR");
  const target = renumberingTarget(view, network, subnet);
  return target.ok ? success(target.subnet) : failure(`no subnet is left: ${target.fault.reason}`);
}

/** A part of what the network has now may be asked for, or more round it. */
function vacant({ view }: Chosen, subnets: readonly ExplicitSubnet[], to: Prefix): Result<Prefix, string> {
  // What another declaration of the network has is no other network's.
  if (subnets.some(({ prefix }) => formatPrefix(prefix) === formatPrefix(to))) return success(to);
  const own = subnets.map(({ prefix }) => rangeOf(prefix));
  const isOwn = ({ first, last }: AddressRange): boolean =>
    own.some((range) => range.first.value === first.value && range.last.value === last.value);
  const holder = governingPlan(view)
    .holdersIn(rangeOf(to))
    .find(({ kind, range }) => kind !== "written" || !isOwn(range));
  return holder ? failure(`--to ${formatPrefix(to)}: ${holder.by} lies there`) : success(to);
}
