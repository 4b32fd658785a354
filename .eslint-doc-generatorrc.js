import { format, resolveConfig } from "prettier";

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  ignoreConfig: ["all", "recommended-with-yml"],
  ruleDocSectionInclude: ["Why it hurts", "Examples", "When not to use it", "Further reading"],
  ruleListColumns: ["name", "description", "configsError", "configsWarn", "fixable", "hasSuggestions", "options"],
  postprocess: async (content, filepath) => format(content, { ...(await resolveConfig(filepath)), filepath }),
};
