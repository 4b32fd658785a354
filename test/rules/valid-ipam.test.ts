import { validIpam } from "../../rules/valid-ipam.js";
import { composeRuleTester, EVERYTHING, inWorkspace, position, yaml } from "./compose-rule-tester.js";

const OUTSIDE_OF_THE_STACK = 'Leave it out, or make the network with "docker network create" and declare it external.';

composeRuleTester.run("valid-ipam", validIpam, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "a pool in which all is as it should be",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.128/25
                  gateway: 10.7.0.1
                  aux_addresses: { router: 10.7.0.2 }
      `,
    },
    {
      name: "a pool that require-subnet reports",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - {}
      `,
    },
    {
      name: "host bits, for engines that mask them away",
      options: [{ engine: { min: "20.10", max: "24" } }],
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.5/24
      `,
    },
    {
      name: "a variable without a value",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: \${SUBNET}
                  gateway: \${GATEWAY}
      `,
    },
    {
      name: "addresses that a plugin looks after",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            driver: weave
            ipam: { driver: weave, config: [{ subnet: 10.7.0.5/24 }] }
      `,
    },
    {
      name: "a network that no service joins",
      code: yaml`
        services: { web: { image: caddy, network_mode: host } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.5/24
      `,
    },
    {
      name: "two subnets of a macvlan",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: 10.8.0.0/24
      `,
    },
    {
      name: "an auxiliary address on the first address, with a range of its own",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.128/25
                  aux_addresses: { router: 10.7.0.1 }
      `,
    },
    {
      name: "a part of a project that may switch IPv6 on elsewhere",
      code: yaml`
        services: { web: { networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: fd00:7::/64
      `,
    },
  ],
  invalid: [
    {
      name: "a subnet without a prefix length",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0
      `,
      output: null,
      errors: [
        {
          messageId: "malformedSubnet",
          data: {
            text: "10.7.0.0",
            network: "front",
            reason: "it has no prefix length: a subnet is written like 10.0.0.0/24",
            engines: "The engine",
            advice: "Did you mean 10.7.0.0/24?",
          },
          ...position([6, 19, 6, 27]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.7.0.0/24" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a prefix length that is too great",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/33
      `,
      output: null,
      errors: [
        {
          messageId: "malformedSubnet",
          data: {
            text: "10.7.0.0/33",
            network: "front",
            reason: '"33" is out of range: an IPv4 prefix length is 0 to 32',
            engines: "The engine",
            advice: "Did you mean 10.7.0.0/24?",
          },
          ...position([6, 19, 6, 30]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.7.0.0/24" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a netmask",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/255.255.255.0 # from the old wiki
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24 # from the old wiki
      `,
      errors: [
        {
          messageId: "malformedSubnet",
          data: {
            text: "10.7.0.0/255.255.255.0",
            network: "front",
            reason: '"255.255.255.0" is not a valid prefix length: an IPv4 prefix length is 0 to 32',
            engines: "The engine",
            advice: "Did you mean 10.7.0.0/24?",
          },
          ...position([6, 19, 6, 41]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.7.0.0/24" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24 # from the old wiki
      `,
            },
          ],
        },
      ],
    },
    {
      name: "spaces in quotes",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: " 10.7.0.0/24"
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: "10.7.0.0/24"
      `,
      errors: [
        {
          messageId: "malformedSubnet",
          data: {
            text: " 10.7.0.0/24",
            network: "front",
            reason: "a space has no place in it: an IPv4 address has four numbers of 0 to 255",
            engines: "The engine",
            advice: "Did you mean 10.7.0.0/24?",
          },
          ...position([6, 19, 6, 33]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.7.0.0/24" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: "10.7.0.0/24"
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a text that means nothing",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: office
      `,
      output: null,
      errors: [
        {
          messageId: "malformedSubnet",
          data: {
            text: "office",
            network: "front",
            reason: "it has no prefix length: a subnet is written like 10.0.0.0/24",
            engines: "The engine",
            advice: "Write an address and a prefix length.",
          },
          ...position([6, 19, 6, 25]),
        },
      ],
    },
    {
      name: "host bits, with two right repairs",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.20.20.0/16
      `,
      output: null,
      errors: [
        {
          messageId: "hostBits",
          data: {
            role: "subnet",
            text: "10.20.20.0/16",
            network: "front",
            engines: "Docker Engine from 25 on",
            advice: "Write 10.20.0.0/16 or 10.20.20.0/24.",
          },
          ...position([6, 19, 6, 32]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.20.0.0/16" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.20.0.0/16
      `,
            },
            {
              messageId: "write",
              data: { text: "10.20.20.0/24" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.20.20.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "host bits, where one repair keeps the gateway inside",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.20.20.0/16
                  gateway: 10.20.0.1
      `,
      output: null,
      errors: [
        {
          messageId: "hostBits",
          data: {
            role: "subnet",
            text: "10.20.20.0/16",
            network: "front",
            engines: "Docker Engine from 25 on",
            advice: "Write 10.20.0.0/16.",
          },
          ...position([6, 19, 6, 32]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.20.0.0/16" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.20.0.0/16
                  gateway: 10.20.0.1
      `,
            },
          ],
        },
      ],
    },
    {
      name: "host bits, where a static address says which",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.5.0.9 } }
        networks:
          front:
            ipam:
              config:
                - subnet: \${SUBNET:-10.5.0.5/24}
      `,
      output: null,
      errors: [
        {
          messageId: "hostBits",
          data: {
            role: "subnet",
            text: "10.5.0.5/24",
            network: "front",
            engines: "Docker Engine from 25 on",
            advice: "Write 10.5.0.0/24.",
          },
          ...position([9, 19, 9, 41]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.5.0.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.5.0.9 } }
        networks:
          front:
            ipam:
              config:
                - subnet: \${SUBNET:-10.5.0.0/24}
      `,
            },
          ],
        },
      ],
    },
    {
      name: "host bits in a text that others share",
      code: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
            ipam: &ipam
              config:
                - subnet: 10.20.20.0/16
          back:
            driver: macvlan
            ipam: *ipam
      `,
      output: null,
      errors: [
        {
          messageId: "hostBits",
          data: {
            role: "subnet",
            text: "10.20.20.0/16",
            network: "front",
            engines: "Docker Engine from 25 on",
            advice: "Write 10.20.0.0/16 or 10.20.20.0/24.",
          },
          ...position([6, 19, 6, 32]),
        },
      ],
    },
    {
      name: "a pool that a dash splits in two",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                # the router
                - gateway: 10.7.0.1
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                # the router
                  gateway: 10.7.0.1
      `,
      errors: [
        {
          messageId: "missingSubnet",
          data: {
            network: "front",
            key: "gateway",
            engines: "The engine",
            advice: "Remove the dash: it splits one pool in two.",
          },
          ...position([8, 11, 9, 1]),
          suggestions: [
            {
              messageId: "join",
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                # the router
                  gateway: 10.7.0.1
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a lone gateway in braces",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam: { config: [{ gateway: 10.7.0.1 }] }
      `,
      output: null,
      errors: [
        {
          messageId: "missingSubnet",
          data: {
            network: "front",
            key: "gateway",
            engines: "The engine",
            advice: "Write the subnet into the same pool.",
          },
          ...position([4, 22, 4, 43]),
        },
      ],
    },
    {
      name: "an empty pool beside another",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - {}
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "emptyPool",
          data: { network: "front", engines: "Docker Engine before 29" },
          ...position([6, 11, 6, 13]),
        },
      ],
    },
    {
      name: "a gateway outside",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  gateway: 10.8.0.1
      `,
      output: null,
      errors: [
        {
          messageId: "outside",
          data: { role: "gateway", text: "10.8.0.1", network: "front", subnet: "10.7.0.0/24", engines: "The engine" },
          ...position([7, 20, 7, 28]),
        },
      ],
    },
    {
      name: "a gateway with a prefix length",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  gateway: 10.7.0.1/24
      `,
      output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  gateway: 10.7.0.1
      `,
      errors: [
        {
          messageId: "malformedAddress",
          data: {
            role: "gateway",
            text: "10.7.0.1/24",
            network: "front",
            reason: "an address has no prefix length",
            engines: "The engine",
            advice: "Did you mean 10.7.0.1?",
          },
          ...position([7, 20, 7, 31]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.7.0.1" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  gateway: 10.7.0.1
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a gateway on the broadcast address",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  gateway: 10.7.0.255
      `,
      output: null,
      errors: [
        {
          messageId: "reserved",
          data: {
            role: "gateway",
            text: "10.7.0.255",
            network: "front",
            reserved: "broadcast address",
            subnet: "10.7.0.0/24",
            engines: "The engine",
          },
          ...position([7, 20, 7, 30]),
        },
      ],
    },
    {
      name: "a gateway of the other family",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  gateway: fd00::1
      `,
      output: null,
      errors: [
        {
          messageId: "otherFamily",
          data: { role: "gateway", text: "fd00::1", network: "front", subnet: "10.7.0.0/24", engines: "The engine" },
          ...position([7, 20, 7, 27]),
        },
      ],
    },
    {
      name: "an IPv6 gateway on the first address",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: fd00:7::/64
                  gateway: 'fd00:7::'
      `,
      output: null,
      errors: [
        {
          messageId: "reserved",
          data: {
            role: "gateway",
            text: "fd00:7::",
            network: "front",
            reserved: "first address",
            subnet: "fd00:7::/64",
            engines: "The engine",
          },
          ...position([9, 20, 9, 30]),
        },
      ],
    },
    {
      name: "an ip_range that is larger than its subnet",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.0/16
      `,
      output: null,
      errors: [
        {
          messageId: "rangeTooLarge",
          data: { text: "10.7.0.0/16", network: "front", subnet: "10.7.0.0/24", engines: "Docker Engine from 25 on" },
          ...position([7, 21, 7, 32]),
        },
      ],
    },
    {
      name: "an ip_range outside",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.8.0.0/25
      `,
      output: null,
      errors: [
        {
          messageId: "outside",
          data: {
            role: "ip_range",
            text: "10.8.0.0/25",
            network: "front",
            subnet: "10.7.0.0/24",
            engines: "Docker Engine from 25 on",
          },
          ...position([7, 21, 7, 32]),
        },
      ],
    },
    {
      name: "an ip_range with host bits",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.130/25
      `,
      output: null,
      errors: [
        {
          messageId: "hostBits",
          data: {
            role: "ip_range",
            text: "10.7.0.130/25",
            network: "front",
            engines: "Docker Engine from 25 on",
            advice: "Write 10.7.0.128/25.",
          },
          ...position([7, 21, 7, 34]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.7.0.128/25" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.128/25
      `,
            },
          ],
        },
      ],
    },
    {
      name: "an ip_range that is an address",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.128
      `,
      output: null,
      errors: [
        {
          messageId: "malformedRange",
          data: {
            text: "10.7.0.128",
            network: "front",
            reason: "it has no prefix length: a subnet is written like 10.0.0.0/24",
            engines: "The engine",
            advice: "Write an address and a prefix length.",
          },
          ...position([7, 21, 7, 31]),
        },
      ],
    },
    {
      name: "an auxiliary address on the gateway that Docker takes",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  aux_addresses: { router: 10.7.0.1 }
      `,
      output: null,
      errors: [
        {
          messageId: "taken",
          data: {
            role: 'auxiliary address "router"',
            text: "10.7.0.1",
            network: "front",
            holder: "the gateway, which is the first free address of 10.7.0.0/24 unless the file says another",
            engines: "The engine",
          },
          ...position([7, 36, 7, 44]),
        },
      ],
    },
    {
      name: "an auxiliary address twice",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  aux_addresses: { router: 10.7.0.9, printer: 10.7.0.9 }
      `,
      output: null,
      errors: [
        {
          messageId: "taken",
          data: {
            role: 'auxiliary address "printer"',
            text: "10.7.0.9",
            network: "front",
            holder: 'the auxiliary address "router"',
            engines: "The engine",
          },
          ...position([7, 55, 7, 63]),
        },
      ],
    },
    {
      name: "a subnet without room for a gateway",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: fd00:7::1/128
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "noRoom",
          data: { network: "front", subnet: "fd00:7::1/128", engines: "The engine" },
          ...position([7, 11, 8, 1]),
        },
      ],
    },
    {
      name: "two IPv4 subnets on a bridge",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: 10.8.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "severalSubnets",
          data: { text: "10.8.0.0/24", family: "IPv4", network: "front", other: "10.7.0.0/24", engines: "The engine" },
          ...position([7, 19, 7, 30]),
        },
      ],
    },
    {
      name: "one subnet twice",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlappingPools",
          data: { text: "10.7.0.0/24", network: "front", other: "10.7.0.0/24", engines: "The engine" },
          ...position([7, 19, 7, 30]),
        },
      ],
    },
    {
      name: "an IPv6 subnet without IPv6",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: fd00:7::/64
      `,
      output: null,
      errors: [
        {
          messageId: "disabledFamily",
          data: {
            family: "IPv6",
            text: "fd00:7::/64",
            network: "front",
            key: "enable_ipv6",
            state: "not set",
            engines: "The engine",
          },
          ...position([7, 19, 7, 30]),
        },
      ],
    },
    {
      name: "an IPv4 subnet with IPv4 off",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv4: false
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: fd00:7::/64
      `,
      output: null,
      errors: [
        {
          messageId: "disabledFamily",
          data: {
            family: "IPv4",
            text: "10.7.0.0/24",
            network: "front",
            key: "enable_ipv4",
            state: "false",
            engines: "Docker Engine from 28 on",
          },
          ...position([8, 19, 8, 30]),
        },
      ],
    },
    {
      name: "no family at all",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv4: false
      `,
      output: null,
      errors: [
        {
          messageId: "noFamily",
          data: { network: "front", engines: "Docker Engine from 28 on" },
          ...position([4, 18, 4, 23]),
        },
      ],
    },
    {
      name: "IPv6 without a subnet, for old engines",
      options: [{ engine: { min: "26" } }],
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "noIpv6Pool",
          data: { network: "front", engines: "Docker Engine before 27" },
          ...position([4, 18, 4, 22]),
        },
      ],
    },
    {
      name: "a switch that old engines do not know",
      options: [{ engine: { min: "26" } }],
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv4: false
            enable_ipv6: true
            ipam: { config: [{ subnet: "fd00:7::/64" }] }
      `,
      output: null,
      errors: [
        {
          messageId: "ignoredSwitch",
          data: { network: "front", engines: "Docker Engine before 28" },
          ...position([4, 18, 4, 23]),
        },
      ],
    },
    {
      name: "a multicast subnet",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: ff0e::/64
      `,
      output: null,
      errors: [
        {
          messageId: "unusableSubnet",
          data: {
            text: "ff0e::/64",
            network: "front",
            reason: "its addresses are multicast ones",
            engines: "The engine",
          },
          ...position([8, 19, 8, 28]),
        },
      ],
    },
    {
      name: "the ipam of an external network",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            external: true
            ipam: { config: [{ subnet: 10.7.0.0/24 }] }
      `,
      output: null,
      errors: [
        {
          messageId: "externalIpam",
          data: { network: "front" },
          ...position([5, 5, 5, 9]),
        },
      ],
    },
    {
      name: "the driver host",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            driver: host
      `,
      output: null,
      errors: [
        {
          messageId: "unusableDriver",
          data: {
            role: "driver",
            text: "host",
            network: "front",
            engines: "The engine",
            instead: " and use network_mode: host",
          },
          ...position([4, 13, 4, 17]),
        },
      ],
    },
    {
      name: "the ipam driver null",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam: { driver: "null" }
      `,
      output: null,
      errors: [
        {
          messageId: "unusableDriver",
          data: { role: "ipam driver", text: "null", network: "front", engines: "The engine", instead: "" },
          ...position([4, 21, 4, 27]),
        },
      ],
    },
    {
      name: "the name of a network that is there",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            name: bridge
      `,
      output: null,
      errors: [
        {
          messageId: "predefinedName",
          data: { text: "bridge", network: "front", engines: "The engine" },
          ...position([4, 11, 4, 17]),
        },
      ],
    },
    {
      name: "the name of a network that is there, by the default of a variable",
      code: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
            name: "\${NET:-bridge}"
          back:
            name: \${NET-host}
      `,
      output: null,
      errors: [
        {
          messageId: "predefinedName",
          data: { text: "bridge", network: "front", engines: "The engine" },
          ...position([4, 11, 4, 27]),
        },
        {
          messageId: "predefinedName",
          data: { text: "host", network: "back", engines: "The engine" },
          ...position([6, 11, 6, 22]),
        },
      ],
    },
    {
      name: "drivers that make no network, by the default of a variable",
      code: yaml`
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front:
            driver: "\${DRIVER:-null}"
          back:
            ipam: { driver: "\${IPAM:-none}" }
      `,
      output: null,
      errors: [
        {
          messageId: "unusableDriver",
          data: { role: "driver", text: "null", network: "front", engines: "The engine", instead: "" },
          ...position([4, 13, 4, 30]),
        },
        {
          messageId: "unusableDriver",
          data: { role: "ipam driver", text: "none", network: "back", engines: "The engine", instead: "" },
          ...position([6, 21, 6, 36]),
        },
      ],
    },
    {
      name: "a key that is written wrong",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  gatway: 10.7.0.1
      `,
      output: null,
      errors: [
        {
          messageId: "unknownKey",
          data: { key: "gatway", parent: "networks.front.ipam.config.0", advice: 'Did you mean "gateway"?' },
          ...position([7, 11, 7, 17]),
          suggestions: [
            {
              messageId: "rename",
              data: { key: "gateway" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  gateway: 10.7.0.1
      `,
            },
          ],
        },
      ],
    },
    {
      name: "config beside ipam",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
            config:
              - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "refusedByCompose",
          data: { network: "front", message: "networks.front.ipam must be a mapping" },
          ...position([4, 10, 4, 10]),
        },
        {
          messageId: "unknownKey",
          data: { key: "config", parent: "networks.front", advice: 'Move it into "ipam".' },
          ...position([5, 5, 5, 11]),
        },
      ],
    },
    {
      name: "a pool that is no list",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "refusedByCompose",
          data: { network: "front", message: "networks.front.ipam.config must be a array" },
          ...position([6, 9, 7, 1]),
        },
      ],
    },
    {
      name: "a network that no service joins, when asked",
      options: [{ checkUnused: true }],
      code: yaml`
        services: { web: { image: caddy, network_mode: host } }
        networks:
          front:
            ipam:
              config:
                - subnet: 172.26.0.1/24
      `,
      output: null,
      errors: [
        {
          messageId: "hostBits",
          data: {
            role: "subnet",
            text: "172.26.0.1/24",
            network: "front",
            engines: "Docker Engine from 25 on",
            advice: "Write 172.26.0.0/24.",
          },
          ...position([6, 19, 6, 32]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "172.26.0.0/24" },
              output: yaml`
        services: { web: { image: caddy, network_mode: host } }
        networks:
          front:
            ipam:
              config:
                - subnet: 172.26.0.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "what docker stack refuses, and nothing that the engine would say of it",
      filename: inWorkspace("projects", "swarm/refused.yaml"),
      code: yaml`
        name: shop
        services: { web: { image: caddy, networks: [front, local, odd] } }
        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.0.5/24
                - gateway: 10.7.0.1
          local: { driver: bridge }
          odd: { ipam: null }
      `,
      output: null,
      errors: [
        {
          messageId: "refusedByStack",
          data: { message: "(root) Additional property name is not allowed", advice: "Leave it out." },
          ...position([1, 1, 1, 5]),
        },
        {
          messageId: "refusedByStack",
          data: {
            message: "networks.front Additional property enable_ipv6 is not allowed",
            advice: OUTSIDE_OF_THE_STACK,
          },
          ...position([5, 5, 5, 16]),
        },
        {
          messageId: "refusedByStack",
          data: {
            message: "networks.front.ipam.config.1 Additional property gateway is not allowed",
            advice: OUTSIDE_OF_THE_STACK,
          },
          ...position([9, 11, 9, 18]),
        },
        {
          messageId: "refusedByStack",
          data: {
            message: "The network local cannot be used with services. Only networks scoped to the swarm can be used",
            advice: OUTSIDE_OF_THE_STACK,
          },
          ...position([10, 20, 10, 26]),
        },
        {
          messageId: "refusedByStack",
          data: { message: "networks.odd.ipam must be a mapping", advice: "Correct it." },
          ...position([11, 16, 11, 20]),
        },
      ],
    },
    {
      name: "what the engine refuses of a network of a stack",
      filename: inWorkspace("projects", "swarm/refused.yaml"),
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.5/24
      `,
      output: null,
      errors: [
        {
          messageId: "hostBits",
          data: {
            role: "subnet",
            text: "10.7.0.5/24",
            network: "front",
            engines: "Docker Engine from 25 on",
            advice: "Write 10.7.0.0/24.",
          },
          ...position([6, 19, 6, 30]),
          suggestions: [
            {
              messageId: "write",
              data: { text: "10.7.0.0/24" },
              output: yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
            },
          ],
        },
      ],
    },
  ],
});
