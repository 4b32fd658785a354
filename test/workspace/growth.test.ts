import { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import plugin from "../../src/eslint/index.js";
import { growthOf, NEARLY_LINEAR } from "../growth.js";
import { createFolder } from "./folder.js";

const textOf = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");
const subnetOf = (index: number): string => `10.${20 + (index >> 8)}.${index & 255}.0/24`;

const POLICY = `version: 1
id: growth
forbidden: [{ cidr: 172.16.0.0/12, name: VPN }]
pools: [{ cidr: 10.128.0.0/9, prefix: 24 }]
`;
const TINY_POOL = POLICY.replace("10.128.0.0/9, prefix: 24", "10.128.0.0/24, prefix: 28");

/** One service that joins networks. */
function joining(size: number, network: (index: number) => string): string {
  const joined = textOf(size, (index) => `      - n${index}\n`);
  return `services:\n  web:\n    image: caddy\n    networks:\n${joined}networks:\n${textOf(size, network)}`;
}

const open = (index: number): string => `  n${index}: {}\n`;
const pinnedTo = (subnet: string) => (index: number) => `  n${index}: { ipam: { config: [{ subnet: ${subnet} }] } }\n`;

interface Case {
  readonly what: string;
  readonly text: (size: number) => string;
  readonly size: number;
  readonly file?: string;
  readonly policy?: string;
}

const CASES: readonly Case[] = [
  { what: "networks of a project without pools", text: (size) => joining(size, open), size: 300 },
  { what: "networks of a project with pools", text: (size) => joining(size, open), size: 200, policy: POLICY },
  { what: "networks that find the pools full", text: (size) => joining(size, open), size: 200, policy: TINY_POOL },
  { what: "equal subnets", text: (size) => joining(size, pinnedTo("10.1.2.0/24")), size: 300 },
  {
    what: "equal subnets that are forbidden",
    text: (size) => joining(size, pinnedTo("172.20.1.0/24")),
    size: 150,
    policy: POLICY,
  },
  {
    what: "services of a project",
    text: (size) => `services:\n${textOf(size, (index) => `  s${index}: { image: caddy }\n`)}`,
    size: 2000,
  },
  {
    what: "services that extend one",
    text: (size) =>
      `services:\n  base: { image: caddy }\n${textOf(size, (index) => `  s${index}: { extends: base }\n`)}`,
    size: 2000,
  },
  {
    what: "static addresses",
    text: (size) =>
      `services:\n${textOf(size, (index) => `  s${index}: { image: caddy, networks: { back: { ipv4_address: 10.9.${index >> 8}.${index & 255} } } }\n`)}networks:\n  back: { ipam: { config: [{ subnet: 10.9.0.0/16 }] } }\n`,
    size: 700,
  },
  {
    what: "keys of a map",
    text: (size) => `services: { web: { image: caddy } }\nx-a:\n${textOf(size, (index) => `  k${index}: 1\n`)}`,
    size: 5000,
  },
  {
    what: "keys of a flow map",
    text: (size) => `services: { web: { image: caddy } }\nx-a: { ${textOf(size, (index) => `k${index}: 1, `)} }\n`,
    size: 5000,
  },
  {
    what: "keys of a daemon.json",
    file: "daemon.json",
    text: (size) => `{${textOf(size, (index) => `"k${index}": 1, `)}"ipv6": true}\n`,
    size: 5000,
  },
  {
    what: "exceptions of a policy",
    file: "forbidden-ranges.yaml",
    text: (size) =>
      `version: 1\nforbidden: []\nallow:\n${textOf(size, (index) => `  - { file: compose.yaml, network: n${index}, reason: x }\n`)}`,
    size: 400,
  },
  {
    what: "forbidden ranges of a policy",
    file: "forbidden-ranges.yaml",
    text: (size) =>
      `version: 1\nforbidden:\n${textOf(size, (index) => `  - { cidr: ${subnetOf(index)}, name: n${index} }\n`)}`,
    size: 1000,
  },
];

describe("a check takes time for", () => {
  it.each(CASES)(
    "$what as there are more of them, not as their square",
    ({ text, size, file = "compose.yaml", policy }) => {
      const folder = createFolder({
        "compose.yaml": "services: { web: { image: caddy, network_mode: none } }\n",
        ...(policy !== undefined && { "forbidden-ranges.yaml": policy }),
      });
      const linter = new Linter({ cwd: folder.path });
      let run = 0;
      const growth = growthOf((count) => {
        const written = text(count);
        return () => {
          // Another text each time: nothing is known of it.
          const messages = linter.verify(
            `${written}${file.endsWith("json") ? " ".repeat(++run) : `# ${++run}\n`}`,
            [plugin.configs.all],
            {
              filename: `${folder.path}/${file}`,
            },
          );
          expect(messages.filter(({ ruleId, fatal }) => fatal === true || ruleId === null)).toEqual([]);
        };
      }, size);
      expect(growth).toBeLessThan(NEARLY_LINEAR);
    },
  );
});
