import { bindToLoopback } from "../src/compose/edit/bind-to-loopback.js";
import type { PortRange, PublishedPort } from "../src/compose/published-port.js";
import { parseAddress } from "../src/ipam/address.js";
import { parsePrefix, rangeOf } from "../src/ipam/prefix.js";
import { rangeContains } from "../src/ipam/range.js";
import type { ReservedPort } from "../src/policy/reserved-ports.js";
import { formatLocation } from "../src/policy/source-text.js";
import { createRule } from "../src/rule/create-rule.js";
import { unreadablePolicy } from "../src/rule/unreadable-policy.js";

type MessageId = "reserved" | "unreadablePolicy" | "bind";

export const noReservedHostPort = createRule<object, MessageId>({
  name: "no-reserved-host-port",
  meta: {
    type: "problem",
    docs: { description: "Disallow published ports that the host needs itself", recommended: false },
    hasSuggestions: true,
    schema: [],
    messages: {
      reserved:
        'Service "{{service}}" publishes {{ports}}/{{protocol}} on {{where}}, and {{reserved}} is reserved: {{consequence}} (reserved in {{origin}}). {{advice}}',
      unreadablePolicy:
        "No port is held against the reserved ones, since the forbidden-ranges file is faulty at {{place}}: {{fault}}. Mend that file.",
      bind: "Publish it on {{address}} only.",
    },
  },
  create({ view, report }) {
    const { reading, project } = view;
    const { stack } = project;
    if (reading.kind !== "policy") {
      const unreadable = unreadablePolicy(view);
      return unreadable ? { ComposeFile: () => report(unreadable) } : {};
    }
    const { reservedPorts } = reading.scoped.policy;
    if (reservedPorts.length === 0) return {};

    return {
      ComposeFile() {
        const { file, published } = view.publishedPorts();
        for (const port of published) {
          const reserved = reservedPorts.find((candidate) => takes(port, candidate));
          // A stack publishes on every address, whatever the file says.
          const hostAddress = stack ? undefined : port.hostAddress;
          if (!reserved || isLoopback(hostAddress)) continue;
          const address = hostAddress?.includes(":") === true ? "::1" : "127.0.0.1";
          const outcome = bindToLoopback(file, port);
          const { location, reason } = reserved;
          const place = formatLocation({ ...location, file: view.display(location.file) });
          report({
            at: port.place,
            messageId: "reserved",
            values: {
              service: port.service,
              ports: showPorts(port.ports),
              protocol: port.shown.protocol,
              where: showAddress(stack ? undefined : port.shown.hostAddress),
              reserved: nameOf(reserved),
              consequence:
                "whoever connects to it from outside gets the container, or the container does not start because the port is taken",
              origin: [place, reason].filter(Boolean).join(", "),
              advice: stack ? "Publish another port." : `Publish another port, or bind it to ${address}.`,
            },
            related: [{ ...location, what: `the reserved port ${nameOf(reserved)}` }],
            suggest: outcome.ok && !stack ? [{ messageId: "bind", values: { address }, edits: outcome.edits }] : [],
          });
        }
      },
    };
  },
});

function takes({ ports, protocol }: PublishedPort, reserved: ReservedPort): boolean {
  const { first, last } = reserved.ports;
  return (
    ports.first <= last && first <= ports.last && (reserved.protocol === undefined || reserved.protocol === protocol)
  );
}

const LOOPBACK = ["127.0.0.0/8", "::1/128"].flatMap((text) => {
  const prefix = parsePrefix(text);
  return prefix.ok ? [rangeOf(prefix.value)] : [];
});

function isLoopback(hostAddress: string | undefined): boolean {
  const address = parseAddress(hostAddress ?? "");
  return address.ok && LOOPBACK.some((range) => rangeContains(range, address.value));
}

function showPorts({ first, last }: PortRange): string {
  return first === last ? `port ${first}` : `ports ${first}–${last}`;
}

function showAddress(hostAddress: string | undefined): string {
  if (hostAddress === undefined) return "every address of the host";
  if (hostAddress === "0.0.0.0") return "every IPv4 address of the host";
  return hostAddress === "::" ? "every IPv6 address of the host" : hostAddress;
}

function nameOf({ written, name }: ReservedPort): string {
  return name === undefined ? written : `${written} ("${name}")`;
}
