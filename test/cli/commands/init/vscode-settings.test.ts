import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addToJson, readJson } from "../../../../src/cli/commands/init/json-text.js";
import { SETTINGS, withSettings } from "../../../../src/cli/commands/init/vscode-settings.js";
import { holds } from "../../../compose/property.js";
import { recipeWith } from "../../../integration/recipes.js";

const NEW = recipeWith("docs/editors.md", '"files.associations"');

describe("the settings of VS Code", () => {
  it("are those of the page about editors", () => {
    expect(JSON.parse(NEW)).toEqual(SETTINGS);
    for (const text of [undefined, "", "{}\n"]) {
      const outcome = withSettings(text);
      expect(outcome.ok && JSON.parse(outcome.value)).toEqual(SETTINGS);
    }
  });

  it.each([
    [
      "keep comments, commas and tabs",
      '// ours\n{\n\t"editor.tabSize": 2, // "two", not {4}\n\t/* also */ "eslint.validate": ["javascript", "yaml"], \n}\n',
      '// ours\n{\n\t"editor.tabSize": 2, // "two", not {4}\n\t/* also */ "eslint.validate": ["javascript", "yaml", "dockercompose"], \n\t"files.associations": {\n\t\t"**/*compose*.y*ml": "yaml"\n\t},\n}\n',
    ],
    [
      "keep the associations that are there",
      '{\r\n  "eslint.validate": [\r\n    "yaml",\r\n    "dockercompose"\r\n  ],\r\n  "files.associations": {\r\n    "*.x": "xml" // old\r\n  }\r\n}',
      '{\r\n  "eslint.validate": [\r\n    "yaml",\r\n    "dockercompose"\r\n  ],\r\n  "files.associations": {\r\n    "*.x": "xml", // old\r\n    "**/*compose*.y*ml": "yaml"\r\n  }\r\n}',
    ],
    [
      "keep what somebody chose for compose files",
      '{ "eslint.validate": ["yaml", "dockercompose"], "files.associations": { "**/*compose*.y*ml": "dockercompose" } }',
      '{ "eslint.validate": ["yaml", "dockercompose"], "files.associations": { "**/*compose*.y*ml": "dockercompose" } }',
    ],
  ])("%s", (_what, before, after) => {
    expect(withSettings(before)).toEqual({ ok: true, value: after });
    expect(withSettings(after)).toEqual({ ok: true, value: after });
  });

  it.each(["[]", "{", '{ "eslint.validate": "yaml" }', '{ "eslint.validate": [], "files.associations": [] }', "a: b"])(
    "are left alone in %j",
    (text) => {
      expect(withSettings(text)).toMatchObject({ ok: false, fault: { lines: JSON.stringify(SETTINGS, null, 2) } });
    },
  );
});

/** JSON in many layouts, some with comments and with commas behind last items. */
const layouts = fc
  .tuple(
    fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
    fc.constantFrom(undefined, 2, 4, "\t"),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  )
  .map(([made, indent, lineEnd, comments]) => {
    const text = JSON.stringify(made, null, indent) + "\n";
    // JSON has no -0.
    const value = JSON.parse(text) as Record<string, unknown>;
    const noted = comments ? `// { "a": [\n${text.replace(/^(\s*)("|\d)/gm, "$1/* , */ $2")}/* } */` : text;
    return { value, text: noted.replaceAll("\n", lineEnd) };
  });

it("a member is added to any object, and nothing else changes", () => {
  holds(
    fc.property(layouts, ({ value, text }) => {
      fc.pre(!Object.hasOwn(value, "added") && !Object.hasOwn(value, "__proto__"));
      const after = addToJson(text, ["added", "below"], [1, "two"]) ?? "";
      expect(readJson(after)).toEqual({ ...value, added: { below: [1, "two"] } });
      // What was there is still there, in its order.
      let at = 0;
      for (const character of text) {
        at = after.indexOf(character, at) + 1;
        expect(at).toBeGreaterThan(0);
      }
    }),
  );
});
