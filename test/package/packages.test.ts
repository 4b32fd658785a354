import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { VERSION } from "../../src/kit/version.js";
import { pages, textOf } from "../docs/pages.js";

interface Manifest {
  readonly version: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

interface Bom {
  readonly metadata: { readonly component: { readonly purl: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const COMMAND = "packages/compose-networks";
const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
const plugin = JSON.parse(read("package.json")) as Manifest;
const command = JSON.parse(read(`${COMMAND}/package.json`)) as Manifest;

describe("the plugin", () => {
  it("has no command, and depends on what ESLint's users have anyway and on yaml", () => {
    expect(plugin.bin).toBeUndefined();
    expect(Object.keys(plugin.dependencies ?? {})).toEqual(["@eslint/plugin-kit", "yaml"]);
    expect(Object.keys(plugin.peerDependencies ?? {})).toEqual(["eslint"]);
  });

  it("imports nothing but that and what Node has", () => {
    const imported = [...read("dist/index.js").matchAll(/\bfrom\s*["'`]([^"'`]+)["'`]/g)].map(([, name = ""]) => name);
    expect(imported).toContain("yaml");
    const others = imported.filter((name) => !name.startsWith("node:") && !name.startsWith("./chunks/"));
    expect([...new Set(others)].sort()).toEqual(["@eslint/plugin-kit", "yaml"]);
  });
});

describe("the command", () => {
  it("is the only one with its name, and depends on nothing", () => {
    expect(command.bin).toEqual({ "compose-networks": "dist/compose-networks.cjs" });
    expect(command).not.toHaveProperty("dependencies");
    expect(command).not.toHaveProperty("peerDependencies");
    expect(command).not.toHaveProperty("optionalDependencies");
  });

  it.each(["cli.cjs", "compose-networks.cjs", "language-server-protocol.cjs"])(
    "loads nothing but what Node has: %s",
    (file) => {
      const code = read(`${COMMAND}/dist/${file}`);
      const loaded = [...code.matchAll(/\brequire\(["'`]([^"'`$]*)["'`]\)/g)].map(([, name = ""]) => name);
      expect(loaded.length).toBeGreaterThan(3);
      // The language server has a file of its own, so that no other run reads it.
      const others = file === "cli.cjs" ? ["./language-server-protocol.cjs"] : [];
      expect(loaded.filter((name) => !isBuiltin(name))).toEqual(others);
      // A script of node:vm has no loader for modules.
      expect(code).not.toMatch(/\bimport\s*\(\s*["'`](?!\$)/);
    },
  );

  it("is read as text of one byte a character", () => {
    expect(read(`${COMMAND}/dist/cli.cjs`)).not.toMatch(/[^\0-\x7F]/);
  });

  it("lists what is bundled, with its checksums, and hands on its licences", () => {
    const bom = JSON.parse(read(`${COMMAND}/sbom.cdx.json`)) as Bom;
    expect(bom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
    expect(bom.metadata.component.purl).toBe(`pkg:npm/compose-networks@${VERSION}`);
    const names = bom.components.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(["@eslint/plugin-kit", "yaml"]));
    const lock = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { version: string; integrity: string }>;
    };
    for (const { name, version, purl, hashes } of bom.components) {
      const locked = lock.packages[`node_modules/${name}`];
      expect(version).toBe(locked?.version);
      expect(purl).toBe(`pkg:npm/${name.replace("@", "%40")}@${version}`);
      const digest = Buffer.from(hashes[0]?.content ?? "", "hex").toString("base64");
      expect(`sha512-${digest}`).toBe(locked?.integrity);
    }
    expect(bom.dependencies[0]).toEqual({
      ref: `pkg:npm/compose-networks@${VERSION}`,
      dependsOn: bom.components.map(({ purl }) => purl),
    });
    const notices = read(`${COMMAND}/THIRD-PARTY-NOTICES.md`);
    expect([...notices.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(
      bom.components.map(({ name, version }) => `${name} ${version}`),
    );
  });
});

describe("one version", () => {
  it("is that of both packages and of what they print", () => {
    expect([plugin.version, command.version]).toEqual([VERSION, VERSION]);
  });

  it.each([...pages(), "templates/check.yml", "action.yml"])("is the one that %s tells to take", (page) => {
    const told = textOf(page).matchAll(
      /compose-networks(?:\/check)?@v?(\d[\w.-]*\w)|rev: v(\d[\w.-]*\w)|eslint-plugin-compose-networks\/blob\/v(\d[\w.-]*\w)\/|such as v(\d[\w.-]*\w)|^ +default: (\d+\.\d+\.\d+)$/gm,
    );
    for (const [text, ...versions] of told) expect(versions.join(""), text).toBe(VERSION);
  });

  it("is told wherever the package is fetched by its name", () => {
    const unpinned = [...pages(), "templates/check.yml"].flatMap((page) =>
      [...textOf(page).matchAll(/--package (?:eslint-plugin-)?compose-networks(?!@)/g)].map(() => page),
    );
    expect(unpinned).toEqual([]);
  });
});

it("has a licence in each package", () => {
  for (const folder of ["", `${COMMAND}/`]) {
    expect(readdirSync(fileURLToPath(new URL(`../../${folder}`, import.meta.url)))).toContain("LICENSE");
  }
  expect(read(`${COMMAND}/LICENSE`)).toBe(read("LICENSE"));
});
