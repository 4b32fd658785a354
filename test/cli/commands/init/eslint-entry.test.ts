import { describe, expect, it } from "vitest";

import { ESLINT_CONFIG, withPreset } from "../../../../src/cli/commands/init/eslint-entry.js";

const IMPORT = 'import composeNetworks from "eslint-plugin-compose-networks";\n';
const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

describe("the preset is added at the end of a list that a configuration exports", () => {
  it.each([
    [
      "in lines of their own, with a comma behind the last",
      'import js from "@eslint/js";\n\nexport default [\n  js.configs.recommended, // ours\n  // the end\n];\n',
      `import js from "@eslint/js";\n${IMPORT}\nexport default [\n  js.configs.recommended, // ours\n  // the end\n  composeNetworks.configs.recommended,\n];\n`,
    ],
    [
      "without a comma, and with one in a comment",
      "import js from '@eslint/js'\nexport default [\n\tjs.configs.recommended, {} // one, two\n]\n",
      "import js from '@eslint/js'\nimport composeNetworks from 'eslint-plugin-compose-networks'\nexport default [\n\tjs.configs.recommended, {}, // one, two\n\tcomposeNetworks.configs.recommended\n]\n",
    ],
    ["on one line", "export default [{}];\n", `${IMPORT}\nexport default [{}, composeNetworks.configs.recommended];\n`],
    [
      "on one line, with a comma",
      "export default [{},];\n",
      `${IMPORT}\nexport default [{}, composeNetworks.configs.recommended];\n`,
    ],
    [
      "of which there is none",
      "export default [];\n",
      `${IMPORT}\nexport default [composeNetworks.configs.recommended];\n`,
    ],
    [
      "that defineConfig gets, without a line end behind the last line",
      'import { defineConfig } from "eslint/config";\nexport default defineConfig([\n  {\n    rules: {},\n  },\n])',
      `import { defineConfig } from "eslint/config";\n${IMPORT}export default defineConfig([\n  {\n    rules: {},\n  },\n  composeNetworks.configs.recommended,\n])`,
    ],
    [
      "that defineConfig gets one by one",
      'import { defineConfig } from "eslint/config";\nexport default defineConfig({ rules: {} }, others);\n',
      `import { defineConfig } from "eslint/config";\n${IMPORT}export default defineConfig({ rules: {} }, others, composeNetworks.configs.recommended);\n`,
    ],
    [
      "that typescript-eslint gets, in a constant",
      'import tseslint from "typescript-eslint";\nconst config = tseslint.config(\n  tseslint.configs.strict,\n);\nexport default config;\n',
      `import tseslint from "typescript-eslint";\n${IMPORT}const config = tseslint.config(\n  tseslint.configs.strict,\n  composeNetworks.configs.recommended,\n);\nexport default config;\n`,
    ],
    [
      "below what has to come first, and above a comment about the list",
      "\uFEFF// @ts-check\n\n/** @type {import('eslint').Linter.Config[]} */\nexport default [\n  ...others,\n];\n",
      `\uFEFF// @ts-check\n${IMPORT}\n\n/** @type {import('eslint').Linter.Config[]} */\nexport default [\n  ...others,\n  composeNetworks.configs.recommended,\n];\n`,
    ],
    [
      "with the line ends of Windows",
      crlf("import js from '@eslint/js';\nexport default [\n  js.configs.recommended\n];\n"),
      crlf(
        "import js from '@eslint/js';\nimport composeNetworks from 'eslint-plugin-compose-networks';\nexport default [\n  js.configs.recommended,\n  composeNetworks.configs.recommended\n];\n",
      ),
    ],
    [
      "behind eslint-plugin-yml, in the way that keeps its rules going",
      'import yml from "eslint-plugin-yml";\nexport default [...yml.configs.standard];\n',
      `import yml from "eslint-plugin-yml";\n${IMPORT}export default [...yml.configs.standard, composeNetworks.configs["recommended-with-yml"]];\n`,
    ],
    [
      "although an import stands behind it",
      'export default [a];\nimport a from "a";\n',
      `${IMPORT}\nexport default [a, composeNetworks.configs.recommended];\nimport a from "a";\n`,
    ],
  ])("%s", (_how, before, after) => {
    expect(withPreset(before)).toEqual({ ok: true, value: after });
    expect(withPreset(after)).toEqual({ ok: true, value: after });
  });
});

describe("a configuration is left alone, with the lines to add", () => {
  it.each([
    ["that calls something else", "import antfu from '@antfu/eslint-config';\nexport default antfu();\n"],
    ["that puts lists together", "export default [{}].concat(others);\n"],
    ["that exports one object", "export default {};\n"],
    ["that exports a list which may change", "let list = [];\nlist.push({});\nexport default list;\n"],
    ["that exports an imported list", "import list from './list.js';\nexport default list;\n"],
    ["that is TypeScript", "import type { Linter } from 'eslint';\nexport default [] satisfies Linter.Config[];\n"],
    ["that is broken", "export default [\n"],
    ["that has a hole at its end", "export default [{},,];\n"],
    ["that has our name for something else", "const composeNetworks = {};\nexport default [composeNetworks];\n"],
    ["that exports nothing", ""],
  ])("%s", (_what, text) => {
    expect(withPreset(text)).toEqual({
      ok: false,
      fault: {
        reason: "it does not simply export a list, so nothing is written. Add this by hand, and run init again:",
        lines: `${IMPORT}// at the end of the list:\ncomposeNetworks.configs.recommended,\n`,
      },
    });
  });

  it("that is CommonJS, which asks for a module in another way", () => {
    expect(withPreset('const js = require("@eslint/js");\nmodule.exports = [js.configs.recommended];\n')).toMatchObject(
      {
        ok: false,
        fault: { lines: expect.stringContaining("const { default: composeNetworks } = require(") as string },
      },
    );
  });
});

it("a configuration of its own is one that has the preset already", () => {
  expect(withPreset(ESLINT_CONFIG)).toEqual({ ok: true, value: ESLINT_CONFIG });
});
