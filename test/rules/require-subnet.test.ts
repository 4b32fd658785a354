import type { RuleTester } from "eslint";

import { requireSubnet } from "../../rules/require-subnet.js";
import {
  composeRuleTester,
  crlf,
  EVERYTHING,
  inWorkspace,
  position,
  yaml,
  type Extent,
} from "./compose-rule-tester.js";

interface Risk {
  readonly messageId: "automatic" | "unsafe";
  readonly consequence: string;
  readonly origin?: string;
}

/** The cause for a network that is not in the file. */
const IMPLICIT = " (it is implicit: no line declares it)";

const OFFICE = {
  messageId: "unsafe",
  consequence:
    '2 of the 31 subnets that it picks from overlap a forbidden range, first 172.18.0.0/16 with "office Wi-Fi" (172.18.44.0/22), whose hosts then become unreachable',
  origin: "test/rules/workspaces/office/forbidden-ranges.yaml:9:11",
} as const;
const HARMLESS = {
  messageId: "automatic",
  consequence: 'it may pick another of 31 subnets on each host and after each "down"',
} as const;
const NO_IPV6_POOL = {
  messageId: "automatic",
  consequence: "each host generates its own range, and engines before 27 refuse the network",
} as const;
const OFFICE_CONTAINERS = { ...OFFICE, consequence: `${OFFICE.consequence} for its containers` };
const CLOUD_OVERLAY = {
  messageId: "unsafe",
  consequence:
    '32768 of the 65536 subnets that it picks from overlap a forbidden range, first 10.0.0.0/24 with "production VPC" (10.0.0.0/9), whose hosts then become unreachable for its containers',
  origin: "test/rules/workspaces/cloud/forbidden-ranges.yaml:5:11",
} as const;
const HARMLESS_OVERLAY = {
  messageId: "automatic",
  consequence: 'it may pick another of 65536 subnets on each host and after each "down"',
} as const;
const UNKNOWN_RISK = {
  messageId: "automatic",
  consequence:
    'it may pick another of 31 subnets on each host and after each "down", even if the range is in use elsewhere',
} as const;
const UNSAFE_DAEMON_POOLS = {
  messageId: "unsafe",
  consequence:
    '1 of the 256 subnets that it picks from overlaps a forbidden range, first 10.202.3.0/24 with "build farm" (10.202.3.0/24), whose hosts then become unreachable',
  origin: "test/rules/workspaces/unsafe-daemon-pools/forbidden-ranges.yaml:5:11",
} as const;
const UNNAMED = {
  messageId: "unsafe",
  consequence:
    "1 of the 31 subnets that it picks from overlaps a forbidden range, first 192.168.0.0/20 with 192.168.0.0/24, whose hosts then become unreachable",
  origin: "test/rules/workspaces/unnamed/forbidden-ranges.yaml:4:5",
} as const;
const EXTENDED = {
  messageId: "unsafe",
  consequence:
    '2 of the 31 subnets that it picks from overlap a forbidden range, first 172.24.0.0/16 with "VPN: warehouse" (172.24.0.0/15), whose hosts then become unreachable',
  origin: "test/rules/workspaces/extended/vpn-routes.txt:3:1",
} as const;

/** The risk in the workspaces that forbid the office LAN and nothing else. */
function officeLanIn(workspace: string): Risk {
  return {
    messageId: "unsafe",
    consequence:
      '1 of the 31 subnets that it picks from overlaps a forbidden range, first 192.168.0.0/20 with "office LAN" (192.168.0.0/24), whose hosts then become unreachable',
    origin: `test/rules/workspaces/${workspace}/forbidden-ranges.yaml:5:11`,
  };
}

interface Finding {
  readonly network: string;
  readonly family?: "IPv4" | "IPv6";
  readonly cause?: string;
  readonly risk: Risk;
  readonly advice: string;
  readonly at: Extent;
  readonly suggestions?: RuleTester.SuggestionOutput[];
}

/** A network whose subnet Docker would choose. */
function finding({ network, family = "IPv4", cause = "", risk, advice, at, suggestions = [] }: Finding) {
  const { messageId, ...dangers } = risk;
  return { messageId, data: { network, family, cause, ...dangers, advice }, ...position(at), suggestions };
}

function pin(network: string, subnet: string, output: string): RuleTester.SuggestionOutput {
  return { messageId: "pin", data: { network, subnet }, output };
}

interface PinnedCase extends Omit<Finding, "advice" | "suggestions"> {
  readonly name: string;
  readonly filename: string;
  readonly code: string;
  readonly output: string;
  readonly options?: unknown[];
  readonly subnet: string;
}

/** A file with one such network, for which the fix and the suggestion write the same subnet. */
function pinned({ name, filename, code, output, options = [], subnet, ...found }: PinnedCase) {
  const verb = found.cause === IMPLICIT ? "Declare it with the subnet" : "Pin it to";
  const advice = `${verb} ${subnet}; the network is recreated on the next up.`;
  const suggestions = [pin(found.network, subnet, output)];
  return { name, filename, code, output, options, errors: [finding({ ...found, advice, suggestions })] };
}

composeRuleTester.run("require-subnet", requireSubnet, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "a subnet in the style of a variable counts as pinned",
      filename: inWorkspace("office"),
      options: [{ style: "variable" }],
      code: yaml`
        name: shop
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: \${SHOP_FRONT_SUBNET:-10.201.3.0/24}
      `,
    },
    {
      name: "a reviewed exception that names no subnet lets Docker choose one",
      filename: inWorkspace("exceptions"),
      code: yaml`
        services: { web: { image: caddy, networks: [last-day] } }
        networks: { last-day: }
      `,
    },
    {
      name: "a reviewed exception for every network of a folder",
      filename: inWorkspace("exceptions", "lab/one/compose.yaml"),
      code: yaml`
        services: { web: { image: caddy, networks: [default, back] } }
        networks: { back: { ipam: { config: [{ subnet: "\${UNSET}" }] } } }
      `,
    },
    {
      name: "a pinned network is left alone",
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
      name: "the default network counts as pinned once it is declared with a subnet",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
    },
    {
      name: "a subnet may come from a variable with a default",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: \${SHOP_SUBNET:-10.201.3.0/24}
      `,
    },
    {
      name: "a subnet may come from a variable that has to be set",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: \${SHOP_SUBNET:?set it to a subnet}
      `,
    },
    {
      name: "an external network brings a subnet along",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [proxy] } }
        networks:
          proxy:
            external: true
      `,
    },
    {
      name: "an external network may be named by a map",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [proxy] } }
        networks:
          proxy:
            external:
              name: proxy_default
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
      `,
    },
    {
      name: "network_mode keeps a service off the default network",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            network_mode: none
          sidecar:
            image: caddy
            network_mode: service:web
      `,
    },
    {
      name: "a file without services starts no network",
      filename: inWorkspace("office"),
      code: yaml`
        networks:
          front:
      `,
    },
    {
      name: "a file that declares nothing is a finding of nobody",
      filename: inWorkspace("office"),
      code: yaml`
        {}
      `,
    },
    {
      name: "an empty file is a finding of nobody",
      filename: inWorkspace("office"),
      code: "\n",
    },
    {
      name: "a service without an image is finished by another file",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            ports: ["443:443"]
      `,
    },
    {
      name: "a service on a network that is declared elsewhere belongs to a larger project",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
      `,
    },
    {
      name: "an override file is laid over others",
      filename: inWorkspace("office", "compose.override.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
    },
    {
      name: "a file that includes another may get its networks from there",
      filename: inWorkspace("office"),
      code: yaml`
        include: [db.yaml]
        services:
          web:
            image: caddy
      `,
    },
    {
      name: "an extended service may join more than is seen",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            extends: { file: base.yaml, service: web }
        networks:
          front:
      `,
    },
    {
      name: "a plugin chooses the subnets of its networks",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [mesh] } }
        networks:
          mesh:
            driver: weaveworks/net-plugin
      `,
    },
    {
      name: "an IPAM plugin chooses the subnets of its networks",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            ipam:
              driver: dhcp
      `,
    },
    {
      name: "a subnet that the engine refuses is another rule's business",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.3.0/33
      `,
    },
    {
      name: "when IPv4 is off, no IPv4 subnet is wanted",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv4: false
            enable_ipv6: true
            ipam:
              config:
                - subnet: fd12:3456:789a:1::/64
      `,
    },
    {
      name: "with when: unsafe, networks that Docker can only put on harmless ranges pass",
      filename: inWorkspace("cloud"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      options: [{ when: "unsafe" }],
    },
    {
      name: "with when: unsafe, an unset variable passes",
      filename: inWorkspace("cloud"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: \${SHOP_SUBNET}
      `,
      options: [{ when: "unsafe" }],
    },
    {
      name: "with families: [ipv4], a missing IPv6 subnet passes",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
      options: [{ families: ["ipv4"] }],
    },
    {
      name: "with families: [ipv6], a missing IPv4 subnet passes",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      options: [{ families: ["ipv6"] }],
    },
    {
      name: "address pools of the daemons are a plan too, when no forbidden range is among them",
      filename: inWorkspace("daemon-pools"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
    },
    {
      name: "an override file pins a network of the base file",
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
        # eslint-disable-next-line rule-to-test/require-subnet -- one container, on a desk
        services:
          web:
            image: caddy
      `,
    },
  ],
  invalid: [
    pinned({
      name: "an exception for one subnet is none for whatever Docker chooses",
      filename: inWorkspace("exceptions"),
      code: yaml`
        services: { web: { image: caddy, networks: [reviewed] } }
        networks:
          reviewed:
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [reviewed] } }
        networks:
          reviewed:
            ipam:
              config:
                - subnet: 10.201.26.0/24
      `,
      network: "reviewed",
      risk: HARMLESS,
      subnet: "10.201.26.0/24",
      at: [3, 3, 3, 11],
    }),
    pinned({
      name: "an exception that is past its day",
      filename: inWorkspace("exceptions"),
      code: yaml`
        services: { web: { image: caddy, networks: [expired] } }
        networks:
          expired:
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [expired] } }
        networks:
          expired:
            ipam:
              config:
                - subnet: 10.201.211.0/24
      `,
      network: "expired",
      risk: HARMLESS,
      subnet: "10.201.211.0/24",
      at: [3, 3, 3, 10],
    }),
    pinned({
      name: "the implicit default network has no subnet",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: OFFICE,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    pinned({
      name: "the default network is implicit as soon as one service is left on it",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
          worker:
            image: busybox
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
      output: yaml`
        services:
          web:
            image: caddy
            networks: [front]
          worker:
            image: busybox
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.3.0/24
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: OFFICE,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    pinned({
      name: "a profile hides a service, not its network",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            profiles: [debug]
      `,
      output: yaml`
        services:
          web:
            image: caddy
            profiles: [debug]
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: OFFICE,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    pinned({
      name: "empty lines between top-level keys are kept up",
      filename: inWorkspace("office"),
      code: yaml`
        name: shop

        services:
          web:
            image: caddy

        volumes:
          db:
      `,
      output: yaml`
        name: shop

        services:
          web:
            image: caddy

        volumes:
          db:

        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.151.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: OFFICE,
      subnet: "10.201.151.0/24",
      at: [3, 1, 3, 9],
    }),
    pinned({
      name: "a network without any properties",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "a null network keeps its comment",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front: ~ # for the proxy
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front: # for the proxy
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "a network in braces is answered in braces",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front: {}
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front: { ipam: { config: [{ subnet: 10.201.193.0/24 }] } }
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "a network in braces with a driver",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks: { front: { driver: bridge } }
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks: { front: { driver: bridge, ipam: { config: [{ subnet: 10.201.193.0/24 }] } } }
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [2, 13, 2, 18],
    }),
    pinned({
      name: "a network with a driver only",
      filename: inWorkspace("office"),
      code: yaml`
        services:
            web:
                image: caddy
                networks:
                    - front
        networks:
            front:
                driver: bridge
      `,
      output: yaml`
        services:
            web:
                image: caddy
                networks:
                    - front
        networks:
            front:
                driver: bridge
                ipam:
                    config:
                        - subnet: 10.201.193.0/24
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [7, 5, 7, 10],
    }),
    pinned({
      name: "an internal network takes a route from this machine as well",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [back] } }
        networks:
          back:
            internal: true
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [back] } }
        networks:
          back:
            internal: true
            ipam:
              config:
                - subnet: 10.201.187.0/24
      `,
      network: "back",
      risk: OFFICE,
      subnet: "10.201.187.0/24",
      at: [3, 3, 3, 7],
    }),
    pinned({
      name: "ipam with an address driver and no pool",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              driver: default
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              driver: default
              config:
                - subnet: 10.201.193.0/24
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "an empty list of pools",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config: []
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config: [{ subnet: 10.201.193.0/24 }]
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "an empty pool",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - {}
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.201.193.0/24 }
      `,
      network: "front",
      cause: " (its pool is empty) (Docker Engine before 29 refuses it)",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [6, 11, 6, 13],
    }),
    pinned({
      name: "an empty subnet",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: ""
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: "10.201.193.0/24"
      `,
      network: "front",
      cause: " (its pool is empty) (Docker Engine before 29 refuses it)",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [6, 19, 6, 21],
    }),
    pinned({
      name: "0.0.0.0/24 is a size, not a subnet",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 0.0.0.0/24
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
      network: "front",
      cause: " (0.0.0.0/24 only gives its size) (Docker Engine before 29 starts nothing on it)",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [6, 19, 6, 29],
    }),
    pinned({
      name: "a network with an IPv6 subnet only gets its IPv4 subnet from Docker",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: fd12:3456:789a:1::/64
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: fd12:3456:789a:1::/64
                - subnet: 10.201.193.0/24
      `,
      network: "front",
      cause: " (it has only IPv6 subnets)",
      risk: HARMLESS,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "a network with IPv6 switched on has no IPv6 subnet",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
                - subnet: fd12:3456:789a:d02f::/64
      `,
      network: "front",
      family: "IPv6",
      cause: " (it has only IPv4 subnets)",
      risk: NO_IPV6_POOL,
      subnet: "fd12:3456:789a:d02f::/64",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "::/64 is a size, not a subnet",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
                - subnet: "::/64"
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
                - subnet: "fd12:3456:789a:d02f::/64"
      `,
      network: "front",
      family: "IPv6",
      cause: " (::/64 only gives its size) (Docker Engine before 29 refuses it)",
      risk: NO_IPV6_POOL,
      subnet: "fd12:3456:789a:d02f::/64",
      at: [8, 19, 8, 26],
    }),
    {
      name: "a network with IPv6 switched on and no pool at all lacks both subnets",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
      errors: [
        finding({
          network: "front",
          risk: HARMLESS,
          advice: "Pin it to 10.201.193.0/24; the network is recreated on the next up.",
          at: [3, 3, 3, 8],
          suggestions: [
            pin(
              "front",
              "10.201.193.0/24",
              yaml`
              services: { web: { image: caddy, networks: [front] } }
              networks:
                front:
                  enable_ipv6: true
                  ipam:
                    config:
                      - subnet: 10.201.193.0/24
            `,
            ),
          ],
        }),
        finding({
          network: "front",
          family: "IPv6",
          risk: NO_IPV6_POOL,
          advice: "Pin it to fd12:3456:789a:d02f::/64; the network is recreated on the next up.",
          at: [3, 3, 3, 8],
          suggestions: [
            pin(
              "front",
              "fd12:3456:789a:d02f::/64",
              yaml`
              services: { web: { image: caddy, networks: [front] } }
              networks:
                front:
                  enable_ipv6: true
                  ipam:
                    config:
                      - subnet: fd12:3456:789a:d02f::/64
            `,
            ),
          ],
        }),
      ],
    },
    {
      name: "an IPv6 subnet where no IPv6 pool is declared",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
      output: null,
      errors: [
        finding({
          network: "front",
          family: "IPv6",
          cause: " (it has only IPv4 subnets)",
          risk: NO_IPV6_POOL,
          advice: "No subnet is free for it: no IPv6 pool is declared.",
          at: [3, 3, 3, 8],
        }),
      ],
    },
    {
      name: "a variable without a value and without a default",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: \${SHOP_SUBNET}
      `,
      output: null,
      errors: [
        {
          messageId: "unset",
          data: {
            network: "default",
            outcome: "is empty",
            variables: "$SHOP_SUBNET is",
            consequence: "engines before 29 refuse it; from 29 on, Docker picks a subnet and reports nothing",
            advice: 'Write ${SHOP_SUBNET:?…} to stop with an error, or add a default after ":-".',
          },
          line: 8,
          column: 19,
          endLine: 8,
          endColumn: 33,
          suggestions: [
            {
              messageId: "requireVariable",
              data: { variable: "$SHOP_SUBNET" },
              output: yaml`
              services:
                web:
                  image: caddy
              networks:
                default:
                  ipam:
                    config:
                      - subnet: \${SHOP_SUBNET:?set it to a subnet}
            `,
            },
          ],
        },
      ],
    },
    {
      name: "a variable without a value, in quotes",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: "$SHOP_SUBNET"
      `,
      output: null,
      errors: [
        {
          messageId: "unset",
          data: {
            network: "default",
            outcome: "is empty",
            variables: "$SHOP_SUBNET is",
            consequence: "engines before 29 refuse it; from 29 on, Docker picks a subnet and reports nothing",
            advice: 'Write ${SHOP_SUBNET:?…} to stop with an error, or add a default after ":-".',
          },
          line: 8,
          column: 19,
          endLine: 8,
          endColumn: 33,
          suggestions: [
            {
              messageId: "requireVariable",
              data: { variable: "$SHOP_SUBNET" },
              output: yaml`
              services:
                web:
                  image: caddy
              networks:
                default:
                  ipam:
                    config:
                      - subnet: "\${SHOP_SUBNET:?set it to a subnet}"
            `,
            },
          ],
        },
      ],
    },
    {
      name: "two variables without a value that make one subnet up",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: \${SHOP_PREFIX}.\${SHOP_NET}.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "unset",
          data: {
            network: "default",
            outcome: 'comes to "..0/24"',
            variables: "$SHOP_PREFIX and $SHOP_NET are",
            consequence: "the engine refuses it",
            advice: 'Write ${SHOP_PREFIX:?…} and ${SHOP_NET:?…} to stop with an error, or add a default after ":-".',
          },
          line: 8,
          column: 19,
          endLine: 8,
          endColumn: 50,
          suggestions: [],
        },
      ],
    },
    {
      name: "a variable that is set to nothing",
      filename: inWorkspace("variables"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: \${NO_SUBNET}
      `,
      output: null,
      errors: [
        finding({
          network: "default",
          cause: " (its pool is empty) (Docker Engine before 29 refuses it)",
          risk: officeLanIn("variables"),
          advice:
            "Not pinned automatically: it is a variable (test/rules/workspaces/variables/compose.yaml:8:19); 10.201.89.0/24 is free.",
          at: [8, 19, 8, 31],
        }),
      ],
    },
    {
      name: "a variable without a value and without quotes, inside braces",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default: { ipam: { config: [{ subnet: $SHOP_SUBNET }] } }
      `,
      output: null,
      errors: [
        {
          messageId: "unset",
          data: {
            network: "default",
            outcome: "is empty",
            variables: "$SHOP_SUBNET is",
            consequence: "engines before 29 refuse it; from 29 on, Docker picks a subnet and reports nothing",
            advice: 'Write ${SHOP_SUBNET:?…} to stop with an error, or add a default after ":-".',
          },
          line: 5,
          column: 41,
          endLine: 5,
          endColumn: 53,
          suggestions: [
            {
              messageId: "requireVariable",
              data: { variable: "$SHOP_SUBNET" },
              output: yaml`
              services:
                web:
                  image: caddy
              networks:
                default: { ipam: { config: [{ subnet: "\${SHOP_SUBNET:?set it to a subnet}" }] } }
            `,
            },
          ],
        },
      ],
    },
    {
      name: "a variable without a value on a network of both families is reported once",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            enable_ipv6: true
            ipam:
              config:
                - subnet: '\${SHOP_SUBNET}'
      `,
      output: null,
      errors: [
        {
          messageId: "unset",
          data: {
            network: "default",
            outcome: "is empty",
            variables: "$SHOP_SUBNET is",
            consequence: "engines before 29 refuse it; from 29 on, Docker picks a subnet and reports nothing",
            advice: 'Write ${SHOP_SUBNET:?…} to stop with an error, or add a default after ":-".',
          },
          line: 9,
          column: 19,
          endLine: 9,
          endColumn: 35,
          suggestions: [
            {
              messageId: "requireVariable",
              data: { variable: "$SHOP_SUBNET" },
              output: yaml`
              services:
                web:
                  image: caddy
              networks:
                default:
                  enable_ipv6: true
                  ipam:
                    config:
                      - subnet: '\${SHOP_SUBNET:?set it to a subnet}'
            `,
            },
          ],
        },
      ],
    },
    pinned({
      name: "macvlan draws from the same pools",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts:
              parent: eth0
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts:
              parent: eth0
            ipam:
              config:
                - subnet: 10.201.38.0/24
      `,
      network: "lan",
      risk: OFFICE_CONTAINERS,
      subnet: "10.201.38.0/24",
      at: [3, 3, 3, 6],
    }),
    pinned({
      name: "ipvlan draws from the same pools",
      filename: inWorkspace("cloud"),
      code: yaml`
        services: { web: { image: caddy, networks: [lan] } }
        networks:
          lan:
            driver: ipvlan
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [lan] } }
        networks:
          lan:
            driver: ipvlan
            ipam:
              config:
                - subnet: 10.201.38.0/24
      `,
      network: "lan",
      risk: HARMLESS,
      subnet: "10.201.38.0/24",
      at: [3, 3, 3, 6],
    }),
    pinned({
      name: "overlay networks have pools of their own",
      filename: inWorkspace("cloud"),
      code: yaml`
        services: { web: { image: caddy, networks: [mesh] } }
        networks:
          mesh:
            driver: overlay
            attachable: true
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [mesh] } }
        networks:
          mesh:
            driver: overlay
            attachable: true
            ipam:
              config:
                - subnet: 10.201.255.0/24
      `,
      network: "mesh",
      risk: CLOUD_OVERLAY,
      subnet: "10.201.255.0/24",
      at: [3, 3, 3, 7],
    }),
    pinned({
      name: "overlay networks do not ask the daemons' pools",
      filename: inWorkspace("daemon-pools"),
      code: yaml`
        services: { web: { image: caddy, networks: [mesh] } }
        networks:
          mesh:
            driver: overlay
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [mesh] } }
        networks:
          mesh:
            driver: overlay
            ipam:
              config:
                - subnet: 10.201.255.0/24
      `,
      network: "mesh",
      risk: HARMLESS_OVERLAY,
      subnet: "10.201.255.0/24",
      at: [3, 3, 3, 7],
    }),
    {
      name: "several networks are pinned in one pass",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front, back, cache] } }
        networks:
          front:
          back: {}
          cache:
            internal: true
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front, back, cache] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
          back: { ipam: { config: [{ subnet: 10.201.187.0/24 }] } }
          cache:
            internal: true
            ipam:
              config:
                - subnet: 10.201.150.0/24
      `,
      errors: [
        finding({
          network: "front",
          risk: OFFICE,
          advice: "Pin it to 10.201.193.0/24; the network is recreated on the next up.",
          at: [3, 3, 3, 8],
          suggestions: [
            pin(
              "front",
              "10.201.193.0/24",
              yaml`
              services: { web: { image: caddy, networks: [front, back, cache] } }
              networks:
                front:
                  ipam:
                    config:
                      - subnet: 10.201.193.0/24
                back: {}
                cache:
                  internal: true
            `,
            ),
          ],
        }),
        finding({
          network: "back",
          risk: OFFICE,
          advice: "Pin it to 10.201.187.0/24; the network is recreated on the next up.",
          at: [4, 3, 4, 7],
          suggestions: [
            pin(
              "back",
              "10.201.187.0/24",
              yaml`
              services: { web: { image: caddy, networks: [front, back, cache] } }
              networks:
                front:
                back: { ipam: { config: [{ subnet: 10.201.187.0/24 }] } }
                cache:
                  internal: true
            `,
            ),
          ],
        }),
        finding({
          network: "cache",
          risk: OFFICE,
          advice: "Pin it to 10.201.150.0/24; the network is recreated on the next up.",
          at: [5, 3, 5, 8],
          suggestions: [
            pin(
              "cache",
              "10.201.150.0/24",
              yaml`
              services: { web: { image: caddy, networks: [front, back, cache] } }
              networks:
                front:
                back: {}
                cache:
                  internal: true
                  ipam:
                    config:
                      - subnet: 10.201.150.0/24
            `,
            ),
          ],
        }),
      ],
    },
    {
      name: "the default network is added behind the last declared one in a second pass",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
          worker:
            image: busybox
        networks:
          front:
      `,
      output: yaml`
        services:
          web:
            image: caddy
            networks: [front]
          worker:
            image: busybox
        networks:
          front:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      errors: [
        finding({
          network: "default",
          cause: IMPLICIT,
          risk: OFFICE,
          advice: "Declare it with the subnet 10.201.89.0/24; the network is recreated on the next up.",
          at: [1, 1, 1, 9],
          suggestions: [
            pin(
              "default",
              "10.201.89.0/24",
              yaml`
              services:
                web:
                  image: caddy
                  networks: [front]
                worker:
                  image: busybox
              networks:
                front:
                default:
                  ipam:
                    config:
                      - subnet: 10.201.89.0/24
            `,
            ),
          ],
        }),
        finding({
          network: "front",
          risk: OFFICE,
          advice: "Pin it to 10.201.193.0/24; the network is recreated on the next up.",
          at: [8, 3, 8, 8],
          suggestions: [
            pin(
              "front",
              "10.201.193.0/24",
              yaml`
              services:
                web:
                  image: caddy
                  networks: [front]
                worker:
                  image: busybox
              networks:
                front:
                  ipam:
                    config:
                      - subnet: 10.201.193.0/24
            `,
            ),
          ],
        }),
      ],
    },
    pinned({
      name: "a pinned network and one that is not",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
          back:
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
          back:
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    {
      name: "one network that can't be pinned keeps all of a project from being pinned",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
              back:
                ipv4_address: 10.9.0.5
        networks:
          front:
          back:
      `,
      output: null,
      errors: [
        finding({
          network: "front",
          risk: OFFICE,
          advice:
            'Not pinned automatically: network "back" can\'t be pinned too and might then get the same range; 10.201.193.0/24 is free.',
          at: [9, 3, 9, 8],
          suggestions: [
            pin(
              "front",
              "10.201.193.0/24",
              yaml`
              services:
                web:
                  image: caddy
                  networks:
                    front:
                    back:
                      ipv4_address: 10.9.0.5
              networks:
                front:
                  ipam:
                    config:
                      - subnet: 10.201.193.0/24
                back:
            `,
            ),
          ],
        }),
        finding({
          network: "back",
          cause: '; no subnet contains 10.9.0.5 of service "web"',
          risk: OFFICE,
          advice:
            "Pin it to 10.9.0.0/24, which contains its static addresses. It is in no pool, so --fix does not write it.",
          at: [10, 3, 10, 7],
          suggestions: [
            pin(
              "back",
              "10.9.0.0/24",
              yaml`
              services:
                web:
                  image: caddy
                  networks:
                    front:
                    back:
                      ipv4_address: 10.9.0.5
              networks:
                front:
                back:
                  ipam:
                    config:
                      - subnet: 10.9.0.0/24
            `,
            ),
          ],
        }),
      ],
    },
    {
      name: "an anchor is shared by two networks",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front: &bridged
            driver: bridge
          back: *bridged
      `,
      output: null,
      errors: [
        finding({
          network: "front",
          risk: OFFICE,
          advice:
            "Not pinned automatically: its text has the anchor &bridged, which other places share (test/rules/workspaces/office/compose.yaml:4:5); 10.201.193.0/24 is free.",
          at: [3, 3, 3, 8],
        }),
        finding({
          network: "back",
          risk: OFFICE,
          advice:
            'Not pinned automatically: network "front" can\'t be pinned too and might then get the same range; 10.201.187.0/24 is free.',
          at: [5, 3, 5, 7],
          suggestions: [
            pin(
              "back",
              "10.201.187.0/24",
              yaml`
                services: { web: { image: caddy, networks: [front, back] } }
                networks:
                  front: &bridged
                    driver: bridge
                  back:
                    <<: *bridged
                    ipam:
                      config:
                        - subnet: 10.201.187.0/24
              `,
            ),
          ],
        }),
      ],
    },
    {
      name: "a merge key brings the ipam in",
      filename: inWorkspace("office"),
      code: yaml`
        x-ipam: &pooled
          ipam:
            driver: default
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            <<: *pooled
      `,
      output: null,
      errors: [
        finding({
          network: "front",
          risk: OFFICE,
          advice:
            "Not pinned automatically: the merge key <<: *pooled brings it in (test/rules/workspaces/office/compose.yaml:7:9); 10.201.193.0/24 is free.",
          at: [6, 3, 6, 8],
        }),
      ],
    },
    pinned({
      name: "an anchor that nobody uses",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front: &bridged
            driver: bridge
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front: &bridged
            driver: bridge
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "a merge key that has nothing to do with addresses",
      filename: inWorkspace("office"),
      code: yaml`
        x-labels: &labelled
          labels: [com.example.team=shop]
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            <<: *labelled
            driver: bridge
      `,
      output: yaml`
        x-labels: &labelled
          labels: [com.example.team=shop]
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            <<: *labelled
            driver: bridge
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [5, 3, 5, 8],
    }),
    {
      name: "a pool that is full",
      filename: inWorkspace("small-pool"),
      code: yaml`
        services: { web: { image: caddy, networks: [one, two, three] } }
        networks:
          one:
          two:
          three:
      `,
      output: null,
      errors: [
        finding({
          network: "one",
          risk: officeLanIn("small-pool"),
          advice:
            'Not pinned automatically: network "two" can\'t be pinned too and might then get the same range; 10.201.4.0/24 is free.',
          at: [3, 3, 3, 6],
          suggestions: [
            pin(
              "one",
              "10.201.4.0/24",
              yaml`
              services: { web: { image: caddy, networks: [one, two, three] } }
              networks:
                one:
                  ipam:
                    config:
                      - subnet: 10.201.4.0/24
                two:
                three:
            `,
            ),
          ],
        }),
        finding({
          network: "two",
          risk: officeLanIn("small-pool"),
          advice:
            'No subnet is free for it: 10.201.4.0/23 is full (2 of 2 subnets of /24 taken, by network "one" of test/rules/workspaces/small-pool/compose.yaml and network "three" of test/rules/workspaces/small-pool/compose.yaml; no smaller one is free either).',
          at: [4, 3, 4, 6],
        }),
        finding({
          network: "three",
          risk: officeLanIn("small-pool"),
          advice:
            'Not pinned automatically: network "two" can\'t be pinned too and might then get the same range; 10.201.5.0/24 is free.',
          at: [5, 3, 5, 8],
          suggestions: [
            pin(
              "three",
              "10.201.5.0/24",
              yaml`
              services: { web: { image: caddy, networks: [one, two, three] } }
              networks:
                one:
                two:
                three:
                  ipam:
                    config:
                      - subnet: 10.201.5.0/24
            `,
            ),
          ],
        }),
      ],
    },
    pinned({
      name: "subnets that other projects of the workspace hold are not given again",
      filename: inWorkspace("siblings"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.5.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: officeLanIn("siblings"),
      subnet: "10.201.5.0/24",
      at: [1, 1, 1, 9],
    }),
    {
      name: "no pool is declared",
      filename: inWorkspace("no-pools"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: null,
      errors: [
        finding({
          network: "default",
          cause: IMPLICIT,
          risk: officeLanIn("no-pools"),
          advice:
            'Give it a subnet that nothing else uses. With "pools" in forbidden-ranges.yaml, --fix adds one: run compose-networks init.',
          at: [1, 1, 1, 9],
          suggestions: [
            pin(
              "default",
              "10.251.89.0/24",
              yaml`
              services:
                web:
                  image: caddy
              networks:
                default:
                  ipam:
                    config:
                      - subnet: 10.251.89.0/24
            `,
            ),
          ],
        }),
      ],
    },
    {
      name: "no forbidden-ranges file",
      filename: inWorkspace("none"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: null,
      errors: [
        finding({
          network: "default",
          cause: IMPLICIT,
          risk: UNKNOWN_RISK,
          advice:
            'Give it a subnet that nothing else uses. With "pools" in forbidden-ranges.yaml, --fix adds one: run compose-networks init.',
          at: [1, 1, 1, 9],
          suggestions: [
            pin(
              "default",
              "10.205.103.0/24",
              yaml`
              services:
                web:
                  image: caddy
              networks:
                default:
                  ipam:
                    config:
                      - subnet: 10.205.103.0/24
            `,
            ),
          ],
        }),
      ],
    },
    {
      name: "a faulty forbidden-ranges file",
      filename: inWorkspace("faulty"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: null,
      errors: [
        finding({
          network: "default",
          cause: IMPLICIT,
          risk: UNKNOWN_RISK,
          advice:
            "No subnet is proposed, since the forbidden-ranges file is faulty at test/rules/workspaces/faulty/forbidden-ranges.yaml:3:11.",
          at: [1, 1, 1, 9],
        }),
      ],
    },
    pinned({
      name: "no subnet is harmful, but another one on each host",
      filename: inWorkspace("cloud"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: HARMLESS,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    pinned({
      name: "with when: unsafe, Docker may hit a forbidden range",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      options: [{ when: "unsafe" }],
      network: "default",
      cause: IMPLICIT,
      risk: OFFICE,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    {
      name: "with checkUnused, a network that no service joins counts",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            network_mode: host
        networks:
          front:
      `,
      output: null,
      options: [{ checkUnused: true }],
      errors: [
        finding({
          network: "front",
          risk: OFFICE,
          advice: "Pin it to 10.201.193.0/24.",
          at: [6, 3, 6, 8],
          suggestions: [
            pin(
              "front",
              "10.201.193.0/24",
              yaml`
              services:
                web:
                  image: caddy
                  network_mode: host
              networks:
                front:
                  ipam:
                    config:
                      - subnet: 10.201.193.0/24
            `,
            ),
          ],
        }),
      ],
    },
    pinned({
      name: "address pools of the daemons that hold a forbidden range are no plan",
      filename: inWorkspace("unsafe-daemon-pools"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: UNSAFE_DAEMON_POOLS,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    pinned({
      name: "a range without a name stands for itself",
      filename: inWorkspace("unnamed"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: UNNAMED,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    pinned({
      name: "a range of an extended list is named by its place there",
      filename: inWorkspace("extended"),
      code: yaml`
        services:
          web:
            image: caddy
      `,
      output: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: EXTENDED,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    pinned({
      name: "a JSON file is answered in JSON",
      filename: inWorkspace("office"),
      code: yaml`
        {
          "services": {
            "web": { "image": "caddy", "networks": ["front"] }
          },
          "networks": {
            "front": {}
          }
        }
      `,
      output: yaml`
        {
          "services": {
            "web": { "image": "caddy", "networks": ["front"] }
          },
          "networks": {
            "front": { "ipam": { "config": [{ "subnet": "10.201.193.0/24" }] } }
          }
        }
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [6, 5, 6, 12],
    }),
    pinned({
      name: "several documents are one project",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
        ---
        volumes:
          db:
      `,
      output: yaml`
        services:
          web:
            image: caddy
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
        ---
        volumes:
          db:
      `,
      network: "default",
      cause: IMPLICIT,
      risk: OFFICE,
      subnet: "10.201.89.0/24",
      at: [1, 1, 1, 9],
    }),
    pinned({
      name: "a static IPv4 address does not stand in the way of an IPv6 subnet",
      filename: inWorkspace("ipv6"),
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv4_address: 10.201.3.7
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
      `,
      output: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv4_address: 10.201.3.7
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.201.3.0/24
                - subnet: fd12:3456:789a:d02f::/64
      `,
      network: "front",
      family: "IPv6",
      cause: " (it has only IPv4 subnets)",
      risk: NO_IPV6_POOL,
      subnet: "fd12:3456:789a:d02f::/64",
      at: [8, 3, 8, 8],
    }),
    pinned({
      name: "one of two networks is pinned by an override file",
      filename: inWorkspace("layered"),
      code: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
          back:
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
          back:
            ipam:
              config:
                - subnet: 10.201.187.0/24
      `,
      network: "back",
      risk: officeLanIn("layered"),
      subnet: "10.201.187.0/24",
      at: [4, 3, 4, 7],
    }),
    {
      name: "an override file has a say in a network's addresses",
      filename: inWorkspace("layered-driver"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
      `,
      output: null,
      errors: [
        finding({
          network: "front",
          risk: officeLanIn("layered-driver"),
          advice:
            "Not pinned automatically: another file of the project has a say in its addresses (test/rules/workspaces/layered-driver/compose.override.yaml:4:7); 10.201.193.0/24 is free.",
          at: [3, 3, 3, 8],
        }),
      ],
    },
    {
      name: "the default network of an included file is left to the file that includes it",
      filename: inWorkspace("included", "parts/compose.yaml"),
      code: yaml`
        services:
          cache: { image: valkey, networks: [shards, default] }
        networks:
          shards:
      `,
      output: yaml`
        services:
          cache: { image: valkey, networks: [shards, default] }
        networks:
          shards:
            ipam:
              config:
                - subnet: 10.201.153.0/24
      `,
      errors: [
        finding({
          network: "default",
          cause: IMPLICIT,
          risk: officeLanIn("included"),
          advice:
            "Not pinned automatically: the network is that of the file which includes this one (test/rules/workspaces/included/compose.yaml:1:1); 10.201.54.0/24 is free.",
          at: [1, 1, 1, 9],
        }),
        finding({
          network: "shards",
          risk: officeLanIn("included"),
          advice: "Pin it to 10.201.153.0/24; the network is recreated on the next up.",
          at: [4, 3, 4, 9],
          suggestions: [
            pin(
              "shards",
              "10.201.153.0/24",
              yaml`
              services:
                cache: { image: valkey, networks: [shards, default] }
              networks:
                shards:
                  ipam:
                    config:
                      - subnet: 10.201.153.0/24
            `,
            ),
          ],
        }),
      ],
    },
    pinned({
      name: "the default network of a file that includes another is that of both",
      filename: inWorkspace("included"),
      code: yaml`
        include: [parts/compose.yaml]
        services:
          web: { image: caddy }
      `,
      output: yaml`
        include: [parts/compose.yaml]
        services:
          web: { image: caddy }
        networks:
          default:
            ipam:
              config:
                - subnet: 10.201.89.0/24
      `,
      network: "default",
      cause: IMPLICIT,
      risk: officeLanIn("included"),
      subnet: "10.201.89.0/24",
      at: [2, 1, 2, 9],
    }),
    {
      name: "a network that an included file has too",
      filename: inWorkspace("included"),
      code: yaml`
        include: [parts/compose.yaml]
        services:
          web: { image: caddy, networks: [back] }
        networks:
          back:
      `,
      output: null,
      errors: [
        finding({
          network: "back",
          risk: officeLanIn("included"),
          advice:
            'Not pinned automatically: a file that include puts together with it has a network "back" too (test/rules/workspaces/included/parts/compose.yaml:4:3); 10.201.187.0/24 is free.',
          at: [5, 3, 5, 7],
        }),
      ],
    },
    {
      name: "a network that the including file has too",
      filename: inWorkspace("included", "parts/compose.yaml"),
      code: yaml`
        services:
          cache: { image: valkey, networks: [back] }
        networks:
          back:
      `,
      output: null,
      errors: [
        finding({
          network: "back",
          risk: officeLanIn("included"),
          advice:
            'Not pinned automatically: a file that include puts together with it has a network "back" too (test/rules/workspaces/included/compose.yaml:5:3); 10.201.239.0/24 is free.',
          at: [4, 3, 4, 7],
        }),
      ],
    },
    {
      name: "a template, which another program makes a compose file of",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: {{ image }}
            networks: [front]
        networks:
          front:
      `,
      output: null,
      errors: [
        finding({
          network: "front",
          risk: OFFICE,
          advice:
            "Not pinned automatically: the file is a template: it contains {{ … }} without quotes (test/rules/workspaces/office/compose.yaml:3:13); 10.201.193.0/24 is free.",
          at: [6, 3, 6, 8],
        }),
      ],
    },
    pinned({
      name: "braces in quotes and in texts are no template",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            hostname: "{{.Node.Hostname}}"
            command: docker ps --format {{.Names}}
            networks: [front]
        networks:
          front:
      `,
      output: yaml`
        services:
          web:
            image: caddy
            hostname: "{{.Node.Hostname}}"
            command: docker ps --format {{.Names}}
            networks: [front]
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [8, 3, 8, 8],
    }),
    pinned({
      name: "a Windows file keeps its line ends",
      filename: inWorkspace("office"),
      code: crlf(yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
      `),
      output: crlf(yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `),
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    pinned({
      name: "the style of a variable, in lines",
      filename: inWorkspace("office"),
      options: [{ style: "variable" }],
      code: yaml`
        name: shop
        services: { web: { image: caddy, networks: [back-end] } }
        networks:
          back-end:
      `,
      output: yaml`
        name: shop
        services: { web: { image: caddy, networks: [back-end] } }
        networks:
          back-end:
            ipam:
              config:
                - subnet: \${SHOP_BACK_END_SUBNET:-10.201.77.0/24}
      `,
      network: "back-end",
      risk: OFFICE,
      subnet: "10.201.77.0/24",
      at: [4, 3, 4, 11],
    }),
    pinned({
      name: "the style of a variable, in braces, where it needs quotes",
      filename: inWorkspace("office"),
      options: [{ style: "variable" }],
      code: yaml`
        name: 2nd shop
        services: { web: { image: caddy, networks: [front] } }
        networks: { front: { ipam: { config: [{ subnet: "" }] } } }
      `,
      output: yaml`
        name: 2nd shop
        services: { web: { image: caddy, networks: [front] } }
        networks: { front: { ipam: { config: [{ subnet: "\${_2NDSHOP_FRONT_SUBNET:-10.201.72.0/24}" }] } } }
      `,
      network: "front",
      cause: " (its pool is empty) (Docker Engine before 29 refuses it)",
      risk: OFFICE,
      subnet: "10.201.72.0/24",
      at: [3, 49, 3, 51],
    }),
    {
      name: "a variable that is set already is no place for a subnet",
      filename: inWorkspace("variables"),
      options: [{ style: "variable" }],
      code: yaml`
        name: till
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
      `,
      output: null,
      errors: [
        finding({
          network: "front",
          risk: officeLanIn("variables"),
          advice:
            "Not pinned automatically: $TILL_FRONT_SUBNET has a value already, which would count instead (test/rules/workspaces/variables/compose.yaml:4:3); 10.201.207.0/24 is free.",
          at: [4, 3, 4, 8],
        }),
      ],
    },
    pinned({
      name: "a variable that is set to nothing counts as one that is not set",
      filename: inWorkspace("variables"),
      options: [{ style: "variable" }],
      code: yaml`
        name: till
        services: { web: { image: caddy, networks: [back] } }
        networks:
          back:
      `,
      output: yaml`
        name: till
        services: { web: { image: caddy, networks: [back] } }
        networks:
          back:
            ipam:
              config:
                - subnet: \${TILL_BACK_SUBNET:-10.201.84.0/24}
      `,
      network: "back",
      risk: officeLanIn("variables"),
      subnet: "10.201.84.0/24",
      at: [4, 3, 4, 7],
    }),
    pinned({
      name: "the policy's id names the variable where only the folder of a clone would name the project",
      filename: inWorkspace("office"),
      options: [{ style: "variable" }],
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: \${ACME_SHOP_FRONT_SUBNET:-10.201.193.0/24}
      `,
      network: "front",
      risk: OFFICE,
      subnet: "10.201.193.0/24",
      at: [3, 3, 3, 8],
    }),
    {
      name: "two networks whose variables would have one name are left as they are",
      filename: inWorkspace("office"),
      options: [{ style: "variable" }],
      code: yaml`
        name: shop
        services: { web: { image: caddy, networks: [a-b, a_b] } }
        networks:
          a-b:
          a_b: { ipam: { config: [{ subnet: 10.201.3.0/24 }] } }
      `,
      output: null,
      errors: [
        finding({
          network: "a-b",
          risk: OFFICE,
          advice:
            'Not pinned automatically: $SHOP_A_B_SUBNET would be the variable of network "a_b" too (test/rules/workspaces/office/compose.yaml:4:3); 10.201.218.0/24 is free.',
          at: [4, 3, 4, 6],
        }),
      ],
    },
    {
      name: "all static addresses of a network, in one finding, also where a safe choice is enough",
      filename: inWorkspace("office"),
      options: [{ when: "unsafe" }],
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 172.20.0.50 } } }
          api: { image: caddy, networks: { front: { ipv4_address: 172.20.0.7 } } }
        networks:
          front:
      `,
      output: null,
      errors: [
        finding({
          network: "front",
          cause: '; no subnet contains 172.20.0.50 of service "web" and 172.20.0.7 of service "api"',
          risk: OFFICE,
          advice:
            "Pin it to 172.20.0.0/24, which contains its static addresses. It is in no pool, so --fix does not write it.",
          at: [5, 3, 5, 8],
          suggestions: [
            pin(
              "front",
              "172.20.0.0/24",
              yaml`
              services:
                web: { image: caddy, networks: { front: { ipv4_address: 172.20.0.50 } } }
                api: { image: caddy, networks: { front: { ipv4_address: 172.20.0.7 } } }
              networks:
                front:
                  ipam:
                    config:
                      - subnet: 172.20.0.0/24
            `,
            ),
          ],
        }),
      ],
    },
    pinned({
      name: "static addresses in a pool decide the subnet",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: { front: { ipv4_address: 10.201.7.9 } } } }
        networks:
          front:
      `,
      output: yaml`
        services: { web: { image: caddy, networks: { front: { ipv4_address: 10.201.7.9 } } } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.7.0/24
      `,
      network: "front",
      cause: '; no subnet contains 10.201.7.9 of service "web"',
      risk: OFFICE,
      subnet: "10.201.7.0/24",
      at: [3, 3, 3, 8],
    }),
  ],
});
