import { subnetSize } from "../../rules/subnet-size.js";
import { composeRuleTester, EVERYTHING, inWorkspace, yaml } from "./compose-rule-tester.js";

composeRuleTester.run("subnet-size", subnetSize, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "as many containers as a /29 has addresses beside the three that the engine keeps",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 5

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/29
      `,
    },
    {
      name: "one more where the network is isolated, and so has no gateway",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 6

        networks:
          jobs:
            internal: true
            driver_opts: { com.docker.network.bridge.gateway_mode_ipv4: isolated }
            ipam:
              config:
                - subnet: 10.7.3.0/29
      `,
    },
    {
      name: "too many for a subnet whose addresses a plugin gives out",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 60

        networks:
          jobs:
            ipam:
              driver: infoblox
              config:
                - subnet: 10.7.3.0/29
      `,
    },
    {
      name: "a subnet as large as a plugin wants it",
      filename: inWorkspace("overlap"),
      code: yaml`
        services: { web: { image: caddy, networks: [jobs] } }
        networks:
          jobs:
            ipam:
              driver: \${IPAM_DRIVER:?which}
              config:
                - subnet: 10.0.0.0/8
      `,
    },
    {
      name: "a count that only a variable knows, which counts as one",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: \${WORKERS}

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/30
      `,
    },
    {
      name: "services of different profiles, which need not run together",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            scale: 2
            networks: [jobs]
          load:
            image: load
            profiles: [test]
            scale: 3
            networks: [jobs]
          debug:
            image: debug
            profiles: [debug]
            scale: 3
            networks: [jobs]

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/29
      `,
    },
    {
      name: "a service that is scaled to nothing",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 0

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/30
                  ip_range: 10.7.3.2/32
      `,
    },
    {
      name: "a static address beside the range that the others share",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          proxy:
            image: caddy
            networks: { jobs: { ipv4_address: 10.7.3.200 } }
          worker:
            image: worker
            scale: 1
            networks: [jobs]

        networks:
          jobs:
            ipam:
              config:
                - { subnet: 10.7.3.0/24, ip_range: 10.7.3.2/31 }
      `,
    },
    {
      name: "the /16 that Docker itself would hand out",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 1

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.0.0/16
      `,
    },
    {
      name: "a large LAN behind a macvlan network",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 1

        networks:
          jobs:
            driver: macvlan
            ipam:
              config:
                - subnet: 10.0.0.0/8
      `,
    },
    {
      name: "an IPv6 subnet of the usual size",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 900

        networks:
          jobs:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.0.0/22
                - subnet: fd00:7::/64
      `,
    },
    {
      name: "a network that no service joins",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 1

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/24
          spare:
            ipam:
              config:
                - subnet: 10.0.0.0/8
      `,
    },
  ],
  invalid: [
    {
      name: "one container more than a /29 has room for",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 6

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/29
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "10.7.3.0/29",
            addresses: "5 addresses",
            containers: '6 containers of "worker" need one',
            consequence: '"up" fails for 1 of them',
            advice:
              "A /28 has room for all. Renumber it to 10.201.51.0/24, which is free; the network is recreated on the next up.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "jobs", subnet: "10.201.51.0/24" },
              output: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 6

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.201.51.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "replicas",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            deploy:
              replicas: 300

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/24
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "10.7.3.0/24",
            addresses: "253 addresses",
            containers: '300 containers of "worker" need one',
            consequence: '"up" fails for 47 of them',
            advice:
              "A /23 has room for all. Move the network elsewhere; 10.201.51.0/24 from the declared pools would be no better.",
          },
          line: 12,
          column: 19,
          endLine: 12,
          endColumn: 30,
          suggestions: [],
        },
      ],
    },
    {
      name: "a count from the default of a variable",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: \${WORKERS:-8}

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/29
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "10.7.3.0/29",
            addresses: "5 addresses",
            containers: '8 containers of "worker" need one',
            consequence: '"up" fails for 3 of them',
            advice:
              "A /28 has room for all. Renumber it to 10.201.51.0/24, which is free; the network is recreated on the next up.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "jobs", subnet: "10.201.51.0/24" },
              output: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: \${WORKERS:-8}

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.201.51.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "an isolated network whose gateway somebody names all the same",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 6

        networks:
          jobs:
            internal: true
            driver_opts: { com.docker.network.bridge.gateway_mode_ipv4: isolated }
            ipam:
              config:
                - subnet: 10.7.3.0/24
                  ip_range: 10.7.3.8/29
                  gateway: 10.7.3.9
                  aux_addresses: { router: 10.7.3.10, dns: 10.7.3.11 }
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "10.7.3.0/24 with its ip_range",
            addresses: "5 addresses",
            containers: '6 containers of "worker" need one',
            consequence: '"up" fails for 1 of them',
            advice: "An ip_range of /28 or larger has room for all. So has a pool without one.",
          },
          line: 14,
          column: 21,
          endLine: 14,
          endColumn: 32,
          suggestions: [],
        },
      ],
    },
    {
      name: "an ip_range with room for one beside the gateway",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 2

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/24
                  ip_range: 10.7.3.2/31
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "10.7.3.0/24 with its ip_range",
            addresses: "1 address",
            containers: '2 containers of "worker" need one',
            consequence: '"up" fails for 1 of them',
            advice: "An ip_range of /29 or larger has room for all. So has a pool without one.",
          },
          line: 12,
          column: 21,
          endLine: 12,
          endColumn: 32,
          suggestions: [],
        },
      ],
    },
    {
      name: "static and auxiliary addresses that take up the room",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          proxy:
            image: caddy
            networks: { jobs: { ipv4_address: 10.7.3.2 } }
          worker:
            image: worker
            scale: 3
            networks: [jobs]

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/29
                  gateway: 10.7.3.1
                  aux_addresses:
                    router: 10.7.3.3
                    printer: 10.7.3.4
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "10.7.3.0/29",
            addresses: "2 addresses",
            containers: '3 containers of "worker" need one',
            consequence: '"up" fails for 1 of them',
            advice:
              "A /28 has room for all. Renumber it to 10.201.51.0/24, which is free; the network is recreated on the next up.",
          },
          line: 14,
          column: 19,
          endLine: 14,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "jobs", subnet: "10.201.51.0/24" },
              output: yaml`
                services:
                  proxy:
                    image: caddy
                    networks: { jobs: { ipv4_address: 10.201.51.2 } }
                  worker:
                    image: worker
                    scale: 3
                    networks: [jobs]

                networks:
                  jobs:
                    ipam:
                      config:
                        - subnet: 10.201.51.0/24
                          gateway: 10.201.51.1
                          aux_addresses:
                            router: 10.201.51.3
                            printer: 10.201.51.4
`,
            },
          ],
        },
      ],
    },
    {
      name: "the services that always run, with those of the profile that needs most",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            scale: 2
            networks: [jobs]
          load:
            image: load
            profiles: [test]
            scale: 3
            networks: [jobs]
          debug:
            image: debug
            profiles: [debug]
            scale: 4
            networks: [jobs]

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/29
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "10.7.3.0/29",
            addresses: "5 addresses",
            containers: '6 containers of "web", "debug" need one',
            consequence: '"up" fails for 1 of them',
            advice:
              "A /28 has room for all. Renumber it to 10.201.51.0/24, which is free; the network is recreated on the next up.",
          },
          line: 21,
          column: 19,
          endLine: 21,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "jobs", subnet: "10.201.51.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            scale: 2
            networks: [jobs]
          load:
            image: load
            profiles: [test]
            scale: 3
            networks: [jobs]
          debug:
            image: debug
            profiles: [debug]
            scale: 4
            networks: [jobs]

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.201.51.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a single address for two services",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          web:
            image: caddy
            networks: [jobs]
          db:
            image: postgres
            networks: [jobs]

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.3.0/30
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "10.7.3.0/30",
            addresses: "1 address",
            containers: '2 containers of "web", "db" need one',
            consequence: '"up" fails for 1 of them',
            advice:
              "A /29 has room for all. Renumber it to 10.201.51.0/24, which is free; the network is recreated on the next up.",
          },
          line: 13,
          column: 19,
          endLine: 13,
          endColumn: 30,
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "jobs", subnet: "10.201.51.0/24" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: [jobs]
          db:
            image: postgres
            networks: [jobs]

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.201.51.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "an IPv6 subnet that is too small",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 3

        networks:
          jobs:
            enable_ipv6: true
            ipam:
              config:
                - subnet: 10.7.3.0/24
                - subnet: fd00:7::/126
      `,
      output: null,
      errors: [
        {
          messageId: "tooSmall",
          data: {
            network: "jobs",
            subnet: "fd00:7::/126",
            addresses: "2 addresses",
            containers: '3 containers of "worker" need one',
            consequence: '"up" fails for 1 of them',
            advice: "A /125 has room for all. No subnet is left to move it to: no IPv6 pool is declared.",
          },
          line: 13,
          column: 19,
          endLine: 13,
          endColumn: 31,
          suggestions: [],
        },
      ],
    },
    {
      name: "a subnet as large as a company",
      options: [{ tooLarge: "report" }],
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 1

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.0.0.0/8
      `,
      output: null,
      errors: [
        {
          messageId: "tooLarge",
          data: {
            network: "jobs",
            subnet: "10.0.0.0/8",
            addresses: "16,777,216",
            most: "1,024",
            consequence: "no host elsewhere can use the others",
            advice: "A /24 is enough for its services.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 29,
          suggestions: [
            {
              messageId: "shrink",
              data: { network: "jobs", subnet: "10.0.0.0/24" },
              output: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 1

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.0.0.0/24
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a subnet larger than a bridge can use, where the option says so",
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 600

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.0.0/16
      `,
      output: null,
      options: [{ tooLarge: "report", largest: 22 }],
      errors: [
        {
          messageId: "tooLarge",
          data: {
            network: "jobs",
            subnet: "10.7.0.0/16",
            addresses: "65,536",
            most: "1,024",
            consequence: "no host elsewhere can use the others",
            advice: "A /22 is enough for its services.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 30,
          suggestions: [
            {
              messageId: "shrink",
              data: { network: "jobs", subnet: "10.7.0.0/22" },
              output: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 600

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.7.0.0/22
      `,
            },
          ],
        },
      ],
    },
    {
      name: "a large subnet on which a gateway hangs",
      options: [{ tooLarge: "report" }],
      filename: inWorkspace("overlap"),
      code: yaml`
        services:
          worker:
            image: worker
            networks: [jobs]
            scale: 1

        networks:
          jobs:
            ipam:
              config:
                - subnet: 10.0.0.0/12
                  gateway: 10.0.0.1
      `,
      output: null,
      errors: [
        {
          messageId: "tooLarge",
          data: {
            network: "jobs",
            subnet: "10.0.0.0/12",
            addresses: "1,048,576",
            most: "1,024",
            consequence: "no host elsewhere can use the others",
            advice: "A /24 is enough for its services.",
          },
          line: 11,
          column: 19,
          endLine: 11,
          endColumn: 30,
          suggestions: [
            {
              messageId: "shrink",
              data: { network: "jobs", subnet: "10.0.0.0/24" },
              output: yaml`
                services:
                  worker:
                    image: worker
                    networks: [jobs]
                    scale: 1

                networks:
                  jobs:
                    ipam:
                      config:
                        - subnet: 10.0.0.0/24
                          gateway: 10.0.0.1
`,
            },
          ],
        },
      ],
    },
  ],
});
