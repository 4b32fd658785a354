import { success, type Result } from "../../../kit/result.js";
import { byHand, type Obstacle } from "./addition.js";
import { addToJson, readJson } from "./json-text.js";

/** It replaces the list of languages that the extension looks at by itself, so those stand in it as well. */
const VALIDATED = [
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
  "json",
  "jsonc",
  "markdown",
  "yaml",
  "dockercompose",
];
/** The language of the Docker extension, in which ESLint's extension writes comments of JavaScript. */
const ASSOCIATED = "**/*compose*.y*ml";

export const SETTINGS = { "eslint.validate": VALIDATED, "files.associations": { [ASSOCIATED]: "yaml" } } as const;

/** Adds what ESLint's extension needs for YAML to the settings of VS Code, which are JSON with comments. */
export function withSettings(text = "{}\n"): Result<string, Obstacle> {
  const settings = readJson(text.trim() === "" ? "{}\n" : text);
  const refused = byHand<string>("it is not an object with these keys", JSON.stringify(SETTINGS, null, 2));
  if (!isObject(settings)) return refused;
  const { "eslint.validate": validated, "files.associations": associated } = settings;
  let after: string | undefined = text.trim() === "" ? "{}\n" : text;
  if (validated === undefined) after = addToJson(after, ["eslint.validate"], VALIDATED);
  else if (!Array.isArray(validated)) return refused;
  else {
    for (const language of ["yaml", "dockercompose"]) {
      if (after !== undefined && !validated.includes(language)) after = addToJson(after, ["eslint.validate"], language);
    }
  }
  const isAssociated = isObject(associated) && ASSOCIATED in associated;
  if (after !== undefined && !isAssociated) after = addToJson(after, ["files.associations", ASSOCIATED], "yaml");
  return after === undefined ? refused : success(after);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
