import type { Place } from "../../kit/source.js";
import type { StaticAddress } from "../project/service.js";
import { wordsOf, type Declaration, type EngineFault, type Repair, type ValuesFor } from "./fault.js";
import { ALL_ENGINES, type Engines } from "./releases.js";

/** All that engines have against an address that a service asks for, each with its words. */
export const STATIC_ADDRESS_FAULTS = {
  malformed: {
    effect: "refused",
    phase: "start",
    says: {
      headline: 'The {{field}} "{{address}}" of service "{{service}}" is not a valid {{family}} address: {{reason}}',
      verdict: "The engine refuses it",
      advice: 'Write an address of network "{{network}}".',
    },
  },
  automatic: {
    effect: "refused",
    phase: "start",
    says: {
      headline:
        'Service "{{service}}" has the address {{address}} on network "{{network}}", but Docker picks its {{family}} subnet',
      consequence: "the engine refuses that before 29.1, and from then on it works by luck",
      advice: "Give the network a subnet that contains the address.",
    },
  },
  disabled: {
    effect: "refused",
    phase: "start",
    says: {
      headline: 'Service "{{service}}" asks for {{address}} on network "{{network}}", which has no {{family}}',
      consequence: "the engine refuses to start the service",
      advice: "Set enable_{{switch}} to true and give the network a subnet that contains the address.",
    },
  },
  outside: {
    effect: "refused",
    phase: "start",
    says: {
      headline:
        'The {{field}} {{address}} of service "{{service}}" lies outside {{subnets}}, the subnet of network "{{network}}"',
      consequence: "the engine refuses to start the service",
      advice: "Take an address inside.",
    },
  },
  reserved: {
    effect: "refused",
    phase: "start",
    says: {
      headline:
        'The {{field}} {{address}} of service "{{service}}" is the {{reserved}} of {{subnet}} on network "{{network}}", which no container can have',
      consequence: "the service does not start",
      advice: "Take another address.",
    },
  },
  taken: {
    effect: "refused",
    phase: "start",
    says: {
      headline: 'The {{field}} {{address}} of service "{{service}}" is taken on network "{{network}}" by {{holder}}',
      consequence: "the service does not start{{engines}}",
      advice: "Take another address.",
    },
  },
  duplicate: {
    effect: "refused",
    phase: "start",
    says: {
      headline:
        'The {{field}} {{address}} of service "{{service}}" is taken on network "{{network}}" by service "{{other}}" ({{place}})',
      consequence: "only one of them starts",
      advice: "Take another address.",
    },
  },
  copies: {
    effect: "refused",
    phase: "start",
    says: {
      headline:
        'Service "{{service}}" has {{copies}} copies, and one address for all of them on network "{{network}}": {{address}}',
      verdict: "Only the first copy starts",
      advice: "Leave the address out.",
    },
  },
  takenBefore: {
    effect: "refused",
    phase: "start",
    says: {
      headline:
        'The {{field}} {{address}} of service "{{service}}" is taken on network "{{network}}" by service "{{taker}}", which starts first and gets the lowest free address',
      consequence: "the service does not start",
      advice: "{{advice}}",
    },
  },
  mayBeTaken: {
    effect: "may fail",
    phase: "start",
    says: {
      headline:
        'The {{field}} {{address}} of service "{{service}}" may be taken on network "{{network}}" by service "{{taker}}", which gets the lowest free address',
      consequence: 'services start in any order, so "up" fails now and then',
      advice: "{{advice}}",
    },
  },
  dynamic: {
    effect: "may fail",
    phase: "start",
    says: {
      headline:
        'The {{field}} {{address}} of service "{{service}}" lies in {{range}}, from where Docker gives addresses to others on network "{{network}}"',
      consequence: "the first to start gets it",
      advice: "Take an address outside.",
    },
  },
} as const satisfies Readonly<Record<string, Declaration>>;

export type StaticAddressFaultKind = keyof typeof STATIC_ADDRESS_FAULTS;

/** Something about an address that a service asks for. */
export interface StaticAddressFault extends EngineFault<StaticAddressFaultKind> {
  readonly address: StaticAddress;
  /** The other one, when two of them are at odds. */
  readonly other?: Place;
}

/** What whoever reports a fault adds to its values; the place only where there is another one. */
export type AddedToAddressFault = Readonly<
  Record<"network" | "service" | "field" | "address" | "switch" | "family" | "engines", string>
> & { readonly place?: string };

type ValuesOf<Kind extends StaticAddressFaultKind> = ValuesFor<
  (typeof STATIC_ADDRESS_FAULTS)[Kind],
  keyof AddedToAddressFault | "advice"
> & {
  /** The subnet that the fault is about, for reports that machines read, also where the words do without. */
  readonly subnet?: string;
};

export function faultOfAddress<Kind extends StaticAddressFaultKind>(
  kind: Kind,
  address: StaticAddress,
  values: ValuesOf<Kind>,
  {
    engines = ALL_ENGINES,
    ...others
  }: {
    readonly engines?: Engines;
    readonly repairs?: readonly Repair[];
    readonly variables?: readonly string[];
    readonly other?: Place;
  } = {},
): StaticAddressFault {
  const { effect, phase } = STATIC_ADDRESS_FAULTS[kind];
  return { kind, effect, phase, at: address.address.at, engines, address, values, repairs: [], ...others };
}

export const STATIC_ADDRESS_WORDS = wordsOf(STATIC_ADDRESS_FAULTS);
