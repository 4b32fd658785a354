import type { Place } from "../../kit/source.js";
import type { ScalarValue } from "../read/value.js";
import type { Engines } from "./releases.js";

/** Something about a network that engines refuse, or that has no effect on them. */
export interface EngineFault {
  readonly kind: FaultKind;
  readonly place: Place;
  /** Those that do so. */
  readonly engines: Engines;
  /** What fills the message, beside the network and the engines. */
  readonly values: Readonly<Record<string, string>>;
  /** Those that hold the value which is wrong: neither the values nor the repairs give it away. */
  readonly variables?: readonly string[];
  /** Other texts for a field, the likeliest first. */
  readonly repairs: readonly Repair[];
}

export type FaultKind = RefusalKind | IgnoredKind;

export type RefusalKind =
  | "malformedSubnet"
  | "hostBits"
  | "missingSubnet"
  | "emptyPool"
  | "unusableSubnet"
  | "malformedAddress"
  | "otherFamily"
  | "outside"
  | "malformedRange"
  | "rangeTooLarge"
  | "reserved"
  | "taken"
  | "noRoom"
  | "severalSubnets"
  | "overlappingPools"
  | "unusableDriver"
  | "predefinedName"
  | "noFamily"
  | "noIpv6Pool";

/** The engine takes the network, and does not do what the file says. */
export type IgnoredKind = "disabledFamily" | "ignoredSwitch" | "externalIpam";

export interface Repair {
  readonly written: ScalarValue;
  /** The part of the text that is replaced. */
  readonly from: string;
  readonly to: string;
  /** Nothing else can have been meant. */
  readonly certain: boolean;
}

const IGNORED: ReadonlySet<FaultKind> = new Set<IgnoredKind>(["disabledFamily", "ignoredSwitch", "externalIpam"]);

export function isRefusal({ kind }: EngineFault): boolean {
  return !IGNORED.has(kind);
}
