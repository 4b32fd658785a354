import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";

import { rolldown } from "rolldown";
import { afterAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "compose-networks-browser-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A page that checks files which it has in memory. */
const PAGE = `
import { rules } from "${root}/rules/index.ts";
import { lintText, fixText } from "${root}/src/lint/run.ts";
import { catalogueOf } from "${root}/src/lint/policy-rules.ts";
import { presetRules } from "${root}/src/lint/presets.ts";
import { IMPORTERS } from "${root}/src/import/importers.ts";
import { createMemoryDisk } from "${root}/src/workspace/files/memory-disk.ts";
import { overlayDisk, OpenTexts } from "${root}/src/workspace/files/overlay-disk.ts";
import { Workspaces } from "${root}/src/workspace/registry.ts";

export const formats = IMPORTERS.length;

export function check(texts, path, unsaved = {}) {
  const open = new OpenTexts();
  const { workspaceFor, parse } = new Workspaces(
    overlayDisk(createMemoryDisk(new Map(Object.entries(texts))), open),
    catalogueOf(rules),
  );
  const workspace = workspaceFor({ cwd: "/shop", today: "2026-01-01" });
  for (const [name, text] of Object.entries(unsaved)) open.open(name, text);
  const settings = new Map(Object.entries(presetRules(rules).recommended).map(([rule, level]) => [rule, { level }]));
  const host = {
    rules: new Map(rules.map((rule) => ["compose-networks/" + rule.name, rule])),
    settings,
    parse,
    views: (file) => workspace.judgedViews(file),
    policyFor: (path) => workspace.policyFor(path),
  };
  const text = unsaved[path] ?? texts[path];
  const found = lintText(host, path, text).findings.map(({ rule, says, at, data }) => ({
    rule,
    says,
    line: at.source.text.slice(0, at.span[0]).split("\\n").length,
    network: data.network,
    range: data.range ?? null,
  }));
  return JSON.stringify({ found, fixed: fixText(host, path, text).text });
}
`;

interface Checked {
  readonly found: readonly Readonly<Record<string, unknown>>[];
  readonly fixed: string;
}

interface Page {
  readonly formats: number;
  check(texts: Readonly<Record<string, string>>, file: string, unsaved?: Readonly<Record<string, string>>): string;
}

async function bundle(): Promise<string> {
  const input = path.join(folder, "page.js");
  writeFileSync(input, PAGE);
  const made = await rolldown({
    input,
    platform: "browser",
    cwd: root,
    resolve: { modules: [path.join(root, "node_modules")] },
  });
  const { output } = await made.generate({ format: "iife", name: "page" });
  expect(output).toHaveLength(1);
  return output[0].code;
}

const code = await bundle();

/** A world with nothing of Node in it, not even the globals that browsers do not have. */
function page(): Page {
  const globals = { TextEncoder, performance, URL };
  return vm.runInNewContext(`${code}; page`, globals) as Page;
}

const at = (name: string): string => readFileSync(path.join(root, "fixtures/office-vpn", name), "utf8");
const SHOP = {
  "/shop/forbidden-ranges.yaml": at("forbidden-ranges.yaml"),
  "/shop/compose.yaml": at("compose.yaml"),
};

function checked(...asked: Parameters<Page["check"]>): Checked {
  return JSON.parse(page().check(...asked)) as Checked;
}

describe("the rules in a browser", () => {
  it("need no module of Node", () => {
    const imported = [...code.matchAll(/(?:from\s*|require\(|import\()["']([^"']+)["']/g)].map(
      ([, name]) => name ?? "",
    );
    expect(imported.filter((name) => name.startsWith("node:") || builtinModules.includes(name))).toEqual([]);
    expect(page().formats).toBeGreaterThan(5);
  });

  it("find what the office VPN loses, and pin what Docker would choose, in files that are in memory", () => {
    const { found, fixed } = checked(SHOP, "/shop/compose.yaml");
    expect(found).toEqual([
      {
        rule: "compose-networks/require-subnet",
        says: "unsafe",
        line: 46,
        network: "front",
        range: '"office Wi-Fi" (172.18.44.0/22)',
      },
      {
        rule: "compose-networks/no-forbidden-subnet",
        says: "forbiddenSubnet",
        line: 52,
        network: "back",
        range: '"office LAN" (192.168.0.0/24)',
      },
    ]);
    expect(fixed).toMatch(
      / {2}front:\n {4}driver: bridge\n {4}ipam:\n {6}config:\n {8}- subnet: 10\.201\.\d+\.0\/24\n/,
    );
  });

  it("follow an include, and count what an editor has open rather than what is saved", () => {
    const texts = {
      ...SHOP,
      "/shop/parts/db.yaml": "networks: { db: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }\n",
    };
    const included = "include: [parts/db.yaml]\nservices: { db: { image: postgres, networks: [db] } }\n";
    const saved = checked(texts, "/shop/compose.yaml", { "/shop/compose.yaml": included });
    expect(saved.found).toEqual([]);
    const policy = "version: 1\nid: shop\nforbidden: [10.9.0.0/16]\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n";
    const own =
      "services: { a: { image: a } }\nnetworks: { default: { ipam: { config: [{ subnet: 10.9.1.0/24 }] } } }\n";
    const unsaved = { "/shop/forbidden-ranges.yaml": policy, "/shop/compose.yaml": own };
    expect(checked(texts, "/shop/compose.yaml", unsaved).found).toMatchObject([
      { rule: "compose-networks/no-forbidden-subnet", range: "10.9.0.0/16" },
    ]);
  });
});
