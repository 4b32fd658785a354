import { formatAddress, type Address } from "../../../ipam/address.js";
import { candidateSubnets, countCandidates } from "../../../ipam/docker-pools.js";
import {
  bitsOf,
  containsPrefix,
  formatPrefix,
  hasHostBits,
  maskPrefix,
  rangeOf,
  type Prefix,
} from "../../../ipam/prefix.js";
import { formatRange, rangesOverlap } from "../../../ipam/range.js";
import { specialBlocksIn } from "../../../ipam/special-purpose.js";
import { joinPath } from "../../../kit/paths.js";
import { daemonPoolsOf } from "../../../policy/daemons.js";
import type { Policy } from "../../../policy/policy.js";
import { formatLocation, type PolicyLocation } from "../../../policy/source-text.js";
import { shownPath } from "../../../workspace/files/paths.js";
import type { ScopedPolicy } from "../../../workspace/scoped-policy.js";
import type { Workspace } from "../../../workspace/workspace.js";
import { allowedFiles } from "../../arguments/bounds.js";
import type { ExplainRequest } from "../../arguments/explain.js";
import { allNotChecked, reportLeftOut } from "../../files/not-checked.js";
import { complainOfPolicies, GoverningPolicies } from "../../files/policies.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import { cutQuotes, printable } from "../../terminal/printable.js";
import { complain, type Terminal } from "../../terminal/terminal.js";
import { workspaceFor } from "../../workspaces.js";
import { blockOf } from "./block.js";

type Row = readonly [name: string, value: string];

/** Who has a block of addresses, and what lies beside it. */
export function explainBlock(written: Prefix, request: ExplainRequest, terminal: Terminal): ExitCode {
  const { cwd, stdout } = terminal;
  const allowed = allowedFiles(request, cwd);
  if (!allowed.ok) {
    complain(terminal, allowed.fault);
    return EXIT_CODES.trouble;
  }
  const workspace = workspaceFor({ cwd, ...allowed.value });
  const policies = new GoverningPolicies({ files: [], governed: [cwd], ignored: [] }, workspace);
  const isFaulty = complainOfPolicies(policies, terminal);
  const reading = workspace.policyFor(joinPath(cwd, "compose.yaml"));
  const scoped = reading.kind === "policy" ? reading.scoped : undefined;
  const prefix = maskPrefix(written);
  const rows = [
    ...shapeRows(written),
    ...spaceRows(prefix),
    ...dockerRows(prefix, scoped?.policy),
    ...(scoped
      ? [...policyRows(prefix, scoped, cwd), ...networkRows(prefix, scoped, workspace)]
      : [["networks", "not looked up: no forbidden-ranges.yaml here; run compose-networks init"] as const]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => printable(cutQuotes(`  ${name.padEnd(width)}  ${value}`)).trimEnd());
  stdout.write(`${titleOf(written)}\n${lines.join("\n")}\n`);
  const isTroubled = scoped !== undefined && reportLeftOut(allNotChecked([], workspace, new Set()), [], terminal);
  return isTroubled || isFaulty ? EXIT_CODES.trouble : EXIT_CODES.clean;
}

function titleOf(prefix: Prefix): string {
  return isAddress(prefix) ? formatAddress(prefix.address) : formatPrefix(prefix);
}

function isAddress({ address, length }: Prefix): boolean {
  return length === bitsOf(address.family);
}

function shapeRows(written: Prefix): Row[] {
  if (isAddress(written)) return [];
  const { first, last, size } = blockOf(written);
  const beside = (value: bigint): Prefix => ({ address: { family: first.family, value }, length: written.length });
  const highest = (1n << BigInt(bitsOf(first.family))) - 1n;
  return [
    ...(hasHostBits(written)
      ? [["block", `${formatPrefix(maskPrefix(written))}: ${formatPrefix(written)} has host bits set`] as const]
      : []),
    ["first", formatAddress(first)],
    ["last", formatAddress(last)],
    ["size", size === 1n ? "1 address" : `${grouped(size)} addresses`],
    ...(first.value > 0n ? [["before", formatPrefix(beside(first.value - size))] as const] : []),
    ...(last.value < highest ? [["after", formatPrefix(beside(last.value + 1n))] as const] : []),
  ];
}

/** `65,536`, on every machine. */
function grouped(size: bigint): string {
  return size.toString().replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function spaceRows(prefix: Prefix): Row[] {
  const blocks = specialBlocksIn(prefix);
  if (blocks.length === 0) return [["space", "public: it belongs to somebody on the Internet"]];
  return blocks.map(({ prefix: block, purpose, source }) => [
    "space",
    `${containsPrefix(block, prefix) ? "in" : "holds"} ${formatPrefix(block)}: ${purpose} (${source})`,
  ]);
}

/** So many candidates are looked at one by one. */
const MOST_CANDIDATES = 65_536;

function dockerRows(prefix: Prefix, policy: Policy | undefined): Row[] {
  const pools = daemonPoolsOf(policy);
  const total = countCandidates(pools);
  const whose = policy?.docker.defaultAddressPools ? "of default-address-pools" : "that Docker picks from";
  const range = rangeOf(prefix);
  const hits = candidateSubnets(pools, MOST_CANDIDATES).flatMap((candidate, index) =>
    rangesOverlap(rangeOf(candidate), range) ? [{ candidate, place: index + 1 }] : [],
  );
  const [first, last] = [hits[0], hits.at(-1)];
  if (!first || !last) return [["docker", `none of the ${total} subnets ${whose}`]];
  const isSame = formatPrefix(first.candidate) === formatPrefix(prefix);
  return [
    [
      "docker",
      hits.length > 1
        ? `covers ${hits.length} of the ${total} subnets ${whose}, the ${ordinal(first.place)} to the ${ordinal(last.place)}`
        : `${isSame ? "" : `in ${formatPrefix(first.candidate)}, `}the ${ordinal(first.place)} of the ${total} subnets ${whose}`,
    ],
  ];
}

/** `1st`, `2nd`, `11th`. */
function ordinal(place: number): string {
  const isTeen = Math.floor(place / 10) % 10 === 1;
  const ending = isTeen ? undefined : ["st", "nd", "rd"][(place % 10) - 1];
  return `${place}${ending ?? "th"}`;
}

function policyRows(prefix: Prefix, { policy, enforced }: ScopedPolicy, cwd: string): Row[] {
  const range = rangeOf(prefix);
  const placeOf = (location: PolicyLocation): string =>
    formatLocation({ ...location, file: shownPath(cwd, location.file) });
  const hits = enforced.overlappingEntries(range);
  const pools = policy.pools.filter((pool) => rangesOverlap(rangeOf(pool.prefix), range));
  return [
    ...(hits.length === 0
      ? [["forbidden", "no"] as const]
      : hits.map(({ value: { name, written, location } }): Row => [
          "forbidden",
          `${name === undefined ? "" : `"${name}", `}${written} (${placeOf(location)})`,
        ])),
    ...pools.map((pool): Row => [
      "pool",
      `${formatPrefix(pool.prefix)}, cut into subnets of /${pool.length} (${placeOf(pool.location)})`,
    ]),
  ];
}

/** So many networks are named. */
const MOST_NAMED = 20;

function networkRows(prefix: Prefix, scoped: ScopedPolicy, workspace: Workspace): Row[] {
  const plan = workspace.planBelow(scoped);
  const range = rangeOf(prefix);
  const holders = plan.holdersIn(range).filter(({ kind }) => kind === "written" || kind === "planned");
  const rows = holders
    .slice(0, MOST_NAMED)
    .map(({ kind, range: held, by }): Row => [
      kind === "written" ? "explicit" : "planned",
      `${formatRange(held)}  ${by}`,
    ]);
  const [pool] = scoped.policy.pools.filter(
    (each) => each.prefix.address.family === prefix.address.family && each.for === undefined,
  );
  const next = pool && nextFree(plan.freeIn(pool), range.last);
  return [
    ...(holders.length === 0 ? [["networks", "none of this workspace"] as const] : rows),
    ...(holders.length > MOST_NAMED ? [["", `and ${holders.length - MOST_NAMED} more`] as const] : []),
    ...(next ? [["next free", formatPrefix(next)] as const] : []),
  ];
}

/** The first that is free after the block, or the first of all. */
function nextFree(free: Iterable<Prefix>, after: Address): Prefix | undefined {
  let first: Prefix | undefined;
  let looked = 0;
  for (const subnet of free) {
    first ??= subnet;
    if (subnet.address.value > after.value) return subnet;
    looked += 1;
    if (looked >= MOST_CANDIDATES) break;
  }
  return first;
}
