import { explicitSubnets, type Network } from "../src/compose/project/network.js";
import type { Place } from "../src/kit/source.js";
import { defaultsIn, type Field } from "../src/compose/project/field.js";
import { addressKey } from "../src/compose/project/service.js";
import type { Address, Family } from "../src/ipam/address.js";
import { bitsOf, rangeOf, type Prefix } from "../src/ipam/prefix.js";
import type { RangeSet } from "../src/ipam/range-set.js";
import { rangesOverlap } from "../src/ipam/range.js";
import { addTo } from "../src/kit/group.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import { foundInFile } from "../src/lint/found-in-file.js";
import { forbidding } from "../src/lint/message.js";
import { networksInFile } from "../src/workspace/networks-in-file.js";
import { flag, oneOf } from "../src/lint/options.js";
import { subnetsOf } from "../src/lint/which-networks.js";
import type { ForbiddenRange } from "../src/policy/policy.js";
import { hitOf, relationOf, type Hit } from "../src/remedy/hit.js";
import { RENUMBER_MESSAGE, renumber } from "../src/remedy/renumber.js";
import { UNREADABLE_POLICY, unreadablePolicy } from "../src/lint/unreadable-policy.js";
import { exceptionToThat, nameRange, showHosts } from "../src/remedy/wording.js";
import type { ProjectView } from "../src/workspace/view.js";

const HEADLINES = {
  forbiddenSubnet: forbidding(
    '{{subnet}}{{source}} of network "{{network}}" {{relation}} the forbidden range {{range}}',
  ),
  forbiddenAddress: forbidding('{{address}} on network "{{network}}" lies in the forbidden range {{range}}'),
  unreadablePolicy: UNREADABLE_POLICY,
} as const;
const SUGGESTIONS = { renumber: RENUMBER_MESSAGE } as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const noForbiddenSubnet = defineRule({
  name: "no-forbidden-subnet",
  type: "problem",
  docs: { description: "Disallow subnets that overlap a forbidden range", recommended: "recommended" },
  options: {
    lanDrivers: oneOf(
      ["ignore", "report"],
      "What to do about macvlan, ipvlan and plugin networks, which are in a LAN on purpose.",
    ),
    checkUnused: flag(false, "Also report networks that no service joins, which Compose does not create."),
    renumber: flag(
      false,
      "Let `--fix` renumber a network, with everything that depends on its subnet, if a pool is declared.",
    ),
  },
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  fixable: true,
  check({ view, options, report }) {
    const { reading } = view;
    const unreadable = unreadablePolicy(view);
    if (unreadable) report(unreadable);
    if (reading.kind !== "policy") return;
    const reports: Report[] = [];
    const addresses = new Map<Network, WrittenAddress[]>();
    for (const { network, address } of addressesInFile(view)) addTo(addresses, network, address);
    for (const network of networksInFile(view)) {
      const { existence, reach } = network;
      if (existence.kind === "external" || (existence.kind === "unused" && !options.checkUnused)) continue;
      if (reach === "lan" && options.lanDrivers === "ignore") continue;
      reports.push(...forbiddenSubnets(view, network, reading.scoped.enforced, options.renumber));
      reports.push(...forbiddenAddresses(view, network, addresses.get(network) ?? [], reading.scoped.enforced));
    }
    for (const each of withMovesTogether(reports)) report(each);
  },
});

function* forbiddenSubnets(
  view: ProjectView,
  network: Network,
  enforced: RangeSet<ForbiddenRange>,
  fixes: boolean,
): Generator<Report> {
  for (const { subnet, at } of subnetsOf(network)) {
    const range = rangeOf(subnet.prefix);
    const hit = hitOf(enforced, range);
    if (!hit || view.exceptionFor(network.key, subnet.prefix)) continue;
    const defaulted = defaultsIn(subnet.written);
    const source = defaulted.length > 0 ? `, the default of $${defaulted.join(", $")},` : "";
    const relation = relationOf(hit, range);
    const { advice, suggestions, fix } = renumber(view, network, subnet, { fixes });
    yield {
      at,
      says: "forbiddenSubnet",
      about: { network: network.key, subnet: subnet.text, source, relation, range: describeRange(hit) },
      outcome: "unreachable",
      consequence: describeLoss(hit, network),
      forbidden: hit.forbidden,
      advice,
      ...exceptionToThat(view.project),
      fix,
      suggestions,
    };
  }
}

function* forbiddenAddresses(
  view: ProjectView,
  network: Network,
  addresses: readonly WrittenAddress[],
  enforced: RangeSet<ForbiddenRange>,
): Generator<Report> {
  for (const { prefix, text, role, place } of addresses) {
    const hit = hitOf(enforced, rangeOf(prefix));
    if (!hit || liesInSubnetOf(network, prefix) || view.exceptionFor(network.key, prefix)) continue;
    yield {
      at: place,
      says: "forbiddenAddress",
      about: { network: network.key, address: `${text}, the ${role},`, range: describeRange(hit) },
      outcome: "unreachable",
      consequence: describeLoss(hit, network),
      forbidden: hit.forbidden,
      advice: "Take an address of a subnet that is not forbidden.",
    };
  }
}

/**
 * The first fix moves all. Each reaches from a service to its network, so that ESLint would take one a pass, and it
 * takes no more than ten.
 */
function withMovesTogether(reports: readonly Report[]): readonly Report[] {
  const first = reports.find(({ fix }) => fix);
  const edits = reports.flatMap(({ fix = [] }) => fix);
  return reports.map((each) => (each === first ? { ...each, fix: edits } : each));
}

function describeRange({ forbidden, others }: Hit): string {
  return nameRange(forbidden) + (others > 0 ? ` and ${others} more` : "");
}

function describeLoss({ shared }: Hit, { reach }: Network): string {
  const hosts = showHosts(shared);
  const single = shared.first.value === shared.last.value;
  const lost = single ? `host ${hosts} becomes unreachable` : `hosts ${hosts} become unreachable`;
  const consequences: Record<Network["reach"], string> = {
    host: `${lost} from this machine while the network is up`,
    containers: `${lost} for the containers of the network`,
    lan: `the containers of the network take addresses among ${hosts}`,
  };
  return consequences[reach];
}

/** An address matters by itself only where its network's subnets are not reported already. */
function liesInSubnetOf(network: Network, prefix: Prefix): boolean {
  return explicitSubnets(network).some((subnet) => rangesOverlap(rangeOf(subnet.prefix), rangeOf(prefix)));
}

interface WrittenAddress {
  /** An address is a prefix that holds nothing else. */
  readonly prefix: Prefix;
  readonly text: string;
  /** What the network or the service uses it for. */
  readonly role: string;
  readonly place: Place;
}

const addressesInFile = foundInFile(
  ({ networks }) => networks.flatMap((network) => addressesOf(network).map((address) => ({ network, address }))),
  ({ address }) => address.place,
);

/** Every address and range of a network that is not its subnet. */
function addressesOf({ pools, attachments, existence, ipv4, ipv6 }: Network): WrittenAddress[] {
  // No subnet has it: that is what require-subnet says of the network.
  const lacksSubnet = (family: Family): boolean =>
    existence.kind === "created" && (family === 4 ? ipv4 : ipv6).mode === "automatic";
  const inPools = pools.flatMap(({ ipRange, gateway, auxiliary }) => [
    ...writtenAddress(ipRange, "ip_range"),
    ...writtenAddress(gateway, "gateway"),
    ...[...auxiliary].flatMap(([host, field]) => writtenAddress(field, `auxiliary address "${host}"`)),
  ]);
  const ofServices = attachments.flatMap(({ addresses }) =>
    addresses.flatMap(({ family, service, address }) =>
      lacksSubnet(family) ? [] : writtenAddress(address, `${addressKey(family)} of service "${service}"`),
    ),
  );
  return [...inPools, ...ofServices];
}

function writtenAddress(field: Field<Address | Prefix>, role: string): WrittenAddress[] {
  if (field.kind !== "known") return [];
  const { value, text, at } = field;
  return [
    { prefix: "length" in value ? value : { address: value, length: bitsOf(value.family) }, text, role, place: at },
  ];
}
