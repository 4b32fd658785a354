import { noLossyIpamOverride } from "../../rules/no-lossy-ipam-override.js";
import {
  composeRuleTester,
  crlf,
  EVERYTHING,
  inWorkspace,
  position,
  yaml,
  type Extent,
} from "./compose-rule-tester.js";

const filename = inWorkspace("lossy", "compose.override.yaml");

const STAND_IN = "Put !override before the list, so it replaces the other.";
const REPEAT = "Repeat here what you want to keep, and put !override before the list.";
const WHOLE = "Write every pool with its subnet here, and !override before the list.";

interface Lossy {
  readonly network: string;
  readonly base: string;
  readonly result: string;
  readonly consequence: string;
  readonly advice: string;
}

function lossy(data: Lossy, at: Extent, suggestion?: string) {
  return {
    messageId: "lossyPools",
    data: { ...data },
    ...position(at),
    suggestions:
      suggestion === undefined ? [] : [{ messageId: "override", data: { base: data.base }, output: suggestion }],
  };
}

/** An override file about the network `pair`, in the style of a block. */
function overPair(...lines: string[]): string {
  return ["networks:", "  pair:", "    ipam:", ...lines.map((line) => `      ${line}`), ""].join("\n");
}

const PAIR = { network: "pair", base: "test/rules/workspaces/lossy/compose.yaml:16:9" };
const ONE = { network: "one", base: "test/rules/workspaces/lossy/compose.yaml:10:9" };
const BARE = { network: "bare", base: "test/rules/workspaces/lossy/compose.yaml:22:15" };

composeRuleTester.run("no-lossy-ipam-override", noLossyIpamOverride, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "another subnet replaces the one of the base",
      filename,
      code: "networks: { one: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }\n",
    },
    {
      name: "the same subnet adds to the one of the base",
      filename,
      code: "networks: { one: { ipam: { config: [{ subnet: 10.1.0.0/24, ip_range: 10.1.0.128/25 }] } } }\n",
    },
    {
      name: "the same subnet with another gateway",
      filename,
      code: "networks: { one: { ipam: { config: [{ subnet: 10.1.0.0/24, gateway: 10.1.0.9 }] } } }\n",
    },
    {
      name: "a list that stands in place of the other",
      filename,
      code: overPair("config: !override", "  - subnet: 10.9.0.0/24"),
    },
    {
      name: "a definition that stands in place of the other",
      filename,
      code: "networks: { pair: !override { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }\n",
    },
    {
      name: "a network that is external, whose pools nobody reads",
      filename,
      code: "networks: { guest: { ipam: { config: [{ gateway: 10.4.0.1 }] } } }\n",
    },
    {
      name: "a network that no service joins",
      filename,
      code: "networks: { idle: { ipam: { config: [{ gateway: 10.5.0.1 }] } } }\n",
    },
    { name: "a subnet that hangs on a variable", filename, code: overPair("config:", '  - subnet: "${PAIR_SUBNET}"') },
    {
      name: "an override file without its base",
      filename: inWorkspace("lossy", "other.override.yaml"),
      code: overPair("config:", "  - gateway: 10.2.0.9"),
    },
    {
      name: "the base file, whose lines are not at fault",
      filename: inWorkspace("layered", "compose.yaml"),
      code: "services: { web: { image: caddy, networks: [shop] } }\nnetworks: { shop: { ipam: { config: [{ subnet: 10.2.0.0/24 }, { subnet: 'fd00:2::/64' }] } } }\n",
    },
    { name: "two lists of nothing", filename, code: "networks: { bare: { ipam: { config: [] } } }\n" },
  ],
  invalid: [
    {
      name: "an IPv4 pool over both families: it gets the IPv6 gateway, and the IPv6 pool is gone",
      filename,
      code: overPair("config:", "  - subnet: 10.9.0.0/24"),
      output: null,
      errors: [
        lossy(
          {
            ...PAIR,
            result: "the result is { subnet: 10.9.0.0/24, gateway: fd00:2::1 }",
            consequence: "fd00:2::/64 of the base is lost; gateway fd00:2::1 of fd00:2::/64 goes to 10.9.0.0/24",
            advice: REPEAT,
          },
          [4, 7, 4, 13],
          overPair("config: !override", "  - subnet: 10.9.0.0/24"),
        ),
      ],
    },
    {
      name: "a pool of each family: nothing else can be meant than to replace both",
      filename,
      code: overPair("config:", "  - subnet: 10.9.0.0/24", "  - subnet: fd00:9::/64"),
      output: overPair("config: !override", "  - subnet: 10.9.0.0/24", "  - subnet: fd00:9::/64"),
      errors: [
        lossy(
          {
            ...PAIR,
            result: "the result is { subnet: fd00:9::/64, gateway: fd00:2::1 } and { subnet: fd00:9::/64 }",
            consequence:
              "10.9.0.0/24 is lost; gateway fd00:2::1 of fd00:2::/64 goes to fd00:9::/64; fd00:9::/64 is there twice",
            advice: STAND_IN,
          },
          [4, 7, 4, 13],
        ),
      ],
    },
    {
      name: "one of the two pools again: its gateway becomes the other's",
      filename,
      code: overPair("config: # the office", "  - subnet: 10.2.0.0/24", "    ip_range: 10.2.0.128/25"),
      output: null,
      errors: [
        lossy(
          {
            ...PAIR,
            result: "the result is { subnet: 10.2.0.0/24, gateway: fd00:2::1, ip_range: 10.2.0.128/25 }",
            consequence: "fd00:2::/64 of the base is lost; gateway fd00:2::1 of fd00:2::/64 goes to 10.2.0.0/24",
            advice: REPEAT,
          },
          [4, 7, 4, 13],
          overPair("config: !override # the office", "  - subnet: 10.2.0.0/24", "    ip_range: 10.2.0.128/25"),
        ),
      ],
    },
    {
      name: "a gateway alone: it throws the subnet away",
      filename,
      code: "networks: { one: { ipam: { config: [{ gateway: 10.1.0.9 }] } } }\n",
      output: null,
      errors: [
        lossy(
          {
            ...ONE,
            result: "the result is { gateway: 10.1.0.9 }",
            consequence: "10.1.0.0/24 of the base is lost",
            advice: WHOLE,
          },
          [1, 28, 1, 34],
        ),
      ],
    },
    {
      name: "the other family: the IPv4 subnet is Docker's choice then",
      filename,
      code: "networks: { one: { ipam: { config: [{ subnet: fd00:9::/64 }] } } }\n",
      output: null,
      errors: [
        lossy(
          {
            ...ONE,
            result: "the result is { subnet: fd00:9::/64 }",
            consequence: "10.1.0.0/24 of the base is lost",
            advice: REPEAT,
          },
          [1, 28, 1, 34],
          "networks: { one: { ipam: { config: !override [{ subnet: fd00:9::/64 }] } } }\n",
        ),
      ],
    },
    {
      name: "an empty list over a pool",
      filename,
      code: 'networks: { "one": { "ipam": {"config":[]} } }\n',
      output: null,
      errors: [
        lossy(
          {
            ...ONE,
            result: "the result is empty, so Docker picks the subnet",
            consequence: "10.1.0.0/24 of the base is lost",
            advice: REPEAT,
          },
          [1, 31, 1, 39],
          'networks: { "one": { "ipam": {"config": !override []} } }\n',
        ),
      ],
    },
    {
      name: "a pool over an empty list",
      filename,
      code: crlf(yaml`
        networks:
          bare:
            ipam:
              config:
              - subnet: 10.3.0.0/24
      `),
      output: crlf(yaml`
        networks:
          bare:
            ipam:
              config: !override
              - subnet: 10.3.0.0/24
      `),
      errors: [
        lossy(
          {
            ...BARE,
            result: "the result is empty, so Docker picks the subnet",
            consequence: "10.3.0.0/24 is lost",
            advice: STAND_IN,
          },
          [4, 7, 4, 13],
        ),
      ],
    },
    {
      name: "a pool over an empty list, which Compose 2.26 refuses",
      filename,
      settings: { "compose-networks": { compose: "2.26" } },
      code: "networks: { bare: { ipam: { config: [{ subnet: 10.3.0.0/24 }] } } }\n",
      output: "networks: { bare: { ipam: { config: !override [{ subnet: 10.3.0.0/24 }] } } }\n",
      errors: [
        lossy(
          {
            ...BARE,
            result: "Compose refuses the result",
            consequence: "10.3.0.0/24 is lost",
            advice: STAND_IN,
          },
          [1, 29, 1, 35],
        ),
      ],
    },
    {
      name: "a list that an alias stands for: the tag would count for every place that shares it",
      filename,
      code: yaml`
        x-pools: &pools
          - subnet: 10.9.0.0/24
        networks:
          pair: { ipam: { config: *pools } }
      `,
      output: null,
      errors: [
        lossy(
          {
            ...PAIR,
            result: "the result is { subnet: 10.9.0.0/24, gateway: fd00:2::1 }",
            consequence: "fd00:2::/64 of the base is lost; gateway fd00:2::1 of fd00:2::/64 goes to 10.9.0.0/24",
            advice:
              "Put !override before the list. Not edited automatically: the alias *pools refers to it (test/rules/workspaces/lossy/compose.override.yaml:4:27).",
          },
          [4, 27, 4, 33],
        ),
      ],
    },
    {
      name: "the second document of one file",
      filename: inWorkspace("unnamed"),
      code: yaml`
        services: { web: { image: caddy, networks: [shop] } }
        networks: { shop: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } } }
        ---
        networks: { shop: { ipam: { config: [{ gateway: 10.1.0.9 }] } } }
      `,
      output: null,
      errors: [
        lossy(
          {
            network: "shop",
            base: "test/rules/workspaces/unnamed/compose.yaml:2:37",
            result: "the result is { gateway: 10.1.0.9 }",
            consequence: "10.1.0.0/24 of the base is lost",
            advice: WHOLE,
          },
          [4, 29, 4, 35],
        ),
      ],
    },
  ],
});
