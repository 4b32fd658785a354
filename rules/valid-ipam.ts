import { joinPools } from "../src/compose/edit/join-pools.js";
import { rewriteText } from "../src/compose/edit/rewrite-text.js";
import { refuseShared } from "../src/compose/edit/refusals/sharing.js";
import type { Edit } from "../src/kit/edit.js";
import { isRefusal, type EngineFault, type FaultKind, type Repair } from "../src/compose/engine/fault.js";
import { faultsOfNetwork } from "../src/compose/engine/network-faults.js";
import { describeEngines, ENGINE_RELEASES, includesAny, type EngineSpan } from "../src/compose/engine/releases.js";
import type { Network } from "../src/compose/project/network.js";
import { textOf } from "../src/kit/source.js";
import type { Limit, Refusal } from "../src/compose/read/scalar-text.js";
import { child } from "../src/compose/read/value.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import type { Outcome } from "../src/lint/finding.js";
import { advising, type MessageParts } from "../src/lint/message.js";
import { bounds, flag } from "../src/lint/options.js";
import { nearest } from "../src/kit/nearest.js";
import { showRefusal, showVariables } from "../src/remedy/wording.js";
import type { ProjectView } from "../src/workspace/view.js";

/** The newest major release of Docker Engine and the one before it. */
const CURRENT_ENGINES: EngineSpan = { min: "28", max: "29" };

/** Each is filled from the values of its fault. */
const FAULTS: Readonly<Record<FaultKind, MessageParts>> = {
  malformedSubnet: refuses(
    'The subnet "{{text}}" of network "{{network}}" is no address range: {{reason}}',
    "{{advice}}",
  ),
  malformedRange: refuses(
    'The ip_range "{{text}}" of network "{{network}}" is no address range: {{reason}}',
    "{{advice}}",
  ),
  malformedAddress: refuses('The {{role}} "{{text}}" of network "{{network}}" is no address: {{reason}}', "{{advice}}"),
  hostBits: refuses(
    'The {{role}} {{text}} of network "{{network}}" has bits set behind its prefix length',
    "{{advice}}",
  ),
  missingSubnet: refuses('A pool of network "{{network}}" has {{key}} and no subnet for it', "{{advice}}"),
  emptyPool: refuses('A pool of network "{{network}}" has no subnet', "Give it a subnet, or leave the pool out."),
  unusableSubnet: refuses(
    'The subnet {{text}} of network "{{network}}" is no use: {{reason}}',
    "Take a subnet of another range.",
  ),
  otherFamily: refuses(
    'The {{role}} {{text}} of network "{{network}}" is of another family than its subnet {{subnet}}',
    "Write it below a subnet of its own family.",
  ),
  outside: refuses(
    'The {{role}} {{text}} of network "{{network}}" lies outside its subnet {{subnet}}',
    "Take one inside.",
  ),
  rangeTooLarge: refuses(
    'The ip_range {{text}} of network "{{network}}" is larger than its subnet {{subnet}}',
    "Take a part of the subnet.",
  ),
  reserved: refuses(
    'The {{role}} {{text}} of network "{{network}}" is the {{reserved}} of {{subnet}}, which nobody may have',
    "Take another address.",
  ),
  taken: refuses('The {{role}} {{text}} of network "{{network}}" is taken by {{holder}}', "Take another address."),
  noRoom: refuses(
    'A pool of network "{{network}}" leaves no address for the gateway in {{subnet}}',
    "Make the pool larger.",
  ),
  severalSubnets: {
    headline: 'The subnet {{text}} is the second {{family}} subnet of network "{{network}}", after {{other}}',
    verdict: "{{engines}} refuses it: a bridge has one of each family",
    advice: "Leave one out, or declare two networks.",
  },
  overlappingPools: refuses(
    'The subnet {{text}} of network "{{network}}" overlaps its subnet {{other}}',
    "Leave one out.",
  ),
  unusableDriver: refuses(
    'No network can be made with the {{role}} "{{text}}", which network "{{network}}" asks for',
    "Leave it out{{instead}}.",
  ),
  predefinedName: refuses(
    'The name "{{text}}" of network "{{network}}" is the one of a network that Docker brings along',
    "Take another name.",
  ),
  noFamily: refuses('Network "{{network}}" has neither IPv4 nor IPv6', "Leave enable_ipv4 out, or set enable_ipv6."),
  noIpv6Pool: refuses('Network "{{network}}" has enable_ipv6 and no IPv6 subnet', "Give it an IPv6 subnet."),
  disabledFamily: {
    headline: 'The {{family}} subnet {{text}} of network "{{network}}" has no effect, since {{key}} is {{state}}',
    verdict: "{{engines}} ignores it",
    advice: "Set {{key}} to true, or leave the subnet out.",
  },
  ignoredSwitch: {
    headline: 'The enable_ipv4 of network "{{network}}" has no effect',
    consequence: "{{engines}} ignores it, and chooses an IPv4 subnet",
    advice: "Give the network one.",
  },
  externalIpam: {
    headline: 'The ipam of network "{{network}}" has no effect',
    consequence: "the network is external, and keeps the subnet that it was made with",
    advice: "Leave it out.",
  },
};

const HEADLINES = {
  ...FAULTS,
  unknownKey: advising('Compose refuses the file: "{{key}}" is no key of {{parent}}'),
  refusedByCompose: { headline: 'Compose refuses the file, because of network "{{network}}": {{message}}' },
  refusedByStack: advising('The command "docker stack deploy" refuses the file: {{message}}'),
  limit: {
    headline: "The check is incomplete: {{message}}",
    verdict: "What lies beyond is not checked",
    advice: "{{advice}}",
  },
} as const;
const SUGGESTIONS = {
  write: "Write {{text}}.",
  join: "Join the pool with the one above.",
  rename: 'Rename it to "{{key}}".',
} as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const validIpam = defineRule({
  name: "valid-ipam",
  type: "problem",
  docs: { description: "Disallow addresses of a network that Docker refuses or ignores", recommended: "recommended" },
  options: {
    engine: bounds(
      ENGINE_RELEASES,
      CURRENT_ENGINES,
      "The oldest and the newest release of Docker Engine that run the file.",
    ),
    checkUnused: flag(false, "Also report networks that no service joins, which Compose does not create."),
  },
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  fixable: true,
  check({ view, options, report }) {
    const { networks, fragment, stack, limits } = view.project;
    // Several networks may have one text by an alias or a merge key.
    const reported = new Set<string>();
    for (const refusal of refusalsOfProject(view)) report(refusedByStack(view, refusal));
    for (const limit of limits) report(incomplete(limit));
    for (const network of networks) {
      const unread = network.refusals.filter(({ by }) => by !== "engine");
      for (const refusal of unread)
        report(stack ? refusedByStack(view, refusal, network.key) : refusedFile(view, network, refusal));
      // The engine never hears of it.
      if ((stack && unread.length > 0) || !isJudged(network, options.checkUnused)) continue;
      const isWhole = fragment === undefined && network.existence.kind !== "unknown";
      for (const fault of faultsOfNetwork(network, isWhole)) {
        if (!includesAny(fault.engines, options.engine) || leavesItToDocker(network, fault)) continue;
        const key = `${fault.kind} ${fault.place.span.join(" ")} ${fault.place.source.path}`;
        if (reported.has(key)) continue;
        reported.add(key);
        report(faulty(view, network, fault));
      }
    }
  },
});

function refuses<const Headline extends string, const Advice extends string>(headline: Headline, advice: Advice) {
  return { headline, verdict: "{{engines}} refuses it", advice } as const;
}

function faulty(view: ProjectView, network: Network, fault: EngineFault): Report {
  const { kind, place, engines, values, variables, repairs } = fault;
  const [first] = repairs;
  const joined = kind === "missingSubnet" ? joinPools(network, place) : undefined;
  const refused: Outcome = { refusedBy: "engine", phase: "create", ...engines };
  return {
    at: place,
    says: kind,
    about: {
      network: network.key,
      ...values,
      ...(variables && { reason: reasonOf(view, kind, variables) }),
      ...(values["role"] === "subnet" && { subnet: values["text"] ?? "" }),
      engines: describeEngines(engines),
      state: child(network.definition, values["key"] ?? "") ? "false" : "not set",
      instead: values["role"] === "driver" && values["text"] === "host" ? " and use network_mode: host" : "",
    },
    outcome: isRefusal(fault) ? refused : "ignored",
    advice: joined ? "Take the dash away: it splits one pool in two." : adviseOn(kind, repairs),
    fix: first?.certain === true ? editsOf(network, first) : joined,
    suggestions: joined
      ? [{ does: "join", about: {}, edits: joined }]
      : repairs.flatMap((repair) => suggestionOf(network, repair)),
  };
}

/** The parser's own reason quotes a part of the value. */
function reasonOf(view: ProjectView, kind: FaultKind, variables: readonly string[]): string {
  return `${showVariables(variables, view)} is not a valid ${kind === "malformedAddress" ? "address" : "subnet"}`;
}

/** What "docker stack" refuses about the project, beside what it refuses about a network. */
function refusalsOfProject({ project: { networks, refusals } }: ProjectView): readonly Refusal[] {
  const ofNetworks = new Set(networks.flatMap((network) => network.refusals));
  return refusals.filter((refusal) => refusal.by === "stack" && !ofNetworks.has(refusal));
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
function leavesItToDocker({ ipv4, ipv6 }: Network, { place }: EngineFault): boolean {
  return [ipv4, ipv6].some(
    (addressing) => addressing.mode === "automatic" && "place" in addressing.cause && addressing.cause.place === place,
  );
}

function adviseOn(kind: FaultKind, repairs: readonly Repair[]): string {
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
