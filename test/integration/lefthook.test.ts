import { describe, expect, inject, it } from "vitest";

import { POLICY } from "../workspace/folder.js";
import { recipeWith } from "./recipes.js";
import { repositoryWith, type Repository } from "./repository.js";

const OPEN = "services:\n  web:\n    image: nginx\n";
const CLEAN = `${OPEN}networks:\n  default:\n    ipam:\n      config:\n        - subnet: 10.201.7.0/24\n`;
const COLLIDING = CLEAN.replace("10.201.7.0/24", "192.168.0.0/24");

/** What the page tells to write, with the hook in force. */
function hooked(files: Readonly<Record<string, string>> = {}): Repository {
  const repository = repositoryWith({
    "package.json": '{ "private": true }\n',
    "lefthook.yml": recipeWith("docs/git-hooks.md", "glob_matcher"),
    "forbidden-ranges.yaml": POLICY,
    ...files,
  });
  expect(repository.run("lefthook", "install")).toMatchObject({ status: 0 });
  return repository;
}

describe.skipIf(inject("notInstalled") !== "")("a commit with lefthook", () => {
  it.each(["compose.yaml", "my shop/docker-compose.prod.yml"])("takes along the subnet of %s", (file) => {
    const repository = hooked();
    repository.write(file, OPEN);
    repository.git("add", "--all");
    expect(repository.gitTry("commit", "--message", "shop")).toMatchObject({ status: 0 });
    expect(repository.read(file)).toMatch(/- subnet: 10\.201\.\d+\.0\/24\n$/);
    expect(repository.status()).toEqual([]);
  });

  it.each(["compose.yaml", "apps/shop/compose.yaml"])("is stopped by a subnet on the office LAN in %s", (file) => {
    const repository = hooked();
    repository.write(file, COLLIDING);
    repository.git("add", "--all");
    const { status, output } = repository.gitTry("commit", "--message", "shop");
    expect(status).toBe(1);
    expect(output).toContain('lies in the forbidden range "office LAN" (192.168.0.0/24)');
  });

  it("of nothing but the forbidden ranges checks every compose file below them", () => {
    const repository = hooked({ "apps/shop/compose.yaml": CLEAN });
    repository.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "10.201.7.0/24"));
    repository.git("add", "--all");
    const { status, output } = repository.gitTry("commit", "--message", "the office moved");
    expect(status).toBe(1);
    expect(output).toContain("apps/shop/compose.yaml:8:19");
  });
});
