import type { Linter } from "eslint";

import packageJson from "../../package.json" with { type: "json" };
import { rules } from "../../rules/index.js";
import { COMPOSE_FILE_GLOBS } from "../workspace/compose-names.js";
import { DAEMON_FILE_GLOB } from "../workspace/file-kinds.js";
import { composeLanguage } from "./compose-language.js";
import { presetRules } from "./presets.js";
import { settings } from "./settings.js";

const presets = presetRules(rules);

const plugin = {
  meta: {
    name: packageJson.name,
    version: packageJson.version,
    namespace: "compose-networks",
  },
  languages: { compose: composeLanguage },
  rules: Object.fromEntries(rules.map((rule) => [rule.name, rule])),
  settings,
  configs: {
    recommended: preset("recommended", { rules: presets.recommended, language: "compose-networks/compose" }),
    strict: preset("strict", { rules: presets.strict, language: "compose-networks/compose" }),
    all: preset("all", { rules: presets.all, language: "compose-networks/compose" }),
    // The language is left to eslint-plugin-yml, whose rules would fall silent under ours.
    "recommended-with-yml": preset("recommended-with-yml", {
      files: [...COMPOSE_FILE_GLOBS],
      rules: presets.recommended,
      settings: settings(),
    }),
  },
};

function preset(name: string, config: Linter.Config): Linter.Config {
  return {
    name: `compose-networks/${name}`,
    files: [...COMPOSE_FILE_GLOBS, DAEMON_FILE_GLOB],
    plugins: {
      get "compose-networks"() {
        return plugin;
      },
    },
    ...config,
  };
}

export default plugin;
