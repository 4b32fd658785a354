import type { NetworkFaultKind } from "../../../src/compose/engine/network-fault.js";
import type { StaticAddressFaultKind } from "../../../src/compose/engine/static-address-fault.js";
import type { Answer } from "./ask.js";

export type Verdict =
  | { readonly kind: "agreement" }
  /** An old engine stumbles over what it does not look at: it refuses such a network by chance, and we say nothing. */
  | { readonly kind: "stumble"; readonly message: string }
  /** The engine refuses what we have nothing against. */
  | { readonly kind: "miss"; readonly message: string }
  /** The engine takes what we call refused. */
  | { readonly kind: "false alarm"; readonly kinds: readonly Kind[] }
  /** Both refuse it, for different reasons. */
  | { readonly kind: "other reason"; readonly message: string; readonly kinds: readonly Kind[] };

type Kind = NetworkFaultKind | StaticAddressFaultKind;

/** How engines put into words what we call by one name. */
const REASONS: Readonly<Partial<Record<Kind, RegExp>>> = {
  malformed: /invalid IPv[46] address/,
  automatic: /networks with user configured subnets/,
  disabled: /networks with user configured subnets/,
  malformedSubnet: /invalid subnet .*(?:notation|invalid CIDR)|netip.ParsePrefix/i,
  malformedRange: /invalid ip-range .*notation|Invalid Address SubPool/,
  malformedAddress:
    /invalid (?:gateway|auxiliary address) .*: invalid address|invalid gateway address|non parsable|ParseAddr|%eth0: parent/,
  hostBits: /it should be/,
  missingSubnet: /invalid subnet *:|parent subnet invalid Prefix/i,
  emptyPool: /invalid subnet *:/i,
  unusableSubnet: /pool is empty|overlaps|cannot assign|clash|multicast|file exists/,
  otherFamily: /parent subnet is an IPv|out of range|must belong/,
  outside: /doesn't contain|out of range|must belong|no configured subnet|does not belong/i,
  rangeTooLarge: /is bigger than its parent subnet/,
  reserved: /Address already in use|no available addresses/i,
  taken: /Address already in use|no available addresses/i,
  noRoom: /no available addresses/i,
  severalSubnets: /doesn't support multiple subnets/,
  overlappingPools: /Pool overlaps/,
  unusableDriver: /only one instance|not found|pool is empty|null ipam driver/,
  // Compose finds it before the engine is asked.
  predefinedName: /not permitted on predefined|found but has incorrect label/,
  noFamily: /IPv4 or IPv6 must be enabled/,
  noIpv6Pool: /could not find an available, non-overlapping IPv6 address pool/,
};

/**
 * Engines before 25 do not look into an `ip_range`, and those before 27 can't count to the last address of a /64. What
 * comes of it hangs on the other numbers.
 */
const STUMBLES = /failed to compute range's lowest ip address|invalid bit range|bit does not belong/;

/**
 * Holds what we say against what an engine did.
 *
 * An engine names the first fault that it meets, or all of one step. So each of ours is a candidate.
 */
export function judge(kinds: readonly Kind[], answer: Answer): Verdict {
  // The kernel lacks the driver: all that has to do with addresses went well before.
  const created = answer.kind === "created" || /operation not supported/.test(answer.message);
  if (created) return kinds.length === 0 ? { kind: "agreement" } : { kind: "false alarm", kinds };
  const { message } = answer;
  if (STUMBLES.test(message)) return { kind: "stumble", message };
  if (kinds.length === 0) return { kind: "miss", message };
  return kinds.some((kind) => REASONS[kind]?.test(message) === true)
    ? { kind: "agreement" }
    : { kind: "other reason", message, kinds };
}
