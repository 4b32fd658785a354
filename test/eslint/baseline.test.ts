import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { COLLIDING, COMMAND, OPEN, POLICY, run } from "../cli/command.js";
import { configuration, createProject, type EslintProject } from "./eslint-project.js";

const HOOK = `#!/bin/sh
git diff --cached --name-only --diff-filter=d | xargs "${process.execPath}" "${COMMAND}" --
`;

function repository(): EslintProject {
  const project = createProject({
    "eslint.config.js": configuration("plugin.configs.recommended"),
    "package.json": '{ "type": "module" }',
    "forbidden-ranges.yaml": POLICY,
    "blog/compose.yaml": OPEN,
    "shop/compose.yaml": COLLIDING,
    // Each of the two files of one project has something of its own.
    "crm/compose.yaml": "name: crm\n" + OPEN,
    "crm/compose.override.yaml": "services: { web: { networks: { default: { ipv4_address: 10.9.0.7 } } } }\n",
  });
  project.git("init", "--quiet");
  project.git("config", "user.name", "test");
  project.git("config", "user.email", "test@example.com");
  project.write(".git/hooks/pre-commit", HOOK);
  chmodSync(join(project.directory, ".git/hooks/pre-commit"), 0o755);
  return project;
}

/** The findings as `file rule`, in a fixed order. */
async function byESLint(project: EslintProject): Promise<readonly string[]> {
  const results = await project.lint(".");
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map(
        ({ ruleId }) => `${filePath.slice(project.directory.length + 1).replaceAll("\\", "/")} ${ruleId ?? ""}`,
      ),
    )
    .sort();
}

function byCommand(project: EslintProject): readonly string[] {
  const { findings } = JSON.parse(run({ path: project.directory }, ["--format", "json"]).stdout) as {
    findings: readonly { file: string; rule: string }[];
  };
  return findings.map(({ file, rule }) => `${file} ${rule}`).sort();
}

/** Whether the hook lets a commit of all files through. */
function commits(project: EslintProject): boolean {
  project.git("add", "--all");
  const { status } = spawnSync("git", ["commit", "--quiet", "--allow-empty", "-m", "x"], {
    cwd: project.directory,
    env: { ...process.env, CI: "true" },
  });
  return status === 0;
}

describe("eslint, the command and a commit hook", () => {
  it("agree on what the baseline has, and on what is new", async () => {
    const project = repository();
    const before = byCommand(project);
    expect(before.length).toBeGreaterThan(2);
    expect(await byESLint(project)).toEqual(before);
    expect(commits(project)).toBe(false);

    expect(run({ path: project.directory }, ["--suppress-all"]).status).toBe(0);
    expect(byCommand(project)).toEqual([]);
    expect(await byESLint(project)).toEqual([]);
    expect(commits(project)).toBe(true);

    project.write("blog/compose.yaml", `# moved\n${OPEN}`);
    project.write("new/compose.yaml", OPEN);
    const added = ["new/compose.yaml compose-networks/require-subnet"];
    expect(byCommand(project)).toEqual(added);
    expect(await byESLint(project)).toEqual(added);
    expect(commits(project)).toBe(false);
  });

  it("leave what the baseline has as it is under --fix", async () => {
    const project = repository();
    run({ path: project.directory }, ["--suppress-all"]);
    await project.run("--fix", ".");
    expect(run({ path: project.directory }, ["--fix"]).status).toBe(0);
    expect(project.read("blog/compose.yaml")).toBe(OPEN);
  });

  it("see another baseline in ESLint's cache", async () => {
    const project = repository();
    await project.run("--cache", ".");
    run({ path: project.directory }, ["--suppress-all"]);
    const results = await project.lint("--cache", ".");
    expect(results.flatMap(({ messages }) => messages)).toEqual([]);
  });
});
