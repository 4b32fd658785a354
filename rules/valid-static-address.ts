import type { ComposeFile } from "../src/compose/read/compose-file.js";
import { rewriteText } from "../src/compose/edit/rewrite-text.js";
import { refuseShared } from "../src/compose/edit/refusals/sharing.js";
import {
  faultsOfStaticAddresses,
  type StaticAddressFault,
  type StaticAddressFaultKind,
} from "../src/compose/engine/static-address-faults.js";
import { showText } from "../src/compose/read/shown.js";
import { samePlace, type Place } from "../src/kit/source.js";
import { child } from "../src/compose/read/value.js";
import { defineRule } from "../src/lint/define-rule.js";
import type { Outcome } from "../src/lint/finding.js";
import type { MessageParts } from "../src/lint/message.js";
import { oneOf } from "../src/lint/options.js";
import { createdNetworks } from "../src/lint/which-networks.js";
import { showPlace, showVariables } from "../src/remedy/wording.js";

/** What another file of the project may add. */
const LACKING: ReadonlySet<StaticAddressFaultKind> = new Set(["automatic", "disabled"]);

/** Each is filled from the values of its fault. */
const WORDS: Readonly<Record<StaticAddressFaultKind, MessageParts>> = {
  malformed: {
    headline: 'The {{field}} "{{address}}" of service "{{service}}" is no {{family}} address: {{reason}}',
    verdict: "The engine refuses it",
    advice: 'Write an address of network "{{network}}".',
  },
  automatic: {
    headline:
      'Service "{{service}}" asks for {{address}} on network "{{network}}", whose {{family}} subnet Docker chooses',
    consequence: "the engine refuses that before 29.1, and from then on it works by luck",
    advice: "Give the network a subnet that holds the address.",
  },
  disabled: {
    headline: 'Service "{{service}}" asks for {{address}} on network "{{network}}", which has no {{family}}',
    consequence: "the engine refuses to start the service",
    advice: "Set enable_{{switch}} to true and give the network a subnet that holds the address.",
  },
  outside: {
    headline:
      'The {{field}} {{address}} of service "{{service}}" lies outside {{subnets}}, the subnet of network "{{network}}"',
    consequence: "the engine refuses to start the service",
    advice: "Take an address inside.",
  },
  reserved: {
    headline:
      'The {{field}} {{address}} of service "{{service}}" is the {{reserved}} of {{subnet}} on network "{{network}}", which nobody may have',
    consequence: "the service does not start",
    advice: "Take another address.",
  },
  taken: {
    headline: 'The {{field}} {{address}} of service "{{service}}" is taken on network "{{network}}" by {{holder}}',
    consequence: "the service does not start",
    advice: "Take another address.",
  },
  duplicate: {
    headline:
      'The {{field}} {{address}} of service "{{service}}" is taken on network "{{network}}" by service "{{other}}" ({{place}})',
    consequence: "only one of them starts",
    advice: "Take another address.",
  },
  copies: {
    headline:
      'Service "{{service}}" has {{copies}} copies, and one address for all of them on network "{{network}}": {{address}}',
    verdict: "Only the first copy starts",
    advice: "Leave the address out.",
  },
  dynamic: {
    headline:
      'The {{field}} {{address}} of service "{{service}}" lies in {{range}}, from where Docker gives addresses to others on network "{{network}}"',
    consequence: "whoever starts first has it",
    advice: "Take an address outside.",
  },
};

export const validStaticAddress = defineRule({
  name: "valid-static-address",
  type: "problem",
  docs: { description: "Disallow static addresses that a service can't have", recommended: "recommended" },
  options: {
    dynamicRange: oneOf(
      ["ignore", "report"],
      "What to do about addresses inside `ip_range`, which Docker may give to another service first.",
    ),
  },
  headlines: WORDS,
  suggestions: { take: "Take {{free}}." },
  check({ view, options, report }) {
    // Several services may have one text by `extends` or a merge key.
    const reported: Place[] = [];
    for (const network of createdNetworks(view.project)) {
      for (const fault of faultsOfStaticAddresses(network)) {
        const { kind, address, place, values, variables, other } = fault;
        if (kind === "dynamic" && options.dynamicRange === "ignore") continue;
        if (LACKING.has(kind) && view.project.fragment !== undefined) continue;
        if (reported.some((earlier) => samePlace(earlier, place))) continue;
        reported.push(place);
        const isIpv4 = address.field === "ipv4_address";
        report({
          at: place,
          says: kind,
          about: {
            network: network.key,
            service: address.service,
            field: address.field,
            address: address.text.known ? showText(address.text) : "",
            switch: isIpv4 ? "ipv4" : "ipv6",
            family: isIpv4 ? "IPv4" : "IPv6",
            ...values,
            ...(variables && { reason: `${showVariables(variables, view)} is not one` }),
            ...(other && { place: showPlace(other, view) }),
          },
          outcome: outcomeOf(kind),
          suggestions: suggestionOf(fault, network.key, view.file),
        });
      }
    }
  },
});

/** Whether it is certain that the service does not start. */
function outcomeOf(kind: StaticAddressFaultKind): Outcome {
  if (kind === "dynamic") return "may-fail";
  return { refusedBy: "engine", phase: "start", before: kind === "automatic" ? "29.1" : undefined };
}

/** Of a text that other places share, nobody knows whether they are meant too. */
function suggestionOf({ free, address: { service } }: StaticAddressFault, network: string, { documents }: ComposeFile) {
  if (!free) return [];
  const containers = documents.flatMap(({ root }) => {
    const definition = child(child(root, "services"), service);
    const networks = child(definition, "networks");
    return [definition, networks, child(networks, network)];
  });
  if (refuseShared([...containers, free.written])) return [];
  const rewriting = rewriteText(free.written, free.from, free.to);
  return rewriting.ok ? [{ does: "take", about: { free: free.to }, edits: rewriting.edits } as const] : [];
}
