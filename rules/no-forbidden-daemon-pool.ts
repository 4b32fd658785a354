import { textOf } from "../src/compose/source.js";
import { unsafeCandidates } from "../src/ipam/docker-pools.js";
import { containsPrefix, formatPrefix, rangeOf } from "../src/ipam/prefix.js";
import { compareAddresses } from "../src/ipam/address.js";
import { readDaemonFile, type DaemonFault, type DaemonNetwork, type DaemonPool } from "../src/policy/daemon-file.js";
import { createRule } from "../src/rule/create-rule.js";
import { hitOf, relationOf } from "../src/rule/hits.js";
import { UNREADABLE_POLICY_MESSAGE, unreadablePolicy } from "../src/rule/unreadable-policy.js";
import { nameRange, originOfRange, placesOfRange, showHosts } from "../src/rule/wording.js";

type MessageId = "forbiddenPool" | "forbiddenNetwork" | "refused" | "withoutEffect" | "unreadablePolicy" | "mend";

export const noForbiddenDaemonPool = createRule<object, MessageId>({
  name: "no-forbidden-daemon-pool",
  files: "daemon configuration",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow address pools in daemon.json that overlap a forbidden range or that the daemon misreads",
      recommended: "recommended",
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      forbiddenPool:
        "{{candidates}} that Docker takes from {{pool}} {{relation}} a forbidden range, first {{subnet}} with {{range}}: {{consequence}} (forbidden in {{origin}}). {{advice}}",
      forbiddenNetwork:
        '{{subnet}} of "{{key}}" {{relation}} the forbidden range {{range}}: {{consequence}} (forbidden in {{origin}}). {{advice}}',
      refused: "The Docker daemon does not start with this file: {{what}}. {{advice}}",
      withoutEffect: "Docker does not do what this says: {{what}}. {{advice}}",
      unreadablePolicy: UNREADABLE_POLICY_MESSAGE,
      mend: "Write {{text}}.",
    },
  },
  create({ view, report }) {
    const { reading } = view;
    const { pools, networks, faults } = readDaemonFile(view.file.source);

    function reportFault({ kind, place, what, advice, mended }: DaemonFault): void {
      report({
        at: place,
        messageId: kind === "refused" ? "refused" : "withoutEffect",
        values: { what, advice },
        suggest:
          mended === undefined
            ? []
            : [{ messageId: "mend", values: { text: mended }, edits: [{ span: place.span, text: mended }] }],
      });
    }

    function checkPool(pool: DaemonPool): void {
      if (reading.kind !== "policy" || view.exceptionFor("default-address-pools", pool.base)) return;
      const { total, unsafe, first } = unsafeCandidates([pool], reading.scoped.enforced);
      if (!first) return;
      const { hit, candidate } = first;
      report({
        at: pool.place,
        messageId: "forbiddenPool",
        values: {
          candidates: total === 1n ? "The one subnet" : `${unsafe} of the ${total} subnets`,
          relation: unsafe === 1n ? "overlaps" : "overlap",
          pool: formatPrefix(pool.base),
          subnet: formatPrefix(candidate),
          range: nameRange(hit),
          origin: originOfRange(hit, view),
          consequence: `hosts there become unreachable from this machine once a network gets it${orderOf(pool, pools)}`,
          advice: "Choose a base that nobody reaches through this host.",
        },
        related: placesOfRange(hit),
        severity: hit.severity === "warn" ? "warn" : undefined,
      });
    }

    function checkNetwork({ key, prefix, place }: DaemonNetwork): void {
      if (reading.kind !== "policy" || view.exceptionFor(key, prefix)) return;
      const hit = hitOf(reading.scoped.enforced, rangeOf(prefix));
      if (!hit) return;
      report({
        at: place,
        messageId: "forbiddenNetwork",
        values: {
          key,
          subnet: formatPrefix(prefix),
          relation: relationOf(hit, rangeOf(prefix)),
          range: nameRange(hit.forbidden),
          origin: originOfRange(hit.forbidden, view),
          consequence: `${showHosts(hit.shared)} can't be reached from this machine while Docker runs`,
          advice: "Choose a network for docker0 that nobody reaches through this host.",
        },
        related: placesOfRange(hit.forbidden),
        severity: hit.forbidden.severity === "warn" ? "warn" : undefined,
      });
    }

    return {
      ComposeFile() {
        faults.forEach(reportFault);
        const unreadable = pools.length + networks.length > 0 ? unreadablePolicy(view) : undefined;
        if (unreadable) report(unreadable);
        pools.forEach(checkPool);
        networks.filter((network) => !isPart(network, networks)).forEach(checkNetwork);
      },
    };
  },
});

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
