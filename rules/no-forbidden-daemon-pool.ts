import { compareAddresses } from "../src/ipam/address.js";
import { textOf } from "../src/kit/source.js";
import { unsafeCandidates } from "../src/ipam/docker-pools.js";
import { containsPrefix, formatPrefix, rangeOf } from "../src/ipam/prefix.js";
import type { RangeSet } from "../src/ipam/range-set.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import { advising, forbidding } from "../src/lint/message.js";
import { readDaemonFile, type DaemonFault, type DaemonNetwork, type DaemonPool } from "../src/daemon/daemon-file.js";
import type { ForbiddenRange } from "../src/policy/policy.js";
import { hitOf, relationOf } from "../src/remedy/hit.js";
import { UNREADABLE_POLICY, unreadablePolicy } from "../src/lint/unreadable-policy.js";
import { nameRange, showHosts } from "../src/remedy/wording.js";

const HEADLINES = {
  forbiddenPool: forbidding(
    "{{candidates}} that Docker picks from {{pool}} {{relation}} a forbidden range, first {{subnet}} with {{range}}",
  ),
  forbiddenNetwork: forbidding('{{subnet}} of "{{key}}" {{relation}} the forbidden range {{range}}'),
  refused: advising("The Docker daemon does not start with this file: {{what}}"),
  withoutEffect: advising("Docker does not do what this says: {{what}}"),
  unreadablePolicy: UNREADABLE_POLICY,
} as const;
const SUGGESTIONS = { mend: "Write {{text}}." } as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const noForbiddenDaemonPool = defineRule({
  name: "no-forbidden-daemon-pool",
  type: "problem",
  docs: {
    description: "Disallow address pools in daemon.json that overlap a forbidden range or that the daemon misreads",
    recommended: "recommended",
  },
  files: "daemon configuration",
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  check({ view, report }) {
    const { pools, networks, faults } = readDaemonFile(view.file.source);
    for (const fault of faults) report(misread(fault));
    const unreadable = unreadablePolicy(view);
    if (unreadable && pools.length + networks.length > 0) report(unreadable);
    if (view.reading.kind !== "policy") return;
    const { enforced } = view.reading.scoped;
    for (const pool of pools) {
      const found = forbiddenPool(pool, pools, enforced);
      if (found && !view.exceptionFor("default-address-pools", pool.base)) report(found);
    }
    for (const network of networks) {
      const found = isPart(network, networks) ? undefined : forbiddenNetwork(network, enforced);
      if (found && !view.exceptionFor(network.key, network.prefix)) report(found);
    }
  },
});

function misread({ kind, place, what, advice, mended: text }: DaemonFault): Report {
  return {
    at: place,
    ...(kind === "refused"
      ? { says: "refused", outcome: { refusedBy: "engine", phase: "boot" } }
      : { says: "withoutEffect", outcome: "ignored" }),
    about: { what },
    advice,
    suggestions: text === undefined ? [] : [{ does: "mend", about: { text }, edits: [{ span: place.span, text }] }],
  };
}

function forbiddenPool(
  pool: DaemonPool,
  pools: readonly DaemonPool[],
  enforced: RangeSet<ForbiddenRange>,
): Report | undefined {
  const { total, unsafe, first } = unsafeCandidates([pool], enforced);
  if (!first) return undefined;
  return {
    at: pool.place,
    says: "forbiddenPool",
    about: {
      candidates: total === 1n ? "The one subnet" : `${unsafe} of the ${total} subnets`,
      relation: unsafe === 1n ? "overlaps" : "overlap",
      pool: formatPrefix(pool.base),
      subnet: formatPrefix(first.candidate),
      range: nameRange(first.hit),
    },
    outcome: "unreachable",
    consequence: `hosts there become unreachable from this machine once a network gets it${orderOf(pool, pools)}`,
    forbidden: first.hit,
    advice: "Choose a base that nothing else uses.",
  };
}

function forbiddenNetwork(
  { key, prefix, place }: DaemonNetwork,
  enforced: RangeSet<ForbiddenRange>,
): Report | undefined {
  const hit = hitOf(enforced, rangeOf(prefix));
  if (!hit) return undefined;
  const relation = relationOf(hit, rangeOf(prefix));
  return {
    at: place,
    says: "forbiddenNetwork",
    about: { key, subnet: formatPrefix(prefix), relation, range: nameRange(hit.forbidden) },
    outcome: "unreachable",
    consequence: `${showHosts(hit.shared)} can't be reached from this machine while Docker runs`,
    forbidden: hit.forbidden,
    advice: "Choose a network for docker0 that nothing else uses.",
  };
}

/** A part of docker0's network that containers get is reported with that network. */
function isPart({ key, prefix }: DaemonNetwork, networks: readonly DaemonNetwork[]): boolean {
  return (
    key.startsWith("fixed-cidr") && networks.some((other) => other.key !== key && containsPrefix(other.prefix, prefix))
  );
}

/** Where somebody counts on the order of the list, it must be said that engines no longer do. */
function orderOf(pool: DaemonPool, pools: readonly DaemonPool[]): string {
  const before = pools
    .slice(0, pools.indexOf(pool))
    .find(({ base }) => compareAddresses(base.address, pool.base.address) > 0);
  return before
    ? `, and Docker 27 and later take the lowest base first, so this one before ${textOf(before.place)}`
    : "";
}
