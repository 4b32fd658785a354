import path from "node:path";

import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";

const layers = [
  "src/kit",
  "src/ipam",
  "src/compose/read",
  "src/compose/load",
  "src/compose/project",
  "src/compose/engine",
  "src/compose/edit",
  "src/daemon",
  "src/policy",
  "src/import",
  "src/host",
  "src/map",
  "src/workspace",
  "src/remedy",
  "src/lint",
  "rules",
  "src/eslint",
  "src/lsp",
  "src/cli",
] as const;

type Layer = (typeof layers)[number];

// The repository's own configuration; only what needs the files on disk is off, for these are not there.
const eslint = new ESLint({ overrideConfig: [{ files: ["**/*.ts"], ...tseslint.configs.disableTypeChecked }] });

const importers = ["network.ts", "deeper/network.ts"];

/** The messages on imports that `file` would get if it held `code`. */
async function complaints(file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: file });
  return results
    .flatMap((result) => result.messages)
    .filter(({ ruleId }) => ruleId === null || ruleId.startsWith("no-restricted-"))
    .map(({ message }) => message);
}

/** Every way to import, for a file of one layer that wants one of another. */
function importsOf(from: string, to: Layer): string[] {
  const specifier = path.posix.relative(path.posix.dirname(from), `${to}/subnet.js`);
  return [
    `import { subnet } from "${specifier}";`,
    `import type { Subnet } from "${specifier}";`,
    `import "${specifier}";`,
    `export { subnet } from "${specifier}";`,
    `export * from "${specifier}";`,
    `await import("${specifier}");`,
  ];
}

describe.each(layers)("%s", (layer) => {
  const here = layers.indexOf(layer);
  const files = importers.map((name) => `${layer}/${name}`);

  it.each(layers.slice(here + 1))("may not import %s", async (higher) => {
    for (const file of files) {
      for (const code of importsOf(file, higher)) {
        const said = await complaints(file, code);
        expect(said, code).toHaveLength(1);
        expect(said[0]).toContain(`${layer} is below ${higher}: imports go down only`);
      }
    }
  });

  it.each(layers.slice(0, here))("may import %s", async (lower) => {
    for (const file of files) {
      for (const code of importsOf(file, lower)) expect(await complaints(file, code), code).toEqual([]);
    }
  });

  it.each(layers)("may have files and folders of its own that are named as %s is", async (other) => {
    const code = `import "./${path.posix.basename(other)}/subnet.js";`;
    expect(await complaints(`${layer}/network.ts`, code)).toEqual([]);
  });
});

/** The layers from `lowest` upwards may import `specifier`, those below may not. */
function startsAt(specifier: string, lowest: Layer): void {
  describe.each([`import "${specifier}";`, `await import("${specifier}");`])("%s", (code) => {
    it.each(layers.slice(0, layers.indexOf(lowest)))("is refused in %s", async (layer) => {
      expect(await complaints(`${layer}/network.ts`, code)).toEqual([
        expect.stringContaining(`the lowest layer that may is ${lowest}`),
      ]);
    });

    it.each(layers.slice(layers.indexOf(lowest)))("is fine in %s", async (layer) => {
      expect(await complaints(`${layer}/network.ts`, code)).toEqual([]);
    });
  });
}

startsAt("eslint/universal", "src/eslint");
startsAt("@eslint/plugin-kit", "src/lint");
startsAt("yaml", "src/compose/read");

describe("Node", () => {
  const withNode = ["src/workspace/files", "src/eslint", "src/lsp", "src/cli"];
  const withoutNode = layers.filter((layer) => !withNode.includes(layer));
  const imports = ['import "node:fs";', 'import "fs/promises";', 'await import("node:fs");'];
  const global = "export const home = process.env;";

  it.each(withoutNode)("is out of reach in %s, so that it runs in a browser", async (layer) => {
    for (const code of imports) {
      const said = await complaints(`${layer}/network.ts`, code);
      expect(said, code).toHaveLength(1);
      expect(said[0]).toContain(`${layer} runs without Node; only ${withNode.join(", ")} have it.`);
    }
    expect(await complaints(`${layer}/network.ts`, global)).toEqual(["Unexpected use of 'process'."]);
  });

  it.each(withNode)("can be used in %s", async (folder) => {
    for (const code of [...imports, global]) expect(await complaints(`${folder}/network.ts`, code), code).toEqual([]);
  });
});
