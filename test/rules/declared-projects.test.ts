import { readFileSync } from "node:fs";

import { requireSubnet } from "../../rules/require-subnet.js";
import { noForbiddenSubnet } from "../../rules/no-forbidden-subnet.js";
import { noLossyIpamOverride } from "../../rules/no-lossy-ipam-override.js";
import { composeRuleTester, EVERYTHING, inWorkspace, position, yaml } from "./compose-rule-tester.js";

/** A file as it lies in the workspace, whose policy says which files run together. */
function onDisk(file: string) {
  const filename = inWorkspace("projects", file);
  return { filename, code: readFileSync(filename, "utf8") };
}

const OFFICE = {
  family: "IPv4",
  cause: "",
  range: '"office LAN" (192.168.0.0/24)',
  origin: "test/rules/workspaces/projects/forbidden-ranges.yaml:5:13",
  consequence:
    '1 of the 31 subnets that it picks from overlaps a forbidden range, first 192.168.0.0/20 with "office LAN" (192.168.0.0/24), whose hosts then become unreachable',
};
const DOWN_FIRST = 'Compose before 2.31 needs "docker compose down" first.';

function pinning(network: string, subnet: string, output: string) {
  return { messageId: "pin", data: { network, subnet }, output };
}

composeRuleTester.run("require-subnet in declared projects", requireSubnet, {
  assertionOptions: EVERYTHING,
  valid: [
    { name: "a base whose other files give its networks their subnets", ...onDisk("base/main.yaml") },
    { name: "a fragment that uses networks of a file that nobody names", ...onDisk("base/alone.yaml") },
  ],
  invalid: [
    {
      name: "a network of the file that is laid over the base",
      ...onDisk("base/prod.yaml"),
      output: yaml`
        services:
          db: { image: postgres, networks: [back, data] }
        networks:
          front:
            ipam:
              config:
                - subnet: 10.201.7.0/24
          data: { ipam: { config: [{ subnet: 10.201.215.0/24 }] } }
      `,
      errors: [
        {
          messageId: "unsafe",
          data: {
            ...OFFICE,
            network: "data",
            effect: DOWN_FIRST,
            advice: "Pin it to 10.201.215.0/24; the network is recreated on the next up.",
          },
          ...position([8, 3, 8, 7]),
          suggestions: [
            pinning(
              "data",
              "10.201.215.0/24",
              yaml`
                services:
                  db: { image: postgres, networks: [back, data] }
                networks:
                  front:
                    ipam:
                      config:
                        - subnet: 10.201.7.0/24
                  data: { ipam: { config: [{ subnet: 10.201.215.0/24 }] } }
              `,
            ),
          ],
        },
      ],
    },
    {
      name: "a base of several projects: each network once, and no fix that not all of them ask for",
      ...onDisk("variants/main.yaml"),
      output: null,
      errors: (
        [
          ["front", "10.201.93.0/24", 4, "; the network is recreated on the next up."],
          ["back", "10.201.9.0/24", 5, ", which it has in test/rules/workspaces/projects/variants/prod.yaml:5:19."],
        ] as const
      ).map(([network, subnet, line, why]) => ({
        messageId: "unsafe",
        data: {
          ...OFFICE,
          network,
          effect: DOWN_FIRST,
          advice: `Pin it to ${subnet}${why}`,
        },
        ...position([line, 3, line, 3 + network.length]),
        suggestions: [
          pinning(
            network,
            subnet,
            onDisk("variants/main.yaml").code.replace(
              `${network}: {}`,
              `${network}: { ipam: { config: [{ subnet: ${subnet} }] } }`,
            ),
          ),
        ],
      })),
    },
    {
      name: "a network of a stack, which a swarm gives a subnet of its own pools",
      ...onDisk("swarm/stack.yaml"),
      output: onDisk("swarm/stack.yaml").code.replace("{}", "{ ipam: { config: [{ subnet: 10.201.11.0/24 }] } }"),
      errors: [
        {
          messageId: "automatic",
          data: {
            network: "front",
            family: "IPv4",
            cause: "",
            consequence: 'it may pick another of 65536 subnets on each host and after each "down"',
            advice: 'Pin it to 10.201.11.0/24; a network that is there keeps its subnet until "docker stack rm".',
          },
          ...position([4, 3, 4, 8]),
          suggestions: [
            pinning(
              "front",
              "10.201.11.0/24",
              onDisk("swarm/stack.yaml").code.replace("{}", "{ ipam: { config: [{ subnet: 10.201.11.0/24 }] } }"),
            ),
          ],
        },
      ],
    },
  ],
});

composeRuleTester.run("no-forbidden-subnet in declared projects", noForbiddenSubnet, {
  assertionOptions: EVERYTHING,
  valid: [{ name: "a file whose base has the line at fault", ...onDisk("base/prod.yaml") }],
  invalid: [
    {
      name: "the base that has the line at fault",
      ...onDisk("base/main.yaml"),
      errors: [
        {
          messageId: "forbiddenSubnet",
          data: {
            network: "back",
            subnet: "192.168.0.0/24",
            source: "",
            relation: "lies in",
            range: OFFICE.range,
            origin: OFFICE.origin,
            effect: DOWN_FIRST,
            consequence: "hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up",
            advice: "Renumber it to 10.201.197.0/24, which is free; the network is recreated on the next up.",
          },
          ...position([8, 19, 8, 33]),
          suggestions: [
            {
              messageId: "renumber",
              data: { network: "back", subnet: "10.201.197.0/24" },
              output: onDisk("base/main.yaml").code.replace("192.168.0.0/24", "10.201.197.0/24"),
            },
          ],
        },
      ],
    },
  ],
});

composeRuleTester.run("no-lossy-ipam-override in declared projects", noLossyIpamOverride, {
  valid: [
    {
      name: "a later file of a stack, whose network takes the place of the one before as a whole",
      filename: inWorkspace("projects", "swarm/sets/prod.yaml"),
      code: "networks: { front: { ipam: { config: [{ subnet: 10.201.8.0/24 }] } } }\n",
    },
  ],
  invalid: [],
});
