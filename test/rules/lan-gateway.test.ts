import { validIpam } from "../../rules/valid-ipam.js";
import { composeRuleTester, EVERYTHING, inWorkspace, position, yaml } from "./compose-rule-tester.js";

const ADVICE = "Write the address of the router as gateway.";

/** @param effects What those engines do to the containers. */
function noGateway(at: readonly [number, number, number, number], effects: string, advice = ADVICE) {
  const data = { network: "lan", text: "192.168.7.0/24", engines: "Docker Engine from 29 on", effects, advice };
  return { messageId: "noLanGateway", data, ...position(at) };
}

composeRuleTester.run("valid-ipam on a LAN", validIpam, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "a macvlan that names its router",
      code: yaml`
        services: { nas: { image: samba, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts: { parent: eth0 }
            ipam:
              config:
                - subnet: 192.168.7.0/24
                  gateway: 192.168.7.254
      `,
    },
    {
      name: "a macvlan, for engines that take the first address for the router's",
      options: [{ engine: { max: "28" } }],
      code: yaml`
        services: { nas: { image: samba, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts: { parent: eth0 }
            ipam:
              config:
                - subnet: 192.168.7.0/24
      `,
    },
  ],
  invalid: [
    {
      name: "a macvlan that names no router",
      code: yaml`
        services: { nas: { image: samba, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts: { parent: eth0 }
            ipam:
              config:
                - subnet: 192.168.7.0/24 # the office
      `,
      output: null,
      errors: [
        {
          ...noGateway(
            [8, 19, 8, 33],
            "sets no default route in its containers, and may give 192.168.7.1 to a container, which is often the router's",
          ),
          suggestions: [
            {
              messageId: "gateway",
              data: { gateway: "192.168.7.1" },
              output: yaml`
                services: { nas: { image: samba, networks: [lan] } }
                networks:
                  lan:
                    driver: macvlan
                    driver_opts: { parent: eth0 }
                    ipam:
                      config:
                        - subnet: 192.168.7.0/24 # the office
                          gateway: 192.168.7.1
              `,
            },
          ],
        },
      ],
    },
    {
      name: "an ipvlan in braces, whose range says nothing of the router",
      code: yaml`
        services: { nas: { image: samba, networks: [lan] } }
        networks:
          lan:
            driver: ipvlan
            driver_opts: { parent: eth0 }
            ipam: { config: [{ subnet: 192.168.7.0/24, ip_range: 192.168.7.192/27 }] }
      `,
      output: null,
      errors: [
        {
          ...noGateway([6, 32, 6, 46], "sets no default route in its containers"),
          suggestions: [],
        },
      ],
    },
    {
      name: "a pool that two networks share",
      code: yaml`
        services: { nas: { image: samba, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts: { parent: eth0 }
            ipam: &pool { config: [{ subnet: 192.168.7.0/24 }] }
          spare:
            driver: macvlan
            driver_opts: { parent: eth0 }
            ipam: *pool
      `,
      output: null,
      errors: [
        {
          ...noGateway(
            [6, 38, 6, 52],
            "sets no default route in its containers, and may give 192.168.7.1 to a container, which is often the router's",
          ),
          suggestions: [],
        },
      ],
    },
    {
      name: "a macvlan whose router the policy names",
      filename: inWorkspace("router"),
      code: yaml`
        services: { nas: { image: samba, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts: { parent: eth0 }
            ipam: { config: [{ subnet: 192.168.7.0/24 }] }
      `,
      output: yaml`
        services: { nas: { image: samba, networks: [lan] } }
        networks:
          lan:
            driver: macvlan
            driver_opts: { parent: eth0 }
            ipam: { config: [{ subnet: 192.168.7.0/24, gateway: 192.168.7.254 }] }
      `,
      errors: [
        {
          ...noGateway(
            [6, 32, 6, 46],
            "sets no default route in its containers, and may give 192.168.7.1 to a container, which is often the router's",
            "Write gateway: 192.168.7.254.",
          ),
          suggestions: [
            {
              messageId: "router",
              data: { gateway: "192.168.7.254" },
              output: yaml`
                services: { nas: { image: samba, networks: [lan] } }
                networks:
                  lan:
                    driver: macvlan
                    driver_opts: { parent: eth0 }
                    ipam: { config: [{ subnet: 192.168.7.0/24, gateway: 192.168.7.254 }] }
              `,
            },
          ],
        },
      ],
    },
    {
      name: "a macvlan that gives the router's address to a container",
      filename: inWorkspace("router"),
      code: yaml`
        services: { nas: { image: samba, networks: { lan: { ipv4_address: 192.168.7.254 } } } }
        networks:
          lan:
            driver: macvlan
            driver_opts: { parent: eth0 }
            ipam: { config: [{ subnet: 192.168.7.0/24, ip_range: 192.168.7.64/26 }] }
      `,
      output: null,
      errors: [
        {
          ...noGateway([6, 32, 6, 46], "sets no default route in its containers"),
          suggestions: [],
        },
      ],
    },
  ],
});
