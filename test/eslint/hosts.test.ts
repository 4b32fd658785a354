import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import json from "@eslint/json";
import { Linter } from "eslint";
import { Linter as Linter9 } from "eslint-9";
import yml from "eslint-plugin-yml";
import { describe, expect, it } from "vitest";
import * as yamlParser from "yaml-eslint-parser";

import plugin from "../../src/eslint/index.js";
import { crlf, inWorkspace, yaml } from "../rules/compose-rule-tester.js";

const { recommended, "recommended-with-yml": withYml } = plugin.configs;
const FILES = ["**/*.yaml"];

/** ESLint's types leave a method out; and the class of ESLint 9 is the same one, a major version earlier. */
type HostLinter = Linter & { getSuppressedMessages(): Linter.SuppressedLintMessage[] };
const linter10 = new Linter() as HostLinter;
const linter9 = new Linter9() as unknown as HostLinter;

/** Each is a way to lint a compose file with the same rules. The first one is what the others are held against. */
const hosts = {
  "our own language": { linter: linter10, config: [recommended] },
  "eslint-plugin-yml": { linter: linter10, config: [...yml.configs.base, withYml] },
  "JavaScript's language with yaml-eslint-parser": {
    linter: linter10,
    config: [{ files: FILES, languageOptions: { parser: yamlParser } }, withYml],
  },
  "our own language on ESLint 9.38": { linter: linter9, config: [recommended] },
  "eslint-plugin-yml on ESLint 9.38": { linter: linter9, config: [...yml.configs.base, withYml] },
};
const [reference, ...others] = Object.keys(hosts) as [keyof typeof hosts, ...(keyof typeof hosts)[]];

const SHOP = fileURLToPath(new URL("../../fixtures/office-vpn/compose.yaml", import.meta.url));
const shop = readFileSync(SHOP, "utf8");

const TWO_NETWORKS = yaml`
  # Nobody has looked at this for years.
  services:
    web: { image: caddy, networks: [front, back] }
    worker: { image: busybox }

  networks:
    front: # Docker chooses
    back: { ipam: { config: [{ subnet: 172.18.44.0/24 }] } }
`;

const DISABLED = yaml`
  services: { web: { image: caddy, networks: [front, back, cache] } }
  networks:
    # eslint-disable-next-line compose-networks/require-subnet -- thrown away after each test
    front:
    back: # eslint-disable-line -- not ours
    cache:
      # eslint-disable compose-networks/no-forbidden-subnet -- moves in May
      ipam:
        config:
          - subnet: 192.168.0.0/25
      # eslint-enable compose-networks/no-forbidden-subnet
`;

const SHARED = yaml`
  x-office: &office
    ipam:
      config:
        - subnet: "192.168.0.0/24"
  services:
    web: { image: caddy, networks: { front: { ipv4_address: 192.168.0.7 } } }
  networks:
    front:
      <<: *office
      driver: bridge
`;

const composeFiles: Record<string, { readonly filename: string; readonly code: string }> = {
  "the example project": { filename: SHOP, code: shop },
  "the example project with the line ends of Windows": { filename: SHOP, code: crlf(shop) },
  "a file with a byte order mark": { filename: inWorkspace("office"), code: `\uFEFF${TWO_NETWORKS}` },
  "a file with a byte order mark and the line ends of Windows": {
    filename: inWorkspace("office"),
    code: `\uFEFF${crlf(TWO_NETWORKS)}`,
  },
  "findings that comments switch off": { filename: inWorkspace("office"), code: DISABLED },
  "a subnet that is shared through a merge key": { filename: inWorkspace("office"), code: SHARED },
  "an unset variable": {
    filename: inWorkspace("office"),
    code: "services: { web: { image: caddy } }\nnetworks: { default: { ipam: { config: [{ subnet: $SUBNET }] } } }\n",
  },
  "no pool to take subnets from": { filename: inWorkspace("no-pools"), code: TWO_NETWORKS },
  "a faulty forbidden-ranges file": { filename: inWorkspace("faulty"), code: TWO_NETWORKS },
  "no forbidden-ranges file": { filename: inWorkspace("none"), code: TWO_NETWORKS },
  "several documents": { filename: inWorkspace("office"), code: `---\n${TWO_NETWORKS}---\nvolumes: { db: }\n` },
  "a file without a final line break": { filename: inWorkspace("office"), code: TWO_NETWORKS.trimEnd() },
  "leading empty lines": { filename: inWorkspace("office"), code: `\n\n${TWO_NETWORKS}` },
};

function lint(host: keyof typeof hosts, { code, filename }: { code: string; filename: string }) {
  const { linter, config } = hosts[host];
  const messages = linter.verify(code, config, { filename });
  const suppressed = linter.getSuppressedMessages();
  const fixed = linter.verifyAndFix(code, config, { filename });
  return { messages: messages.map(essence), suppressed: suppressed.map(essence), fixed: fixed.output };
}

/** What users see of a message, which leaves out how a host names its nodes. */
function essence({ ruleId, messageId, message, line, column, endLine, endColumn, severity, fix, ...rest }: Message) {
  const { suggestions, suppressions } = rest;
  return { ruleId, messageId, message, line, column, endLine, endColumn, severity, fix, suggestions, suppressions };
}

type Message = Linter.LintMessage & Partial<Pick<Linter.SuppressedLintMessage, "suppressions">>;

describe.each(others)("%s", (host) => {
  it.each(Object.entries(composeFiles))("gives the same findings and the same fixed text for %s", (_, file) => {
    expect(lint(host, file)).toEqual(lint(reference, file));
  });
});

describe(reference, () => {
  it.each(Object.entries(composeFiles).filter(([name]) => !name.includes("comments")))(
    "finds something in %s, so that there is something to compare",
    (_, file) => {
      expect(lint(reference, file).messages).not.toEqual([]);
    },
  );

  it("keeps the reasons of what comments switch off", () => {
    const file = { filename: inWorkspace("office"), code: DISABLED };
    const { messages, suppressed, fixed } = lint(reference, file);
    expect(messages).toEqual([]);
    expect(suppressed.map(({ line, suppressions }) => [line, suppressions?.[0]?.justification])).toEqual([
      [4, "thrown away after each test"],
      [5, "not ours"],
      [10, "moves in May"],
    ]);
    expect(fixed).toBe(DISABLED);
  });

  it("keeps the byte order mark and the line ends in the fixed text", () => {
    const { code, filename } = { filename: inWorkspace("office"), code: `\uFEFF${crlf(TWO_NETWORKS)}` };
    const { fixed } = lint(reference, { code, filename });
    expect(fixed).toMatch(/^\uFEFF# Nobody/);
    expect(fixed).not.toMatch(/[^\r]\n/);
    expect(fixed).toContain("  front: # Docker chooses\r\n    ipam:\r\n");
  });
});

describe("daemon.json", () => {
  const filename = inWorkspace("office", "daemon.json");
  const code =
    '{\n\t"bip": "192.168.0.1/24",\n\t"default-address-pools": [{ "base": "10.202.0.0/16", "size": "24" }]\n}\n';
  const ours = linter10.verify(code, recommended, { filename }).map(essence);

  it("is held against the forbidden ranges by the preset itself", () => {
    expect(ours.map(({ ruleId, line, column }) => [ruleId, line, column])).toEqual([
      ["compose-networks/no-forbidden-daemon-pool", 2, 9],
      ["compose-networks/no-forbidden-daemon-pool", 3, 63],
    ]);
  });

  it.each<[string, Linter.Config]>([
    ["the language of @eslint/json", { plugins: { json }, language: "json/json" }],
    ["JavaScript's language with yaml-eslint-parser", { languageOptions: { parser: yamlParser } }],
  ])("gets the same findings under %s", (_, host) => {
    const { rules, plugins } = withYml;
    const config: Linter.Config = { ...host, files: ["**/*.json"], plugins: { ...host.plugins, ...plugins }, rules };
    expect(linter10.verify(code, config, { filename }).map(essence)).toEqual(ours);
  });
});
