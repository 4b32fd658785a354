import { formatAddress } from "../../ipam/address.js";
import { containsAddress, formatPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangesOverlap } from "../../ipam/range.js";
import type { CureStep, HostCase, HostFinding } from "./finding.js";
import { describeDevice, describeForbidden, describeRoute, list } from "./words.js";

interface Danger {
  readonly pick: Prefix;
  readonly isSession: boolean;
  /** What the network would take: a clause. */
  readonly what: string;
  /** Why Docker picks it all the same: a sentence. */
  readonly why: string;
}

const ONLY_ON_LINK =
  "Docker avoids the name servers and the on-link routes of the main table, and sees no other route.";

/** What the next `up` would take, where Docker picks the subnet. */
export function nextPicks(host: HostCase): HostFinding[] {
  const { next, snapshot } = host;
  if (!next || next.picks.length === 0) return [];
  const dangers = next.picks.flatMap((pick) => dangerOf(pick, host) ?? []);
  const [first] = dangers;
  if (!first) return [];
  const isCertain = next.order === "lowest";
  const session = dangers.find(({ isSession }) => isSession);
  const worst = session ?? first;
  const verb = isCertain ? "picks" : "may pick";
  const others = dangers.filter((danger) => danger !== worst);
  return [
    {
      kind: session ? "session" : "next-pick",
      severity: "warning",
      headline: `Docker ${verb} ${formatPrefix(worst.pick)} for the next network, and ${worst.what}`,
      details: [
        ...(worst.why === "" ? [] : [worst.why]),
        ...(isCertain
          ? []
          : [
              `Docker ${snapshot.engine?.release ?? ""} goes on from where it was: it may be any of the ${next.free.length} that are free.`,
            ]),
        ...(others.length > 0 ? [`The same is true of ${list(others.map(({ pick }) => formatPrefix(pick)))}.`] : []),
      ],
      network: undefined,
      addresses: formatPrefix(worst.pick),
      cure: CURE,
    },
  ];
}

const CURE: readonly CureStep[] = [
  { command: "compose-networks init", effect: "declares a pool of your own, in the folder of your compose files" },
  { command: "compose-networks --fix", effect: "gives each network of your compose files a subnet from it" },
];

function dangerOf(pick: Prefix, { snapshot, forbiddenIn, isDockers }: HostCase): Danger | undefined {
  const range = rangeOf(pick);
  const isHere = snapshot.engine?.runs === "here";
  const peer = isHere ? snapshot.peers.find(({ address }) => containsAddress(pick, address)) : undefined;
  const session = snapshot.peers.find(({ address, isSession }) => isSession && containsAddress(pick, address));
  if (isHere && session) {
    const shown = formatAddress(session.address);
    return { pick, isSession: true, what: `your SSH session comes from ${shown}: it would hang`, why: ONLY_ON_LINK };
  }
  const hit = forbiddenIn?.(range);
  if (hit)
    return { pick, isSession: false, what: `it overlaps the forbidden range ${describeForbidden(hit)}`, why: "" };
  const route = snapshot.routes.find(
    ({ type, to, hops, table }) =>
      type === "unicast" &&
      table !== "local" &&
      to.length > 1 &&
      !hops.some(({ device }) => isDockers(device)) &&
      rangesOverlap(rangeOf(to), range),
  );
  if (route) {
    return {
      pick,
      isSession: false,
      what: `it overlaps the route ${describeRoute(route)}`,
      why: isHere ? ONLY_ON_LINK : IN_ANOTHER_PLACE,
    };
  }
  const own = snapshot.addresses.find(
    ({ address, device }) => containsAddress(pick, address.address) && !isDockers(device),
  );
  if (own) {
    const shown = `${formatAddress(own.address.address)} on ${describeDevice(own.device)}`;
    const why = own.isUp ? "" : "The interface is down, so it has no route that Docker sees.";
    return { pick, isSession: false, what: `this host's own address ${shown} lies in it`, why };
  }
  if (peer) {
    return {
      pick,
      isSession: false,
      what: `an open connection leads to ${formatAddress(peer.address)}: it would hang`,
      why: ONLY_ON_LINK,
    };
  }
  return undefined;
}

const IN_ANOTHER_PLACE = "The engine runs apart from this host, and does not see its routes.";
