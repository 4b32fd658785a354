import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, inject, it, onTestFinished } from "vitest";

import { VERSION } from "../../src/kit/version.js";
import { POLICY } from "../workspace/folder.js";
import { recipeWith } from "./recipes.js";
import { repositoryWith, type Repository } from "./repository.js";

/** Where the framework finds `.pre-commit-hooks.yaml`. It looks at what is committed, as it does for everybody. */
const hooks = fileURLToPath(new URL("../../", import.meta.url));
const revision = spawnSync("git", ["-C", hooks, "rev-parse", "HEAD"], { encoding: "utf8" }).stdout.trim();

const isMissing = spawnSync("pre-commit", ["--version"]).error !== undefined;
if (isMissing) console.info("skipped: the tests of the pre-commit framework, which is not installed here");
const canRun = !isMissing && inject("notInstalled") === "" && revision !== "";

const OPEN = "services:\n  web:\n    image: nginx\n";
const CLEAN = `${OPEN}networks:\n  default:\n    ipam:\n      config:\n        - subnet: 10.201.7.0/24\n`;
const COLLIDING = CLEAN.replace("10.201.7.0/24", "192.168.0.0/24");

/** What the page tells to write, about this repository in place of the published one, with the hook in force. */
function hooked(hook: string, files: Readonly<Record<string, string>>): Repository {
  return configured(remote(hooks, revision, hook), files);
}

function remote(repo: string, rev: string, hook: string): string {
  return recipeWith("docs/git-hooks.md", "- id: compose-networks-fix")
    .replace(/repo: .*/, `repo: ${repo}`)
    .replace(/rev: .*/, `rev: ${rev}`)
    .replace("compose-networks-fix", hook);
}

function configured(configuration: string, files: Readonly<Record<string, string>>): Repository {
  const repository = repositoryWith(
    { ".pre-commit-config.yaml": configuration, "forbidden-ranges.yaml": POLICY, ...files },
    // All that is installed for a hook, once for all tests.
    { PRE_COMMIT_HOME: join(dirname(inject("consumer")), "pre-commit") },
  );
  expect(repository.run("pre-commit", "install")).toMatchObject({ status: 0 });
  return repository;
}

describe.skipIf(!canRun)("a commit with the pre-commit framework", () => {
  it("is stopped by a subnet on the office LAN, in whichever folder, and in a variant of a compose file too", () => {
    const repository = hooked("compose-networks", {});
    repository.write("apps/shop/docker-compose.prod.yaml", COLLIDING);
    repository.git("add", "--all");
    const { status, output } = repository.gitTry("commit", "--message", "shop");
    expect(status).toBe(1);
    expect(output).toContain("apps/shop/docker-compose.prod.yaml:8:19");
    expect(output).toContain('lies in the forbidden range "office LAN" (192.168.0.0/24)');
    repository.write("apps/shop/docker-compose.prod.yaml", CLEAN);
    repository.git("add", "--all");
    expect(repository.gitTry("commit", "--message", "shop")).toMatchObject({ status: 0 });
  });

  it("is stopped once by the hook that fixes, which writes the subnet", () => {
    const repository = hooked("compose-networks-fix", {});
    repository.write("compose.yaml", OPEN);
    repository.git("add", "compose.yaml");
    const { status, output } = repository.gitTry("commit", "--message", "shop");
    expect(status).toBe(1);
    expect(output).toContain("files were modified by this hook");
    expect(repository.read("compose.yaml")).toMatch(/- subnet: 10\.201\.\d+\.0\/24\n$/);
    expect(repository.staged("compose.yaml")).toBe(OPEN);
    repository.git("add", "compose.yaml");
    expect(repository.gitTry("commit", "--message", "shop")).toMatchObject({ status: 0 });
  });

  it("of nothing but the forbidden ranges checks every compose file below them", () => {
    const repository = hooked("compose-networks", { "apps/shop/compose.yaml": CLEAN });
    repository.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "10.201.7.0/24"));
    repository.git("add", "forbidden-ranges.yaml");
    const { status, output } = repository.gitTry("commit", "--message", "the office moved");
    expect(status).toBe(1);
    expect(output).toContain("apps/shop/compose.yaml:8:19");
  });

  it("of other files starts no hook of ours", () => {
    const repository = hooked("compose-networks", { "compose.yaml": OPEN });
    repository.write("notes.yaml", "services: {}\n");
    repository.git("add", "notes.yaml");
    const { status, output } = repository.gitTry("commit", "--message", "notes");
    expect(status).toBe(0);
    expect(output).toMatch(/^compose-networks\.+\(no files to check\)Skipped$/m);
  });

  it("is stopped by the hook that the page writes down in full, which installs only the command", () => {
    const recipe = recipeWith("docs/git-hooks.md", "repo: local");
    expect(recipe).toContain(`"compose-networks@${VERSION}"`);
    expectStopped(configured(recipe.replace(`compose-networks@${VERSION}`, inject("tarballs").command), {}));
  });

  it("is stopped by the hooks of the repository that a release writes, which holds no source", () => {
    const folder = mkdtempSync(join(tmpdir(), "compose-networks-hooks-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    execFileSync(process.execPath, ["release-pre-commit.js", folder], { cwd: hooks });
    const manifest = join(folder, ".pre-commit-hooks.yaml");
    const text = readFileSync(manifest, "utf8");
    expect(text.match(/additional_dependencies: .*/g)).toEqual(
      Array(2).fill(`additional_dependencies: ["compose-networks@${VERSION}"]`),
    );
    writeFileSync(manifest, text.replaceAll(`compose-networks@${VERSION}`, inject("tarballs").command));
    const git = (...args: readonly string[]): string =>
      execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        encoding: "utf8",
      });
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    expect(git("ls-files").trim().split("\n")).toEqual([
      ".pre-commit-hooks.yaml",
      "LICENSE",
      "README.md",
      "package.json",
    ]);
    git("commit", "--quiet", "--message", "hooks");
    expectStopped(configured(remote(folder, git("rev-parse", "HEAD").trim(), "compose-networks-fix"), {}));
  });
});

function expectStopped(repository: Repository): void {
  repository.write("compose.yaml", COLLIDING);
  repository.git("add", "compose.yaml");
  const { status, output } = repository.gitTry("commit", "--message", "shop");
  expect(status).toBe(1);
  expect(output).toContain('lies in the forbidden range "office LAN" (192.168.0.0/24)');
  repository.write("compose.yaml", CLEAN);
  repository.git("add", "compose.yaml");
  expect(repository.gitTry("commit", "--message", "shop")).toMatchObject({ status: 0 });
}
