import { noReservedHostPort } from "../../rules/no-reserved-host-port.js";
import {
  composeRuleTester,
  crlf,
  EVERYTHING,
  inWorkspace,
  position,
  yaml,
  type Extent,
} from "./compose-rule-tester.js";

const FILE = inWorkspace("reserved");
const POLICY = "test/rules/workspaces/reserved/forbidden-ranges.yaml";
const SSH = { reserved: '22 ("SSH")', origin: `${POLICY}:5:13, the only way into the machine` };
const X11 = { reserved: "6000-6010", origin: `${POLICY}:6:5` };
const CONSEQUENCE =
  "connections from outside reach the container, or the container does not start because the port is in use";
const ANYWHERE = "every address of the host";

function withPort(port: string): string {
  return `services:\n  web:\n    image: caddy\n    ports:\n      - ${port}\n`;
}

interface PortCase {
  readonly port: string;
  /** The same entry, bound to the loopback address. */
  readonly bound: string | null;
  readonly ports?: string;
  readonly protocol?: string;
  readonly where?: string;
  readonly address?: string;
  readonly range?: typeof SSH;
}

/** A service that publishes one port, which is reserved. */
function reserved({ port, bound, address = "127.0.0.1", range = SSH, ...found }: PortCase) {
  const { ports = "port 22", protocol = "tcp", where = ANYWHERE } = found;
  const suggestions = bound === null ? [] : [{ messageId: "bind", data: { address }, output: withPort(bound) }];
  return {
    name: `- ${port}`,
    filename: FILE,
    code: withPort(port),
    errors: [
      {
        messageId: "reserved",
        data: {
          service: "web",
          ports,
          protocol,
          where,
          ...range,
          consequence: CONSEQUENCE,
          advice: `Publish another port, or bind it to ${address}.`,
        },
        ...position([5, 9, 5, 9 + port.length]),
        suggestions,
      },
    ],
  };
}

function inFile(name: string, code: string, filename: string, at: Extent, output: string | null) {
  const data = {
    service: "web",
    ports: "port 22",
    protocol: "tcp",
    where: ANYWHERE,
    ...SSH,
    consequence: CONSEQUENCE,
    advice: "Publish another port, or bind it to 127.0.0.1.",
  };
  const suggestions = output === null ? [] : [{ messageId: "bind", data: { address: "127.0.0.1" }, output }];
  return { name, filename, code, errors: [{ messageId: "reserved", data, ...position(at), suggestions }] };
}

const clean = (port: string) => ({ name: `- ${port}`, filename: FILE, code: withPort(port) });

composeRuleTester.run("no-reserved-host-port", noReservedHostPort, {
  assertionOptions: EVERYTHING,
  valid: [
    clean("2222:22"),
    clean("22"),
    clean('"22"'),
    clean("22/tcp"),
    clean("127.0.0.1:22:22"),
    clean("127.9.9.9:22:22"),
    clean('"[::1]:22:22"'),
    clean('"127.0.0.1::22"'),
    clean("22:22/udp"),
    clean("23-30:23-30"),
    clean("0:22"),
    clean('"$PORT:22"'),
    clean('"$ADDRESS:22:22"'),
    clean('"${PORT:?}:22"'),
    clean('"${PORT:-2222}:22"'),
    clean('"${HERE:-127.0.0.1}:22:22"'),
    clean("not a port"),
    clean("{ target: 22 }"),
    clean('{ target: 80, published: "22", host_ip: 127.0.0.1 }'),
    clean('{ target: 80, published: "22", host_ip: "$ADDRESS" }'),
    clean('{ target: 80, published: "22", protocol: udp }'),
    ...["host", "none", "service:db", "container:db", "$MODE"].map((mode) => ({
      name: `a service with the network mode ${mode}, which publishes nothing that is known`,
      filename: FILE,
      code: `services: { web: { image: caddy, network_mode: "${mode}", ports: ["22:22"] } }\n`,
    })),
    {
      name: "an override file that takes the port back",
      filename: inWorkspace("reserved", "reset/compose.yaml"),
      code: withPort("22:22"),
    },
    { name: "ports without a policy", filename: inWorkspace("none"), code: withPort("22:22") },
    { name: "ports under a policy that reserves none", filename: inWorkspace("office"), code: withPort("22:22") },
    { name: "ports that are no list", filename: FILE, code: 'services: { web: { image: caddy, ports: "22:22" } }\n' },
    { name: "a service without a value", filename: FILE, code: "services: { web: }\n" },
  ],
  invalid: [
    {
      name: "a port of a stack, which is published everywhere whatever the file says",
      filename: inWorkspace("projects", "swarm/ports.yaml"),
      code: withPort("127.0.0.1:22:22"),
      errors: [
        {
          messageId: "reserved",
          data: {
            service: "web",
            ports: "port 22",
            protocol: "tcp",
            where: ANYWHERE,
            reserved: "22",
            origin: "test/rules/workspaces/projects/forbidden-ranges.yaml:14:18",
            consequence: CONSEQUENCE,
            advice: "Publish another port.",
          },
          ...position([5, 9, 5, 24]),
          suggestions: [],
        },
      ],
    },
    reserved({ port: "22:22", bound: "127.0.0.1:22:22" }),
    reserved({ port: '"22:22"', bound: '"127.0.0.1:22:22"' }),
    reserved({ port: "'22:22/tcp'", bound: "'127.0.0.1:22:22/tcp'" }),
    reserved({ port: '"22:22/TCP"', bound: '"127.0.0.1:22:22/TCP"' }),
    reserved({ port: '":22:22"', bound: '"127.0.0.1:22:22"' }),
    reserved({ port: '"20-25:20-25"', bound: '"127.0.0.1:20-25:20-25"', ports: "ports 20–25" }),
    reserved({ port: '"22-30:80"', bound: '"127.0.0.1:22-30:80"', ports: "ports 22–30" }),
    reserved({ port: "022:80", bound: "127.0.0.1:022:80" }),
    reserved({
      port: '"0.0.0.0:22:22"',
      bound: '"127.0.0.1:22:22"',
      where: "every IPv4 address of the host",
    }),
    reserved({
      port: '"[::]:22:22"',
      bound: '"[::1]:22:22"',
      where: "every IPv6 address of the host",
      address: "::1",
    }),
    reserved({ port: '"10.0.0.5:22:22"', bound: '"127.0.0.1:22:22"', where: "10.0.0.5" }),
    reserved({ port: '"${PORT:-22}:22"', bound: '"127.0.0.1:${PORT:-22}:22"' }),
    reserved({ port: '"${HOST_IP}:22:22"', bound: null, where: "every IPv4 address of the host" }),
    reserved({
      port: "5990-6000:5990-6000/udp",
      bound: "127.0.0.1:5990-6000:5990-6000/udp",
      ports: "ports 5990–6000",
      protocol: "udp",
      range: X11,
    }),
    reserved({
      port: "{ target: 80, published: 22 }",
      bound: "{ target: 80, published: 22, host_ip: 127.0.0.1 }",
    }),
    reserved({
      port: '{ target: 80, published: "20-25", protocol: tcp, mode: host }',
      bound: '{ target: 80, published: "20-25", protocol: tcp, mode: host, host_ip: 127.0.0.1 }',
      ports: "ports 20–25",
    }),
    reserved({
      port: '{ target: 80, published: "22", host_ip: 0.0.0.0 }',
      bound: '{ target: 80, published: "22", host_ip: 127.0.0.1 }',
      where: "every IPv4 address of the host",
    }),
    reserved({
      port: '{ target: 80, published: "22", host_ip: "::" }',
      bound: '{ target: 80, published: "22", host_ip: "::1" }',
      where: "every IPv6 address of the host",
      address: "::1",
    }),
    inFile(
      "the long form over several lines, with the line ends of Windows",
      crlf(withPort("target: 80\n        published: 22 # the old way in")),
      FILE,
      [5, 9, 7, 1],
      crlf(withPort("target: 80\n        published: 22 # the old way in\n        host_ip: 127.0.0.1")),
    ),
    inFile(
      "a JSON file",
      '{ "services": { "web": { "image": "caddy", "ports": [{ "target": 80, "published": "22" }] } } }\n',
      FILE,
      [1, 54, 1, 89],
      '{ "services": { "web": { "image": "caddy", "ports": [{ "target": 80, "published": "22", "host_ip": "127.0.0.1" }] } } }\n',
    ),
    inFile(
      "ports that another service shares, for which nothing is offered",
      yaml`
        services:
          web: { image: caddy, ports: &ports ["22:22"] }
          db: { image: postgres, network_mode: none, ports: *ports }
      `,
      FILE,
      [2, 39, 2, 46],
      null,
    ),
    inFile(
      "an override file that adds the port",
      withPort("22:22").replace("    image: caddy\n", ""),
      inWorkspace("reserved", "layered/compose.override.yaml"),
      [4, 9, 4, 14],
      withPort("127.0.0.1:22:22").replace("    image: caddy\n", ""),
    ),
    {
      name: "a faulty policy, which must not pass for a clean one",
      filename: inWorkspace("faulty"),
      code: "services: { web: { image: caddy } }\n",
      errors: [
        {
          messageId: "unreadablePolicy",
          data: {
            place: "test/rules/workspaces/faulty/forbidden-ranges.yaml:3:11",
            fault: '"192.168.0.0/33": "33" is out of range: an IPv4 prefix length is 0 to 32',
          },
          ...position([1, 1, 1, 36]),
        },
      ],
    },
  ],
});
