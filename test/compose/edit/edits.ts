import { expect } from "vitest";

import type { Edit, EditOutcome, Refused } from "../../../src/kit/edit.js";
import { pinSubnet } from "../../../src/compose/edit/pin-subnet.js";
import type { Variables } from "../../../src/compose/read/interpolate.js";
import type { Network } from "../../../src/compose/project/network.js";
import { positionAt } from "../../../src/kit/source.js";
import { formatPrefix, parsePrefix, type Prefix } from "../../../src/ipam/prefix.js";
import { differences, isSubnetOf, meaningOf } from "../../corpus/meaning.js";
import { networkIn, readText } from "./read-text.js";

export const SUBNET = "10.20.30.0/24";
export const SUBNET_6 = "fd12:3456::/64";

export function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

export function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (!parsed.ok) throw new Error(parsed.fault.reason);
  return parsed.value;
}

/** Edits must be in order and apart, as ESLint wants them. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let from = 0;
  for (const { span, text: written } of edits) {
    expect(span[0]).toBeGreaterThanOrEqual(from);
    result += text.slice(from, span[0]) + written;
    from = span[1];
  }
  return result + text.slice(from);
}

/** `3:5: the alias *x refers to it` */
export function obstacleIn(outcome: { readonly ok: true } | Refused): string {
  if (outcome.ok) return "none";
  const { because, place } = outcome.obstacle;
  const { line, column } = positionAt(place.source, place.span[0]);
  return `${line}:${column}: ${because}`;
}

/** @returns the text with the subnet, once that is all that it says in another way than before. */
export function pin(before: string, network: string, subnet = SUBNET): string {
  const outcome = attemptPin(before, network, subnet);
  expect(obstacleIn(outcome)).toBe("none");
  const after = outcome.ok ? applyEdits(before, outcome.edits) : before;
  expect(subnetsOf(networkIn(readText(after), network))).toContain(subnet);
  expectOnlySubnets(before, after, [network]);
  expect(obstacleIn(attemptPin(after, network, subnet))).toContain("Docker does not choose its subnet");
  return after;
}

export function refusedPin(before: string, network: string, subnet = SUBNET): string {
  return obstacleIn(attemptPin(before, network, subnet));
}

function attemptPin(text: string, key: string, subnet: string): EditOutcome {
  const read = readText(text);
  return pinSubnet(read.file, networkIn(read, key), prefix(subnet));
}

export function subnetsOf({ ipv4, ipv6 }: Network): string[] {
  return [ipv4, ipv6].flatMap((addressing) =>
    addressing.mode === "explicit" ? addressing.subnets.map(({ prefix }) => formatPrefix(prefix)) : [],
  );
}

/** Both texts say the same but for the subnets of some networks, and have the same networks with the same services. */
export function expectOnlySubnets(before: string, after: string, networks: readonly string[]): void {
  const [said, says] = [meaningOf(before), meaningOf(after)];
  if (!said || !says) throw new Error(`no YAML:\n${after}`);
  const elsewhere = differences(said, says).filter(
    (difference) => !networks.some((key) => isSubnetOf(key, difference)),
  );
  expect(elsewhere).toEqual([]);
  expect(outline(after)).toEqual(outline(before));
}

/** Both texts say the same but for addresses of one network, and have the same networks with the same services. */
export function expectOnlyAddresses(before: string, after: string, network: string, variables?: Variables): void {
  const addressesOut = (text: string) => {
    const { project } = readText(text, variables);
    const meaning = [...(meaningOf(text) ?? [])].filter(
      ([path]) => !path.includes('"ipam"') && !path.includes("_address") && !/^\["\d+","x-/.test(path),
    );
    const others = project.networks.filter(({ key }) => key !== network).map(subnetsOf);
    return { meaning, others };
  };
  expect(addressesOut(after)).toEqual(addressesOut(before));
  expect(outline(after)).toEqual(outline(before));
}

function outline(text: string) {
  return readText(text).project.networks.map(({ key, name, driver, existence, services }) => ({
    key,
    name,
    driver,
    existence: existence.kind,
    services,
  }));
}
