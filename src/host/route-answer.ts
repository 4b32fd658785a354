import { formatAddress, type Address } from "../ipam/address.js";
import { containsAddress, formatPrefix, rangeOf } from "../ipam/prefix.js";
import { cureOf } from "./cure.js";
import type { Diagnosis } from "./diagnose.js";
import { nameOf } from "./engine-networks.js";
import type { CureStep } from "./findings/finding.js";
import { capital, describeForbidden, describeRoute, originOf, subnetsOf } from "./findings/words.js";
import type { Decision } from "./routes.js";
import type { Rule } from "./snapshot.js";
import { leadsTo } from "./takeovers.js";

/** Which way a reply to an address takes. */
export interface RouteAnswer {
  readonly address: string;
  /** Whole sentences. */
  readonly sentences: readonly string[];
  /** The route and its rule, for machines. */
  readonly route: string | undefined;
  readonly table: string | undefined;
  readonly priority: number | undefined;
  readonly device: string | undefined;
  readonly network: string | undefined;
  /** A Docker network has the address, and other hosts lose it. */
  readonly isTaken: boolean;
  readonly cure: readonly CureStep[];
}

export function answerFor(address: Address, diagnosis: Diagnosis): RouteAnswer {
  const { routing, networks, isDockers, snapshot, forbiddenIn } = diagnosis;
  const decision = decide(address, diagnosis);
  const { route, rule } = decision;
  const shown = formatAddress(address);
  const device = route?.hops[0]?.device;
  const network = networks.find(
    (each) => each.device !== undefined && route !== undefined && leadsTo(route, each.device),
  );
  const covering = networks.find(({ subnets }) => subnets.some((subnet) => containsAddress(subnet, address)));
  const hit = forbiddenIn?.(rangeOf({ address, length: address.family === 4 ? 32 : 128 }));
  const owner = network ?? (isApart(diagnosis) ? covering : undefined);
  const isOwn = route?.type === "local";
  const others = owner
    ? routing.routeOf({ to: address, without: ({ hops }) => hops.some((hop) => isDockers(hop.device)) }).route
    : undefined;
  return {
    address: shown,
    sentences: [
      verdictOf(shown, decision),
      ...(rule ? [`Rule ${rule.priority} (${describeRule(rule)}) decides.`] : []),
      ...(owner && !isOwn
        ? [`${capital(nameOf(owner))} (${subnetsOf(owner)}) has that address.`, ...originOf(owner)]
        : []),
      ...(owner && isApart(diagnosis) && !network ? ["Containers lose the host there; this computer does not."] : []),
      ...(others && !isOwn ? [`Without the network, a reply takes the route ${describeRoute(others)}.`] : []),
      ...(hit ? [`The address lies in the forbidden range ${describeForbidden(hit)}.`] : []),
    ],
    route: route && formatPrefix(route.to),
    table: route?.table,
    priority: rule?.priority,
    device,
    network: owner?.known?.name ?? owner?.device,
    isTaken: owner !== undefined && !isOwn,
    cure: owner && !isOwn ? cureOf(owner, snapshot.engine?.containers ?? []) : [],
  };
}

/** As `connect` does: the first answer decides the source, and rules for that source may change the answer. */
function decide(to: Address, { routing, snapshot }: Diagnosis): Decision {
  const first = routing.routeOf({ to });
  if (!first.route || !snapshot.rules?.some(({ from }) => from !== undefined)) return first;
  const device = first.route.hops[0]?.device;
  const own = snapshot.addresses.find(
    ({ device: name, address }) => name === device && address.address.family === to.family,
  );
  return routing.routeOf({ to, from: first.route.source ?? own?.address.address });
}

function isApart({ snapshot }: Diagnosis): boolean {
  return snapshot.engine !== undefined && snapshot.engine.runs !== "here";
}

function verdictOf(address: string, { route, rule }: Decision): string {
  if (!route) {
    return rule ? `A reply to ${address} is refused by a rule.` : `No route leads to ${address}.`;
  }
  switch (route.type) {
    case "local":
      return `${address} is an address of this host.`;
    case "blackhole":
    case "unreachable":
    case "prohibit":
      return `A reply to ${address} is dropped by the route ${describeRoute(route)}.`;
    default:
      return `A reply to ${address} takes the route ${describeRoute(route)}.`;
  }
}

function describeRule({ from, to, isInverted, action, mark }: Rule): string {
  const parts = [
    isInverted ? "not" : "",
    from ? `from ${formatPrefix(from)}` : "from all",
    to ? `to ${formatPrefix(to)}` : "",
    mark ? `fwmark 0x${mark.value.toString(16)}` : "",
    action.kind === "table" ? `lookup ${action.table}` : action.kind,
  ];
  return parts.filter((part) => part !== "").join(" ");
}
