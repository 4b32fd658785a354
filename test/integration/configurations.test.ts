import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, inject, it } from "vitest";

import { blocksOf, pages } from "../docs/pages.js";
import { POLICY } from "../workspace/folder.js";
import { recipeWith } from "./recipes.js";
import { repositoryWith } from "./repository.js";

const configurations = pages().flatMap((page) =>
  blocksOf(page)
    .filter(({ text }) => text.startsWith("// eslint.config.js\n"))
    .map(({ line, text }) => [`${page}:${line}`, text] as const),
);

describe.skipIf(inject("notInstalled") !== "")("the config inspector of ESLint", () => {
  it("shows the preset with its rules, and the compose files that it is for", () => {
    const repository = repositoryWith({
      "package.json": '{ "private": true, "type": "module" }\n',
      "eslint.config.js": recipeWith("README.md", "[composeNetworks.configs.recommended]"),
      "forbidden-ranges.yaml": POLICY,
      "shop/compose.yaml": "services: { web: { image: caddy } }\n",
    });
    expect(repository.run("config-inspector", "build", "--outDir", "inspected")).toMatchObject({ status: 0 });
    const dump = "inspected/__rpc-dump";
    const record = readdirSync(join(repository.path, dump)).find((name) => name.includes("get-payload.record"));
    const payload = repository.read(`${dump}/${record ?? ""}`);
    for (const shown of ["compose-networks/recommended", "compose-networks/require-subnet", "shop/compose.yaml"]) {
      expect(payload).toContain(`"${shown}"`);
    }
  });
});

describe.skipIf(inject("notInstalled") !== "")("every eslint.config.js of the documentation", () => {
  it.each(configurations)("finds the forbidden subnet of a compose file: %s", (_, text) => {
    const repository = repositoryWith({
      "package.json": '{ "private": true, "type": "module" }\n',
      "eslint.config.js": text,
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml":
        "services: { web: { image: caddy } }\nnetworks: { default: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } } }\n",
    });
    const printed = repository.run("eslint", "--print-config", "compose.yaml");
    expect(JSON.parse(printed.output)).toHaveProperty(["rules", "compose-networks/no-forbidden-subnet"]);
    const { status, output } = repository.run("eslint", ".");
    expect(status).toBe(1);
    expect(output).toMatch(/^ +2:\d+ +error .*compose-networks\/no-forbidden-subnet$/m);
  });
});
