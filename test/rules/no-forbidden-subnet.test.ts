import type { RuleTester } from "eslint";

import { noForbiddenSubnet } from "../../rules/no-forbidden-subnet.js";
import {
  composeRuleTester,
  crlf,
  EVERYTHING,
  inWorkspace,
  position,
  yaml,
  type Extent,
} from "./compose-rule-tester.js";

/** A forbidden range as messages name it, and where it is written. */
interface Forbidden {
  readonly range: string;
  readonly origin: string;
}

const OFFICE_LAN = {
  range: '"office LAN" (192.168.0.0/24)',
  origin:
    "test/rules/workspaces/office/forbidden-ranges.yaml:5:11, reached over the site-to-site VPN, owner netops@example.com",
};
const OFFICE_WIFI = {
  range: '"office Wi-Fi" (172.18.44.0/22)',
  origin: "test/rules/workspaces/office/forbidden-ranges.yaml:9:11",
};
const OFFICE_WIFI_AND_LAN = {
  range: '"office Wi-Fi" (172.18.44.0/22) and 1 more',
  origin: "test/rules/workspaces/office/forbidden-ranges.yaml:9:11",
};
const UNNAMED = {
  range: "192.168.0.0/24",
  origin: "test/rules/workspaces/unnamed/forbidden-ranges.yaml:4:5",
};
const EXTENDED = {
  range: '"VPN: head office" (10.8.0.0/16)',
  origin: "test/rules/workspaces/extended/vpn-routes.txt:2:1",
};
const EXPIRED = {
  range: '"given back tonight" (10.2.0.0/16)',
  origin: "test/rules/workspaces/expired/forbidden-ranges.yaml:6:13",
};
const OLD_LAB = {
  range: '"old lab" (10.1.0.0/16)',
  origin: "test/rules/workspaces/severities/forbidden-ranges.yaml:4:13",
};
const NEW_LAB = {
  range: '"new lab" (10.1.7.0/24) and 1 more',
  origin: "test/rules/workspaces/severities/forbidden-ranges.yaml:6:13",
};
const EXCEPTIONS = {
  range: '"data centre" (10.4.0.0/16)',
  origin: "test/rules/workspaces/exceptions/forbidden-ranges.yaml:5:11",
};
const IPV6 = {
  range: '"office LAN" (fd12:3456:789a:40::/58)',
  origin: "test/rules/workspaces/ipv6/forbidden-ranges.yaml:5:11",
};

/** In the workspaces that forbid the office LAN and nothing else. */
function officeLanIn(workspace: string): Forbidden {
  return {
    range: '"office LAN" (192.168.0.0/24)',
    origin: `test/rules/workspaces/${workspace}/forbidden-ranges.yaml:5:11`,
  };
}

function renumber(network: string, subnet: string, output: string): RuleTester.SuggestionOutput {
  return { messageId: "renumber", data: { network, subnet }, output };
}

interface RenumberedCase {
  readonly name: string;
  readonly filename: string;
  readonly code: string;
  readonly options?: unknown[];
  readonly network: string;
  readonly subnet: string;
  readonly source?: string;
  readonly relation: "lies in" | "contains" | "overlaps";
  readonly forbidden: Forbidden;
  readonly consequence: string;
  readonly to: string;
  readonly at: Extent;
}

/** A file with one forbidden subnet, for which the suggestion writes a free one and changes nothing else. */
function renumbered({ name, filename, code, options = [], at, to, forbidden, source = "", ...found }: RenumberedCase) {
  const advice = `Renumber it to ${to}, which is free; the network is recreated on the next up.`;
  const error = {
    messageId: "forbiddenSubnet",
    data: { ...found, ...forbidden, source, advice },
    ...position(at),
    suggestions: [renumber(found.network, to, code.replace(found.subnet, to))],
  };
  return { name, filename, code, output: null, options, errors: [error] };
}

composeRuleTester.run("no-forbidden-subnet", noForbiddenSubnet, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "an address on a network that Docker chooses a subnet for: require-subnet says that no subnet has it",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv4_address: 192.168.0.7
        networks:
          front:
      `,
    },
    {
      name: "a subnet outside every forbidden range",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
    },
    {
      name: "a subnet that ends where a forbidden range begins",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.1.0/24
      `,
    },
    {
      name: "a network that Docker chooses a subnet for is another rule's business",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
      `,
    },
    {
      name: "an external network keeps its own subnet, whatever the file says",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            external: true
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
    },
    {
      name: "a network that no service joins is never created",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            network_mode: host
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
    },
    {
      name: "a macvlan network lies on the LAN on purpose",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts:
              parent: eth0
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
    },
    {
      name: "an ipvlan network lies on the LAN on purpose",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [lan] } }
        networks:
          lan:
            driver: ipvlan
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
    },
    {
      name: "a plugin's network lies wherever its plugin puts it",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [mesh] } }
        networks:
          mesh:
            driver: weaveworks/net-plugin
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
    },
    {
      name: "an address in a hole of a forbidden range",
      filename: inWorkspace("holes"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.240/28
      `,
    },
    {
      name: "a reviewed exception for the network and the subnet",
      filename: inWorkspace("exceptions"),
      code: yaml`
        services: { web: { image: caddy, networks: [reviewed] } }
        networks:
          reviewed:
            ipam:
              config:
                - subnet: 10.4.0.0/24
                  gateway: 10.4.0.1
      `,
    },
    {
      name: "a reviewed exception for every file of a folder",
      filename: inWorkspace("exceptions", "lab/one/compose.yaml"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.4.7.0/24
      `,
    },
    {
      name: "an exception on its last day",
      filename: inWorkspace("exceptions"),
      code: yaml`
        services: { web: { image: caddy, networks: [last-day] } }
        networks:
          last-day:
            ipam:
              config:
                - subnet: 10.4.7.0/24
      `,
    },
    {
      name: "a range that is past its day",
      filename: inWorkspace("expired"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.1.0.0/24
      `,
    },
    {
      name: "a range that is switched off",
      filename: inWorkspace("severities"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.2.0.0/24
      `,
    },
    {
      name: "a subnet that a variable without a value makes up",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: \${SHOP_PREFIX}.0.0/24
      `,
    },
    {
      name: "a subnet that the engine refuses",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/33
      `,
    },
    {
      name: "without a forbidden-ranges file nothing is forbidden",
      filename: inWorkspace("none"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
    },
    {
      name: "a static address in the subnet of its network",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv4_address: 10.201.3.7
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
    },
    {
      name: "what an override file says is reported there and not in the base file",
      filename: inWorkspace("layered"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
      `,
    },
    {
      name: "a disable comment is obeyed",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                # eslint-disable-next-line rule-to-test/no-forbidden-subnet -- the office moves out in May
                - subnet: 192.168.0.0/24
      `,
    },
  ],
  invalid: [
    renumbered({
      name: "a subnet is a forbidden range",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      network: "front",
      subnet: "192.168.0.0/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 33],
    }),
    renumbered({
      name: "a subnet lies in a forbidden range",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: "172.18.45.0/24"
      `,
      network: "front",
      subnet: "172.18.45.0/24",
      relation: "lies in",
      forbidden: OFFICE_WIFI,
      consequence: "hosts 172.18.45.0–172.18.45.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 35],
    }),
    renumbered({
      name: "a subnet contains a forbidden range",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam: { config: [{ subnet: 172.18.0.0/16 }] }
      `,
      network: "front",
      subnet: "172.18.0.0/16",
      relation: "contains",
      forbidden: OFFICE_WIFI,
      consequence: "hosts 172.18.44.0–172.18.47.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [4, 32, 4, 45],
    }),
    renumbered({
      name: "a subnet contains several forbidden ranges",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 128.0.0.0/1
      `,
      network: "front",
      subnet: "128.0.0.0/1",
      relation: "contains",
      forbidden: OFFICE_WIFI_AND_LAN,
      consequence: "hosts 172.18.44.0–172.18.47.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 30],
    }),
    renumbered({
      name: "a subnet overlaps what is left of a range beside its holes",
      filename: inWorkspace("holes"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.224/27
      `,
      network: "front",
      subnet: "192.168.0.224/27",
      relation: "overlaps",
      forbidden: officeLanIn("holes"),
      consequence: "hosts 192.168.0.224–192.168.0.239 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 35],
    }),
    renumbered({
      name: "a subnet with host bits is what the engine makes of it",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.77/24
      `,
      network: "front",
      subnet: "192.168.0.77/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 34],
    }),
    renumbered({
      name: "a range without a name and without a reason",
      filename: inWorkspace("unnamed"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.128/25
      `,
      network: "front",
      subnet: "192.168.0.128/25",
      relation: "lies in",
      forbidden: UNNAMED,
      consequence: "hosts 192.168.0.128–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 35],
    }),
    renumbered({
      name: "a range of an extended list is named by its place there",
      filename: inWorkspace("extended"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.8.3.0/24
      `,
      network: "front",
      subnet: "10.8.3.0/24",
      relation: "lies in",
      forbidden: EXTENDED,
      consequence: "hosts 10.8.3.0–10.8.3.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 30],
    }),
    renumbered({
      name: "a range holds on its last day",
      filename: inWorkspace("expired"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.2.0.0/24
      `,
      network: "front",
      subnet: "10.2.0.0/24",
      relation: "lies in",
      forbidden: EXPIRED,
      consequence: "hosts 10.2.0.0–10.2.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 30],
    }),
    renumbered({
      name: "a range that only warns",
      filename: inWorkspace("severities"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.1.0.0/24
      `,
      network: "front",
      subnet: "10.1.0.0/24",
      relation: "lies in",
      forbidden: OLD_LAB,
      consequence: "hosts 10.1.0.0–10.1.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 30],
    }),
    renumbered({
      name: "of several ranges, one that is an error comes first",
      filename: inWorkspace("severities"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.1.0.0/16
      `,
      network: "front",
      subnet: "10.1.0.0/16",
      relation: "contains",
      forbidden: NEW_LAB,
      consequence: "hosts 10.1.7.0–10.1.7.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 30],
    }),
    renumbered({
      name: "an exception for another network",
      filename: inWorkspace("exceptions"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.4.0.0/24
      `,
      network: "front",
      subnet: "10.4.0.0/24",
      relation: "lies in",
      forbidden: EXCEPTIONS,
      consequence: "hosts 10.4.0.0–10.4.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 30],
    }),
    renumbered({
      name: "an exception for another subnet",
      filename: inWorkspace("exceptions"),
      code: yaml`
        services: { web: { image: caddy, networks: [reviewed] } }
        networks:
          reviewed:
            ipam:
              config:
                - subnet: 10.4.0.0/23
      `,
      network: "reviewed",
      subnet: "10.4.0.0/23",
      relation: "lies in",
      forbidden: EXCEPTIONS,
      consequence: "hosts 10.4.0.0–10.4.1.255 become unreachable from this machine while the network is up",
      to: "10.201.26.0/24",
      at: [6, 19, 6, 30],
    }),
    renumbered({
      name: "an exception that is past its day",
      filename: inWorkspace("exceptions"),
      code: yaml`
        services: { web: { image: caddy, networks: [expired] } }
        networks:
          expired:
            ipam:
              config:
                - subnet: 10.4.9.0/24
      `,
      network: "expired",
      subnet: "10.4.9.0/24",
      relation: "lies in",
      forbidden: EXCEPTIONS,
      consequence: "hosts 10.4.9.0–10.4.9.255 become unreachable from this machine while the network is up",
      to: "10.201.211.0/24",
      at: [6, 19, 6, 30],
    }),
    renumbered({
      name: "an IPv6 subnet",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
                - subnet: fd12:3456:789a:47::/64
      `,
      network: "front",
      subnet: "fd12:3456:789a:47::/64",
      relation: "lies in",
      forbidden: IPV6,
      consequence:
        "hosts fd12:3456:789a:47::–fd12:3456:789a:47:ffff:ffff:ffff:ffff become unreachable from this machine while the network is up",
      to: "fd12:3456:789a:d02f::/64",
      at: [8, 19, 8, 41],
    }),
    renumbered({
      name: "the default of a variable",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: \${SHOP_SUBNET:-192.168.0.0/24}
      `,
      network: "front",
      subnet: "192.168.0.0/24",
      source: ", the default of $SHOP_SUBNET,",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 49],
    }),
    {
      name: "a part of a subnet from a default",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.\${SHOP_NET:-0}.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "front",
            subnet: "192.168.0.0/24",
            source: ", the default of $SHOP_NET,",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice:
              "Renumber the network; 10.201.193.0/24 is free. Not moved automatically: it is not written in one piece: variables or escapes make it up (test/rules/workspaces/office/compose.yaml:6:19).",
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 46,
          suggestions: [],
        },
      ],
    },
    {
      name: "a value from the .env file",
      filename: inWorkspace("variables"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: $OFFICE_SUBNET
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...officeLanIn("variables"),
            network: "front",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice:
              "Renumber the network; 10.201.193.0/24 is free. Not moved automatically: the variable $OFFICE_SUBNET has a value that stands elsewhere (test/rules/workspaces/variables/compose.yaml:6:19).",
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 33,
          suggestions: [],
        },
      ],
    },
    {
      name: "both subnets of a network",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/25
          back:
            ipam:
              config:
                - subnet: 192.168.0.128/25
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "front",
            subnet: "192.168.0.0/25",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.127 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 33,
          suggestions: [
            renumber(
              "front",
              "10.201.193.0/24",
              yaml`
              services: { web: { image: caddy, networks: [front, back] } }
              networks:
                front:
                  ipam:
                    config:
                      - subnet: 10.201.193.0/24
                back:
                  ipam:
                    config:
                      - subnet: 192.168.0.128/25
            `,
            ),
          ],
        },
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "back",
            subnet: "192.168.0.128/25",
            source: "",
            consequence:
              "hosts 192.168.0.128–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice: "Renumber it to 10.201.187.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 35,
          suggestions: [
            renumber(
              "back",
              "10.201.187.0/24",
              yaml`
              services: { web: { image: caddy, networks: [front, back] } }
              networks:
                front:
                  ipam:
                    config:
                      - subnet: 192.168.0.0/25
                back:
                  ipam:
                    config:
                      - subnet: 10.201.187.0/24
            `,
            ),
          ],
        },
      ],
    },
    renumbered({
      name: "an internal network keeps hosts away all the same",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [back] } }
        networks:
          back:
            internal: true
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      network: "back",
      subnet: "192.168.0.0/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.187.0/24",
      at: [7, 19, 7, 33],
    }),
    renumbered({
      name: "an internal network without an address on the host only harms its containers",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [back] } }
        networks:
          back:
            internal: true
            driver_opts:
              com.docker.network.bridge.gateway_mode_ipv4: isolated
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      network: "back",
      subnet: "192.168.0.0/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable for the containers of the network",
      to: "10.201.187.0/24",
      at: [9, 19, 9, 33],
    }),
    renumbered({
      name: "an overlay network only harms its containers",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [mesh] } }
        networks:
          mesh:
            driver: overlay
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      network: "mesh",
      subnet: "192.168.0.0/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable for the containers of the network",
      to: "10.201.255.0/24",
      at: [7, 19, 7, 33],
    }),
    renumbered({
      name: "with lanDrivers: report, macvlan networks count",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      options: [{ lanDrivers: "report" }],
      network: "lan",
      subnet: "192.168.0.0/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "the containers of the network take addresses among 192.168.0.0–192.168.0.255",
      to: "10.201.38.0/24",
      at: [7, 19, 7, 33],
    }),
    renumbered({
      name: "with checkUnused, a network that no service joins counts",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            network_mode: host
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      options: [{ checkUnused: true }],
      network: "front",
      subnet: "192.168.0.0/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [9, 19, 9, 33],
    }),
    {
      name: "a gateway moves along",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
                  gateway: 192.168.0.254
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "front",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 33,
          suggestions: [
            renumber(
              "front",
              "10.201.193.0/24",
              yaml`
            services: { web: { image: caddy, networks: [front] } }
            networks:
              front:
                ipam:
                  config:
                    - subnet: 10.201.193.0/24
                      gateway: 10.201.193.254
          `,
            ),
          ],
        },
      ],
    },
    {
      name: "a static address moves along",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv4_address: 192.168.0.7
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "front",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 33,
          suggestions: [
            renumber(
              "front",
              "10.201.193.0/24",
              yaml`
            services:
              web:
                image: caddy
                networks:
                  front:
                    ipv4_address: 10.201.193.7
            networks:
              front:
                ipam:
                  config:
                    - subnet: 10.201.193.0/24
          `,
            ),
          ],
        },
      ],
    },
    {
      name: "addresses that stand for something else stay, and only their places are named",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
            environment:
              TRUSTED_PROXY: 192.168.0.1
            extra_hosts: ["db:192.168.0.5"]
            dns: 192.168.0.6
            command: serve --allow 192.168.0.0/24 --peer 192.168.0.7:80
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "front",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice:
              "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up. Addresses of the old subnet are also at test/rules/workspaces/office/compose.yaml:6:22, test/rules/workspaces/office/compose.yaml:7:23, test/rules/workspaces/office/compose.yaml:8:10, test/rules/workspaces/office/compose.yaml:9:28, test/rules/workspaces/office/compose.yaml:9:50: change them by hand.",
          },
          line: 14,
          column: 19,
          endLine: 14,
          endColumn: 33,
          suggestions: [
            renumber(
              "front",
              "10.201.193.0/24",
              yaml`
            services:
              web:
                image: caddy
                networks: [front]
                environment:
                  TRUSTED_PROXY: 192.168.0.1
                extra_hosts: ["db:192.168.0.5"]
                dns: 192.168.0.6
                command: serve --allow 192.168.0.0/24 --peer 192.168.0.7:80
            networks:
              front:
                ipam:
                  config:
                    - subnet: 10.201.193.0/24
          `,
            ),
          ],
        },
      ],
    },
    {
      name: "an anchor shares the subnet",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
            ipam: &office
              config:
                - subnet: 192.168.0.0/24
          back:
            ipam: *office
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "front",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice:
              'Renumber the network; 10.201.193.0/24 is free. Not moved automatically: an anchor shares its text with "networks.back.ipam.config.0.subnet" (test/rules/workspaces/office/compose.yaml:8:11).',
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 33,
          suggestions: [],
        },
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "back",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice:
              'Renumber the network; 10.201.187.0/24 is free. Not moved automatically: an anchor shares its text with "networks.front.ipam.config.0.subnet" (test/rules/workspaces/office/compose.yaml:6:19).',
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 33,
          suggestions: [],
        },
      ],
    },
    {
      name: "a merge key brings the subnet in, to this network alone",
      filename: inWorkspace("office"),
      code: yaml`
        x-network: &office
          ipam:
            config:
              - subnet: 192.168.0.0/24
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            <<: *office
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "front",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 4,
          column: 17,
          endLine: 4,
          endColumn: 31,
          suggestions: [
            renumber(
              "front",
              "10.201.193.0/24",
              yaml`
            x-network: &office
              ipam:
                config:
                  - subnet: 10.201.193.0/24
            services: { web: { image: caddy, networks: [front] } }
            networks:
              front:
                <<: *office
          `,
            ),
          ],
        },
      ],
    },
    {
      name: "the pool is full",
      filename: inWorkspace("small-pool"),
      code: yaml`
        services: { web: { image: caddy, networks: [front, one, two] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
          one:
            ipam:
              config:
                - subnet: 10.201.4.0/24
          two:
            ipam:
              config:
                - subnet: 10.201.5.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...officeLanIn("small-pool"),
            network: "front",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice:
              'No subnet is left to move it to: 10.201.4.0/23 is full (2 of 2 subnets of /24 taken, by network "one" of test/rules/workspaces/small-pool/compose.yaml and network "two" of test/rules/workspaces/small-pool/compose.yaml; no smaller one is free either).',
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 33,
          suggestions: [],
        },
      ],
    },
    {
      name: "no pool is declared",
      filename: inWorkspace("no-pools"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...officeLanIn("no-pools"),
            network: "front",
            subnet: "192.168.0.0/24",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice: "Renumber it to a range that nothing else uses.",
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 33,
          suggestions: [
            renumber(
              "front",
              "10.183.193.0/24",
              yaml`
              services: { web: { image: caddy, networks: [front] } }
              networks:
                front:
                  ipam:
                    config:
                      - subnet: 10.183.193.0/24
            `,
            ),
          ],
        },
      ],
    },
    {
      name: "an address without a subnet that fits",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv4_address: 192.168.0.7
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenAddress",
          data: {
            ...OFFICE_LAN,
            network: "front",
            address: '192.168.0.7, the ipv4_address of service "web",',
            consequence: "host 192.168.0.7 becomes unreachable from this machine while the network is up",
            advice: "Take an address of a subnet that is not forbidden.",
          },
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 34,
          suggestions: [],
        },
      ],
    },
    {
      name: "a gateway, an ip_range and an auxiliary address outside the subnet",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.3.0/24
                  gateway: 192.168.0.1
                  ip_range: 192.168.0.64/26
                  aux_addresses:
                    printer: 192.168.0.9
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenAddress",
          data: {
            ...OFFICE_LAN,
            network: "front",
            address: "192.168.0.1, the gateway,",
            consequence: "host 192.168.0.1 becomes unreachable from this machine while the network is up",
            advice: "Take an address of a subnet that is not forbidden.",
          },
          line: 7,
          column: 20,
          endLine: 7,
          endColumn: 31,
          suggestions: [],
        },
        {
          messageId: "forbiddenAddress",
          data: {
            ...OFFICE_LAN,
            network: "front",
            address: "192.168.0.64/26, the ip_range,",
            consequence:
              "hosts 192.168.0.64–192.168.0.127 become unreachable from this machine while the network is up",
            advice: "Take an address of a subnet that is not forbidden.",
          },
          line: 8,
          column: 21,
          endLine: 8,
          endColumn: 36,
          suggestions: [],
        },
        {
          messageId: "forbiddenAddress",
          data: {
            ...OFFICE_LAN,
            network: "front",
            address: '192.168.0.9, the auxiliary address "printer",',
            consequence: "host 192.168.0.9 becomes unreachable from this machine while the network is up",
            advice: "Take an address of a subnet that is not forbidden.",
          },
          line: 10,
          column: 22,
          endLine: 10,
          endColumn: 33,
          suggestions: [],
        },
      ],
    },
    {
      name: "a faulty forbidden-ranges file",
      filename: inWorkspace("faulty"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "unreadablePolicy",
          data: {
            place: "test/rules/workspaces/faulty/forbidden-ranges.yaml:3:11",
            fault: '"192.168.0.0/33": "33" is out of range: an IPv4 prefix length is 0 to 32',
          },
          line: 1,
          column: 1,
          endLine: 1,
          endColumn: 55,
          suggestions: [],
        },
      ],
    },
    {
      name: "a forbidden-ranges file with a fault: what could be read counts, and nothing is moved",
      filename: inWorkspace("partly"),
      options: [{ renumber: true }],
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "unreadablePolicy",
          data: {
            place: "test/rules/workspaces/partly/forbidden-ranges.yaml:5:25",
            fault: 'unknown key "nmae"; did you mean "name"?',
          },
          line: 1,
          column: 1,
          endLine: 1,
          endColumn: 55,
          suggestions: [],
        },
        {
          messageId: "forbiddenSubnet",
          data: {
            subnet: "192.168.0.0/24",
            source: "",
            network: "front",
            relation: "lies in",
            range: '"office LAN" (192.168.0.0/24)',
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            origin: "test/rules/workspaces/partly/forbidden-ranges.yaml:4:13",
            advice:
              "Move the network elsewhere. No subnet is proposed, since the forbidden-ranges file is faulty at test/rules/workspaces/partly/forbidden-ranges.yaml:5:25.",
          },
          line: 6,
          column: 19,
          endLine: 6,
          endColumn: 33,
          suggestions: [],
        },
      ],
    },
    renumbered({
      name: "a Windows file",
      filename: inWorkspace("office"),
      code: crlf(yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
      `),
      network: "front",
      subnet: "192.168.0.0/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [6, 19, 6, 33],
    }),
    renumbered({
      name: "a JSON file",
      filename: inWorkspace("office"),
      code: yaml`
        {
          "services": { "web": { "image": "caddy", "networks": ["front"] } },
          "networks": { "front": { "ipam": { "config": [{ "subnet": "192.168.0.0/24" }] } } }
        }
      `,
      network: "front",
      subnet: "192.168.0.0/24",
      relation: "lies in",
      forbidden: OFFICE_LAN,
      consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [3, 61, 3, 77],
    }),
    {
      name: "an override file that moves a network into a forbidden range",
      filename: inWorkspace("layered", "compose.override.yaml"),
      code: yaml`
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/25
      `,
      output: null,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...officeLanIn("layered"),
            network: "front",
            subnet: "192.168.0.0/25",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.127 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice:
              "Renumber the network; 10.201.193.0/24 is free. Not moved automatically: another file contains a part of it: run compose-networks renumber front (test/rules/workspaces/layered/compose.yaml:6:23).",
          },
          line: 5,
          column: 19,
          endLine: 5,
          endColumn: 33,
          suggestions: [],
        },
      ],
    },
    renumbered({
      name: "an override file, when nothing in the base file hangs on the subnet",
      filename: inWorkspace("layered-driver", "compose.override.yaml"),
      code: yaml`
        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.128/25
      `,
      network: "front",
      subnet: "192.168.0.128/25",
      relation: "lies in",
      forbidden: officeLanIn("layered-driver"),
      consequence: "hosts 192.168.0.128–192.168.0.255 become unreachable from this machine while the network is up",
      to: "10.201.193.0/24",
      at: [5, 19, 5, 35],
    }),
    {
      name: "the option renumber makes a fix of it, for all networks at once",
      filename: inWorkspace("office"),
      options: [{ renumber: true }],
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 192.168.0.7 }, back: {} } }
        networks:
          front: { ipam: { config: [{ subnet: 192.168.0.0/25 }] } }
          back: { ipam: { config: [{ subnet: 192.168.0.128/25, gateway: 192.168.0.129 }] } }
      `,
      output: yaml`
          services:
            web: { image: caddy, networks: { front: { ipv4_address: 10.201.193.7 }, back: {} } }
          networks:
            front: { ipam: { config: [{ subnet: 10.201.193.0/24 }] } }
            back: { ipam: { config: [{ subnet: 10.201.187.0/24, gateway: 10.201.187.1 }] } }
        `,
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "front",
            subnet: "192.168.0.0/25",
            source: "",
            consequence: "hosts 192.168.0.0–192.168.0.127 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          ...position([4, 39, 4, 53]),
          suggestions: [
            renumber(
              "front",
              "10.201.193.0/24",
              yaml`
                services:
                  web: { image: caddy, networks: { front: { ipv4_address: 10.201.193.7 }, back: {} } }
                networks:
                  front: { ipam: { config: [{ subnet: 10.201.193.0/24 }] } }
                  back: { ipam: { config: [{ subnet: 192.168.0.128/25, gateway: 192.168.0.129 }] } }
              `,
            ),
          ],
        },
        {
          messageId: "forbiddenSubnet",
          data: {
            ...OFFICE_LAN,
            network: "back",
            subnet: "192.168.0.128/25",
            source: "",
            consequence:
              "hosts 192.168.0.128–192.168.0.255 become unreachable from this machine while the network is up",
            relation: "lies in",
            advice: "Renumber it to 10.201.187.0/24, which is free; the network is recreated on the next up.",
          },
          ...position([5, 38, 5, 54]),
          suggestions: [
            renumber(
              "back",
              "10.201.187.0/24",
              yaml`
                services:
                  web: { image: caddy, networks: { front: { ipv4_address: 192.168.0.7 }, back: {} } }
                networks:
                  front: { ipam: { config: [{ subnet: 192.168.0.0/25 }] } }
                  back: { ipam: { config: [{ subnet: 10.201.187.0/24, gateway: 10.201.187.1 }] } }
              `,
            ),
          ],
        },
      ],
    },
  ],
});
