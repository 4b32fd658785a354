import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

import { COMMAND, git, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { editorIn } from "../integration/editor.js";
import { PARTS } from "../reach/kinds/parts.js";
import { PLACES } from "../reach/kinds/places.js";
import { PROJECTS } from "../reach/kinds/projects.js";
import { VALUES } from "../reach/kinds/values.js";
import { repositoryOf, type Layout, type Layouts } from "../reach/kinds/layout.js";

const KINDS: Readonly<Record<string, Layouts>> = { ...VALUES, ...PROJECTS, ...PARTS, ...PLACES };
/** The first layouts of each kind. */
const WORKSPACES = Object.entries(KINDS)
  .flatMap(([kind, layouts]) =>
    Object.entries(layouts)
      .slice(0, 2)
      .map(([name, layout]) => ({ name: `${kind}: ${name}`, layout })),
  )
  .filter(({ layout }) => layout.links === undefined)
  .slice(0, 24);
/** Where somebody works: at the top, below it, and beside the compose files. */
const PLACES_OF_WORK = [".", "docs/deep", "beside"] as const;

const NODE_MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));
const LINT_STAGED = path.join(
  path.dirname(createRequire(import.meta.url).resolve("lint-staged/package.json")),
  "bin/lint-staged.js",
);
const CONFIGURATION = `import plugin from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
export default [plugin.configs.recommended];
`;
/** What lint-staged starts: it writes down what the command finds, and has it fix the files. */
const REPORTER = `import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
const [report, ...files] = process.argv.slice(2);
const run = (...args) => spawnSync(process.execPath, [${JSON.stringify(COMMAND)}, ...files, ...args], { encoding: "utf8" });
writeFileSync(report, run("--format", "json").stdout);
run("--fix");
`;

interface Workspace extends Folder {
  readonly layout: Layout;
  /** Those that the presets match by their names, which each host is given. */
  readonly given: readonly string[];
}

function workspaceOf(layout: Layout): Workspace {
  const folder = repositoryOf(layout);
  folder.write("eslint.config.mjs", CONFIGURATION);
  folder.write(".gitignore", "node_modules\nreport.json\n");
  symlinkSync(NODE_MODULES, folder.at("node_modules"));
  for (const place of PLACES_OF_WORK) mkdirSync(folder.at(place), { recursive: true });
  return { ...folder, layout, given: Object.keys(layout.files).filter((file) => /compose[^/]*\.ya?ml$/.test(file)) };
}

/** `no-forbidden-subnet infra/net.yml:2:34`, from the top, whatever the host calls it. */
function atHome({ path: top }: Folder, cwd: string, rule: string, home: string): string {
  const [, file = "", place = ""] = /^(.*?)((?::\d+)+)$/.exec(home) ?? [];
  return `${rule.replace("compose-networks/", "")} ${path.relative(top, path.resolve(cwd, file))}${place}`;
}

/** The home of a finding that is shown elsewhere stands before its message. */
function homeOf(message: string, place: string): string {
  return /^([^\s:]+:\d+:\d+): /.exec(message)?.[1] ?? place;
}

function findingsIn(json: string): string[] {
  const { findings } = JSON.parse(json) as { readonly findings: readonly Found[] };
  return findings.map(
    ({ rule, home: { file, line, column } }) =>
      `${String(rule).replace("compose-networks/", "")} ${file}:${line}:${column}`,
  );
}

interface Found {
  readonly rule: string | null;
  readonly home: { readonly file: string; readonly line: number; readonly column: number };
}

async function byCommand(workspace: Workspace, place: string, files = workspace.given): Promise<string[]> {
  await turn();
  const cwd = workspace.at(place);
  const passed = files.map((file) => path.relative(cwd, workspace.at(file)));
  return findingsIn((await inProcess(cwd, [...passed, "--format", "json"])).stdout);
}

async function byESLint(workspace: Workspace, place: string): Promise<string[]> {
  const cwd = workspace.at(place);
  const results = await new ESLint({ cwd }).lintFiles(
    workspace.given.map((file) => path.relative(cwd, workspace.at(file))),
  );
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message, line, column }) =>
      atHome(workspace, cwd, String(ruleId), homeOf(message, `${filePath}:${line}:${column}`)),
    ),
  );
}

/** What each file comes to when it alone is fixed. */
type Fixed = Readonly<Record<string, string>>;

async function fixedByCommand(workspace: Workspace, place: string): Promise<Fixed> {
  const fixed: Record<string, string> = {};
  for (const [index, file] of workspace.given.entries()) {
    const copy = `${workspace.path}-${index}`;
    cpSync(workspace.path, copy, { recursive: true, filter: (source) => !source.endsWith("node_modules") });
    await turn();
    const cwd = path.join(copy, place);
    await inProcess(cwd, ["--fix", path.relative(cwd, path.join(copy, file))]);
    fixed[file] = readFileSync(path.join(copy, file), "utf8");
    await turn();
    rmSync(copy, { recursive: true });
  }
  return fixed;
}

async function fixedByESLint(workspace: Workspace, place: string): Promise<Fixed> {
  const cwd = workspace.at(place);
  const fixed: Record<string, string> = {};
  for (const file of workspace.given) {
    const [result] = await new ESLint({ cwd, fix: true }).lintFiles([path.relative(cwd, workspace.at(file))]);
    fixed[file] = result?.output ?? workspace.text(file);
  }
  return fixed;
}

/** A commit of one file that is new, with lint-staged as its hook. */
function byLintStaged(workspace: Workspace, place: string, file: string) {
  const report = path.join(workspace.path, "report.json");
  workspace.write("report.mjs", REPORTER);
  workspace.write(".lintstagedrc.json", JSON.stringify({ "*.{yml,yaml}": `node report.mjs ${report}` }));
  git(workspace, "add", "--all", "--", `:!${file}`);
  git(workspace, "commit", "--quiet", "--message", "all but one");
  git(workspace, "add", file);
  const hook = `#!/bin/sh\nexec "${process.execPath}" "${LINT_STAGED}"\n`;
  workspace.write(".git/hooks/pre-commit", hook, 0o755);
  git({ ...workspace, path: workspace.at(place) }, "commit", "--quiet", "--message", "one");
  return { found: findingsIn(readFileSync(report, "utf8")), fixed: workspace.text(file) };
}

const sorted = (findings: readonly string[]): string[] => [...new Set(findings)].sort();

describe.each(WORKSPACES)("$name", ({ layout }) => {
  it("comes to the same by command line, ESLint and its server, at the top, below and beside", async () => {
    const workspace = workspaceOf(layout);
    let workingDirectory = workspace.path;
    const editor = await editorIn(workspace.path, () => workingDirectory);
    const expected = sorted(await byCommand(workspace, "."));
    const fixed = await fixedByCommand(workspace, ".");
    for (const place of PLACES_OF_WORK) {
      expect(sorted(await byCommand(workspace, place)), `command line in ${place}`).toEqual(expected);
      expect(sorted(await byESLint(workspace, place)), `ESLint in ${place}`).toEqual(expected);
      expect(await fixedByCommand(workspace, place), `--fix in ${place}`).toEqual(fixed);
      expect(await fixedByESLint(workspace, place), `eslint --fix in ${place}`).toEqual(fixed);
      workingDirectory = workspace.at(place);
      const shown: string[] = [];
      for (const file of workspace.given) {
        const open = await editor.open(file, "yaml", workspace.text(file));
        for (const { code, message, range } of await open.pull()) {
          const here = `${workspace.at(file)}:${range.start.line + 1}:${range.start.character + 1}`;
          shown.push(
            atHome(
              workspace,
              workingDirectory,
              String(code),
              homeOf(typeof message === "string" ? message : message.value, here),
            ),
          );
        }
        await open.fixAll();
        expect(open.text(), `${file} in an editor that works in ${place}`).toBe(fixed[file]);
        await open.close();
      }
      expect(sorted(shown), `the server in ${place}`).toEqual(expected);
    }
  });

  it("comes to the same in a commit of one file", async () => {
    const workspace = workspaceOf(layout);
    const index = WORKSPACES.findIndex((each) => each.layout === layout);
    const [place = "."] = PLACES_OF_WORK.slice(index % PLACES_OF_WORK.length);
    const [file = ""] = workspace.given.slice(index % workspace.given.length);
    const expected = {
      found: await byCommand(workspace, ".", [file]),
      fixed: (await fixedByCommand(workspace, "."))[file],
    };
    expect(byLintStaged(workspace, place, file)).toEqual(expected);
  });
});
