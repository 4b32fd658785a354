import type { Addressing, ExplicitSubnet } from "../compose/project/addressing.js";
import { knownNameOf, type Network } from "../compose/project/network.js";
import { familyOfPool } from "../compose/project/ipam-pool.js";
import type { Project } from "../compose/project/project.js";
import { asMap } from "../compose/read/value.js";
import { addTo } from "../kit/group.js";
import { remembered } from "../kit/remember.js";
import { samePlace, type Place } from "../kit/source.js";
import type { Family } from "../ipam/address.js";
import { formatPrefix, type Prefix } from "../ipam/prefix.js";
import type { Declaration, EngineNetwork } from "../workspace/engine-networks/engine-network.js";
import type { Namesake } from "../workspace/engine-networks/engine-networks.js";
import { openNameOf, writtenNameOf } from "../workspace/engine-networks/identity.js";
import { isComposeFileName } from "../workspace/files/compose-names.js";
import { relativePath } from "../workspace/files/paths.js";
import { servesDirectory } from "../workspace/plan/plan-space.js";
import type { ScopedPolicy } from "../workspace/scoped-policy.js";
import type { Territory } from "../workspace/territory.js";
import type { ProjectView } from "../workspace/view.js";
import { namesakeOf } from "./inconsistency.js";
import { poolsElsewhere } from "./merged-pools.js";
import { readDifferently, templateOf } from "./subnet-template.js";
import { showPlace } from "./wording.js";

/** What the other declarations of an engine network say about its subnet. */
export type Elsewhere =
  /** None has one: the plan decides. */
  | { readonly kind: "open" }
  | {
      readonly kind: "written";
      readonly subnet: Prefix;
      readonly place: Place;
      /** What is written, where that hangs on variables. */
      readonly template: string | undefined;
    }
  /** Whatever is written here would not agree with it. */
  | { readonly kind: "at odds"; readonly because: string };

/** What the declarations of one engine network say of a family, put together once for all who ask. */
interface Modes {
  readonly unknown: readonly Declaration[];
  readonly written: readonly Declaration[];
  /** All subnets that are written, each once. */
  readonly texts: readonly string[];
}

const knownModes = { 4: new WeakMap<EngineNetwork, Modes>(), 6: new WeakMap<EngineNetwork, Modes>() };

function modesOf(found: EngineNetwork, family: Family): Modes {
  let modes = knownModes[family].get(found);
  if (!modes) {
    const having = (mode: Addressing["mode"]): Declaration[] =>
      found.declarations.filter((declaration) => addressingOf(declaration, family).mode === mode);
    const written = having("explicit");
    modes = {
      unknown: having("unknown"),
      written,
      texts: [...new Set(written.flatMap((one) => textsOf(one, family)))],
    };
    knownModes[family].set(found, modes);
  }
  return modes;
}

function textsOf(declaration: Declaration, family: Family): string[] {
  return subnetsOf(declaration, family).map(({ prefix }) => formatPrefix(prefix));
}

function subnetsOf(declaration: Declaration, family: Family): readonly ExplicitSubnet[] {
  const addressing = addressingOf(declaration, family);
  return addressing.mode === "explicit" ? addressing.subnets : [];
}

/** Undefined also where no other file can declare it, so that nobody need look at them. */
export function engineNetworkOf(view: ProjectView, network: Network): EngineNetwork | undefined {
  if (!mayHaveOthers(view, network)) return undefined;
  return view.wholeWorkspace.engineNetworks().of(view.project, network);
}

/** Where the directory alone tells the network, the files beside it count, and those of its namesakes on a host. */
function mayHaveOthers(view: ProjectView, network: Network): boolean {
  const { project } = view;
  if (hasPools(view) || hasHosts(view) || project.named || writtenNameOf(network) !== undefined) return true;
  const own = new Set(project.files.map(({ source }) => source.path));
  return view.namesBeside().some((name) => isComposeFileName(name) && !own.has(`${project.directory}/${name}`));
}

/** Whether subnets are planned over all files, be they written or only suggested. */
function hasPools({ wholeWorkspace: { territory } }: ProjectView): boolean {
  return (territory.scoped?.policy.pools.length ?? 0) > 0;
}

function hasHosts({ wholeWorkspace: { territory } }: ProjectView): boolean {
  return (territory.scoped?.policy.hosts.length ?? 0) > 0;
}

/** @returns what is written for a network elsewhere, or why nothing that is written here could agree with it. */
export function subnetElsewhere(view: ProjectView, network: Network, family: Family): Elsewhere {
  const otherwise = mayHaveOthers(view, network)
    ? view.wholeWorkspace.engineNetworks().otherwiseNamed(view.project, network)
    : [];
  const [named] = otherwise;
  if (named) {
    const how = named.network.existence.kind === "external" ? "makes it external" : "gives it another name";
    return atOdds(`${showPlace(named.place, view)} ${how}`);
  }
  const double = sameNameIn(view.project, network);
  if (double) return atOdds(`network "${double.key}" has the same name (${showPlace(double.place, view)})`);
  const [openly] = openlyNamed(view, network);
  if (openly) return atOdds(`${showPlace(openly.place, view)} has the same name, with a variable without a value`);
  const namesake = hasHosts(view) ? namesakeIn(view, network) : undefined;
  if (namesake) {
    const { declaration, host } = namesake;
    return atOdds(`on host "${host}" it is one network with that of ${showPlace(declaration.network.place, view)}`);
  }
  const own = engineNetworkOf(view, network);
  if (!own) return { kind: "open" };
  const found = view.wholeWorkspace.engineNetworks().sharing(own);
  const isElsewhere = ({ project }: Declaration): boolean => project !== view.project;
  const pools = poolsElsewhere(network, found);
  if (pools) {
    return atOdds(
      `it has both families, and Compose loses a subnet if a second file has one: ${showPlace(pools, view)} is the first`,
    );
  }
  const modes = modesOf(found, family);
  const unknown = modes.unknown.find(isElsewhere);
  if (unknown) return atOdds(`${placeOf(unknown, family, view)} has a subnet for it that is not known`);
  const first = modes.written.find(isElsewhere);
  if (!first) return contended(view, found) ?? { kind: "open" };
  const where = placeOf(first, family, view);
  const [subnet, another] = subnetsOf(first, family);
  if (!subnet || another) return atOdds(`${where} has more than one subnet for it`);
  const text = formatPrefix(subnet.prefix);
  const other = modes.texts.some((each) => each !== text)
    ? modes.written.find((one) => isElsewhere(one) && textsOf(one, family).some((each) => each !== text))
    : undefined;
  if (other) return atOdds(`${where} and ${placeOf(other, family, view)} have different subnets for it`);
  // Files of one directory are merged, and what stands beside the subnet stays. Of two projects each says all of it.
  const isBeside = first.project.directory === view.project.directory;
  const isAlone = asMap(subnet.pool.value)?.entries.size === 1;
  if (!isAlone && !isBeside) return atOdds(`${where} has more for it than a subnet`);
  // Compose compares texts.
  if (subnet.text !== text && !isBeside) return atOdds(`${where} writes the subnet in another way`);
  // A list in another order is another setting to it, and a subnet is written at the end of the list.
  if (!isBeside && !endsInOneOrder(network, first.network, family))
    return atOdds(`${where} has its subnets in another order`);
  const template = templateOf(subnet);
  if (template !== undefined) {
    const readers = [view.project, ...found.declarations.filter((one) => samePlace(one.network.place, network.place))];
    const projects = readers.map((reader) => ("project" in reader ? reader.project : reader));
    const variable = readDifferently(template, [first.project, ...projects]);
    if (variable !== undefined) return atOdds(`the subnet that ${where} has for it depends on $${variable}`);
  }
  return { kind: "written", subnet: subnet.prefix, place: subnet.at, template };
}

/** Whether two lists of pools are in one order once the other one has what only the own one has now. */
function endsInOneOrder(own: Network, other: Network, family: Family): boolean {
  const mine = [...familiesOf(own), family];
  const theirs = familiesOf(other);
  const lacking = mine.filter((each) => (each === 4 ? other.ipv4 : other.ipv6).mode === "automatic");
  const completed = [...theirs, ...lacking.filter((each) => !theirs.includes(each))];
  return mine.filter((each) => completed.includes(each)).join() === completed.join();
}

function familiesOf({ pools }: Network): readonly Family[] {
  return pools.flatMap((pool) => familyOfPool(pool) ?? []);
}

/** Another network of the project that the engine takes for this one. */
export function sameNameIn(project: Project, network: Network): Network | undefined {
  return networksByName(project)
    .get(engineNameOf(network))
    ?.find(({ key }) => key !== network.key);
}

/** Each network of a project asks. */
const networksByName = remembered(({ networks }: Project): ReadonlyMap<string | undefined, readonly Network[]> => {
  const byName = new Map<string | undefined, Network[]>();
  for (const network of networks)
    if (network.existence.kind !== "external") addTo(byName, engineNameOf(network), network);
  return byName;
});

/** Two names with the same variables, though nobody knows what is in them, are one name. */
function engineNameOf(network: Network): string | undefined {
  return knownNameOf(network) ?? openNameOf(network);
}

/** Nobody looks for them where no name hangs on a variable. */
function openlyNamed(view: ProjectView, network: Network): readonly Namesake[] {
  if (openNameOf(network) === undefined) return [];
  return view.wholeWorkspace.engineNetworks().openlyNamed(view.project, network);
}

function namesakeIn(view: ProjectView, network: Network): ReturnType<typeof namesakeOf> {
  const found = view.wholeWorkspace.engineNetworks().of(view.project, network);
  return found && namesakeOf(view, network, found);
}

/** Two plans for one network: none of them counts. */
function contended(view: ProjectView, found: EngineNetwork): Elsewhere | undefined {
  const { root, scoped } = view.wholeWorkspace.territory;
  if (!scoped || !view.poolsDeclared) return undefined;
  const pools = poolsFor(view.project.directory, { root, scoped });
  for (const { declaration, policy, pools: theirs } of planners(found, { root, scoped })) {
    const where = showPlace(declaration.network.place, view);
    if (policy !== scoped.policy.file) {
      return atOdds(`${where} declares it too, where ${view.display(policy)} is the policy`);
    }
    if (theirs !== pools) return atOdds(`${where} declares it too, and other pools are for that directory`);
  }
  return undefined;
}

/** A declaration whose policy has pools. */
interface Planner {
  readonly declaration: Declaration;
  /** Its file. */
  readonly policy: string;
  readonly pools: string;
}

const knownPlanners = new WeakMap<EngineNetwork, Map<ScopedPolicy, readonly Planner[]>>();

/** The first of all that have the same policy and pools. Whoever asks agrees with itself. */
function planners(found: EngineNetwork, own: Territory & { readonly scoped: ScopedPolicy }): readonly Planner[] {
  const known = knownPlanners.get(found) ?? new Map<ScopedPolicy, readonly Planner[]>();
  knownPlanners.set(found, known);
  let planners = known.get(own.scoped);
  if (!planners) {
    const seen = new Set<string>();
    planners = found.declarations.flatMap((declaration): Planner[] => {
      const { scoped } = declaration.territory;
      if (!scoped || scoped.policy.pools.length === 0) return [];
      const policy = scoped.policy.file;
      const pools = policy === own.scoped.policy.file ? poolsFor(declaration.project.directory, own) : "";
      const key = `${policy}\n${pools}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ declaration, policy, pools }];
    });
    known.set(own.scoped, planners);
  }
  return planners;
}

function poolsFor(directory: string, { root, scoped }: Territory): string {
  const pools = scoped?.policy.pools ?? [];
  return pools.flatMap((pool, index) => (servesDirectory(pool, relativePath(root, directory)) ? index : [])).join();
}

function addressingOf({ network: { ipv4, ipv6 } }: Declaration, family: Family) {
  return family === 4 ? ipv4 : ipv6;
}

function placeOf(declaration: Declaration, family: Family, view: ProjectView): string {
  const addressing = addressingOf(declaration, family);
  const [subnet] = addressing.mode === "explicit" ? addressing.subnets : [];
  return showPlace(subnet?.at ?? declaration.network.place, view);
}

function atOdds(because: string): Elsewhere {
  return { kind: "at odds", because };
}
