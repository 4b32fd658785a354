import type { Linter } from "eslint";

import type { Variables } from "../compose/interpolate.js";
import { isWithin } from "../compose/paths.js";
import composeNetworks from "../plugin/index.js";
import { SETTINGS_KEY } from "../rule/settings.js";
import type { AllowedFiles } from "./bounds-arguments.js";
import type { RuleLevels } from "./rule-levels.js";

export interface ConfigInput {
  /** What the rules are told of the files that may be read. */
  readonly bounds: AllowedFiles & { readonly named: readonly string[] };
  readonly cwd: string;
  /** Absolute. */
  readonly ranges: string | undefined;
  readonly variables: Variables;
  readonly rules: RuleLevels;
  /** The files that will be checked, absolute. */
  readonly files: readonly string[];
}

/**
 * The command line gives rules no options, so there is nothing to validate. With a schema ESLint would load a validator
 * and compile it, which takes longer than all the rest of checking one file.
 */
const UNVALIDATED_RULES = Object.fromEntries(
  Object.entries(composeNetworks.rules).map(([name, rule]) => [
    name,
    { ...rule, meta: { ...rule.meta, schema: false as const } },
  ]),
);

/** From so many files on, the rest of ESLint is loaded sooner than a configuration is made for each of them. */
const MANY = 150;

/** The configuration under which every file is linted, whatever it is called and wherever it lies. */
export async function eslintConfig({
  bounds,
  cwd,
  ranges,
  variables,
  rules,
  files,
}: ConfigInput): Promise<Linter.Config[]> {
  const config: Linter.Config = {
    ...composeNetworks.configs.recommended,
    plugins: { [composeNetworks.meta.namespace]: { ...composeNetworks, rules: UNVALIDATED_RULES } },
    // Any name. ESLint would not take a file in that only matches a pattern ending in `/*`.
    files: ["**/?*"],
    rules,
    settings: {
      [SETTINGS_KEY]: { ...bounds, ...(ranges !== undefined && { ranges }), env: Object.fromEntries(variables) },
    },
  };
  const isOrdinary = (path: string): boolean => isWithin(path, cwd) && !/\/(?:node_modules|\.git)\//.test(path);
  return files.length < MANY && files.every(isOrdinary) ? [config] : resolve(config, cwd);
}

/**
 * Has the configuration worked out once. `Linter` would do that for each file anew, and refuse files outside the
 * working directory and below `node_modules`, which somebody named all the same.
 */
async function resolve(config: Linter.Config, cwd: string): Promise<Linter.Config[]> {
  const { ESLint } = await import("eslint");
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: config });
  const resolved: unknown = await eslint.calculateConfigForFile("compose.yaml");
  // An array with this method is taken by `Linter` for one whose configurations were worked out.
  return Object.assign([config], { getConfig: () => resolved });
}
