import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, inject, it, onTestFinished } from "vitest";
import { parse, parseAllDocuments } from "yaml";

import { POLICY } from "../workspace/folder.js";
import { bareRepositoryWith, ENVIRONMENT, repositoryWith, type Outcome, type Repository } from "./repository.js";

const COLLIDING = `services: { web: { image: caddy } }
networks:
  default:
    ipam:
      config:
        - subnet: 192.168.0.0/24
`;
const CLEAN = COLLIDING.replace("192.168.0.0/24", "10.201.7.0/24");

function textOf(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
}

/** The packed package in place of the published one. */
function fromTarball(script: string, published: string): string {
  expect(script).toContain(`"${published}"`);
  return script.replace(published, inject("tarballs").command);
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly env: Readonly<Record<string, string>>; readonly run: string }[];
  };
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "compose-networks-action-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What the runner has of the action at a release tag: the bundle, and nothing installed. */
function checkedOutAction(): string {
  const folder = temporaryFolder();
  cpSync(join(ROOT, "dist/action"), join(folder, "dist/action"), { recursive: true });
  return folder;
}

interface Circumstances {
  /** Where the runner put the action. */
  readonly action?: string;
  readonly path?: string;
}

/** Runs the step of `action.yml` as the runner does: `bash -e` on the script, inputs in the environment. */
function act(
  repository: Repository,
  inputs: Readonly<Record<string, string>> = {},
  { action: actionPath = checkedOutAction(), path }: Circumstances = {},
): Outcome {
  const action = parse(textOf("action.yml")) as Action;
  const [step] = action.runs.steps;
  if (!step) throw new Error("action.yml has no step");
  const env = Object.entries(step.env).map(([variable, expression]) => {
    const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
    expect(action.inputs).toHaveProperty([input]);
    return `${variable}=${inputs[input] ?? action.inputs[input]?.default ?? ""}`;
  });
  return repository.run(
    "env",
    ...env,
    ...(path === undefined ? [] : [`PATH=${path}`]),
    `GITHUB_ACTION_PATH=${actionPath}`,
    "GITHUB_ACTIONS=true",
    "bash",
    "--noprofile",
    "--norc",
    "-eo",
    "pipefail",
    "-c",
    step.run,
  );
}

/** A checkout that would like to be run instead of the command. */
function hostileRepository(files: Readonly<Record<string, string>>): Repository {
  const takeOver = "#!/bin/sh\ntouch pwned\n";
  const repository = bareRepositoryWith({
    ...files,
    ".npmrc":
      "registry=http://127.0.0.1:9/\nscript-shell=./pwn.sh\nnode-options=--require ./pwn.cjs\nprefix=./node_modules\n",
    "pwn.sh": takeOver,
    "pwn.cjs": 'require("node:fs").writeFileSync("pwned", "");\n',
    "package.json": '{ "private": true, "type": "commonjs", "scripts": { "preinstall": "touch pwned" } }\n',
    "node_modules/.bin/compose-networks": takeOver,
    "node_modules/compose-networks/package.json":
      '{ "name": "compose-networks", "version": "0.1.0", "bin": { "compose-networks": "./cli.js" } }\n',
    "node_modules/compose-networks/cli.js": 'require("node:fs").writeFileSync("pwned", "");\n',
    "node_modules/eslint/package.json": '{ "name": "eslint", "version": "10.0.0", "main": "./index.js" }\n',
    "node_modules/eslint/index.js": 'require("node:fs").writeFileSync("pwned", "");\n',
  });
  for (const file of ["pwn.sh", "node_modules/.bin/compose-networks"]) chmodSync(join(repository.path, file), 0o755);
  return repository;
}

function isTakenOver(repository: Repository): boolean {
  return existsSync(join(repository.path, "pwned"));
}

describe("action.yml", () => {
  it("is an action by the schema of GitHub", () => {
    const cli = join(dirname(createRequire(import.meta.url).resolve("@action-validator/cli/package.json")), "cli.mjs");
    const file = fileURLToPath(new URL("../../action.yml", import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, file], { encoding: "utf8" });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
  });

  it("puts no input into the text of its script", () => {
    const action = parse(textOf("action.yml")) as Action;
    for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
  });
});

describe.skipIf(process.platform === "win32")("the step of the GitHub action", () => {
  const files = { "forbidden-ranges.yaml": POLICY };

  it("annotates the line of a forbidden subnet and fails", () => {
    const { status, output } = act(bareRepositoryWith({ ...files, "apps/shop/compose.yaml": COLLIDING }));
    expect(status).toBe(1);
    expect(output).toContain("::error file=apps/shop/compose.yaml,line=6,");
  });

  it("checks only the paths that it was given, with spaces or not", () => {
    const repository = bareRepositoryWith({
      ...files,
      "my shop/compose.yaml": CLEAN,
      "apps/compose.yaml": CLEAN.replace("7.0", "8.0"),
      "lab/compose.yaml": COLLIDING,
    });
    expect(act(repository, { paths: "my shop\napps\n" })).toMatchObject({ status: 0 });
    expect(act(repository, { paths: "my shop\nlab\n" })).toMatchObject({ status: 1 });
  });

  it.each(["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "--fix"])(
    "takes the path %s as no more than that",
    (path) => {
      const repository = bareRepositoryWith({ ...files, "compose.yaml": COLLIDING });
      const { status, output } = act(repository, { paths: path });
      expect(status).toBe(2);
      expect(output).toContain(path);
      expect(repository.status()).toEqual([]);
    },
  );

  it.each(["ranges", "rules", "max-warnings", "sarif-file"])("runs nothing that stands in the input %s", (input) => {
    const repository = bareRepositoryWith({ ...files, "compose.yaml": COLLIDING });
    act(repository, { [input]: "$(touch pwned)" });
    act(repository, { [input]: "; touch pwned" });
    expect(repository.status().filter((line) => line === "?? pwned")).toEqual([]);
  });

  it("hands on levels of rules and another forbidden-ranges file", () => {
    const repository = bareRepositoryWith({
      ...files,
      "compose.yaml": COLLIDING,
      "the lab.yaml": POLICY.replace("192.168.0.0/24", "10.9.0.0/16"),
    });
    expect(act(repository, { rules: "no-forbidden-subnet:off" })).toMatchObject({ status: 0 });
    expect(act(repository, { ranges: "the lab.yaml" })).toMatchObject({ status: 0 });
  });

  it("writes SARIF beside the annotations, also when it fails", () => {
    const repository = bareRepositoryWith({ ...files, "compose.yaml": COLLIDING });
    expect(act(repository, { "sarif-file": "the networks.sarif" })).toMatchObject({ status: 1 });
    expect(JSON.parse(repository.read("the networks.sarif"))).toMatchObject({
      version: "2.1.0",
      runs: [{ results: [{ ruleId: "compose-networks/no-forbidden-subnet" }] }],
    });
  });

  it("without a compose file fails, unless that is allowed", () => {
    const repository = bareRepositoryWith(files);
    expect(act(repository)).toMatchObject({ status: 3 });
    expect(act(repository, { "allow-no-files": "true" })).toMatchObject({ status: 0 });
  });

  it("runs nothing of a hostile checkout, and asks no registry", () => {
    const repository = hostileRepository({ ...files, "compose.yaml": COLLIDING });
    const { status, output } = act(repository, { "sarif-file": "networks.sarif" });
    expect(status).toBe(1);
    expect(output).toContain("::error file=compose.yaml,line=6,");
    expect(isTakenOver(repository)).toBe(false);
  });

  it("replaces a link where the SARIF report is to be, rather than what it names", () => {
    const repository = bareRepositoryWith({ ...files, "compose.yaml": COLLIDING });
    const outside = join(temporaryFolder(), "profile");
    writeFileSync(outside, "theirs\n");
    symlinkSync(outside, join(repository.path, "networks.sarif"));
    expect(act(repository, { "sarif-file": "networks.sarif" })).toMatchObject({ status: 1 });
    expect(readFileSync(outside, "utf8")).toBe("theirs\n");
    expect(JSON.parse(repository.read("networks.sarif"))).toMatchObject({ version: "2.1.0" });
  });

  it("writes no SARIF report through a folder that is a link out of the checkout", () => {
    const repository = bareRepositoryWith({ ...files, "compose.yaml": COLLIDING });
    const outside = temporaryFolder();
    symlinkSync(outside, join(repository.path, "reports"));
    const { status, output } = act(repository, { "sarif-file": "reports/networks.sarif" });
    expect(status).toBe(2);
    expect(output).toContain("::error::compose-networks: sarif-file: its folder is a link out of the checkout\n");
    expect(existsSync(join(outside, "networks.sarif"))).toBe(false);
  });

  it("writes a SARIF report outside where the workflow says so", () => {
    const repository = bareRepositoryWith({ ...files, "compose.yaml": COLLIDING });
    const report = join(temporaryFolder(), "networks.sarif");
    expect(act(repository, { "sarif-file": report })).toMatchObject({ status: 1 });
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  it("says so at a ref that carries no bundle", () => {
    expect(act(bareRepositoryWith(files), {}, { action: temporaryFolder() })).toEqual({
      status: 2,
      output: "::error::compose-networks: this ref of the action has no bundle: use a release tag, such as v0.1.0\n",
    });
  });

  it.each([
    ["an old Node", "#!/bin/sh\nexit 1\n"],
    ["no Node", undefined],
  ])("asks for another Node where there is %s", (_what, node) => {
    const bin = temporaryFolder();
    for (const program of ["bash", "env"]) symlinkSync(`/bin/${program}`, join(bin, program));
    if (node !== undefined) writeFileSync(join(bin, "node"), node, { mode: 0o755 });
    const { status, output } = act(bareRepositoryWith(files), {}, { path: bin });
    expect(status).toBe(2);
    expect(output).toContain(
      "::error::compose-networks: Node 20.19 or newer is needed: add actions/setup-node before this step\n",
    );
  });
});

describe.skipIf(process.platform === "win32")("npm run release:tag", () => {
  /** A clone of this repository at its last commit, with the build's own files as they are now. */
  function clone(): string {
    const folder = join(temporaryFolder(), "clone");
    run(ROOT, "git", "clone", "--quiet", "--no-hardlinks", ROOT, folder);
    for (const file of ["build.js", "build", "release-tag.js", "action.yml"]) {
      cpSync(join(ROOT, file), join(folder, file), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, ".git/info/exclude"), "node_modules\n");
    run(folder, "git", "add", "--all");
    run(folder, "git", "commit", "--quiet", "--allow-empty", "--no-verify", "--message", "as it is now");
    return folder;
  }

  function run(cwd: string, command: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: ENVIRONMENT, encoding: "utf8" });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  it("makes a tag that carries the action, on top of a commit that stays as it is", () => {
    const folder = clone();
    const [head, { version }] = [
      run(folder, "git", "rev-parse", "HEAD"),
      JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string },
    ];
    run(folder, process.execPath, "release-tag.js");
    expect(run(folder, "git", "rev-parse", `v${version}^{commit}^`)).toBe(head);
    expect(run(folder, "git", "rev-parse", "HEAD")).toBe(head);
    expect(run(folder, "git", "status", "--porcelain")).toBe("");
    const added = run(folder, "git", "diff", "--name-only", head, `v${version}`).split("\n");
    expect(added.filter((name) => !name.startsWith("dist/action/"))).toEqual([]);

    const action = temporaryFolder();
    run(folder, "git", "clone", "--quiet", "--branch", `v${version}`, folder, join(action, "action"));
    const repository = bareRepositoryWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": COLLIDING });
    const { status, output } = act(repository, {}, { action: join(action, "action") });
    expect(status).toBe(1);
    expect(output).toContain("::error file=compose.yaml,line=6,");
  });

  it("makes no tag of a work tree with changes, and none twice", () => {
    const folder = clone();
    const attempt = (): string =>
      spawnSync(process.execPath, ["release-tag.js"], { cwd: folder, env: ENVIRONMENT, encoding: "utf8" }).stderr;
    writeFileSync(join(folder, "new.txt"), "");
    expect(attempt()).toBe("release-tag: the work tree has changes: commit them, or put them away\n");
    rmSync(join(folder, "new.txt"));
    expect(attempt()).toBe("");
    expect(attempt()).toMatch(/^release-tag: the tag v\S+ exists already: run release:version first\n$/);
  });
});

interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: { readonly codequality: string } };
}

describe.skipIf(inject("notInstalled") !== "")("the GitLab component", () => {
  /** Runs the job's script as the runner does, with what the include gives as `inputs`. */
  function job(
    repository: Repository,
    inputs: Readonly<Record<string, string>>,
  ): Outcome & { readonly report: string } {
    const [spec, jobs] = parseAllDocuments(textOf("templates/check.yml")).map((document) => document.toJS() as unknown);
    const defaults = (spec as { spec: { inputs: Record<string, { default: string }> } }).spec.inputs;
    const check = (jobs as Record<string, Job>)["compose-networks"];
    if (!check) throw new Error("templates/check.yml has no job");
    const env = Object.entries(check.variables).map(([variable, text]) => {
      const value = text.replace(
        /\$\[\[ inputs\.(\w+) \]\]/,
        (_, input: string) => inputs[input] ?? defaults[input]?.default ?? "",
      );
      expect(value).not.toContain("$[[");
      return `${variable}=${value}`;
    });
    const script = fromTarball(check.script.join("\n"), "compose-networks@$COMPOSE_NETWORKS_VERSION");
    // The image has a shell by POSIX.
    const outcome = repository.run("env", ...env, "sh", "-ec", script);
    return { ...outcome, report: repository.read(check.artifacts.reports.codequality) };
  }

  it("fails with a report where its artifact is looked for", () => {
    const { status, report } = job(repositoryWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": COLLIDING }), {});
    expect(status).toBe(1);
    expect(JSON.parse(report)).toMatchObject([
      { check_name: "compose-networks/no-forbidden-subnet", location: { path: "compose.yaml" } },
    ]);
  });

  it("checks the paths that it was given, and runs nothing in them", () => {
    const repository = repositoryWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": CLEAN,
      "b/compose.yaml": CLEAN.replace("7.0", "8.0"),
      "lab/compose.yaml": COLLIDING,
    });
    expect(job(repository, { paths: "a b" })).toMatchObject({
      status: 0,
      report: expect.stringMatching(/^\[\]\s*$/) as string,
    });
    expect(job(repository, { paths: "$(touch pwned)" }).status).not.toBe(0);
    expect(repository.status()).not.toContain("?? pwned");
  });

  it("runs nothing of a hostile checkout, where npx would", () => {
    const repository = hostileRepository({ "forbidden-ranges.yaml": POLICY, "compose.yaml": COLLIDING });
    repository.run("npx", "compose-networks");
    expect(isTakenOver(repository)).toBe(true);
    repository.remove("pwned");
    const { status, report } = job(repository, {});
    expect(status).toBe(1);
    expect(JSON.parse(report)).toMatchObject([{ check_name: "compose-networks/no-forbidden-subnet" }]);
    expect(isTakenOver(repository)).toBe(false);
  });

  it("replaces a link where its report is to be, rather than what it names", () => {
    const repository = bareRepositoryWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": COLLIDING });
    const outside = join(temporaryFolder(), "profile");
    writeFileSync(outside, "theirs\n");
    symlinkSync(outside, join(repository.path, "gl-code-quality-report.json"));
    expect(job(repository, {}).status).toBe(1);
    expect(readFileSync(outside, "utf8")).toBe("theirs\n");
  });
});
