import { builtinModules } from "node:module";

import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";

import composeNetworks from "./dist/index.js";

/** The folders of the layers, lowest first. Each imports only from itself and from those before it. */
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
];

/** Everything else also runs where there is no Node: in a browser, say. */
const foldersWithNode = ["src/workspace/files", "src/eslint", "src/lsp", "src/cli"];
/** Everything before it has never heard of ESLint. */
const lowestWithESLint = "src/eslint";
/** Everything before it knows nothing of the comments that steer ESLint. */
const lowestWithComments = "src/lint";
/** Everything before it knows addresses only. */
const lowestWithYaml = "src/compose/read";

const below = (layer, limit) => layers.indexOf(layer) < layers.indexOf(limit);

/** A regular expression for specifiers that lead from a file of one folder into another folder. */
function leadingTo(from, to) {
  const [own, parts] = [from.split("/"), to.split("/")];
  const shared = parts.findIndex((part, index) => part !== own[index]);
  const above = parts.slice(0, shared).reduce((higher, part) => `(?:${higher}${part}/)?`, "");
  return String.raw`^(?:\./)?(?:\.\./)+${above}${parts.slice(shared).join("/")}/`;
}

/** What a file of `layer` may not import: regular expressions over the specifier, each with the reason. */
function forbiddenImports(layer, hasNode) {
  const higher = layers.slice(layers.indexOf(layer) + 1).map((other) => ({
    regex: leadingTo(layer, other),
    message: `${layer} is below ${other}: imports go down only (${layers.join(" ← ")}).`,
  }));
  const node = {
    regex: `^(?:node:|(?:${builtinModules.join("|")})$)`,
    message: `${layer} runs without Node; only ${foldersWithNode.join(", ")} have it.`,
  };
  const packages = [
    [lowestWithESLint, "^@?eslint(?!/plugin-kit$)(?:/|$)", "does not know ESLint"],
    [lowestWithComments, "^@eslint/plugin-kit$", "does not know the comments for ESLint"],
    [lowestWithYaml, "^yaml(?:/|$)", "does not know YAML"],
  ]
    .filter(([limit]) => below(layer, limit))
    .map(([limit, regex, reason]) => ({
      regex,
      message: `${layer} ${reason}; the lowest layer that may is ${limit}.`,
    }));
  return [...higher, ...packages, ...(hasNode ? [] : [node])];
}

function configOf(layer, folder) {
  const hasNode = foldersWithNode.includes(folder);
  const forbidden = forbiddenImports(layer, hasNode);
  return {
    name: `layers/${folder}`,
    files: [`${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": ["error", { patterns: forbidden }],
      "no-restricted-syntax": [
        "error",
        ...forbidden.map(({ regex, message }) => ({
          // Selectors end a regular expression at its first slash, escaped or not.
          selector: `ImportExpression > Literal[value=/${regex.replaceAll("/", String.raw`\x2F`)}/]`,
          message,
        })),
      ],
      "no-restricted-globals": hasNode
        ? "off"
        : ["error", "process", "Buffer", "global", "require", "setImmediate", "__dirname", "__filename"],
    },
  };
}

const layerConfigs = [
  ...layers.map((layer) => configOf(layer, layer)),
  configOf("src/workspace", "src/workspace/files"),
];

export default defineConfig(
  { ignores: ["**/dist/", "coverage/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" } },
  {
    files: ["**/*.{js,cjs,ts}"],
    extends: [js.configs.recommended],
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-assertions": [
        "error",
        { assertionStyle: "as", objectLiteralTypeAssertions: "never" },
      ],
      // `return complain(…)` ends a function early in one line.
      "@typescript-eslint/no-confusing-void-expression": "off",
      // Code points are what a spread of text is meant to give.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ["src/**/*.ts", "rules/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-type-assertion": "error",
      "max-lines": ["error", { max: 350 }],
    },
  },
  layerConfigs,
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[object.name=/^(?:describe|it|test)$/][property.name=/^(?:only|skip|todo)$/]",
          message: "Every test runs. Use skipIf with a condition that the test's name tells.",
        },
      ],
      "no-console": ["error", { allow: ["info"] }],
    },
  },
  {
    files: ["test/rules/**/*.ts"],
    extends: [eslintPlugin.configs["tests-recommended"]],
    rules: {
      "eslint-plugin/require-test-error-positions": "error",
      "eslint-plugin/test-case-property-ordering": [
        "error",
        ["name", "filename", "code", "output", "options", "settings", "language", "languageOptions", "errors"],
      ],
      "eslint-plugin/test-case-shorthand-strings": "error",
      "eslint-plugin/unique-test-case-names": "error",
    },
  },
  {
    // What these projects do wrong on purpose is counted in eslint-suppressions.json: one finding more or less fails.
    files: ["fixtures/**"],
    extends: [composeNetworks.configs.recommended],
  },
  {
    files: ["src/cli/**/*.ts", "bench/**/*.{js,ts}", "test/**/run.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["src/eslint/index.ts", "*.config.{js,ts}", ".eslint-doc-generatorrc.js", "bench/eslint/*.js"],
    rules: { "no-restricted-exports": "off" },
  },
  {
    files: ["**/*.{js,cjs}"],
    languageOptions: { globals: { console: "readonly", process: "readonly", performance: "readonly" } },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { sourceType: "commonjs", globals: { require: "readonly" } },
  },
);
