import { noDefaultPoolSubnet } from "../../rules/no-default-pool-subnet.js";
import { composeRuleTester, EVERYTHING, inWorkspace, yaml } from "./compose-rule-tester.js";

composeRuleTester.run("no-default-pool-subnet", noDefaultPoolSubnet, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "a subnet outside the pools",
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
      `,
    },
    {
      name: "the one /16 of 172.16.0.0/12 that is in no pool",
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
                - subnet: 172.16.0.0/16
      `,
    },
    {
      name: "Docker's own pools when the daemons have other ones",
      filename: inWorkspace("overlap-docker-pools"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 172.28.5.0/24
      `,
    },
    {
      name: "a macvlan network, whose LAN stays where it is",
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
                - subnet: 192.168.1.0/24
      `,
    },
    {
      name: "an overlay network in the pools for bridges",
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
                - subnet: 172.28.5.0/24
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
                - subnet: 172.28.5.0/24
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
                - subnet: 172.28.5.0/24
      `,
    },
  ],
  invalid: [
    {
      name: "a subnet in one of Docker's own pools",
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
                - subnet: 172.28.5.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "defaultPoolSubnet",
          data: {
            network: "front",
            subnet: "172.28.5.0/24",
            pool: "172.28.0.0/14",
            origin: "one of Docker's own pools for networks without a subnet",
            consequence: '"up" fails once Docker gives these addresses to another network',
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
      name: "a subnet that contains a pool",
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
      output: null,
      errors: [
        {
          messageId: "defaultPoolSubnet",
          data: {
            network: "front",
            subnet: "172.16.0.0/12",
            pool: "172.17.0.0/16",
            origin: "one of Docker's own pools for networks without a subnet",
            consequence: '"up" fails once Docker gives these addresses to another network',
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
      name: "the default of a variable",
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
                - subnet: \${FRONT_SUBNET:-192.168.80.0/24}
      `,
      output: null,
      errors: [
        {
          messageId: "defaultPoolSubnet",
          data: {
            network: "front",
            subnet: "192.168.80.0/24",
            pool: "192.168.0.0/16",
            origin: "one of Docker's own pools for networks without a subnet",
            consequence: '"up" fails once Docker gives these addresses to another network',
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 51,
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
                - subnet: \${FRONT_SUBNET:-10.201.193.0/24}
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a pool of the daemons",
      filename: inWorkspace("overlap-docker-pools"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 10.202.7.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "defaultPoolSubnet",
          data: {
            network: "front",
            subnet: "10.202.7.0/24",
            pool: "10.202.0.0/16",
            origin: "a pool of the daemons (test/rules/workspaces/overlap-docker-pools/forbidden-ranges.yaml:6:35)",
            consequence: '"up" fails once Docker gives these addresses to another network',
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
      name: "an overlay network in the pool of a swarm",
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
                - subnet: 10.7.3.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "defaultPoolSubnet",
          data: {
            network: "front",
            subnet: "10.7.3.0/24",
            pool: "10.0.0.0/8",
            origin: "one of Docker's own pools for a swarm",
            consequence: "once the swarm gives these addresses to another network, this one gets none",
            advice: "Move the network elsewhere; 10.201.193.0/24 from the declared pools would be no better.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 30,
          suggestions: [],
        },
      ],
    },
    {
      name: "a pool for fixes that is in one of Docker's as well",
      filename: inWorkspace("docker-pool-for-fixes"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]

        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.5.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "defaultPoolSubnet",
          data: {
            network: "front",
            subnet: "172.20.5.0/24",
            pool: "172.20.0.0/14",
            origin: "one of Docker's own pools for networks without a subnet",
            consequence: '"up" fails once Docker gives these addresses to another network',
            advice: "Move the network elsewhere; 172.28.193.0/24 from the declared pools would be no better.",
          },
          line: 10,
          column: 19,
          endLine: 10,
          endColumn: 32,
          suggestions: [],
        },
      ],
    },
    {
      name: "a static address that hangs on the subnet",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv4_address: 172.28.5.10

        networks:
          front:
            ipam:
              config:
                - subnet: 172.28.5.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "defaultPoolSubnet",
          data: {
            network: "front",
            subnet: "172.28.5.0/24",
            pool: "172.28.0.0/14",
            origin: "one of Docker's own pools for networks without a subnet",
            consequence: '"up" fails once Docker gives these addresses to another network',
            advice: "Renumber it to 10.201.193.0/24, which is free; the network is recreated on the next up.",
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
                    networks:
                      front:
                        ipv4_address: 10.201.193.10

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
  ],
});
