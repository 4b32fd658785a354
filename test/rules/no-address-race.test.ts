import { noAddressRace } from "../../rules/no-address-race.js";
import { composeRuleTester, EVERYTHING, position, yaml } from "./compose-rule-tester.js";

composeRuleTester.run("no-address-race", noAddressRace, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "an address above all that the others can reach",
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.9 } } }
          db: { image: postgres, networks: [front] }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
    },
    {
      name: "one that is certainly gone, which another rule reports",
      code: yaml`
        services:
          web: { image: caddy, depends_on: [db], networks: { front: { ipv4_address: 10.7.0.2 } } }
          db: { image: postgres, networks: [front] }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
    },
    {
      name: "others that start later, that are not made, or that run instead",
      code: yaml`
        services:
          web: { image: caddy, profiles: [one], networks: { front: { ipv4_address: 10.7.0.2 } } }
          after: { image: postgres, profiles: [one], depends_on: { web: { condition: service_started } }, networks: [front] }
          none: { image: postgres, scale: 0, networks: [front] }
          instead: { image: postgres, profiles: [two], networks: [front] }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
    },
    {
      name: "an address outside of ip_range",
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.2 } } }
          db: { image: postgres, networks: [front] }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24, ip_range: 10.7.0.128/25, gateway: 10.7.0.1 }] } } }
      `,
    },
  ],
  invalid: [
    {
      name: "the lowest address beside a service without one",
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.2 } } }
          db: { image: postgres, networks: [front] }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
      `,
      output: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.2 } } }
          db: { image: postgres, networks: [front] }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.7.0.0/24
                  ip_range: 10.7.0.128/25
                  gateway: 10.7.0.1
      `,
      errors: [
        {
          messageId: "mayBeTaken",
          data: {
            field: "ipv4_address",
            address: "10.7.0.2",
            service: "web",
            network: "front",
            taker: "db",
            advice:
              "Add ip_range: 10.7.0.128/25 and gateway: 10.7.0.1 to the pool: the others then get addresses from there.",
          },
          ...position([2, 59, 2, 67]),
          suggestions: [
            {
              messageId: "separate",
              data: { range: "10.7.0.128/25" },
              output: yaml`
                services:
                  web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.2 } } }
                  db: { image: postgres, networks: [front] }
                networks:
                  front:
                    ipam:
                      config:
                        - subnet: 10.7.0.0/24
                          ip_range: 10.7.0.128/25
                          gateway: 10.7.0.1
              `,
            },
          ],
        },
      ],
    },
    {
      name: "a subnet whose upper half is taken, with a gateway that is named",
      code: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.2 } } }
          top: { image: caddy, networks: { front: { ipv4_address: 10.7.0.200 } } }
          db: { image: postgres, networks: [front] }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24, gateway: 10.7.0.1 }] } } }
      `,
      output: yaml`
        services:
          web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.2 } } }
          top: { image: caddy, networks: { front: { ipv4_address: 10.7.0.200 } } }
          db: { image: postgres, networks: [front] }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24, gateway: 10.7.0.1, ip_range: 10.7.0.128/26 }] } } }
      `,
      errors: [
        {
          messageId: "mayBeTaken",
          data: {
            field: "ipv4_address",
            address: "10.7.0.2",
            service: "web",
            network: "front",
            taker: "db",
            advice: "Add ip_range: 10.7.0.128/26 to the pool: the others then get addresses from there.",
          },
          ...position([2, 59, 2, 67]),
          suggestions: [
            {
              messageId: "separate",
              data: { range: "10.7.0.128/26" },
              output: yaml`
                services:
                  web: { image: caddy, networks: { front: { ipv4_address: 10.7.0.2 } } }
                  top: { image: caddy, networks: { front: { ipv4_address: 10.7.0.200 } } }
                  db: { image: postgres, networks: [front] }
                networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24, gateway: 10.7.0.1, ip_range: 10.7.0.128/26 }] } } }
              `,
            },
          ],
        },
      ],
    },
  ],
});
