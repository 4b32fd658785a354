import { validStaticAddress } from "../../rules/valid-static-address.js";
import { composeRuleTester, inWorkspace, EVERYTHING, position, yaml } from "./compose-rule-tester.js";

composeRuleTester.run("valid-static-address", validStaticAddress, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "the first address, where a plugin looks after addresses",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.1 } }
        networks:
          front:
            ipam: { driver: weave, config: [{ subnet: 10.7.0.0/24 }] }
      `,
    },
    {
      name: "an address of the subnet",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
    },
    {
      name: "an address outside of ip_range",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, ip_range: 10.7.0.128/25 }
      `,
    },
    {
      name: "an address inside of ip_range",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.200 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, ip_range: 10.7.0.128/25 }
      `,
    },
    {
      name: "the first address, when the gateway is another",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.1 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, gateway: 10.7.0.254 }
      `,
    },
    {
      name: "one address for alternatives behind different profiles",
      filename: "compose.yaml",
      code: yaml`
        services:
          cpu:
            image: caddy
            profiles: [cpu]
            networks: { front: { ipv4_address: 10.7.0.9 } }
          gpu:
            image: caddy
            profiles: [gpu]
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
    },
    {
      name: "one address that variants inherit of which one is not made",
      code: yaml`
        services:
          web:
            image: caddy
            networks: &address { front: { ipv4_address: 10.7.0.9 } }
          other:
            image: caddy
            scale: 0
            networks: *address
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
    },
    {
      name: "an address on a network of another file",
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.9 } } }
      `,
    },
    {
      name: "a subnet that depends on the machine that runs the file",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: "\${SUBNET}" }
      `,
    },
    {
      name: "addresses on a network whose subnet Docker chooses: require-subnet names them all at once",
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.9 } } }
          api: { image: caddy, networks: { front: { ipv4_address: 10.7.0.10 } } }
        networks: { front: {} }
      `,
    },
    {
      name: "an address that depends on the machine that runs the file",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: "\${ADDRESS}" } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
    },
  ],
  invalid: [
    {
      name: "one address that two services inherit",
      code: yaml`
        services:
          web:
            image: caddy
            networks: &address { front: { ipv4_address: 10.7.0.9 } }
          other:
            image: caddy
            networks: *address
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
      errors: [
        {
          messageId: "duplicate",
          data: {
            field: "ipv4_address",
            address: "10.7.0.9",
            service: "other",
            network: "front",
            other: "web",
            place: "<input>:4:49",
          },
          ...position([4, 49, 4, 57]),
          suggestions: [],
        },
      ],
    },
    {
      name: "the lowest address, after a service that gets it first",
      code: yaml`
        services:
          web:
            image: caddy
            depends_on: [db]
            networks: { front: { ipv4_address: 10.7.0.2 } }
          db: { image: postgres, networks: [front] }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
      errors: [
        {
          messageId: "takenBefore",
          data: {
            field: "ipv4_address",
            address: "10.7.0.2",
            service: "web",
            network: "front",
            taker: "db",
            advice:
              "Add ip_range: 10.7.0.128/25 and gateway: 10.7.0.1 to the pool: the others then get addresses from there.",
          },
          ...position([5, 40, 5, 48]),
          suggestions: [
            {
              messageId: "separate",
              data: { range: "10.7.0.128/25" },
              output: yaml`
                services:
                  web:
                    image: caddy
                    depends_on: [db]
                    networks: { front: { ipv4_address: 10.7.0.2 } }
                  db: { image: postgres, networks: [front] }
                networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24, ip_range: 10.7.0.128/25, gateway: 10.7.0.1 }] } } }
              `,
            },
          ],
        },
      ],
    },
    {
      name: "an address on a network whose subnet Docker may choose, by an exception",
      filename: inWorkspace("exceptions", "lab/compose.yaml"),
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.9 } } }
        networks: { front: {} }
      `,
      output: null,
      errors: [
        {
          messageId: "automatic",
          data: { service: "web", address: "10.7.0.9", network: "front", family: "IPv4" },
          ...position([2, 59, 2, 67]),
        },
      ],
    },
    {
      name: "an IPv6 address on a network without IPv6",
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv6_address: "fd00:7::9" } } }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
      output: null,
      errors: [
        {
          messageId: "disabled",
          data: { service: "web", address: "fd00:7::9", network: "front", family: "IPv6", switch: "ipv6" },
          ...position([2, 59, 2, 70]),
        },
      ],
    },
    {
      name: "an address outside the subnet",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.8.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "outside",
          data: {
            field: "ipv4_address",
            address: "10.8.0.9",
            service: "web",
            subnets: "10.7.0.0/24",
            network: "front",
          },
          ...position([4, 40, 4, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.9" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "an address outside the subnet, whose like is taken",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.8.0.9 } }
          other:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "outside",
          data: {
            field: "ipv4_address",
            address: "10.8.0.9",
            service: "web",
            subnets: "10.7.0.0/24",
            network: "front",
          },
          ...position([4, 40, 4, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.10" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.10 } }
          other:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "the network address",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.0 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "reserved",
          data: {
            field: "ipv4_address",
            address: "10.7.0.0",
            service: "web",
            reserved: "network address",
            subnet: "10.7.0.0/24",
            network: "front",
          },
          ...position([4, 40, 4, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.2" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.2 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "the broadcast address",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.255 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "reserved",
          data: {
            field: "ipv4_address",
            address: "10.7.0.255",
            service: "web",
            reserved: "broadcast address",
            subnet: "10.7.0.0/24",
            network: "front",
          },
          ...position([4, 40, 4, 50]),
        },
      ],
    },
    {
      name: "the gateway that the file names",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, gateway: 10.7.0.9 }
      `,
      output: null,
      errors: [
        {
          messageId: "taken",
          data: {
            field: "ipv4_address",
            address: "10.7.0.9",
            service: "web",
            network: "front",
            engines: "",
            holder: "the gateway",
          },
          ...position([4, 40, 4, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.10" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.10 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, gateway: 10.7.0.9 }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "the gateway that Docker takes",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.1 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "taken",
          data: {
            field: "ipv4_address",
            address: "10.7.0.1",
            service: "web",
            network: "front",
            engines: "",
            holder: "the gateway, which takes the first free address unless the file says another",
          },
          ...position([4, 40, 4, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.2" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.2 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "the gateway that Docker takes from ip_range",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.128 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, ip_range: 10.7.0.128/25 }
      `,
      output: null,
      errors: [
        {
          messageId: "taken",
          data: {
            field: "ipv4_address",
            address: "10.7.0.128",
            service: "web",
            network: "front",
            engines: "",
            holder: "the gateway, which takes the first free address unless the file says another",
          },
          ...position([4, 40, 4, 50]),
        },
      ],
    },
    {
      name: "an auxiliary address",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, aux_addresses: { router: 10.7.0.9 } }
      `,
      output: null,
      errors: [
        {
          messageId: "taken",
          data: {
            field: "ipv4_address",
            address: "10.7.0.9",
            service: "web",
            network: "front",
            engines: "",
            holder: 'the auxiliary address "router"',
          },
          ...position([4, 40, 4, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.10" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.10 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, aux_addresses: { router: 10.7.0.9 } }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "one address for two services",
      filename: "compose.yaml",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
          other:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "duplicate",
          data: {
            field: "ipv4_address",
            address: "10.7.0.9",
            service: "other",
            network: "front",
            other: "web",
            place: "compose.yaml:4:40",
          },
          ...position([7, 40, 7, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.10" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
          other:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.10 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "one address for two services of one profile",
      filename: "compose.yaml",
      code: yaml`
        services:
          web:
            image: caddy
            profiles: [x]
            networks: { front: { ipv4_address: 10.7.0.9 } }
          other:
            image: caddy
            profiles: [x]
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "duplicate",
          data: {
            field: "ipv4_address",
            address: "10.7.0.9",
            service: "other",
            network: "front",
            other: "web",
            place: "compose.yaml:5:40",
          },
          ...position([9, 40, 9, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.10" },
              output: yaml`
        services:
          web:
            image: caddy
            profiles: [x]
            networks: { front: { ipv4_address: 10.7.0.9 } }
          other:
            image: caddy
            profiles: [x]
            networks: { front: { ipv4_address: 10.7.0.10 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "one address for a service with a profile and one without",
      filename: "compose.yaml",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
          gpu:
            image: caddy
            profiles: [gpu]
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "duplicate",
          data: {
            field: "ipv4_address",
            address: "10.7.0.9",
            service: "gpu",
            network: "front",
            other: "web",
            place: "compose.yaml:4:40",
          },
          ...position([8, 40, 8, 48]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "10.7.0.10" },
              output: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.9 } }
          gpu:
            image: caddy
            profiles: [gpu]
            networks: { front: { ipv4_address: 10.7.0.10 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "one address for three copies",
      filename: "compose.yaml",
      code: yaml`
        services:
          web:
            image: caddy
            deploy: { replicas: 3 }
            networks: { front: { ipv4_address: 10.7.0.9 } }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
      output: null,
      errors: [
        {
          messageId: "copies",
          data: { service: "web", copies: "3", network: "front", address: "10.7.0.9" },
          ...position([5, 40, 5, 48]),
        },
      ],
    },
    {
      name: "an IPv6 address where an IPv4 one belongs",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: fd00::9 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "malformed",
          data: {
            field: "ipv4_address",
            address: "fd00::9",
            service: "web",
            family: "IPv4",
            reason: "it is an IPv6 one",
            network: "front",
          },
          ...position([4, 40, 4, 47]),
        },
      ],
    },
    {
      name: "a text that is no address",
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24 }
      `,
      output: null,
      errors: [
        {
          messageId: "malformed",
          data: {
            field: "ipv4_address",
            address: "10.7.0",
            service: "web",
            family: "IPv4",
            reason: "it has 3 numbers: an IPv4 address has four numbers of 0 to 255",
            network: "front",
          },
          ...position([4, 40, 4, 46]),
        },
      ],
    },
    {
      name: "an IPv6 address outside",
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv6_address: "fd00:8::9"
        networks: { front: { enable_ipv6: true, ipam: { config: [{ subnet: 10.7.0.0/24 }, { subnet: "fd00:7::/64" }] } } }
      `,
      output: null,
      errors: [
        {
          messageId: "outside",
          data: {
            field: "ipv6_address",
            address: "fd00:8::9",
            service: "web",
            subnets: "fd00:7::/64",
            network: "front",
          },
          ...position([6, 23, 6, 34]),
          suggestions: [
            {
              messageId: "take",
              data: { free: "fd00:7::9" },
              output: yaml`
        services:
          web:
            image: caddy
            networks:
              front:
                ipv6_address: "fd00:7::9"
        networks: { front: { enable_ipv6: true, ipam: { config: [{ subnet: 10.7.0.0/24 }, { subnet: "fd00:7::/64" }] } } }
      `,
            },
          ],
        },
      ],
    },
    {
      name: "an address inside of ip_range, when asked",
      options: [{ dynamicRange: "report" }],
      code: yaml`
        services:
          web:
            image: caddy
            networks: { front: { ipv4_address: 10.7.0.200 } }
        networks:
          front:
            ipam:
              config:
                - { subnet: 10.7.0.0/24, ip_range: 10.7.0.128/25 }
      `,
      output: null,
      errors: [
        {
          messageId: "dynamic",
          data: {
            field: "ipv4_address",
            address: "10.7.0.200",
            service: "web",
            range: "10.7.0.128/25",
            network: "front",
          },
          ...position([4, 40, 4, 50]),
        },
      ],
    },
  ],
});
