import { chmodSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, inject, it } from "vitest";

import { VERSION } from "../../src/kit/version.js";
import { recipeWith } from "./recipes.js";
import { bareRepositoryWith, type Outcome, type Repository } from "./repository.js";

const README = "README.md";
const COLLIDING = `services:
  web:
    image: caddy
networks:
  default:
    ipam:
      config:
        - subnet: 192.168.0.0/24
`;

const COMMAND = `compose-networks@${VERSION}`;

/** Types a command of a page; the packed packages stand for the published ones. */
function type(repository: Repository, command: string): Outcome {
  const { plugin, command: tarball } = inject("tarballs");
  const typed = command
    .replace(new RegExp(`^npx ${COMMAND}(?= |$)`), `npx --package ${tarball} compose-networks`)
    .replace(/(?<=^npm install .*)(?<= )compose-networks(?= |$)/, tarball)
    .replace(/(?<= )eslint-plugin-compose-networks(?= |$)/, plugin);
  const outcome = repository.run("sh", "-c", typed);
  transcript(`$ ${command}`, outcome);
  return outcome;
}

/** What a person saw, for whoever wants to read it: `TRANSCRIPT=1`. */
function transcript(typed: string, { status, output }: Outcome): void {
  if (process.env["TRANSCRIPT"]) console.info(`${typed}\n${output}[${status}]`);
}

/** The line of README's blocks that starts with these words, without its comment. */
function commandOf(start: string): string {
  const line = recipeWith(README, start)
    .split("\n")
    .find((text) => text.startsWith(start));
  return (line ?? "").replace(/\s+#.*$/, "");
}

const SET_UP = commandOf(`npx ${COMMAND} init`);
const OPTIONS = commandOf(`${SET_UP} --forbid`).slice(SET_UP.length + 1);

/** Sets the repository up without questions, and does what is said to be left to do. */
function setUp(repository: Repository, companions: string): void {
  const { status, output } = type(repository, `${SET_UP} ${OPTIONS.replace(/(?<=--with )\S+/, companions)}`);
  expect(status).toBe(0);
  const steps = [...output.matchAll(/^next: (.*)$/gm)].map(([, step = ""]) => step);
  expect(steps.at(-1)).toMatch(/^npx compose-networks(?:@|$)/);
  for (const step of steps.slice(0, -1)) expect(type(repository, step)).toMatchObject({ status: 0 });
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

/** At a terminal npx asks whether it may install, and the person says yes. */
const YES = { npm_config_yes: "true" };

describe.skipIf(inject("notInstalled") !== "")("from nothing to a blocked commit", () => {
  it("in an empty repository without a package.json, with git alone", () => {
    const repository = bareRepositoryWith({}, YES);
    setUp(repository, "git-hook");
    const hook = ".git/hooks/pre-commit";
    repository.write(hook, repository.read(hook).replace(COMMAND, inject("tarballs").command));
    expectBlocked(repository);
    repository.write("compose.yaml", COLLIDING);
    expect(type(repository, commandOf(`npx ${COMMAND}  `))).toMatchObject({
      status: 1,
      output: expect.stringContaining("compose.yaml:8:19  error  192.168.0.0/24 of network") as string,
    });
  });

  it("with git alone, whatever package by our name and .npmrc the checkout holds", () => {
    const repository = bareRepositoryWith({}, YES);
    setUp(repository, "git-hook");
    const hook = ".git/hooks/pre-commit";
    repository.write(hook, repository.read(hook).replace(COMMAND, inject("tarballs").command));
    const [folder, command] = ["node_modules/compose-networks", "node_modules/.bin/compose-networks"];
    repository.write(`${folder}/package.json`, '{ "name": "compose-networks", "version": "9.9.9" }\n');
    repository.write(command, "#!/bin/sh\necho the checkout ran\n");
    chmodSync(join(repository.path, command), 0o755);
    repository.write(".npmrc", "registry=http://127.0.0.1:1/\n");
    expectBlocked(repository);
  });

  it("in a repository with ESLint 9, whose version stays", () => {
    const repository = bareRepositoryWith(
      {
        "package.json": '{ "private": true, "type": "module", "devDependencies": { "eslint": "^9.38.0" } }\n',
        "eslint.config.js": "export default [];\n",
      },
      YES,
    );
    expect(type(repository, "npm install")).toMatchObject({ status: 0 });
    setUp(repository, "eslint,lint-staged");
    expect(JSON.parse(repository.read("node_modules/eslint/package.json"))).toMatchObject({
      version: expect.stringMatching(/^9\./) as string,
    });
    expect(repository.read("eslint.config.js")).toBe(
      recipeWith(README, "[composeNetworks.configs.recommended]").replace("// eslint.config.js\n", ""),
    );
    expectBlocked(repository);
    repository.write("compose.yaml", COLLIDING);
    expect(type(repository, "npx eslint compose.yaml")).toMatchObject({
      status: 1,
      output: expect.stringContaining("compose-networks/no-forbidden-subnet") as string,
    });
  });

  it("in a repository with eslint-plugin-yml, whose rules go on", () => {
    const own = recipeWith(README, "recommended-with-yml")
      .replace(/^.*eslint-plugin-compose-networks.*\n/m, "")
      .replace(', composeNetworks.configs["recommended-with-yml"]', "");
    const repository = bareRepositoryWith(
      {
        "package.json":
          '{ "private": true, "type": "module", "devDependencies": { "eslint": "^10.0.0", "eslint-plugin-yml": "^3.0.0" } }\n',
        "eslint.config.js": own,
      },
      YES,
    );
    expect(type(repository, "npm install")).toMatchObject({ status: 0 });
    setUp(repository, "eslint,lint-staged");
    repository.write("compose.yaml", "services: { web: { image:   caddy } }\nx-empty:\n");
    const { output } = type(repository, "npx eslint compose.yaml");
    expect(output).toContain("compose-networks/require-subnet");
    expect(output).toContain("yml/no-empty-mapping-value");
    expectBlocked(repository);
  });

  it("in an empty folder that is no repository, where nothing but the ranges can be set up", () => {
    const repository = bareRepositoryWith({}, YES);
    repository.remove(".gitignore");
    repository.run("rm", "-r", ".git");
    setUp(repository, "none");
    repository.write("compose.yaml", COLLIDING);
    expect(type(repository, SET_UP.replace(/ init$/, "")).output).toContain('in the forbidden range "office LAN"');
  });
});
