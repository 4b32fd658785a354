import type { ComposeFile } from "../src/compose/compose-file.js";
import { rewriteText } from "../src/compose/edit/rewrite-text.js";
import { refuseShared } from "../src/compose/edit/sharing.js";
import {
  faultsOfStaticAddresses,
  type StaticAddressFault,
  type StaticAddressFaultKind,
} from "../src/compose/engine/static-address-faults.js";
import { showText } from "../src/compose/shown.js";
import { samePlace, type Place } from "../src/compose/source.js";
import { child } from "../src/compose/value.js";
import { createRule, type Suggestion } from "../src/rule/create-rule.js";
import { showPlace, showVariables } from "../src/rule/wording.js";

interface Options {
  readonly dynamicRange: "ignore" | "report";
}

/** What another file of the project may add. */
const LACKING: ReadonlySet<StaticAddressFaultKind> = new Set(["automatic", "disabled"]);

type MessageId = StaticAddressFaultKind | "take";

export const validStaticAddress = createRule<Options, MessageId>({
  name: "valid-static-address",
  meta: {
    type: "problem",
    docs: { description: "Disallow static addresses that a service can't have", recommended: "recommended" },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          dynamicRange: {
            enum: ["ignore", "report"],
            description:
              "What to do about addresses inside `ip_range`, which Docker may give to another service first.",
          },
        },
      },
    ],
    defaultOptions: [{ dynamicRange: "ignore" }],
    messages: {
      malformed:
        'The {{field}} "{{address}}" of service "{{service}}" is no {{family}} address: {{reason}}. The engine refuses it. Write an address of network "{{network}}".',
      automatic:
        'Service "{{service}}" asks for {{address}} on network "{{network}}", whose {{family}} subnet Docker chooses: the engine refuses that before 29.1, and from then on it works by luck. Give the network a subnet that holds the address.',
      disabled:
        'Service "{{service}}" asks for {{address}} on network "{{network}}", which has no {{family}}: the engine refuses to start the service. Set enable_{{switch}} to true and give the network a subnet that holds the address.',
      outside:
        'The {{field}} {{address}} of service "{{service}}" lies outside {{subnets}}, the subnet of network "{{network}}": the engine refuses to start the service. Take an address inside.',
      reserved:
        'The {{field}} {{address}} of service "{{service}}" is the {{reserved}} of {{subnet}} on network "{{network}}", which nobody may have: the service does not start. Take another address.',
      taken:
        'The {{field}} {{address}} of service "{{service}}" is taken on network "{{network}}" by {{holder}}: the service does not start. Take another address.',
      duplicate:
        'The {{field}} {{address}} of service "{{service}}" is taken on network "{{network}}" by service "{{other}}" ({{place}}): only one of them starts. Take another address.',
      copies:
        'Service "{{service}}" has {{copies}} copies, and one address for all of them on network "{{network}}": {{address}}. Only the first copy starts. Leave the address out.',
      dynamic:
        'The {{field}} {{address}} of service "{{service}}" lies in {{range}}, from where Docker gives addresses to others on network "{{network}}": whoever starts first has it. Take an address outside.',
      take: "Take {{free}}.",
    },
  },
  create({ options, view, report }) {
    return {
      ComposeFile() {
        // Several services may have one text by `extends` or a merge key.
        const reported: Place[] = [];
        for (const network of view.project.networks) {
          if (network.existence.kind !== "created") continue;
          for (const fault of faultsOfStaticAddresses(network)) {
            if (fault.kind === "dynamic" && options.dynamicRange === "ignore") continue;
            if (LACKING.has(fault.kind) && view.project.fragment !== undefined) continue;
            const { address, place, values, variables, other } = fault;
            if (reported.some((earlier) => samePlace(earlier, place))) continue;
            reported.push(place);
            report({
              at: place,
              messageId: fault.kind,
              values: {
                network: network.key,
                service: address.service,
                field: address.field,
                address: address.text.known ? showText(address.text) : "",
                switch: address.field === "ipv4_address" ? "ipv4" : "ipv6",
                family: address.field === "ipv4_address" ? "IPv4" : "IPv6",
                ...values,
                ...(variables && { reason: `${showVariables(variables, view)} is not one` }),
                ...(other && { place: showPlace(other, view) }),
              },
              suggest: suggestionOf(fault, network.key, view.file),
            });
          }
        }
      },
    };
  },
});

/** Of a text that other places share, nobody knows whether they are meant too. */
function suggestionOf(
  { free, address: { service } }: StaticAddressFault,
  network: string,
  { documents }: ComposeFile,
): Suggestion<"take">[] {
  if (!free) return [];
  const containers = documents.flatMap(({ root }) => {
    const definition = child(child(root, "services"), service);
    const networks = child(definition, "networks");
    return [definition, networks, child(networks, network)];
  });
  if (refuseShared([...containers, free.written])) return [];
  const outcome = rewriteText(free.written, free.from, free.to);
  return outcome.ok ? [{ messageId: "take", values: { free: free.to }, edits: outcome.edits }] : [];
}
