import { bindToLoopback } from "../src/compose/edit/bind-to-loopback.js";
import type { PortRange, PublishedPort } from "../src/compose/project/published-port.js";
import { isLoopback } from "../src/ipam/special-purpose.js";
import { defineRule } from "../src/lint/define-rule.js";
import { formatLocation } from "../src/policy/source-text.js";
import { unreadablePolicy } from "../src/lint/unreadable-policy.js";
import type { ReservedPort } from "../src/policy/policy.js";

export const noReservedHostPort = defineRule({
  name: "no-reserved-host-port",
  type: "problem",
  docs: { description: "Disallow published ports that the host needs itself", recommended: false },
  headlines: {
    reserved: {
      headline: 'Service "{{service}}" publishes {{ports}}/{{protocol}} on {{where}}, and {{reserved}} is reserved',
      consequence: "{{consequence}}",
      origin: "reserved in {{origin}}",
      advice: "{{advice}}",
    },
    unreadablePolicy: {
      headline: "Not all reserved ports could be read: the forbidden-ranges file is faulty at {{place}}: {{fault}}",
      advice: "Fix that file.",
    },
  },
  suggestions: { bind: "Publish it on {{address}} only." },
  check({ view, report }) {
    const { reading, project } = view;
    const unreadable = unreadablePolicy(view);
    if (unreadable) report(unreadable);
    if (reading.kind !== "policy" || reading.scoped.policy.reservedPorts.length === 0) return;
    const { file, published } = view.publishedPorts();
    for (const port of published) {
      const reserved = reading.scoped.policy.reservedPorts.find((candidate) => takes(port, candidate));
      // A stack publishes on every address, whatever the file says.
      const hostAddress = project.stack ? undefined : port.hostAddress;
      if (!reserved || (hostAddress !== undefined && port.address && isLoopback(port.address))) continue;
      const { location, reason } = reserved;
      const place = formatLocation({ ...location, file: view.display(location.file) });
      const address = hostAddress?.includes(":") === true ? "::1" : "127.0.0.1";
      const binding = bindToLoopback(file, port);
      report({
        at: port.place,
        says: "reserved",
        about: {
          service: port.service,
          ports: showPorts(port.ports),
          protocol: port.shown.protocol,
          where: showAddress(project.stack ? undefined : port.shown.hostAddress),
          reserved: nameOf(reserved),
        },
        outcome: "may-fail",
        consequence:
          "connections from outside reach the container, or the container does not start because the port is in use",
        origin: [place, reason].filter(Boolean).join(", "),
        related: [{ ...location, what: `the reserved port ${nameOf(reserved)}` }],
        advice: project.stack ? "Publish another port." : `Publish another port, or bind it to ${address}.`,
        suggestions: binding.ok && !project.stack ? [{ does: "bind", about: { address }, edits: binding.edits }] : [],
      });
    }
  },
});

function takes({ ports, protocol }: PublishedPort, reserved: ReservedPort): boolean {
  const { first, last } = reserved.ports;
  return (
    ports.first <= last && first <= ports.last && (reserved.protocol === undefined || reserved.protocol === protocol)
  );
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
