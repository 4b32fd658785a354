import { noOverlappingSubnets } from "../../rules/no-overlapping-subnets.js";
import { composeRuleTester, EVERYTHING, inWorkspace, yaml } from "./compose-rule-tester.js";

composeRuleTester.run("no-overlapping-subnets", noOverlappingSubnets, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "a subnet in Docker's own pools that must be moved anyway, since it is forbidden",
      filename: inWorkspace("office"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 192.168.0.0/24
          back:
      `,
    },
    {
      name: "two networks side by side",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/25
          back:
            ipam:
              config:
                - subnet: 10.7.0.128/25
      `,
    },
    {
      name: "an overlay network and a bridge, whose addresses stand in different books",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            driver: overlay
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
    },
    {
      name: "two macvlan networks that share a LAN, each with a range of its own",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
          db: { image: postgres, networks: [back] }

        networks:
          front:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.64/27
          back:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.96/27
      `,
    },
    {
      name: "a bridge and an ipvlan network, each with a range of its own",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
          db: { image: postgres, networks: [back] }

        networks:
          front:
            driver: bridge
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.64/27
          back:
            driver: ipvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.96/27
      `,
    },
    {
      name: "a plugin's network, whose addresses the plugin keeps",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            driver: weaveworks/net-plugin
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
    },
    {
      name: "a network whose addresses an IPAM plugin keeps",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            ipam:
              driver: infoblox
              config:
                - subnet: 10.7.0.0/24
      `,
    },
    {
      name: "an external network, which keeps its own subnet",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            external: true
            ipam:
              config:
                - subnet: 10.7.0.0/24
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
                - subnet: 10.7.0.0/24
          spare:
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
    },
    {
      name: "IPv6 subnets of networks without IPv6",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: fd00:7::/64
          back:
            ipam:
              config:
                - subnet: 10.7.1.0/24
                - subnet: fd00:7::/64
      `,
    },
    {
      name: "a subnet that only a variable knows",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            ipam:
              config:
                - subnet: \${BACK_SUBNET}
      `,
    },
    {
      name: "another project that publishes the same port, so that both never run together",
      filename: inWorkspace("overlap", "shop/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
            ports: ["80:8080"]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.8.0/24
      `,
    },
    {
      name: "another project whose port is the default of a variable here",
      filename: inWorkspace("overlap", "shop/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
            ports: ["\${HTTPS_PORT:-443}:8443"]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.8.0/24
      `,
    },
    {
      name: "another project whose port lies in a range here",
      filename: inWorkspace("overlap", "shop/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
            ports: ["0.0.0.0:440-449:440-449/tcp"]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.8.0/24
      `,
    },
    {
      name: "an alternative file of one directory that describes the same network",
      filename: inWorkspace("overlap", "compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [back]

        networks:
          back:
            ipam:
              config:
                - subnet: 10.7.12.0/24
      `,
    },
    {
      name: "a file with a name of its own, which may be laid over the other one",
      filename: inWorkspace("overlap", "shop/compose.gpu.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [back]

        networks:
          back:
            ipam:
              config:
                - subnet: 10.7.12.0/24
      `,
    },
    {
      name: "a network of the same name in another project, which is one network to the engine",
      filename: inWorkspace("overlap", "shop/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [database]

        networks:
          database:
            name: databases
            ipam:
              config:
                - subnet: 10.7.4.0/24
      `,
    },
    {
      name: "the same line, read for the project that includes it and on its own",
      filename: inWorkspace("overlap", "compose.yaml"),
      code: yaml`
        include: [blog/compose.yaml]
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.30.0/24
      `,
    },
    {
      name: "a part of a project, which says too little",
      filename: inWorkspace("overlap", "shop/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, elsewhere]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.3.0/24
      `,
    },
    {
      name: "a project on another host",
      filename: inWorkspace("overlap-hosts", "shop/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.24.0/24
      `,
    },
    {
      name: "a project on no host that is named, and one on a host that is",
      filename: inWorkspace("overlap-hosts", "tools/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.24.0/24
      `,
    },
    {
      name: "another project, where only this one is to be looked at",
      filename: inWorkspace("overlap", "shop/compose.yaml"),
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
      `,
      options: [{ scope: "project" }],
    },
    {
      name: "a subnet in Docker's own pools when no network is left to Docker",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 172.18.0.0/24
          back:
            ipam:
              config:
                - subnet: 172.19.0.0/24
      `,
    },
    {
      name: "a subnet outside Docker's own pools beside a network that is left to Docker",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            internal: true
      `,
    },
    {
      name: "a subnet in Docker's own pools when the daemons have other ones",
      filename: inWorkspace("overlap-docker-pools"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 172.18.0.0/24
          back:
            internal: true
      `,
    },
    {
      name: "a macvlan network with a range of its own, for which the engine does not look",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            driver: macvlan
            ipam:
              config:
                - subnet: 192.168.1.0/24
                  ip_range: 192.168.1.64/27
          back:
            internal: true
      `,
    },
    {
      name: "an overlay network in Docker's pools for bridges",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            driver: overlay
            ipam:
              config:
                - subnet: 172.18.0.0/24
          back:
            internal: true
      `,
    },
  ],
  invalid: [
    {
      name: "two networks with the same subnet",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            ipam:
              config:
                - subnet: 10.7.0.0/24 # copied
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.7.0.0/24",
            relation: "is also the subnet of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:10:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "Renumber it to 10.201.187.0/24, which is free; the network is recreated on the next up.",
          },
          line: 14,
          column: 19,
          endLine: 14,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "back", subnet: "10.201.187.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            ipam:
              config:
                - subnet: 10.201.187.0/24 # copied
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a subnet that lies in another one",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.9.0.0/16
          back:
            ipam:
              config:
                - subnet: 10.9.3.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.9.3.0/24",
            relation: "lies in 10.9.0.0/16 of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:10:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "Renumber it to 10.201.187.0/24, which is free; the network is recreated on the next up.",
          },
          line: 14,
          column: 19,
          endLine: 14,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "back", subnet: "10.201.187.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.9.0.0/16
          back:
            ipam:
              config:
                - subnet: 10.201.187.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a subnet that contains another one",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.9.3.0/24
          back:
            ipam:
              config:
                - subnet: 10.9.0.0/16
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.9.0.0/16",
            relation: "contains 10.9.3.0/24 of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:10:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "Renumber it to 10.201.187.0/24, which is free; the network is recreated on the next up.",
          },
          line: 14,
          column: 19,
          endLine: 14,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "back", subnet: "10.201.187.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.9.3.0/24
          back:
            ipam:
              config:
                - subnet: 10.201.187.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a later network of three, with the first one that it overlaps",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [a, b, c]

        networks:
          a:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          b:
            ipam:
              config:
                - subnet: 10.7.1.0/24
          c:
            ipam:
              config:
                - subnet: 10.7.0.0/23
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "c",
            subnet: "10.7.0.0/23",
            relation: "contains 10.7.0.0/24 of",
            other: "a",
            place: "test/rules/workspaces/overlap/compose.yaml:10:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "Renumber it to 10.201.139.0/24, which is free; the network is recreated on the next up.",
          },
          line: 18,
          column: 19,
          endLine: 18,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "c", subnet: "10.201.139.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [a, b, c]

        networks:
          a:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          b:
            ipam:
              config:
                - subnet: 10.7.1.0/24
          c:
            ipam:
              config:
                - subnet: 10.201.139.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "an anchor that gives two networks one subnet, at its alias",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam: &addresses
              config:
                - subnet: 10.7.0.0/24
          back:
            ipam: *addresses
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.7.0.0/24",
            relation: "is also the subnet of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:10:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice:
              'Renumber the network; 10.201.187.0/24 is free. Not moved automatically: an anchor shares its text with "networks.front.ipam.config.0.subnet" (test/rules/workspaces/overlap/compose.yaml:10:19).',
          },
          line: 12,
          column: 11,
          endLine: 12,
          endColumn: 21,
          suggestions: [],
        },
      ],
    },
    {
      name: "IPv6 subnets of two networks with IPv6",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.0.0/24
                - subnet: fd00:7::/48
          back:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.1.0/24
                - subnet: fd00:7:0:1::/64
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "fd00:7:0:1::/64",
            relation: "lies in fd00:7::/48 of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:12:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "No subnet is left to move it to: no IPv6 pool is declared.",
          },
          line: 18,
          column: 19,
          endLine: 18,
          endColumn: 34,
          suggestions: [],
        },
      ],
    },
    {
      name: "two bridges, whose ranges do not help",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            driver: bridge
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.0/25
          back:
            driver: bridge
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.128/25
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.7.0.0/24",
            relation: "is also the subnet of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:11:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "Renumber it to 10.201.187.0/24, which is free; the network is recreated on the next up.",
          },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "back", subnet: "10.201.187.0/24" },
              output: yaml`
                services:
                  web:
                    image: caddy
                    networks: [front, back]

                networks:
                  front:
                    driver: bridge
                    ipam:
                      config:
                        - subnet: 10.7.0.0/24
                          ip_range: 10.7.0.0/25
                  back:
                    driver: bridge
                    ipam:
                      config:
                        - subnet: 10.201.187.0/24
                          ip_range: 10.201.187.128/25
`,
            },
          ],
        },
      ],
    },
    {
      name: "two macvlan networks without ranges",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.7.0.0/24",
            relation: "is also the subnet of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:11:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "Give both networks an ip_range of their own: then the engine takes both.",
          },
          line: 16,
          column: 19,
          endLine: 16,
          endColumn: 30,
          suggestions: [],
        },
      ],
    },
    {
      name: "two macvlan networks with the same range",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
          db: { image: postgres, networks: [back] }

        networks:
          front:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.64/27
          back:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.64/27
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.7.0.0/24",
            relation: "is also the subnet of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:12:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "Give both networks an ip_range of their own: then the engine takes both.",
          },
          line: 18,
          column: 19,
          endLine: 18,
          endColumn: 30,
          suggestions: [],
        },
      ],
    },
    {
      name: "two macvlan networks of which one has a range",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.64/27
          back:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.7.0.0/24",
            relation: "is also the subnet of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:11:19",
            consequence:
              'the engine refuses it when the one with an ip_range is created first, and then "up" fails: Compose creates networks in any order',
            advice: "Give both networks an ip_range of their own: then the engine takes both.",
          },
          line: 17,
          column: 19,
          endLine: 17,
          endColumn: 30,
          suggestions: [],
        },
      ],
    },
    {
      name: "a LAN behind a bridge, which must move itself",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.7.0.0/24",
            relation: "is also the subnet of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:10:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "The addresses are those of a LAN, so move the other network.",
          },
          line: 15,
          column: 19,
          endLine: 15,
          endColumn: 30,
          suggestions: [],
        },
      ],
    },
    {
      name: "two overlay networks",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            driver: overlay
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            driver: overlay
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "back",
            subnet: "10.7.0.0/24",
            relation: "is also the subnet of",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:11:19",
            consequence: "the swarm takes both, and then gives no subnet to the second one",
            advice: "Renumber it to 10.201.187.0/24, which is free; the network is recreated on the next up.",
          },
          line: 16,
          column: 19,
          endLine: 16,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "back", subnet: "10.201.187.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            driver: overlay
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            driver: overlay
            ipam:
              config:
                - subnet: 10.201.187.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "two networks with one name",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            name: shop
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            name: shop
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "sameName",
          data: {
            network: "back",
            name: "shop",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:7:3",
            consequence: 'Compose makes one network of the two, and "up" fails because its label names only one key',
            advice: "Give it a name of its own, or let the services join one network.",
          },
          line: 13,
          column: 11,
          endLine: 13,
          endColumn: 15,
          suggestions: [],
        },
      ],
    },
    {
      name: "a network with the name that another one gets from its key",
      filename: inWorkspace("overlap"),
      code: yaml`
        name: shop
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
          back:
            name: shop_front
            ipam:
              config:
                - subnet: 10.7.1.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "sameName",
          data: {
            network: "back",
            name: "shop_front",
            other: "front",
            place: "test/rules/workspaces/overlap/compose.yaml:8:3",
            consequence: 'Compose makes one network of the two, and "up" fails because its label names only one key',
            advice: "Give it a name of its own, or let the services join one network.",
          },
          line: 13,
          column: 11,
          endLine: 13,
          endColumn: 21,
          suggestions: [],
        },
      ],
    },
    {
      name: "a network of another project, which says nothing about hosts",
      filename: inWorkspace("overlap", "shop/compose.yaml"),
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
      `,
      output: null,
      errors: [
        {
          messageId: "overlapElsewhere",
          data: {
            network: "front",
            subnet: "10.7.3.0/24",
            relation: "is also the subnet of",
            other: "site",
            project: "blog",
            place: "test/rules/workspaces/overlap/blog/compose.yaml:11:19",
            host: "",
            consequence: 'while one of the projects is up, "up" of the other fails',
            advice:
              'Renumber it to 10.201.91.0/24, which is free; the network is recreated on the next up. If they never run on one host, declare it under "hosts" in forbidden-ranges.yaml.',
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.91.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.91.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "the other of the two projects, which has the finding as well",
      filename: inWorkspace("overlap", "blog/compose.yaml"),
      code: yaml`
        services:
          blog:
            image: ghost
            networks: [site]

        networks:
          site:
            ipam:
              config:
                - subnet: 10.7.8.0/22
      `,
      output: null,
      errors: [
        {
          messageId: "overlapElsewhere",
          data: {
            network: "site",
            subnet: "10.7.8.0/22",
            relation: "contains 10.7.8.0/24 of",
            other: "edge",
            project: "proxy",
            place: "test/rules/workspaces/overlap/proxy/compose.yaml:11:19",
            host: "",
            consequence: 'while one of the projects is up, "up" of the other fails',
            advice:
              'Renumber it to 10.201.78.0/24, which is free; the network is recreated on the next up. If they never run on one host, declare it under "hosts" in forbidden-ranges.yaml.',
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "site", subnet: "10.201.78.0/24" },
              output: yaml`
        services:
          blog:
            image: ghost
            networks: [site]

        networks:
          site:
            ipam:
              config:
                - subnet: 10.201.78.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "alternative files of one directory with different networks",
      filename: inWorkspace("overlap", "compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.12.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlapElsewhere",
          data: {
            network: "front",
            subnet: "10.7.12.0/24",
            relation: "is also the subnet of",
            other: "back",
            project: "overlap",
            place: "test/rules/workspaces/overlap/compose.gpu.yaml:10:19",
            host: "",
            consequence: 'while one of the projects is up, "up" of the other fails',
            advice:
              'Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up. If they never run on one host, declare it under "hosts" in forbidden-ranges.yaml.',
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
      name: "a project on the same host, whichever ports it publishes",
      filename: inWorkspace("overlap-hosts", "shop/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
            ports: ["80:8080"]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.8.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlapElsewhere",
          data: {
            network: "front",
            subnet: "10.7.8.0/24",
            relation: "is also the subnet of",
            other: "edge",
            project: "proxy",
            place: "test/rules/workspaces/overlap-hosts/proxy/compose.yaml:11:19",
            host: ', and both run on host "prod-1"',
            consequence: 'while one of the projects is up, "up" of the other fails',
            advice: "Renumber it to 10.201.91.0/24, which is free; the network is recreated on the next up.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.91.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]
            ports: ["80:8080"]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.91.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "two projects on no host that is named, which share another one",
      filename: inWorkspace("overlap-hosts", "tools/compose.yaml"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.20.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlapElsewhere",
          data: {
            network: "front",
            subnet: "10.7.20.0/24",
            relation: "is also the subnet of",
            other: "sandbox",
            project: "sandbox",
            place: "test/rules/workspaces/overlap-hosts/sandbox/compose.yaml:10:19",
            host: "",
            consequence: 'while one of the projects is up, "up" of the other fails',
            advice:
              'Renumber it to 10.201.240.0/24, which is free; the network is recreated on the next up. If they never run on one host, declare it under "hosts" in forbidden-ranges.yaml.',
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 31,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.240.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.240.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "an included network, at the network of the file that includes it",
      filename: inWorkspace("overlap", "compose.yaml"),
      code: yaml`
        include: [parts/cache.yaml]
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.16.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "overlap",
          data: {
            network: "front",
            subnet: "10.7.16.0/24",
            relation: "is also the subnet of",
            other: "cache",
            place: "test/rules/workspaces/overlap/parts/cache.yaml:10:19",
            consequence: 'the engine refuses the one that is created second, and "up" fails',
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 31,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "front", subnet: "10.201.193.0/24" },
              output: yaml`
        include: [parts/cache.yaml]
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
      name: "a subnet in Docker's own pools beside a network that is left to Docker",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 172.18.0.0/24
          back:
            internal: true
      `,
      output: null,
      errors: [
        {
          messageId: "race",
          data: {
            network: "front",
            subnet: "172.18.0.0/24",
            pool: "172.18.0.0/16",
            other: "back",
            place: "test/rules/workspaces/overlap/compose.yaml:11:3",
            consequence:
              'Compose creates networks in any order, and "up" fails if Docker gives the range away first (4 of 14 tries with engine 28, 2 of 14 with engine 29)',
            advice:
              'Give network "back" a subnet as well, or move this one. Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.',
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
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
          back:
            internal: true
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a subnet in Docker's own pools beside the implicit default network",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
          db:
            image: postgres

        networks:
          front:
            ipam:
              config:
                - subnet: 172.18.0.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "race",
          data: {
            network: "front",
            subnet: "172.18.0.0/24",
            pool: "172.18.0.0/16",
            other: "default",
            place: "test/rules/workspaces/overlap/compose.yaml:1:1",
            consequence:
              'Compose creates networks in any order, and "up" fails if Docker gives the range away first (4 of 14 tries with engine 28, 2 of 14 with engine 29)',
            advice:
              'Give network "default" a subnet as well, or move this one. Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.',
          },
          line: 12,
          column: 19,
          endLine: 12,
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
          db:
            image: postgres

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
      name: "a subnet in the daemons' own pools beside a network that is left to Docker",
      filename: inWorkspace("overlap-docker-pools"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.202.7.0/24
          back:
            internal: true
      `,
      output: null,
      errors: [
        {
          messageId: "race",
          data: {
            network: "front",
            subnet: "10.202.7.0/24",
            pool: "10.202.0.0/16",
            other: "back",
            place: "test/rules/workspaces/overlap-docker-pools/compose.yaml:11:3",
            consequence:
              'Compose creates networks in any order, and "up" fails if Docker gives the range away first (4 of 14 tries with engine 28, 2 of 14 with engine 29)',
            advice:
              'Give network "back" a subnet as well, or move this one. Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.',
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
            networks: [front, back]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.193.0/24
          back:
            internal: true
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a LAN in Docker's own pools beside a network that is left to Docker",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front, back]

        networks:
          front:
            driver: macvlan
            ipam:
              config:
                - subnet: 192.168.1.0/24
          back:
            internal: true
      `,
      output: null,
      errors: [
        {
          messageId: "race",
          data: {
            network: "front",
            subnet: "192.168.1.0/24",
            pool: "192.168.0.0/16",
            other: "back",
            place: "test/rules/workspaces/overlap/compose.yaml:12:3",
            consequence:
              'Compose creates networks in any order, and "up" fails if Docker gives the range away first (4 of 14 tries with engine 28, 2 of 14 with engine 29)',
            advice: 'Give network "back" a subnet as well.',
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 33,
          suggestions: [],
        },
      ],
    },
  ],
});
