import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { VERSION } from "../../../../src/kit/version.js";
import { withHook, withStagedFiles } from "../../../../src/cli/commands/init/hooks.js";

const OURS = {
  repo: "https://github.com/compose-networks/eslint-plugin-compose-networks",
  rev: `v${VERSION}`,
  hooks: [{ id: "compose-networks-fix" }],
};
const entry = (indentation: string): string =>
  [`- repo: ${OURS.repo}`, `  rev: v${VERSION}`, "  hooks:", "    - id: compose-networks-fix", ""]
    .map((line) => (line === "" ? "" : indentation + line))
    .join("\n");

describe("our repository is added behind the others of the pre-commit framework", () => {
  it.each([
    ["in their indentation", "repos:\n  - repo: local # ours\n    hooks: []\n", "", "  "],
    ["without indentation", "repos:\n- repo: local\n  hooks:\n  - id: a\n", "", ""],
    ["above a comment at the end", "repos:\n- repo: local\n  hooks: []\n", "\n# the end\n", ""],
    ["above the keys that follow", "repos:\n  - repo: local\n    hooks: []\n", "ci:\n  autofix_prs: false\n", "  "],
  ])("%s", (_how, before, behind, indentation) => {
    const outcome = withHook(before + behind);
    expect(outcome).toEqual({ ok: true, value: before + entry(indentation) + behind });
    expect(withHook(outcome.ok ? outcome.value : "")).toEqual(outcome);
  });

  it("with the line ends of Windows, and where the last line has none", () => {
    expect(withHook("repos:\r\n- repo: local\r\n  hooks: []")).toEqual({
      ok: true,
      value: `repos:\r\n- repo: local\r\n  hooks: []\r\n${entry("").replaceAll("\n", "\r\n")}`,
    });
  });

  it("whatever the others hold", () => {
    const before =
      "default_stages: &s [pre-commit]\nrepos:\n- repo: local\n  hooks:\n  - id: x\n    entry: |\n      a: b\n\n";
    const { ok, ...rest } = withHook(before);
    expect(ok).toBe(true);
    const after: unknown = parse("value" in rest ? rest.value : "");
    const others = parse(before) as { repos: unknown[] };
    expect(after).toEqual({ ...others, repos: [...others.repos, OURS] });
  });

  it.each([
    ["in brackets", "repos: [{ repo: local, hooks: [] }]\n"],
    ["that is empty", "repos: []\n"],
    ["that is missing", "fail_fast: true\n"],
    ["that is broken", "repos:\n- {\n"],
  ])("but not to a list %s", (_how, text) => {
    expect(withHook(text)).toMatchObject({ ok: false, fault: { lines: entry("") } });
  });
});

describe("our globs are added to lint-staged", () => {
  it("beside those that are there, whose bytes stay", () => {
    const before =
      '{\n\t"name": "shop",\n\t"lint-staged": { "*.ts": ["eslint --fix",   "prettier --write"] },\n\t"x": "\\u0041/\\/"\n}';
    const outcome = withStagedFiles(before);
    expect(outcome).toEqual({
      ok: true,
      value: before.replace(
        'write"] }',
        'write"], "**/{compose,docker-compose}{,[.-]*}.{yml,yaml}": "compose-networks --fix --", "**/{forbidden-ranges.{yml,yaml,json},daemon.json}": "compose-networks --" }',
      ),
    });
    expect(withStagedFiles(outcome.ok ? outcome.value : "")).toEqual(outcome);
  });

  it("in an object of their own, where there is none", () => {
    expect(withStagedFiles('{\n    "name": "shop"\n}\n')).toEqual({
      ok: true,
      value: `{
    "name": "shop",
    "lint-staged": {
        "**/{compose,docker-compose}{,[.-]*}.{yml,yaml}": "compose-networks --fix --",
        "**/{forbidden-ranges.{yml,yaml,json},daemon.json}": "compose-networks --"
    }
}
`,
    });
  });

  it.each(['{ "lint-staged": "x" }', "[]", "{", ""])("but not to %j", (text) => {
    expect(withStagedFiles(text)).toMatchObject({ ok: false, fault: { reason: expect.any(String) as string } });
  });
});
