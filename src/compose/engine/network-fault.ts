import { fill } from "../../kit/placeholders.js";
import type { Place } from "../../kit/source.js";
import {
  showField,
  wordsOf,
  type Declaration,
  type EngineFault,
  type FieldInRole,
  type Repair,
  type ValuesFor,
} from "./fault.js";
import type { Engines } from "./releases.js";

/** All that engines have against a network, or pass over, each with its words. */
export const NETWORK_FAULTS = {
  malformedSubnet: {
    ...refuses('The subnet "{{text}}" of network "{{network}}" is not a valid subnet: {{reason}}', "{{advice}}"),
    short: "invalid subnet {{text}}",
  },
  malformedRange: refuses(
    'The ip_range "{{text}}" of network "{{network}}" is not a valid range: {{reason}}',
    "{{advice}}",
  ),
  malformedAddress: refuses(
    'The {{role}} "{{text}}" of network "{{network}}" is not a valid address: {{reason}}',
    "{{advice}}",
  ),
  hostBits: refuses(
    'The {{role}} {{text}} of network "{{network}}" has bits set after its prefix length',
    "{{advice}}",
  ),
  missingSubnet: {
    ...refuses('A pool of network "{{network}}" has {{key}} and no subnet for it', "{{advice}}"),
    short: "{{key}} without a subnet",
  },
  emptyPool: refuses('A pool of network "{{network}}" has no subnet', "Give it a subnet, or leave the pool out."),
  unusableSubnet: refuses(
    'The subnet {{text}} of network "{{network}}" cannot be used: {{reason}}',
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
    'The {{role}} {{text}} of network "{{network}}" is the {{reserved}} of {{subnet}}, which no container can have',
    "Take another address.",
  ),
  taken: refuses('The {{role}} {{text}} of network "{{network}}" is taken by {{holder}}', "Take another address."),
  noRoom: refuses(
    'A pool of network "{{network}}" leaves no address for the gateway in {{subnet}}',
    "Make the pool larger.",
  ),
  severalSubnets: {
    effect: "refused",
    phase: "create",
    says: {
      headline: 'The subnet {{text}} is the second {{family}} subnet of network "{{network}}", after {{other}}',
      verdict: "{{engines}} refuses it: a bridge has one of each family",
      advice: "Leave one out, or declare two networks.",
    },
  },
  overlappingPools: refuses(
    'The subnet {{text}} of network "{{network}}" overlaps its subnet {{other}}',
    "Leave one out.",
  ),
  unusableDriver: {
    ...refuses(
      'No network can be made with the {{role}} "{{text}}", which network "{{network}}" asks for',
      "Leave it out{{instead}}.",
    ),
    short: 'the {{role}} "{{text}}" makes no network',
  },
  predefinedName: {
    ...refuses(
      'The name "{{text}}" of network "{{network}}" is the one of a network that Docker brings along',
      "Take another name.",
    ),
    short: 'the name "{{text}}" is the one of a network that Docker brings along',
  },
  refusedWord: refuses('The {{role}} "{{text}}" of network "{{network}}" is {{reason}}', "{{advice}}"),
  predefinedExternal: {
    effect: "refused",
    phase: "create",
    says: {
      headline: 'No service can join network "{{network}}" by the name "{{name}}": Docker keeps it for itself',
      verdict: "{{engines}} creates no container on it",
      advice: "Name another network{{instead}}.",
    },
  },
  unstartable: {
    effect: "refused",
    phase: "start",
    says: {
      headline: 'The {{role}} {{text}} of network "{{network}}" cannot be used: {{reason}}',
      verdict: "{{engines}} starts no container on it",
      advice: "{{advice}}",
    },
  },
  noLanGateway: {
    effect: "may fail",
    phase: "start",
    says: {
      headline: 'The subnet {{text}} of network "{{network}}" has no gateway',
      verdict: "{{engines}} {{effects}}",
      advice: "{{advice}}",
    },
  },
  noFamily: {
    ...refuses('Network "{{network}}" has neither IPv4 nor IPv6', "Leave enable_ipv4 out, or set enable_ipv6."),
    short: "IPv4 or IPv6 must be enabled",
  },
  noIpv6Pool: refuses('Network "{{network}}" has enable_ipv6 and no IPv6 subnet', "Give it an IPv6 subnet."),
  disabledFamily: ignores({
    headline: 'The {{family}} subnet {{text}} of network "{{network}}" has no effect, since {{key}} is {{state}}',
    verdict: "{{engines}} ignores it",
    advice: "Set {{key}} to true, or leave the subnet out.",
  }),
  ignoredSwitch: ignores({
    headline: 'The enable_ipv4 of network "{{network}}" has no effect',
    consequence: "{{engines}} ignores it, and chooses an IPv4 subnet",
    advice: "Give the network one.",
  }),
  externalIpam: ignores({
    headline: 'The ipam of network "{{network}}" has no effect',
    consequence: "the network is external, and keeps the subnet that it was made with",
    advice: "Leave it out.",
  }),
} as const satisfies Readonly<Record<string, Declaration>>;

export type NetworkFaultKind = keyof typeof NETWORK_FAULTS;

export type NetworkFault = EngineFault<NetworkFaultKind>;

/** What whoever reports a fault adds to its values. */
export type AddedToNetworkFault = Readonly<Record<"network" | "engines" | "advice" | "instead", string>>;

type ValuesOf<Kind extends NetworkFaultKind> = ValuesFor<
  (typeof NETWORK_FAULTS)[Kind],
  // A field brings its role and its text along.
  keyof AddedToNetworkFault | "role" | "text"
>;

/** A fault of one field. */
export function faultOfField<Kind extends NetworkFaultKind>(
  kind: Kind,
  about: FieldInRole,
  engines: Engines,
  values: ValuesOf<Kind>,
  repairs: readonly Repair[] = [],
): NetworkFault {
  const { values: shown, ...hidden } = showField(about);
  return { ...faultAt(kind, about.field.at, engines, values), values: { ...shown, ...values }, ...hidden, repairs };
}

/** A fault of something that has no text of its own. */
export function faultAt<Kind extends NetworkFaultKind>(
  kind: Kind,
  at: Place,
  engines: Engines,
  values: ValuesOf<Kind>,
): NetworkFault {
  const { effect, phase } = NETWORK_FAULTS[kind];
  return { kind, effect, phase, at, engines, values, repairs: [] };
}

function refuses<const Headline extends string, const Advice extends string>(headline: Headline, advice: Advice) {
  return {
    effect: "refused",
    phase: "create",
    says: { headline, verdict: "{{engines}} refuses it", advice },
  } as const;
}

function ignores<const Says>(says: Says) {
  return { effect: "ignored", phase: "create", says } as const;
}

/** As a rule has its messages. */
export const NETWORK_WORDS = wordsOf(NETWORK_FAULTS);

/** A clause for a table about a fault that leaves a network without addresses; undefined for any other. */
export function inShort({ kind, values }: NetworkFault): string | undefined {
  const declaration: Declaration = NETWORK_FAULTS[kind];
  return declaration.short === undefined ? undefined : fill(declaration.short, values);
}
