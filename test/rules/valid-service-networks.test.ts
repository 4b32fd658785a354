import { validServiceNetworks } from "../../rules/valid-service-networks.js";
import { composeRuleTester, EVERYTHING, position, yaml } from "./compose-rule-tester.js";

composeRuleTester.run("valid-service-networks", validServiceNetworks, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "every form in which a service joins networks",
      code: yaml`
        services:
          one: { image: caddy, networks: [front, default] }
          two: { image: caddy, networks: { front: { ipv4_address: 10.7.0.9, aliases: [web] }, default: } }
          three: { image: caddy, network_mode: "service:one" }
          four: { image: caddy, network_mode: host, mac_address: 02:42:ac:11:65:43 }
          five: { image: caddy, networks: { front: { x-note: 5, priority: 7, driver_opts: { a: 1 } } } }
        networks: { front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } } }
      `,
    },
    {
      name: "a number of copies that is written twice, the same, and one as a text",
      code: yaml`
        services:
          one: { image: caddy, scale: 2, deploy: { replicas: 2 } }
          two: { image: caddy, scale: "3" }
          three: { image: caddy, scale: $COPIES }
      `,
    },
    {
      name: "a network that a file declares which is laid over this one",
      filename: "compose.prod.yaml",
      code: yaml`
        services: { web: { image: caddy, networks: [front] } }
      `,
    },
    {
      name: "a network that an included file may declare, which is not there",
      code: yaml`
        include: [nets.yaml]
        services: { web: { image: caddy, networks: [front], network_mode: $MODE } }
      `,
    },
    {
      name: "a service whose network is shared and that a variable names",
      code: yaml`
        services: { web: { image: caddy, network_mode: "service:$VPN" } }
      `,
    },
  ],
  invalid: [
    {
      name: "a key of a network that has a letter too few",
      code: yaml`
        services:
          web:
            image: caddy
            networks:
              front: { ipv4_adress: 10.7.0.9 }
        networks: { front: }
      `,
      errors: [
        {
          messageId: "unknownKey",
          data: { key: "ipv4_adress", parent: "services.web.networks.front", advice: 'Did you mean "ipv4_address"?' },
          ...position([5, 16, 5, 27]),
          suggestions: [
            {
              messageId: "rename",
              data: { name: "ipv4_address" },
              output: yaml`
                services:
                  web:
                    image: caddy
                    networks:
                      front: { ipv4_address: 10.7.0.9 }
                networks: { front: }
              `,
            },
          ],
        },
      ],
    },
    {
      name: "an address beside the networks",
      code: yaml`
        services:
          web:
            image: caddy
            networks: [front]
            ipv4_address: 10.7.0.9
        networks: { front: }
      `,
      errors: [
        {
          messageId: "unknownKey",
          data: { key: "ipv4_address", parent: "services.web", advice: 'Move it below a network in "networks".' },
          ...position([5, 5, 5, 17]),
          suggestions: [],
        },
      ],
    },
    {
      name: "another word for networks",
      code: yaml`
        services: { web: { image: caddy, network: front } }
      `,
      errors: [
        {
          messageId: "unknownKey",
          data: { key: "network", parent: "services.web", advice: 'Did you mean "networks"?' },
          ...position([1, 34, 1, 41]),
          suggestions: [
            {
              messageId: "rename",
              data: { name: "networks" },
              output: yaml`
                services: { web: { image: caddy, networks: front } }
              `,
            },
          ],
        },
      ],
    },
    {
      name: "a merge key in quotes, which is none",
      code: yaml`
        x-web: &web { networks: [front] }
        services: { web: { image: caddy, "<<": *web } }
        networks: { front: }
      `,
      errors: [
        {
          messageId: "refused",
          data: { message: "services.web additional properties '<<' not allowed" },
          ...position([2, 34, 2, 38]),
          suggestions: [],
        },
      ],
    },
    {
      name: "networks without a value, or with a text",
      code: yaml`
        services:
          one: { image: caddy, networks: }
          two: { image: caddy, networks: front }
      `,
      errors: [
        {
          messageId: "refused",
          data: { message: "services.one.networks must be a array" },
          ...position([2, 34, 2, 34]),
          suggestions: [],
        },
        {
          messageId: "refused",
          data: { message: "services.two.networks must be a array" },
          ...position([3, 34, 3, 39]),
          suggestions: [],
        },
      ],
    },
    {
      name: "an address that is no text",
      code: yaml`
        services: { web: { image: caddy, networks: { front: { ipv4_address: 10.7 } } } }
        networks: { front: }
      `,
      errors: [
        {
          messageId: "refused",
          data: { message: "services.web.networks.front.ipv4_address must be a string" },
          ...position([1, 69, 1, 73]),
          suggestions: [],
        },
      ],
    },
    {
      name: "a network that is listed twice",
      code: yaml`
        services: { web: { image: caddy, networks: [front, front] } }
        networks: { front: }
      `,
      errors: [
        {
          messageId: "refused",
          data: { message: "services.web.networks items at 0 and 1 are equal" },
          ...position([1, 52, 1, 57]),
          suggestions: [],
        },
      ],
    },
    {
      name: "a network mode together with networks",
      code: yaml`
        services: { web: { image: caddy, network_mode: host, networks: [front] } }
        networks: { front: }
      `,
      errors: [
        {
          messageId: "refused",
          data: { message: "service web declares mutually exclusive `network_mode` and `networks`" },
          ...position([1, 48, 1, 52]),
          suggestions: [],
        },
      ],
    },
    {
      name: "a network that is not declared, by a name that is nearly one that is",
      filename: "compose.yaml",
      code: yaml`
        services:
          web: { image: caddy, networks: [fornt] }
        networks: { front: }
      `,
      errors: [
        {
          messageId: "undeclaredNetwork",
          data: {
            service: "web",
            network: "fornt",
            advice: 'Did you mean "front"? Declare it under the top-level key "networks".',
          },
          ...position([2, 35, 2, 40]),
          suggestions: [
            {
              messageId: "rename",
              data: { name: "front" },
              output: yaml`
                services:
                  web: { image: caddy, networks: [front] }
                networks: { front: }
              `,
            },
          ],
        },
      ],
    },
    {
      name: "a network that is not declared at all",
      filename: "docker-compose.yml",
      code: yaml`
        services: { web: { image: caddy, networks: { backbone: } } }
      `,
      errors: [
        {
          messageId: "undeclaredNetwork",
          data: {
            service: "web",
            network: "backbone",
            advice:
              'Declare it under the top-level key "networks", or list the files that run together under "projects" in forbidden-ranges.yaml.',
          },
          ...position([1, 46, 1, 54]),
          suggestions: [],
        },
      ],
    },
    {
      name: "the network of a service that does not exist",
      filename: "compose.yaml",
      code: yaml`
        services:
          web: { image: caddy, network_mode: "service:vpm" }
          vpn: { image: caddy }
      `,
      errors: [
        {
          messageId: "missingService",
          data: {
            service: "web",
            other: "vpm",
            advice: 'Did you mean "vpn"? Add the service, or remove network_mode.',
          },
          ...position([2, 38, 2, 51]),
          suggestions: [],
        },
      ],
    },
    {
      name: "a service's own network",
      filename: "compose.yaml",
      code: yaml`
        services: { web: { image: caddy, network_mode: service:web } }
      `,
      errors: [{ messageId: "ownNetwork", data: { service: "web" }, ...position([1, 48, 1, 59]), suggestions: [] }],
    },
    {
      name: "numbers of copies that differ, and one that is none",
      code: yaml`
        services:
          one: { image: caddy, scale: 2, deploy: { replicas: 3 } }
          two: { image: caddy, scale: 1.5 }
          three: { image: caddy, deploy: { replicas: many } }
      `,
      errors: [
        {
          messageId: "refused",
          data: { message: "services.one: can't set distinct values on 'scale' and 'deploy.replicas'" },
          ...position([2, 31, 2, 32]),
          suggestions: [],
        },
        {
          messageId: "refused",
          data: { message: "services.two.scale is not a whole number" },
          ...position([3, 31, 3, 34]),
          suggestions: [],
        },
        {
          messageId: "refused",
          data: { message: "services.three.deploy.replicas is not a whole number" },
          ...position([4, 46, 4, 50]),
          suggestions: [],
        },
      ],
    },
    {
      name: "a number of copies without a value, and profiles that are no list of texts",
      code: yaml`
        services:
          one: { image: caddy, scale: null }
          two: { image: caddy, profiles: x }
          three: { image: caddy, profiles: [5] }
          four: { image: caddy, deploy: x }
      `,
      errors: [
        {
          messageId: "refused",
          data: { message: "services.one.scale is not a whole number" },
          ...position([2, 31, 2, 35]),
          suggestions: [],
        },
        {
          messageId: "refused",
          data: { message: "services.two.profiles must be a array" },
          ...position([3, 34, 3, 35]),
          suggestions: [],
        },
        {
          messageId: "refused",
          data: { message: "services.three.profiles.[0]: unexpected type" },
          ...position([4, 37, 4, 38]),
          suggestions: [],
        },
        {
          messageId: "refused",
          data: { message: "services.four.deploy must be a mapping" },
          ...position([5, 33, 5, 34]),
          suggestions: [],
        },
      ],
    },
  ],
});
