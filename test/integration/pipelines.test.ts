import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, inject, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";

import { POLICY } from "../workspace/folder.js";
import { repositoryWith, type Outcome, type Repository } from "./repository.js";

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
  expect(script).toContain(published);
  return script.replace(published, inject("tarball"));
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly env: Readonly<Record<string, string>>; readonly run: string }[];
  };
}

/** Runs the step of `action.yml` as the runner does: `bash -e` on the script, inputs in the environment. */
function act(repository: Repository, inputs: Readonly<Record<string, string>> = {}): Outcome {
  const action = parse(textOf("action.yml")) as Action;
  const [step] = action.runs.steps;
  if (!step) throw new Error("action.yml has no step");
  const env = Object.entries(step.env).map(([variable, expression]) => {
    const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
    expect(action.inputs).toHaveProperty([input]);
    return `${variable}=${inputs[input] ?? action.inputs[input]?.default ?? ""}`;
  });
  const script = fromTarball(step.run, "eslint-plugin-compose-networks@$VERSION");
  return repository.run(
    "env",
    ...env,
    "GITHUB_ACTIONS=true",
    "bash",
    "--noprofile",
    "--norc",
    "-eo",
    "pipefail",
    "-c",
    script,
  );
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

describe.skipIf(inject("notInstalled") !== "")("the step of the GitHub action", () => {
  const files = { "forbidden-ranges.yaml": POLICY };

  it("annotates the line of a forbidden subnet and fails", () => {
    const { status, output } = act(repositoryWith({ ...files, "apps/shop/compose.yaml": COLLIDING }));
    expect(status).toBe(1);
    expect(output).toContain("::error file=apps/shop/compose.yaml,line=6,");
  });

  it("checks only the paths that it was given, with spaces or not", () => {
    const repository = repositoryWith({
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
      const repository = repositoryWith({ ...files, "compose.yaml": COLLIDING });
      const { status, output } = act(repository, { paths: path });
      expect(status).toBe(2);
      expect(output).toContain(path);
      expect(repository.status()).toEqual([]);
    },
  );

  it.each(["ranges", "rules", "max-warnings", "sarif-file"])("runs nothing that stands in the input %s", (input) => {
    const repository = repositoryWith({ ...files, "compose.yaml": COLLIDING });
    act(repository, { [input]: "$(touch pwned)" });
    act(repository, { [input]: "; touch pwned" });
    expect(repository.status().filter((line) => line === "?? pwned")).toEqual([]);
  });

  it("hands on levels of rules and another forbidden-ranges file", () => {
    const repository = repositoryWith({
      ...files,
      "compose.yaml": COLLIDING,
      "the lab.yaml": POLICY.replace("192.168.0.0/24", "10.9.0.0/16"),
    });
    expect(act(repository, { rules: "no-forbidden-subnet:off" })).toMatchObject({ status: 0 });
    expect(act(repository, { ranges: "the lab.yaml" })).toMatchObject({ status: 0 });
  });

  it("writes SARIF beside the annotations, also when it fails", () => {
    const repository = repositoryWith({ ...files, "compose.yaml": COLLIDING });
    expect(act(repository, { "sarif-file": "the networks.sarif" })).toMatchObject({ status: 1 });
    expect(JSON.parse(repository.read("the networks.sarif"))).toMatchObject({
      version: "2.1.0",
      runs: [{ results: [{ ruleId: "compose-networks/no-forbidden-subnet" }] }],
    });
  });

  it("without a compose file fails, unless that is allowed", () => {
    const repository = repositoryWith(files);
    expect(act(repository)).toMatchObject({ status: 3 });
    expect(act(repository, { "allow-no-files": "true" })).toMatchObject({ status: 0 });
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
    const script = fromTarball(check.script.join("\n"), "eslint-plugin-compose-networks@$COMPOSE_NETWORKS_VERSION");
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
});
