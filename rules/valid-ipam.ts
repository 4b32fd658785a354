import { rewriteText } from "../src/compose/edit/rewrite-text.js";
import { joinPools } from "../src/compose/edit/join-pools.js";
import { refuseShared } from "../src/compose/edit/sharing.js";
import type { Edit } from "../src/compose/edit/edit.js";
import { type EngineFault, type FaultKind, type Repair } from "../src/compose/engine/fault.js";
import { faultsOfNetwork } from "../src/compose/engine/network-faults.js";
import { describeEngines, ENGINE_RELEASES, includesAny, type EngineSpan } from "../src/compose/engine/releases.js";
import type { Network } from "../src/compose/network.js";
import { textOf } from "../src/compose/source.js";
import type { Limit, Refusal } from "../src/compose/text.js";
import { child } from "../src/compose/value.js";
import { nearest } from "../src/policy/edit-distance.js";
import { createRule, type Suggestion } from "../src/rule/create-rule.js";
import { showRefusal, showVariables } from "../src/rule/wording.js";

interface Options {
  readonly engine: Partial<EngineSpan>;
  readonly checkUnused: boolean;
}

type MessageId =
  FaultKind | "unknownKey" | "refusedByCompose" | "refusedByStack" | "limit" | "write" | "join" | "rename";

/** The newest major release of Docker Engine and the one before it. */
const CURRENT_ENGINES: EngineSpan = { min: "28", max: "29" };

const RELEASE = { enum: [...ENGINE_RELEASES] };

export const validIpam = createRule<Options, MessageId>({
  name: "valid-ipam",
  meta: {
    type: "problem",
    docs: { description: "Disallow addresses of a network that Docker refuses or ignores", recommended: "recommended" },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          engine: {
            type: "object",
            additionalProperties: false,
            properties: { min: RELEASE, max: RELEASE },
            description: "The oldest and the newest release of Docker Engine that run the file.",
          },
          checkUnused: {
            type: "boolean",
            description: "Also report networks that no service joins, which Compose does not create.",
          },
        },
      },
    ],
    defaultOptions: [{ engine: CURRENT_ENGINES, checkUnused: false }],
    messages: {
      malformedSubnet:
        'The subnet "{{text}}" of network "{{network}}" is no address range: {{reason}}. {{engines}} refuses it. {{advice}}',
      malformedRange:
        'The ip_range "{{text}}" of network "{{network}}" is no address range: {{reason}}. {{engines}} refuses it. {{advice}}',
      malformedAddress:
        'The {{role}} "{{text}}" of network "{{network}}" is no address: {{reason}}. {{engines}} refuses it. {{advice}}',
      hostBits:
        'The {{role}} {{text}} of network "{{network}}" has bits set behind its prefix length. {{engines}} refuses it. {{advice}}',
      missingSubnet:
        'A pool of network "{{network}}" has {{key}} and no subnet for it. {{engines}} refuses it. {{advice}}',
      emptyPool:
        'A pool of network "{{network}}" has no subnet. {{engines}} refuses it. Give it a subnet, or leave the pool out.',
      unusableSubnet:
        'The subnet {{text}} of network "{{network}}" is no use: {{reason}}. {{engines}} refuses it. Take a subnet of another range.',
      otherFamily:
        'The {{role}} {{text}} of network "{{network}}" is of another family than its subnet {{subnet}}. {{engines}} refuses it. Write it below a subnet of its own family.',
      outside:
        'The {{role}} {{text}} of network "{{network}}" lies outside its subnet {{subnet}}. {{engines}} refuses it. Take one inside.',
      rangeTooLarge:
        'The ip_range {{text}} of network "{{network}}" is larger than its subnet {{subnet}}. {{engines}} refuses it. Take a part of the subnet.',
      reserved:
        'The {{role}} {{text}} of network "{{network}}" is the {{reserved}} of {{subnet}}, which nobody may have. {{engines}} refuses it. Take another address.',
      taken:
        'The {{role}} {{text}} of network "{{network}}" is taken by {{holder}}. {{engines}} refuses it. Take another address.',
      noRoom:
        'A pool of network "{{network}}" leaves no address for the gateway in {{subnet}}. {{engines}} refuses it. Make the pool larger.',
      severalSubnets:
        'The subnet {{text}} is the second {{family}} subnet of network "{{network}}", after {{other}}. {{engines}} refuses it: a bridge has one of each family. Leave one out, or declare two networks.',
      overlappingPools:
        'The subnet {{text}} of network "{{network}}" overlaps its subnet {{other}}. {{engines}} refuses it. Leave one out.',
      unusableDriver:
        'No network can be made with the {{role}} "{{text}}", which network "{{network}}" asks for. {{engines}} refuses it. Leave it out{{instead}}.',
      predefinedName:
        'The name "{{text}}" of network "{{network}}" is the one of a network that Docker brings along. {{engines}} refuses it. Take another name.',
      noFamily:
        'Network "{{network}}" has neither IPv4 nor IPv6. {{engines}} refuses it. Leave enable_ipv4 out, or set enable_ipv6.',
      noIpv6Pool:
        'Network "{{network}}" has enable_ipv6 and no IPv6 subnet. {{engines}} refuses it. Give it an IPv6 subnet.',
      disabledFamily:
        'The {{family}} subnet {{text}} of network "{{network}}" has no effect, since {{key}} is {{state}}. {{engines}} ignores it. Set {{key}} to true, or leave the subnet out.',
      ignoredSwitch:
        'The enable_ipv4 of network "{{network}}" has no effect: {{engines}} ignores it, and chooses an IPv4 subnet. Give the network one.',
      externalIpam:
        'The ipam of network "{{network}}" has no effect: the network is external, and keeps the subnet that it was made with. Leave it out.',
      unknownKey: 'Compose refuses the file: "{{key}}" is no key of {{parent}}. {{advice}}',
      refusedByCompose: 'Compose refuses the file, because of network "{{network}}": {{message}}.',
      refusedByStack: 'The command "docker stack deploy" refuses the file: {{message}}. {{advice}}',
      limit: "The check is incomplete: {{message}}. What lies beyond is not checked. {{advice}}",
      write: "Write {{text}}.",
      join: "Join the pool with the one above.",
      rename: 'Rename it to "{{key}}".',
    },
  },
  create({ options, view, report }) {
    const span: EngineSpan = { ...CURRENT_ENGINES, ...options.engine };

    // Several networks may have one text by an alias or a merge key.
    const reported = new Set<string>();

    function reportFault(network: Network, fault: EngineFault): void {
      const { kind, place, engines, values, variables, repairs } = fault;
      const key = `${kind} ${place.span.join(" ")} ${place.source.path}`;
      if (reported.has(key)) return;
      reported.add(key);
      const [first] = repairs;
      const joined = kind === "missingSubnet" ? joinPools(network, place) : undefined;
      report({
        at: place,
        messageId: kind,
        values: {
          network: network.key,
          ...values,
          ...(variables && { reason: reasonOf(kind, variables) }),
          ...(values["role"] === "subnet" && { subnet: values["text"] ?? "" }),
          engines: describeEngines(engines),
          advice: joined ? "Take the dash away: it splits one pool in two." : adviseOn(kind, repairs),
          state: child(network.definition, values["key"] ?? "") ? "false" : "not set",
          instead: values["role"] === "driver" && values["text"] === "host" ? " and use network_mode: host" : "",
        },
        fix: first?.certain === true ? editsOf(network, first) : joined,
        suggest: joined
          ? [{ messageId: "join", values: {}, edits: joined }]
          : repairs.flatMap((repair) => suggestionOf(network, repair)),
      });
    }

    /** The parser's own reason quotes a part of the value. */
    function reasonOf(kind: FaultKind, variables: readonly string[]): string {
      return `${showVariables(variables, view)} is not a valid ${kind === "malformedAddress" ? "address" : "subnet"}`;
    }

    function reportByStack(refusal: Refusal, network?: string): void {
      const { by, place } = refusal;
      const message = showRefusal(refusal, view);
      const advice = by === "compose" ? "Correct it." : network === undefined ? "Leave it out." : OUTSIDE_OF_THE_STACK;
      const values = { message, advice, ...(network !== undefined && { network }) };
      report({ at: place, messageId: "refusedByStack", values });
    }

    function reportRefusal({ key: network }: Network, refusal: Refusal): void {
      const { place, knownKeys } = refusal;
      const message = showRefusal(refusal, view);
      const key = textOf(place);
      if (!knownKeys) {
        report({ at: place, messageId: "refusedByCompose", values: { network, message } });
        return;
      }
      const right = nearest(key, knownKeys);
      report({
        at: place,
        messageId: "unknownKey",
        values: { network, key, parent: message.split(" ", 1)[0] ?? "", advice: adviseOnKey(key, knownKeys, right) },
        suggest:
          right === undefined
            ? []
            : [{ messageId: "rename", values: { key: right }, edits: [{ span: place.span, text: right }] }],
      });
    }

    function reportLimit({ message, advice, place }: Limit): void {
      report({ at: place, messageId: "limit", values: { message, advice } });
    }

    return {
      ComposeFile() {
        const { networks, fragment, stack, refusals, limits } = view.project;
        const ofNetworks = new Set(networks.flatMap((network) => network.refusals));
        for (const refusal of refusals) {
          if (refusal.by === "stack" && !ofNetworks.has(refusal)) reportByStack(refusal);
        }
        limits.forEach(reportLimit);
        for (const network of networks) {
          const unread = network.refusals.filter(({ by }) => by !== "engine");
          for (const refusal of unread) {
            if (stack) reportByStack(refusal, network.key);
            else reportRefusal(network, refusal);
          }
          // The engine never hears of it.
          if (stack && unread.length > 0) continue;
          if (!isJudged(network, options.checkUnused)) continue;
          for (const fault of faultsOfNetwork(
            network,
            fragment === undefined && network.existence.kind !== "unknown",
          )) {
            if (includesAny(fault.engines, span) && !leavesItToDocker(network, fault)) reportFault(network, fault);
          }
        }
      },
    };
  },
});

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

function suggestionOf(network: Network, repair: Repair): Suggestion<"write">[] {
  const edits = editsOf(network, repair);
  return edits ? [{ messageId: "write", values: { text: repair.to }, edits }] : [];
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
