import { addGateway } from "../src/compose/edit/add-gateway.js";
import { joinPools } from "../src/compose/edit/join-pools.js";
import { rewriteText } from "../src/compose/edit/rewrite-text.js";
import { refuseShared } from "../src/compose/edit/refusals/sharing.js";
import type { Edit } from "../src/kit/edit.js";
import type { Repair } from "../src/compose/engine/fault.js";
import {
  NETWORK_WORDS,
  type AddedToNetworkFault,
  type NetworkFault,
  type NetworkFaultKind,
} from "../src/compose/engine/network-fault.js";
import { faultsOfLanGateways, isHeld } from "../src/compose/engine/lan-gateway.js";
import { describeEngines, ENGINE_RELEASES } from "../src/compose/engine/releases.js";
import { valueOf } from "../src/compose/project/field.js";
import type { IpamPool } from "../src/compose/project/ipam-pool.js";
import type { Network } from "../src/compose/project/network.js";
import { formatAddress } from "../src/ipam/address.js";
import { maskPrefix } from "../src/ipam/prefix.js";
import { textOf } from "../src/kit/source.js";
import type { Limit, Refusal } from "../src/compose/read/scalar-text.js";
import { child } from "../src/compose/read/value.js";
import { faultsOfPassthru } from "../src/compose/engine/option-faults.js";
import { startOrderOf } from "../src/compose/engine/start-order.js";
import { foundInFile } from "../src/lint/found-in-file.js";
import { createdNetworks } from "../src/lint/which-networks.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import { outcomeOf, type Outcome } from "../src/lint/finding.js";
import { advising } from "../src/lint/message.js";
import { networksInFile } from "../src/workspace/networks-in-file.js";
import { faultsOf } from "../src/lint/network-faults.js";
import { bounds, flag } from "../src/lint/options.js";
import { refusalsBesideNetworks } from "../src/lint/refusals-beside-networks.js";
import { nearest } from "../src/kit/nearest.js";
import { declaredRouter } from "../src/remedy/declared-router.js";
import { editAtHome } from "../src/remedy/edit-at-home.js";
import { enginesRunning, happensOn } from "../src/remedy/engines.js";
import { linesOfVariables, showRefusal, showVariables } from "../src/remedy/wording.js";
import type { ProjectView } from "../src/workspace/view.js";

const HEADLINES = {
  ...NETWORK_WORDS,
  unknownKey: advising('Compose refuses the file: "{{key}}" is not a key of {{parent}}'),
  refusedByCompose: { headline: 'Compose refuses the file, because of network "{{network}}": {{message}}' },
  refusedByStack: advising('The command "docker stack deploy" refuses the file: {{message}}'),
  limit: {
    headline: "The check is incomplete: {{message}}",
    verdict: "The rest is not checked",
    advice: "{{advice}}",
  },
} as const;
const SUGGESTIONS = {
  write: "Write {{text}}.",
  join: "Join the pool with the one above.",
  rename: 'Rename it to "{{key}}".',
  gateway: "Write gateway: {{gateway}}, as older engines choose it.",
  router: "Write gateway: {{gateway}}, the router in the policy file.",
} as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const validIpam = defineRule({
  name: "valid-ipam",
  type: "problem",
  docs: { description: "Disallow addresses of a network that Docker refuses or ignores", recommended: "recommended" },
  options: {
    engine: bounds(
      ENGINE_RELEASES,
      "The oldest and the newest release of Docker Engine that run the file, in place of those that the forbidden-ranges file names.",
    ),
    checkUnused: flag(false, "Also report networks that no service joins, which Compose does not create."),
  },
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  fixable: true,
  check({ view, options, report }) {
    const { fragment, stack, limits } = view.project;
    const isMeant = happensOn({ ...enginesRunning(view), ...options.engine });
    // Several networks may have one text by an alias or a merge key.
    const reported = new Set<string>();
    for (const refusal of refusalsBesideNetworks(view)) {
      if (refusal.by === "stack") report(refusedByStack(view, refusal));
    }
    for (const limit of limits) report(incomplete(limit));
    for (const network of networksInFile(view)) {
      const { refusals } = network;
      for (const refusal of refusals)
        report(stack ? refusedByStack(view, refusal, network.key) : refusedFile(view, network, refusal));
      // The engine never hears of it.
      if ((stack && refusals.length > 0) || !isJudged(network, options.checkUnused)) continue;
      const isWhole = fragment === undefined && network.existence.kind !== "unknown";
      const faults = faultsOf(network, isWhole);
      // Of a subnet that is refused, this says nothing new.
      const lan = faultsOfLanGateways(network).filter(({ at }) => faults.every((fault) => fault.at !== at));
      for (const fault of [...faults, ...lan]) {
        if (!isMeant(fault) || leavesItToDocker(network, fault)) continue;
        const key = `${fault.kind} ${fault.at.span.join(" ")} ${fault.at.source.path}`;
        if (reported.has(key)) continue;
        reported.add(key);
        report(faulty(view, network, fault));
      }
    }
    for (const { network, fault } of crowdedParentsInFile(view)) report(faulty(view, network, fault));
  },
});

/** What depends on the order in which services start. */
const crowdedParentsInFile = foundInFile(
  (project) =>
    createdNetworks(project).flatMap((network) =>
      faultsOfPassthru(network, startOrderOf(project)).map((fault) => ({ network, fault })),
    ),
  ({ fault }) => fault.at,
);

function faulty(view: ProjectView, network: Network, fault: NetworkFault): Report {
  const { kind, at, engines, values, variables, repairs } = fault;
  if (kind === "noLanGateway") return withoutGateway(view, network, fault);
  const [first] = repairs;
  const isHost = values["role"] === "driver" && values["text"] === "host";
  const joined = kind === "missingSubnet" ? joinPools(network, at) : undefined;
  const advice = joined ? "Remove the dash: it splits one pool in two." : adviseOn(kind, repairs);
  const added: AddedToNetworkFault = {
    network: network.key,
    engines: describeEngines(engines),
    instead: isHost ? " and use network_mode: host" : "",
    advice,
  };
  return {
    at,
    says: kind,
    about: {
      ...values,
      ...(variables && { reason: reasonOf(view, kind, variables) }),
      ...(values["role"] === "subnet" && { subnet: values["text"] ?? "" }),
      ...added,
    },
    outcome: outcomeOf(fault),
    related: linesOfVariables(variables ?? [], view),
    advice,
    fix: first?.certain === true ? editsOf(network, first) : joined,
    suggestions: joined
      ? [{ does: "join", about: {}, edits: joined }]
      : repairs.flatMap((repair) => suggestionOf(network, repair)),
  };
}

/** The parser's own reason quotes a part of the value. */
function reasonOf(view: ProjectView, kind: NetworkFaultKind, variables: readonly string[]): string {
  return `${showVariables(variables, view)} is not a valid ${kind === "malformedAddress" ? "address" : "subnet"}`;
}

function refusedByStack(view: ProjectView, refusal: Refusal, network?: string): Report {
  const { by, place } = refusal;
  const own = network === undefined ? "Leave it out." : OUTSIDE_OF_THE_STACK;
  return {
    at: place,
    says: "refusedByStack",
    about: { message: showRefusal(refusal, view) },
    outcome: { refusedBy: "stack", phase: "load" },
    advice: by === "compose" ? "Correct it." : own,
    subject: network === undefined ? {} : { network },
  };
}

function refusedFile(view: ProjectView, { key: network }: Network, refusal: Refusal): Report {
  const { place, knownKeys } = refusal;
  const message = showRefusal(refusal, view);
  const outcome: Outcome = { refusedBy: "compose", phase: "load" };
  if (!knownKeys) return { at: place, says: "refusedByCompose", about: { network, message }, outcome };
  const key = textOf(place);
  const right = nearest(key, knownKeys);
  return {
    at: place,
    says: "unknownKey",
    about: { key, parent: message.split(" ", 1)[0] ?? "" },
    outcome,
    advice: adviseOnKey(key, knownKeys, right),
    subject: { network },
    suggestions:
      right === undefined
        ? []
        : [{ does: "rename", about: { key: right }, edits: [{ span: place.span, text: right }] }],
  };
}

function incomplete({ message, advice, place }: Limit): Report {
  return { at: place, says: "limit", about: { message }, outcome: "ignored", advice };
}

const OUTSIDE_OF_THE_STACK = 'Leave it out, or make the network with "docker network create" and declare it external.';

/** Whether the engine would hear of the network, as far as that can be told. */
function isJudged({ existence }: Network, checkUnused: boolean): boolean {
  if (existence.kind === "unused") return checkUnused;
  return existence.kind !== "unknown" || !existence.because.reason.endsWith("variable");
}

/** What some engines refuse and others fill in is the matter of `require-subnet`. */
function leavesItToDocker({ ipv4, ipv6 }: Network, { at, kind }: NetworkFault): boolean {
  if (kind !== "emptyPool" && kind !== "unusableSubnet" && kind !== "unstartable") return false;
  return [ipv4, ipv6].some(
    (addressing) => addressing.mode === "automatic" && "place" in addressing.cause && addressing.cause.place === at,
  );
}

const ADVICE: Readonly<Partial<Record<NetworkFaultKind, string>>> = {
  refusedWord: "Correct it, or remove the key.",
  unstartable: "Take another one.",
};

function adviseOn(kind: NetworkFaultKind, repairs: readonly Repair[]): string {
  const own = ADVICE[kind];
  if (own !== undefined) return own;
  const texts = repairs.map(({ to }) => to).join(" or ");
  if (texts !== "") return kind === "hostBits" ? `Write ${texts}.` : `Did you mean ${texts}?`;
  return kind === "missingSubnet" ? "Write the subnet into the same pool." : "Write an address and a prefix length.";
}

const KEYS_OF_POOLS: ReadonlySet<string> = new Set(["subnet", "ip_range", "gateway", "aux_addresses"]);

function adviseOnKey(key: string, knownKeys: ReadonlySet<string>, right: string | undefined): string {
  if (key === "config") return 'Move it into "ipam".';
  if (KEYS_OF_POOLS.has(key)) return 'Move it into an entry of "ipam.config".';
  return right === undefined ? `Its keys are ${[...knownKeys].join(", ")}.` : `Did you mean "${right}"?`;
}

function suggestionOf(network: Network, repair: Repair) {
  const edits = editsOf(network, repair);
  return edits ? [{ does: "write", about: { text: repair.to }, edits } as const] : [];
}

/** Only the author knows the address of the router: there is no fix, except where the policy names it. */
function withoutGateway(view: ProjectView, network: Network, fault: NetworkFault): Report {
  const { at, engines, values } = fault;
  const pool = network.pools.find(({ subnet }) => subnet.kind === "known" && subnet.at === at);
  const subnet = pool && valueOf(pool.subnet);
  const router = subnet && declaredRouter(view, maskPrefix(subnet));
  const isFree = router !== undefined && pool !== undefined && !isHeld(network, pool, router);
  const gateway = isFree ? formatAddress(router) : (values["gateway"] ?? "");
  const edits = pool && gateway !== "" ? gatewayIn(view, network, pool, gateway) : undefined;
  const advice = isFree ? `Write gateway: ${gateway}.` : "Write the address of the router as gateway.";
  const added = { network: network.key, engines: describeEngines(engines), advice, subnet: values["text"] ?? "" };
  return {
    at,
    says: "noLanGateway",
    about: { text: "", effects: "", ...values, ...added },
    // Everything starts, on engines of all releases: what lies beyond the LAN is what is lost.
    outcome: "unreachable",
    advice,
    fix: isFree ? edits : undefined,
    suggestions: edits ? [{ does: isFree ? "router" : "gateway", about: { gateway }, edits }] : [],
  };
}

function gatewayIn(view: ProjectView, network: Network, pool: IpamPool, gateway: string): readonly Edit[] | undefined {
  const outcome = editAtHome(view, network, "ipam", (home) => addGateway(home, network, pool, gateway));
  const isHere = network.place.source === view.file.source && pool.at.source === view.file.source;
  return outcome.ok && isHere ? outcome.edits : undefined;
}

/** Of a text that other places share, nobody knows whether they are meant too. */
function editsOf(network: Network, { written, from, to }: Repair): readonly Edit[] | undefined {
  const ipam = child(network.definition, "ipam");
  const pool = network.pools.find(({ value }) =>
    [...(value?.entries.values() ?? [])].some((entry) => entry.value.place === written.place),
  );
  if (refuseShared([network.definition, ipam, child(ipam, "config"), pool?.value, written])) return undefined;
  const outcome = rewriteText(written, from, to);
  return outcome.ok ? outcome.edits : undefined;
}
