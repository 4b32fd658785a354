import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { judge } from "../../src/lint/judge.js";
import { FileIndex } from "../../src/workspace/files/file-index.js";
import { createDisk } from "../../src/workspace/files/node-disk.js";
import { Workspace } from "../../src/workspace/workspace.js";
import { growthOf, NEARLY_LINEAR } from "../growth.js";
import { createFolder } from "./folder.js";

const POLICY = `version: 1
id: growth
forbidden: [{ cidr: 172.16.0.0/12, name: VPN }]
pools: [{ cidr: 10.128.0.0/9, prefix: 24 }]
`;

const service = (index: number, joined: string): string =>
  `services: { s${index}: { image: caddy, networks: ${joined} } }\n`;
const address = (index: number): string => `172.20.${index >> 8}.${index & 255}`;

/** The text of one of many projects, by its number. */
const CASES: readonly { readonly what: string; readonly text: (index: number) => string; readonly findings: RegExp }[] =
  [
    {
      what: "a network with a forbidden subnet",
      text: (index) =>
        `${service(index, "[lan]")}networks: { lan: { name: lan, ipam: { config: [{ subnet: 172.20.1.0/24 }] } } }\n`,
      findings: /^no-forbidden-subnet:1$/,
    },
    {
      what: "a network without a subnet",
      text: (index) => `${service(index, "[lan]")}networks: { lan: { name: lan } }\n`,
      findings: /^require-subnet:1$/,
    },
    {
      what: "a network without a subnet, with an address each",
      text: (index) =>
        `${service(index, `{ lan: { ipv4_address: ${address(index + 2)} } }`)}networks: { lan: { name: lan } }\n`,
      findings: /^require-subnet:1$/,
    },
    {
      what: "a network of another project, with an address each",
      text: (index) =>
        index === 0
          ? `${service(index, "[lan]")}networks: { lan: { name: lan, ipam: { config: [{ subnet: 172.20.0.0/16 }] } } }\n`
          : `${service(index, `{ lan: { ipv4_address: ${address(1)} } }`)}networks: { lan: { name: lan, external: true } }\n`,
      findings: /^valid-static-address:1$/,
    },
  ];

describe("many projects with one network take time as there are more of them, not as their square", () => {
  it.each(CASES)("$what", ({ text, findings }) => {
    const growth = growthOf((count) => {
      const folder = createFolder({
        "forbidden-ranges.yaml": POLICY,
        ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}/compose.yaml`, text(index)])),
      });
      const index = new FileIndex(createDisk());
      const workspace = new Workspace({ cwd: folder.path, today: "2026-11-28" }, index);
      const looked = Array.from({ length: count }, (_, number) => {
        const file = index.load(`${folder.path}/p${number}/compose.yaml`);
        if (!file) throw new Error("no YAML");
        return { file, views: workspace.views(file) };
      });
      return () => {
        const said = looked.map(({ file, views }) =>
          rules
            .filter(({ files, docs }) => files === "compose" && docs.recommended === "recommended")
            .flatMap((rule) => judge(rule, file, views, undefined).map((finding) => `${finding.rule}:1`)),
        );
        expect(said.at(-1)?.[0]).toMatch(findings);
      };
    }, 200);
    expect(growth).toBeLessThan(NEARLY_LINEAR);
  });
});
