import { noPublicSubnet } from "../../rules/no-public-subnet.js";
import { composeRuleTester, EVERYTHING, inWorkspace, yaml } from "./compose-rule-tester.js";

composeRuleTester.run("no-public-subnet", noPublicSubnet, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "private space: 10.0.0.0/8",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.0.0.0/8
      `,
    },
    {
      name: "private space: 172.16.0.0/12",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 172.16.0.0/12
      `,
    },
    {
      name: "private space: 172.31.255.0/24",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 172.31.255.0/24
      `,
    },
    {
      name: "private space: 192.168.0.0/16",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/16
      `,
    },
    {
      name: "private IPv6 space",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.3.0/24
                - subnet: fd12:3456:789a:1::/64
      `,
    },
    {
      name: "a public IPv6 prefix, which may be the user's own",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.3.0/24
                - subnet: 2a01:4f8:1:2::/64
      `,
    },
    {
      name: "a macvlan network, which has the addresses of its LAN",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            driver: macvlan
            ipam:
              config:
                - subnet: 11.0.0.0/24
      `,
    },
    {
      name: "an external network",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            external: true
            ipam:
              config:
                - subnet: 11.0.0.0/24
      `,
    },
    {
      name: "a network that no service joins",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.3.0/24
          spare:
            ipam:
              config:
                - subnet: 11.0.0.0/24
      `,
    },
    {
      name: "a block that is allowed",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 203.0.113.128/25
                - subnet: 2001:db8:1::/64
      `,
      options: [{ allow: ["203.0.113.0/24", "2001:db8::/32"] }],
    },
    {
      name: "a subnet that only a variable knows",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: \${FRONT_SUBNET}
      `,
    },
  ],
  invalid: [
    {
      name: "somebody's addresses",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 11.0.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "11.0.0.0/24",
            relation: "lies in",
            consequence:
              "the Internet hosts that have these addresses become unreachable from this machine while the network is up",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "addresses that look private, behind 172.31",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 172.80.0.0/16
      `,
      output: null,
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "172.80.0.0/16",
            relation: "lies in",
            consequence:
              "the Internet hosts that have these addresses become unreachable from this machine while the network is up",
            advice:
              "Private are 172.16.0.0 to 172.31.255.255 only. Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 32,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "addresses that look private, beside 192.168",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 192.167.0.0/16
      `,
      output: null,
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "192.167.0.0/16",
            relation: "lies in",
            consequence:
              "the Internet hosts that have these addresses become unreachable from this machine while the network is up",
            advice:
              "Private are 192.168.0.0 to 192.168.255.255 only. Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 33,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a subnet that reaches beyond private space",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/15
      `,
      output: null,
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "192.168.0.0/15",
            relation: "reaches into",
            consequence:
              "the Internet hosts that have these addresses become unreachable from this machine while the network is up",
            advice:
              "Private are 192.168.0.0 to 192.168.255.255 only. Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 33,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a subnet of which the allowed block covers a part",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 11.0.0.0/24
      `,
      output: null,
      options: [{ allow: ["11.0.0.0/25"] }],
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "11.0.0.0/24",
            relation: "lies in",
            consequence:
              "the Internet hosts that have these addresses become unreachable from this machine while the network is up",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "an overlay network, whose containers lose the hosts",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            driver: overlay
            ipam:
              config:
                - subnet: 11.0.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "11.0.0.0/24",
            relation: "lies in",
            consequence:
              "the Internet hosts that have these addresses become unreachable for the containers of the network",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            driver: overlay
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "space for carrier-grade NAT",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 100.100.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "100.100.0.0/24",
            relation: "lies in",
            purpose: "carrier-grade NAT",
            source: "RFC 6598",
            consequence:
              "Internet providers and Tailscale give such addresses to hosts, which become unreachable from here",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 33,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "space for documentation",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 192.0.2.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "192.0.2.0/24",
            relation: "lies in",
            purpose: "documentation",
            source: "RFC 5737",
            consequence: "it is for examples only, and filters drop packets with such addresses",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 31,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "space for benchmarks",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 198.18.7.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "198.18.7.0/24",
            relation: "lies in",
            purpose: "benchmarks of network devices",
            source: "RFC 2544",
            consequence: "tests use it, and filters drop packets with such addresses",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 32,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "space for loopback",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 127.8.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "127.8.0.0/24",
            relation: "lies in",
            purpose: "loopback",
            source: "RFC 1122",
            consequence: "packets for such addresses never leave the machine that sends them, so no container gets any",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 31,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "space for link-local addresses",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 169.254.7.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "169.254.7.0/24",
            relation: "lies in",
            purpose: "link-local addresses",
            source: "RFC 3927",
            consequence: "routers do not forward them, and the metadata services of clouds answer there",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 33,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "space for multicast",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 224.0.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "224.0.0.0/24",
            relation: "lies in",
            purpose: "multicast",
            source: "RFC 5771",
            consequence: "no single host can have such an address",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 31,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "space for Internet protocols",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 192.88.99.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "192.88.99.0/24",
            relation: "lies in",
            purpose: "Internet protocols",
            source: "RFC 7526",
            consequence: "a standard gives these addresses a meaning of their own",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 33,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "space for future use",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 240.0.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "240.0.0.0/24",
            relation: "lies in",
            purpose: "future use",
            source: "RFC 1112",
            consequence: "many systems refuse to send packets there",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 31,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "IPv6 space for documentation",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.3.0/24
                - subnet: 2001:db8:1::/64
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "2001:db8:1::/64",
            relation: "lies in",
            purpose: "documentation",
            source: "RFC 3849",
            consequence: "it is for examples only, and filters drop packets with such addresses",
            advice: "No subnet is left to move it to: no IPv6 pool is declared.",
          },
          line: 12,
          column: 19,
          endLine: 12,
          endColumn: 34,
          suggestions: [],
        },
      ],
    },
    {
      name: "IPv6 space of which a part is for documentation",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.3.0/24
                - subnet: 2001:db8::/31
      `,
      output: null,
      errors: [
        {
          messageId: "specialSubnet",
          data: {
            network: "front",
            subnet: "2001:db8::/31",
            relation: "reaches into",
            purpose: "documentation",
            source: "RFC 3849",
            consequence: "it is for examples only, and filters drop packets with such addresses",
            advice: "No subnet is left to move it to: no IPv6 pool is declared.",
          },
          line: 12,
          column: 19,
          endLine: 12,
          endColumn: 32,
          suggestions: [],
        },
      ],
    },
    {
      name: "a gateway that hangs on the subnet",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 11.0.0.0/24
                  gateway: 11.0.0.254
      `,
      output: null,
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "11.0.0.0/24",
            relation: "lies in",
            consequence:
              "the Internet hosts that have these addresses become unreachable from this machine while the network is up",
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
                services:
                  web:
                    image: caddy
                    networks: [front]

                networks:
                  front:
                    ipam:
                      config:
                        - subnet: 10.201.193.0/24
                          gateway: 10.201.193.254
`,
            },
          ],
        },
      ],
    },
    {
      name: "pools that are somebody's too",
      filename: inWorkspace("public-pools"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 11.0.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "11.0.0.0/24",
            relation: "lies in",
            consequence:
              "the Internet hosts that have these addresses become unreachable from this machine while the network is up",
            advice: "Move the network elsewhere; 172.80.193.0/24 from the declared pools would be no better.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 30,
          suggestions: [],
        },
      ],
    },
    {
      name: "no policy that declares pools",
      filename: inWorkspace("no-pools"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 11.0.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "publicSubnet",
          data: {
            network: "front",
            subnet: "11.0.0.0/24",
            relation: "lies in",
            consequence:
              "the Internet hosts that have these addresses become unreachable from this machine while the network is up",
            advice: "Renumber it to a range that nothing else uses.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.183.193.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.183.193.0/24
      `,
            },
          ],
        },
      ],
    },
  ],
});
