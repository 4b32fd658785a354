import { refused, type Edit, type EditOutcome, type Obstacle } from "../kit/edit.js";
import { pinSubnet } from "../compose/edit/pin-subnet.js";
import type { Network } from "../compose/project/network.js";
import { baseName } from "../kit/paths.js";
import type { Attachment, StaticAddress } from "../compose/project/service.js";
import type { Place } from "../kit/source.js";
import { describeUnknown } from "../compose/read/scalar-text.js";
import type { Family } from "../ipam/address.js";
import { formatPrefix, rangeOf, type Prefix } from "../ipam/prefix.js";
import { rangeContains } from "../ipam/range.js";
import type { Project } from "../compose/project/project.js";
import { addTo } from "../kit/group.js";
import { remembered } from "../kit/remember.js";
import { attachmentsOf } from "../workspace/engine-networks/engine-network.js";
import type { EngineNetworks } from "../workspace/engine-networks/engine-networks.js";
import type { Plan } from "../workspace/plan/plan.js";
import { sameItems } from "../workspace/surveys.js";
import type { PlannedSubnet } from "../workspace/plan/claim.js";
import { faultsOf } from "../workspace/scoped-policy.js";
import type { ProjectView } from "../workspace/view.js";
import { governingPlan, subnetPlannedFor } from "./governing-plan.js";
import { subnetElsewhere, type Elsewhere } from "./shared-subnet.js";
import { showPlace } from "./wording.js";
import { editAtHome } from "./edit-at-home.js";

/** What can be done for a network whose subnet Docker would choose. */
export type Pin =
  | {
      readonly kind: "writable";
      readonly subnet: string;
      readonly edits: readonly Edit[];
      /** Whether nothing is invented, so that a fix may write it: a declared pool has it, or another declaration. */
      readonly isPooled: boolean;
      /** The subnet that another file has for the network. */
      readonly writtenAt: Place | undefined;
    }
  /** A subnet is free, but the file can't be edited. */
  | { readonly kind: "obstructed"; readonly subnet: string; readonly obstacle: Obstacle }
  /** Other declarations of the same engine network do not agree with any subnet that could be written. */
  | { readonly kind: "at odds"; readonly because: string }
  /** No pool has room. */
  | { readonly kind: "full"; readonly reason: string };

/** How a subnet is written: by itself, or as the default of a variable, so that a host may still differ. */
export type PinStyle = "plain" | "variable";

/** @returns the subnet that the plan gives a network of the project, and the edits that write it. */
export function pinOf(view: ProjectView, network: Network, family: Family, style: PinStyle): Pin {
  const elsewhere = subnetElsewhere(view, network, family);
  if (elsewhere.kind === "at odds") return elsewhere;
  const planned =
    elsewhere.kind === "written" ? kept(view, network, elsewhere) : subnetPlannedFor(view, network, family);
  if (typeof planned === "string") return { kind: "at odds", because: planned };
  if (!planned.ok) return { kind: "full", reason: planned.fault.reason };
  const subnet = formatPrefix(planned.subnet);
  const unsettled = staticAddressOutside(planned.subnet, attachmentsOn(view, network));
  if (unsettled) {
    const { service, address } = unsettled;
    const because = `the static address of service "${service}" must lie in its subnet, and ${
      address.kind === "unknown" ? describeUnknown(address.because) : "does not"
    }`;
    return { kind: "obstructed", subnet, obstacle: { because, place: address.at } };
  }
  const outcome =
    elsewhere.kind === "written"
      ? // A variable of its own would let the two differ.
        writeAtHome(view, network, planned.subnet, elsewhere.template)
      : pinAtHome(view, network, planned.subnet, style);
  return outcome.ok
    ? {
        kind: "writable",
        subnet,
        edits: outcome.edits,
        isPooled:
          mayBeWritten(view) && (elsewhere.kind === "written" || (view.poolsDeclared && !("outsidePools" in planned))),
        writtenAt: elsewhere.kind === "written" ? elsewhere.place : undefined,
      }
    : { kind: "obstructed", subnet, obstacle: outcome.obstacle };
}

/** Not under half of a policy, nor under one from elsewhere that does not know this repository from others. */
function mayBeWritten({ reading }: ProjectView): boolean {
  return faultsOf(reading).length === 0 && (reading.kind !== "policy" || reading.scoped.hasId);
}

/** What another declaration has, unless the plan would not give it to anybody. */
function kept(
  view: ProjectView,
  network: Network,
  { subnet, place }: Elsewhere & { kind: "written" },
): PlannedSubnet | string {
  const { family } = subnet.address;
  const forbidden = view.reading.kind === "policy" && view.reading.scoped.enforced.firstOverlapping(rangeOf(subnet));
  const planned = view.poolsDeclared ? subnetPlannedFor(view, network, family) : undefined;
  const isKept = planned ? planned.ok && formatPrefix(planned.subnet) === formatPrefix(subnet) : !forbidden;
  if (isKept) return { ok: true, subnet };
  return `${showPlace(place, view)} has a subnet for it, ${formatPrefix(subnet)}, which ${forbidden ? "is forbidden" : "overlaps another network"}`;
}

/** Of all who join the network, in whichever files. */
function attachmentsOn(view: ProjectView, network: Network): readonly Attachment[] {
  if (!view.poolsDeclared) return network.attachments;
  const networks = view.wholeWorkspace.engineNetworks();
  const found = networks.of(view.project, network);
  return found ? attachmentsOf(networks.sharing(found)) : network.attachments;
}

/** Each project that declares an engine network asks about the services of all. */
const knownOutside = new WeakMap<readonly Attachment[], Map<string, StaticAddress | undefined>>();

function staticAddressOutside(subnet: Prefix, attachments: readonly Attachment[]): StaticAddress | undefined {
  const known = knownOutside.get(attachments) ?? new Map<string, StaticAddress | undefined>();
  knownOutside.set(attachments, known);
  const text = formatPrefix(subnet);
  if (!known.has(text)) known.set(text, firstOutside(subnet, attachments));
  return known.get(text);
}

function firstOutside(subnet: Prefix, attachments: readonly Attachment[]): StaticAddress | undefined {
  const range = rangeOf(subnet);
  for (const { addresses } of attachments) {
    const outside = addresses.find(
      ({ family, address }) =>
        family === range.first.family && (address.kind !== "known" || !rangeContains(range, address.value)),
    );
    if (outside) return outside;
  }
  return undefined;
}

function pinAtHome(view: ProjectView, network: Network, subnet: Prefix, style: PinStyle): EditOutcome {
  if (style === "plain") return writeAtHome(view, network, subnet);
  const { project } = view;
  const { family } = subnet.address;
  const variable = subnetVariable(view, network, family);
  const { [family]: byVariable } = networksByVariable(view);
  const namesake = byVariable.get(variable)?.find((other) => other.key !== network.key);
  if (namesake) return refused(`$${variable} would be the variable of network "${namesake.key}" too`, network.place);
  // A default is no more than that: whatever is set counts first, be it a subnet or not.
  if ([project, ...view.wholeWorkspace.includers()].some(({ variables }) => variables.get(variable))) {
    return refused(`$${variable} has a value already, which would count instead`, network.place);
  }
  return writeAtHome(view, network, subnet, `\${${variable}:-${formatPrefix(subnet)}}`);
}

/** Writes into the file that declares the network, provided that no other file has a say in how it gets addresses. */
function writeAtHome(view: ProjectView, network: Network, subnet: Prefix, text = formatPrefix(subnet)): EditOutcome {
  return editAtHome(view, network, "ipam", (home) => pinSubnet(home, network, subnet, text));
}

/**
 * `SHOP_BACK_SUBNET`, and `SHOP_BACK_SUBNET_IPV6` beside it. Where only the folder into which a repository was cloned
 * would name the project, the policy's `id` does: that is the same on every machine.
 */
function subnetVariable({ project, directory, reading }: ProjectView, { key }: Network, family: Family): string {
  const isUnnamed = !project.named && directory === "." && reading.kind === "policy";
  // What a variable says about the name is not written into a file.
  const own = project.shownName === project.name ? project.name : baseName(project.directory);
  const name = isUnnamed ? reading.scoped.id : own;
  const words = `${name}_${key}_SUBNET${family === 6 ? "_IPV6" : ""}`.toUpperCase().replace(/[^A-Z0-9_]/g, "_");
  return /^\d/.test(words) ? `_${words}` : words;
}

/** Asked for once for each network. */
const networksByVariable = remembered((view: ProjectView) => {
  const named = { 4: new Map<string, Network[]>(), 6: new Map<string, Network[]>() };
  for (const network of view.project.networks) {
    for (const family of [4, 6] as const) addTo(named[family], subnetVariable(view, network, family), network);
  }
  return named;
});

/** A network that Docker would choose a subnet for, in one of its families. */
export interface OpenChoice {
  readonly network: Network;
  readonly family: Family;
}

function openChoices({ project, wholeWorkspace }: ProjectView): OpenChoice[] {
  return project.networks.flatMap((network) => {
    // The default network of an included file is declared by the file that includes it.
    if (network.existence.kind !== "created" || (network.implicit && wholeWorkspace.includers().length > 0)) return [];
    return ([4, 6] as const).flatMap((family): OpenChoice[] =>
      (family === 4 ? network.ipv4 : network.ipv6).mode === "automatic" ? [{ network, family }] : [],
    );
  });
}

/**
 * The first network of a project that can't be pinned. Then none is: a network that is left to Docker may be given
 * the very range that another one was pinned to.
 */
export function unpinnable(view: ProjectView, style: PinStyle): OpenChoice | undefined {
  const { project, wholeWorkspace } = view;
  const others = wholeWorkspace.includers();
  const networks = wholeWorkspace.engineNetworks();
  const known = unpinnables(governingPlan(view))(project);
  const before = known.find(
    (answer) => answer.style === style && answer.networks === networks && sameItems(answer.others, others),
  );
  if (before) return before.first;
  const first = openChoices(view).find(({ network, family }) => {
    const pin = pinOf(view, network, family, style);
    return pin.kind !== "writable" || !pin.isPooled;
  });
  if (known.length < MOST_ANSWERS) known.push({ style, networks, others, first });
  return first;
}

/** For one state of the workspace. */
interface Unpinnable {
  readonly style: PinStyle;
  readonly networks: EngineNetworks;
  /** The projects that include the file that asks. */
  readonly others: readonly Project[];
  readonly first: OpenChoice | undefined;
}

const MOST_ANSWERS = 8;

/** Asked for once for each network, in each of the files of a project. */
const unpinnables = remembered<Plan, (project: Project) => Unpinnable[]>(() =>
  remembered<Project, Unpinnable[]>(() => []),
);
