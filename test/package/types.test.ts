import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const npm = (...args: readonly string[]): string =>
  execFileSync("npm", args, { cwd: ROOT, encoding: "utf8", shell: process.platform === "win32" });

/** The files that would be published, as npm says. */
function publishedFiles(): string[] {
  const [report] = JSON.parse(npm("pack", "--dry-run", "--json", "--ignore-scripts")) as {
    files: { path: string }[];
  }[];
  return (report?.files ?? []).map(({ path }) => path);
}

/** A configuration file in TypeScript, with everything that the package promises. */
const CONFIGURATION = `
import type { Linter } from "eslint";
import { defineConfig } from "eslint/config";
import composeNetworks, { type ComposeNode, type NetworkNode, type SettingsOptions } from "eslint-plugin-compose-networks";

const options: SettingsOptions = { ranges: "network/forbidden-ranges.yaml" };

export default defineConfig(
  { files: ["deploy/*.yaml"], extends: [composeNetworks.configs.recommended] },
  { files: ["deploy/*.yml"], extends: [composeNetworks.configs["recommended-with-yml"]] },
  {
    files: ["stacks/*.yaml"],
    plugins: { "compose-networks": composeNetworks },
    language: "compose-networks/compose",
    rules: { "compose-networks/require-subnet": ["error", { when: "unsafe" }] },
    settings: composeNetworks.settings(options),
  },
);

export const flat: Linter.Config[] = [
  composeNetworks.configs.recommended,
  composeNetworks.configs.strict,
  composeNetworks.configs.all,
  { plugins: { [composeNetworks.meta.namespace]: composeNetworks } },
];

export const ruleNames: string[] = Object.keys(composeNetworks.rules);

export function driverOf(node: ComposeNode): string | undefined {
  const network: NetworkNode | undefined = node.type === "Network" ? node : undefined;
  return network?.driver;
}
`;

const MISTAKES = `
import composeNetworks, { type ComposeNode } from "eslint-plugin-compose-networks";

export const misspelt = composeNetworks.configs.recomended;
export const wrongOption = composeNetworks.settings({ range: "ranges.yaml" });
export const noSuchNode = (node: ComposeNode): boolean => node.type === "Volume";
`;

/** What a strict compiler says about a file beside the published package and an ESLint. */
function complaints(directory: string, code: string): string[] {
  const file = join(directory, "eslint.config.ts");
  writeFileSync(file, code);
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    types: [],
    noEmit: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .filter((diagnostic) => diagnostic.file === undefined || diagnostic.file.fileName.startsWith(toSlashes(directory)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function toSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}

describe.each(["eslint", "eslint-9"])("the published types, beside %s", (eslint) => {
  let directory = "";

  beforeAll(() => {
    npm("run", "--silent", "build:types");
    directory = realpathSync(mkdtempSync(join(tmpdir(), "compose-networks-types-")));
    const modules = join(directory, "node_modules");
    for (const path of publishedFiles()) {
      const copy = join(modules, "eslint-plugin-compose-networks", path);
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(join(ROOT, path), copy);
    }
    symlinkSync(join(ROOT, "node_modules", eslint), join(modules, "eslint"), "junction");
    writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("fit into a configuration, with `extends` and as a flat array", () => {
    expect(complaints(directory, CONFIGURATION)).toEqual([]);
  });

  it("tell what does not exist", () => {
    expect(complaints(directory, MISTAKES)).toEqual([
      expect.stringContaining("Property 'recomended' does not exist"),
      expect.stringContaining("'range' does not exist in type 'SettingsOptions'"),
      expect.stringContaining("have no overlap"),
    ]);
  });
});
