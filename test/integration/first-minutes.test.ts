import { chmodSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, inject, it } from "vitest";

import { recipeWith } from "./recipes.js";
import { bareRepositoryWith, type Outcome, type Repository } from "./repository.js";

const README = "README.md";
const HOOKS = "docs/git-hooks.md";
const POLICY = recipeWith(README, "id: acme-shop");
const COLLIDING = `services:
  web:
    image: caddy
networks:
  default:
    ipam:
      config:
        - subnet: 192.168.0.0/24
`;

/** Types a command of a page; the packed package stands for the published one. */
function type(repository: Repository, command: string): Outcome {
  const typed = command.replace(/(?<= )eslint-plugin-compose-networks(?= |$)/, inject("tarball"));
  const outcome = repository.run("sh", "-c", typed);
  transcript(`$ ${command}`, outcome);
  return outcome;
}

/** What a person saw, for whoever wants to read it: `TRANSCRIPT=1`. */
function transcript(typed: string, { status, output }: Outcome): void {
  if (process.env["TRANSCRIPT"]) console.info(`${typed}\n${output}[${status}]`);
}

/** The line of a block that starts with these words, without its comment. */
function commandOf(page: string, start: string): string {
  const line = recipeWith(page, start)
    .split("\n")
    .find((text) => text.startsWith(start));
  return (line ?? "").replace(/\s+#.*$/, "");
}

function expectBlocked(repository: Repository): void {
  repository.write("compose.yaml", COLLIDING);
  repository.git("add", "--all");
  const outcome = repository.gitTry("commit", "--message", "shop");
  transcript("$ git commit --message shop", outcome);
  expect(outcome.status).toBe(1);
  expect(outcome.output).toContain('lies in the forbidden range "office LAN" (192.168.0.0/24)');
  expect(repository.gitTry("log", "--oneline", "--", "compose.yaml").output).toBe("");
  repository.write("compose.yaml", COLLIDING.replace("192.168.0.0/24", "10.201.7.0/24"));
  repository.git("add", "--all");
  expect(repository.gitTry("commit", "--message", "shop")).toMatchObject({ status: 0 });
}

/** The page about hooks, from its first line on, in a repository with a `package.json`. */
function withHusky(repository: Repository, lintStaged: "compose-networks --fix" | "eslint --fix"): void {
  expect(type(repository, commandOf(HOOKS, "npm install"))).toMatchObject({ status: 0 });
  expect(type(repository, commandOf(HOOKS, "npx husky init"))).toMatchObject({ status: 0 });
  repository.write(".husky/pre-commit", recipeWith(HOOKS, "npx lint-staged\n"));
  const recipe = JSON.parse(recipeWith(HOOKS, lintStaged)) as object;
  const own = JSON.parse(repository.read("package.json")) as object;
  repository.write("package.json", JSON.stringify({ ...own, ...recipe }));
}

describe.skipIf(inject("notInstalled") !== "")("from nothing to a blocked commit", () => {
  it("in an empty repository without a package.json, with git alone", () => {
    // At a terminal npx asks whether it may install, and the person says yes.
    const repository = bareRepositoryWith({}, { npm_config_yes: "true" });
    repository.write("compose.yaml", COLLIDING);
    repository.write("forbidden-ranges.yaml", POLICY);
    expect(type(repository, commandOf(README, "npx --package"))).toMatchObject({
      status: 1,
      output: expect.stringContaining("compose.yaml:8:19  error  192.168.0.0/24 of network") as string,
    });
    repository.remove("compose.yaml");
    repository.write(
      ".git/hooks/pre-commit",
      recipeWith(HOOKS, "#!/bin/sh").replace("eslint-plugin-compose-networks", inject("tarball")),
    );
    chmodSync(join(repository.path, ".git/hooks/pre-commit"), 0o755);
    expectBlocked(repository);
  });

  it("in a repository with ESLint 9, whose version stays", () => {
    const repository = bareRepositoryWith({
      "package.json": '{ "private": true, "type": "module", "devDependencies": { "eslint": "^9.38.0" } }\n',
    });
    expect(type(repository, "npm install")).toMatchObject({ status: 0 });
    expect(type(repository, commandOf(README, "npm install --save-dev"))).toMatchObject({ status: 0 });
    repository.write("eslint.config.js", recipeWith(README, "[composeNetworks.configs.recommended]"));
    repository.write("forbidden-ranges.yaml", POLICY);
    withHusky(repository, "eslint --fix");
    expect(JSON.parse(repository.read("node_modules/eslint/package.json"))).toMatchObject({
      version: expect.stringMatching(/^9\./) as string,
    });
    expectBlocked(repository);
  });

  it("in a repository with eslint-plugin-yml, whose rules go on", () => {
    const repository = bareRepositoryWith({
      "package.json":
        '{ "private": true, "type": "module", "devDependencies": { "eslint": "^10.0.0", "eslint-plugin-yml": "^3.0.0" } }\n',
    });
    expect(type(repository, "npm install")).toMatchObject({ status: 0 });
    expect(type(repository, commandOf(README, "npm install --save-dev"))).toMatchObject({ status: 0 });
    repository.write("eslint.config.js", recipeWith(README, "recommended-with-yml"));
    repository.write("forbidden-ranges.yaml", POLICY);
    withHusky(repository, "eslint --fix");
    repository.write("compose.yaml", "services: { web: { image:   caddy } }\nx-empty:\n");
    const { output } = type(repository, "npx eslint compose.yaml");
    expect(output).toContain("compose-networks/require-subnet");
    expect(output).toContain("yml/no-empty-mapping-value");
    expectBlocked(repository);
  });
});
