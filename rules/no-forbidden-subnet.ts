import type { ExplicitSubnet } from "../src/compose/addressing.js";
import { explicitSubnets, type Network } from "../src/compose/network.js";
import type { Place } from "../src/compose/source.js";
import { readText } from "../src/compose/text.js";
import { asMap, asScalar, child, type Value } from "../src/compose/value.js";
import { parseAddress } from "../src/ipam/address.js";
import { bitsOf, parsePrefix, rangeOf, type Prefix } from "../src/ipam/prefix.js";
import { rangesOverlap } from "../src/ipam/range.js";
import { createRule, type Report } from "../src/rule/create-rule.js";
import { hitOf, relationOf, type Hit } from "../src/rule/hits.js";
import { RENUMBER_MESSAGE, renumber } from "../src/rule/renumbering.js";
import { UNREADABLE_POLICY_MESSAGE, unreadablePolicy } from "../src/rule/unreadable-policy.js";
import { exceptionToThat, nameRange, originOfRange, placesOfRange, showHosts } from "../src/rule/wording.js";
import type { ProjectView } from "../src/workspace/workspace.js";

interface Options {
  readonly lanDrivers: "ignore" | "report";
  readonly checkUnused: boolean;
  readonly renumber: boolean;
}

type MessageId = "forbiddenSubnet" | "forbiddenAddress" | "unreadablePolicy" | "renumber";

export const noForbiddenSubnet = createRule<Options, MessageId>({
  name: "no-forbidden-subnet",
  meta: {
    type: "problem",
    docs: { description: "Disallow subnets that overlap a forbidden range", recommended: "recommended" },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          lanDrivers: {
            enum: ["ignore", "report"],
            description: "What to do about macvlan, ipvlan and plugin networks, which lie on a LAN on purpose.",
          },
          checkUnused: {
            type: "boolean",
            description: "Also report networks that no service joins, which Compose does not create.",
          },
          renumber: {
            type: "boolean",
            description: "Let `--fix` renumber a network, with all that hangs on its subnet, when a pool is declared.",
          },
        },
      },
    ],
    defaultOptions: [{ lanDrivers: "ignore", checkUnused: false, renumber: false }],
    messages: {
      forbiddenSubnet:
        '{{subnet}}{{source}} of network "{{network}}" {{relation}} the forbidden range {{range}}: {{consequence}} (forbidden in {{origin}}). {{advice}}',
      forbiddenAddress:
        '{{address}} on network "{{network}}" lies in the forbidden range {{range}}: {{consequence}} (forbidden in {{origin}}). {{advice}}',
      unreadablePolicy: UNREADABLE_POLICY_MESSAGE,
      renumber: RENUMBER_MESSAGE,
    },
  },
  create({ options, view, report }) {
    const { reading } = view;
    if (reading.kind !== "policy") {
      const unreadable = unreadablePolicy(view);
      return unreadable ? { ComposeFile: () => report(unreadable) } : {};
    }
    const { enforced } = reading.scoped;
    const reports: Report<MessageId>[] = [];

    function checkSubnet(network: Network, subnet: ExplicitSubnet): void {
      const hit = hitOf(enforced, rangeOf(subnet.prefix));
      if (!hit || view.exceptionFor(network.key, subnet.prefix)) return;
      const { defaulted } = subnet.written.known ? subnet.written : { defaulted: [] };
      const renumbering = renumber(view, network, subnet);
      reports.push({
        at: subnet.written.written.place,
        messageId: "forbiddenSubnet",
        values: {
          network: network.key,
          subnet: subnet.text,
          source: defaulted.length > 0 ? `, the default of $${defaulted.join(", $")},` : "",
          ...describeHit(view, hit, network),
          relation: relationOf(hit, rangeOf(subnet.prefix)),
          advice: renumbering.advice,
          ...exceptionToThat(view.project),
        },
        related: placesOfRange(hit.forbidden),
        fix: options.renumber ? renumbering.fix : undefined,
        suggest: renumbering.suggest,
        severity: hit.forbidden.severity === "warn" ? "warn" : undefined,
      });
    }

    /** An address matters by itself only where its network's subnets are not reported already. */
    function checkAddresses(network: Network): void {
      for (const { text, role, place } of addressesOf(network)) {
        const prefix = addressAsPrefix(text);
        const hit = prefix && hitOf(enforced, rangeOf(prefix));
        if (!prefix || !hit || view.exceptionFor(network.key, prefix)) continue;
        if (explicitSubnets(network).some((subnet) => rangesOverlap(rangeOf(subnet.prefix), rangeOf(prefix)))) continue;
        reports.push({
          at: place,
          messageId: "forbiddenAddress",
          values: {
            network: network.key,
            address: `${text}, the ${role},`,
            ...describeHit(view, hit, network),
            advice: "Take an address of a subnet that is not forbidden.",
          },
          related: placesOfRange(hit.forbidden),
          severity: hit.forbidden.severity === "warn" ? "warn" : undefined,
        });
      }
    }

    return {
      ComposeFile() {
        for (const network of view.project.networks) {
          const { kind } = network.existence;
          if (kind === "external" || (kind === "unused" && !options.checkUnused)) continue;
          if (network.reach === "lan" && options.lanDrivers === "ignore") continue;
          for (const subnet of explicitSubnets(network)) checkSubnet(network, subnet);
          checkAddresses(network);
        }
        for (const each of withMovesTogether(reports)) report(each);
      },
    };
  },
});

/**
 * The first fix moves all. Each reaches from a service to its network, so that ESLint would take one a pass, and it
 * takes no more than ten.
 */
function withMovesTogether(reports: readonly Report<MessageId>[]): readonly Report<MessageId>[] {
  const first = reports.find(({ fix }) => fix);
  const edits = reports.flatMap(({ fix = [] }) => fix);
  return reports.map((each) => (each === first ? { ...each, fix: edits } : each));
}

function describeHit(view: ProjectView, { forbidden, shared, others }: Hit, { reach }: Network) {
  const hosts = showHosts(shared);
  const single = shared.first.value === shared.last.value;
  const lost = single ? `host ${hosts} becomes unreachable` : `hosts ${hosts} become unreachable`;
  const consequences: Record<Network["reach"], string> = {
    host: `${lost} from this machine while the network is up`,
    containers: `${lost} for the containers of the network`,
    lan: `the containers of the network take addresses among ${hosts}`,
  };
  return {
    range: nameRange(forbidden) + (others > 0 ? ` and ${others} more` : ""),
    origin: originOfRange(forbidden, view),
    consequence: consequences[reach],
  };
}

interface WrittenAddress {
  readonly text: string;
  /** What the network or the service uses it for. */
  readonly role: string;
  readonly place: Place;
}

/** Every address and range of a network that is not its subnet. */
function addressesOf({ pools, attachments }: Network): WrittenAddress[] {
  const inPools = pools.flatMap(({ value }) => [
    ...["ip_range", "gateway"].flatMap((field) => writtenAddress(child(value, field), field)),
    ...[...(asMap(child(value, "aux_addresses"))?.entries.values() ?? [])].flatMap((entry) =>
      writtenAddress(entry.value, `auxiliary address "${entry.key}"`),
    ),
  ]);
  const ofServices = attachments.flatMap(({ addresses }) =>
    addresses.flatMap(({ field, service, text }): WrittenAddress[] =>
      text.known ? [{ text: text.text, role: `${field} of service "${service}"`, place: text.written.place }] : [],
    ),
  );
  return [...inPools, ...ofServices];
}

function writtenAddress(value: Value | undefined, role: string): WrittenAddress[] {
  const scalar = asScalar(value);
  const text = scalar && readText(scalar);
  return text?.known === true ? [{ text: text.text, role, place: text.written.place }] : [];
}

function addressAsPrefix(text: string): Prefix | undefined {
  const prefix = parsePrefix(text);
  if (prefix.ok) return prefix.value;
  const address = parseAddress(text);
  return address.ok ? { address: address.value, length: bitsOf(address.value.family) } : undefined;
}
