import type { Boundaries } from "../takeovers.js";
import type { HostNetwork } from "../engine-networks.js";
import type { NextPick } from "../next-pick.js";
import type { Routing } from "../routes.js";
import type { Snapshot } from "../snapshot.js";
import type { Address, AddressRange } from "../../ipam/address.js";

export type FindingKind =
  | "shadowed-route"
  | "shadowed-network"
  | "container-route"
  | "session"
  | "connections"
  | "forbidden"
  | "next-pick"
  | "inside-network"
  | "pools-used-up"
  | "left-over"
  | "drift"
  | "daemon-not-in-force"
  | "pools-misread";

export interface HostFinding {
  readonly kind: FindingKind;
  /** A note is worth knowing, and no reason to fail. */
  readonly severity: "error" | "warning" | "note";
  /** What is wrong, as a clause that begins with a capital letter. */
  readonly headline: string;
  /** Why, and what breaks: whole sentences. */
  readonly details: readonly string[];
  /** The network that it is about, as the engine calls it, or its bridge. */
  readonly network: string | undefined;
  /** The addresses that it is about: a block, a range or an address. */
  readonly addresses: string | undefined;
  readonly cure: readonly CureStep[];
}

/** A step that can be typed. */
export interface CureStep {
  /** Names in it are quoted for the shell. Undefined where no command does it. */
  readonly command: string | undefined;
  /** What it does, and what it stops: a sentence without its full stop. */
  readonly effect: string;
}

/** A forbidden range, as the findings need to know it. */
export interface ForbiddenOnHost {
  readonly name: string | undefined;
  readonly written: string;
  /** `forbidden-ranges.yaml:5:5`. */
  readonly place: string;
}

/** All that a finding is made from. */
export interface HostCase {
  readonly snapshot: Snapshot;
  readonly networks: readonly HostNetwork[];
  /** The networks whose subnets hold an address. */
  readonly networksAt: (address: Address) => readonly HostNetwork[];
  /** The interface that an address of the host itself is on. */
  readonly deviceOf: (own: Address) => string | undefined;
  /** Whether an interface is one of Docker's bridges. */
  readonly isDockers: (device: string | undefined) => boolean;
  readonly routing: Routing;
  readonly boundaries: Boundaries;
  readonly next: NextPick | undefined;
  /** The first forbidden range that shares an address with a range. Undefined without a policy file. */
  readonly forbiddenIn: ForbiddenIn | undefined;
}

export type ForbiddenIn = (range: AddressRange) => ForbiddenOnHost | undefined;

export const NO_CURE: Pick<HostFinding, "cure" | "network" | "addresses"> = {
  cure: [],
  network: undefined,
  addresses: undefined,
};
