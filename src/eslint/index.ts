import type { ESLint, Linter } from "eslint";

import { rules } from "../../rules/index.js";
import { POLICY_FILE_GLOBS } from "../policy/find-policy-file.js";
import { COMPOSE_FILE_GLOBS } from "../workspace/files/compose-names.js";
import { DAEMON_FILE_GLOB } from "../workspace/files/file-kinds.js";
import { toESLintRule } from "./rule-host.js";
import { warnOfAnotherCommand } from "./installed-command.js";
import { presetRules } from "../lint/presets.js";
import { composeLanguage } from "./language.js";
import { settings } from "./settings.js";
import { VERSION } from "../kit/version.js";

export type {
  AddressNode,
  AliasNode,
  AttachmentNode,
  ComposeFileNode,
  ComposeNode,
  IpamNode,
  IpamPoolNode,
  NetworkNode,
  NodePosition,
  ServiceNode,
} from "../compose/read/nodes.js";
export type { SettingsOptions } from "./settings.js";

type PresetName = "recommended" | "strict" | "all" | "recommended-with-yml";
type ESLintRule = NonNullable<ESLint.Plugin["rules"]>[string];

/** A configuration for the compose files of a project. */
export interface Preset {
  name: string;
  files: string[];
  plugins: Record<"compose-networks", ComposeNetworksPlugin>;
  rules: Linter.RulesRecord;
  language?: string;
  settings?: Record<string, unknown>;
}

export interface PluginRule {
  meta?: NonNullable<ESLintRule["meta"]>;
  /** For ESLint to call, with a context of its own version. */
  create(context: never): ReturnType<ESLintRule["create"]>;
}

/**
 * What the package exports, in the words of whichever ESLint is installed beside it. It says no more than what is
 * there: `Linter.Config` and `ESLint.Plugin` of ESLint 9.38 are refused by the `defineConfig` of the same version.
 */
export interface ComposeNetworksPlugin {
  meta: { name: string; version: string; namespace: "compose-networks" };
  languages: Record<"compose", NonNullable<ESLint.Plugin["languages"]>[string]>;
  rules: Record<string, PluginRule>;
  configs: Record<PresetName, Preset>;
  settings: typeof settings;
}

warnOfAnotherCommand(process.cwd());

const presets = presetRules(rules);

const plugin: ComposeNetworksPlugin = {
  meta: {
    name: "eslint-plugin-compose-networks",
    version: VERSION,
    namespace: "compose-networks",
  },
  languages: { compose: composeLanguage },
  rules: Object.fromEntries(rules.map((rule) => [rule.name, toESLintRule(rule)])),
  settings,
  configs: {
    recommended: preset("recommended", { rules: presets.recommended, language: "compose-networks/compose" }),
    strict: preset("strict", { rules: presets.strict, language: "compose-networks/compose" }),
    all: preset("all", { rules: presets.all, language: "compose-networks/compose" }),
    // The language is left to eslint-plugin-yml, whose rules would fall silent under ours.
    "recommended-with-yml": preset("recommended-with-yml", {
      // JSON is not eslint-plugin-yml's.
      files: [...COMPOSE_FILE_GLOBS, POLICY_FILE_GLOBS.yaml],
      rules: presets.recommended,
      settings: settings(),
    }),
  },
};

function preset(
  name: PresetName,
  config: Pick<Preset, "rules" | "language" | "settings"> & Partial<Pick<Preset, "files">>,
): Preset {
  return {
    name: `compose-networks/${name}`,
    files: [...COMPOSE_FILE_GLOBS, DAEMON_FILE_GLOB, POLICY_FILE_GLOBS.yaml, POLICY_FILE_GLOBS.json],
    plugins: {
      get "compose-networks"() {
        return plugin;
      },
    },
    ...config,
  };
}

export default plugin;
