import { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import plugin from "../../src/eslint/index.js";
import { crlf, inWorkspace, yaml } from "./compose-rule-tester.js";

const linter = new Linter();

/** What `--fix` makes of a file, with every rule of the strict preset. */
function fix(text: string, filename = inWorkspace("office"), own: Linter.RulesRecord = {}): string {
  const { language, rules: preset } = plugin.configs.strict;
  const rules = { ...preset, ...own };
  const config: Linter.Config = { files: ["**/*.yaml"], plugins: { "compose-networks": plugin }, rules };
  return linter.verifyAndFix(text, { ...config, ...(language !== undefined && { language }) }, { filename }).output;
}

const WEB = yaml`
  services:
    web:
      image: caddy
      networks: [front]
`;
const PINNED = yaml`
  networks:
    front:
      ipam:
        config:
          - subnet: 10.201.193.0/24
`;

/** Ways to write the networks below `WEB`, and what comes of them. */
const SHAPES: readonly (readonly [name: string, before: string, after: string])[] = [
  ["a null network", "networks:\n  front:\n", PINNED],
  ["a network that is a tilde", "networks:\n  front: ~\n", PINNED],
  ["an empty map", "networks:\n  front: {}\n", "networks:\n  front: {ipam: {config: [{subnet: 10.201.193.0/24}]}}\n"],
  [
    "a flow map",
    "networks: { front: { driver: bridge } }\n",
    "networks: { front: { driver: bridge, ipam: { config: [{ subnet: 10.201.193.0/24 }] } } }\n",
  ],
  [
    "a network with only a driver",
    "networks:\n  front:\n    driver: bridge\n",
    PINNED.replace("    ipam", "    driver: bridge\n    ipam"),
  ],
  [
    "an ipam with only a driver",
    "networks:\n  front:\n    ipam:\n      driver: default\n",
    PINNED.replace("      config", "      driver: default\n      config"),
  ],
  [
    "an empty list of pools",
    "networks:\n  front:\n    ipam:\n      config: []\n",
    PINNED.replace("\n        - subnet: 10.201.193.0/24", " [{ subnet: 10.201.193.0/24 }]"),
  ],
  [
    "an empty pool",
    "networks:\n  front:\n    ipam:\n      config:\n        - {}\n",
    PINNED.replace("subnet: 10.201.193.0/24", "{ subnet: 10.201.193.0/24 }"),
  ],
  ["an empty subnet", PINNED.replace("10.201.193.0/24", '""'), PINNED.replace("10.201.193.0/24", '"10.201.193.0/24"')],
  ["a subnet that is only a size", PINNED.replace("10.201.193.0/24", "0.0.0.0/24"), PINNED],
  [
    "an alias",
    "x-net: &net { driver: bridge }\nnetworks:\n  front: *net\n",
    `x-net: &net { driver: bridge }\n${PINNED.replace("    ipam", "    <<: *net\n    ipam")}`,
  ],
  [
    "a merge key",
    "x-net: &net { driver: bridge }\nnetworks:\n  front:\n    <<: *net\n",
    `x-net: &net { driver: bridge }\n${PINNED.replace("    ipam", "    <<: *net\n    ipam")}`,
  ],
  [
    "odd indentation",
    "networks:\n     front:\n        driver: bridge\n",
    "networks:\n     front:\n        driver: bridge\n        ipam:\n           config:\n              - subnet: 10.201.193.0/24\n",
  ],
  [
    "comments between",
    "networks:\n  # in front of it\n  front: # beside it\n    # below it\n    driver: bridge # at its end\n  # behind it\n",
    "networks:\n  # in front of it\n  front: # beside it\n    # below it\n    driver: bridge # at its end\n    ipam:\n      config:\n        - subnet: 10.201.193.0/24\n  # behind it\n",
  ],
];

describe("the fix of a network that is", () => {
  it.each(SHAPES)("%s", (_name, before, after) => {
    expect(fix(WEB + before)).toBe(WEB + after);
  });

  it.each(SHAPES)("%s, without a line break at the end of the file", (_name, before, after) => {
    expect(fix((WEB + before).trimEnd())).toBe((WEB + after).trimEnd());
  });

  it.each(SHAPES)("%s, with the line ends of Windows", (_name, before, after) => {
    expect(fix(crlf(WEB + before))).toBe(crlf(WEB + after));
  });

  it.each(SHAPES)("%s, behind a byte order mark", (_name, before, after) => {
    expect(fix(`\uFEFF${WEB}${before}`)).toBe(`\uFEFF${WEB}${after}`);
  });

  it.each(SHAPES)("%s, in the second of two documents", (_name, before, after) => {
    expect(fix(`${WEB}---\n${before}`)).toBe(`${WEB}---\n${after}`);
  });

  it("not declared at all", () => {
    const web = "services: { web: { image: caddy } }\n";
    const declared = "networks:\n  default:\n    ipam:\n      config:\n        - subnet: 10.201.89.0/24\n";
    expect(fix(web)).toBe(web + declared);
  });

  it("without one of its two families", () => {
    const pinned = PINNED.replace("    ipam", "    enable_ipv6: true\n    ipam").replace("193", "3");
    expect(fix(WEB + pinned, inWorkspace("ipv6"))).toBe(`${WEB}${pinned}        - subnet: fd12:3456:789a:d02f::/64\n`);
  });
});

describe("the fix leaves alone", () => {
  it.each([
    ["a text that two networks share", "networks:\n  front: &net\n    driver: bridge\n  back: *net\n"],
    ["a document with a parse error", "networks:\n  front: {\n"],
    ["a template of Jinja", "networks:\n{% if pinned %}\n  front:\n{% endif %}\n"],
    ["a template of Go", "networks:\n  front: {{ .Network }}\n"],
  ])("%s", (_name, networks) => {
    expect(fix(WEB + networks)).toBe(WEB + networks);
  });

  it("static addresses that do not agree, and with them the whole project", () => {
    const text = yaml`
      services:
        web: { image: caddy, networks: { front: { ipv4_address: 10.201.7.9 }, back: {} } }
        db: { image: postgres, networks: { front: { ipv4_address: 10.201.8.9 } } }
      networks:
        front:
        back:
    `;
    expect(fix(text)).toBe(text);
  });
});

it("static addresses that agree decide the subnet", () => {
  const text = WEB.replace("[front]", "{ front: { ipv4_address: 10.201.7.9 } }");
  expect(fix(`${text}networks:\n  front:\n`)).toBe(text + PINNED.replace("193", "7"));
});

it("one run moves more networks than ESLint takes passes", () => {
  const starts = Array.from({ length: 14 }, (_, index) => index * 16);
  const text = [
    "services: { web: { image: caddy, networks: {",
    ...starts.map((start) => `  net${start}: { ipv4_address: 192.168.0.${start + 9} },`),
    "  } } }",
    "networks:",
    ...starts.map((start) => `  net${start}: { ipam: { config: [{ subnet: 192.168.0.${start}/28 }] } }`),
  ].join("\n");
  const moved = fix(text, inWorkspace("office"), {
    "compose-networks/no-forbidden-subnet": ["error", { renumber: true }],
  });
  expect(moved).not.toContain("192.168.0.");
  expect(moved.match(/ipv4_address: 10\.201\.\d+\.9 /g)).toHaveLength(14);
});
