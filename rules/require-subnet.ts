import type { Verdict } from "../src/compose/engine/fault.js";
import type { NetworkFault } from "../src/compose/engine/network-fault.js";
import { faultsOfNetwork } from "../src/compose/engine/network-faults.js";
import { until } from "../src/compose/engine/profile.js";
import { describeEngines, includesAny, type Engines, type EngineSpan } from "../src/compose/engine/releases.js";
import type { Addressing, AutomaticCause } from "../src/compose/project/addressing.js";
import { verdictOnOpenSubnet } from "../src/compose/engine/pool-faults.js";
import type { Network } from "../src/compose/project/network.js";
import { hiddenVariables, showText } from "../src/compose/read/shown.js";
import { textOf, type Place } from "../src/kit/source.js";
import type { Family } from "../src/ipam/address.js";
import { unsafeCandidates } from "../src/ipam/docker-pools.js";
import { formatPrefix } from "../src/ipam/prefix.js";
import { RangeSet } from "../src/ipam/range-set.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import { outcomeOf } from "../src/lint/finding.js";
import { forbidding } from "../src/lint/message.js";
import { networksInFile } from "../src/workspace/networks-in-file.js";
import { flag, oneOf, someOf, type OptionsOf } from "../src/lint/options.js";
import type { ForbiddenRange } from "../src/policy/policy.js";
import { automaticPools } from "../src/remedy/automatic-pools.js";
import { enginesRunning, happensOn } from "../src/remedy/engines.js";
import { pinOf, unpinnable, type OpenChoice, type Pin } from "../src/remedy/pin.js";
import { exceptionToThat, nameRange, noSubnetProposed, showPlace, whenItCounts } from "../src/remedy/wording.js";
import { faultsOf } from "../src/workspace/scoped-policy.js";
import type { ProjectView } from "../src/workspace/view.js";

const OPTIONS = {
  when: oneOf(["always", "unsafe"], "`unsafe` reports only networks that Docker could put on a forbidden range."),
  families: someOf(["ipv4", "ipv6"], "The address families to check."),
  checkUnused: flag(false, "Also report networks that no service joins, which Compose does not create."),
  style: oneOf(
    ["plain", "variable"],
    "`variable` writes a subnet as the default of a variable, so a host may still differ.",
  ),
};
const HEADLINES = {
  automatic: 'Network "{{network}}" has no {{family}} subnet, so Docker picks one{{cause}}',
  unsafe: forbidding('Network "{{network}}" has no {{family}} subnet, so Docker picks one{{cause}}'),
  unset: 'The subnet of network "{{network}}" {{outcome}} when {{variables}} not set',
} as const;
const SUGGESTIONS = {
  pin: 'Pin network "{{network}}" to {{subnet}}.',
  requireVariable: "Stop with an error when {{variable}} is not set.",
} as const;

type Options = OptionsOf<typeof OPTIONS>;
type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const requireSubnet = defineRule({
  name: "require-subnet",
  type: "problem",
  docs: { description: "Require a subnet for every network that Compose creates", recommended: "recommended" },
  options: OPTIONS,
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  fixable: true,
  check({ view, options, report }) {
    for (const network of networksInFile(view)) {
      const { key, existence } = network;
      const isLookedAt = existence.kind === "created" || (existence.kind === "unused" && options.checkUnused);
      if (!isLookedAt || view.exceptionFor(key, undefined)) continue;
      for (const family of options.families) {
        const automatic = leftToDocker(view, network, family === "ipv4" ? 4 : 6, network[family], options);
        if (automatic) report(automatic);
      }
      if (options.when === "unsafe") continue;
      // One text may keep both families from being known, and is reported once.
      const [unset] = options.families.flatMap((family) => unsetVariablesOf(network[family]));
      if (unset) report(withoutValue(view, network, unset));
    }
  },
});

function leftToDocker(
  view: ProjectView,
  network: Network,
  family: Family,
  addressing: Addressing,
  { when, style }: Options,
): Report | undefined {
  if (addressing.mode !== "automatic") return undefined;
  const at = placeOf(network, addressing.cause);
  // Of a project with many files each is looked at, and a pin takes a while to put together.
  if (at.source !== view.file.source) return undefined;
  const { hit, planned, consequence } = riskOf(view, network, family);
  const asked = addressesAskedFor(network, family);
  if (asked.length === 0 && (planned || (when === "unsafe" && !hit))) return undefined;
  const pin = pinOf(view, network, family, style);
  const obstacle = view.poolsDeclared ? unpinnable(view, style) : undefined;
  const older = refusedBefore(view, network, addressing.cause);
  const cause = describeCause(network, family, addressing.cause) + describeOlder(older) + describeAsked(asked);
  return {
    at,
    // A network that is left to Docker is as bad where the range only warns: the next one may not.
    ...(hit ? { says: "unsafe", forbidden: hit, severity: "of the rule" } : { says: "automatic" }),
    about: { network: network.key, family: family === 4 ? "IPv4" : "IPv6", cause },
    outcome: asked.length > 0 ? outcomeOf(REFUSED_ADDRESSES) : older ? outcomeOf(older) : "automatic",
    consequence,
    advice: advise(view, { network, family }, pin, obstacle),
    ...exceptionToThat(view.project),
    fix: obstacle ? undefined : fixFor(network, pin),
    suggestions: faultsOf(view.reading).length > 0 ? [] : suggestPin(network, pin),
  };
}

/** Later ones take such an address where Docker happens to choose the right subnet. */
const REFUSED_ADDRESSES: Verdict = { effect: "refused", phase: "start", engines: until("addressesOnAutomatic") };

/** What newer engines fill in, and older ones refuse, where any of those run the file. */
function refusedBefore(view: ProjectView, network: Network, cause: AutomaticCause): NetworkFault | undefined {
  if (cause.kind !== "empty pool" && cause.kind !== "unspecified subnet") return undefined;
  const isMeant = happensOn(enginesRunning(view));
  return faultsOfNetwork(network, true).find(
    (fault) => fault.at === cause.place && fault.effect === "refused" && isMeant(fault),
  );
}

function withoutValue(view: ProjectView, network: Network, { names, place }: UnsetVariables): Report {
  const text = textWithoutVariables(network, place);
  const verdict = verdictOnOpenSubnet(text);
  const span = enginesRunning(view);
  const variables = names.map((name) => `$${name}`).join(" and ");
  const required = names.map((name) => `\${${name}:?…}`).join(" and ");
  return {
    at: place,
    says: "unset",
    about: {
      network: network.key,
      outcome: text === undefined ? "is not a valid one" : text === "" ? "is empty" : `comes to "${text}"`,
      variables: `${variables} ${names.length === 1 ? "is" : "are"}`,
    },
    outcome: includesAny(verdict.engines, span) ? outcomeOf(verdict) : "automatic",
    consequence: consequenceOf(verdict.engines, span),
    advice: `Write ${required} to stop with an error, or add a default after ":-".`,
    suggestions: suggestRequired(place),
  };
}

/** What becomes of it on the engines that run the file. */
function consequenceOf({ before }: Engines, span: EngineSpan): string {
  if (before === undefined) return "the engine refuses it";
  const chosen = "Docker picks a subnet and reports nothing";
  if (!includesAny({ before }, span)) return chosen;
  const refused = `engines before ${before} refuse it`;
  return includesAny({ from: before }, span) ? `${refused}; from ${before} on, ${chosen}` : refused;
}

interface UnsetVariables {
  readonly names: readonly string[];
  /** Of the whole text that they stand in. */
  readonly place: Place;
}

/** The variables without a value that keep an addressing from being known: none or one set of them. */
function unsetVariablesOf(addressing: Addressing): UnsetVariables[] {
  if (addressing.mode !== "unknown" || addressing.because.reason !== "unset variable" || !addressing.place) return [];
  return [{ names: addressing.because.names, place: addressing.place }];
}

/**
 * What a subnet comes to once Compose has put nothing in the place of its variables.
 *
 * @returns undefined where other variables have a value, which may be a secret.
 */
function textWithoutVariables({ pools }: Network, place: Place): string | undefined {
  for (const { subnet } of pools) {
    if (subnet.kind !== "unknown" || subnet.at !== place) continue;
    const { written } = subnet;
    if (written.kind !== "scalar" || written.interpolation?.kind !== "text") continue;
    return hiddenVariables(written).length > 0 ? undefined : written.interpolation.text;
  }
  return "";
}

function suggestRequired({ source, span }: Place) {
  const written = source.text.slice(...span);
  const [, quote = "", braced, bare] = /^(["']?)\$(?:\{(\w+)\}|(\w+))\1$/.exec(written) ?? [];
  const name = braced ?? bare;
  if (name === undefined) return [];
  // Inside the braces of a flow map, a text with braces of its own must be quoted.
  const marks = quote === "" && bare !== undefined ? `"` : quote;
  const text = `${marks}\${${name}:?set it to a subnet}${marks}`;
  return [{ does: "requireVariable", about: { variable: `$${name}` }, edits: [{ span, text }] } as const];
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, "$2");
}

function placeOf(network: Network, cause: AutomaticCause): Place {
  return cause.kind === "empty pool" || cause.kind === "unspecified subnet" ? cause.place : network.place;
}

function describeCause(network: Network, family: Family, cause: AutomaticCause): string {
  switch (cause.kind) {
    case "no pool":
      return network.implicit ? " (it is implicit: no line declares it)" : "";
    case "empty pool":
      return " (its pool is empty)";
    case "unspecified subnet":
      return ` (${unquoted(textOf(cause.place))} only gives its size)`;
    case "other family":
      return family === 4 ? " (it has only IPv6 subnets)" : " (it has only IPv4 subnets)";
  }
}

/** Static addresses that no subnet can have. */
function addressesAskedFor({ attachments }: Network, family: Family): readonly string[] {
  const asked = attachments.flatMap(({ addresses }) =>
    addresses.flatMap(({ family: own, service, address }) =>
      own === family && address.kind === "known" ? [`${showText(address)} of service "${service}"`] : [],
    ),
  );
  return [...new Set(asked)];
}

const MOST_ADDRESSES = 4;

function describeAsked(asked: readonly string[]): string {
  if (asked.length === 0) return "";
  const more = asked.length - MOST_ADDRESSES;
  const shown = more > 0 ? [...asked.slice(0, MOST_ADDRESSES), `${more} more`] : asked;
  return `; no subnet contains ${[shown.slice(0, -1).join(", "), ...shown.slice(-1)].filter(Boolean).join(" and ")}`;
}

function describeOlder(fault: NetworkFault | undefined): string {
  if (!fault) return "";
  return ` (${describeEngines(fault.engines)} ${fault.phase === "start" ? "starts nothing on it" : "refuses it"})`;
}

interface Risk {
  readonly consequence: string;
  /** The first forbidden range that Docker may hit. */
  readonly hit?: ForbiddenRange;
  /** The daemons' own pools were declared, and none of their subnets is forbidden: that is a plan too. */
  readonly planned: boolean;
}

/** What may happen when Docker chooses. */
function riskOf(view: ProjectView, network: Network, family: Family): Risk {
  const scoped = view.reading.kind === "policy" ? view.reading.scoped : undefined;
  const { declared, pools: ofBothFamilies } = automaticPools(view, network);
  const pools = ofBothFamilies.filter(({ base }) => base.address.family === family);
  if (pools.length === 0) {
    const older = until("ownIpv6Pools");
    // Where nobody says which engines run the file, an older one may.
    const isRefused = scoped?.policy.docker.engines === undefined || includesAny(older, enginesRunning(view));
    const refused = isRefused ? `, and engines before ${older.before ?? ""} refuse the network` : "";
    return { consequence: `each host generates its own range${refused}`, planned: false };
  }
  const { total, unsafe, first } = unsafeCandidates(pools, scoped?.enforced ?? NOTHING_FORBIDDEN);
  if (!first) {
    const isKnown = scoped !== undefined && faultsOf(view.reading).length === 0;
    const consequence = `it may pick another of ${total} subnets on each host and after each "down"${isKnown ? "" : ", even if the range is in use elsewhere"}`;
    return { consequence, planned: declared !== undefined };
  }
  const candidates = `${unsafe} of the ${total} subnets that it picks from ${unsafe === 1n ? "overlaps" : "overlap"} a forbidden range`;
  const consequence = `${candidates}, first ${formatPrefix(first.candidate)} with ${nameRange(first.hit)}, whose hosts then become unreachable${network.reach === "host" ? "" : " for its containers"}`;
  return { consequence, hit: first.hit, planned: false };
}

const NOTHING_FORBIDDEN = new RangeSet<ForbiddenRange>([]);

function advise(view: ProjectView, { network }: OpenChoice, pin: Pin, obstacle: OpenChoice | undefined): string {
  const [fault] = faultsOf(view.reading);
  if (fault) return noSubnetProposed(fault, view);
  if (pin.kind === "at odds") return `Not pinned automatically: ${pin.because}.`;
  if (pin.kind === "full") return `No subnet is free for it: ${pin.reason}.`;
  if (pin.kind === "obstructed") {
    const { because, place } = pin.obstacle;
    return `Not pinned automatically: ${because} (${showPlace(place, view)}); ${pin.subnet} is free.`;
  }
  const where = pin.writtenAt ? `, which it has in ${showPlace(pin.writtenAt, view)}` : "";
  const scoped = view.reading.kind === "policy" ? view.reading.scoped : undefined;
  if (scoped && !scoped.hasId && (pin.writtenAt || scoped.policy.pools.length > 0)) {
    return `Pin it to ${pin.subnet}${where}. --fix writes it if the forbidden-ranges file of this repository has an "id", or with --id NAME: the pools are shared with other repositories.`;
  }
  if (pin.writtenAt && !obstacle) return `Pin it to ${pin.subnet}${where}.`;
  if (!view.poolsDeclared) {
    return `Give it a subnet that nothing else uses. With "pools" in forbidden-ranges.yaml, --fix adds one: run compose-networks init.`;
  }
  if (!pin.isPooled) {
    return `Pin it to ${pin.subnet}, which contains its static addresses. It is in no pool, so --fix does not write it.`;
  }
  if (obstacle) {
    return `Not pinned automatically: network "${obstacle.network.key}" can't be pinned too and might then get the same range; ${pin.subnet} is free.`;
  }
  if (network.existence.kind !== "created") return `Pin it to ${pin.subnet}.`;
  return `${network.implicit ? "Declare it with the subnet" : "Pin it to"} ${pin.subnet}; ${whenItCounts(view.project)}.`;
}

/** Nothing is invented: only what a declared pool has is written without being asked. */
function fixFor({ existence }: Network, pin: Pin) {
  return existence.kind === "created" && pin.kind === "writable" && pin.isPooled ? pin.edits : undefined;
}

function suggestPin({ key }: Network, pin: Pin) {
  if (pin.kind !== "writable") return [];
  return [{ does: "pin", about: { network: key, subnet: pin.subnet }, edits: pin.edits } as const];
}
