import { format, resolveConfig } from "prettier";

import plugin from "./dist/index.js";

// ESLint is not told of the defaults, as options of a policy file come between them and those of a configuration.
for (const { meta } of Object.values(plugin.rules)) {
  if (meta.docs.defaults) meta.defaultOptions = [shown(meta.docs.defaults)];
}

/** An object in a table would be `[object Object]`. */
function shown(defaults) {
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      typeof value === "object" && !Array.isArray(value) ? JSON.stringify(value) : value,
    ]),
  );
}

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  ignoreConfig: ["all", "recommended-with-yml"],
  ruleDocSectionInclude: ["Why it hurts", "Examples", "When not to use it", "Further reading"],
  ruleListColumns: ["name", "description", "configsError", "configsWarn", "fixable", "hasSuggestions", "options"],
  postprocess: async (content, filepath) => format(content, { ...(await resolveConfig(filepath)), filepath }),
};
