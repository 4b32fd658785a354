import { requireBridgeName } from "../../rules/require-bridge-name.js";
import {
  composeRuleTester,
  crlf,
  EVERYTHING,
  inWorkspace,
  position,
  yaml,
  type Extent,
} from "./compose-rule-tester.js";

const CONSEQUENCE =
  "Docker names it br- and a part of the network's ID. The ID changes each time the network is created, so no firewall rule can name it";

interface MissingCase {
  readonly name: string;
  readonly filename?: string;
  readonly code: string;
  readonly output: string | null;
  readonly network: string;
  readonly advice: string;
  readonly at: Extent;
}

function missing({ name, filename = inWorkspace("office"), code, output, network, advice, at }: MissingCase) {
  const data = { network, consequence: CONSEQUENCE, advice };
  const named = /^Name it ([^;, ]+);/.exec(advice)?.[1] ?? "";
  const suggestions = output === null ? [] : [{ messageId: "name", data: { name: named }, output }];
  return { name, filename, code, output, errors: [{ messageId: "missing", data, ...position(at), suggestions }] };
}

const nameIt = (name: string): string => `Name it ${name}; the network is recreated on the next up.`;

/** A network with a name that the engine refuses, and the file with another one. */
function unusable(written: string, name: string, reason: string) {
  const code = (value: string): string =>
    yaml`
    name: shop
    services: { web: { image: caddy, networks: [back] } }
    networks:
      back:
        driver_opts:
          com.docker.network.bridge.name: VALUE
  `.replace("VALUE", value);
  const quote = /^["']/.exec(written)?.[0] ?? "";
  return {
    name: `the name ${written}`,
    filename: inWorkspace("office"),
    code: code(written),
    output: null,
    errors: [
      {
        messageId: "unusable",
        data: { network: "back", name, reason, advice: nameIt("br-shop-back") },
        ...position([6, 39, 6, 39 + written.length]),
        suggestions: [
          { messageId: "name", data: { name: "br-shop-back" }, output: code(`${quote}br-shop-back${quote}`) },
        ],
      },
    ],
  };
}

composeRuleTester.run("require-bridge-name", requireBridgeName, {
  assertionOptions: EVERYTHING,
  valid: [
    {
      name: "a name of 15 characters",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [back] } }
        networks: { back: { driver_opts: { com.docker.network.bridge.name: abcdefghijklmno } } }
      `,
    },
    {
      name: "a name that an override file gives",
      filename: inWorkspace("layered-bridge"),
      code: yaml`
        services: { web: { image: caddy } }
        networks: { default: {} }
      `,
    },
    {
      name: "a name that a variable stands for",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy } }
        networks: { default: { driver_opts: { com.docker.network.bridge.name: "$BRIDGE" } } }
      `,
    },
    {
      name: "a network of another driver, or of one that a variable names",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [lan, open] } }
        networks:
          lan: { driver: macvlan }
          open: { driver: "$DRIVER" }
      `,
    },
    {
      name: "networks that Compose does not create",
      filename: inWorkspace("office"),
      code: yaml`
        services: { web: { image: caddy, networks: [shared] } }
        networks:
          shared: { external: true }
          unused:
      `,
    },
    { name: "a file without networks", filename: inWorkspace("office"), code: "services: {}\n" },
  ],
  invalid: [
    missing({
      name: "a network without options, in a project with a name of its own",
      code: yaml`
        name: shop
        services: { web: { image: caddy, networks: [back] } }
        networks:
          back:
            internal: true # nothing leaves it
      `,
      output: yaml`
        name: shop
        services: { web: { image: caddy, networks: [back] } }
        networks:
          back:
            internal: true # nothing leaves it
            driver_opts:
              com.docker.network.bridge.name: br-shop-back
      `,
      network: "back",
      advice: nameIt("br-shop-back"),
      at: [4, 3, 4, 7],
    }),
    missing({
      name: "the implicit default network of a project that is called after its directory",
      code: yaml`
        services:
          web: { image: caddy }
      `,
      output: yaml`
        services:
          web: { image: caddy }
        networks:
          default:
            driver_opts:
              com.docker.network.bridge.name: br-office-2invd
      `,
      network: "default",
      advice: nameIt("br-office-2invd"),
      at: [1, 1, 1, 9],
    }),
    missing({
      name: "a name that is too long for 15 characters",
      code: yaml`
        name: shop
        services: { web: { image: caddy, networks: [back_office] } }
        networks: { back_office: { driver_opts: { com.docker.network.driver.mtu: 1450 } } }
      `,
      output: yaml`
        name: shop
        services: { web: { image: caddy, networks: [back_office] } }
        networks: { back_office: { driver_opts: { com.docker.network.driver.mtu: 1450, com.docker.network.bridge.name: br-back-o-3dmtz } } }
      `,
      network: "back_office",
      advice: nameIt("br-back-o-3dmtz"),
      at: [3, 13, 3, 24],
    }),
    missing({
      name: "an empty map and Windows line ends",
      code: crlf("name: shop\nservices: { web: { image: caddy } }\nnetworks:\n  default: {}\n"),
      output: crlf(
        "name: shop\nservices: { web: { image: caddy } }\nnetworks:\n  default: { driver_opts: { com.docker.network.bridge.name: br-shop-default } }\n",
      ),
      network: "default",
      advice: nameIt("br-shop-default"),
      at: [4, 3, 4, 10],
    }),
    missing({
      name: "a JSON file",
      code: '{ "name": "shop", "services": { "web": { "image": "caddy" } }, "networks": { "default": null } }\n',
      output:
        '{ "name": "shop", "services": { "web": { "image": "caddy" } }, "networks": { "default": { "driver_opts": { "com.docker.network.bridge.name": "br-shop-default" } } } }\n',
      network: "default",
      advice: nameIt("br-shop-default"),
      at: [1, 78, 1, 87],
    }),
    missing({
      name: "an empty name",
      code: yaml`
        name: shop
        services: { web: { image: caddy } }
        networks:
          default:
            driver_opts:
              com.docker.network.bridge.name: ""
      `,
      output: yaml`
        name: shop
        services: { web: { image: caddy } }
        networks:
          default:
            driver_opts:
              com.docker.network.bridge.name: "br-shop-default"
      `,
      network: "default",
      advice: nameIt("br-shop-default"),
      at: [6, 39, 6, 41],
    }),
    missing({
      name: "options that an anchor shares, which are left alone",
      code: yaml`
        name: shop
        services: { web: { image: caddy, networks: [a] } }
        networks:
          a: { driver_opts: &mtu { com.docker.network.driver.mtu: 1450 } }
          b: { external: true, driver_opts: *mtu }
      `,
      output: null,
      network: "a",
      advice:
        "Name it br-shop-a, for example. Not done automatically: its text has the anchor &mtu, which other places share (test/rules/workspaces/office/compose.yaml:4:26).",
      at: [4, 3, 4, 4],
    }),
    missing({
      name: "options in which an override file has a say",
      filename: inWorkspace("layered-bridge-options"),
      code: yaml`
        name: shop
        services: { web: { image: caddy } }
        networks: { default: {} }
      `,
      output: null,
      network: "default",
      advice:
        "Name it br-shop-default, for example. Not done automatically: another file of the project has a say in its driver's options (test/rules/workspaces/layered-bridge-options/compose.override.yaml:4:7).",
      at: [3, 13, 3, 20],
    }),
    unusable("br-shop-back12345", "br-shop-back12345", "it has 17 bytes, and Linux takes 15 at most"),
    unusable('"öffentlich-netz"', "öffentlich-netz", "it has 16 bytes, and Linux takes 15 at most"),
    unusable('"br back"', "br back", "it has a space in it"),
    unusable("'br/back'", "br/back", 'it has a "/" in it'),
    unusable('"br:back"', "br:back", 'it has a ":" in it'),
    unusable("br%d", "br%d", 'it has a "%" in it'),
    unusable("lo", "lo", "it is the name of the loopback interface"),
    unusable("docker0", "docker0", "Docker's own bridge has this name"),
    unusable("all", "all", "Linux keeps this name for itself"),
    {
      name: "two networks with one name",
      filename: inWorkspace("office"),
      code: yaml`
        name: shop
        services: { web: { image: caddy, networks: [front, back] } }
        networks:
          front: { driver_opts: { com.docker.network.bridge.name: br-shop } }
          back: { driver_opts: { com.docker.network.bridge.name: "br-shop" } }
      `,
      output: null,
      errors: [
        {
          messageId: "taken",
          data: {
            network: "back",
            name: "br-shop",
            other: "front",
            place: "test/rules/workspaces/office/compose.yaml:4:59",
            advice: nameIt("br-shop-back"),
          },
          ...position([5, 58, 5, 67]),
          suggestions: [
            {
              messageId: "name",
              data: { name: "br-shop-back" },
              output: yaml`
                name: shop
                services: { web: { image: caddy, networks: [front, back] } }
                networks:
                  front: { driver_opts: { com.docker.network.bridge.name: br-shop } }
                  back: { driver_opts: { com.docker.network.bridge.name: "br-shop-back" } }
              `,
            },
          ],
        },
      ],
    },
  ],
});
