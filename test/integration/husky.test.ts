import { describe, expect, inject, it } from "vitest";

import { POLICY } from "../workspace/folder.js";
import { recipeWith } from "./recipes.js";
import { repositoryWith, type Repository } from "./repository.js";

const PAGE = "docs/git-hooks.md";
const OPEN = "services:\n  web:\n    image: nginx\n";
const PINNED = /^ {2}default:\n {4}ipam:\n {6}config:\n {8}- subnet: 10\.201\.\d+\.0\/24\n$/m;
const COLLIDING = `${OPEN}networks:\n  default:\n    ipam:\n      config:\n        - subnet: 192.168.0.0/24\n`;
const CLEAN = COLLIDING.replace("192.168.0.0/24", "10.201.7.0/24");

/** What the page tells to write, with the hook in force. */
function hooked(
  recipe: "compose-networks --fix" | "eslint --fix",
  files: Readonly<Record<string, string>>,
): Repository {
  const repository = repositoryWith({
    "package.json": recipeWith(PAGE, recipe).replace("{", '{ "private": true, "type": "module",'),
    "eslint.config.js":
      'import composeNetworks from "eslint-plugin-compose-networks";\n\nexport default [composeNetworks.configs.recommended];\n',
    "forbidden-ranges.yaml": POLICY,
    ".husky/pre-commit": recipeWith(PAGE, "npx lint-staged\n"),
    ...files,
  });
  expect(repository.run("husky")).toEqual({ status: 0, output: "" });
  return repository;
}

describe.skipIf(inject("notInstalled") !== "")("a commit with husky and lint-staged", () => {
  describe.each(["compose-networks --fix", "eslint --fix"] as const)("that runs %s", (recipe) => {
    it("takes the subnet along that Docker would have chosen", () => {
      const repository = hooked(recipe, {});
      repository.write("compose.yaml", OPEN);
      repository.git("add", "compose.yaml");
      expect(repository.gitTry("commit", "--message", "shop")).toMatchObject({ status: 0 });
      expect(repository.read("compose.yaml")).toMatch(PINNED);
      expect(repository.status()).toEqual([]);
    });

    it("is stopped by a subnet on the office LAN, and leaves everything as it was", () => {
      const repository = hooked(recipe, { "notes.txt": "one\n" });
      repository.write("compose.yaml", COLLIDING);
      repository.write("notes.txt", "two\n");
      repository.git("add", "compose.yaml");
      const { status, output } = repository.gitTry("commit", "--message", "shop");
      expect(status).toBe(1);
      expect(output).toContain('lies in the forbidden range "office LAN" (192.168.0.0/24)');
      expect(repository.staged("compose.yaml")).toBe(COLLIDING);
      expect(repository.read("compose.yaml")).toBe(COLLIDING);
      expect(repository.status()).toEqual(["A  compose.yaml", " M notes.txt"]);
    });

    it("of a partly staged file fixes the staged part, and keeps the rest", () => {
      const repository = hooked(recipe, {});
      repository.write("compose.yaml", OPEN);
      repository.git("add", "compose.yaml");
      repository.write("compose.yaml", `# not staged\n${OPEN}`);
      expect(repository.gitTry("commit", "--message", "shop")).toMatchObject({ status: 0 });
      expect(repository.gitTry("show", "HEAD:compose.yaml").output).toMatch(PINNED);
      expect(repository.gitTry("show", "HEAD:compose.yaml").output).not.toContain("# not staged");
      expect(repository.read("compose.yaml")).toMatch(/^# not staged\n/);
      expect(repository.read("compose.yaml")).toMatch(PINNED);
      expect(repository.status()).toEqual([" M compose.yaml"]);
    });

    it("may delete a compose file and rename another", () => {
      const repository = hooked(recipe, { "old/compose.yaml": CLEAN, "gone/compose.yaml": CLEAN.replace("7", "9") });
      repository.git("mv", "old", "new");
      repository.git("rm", "--quiet", "gone/compose.yaml");
      expect(repository.gitTry("commit", "--message", "move")).toMatchObject({ status: 0 });
      expect(repository.status()).toEqual([]);
    });

    it("finds files in folders with spaces and with names that look like options", () => {
      const repository = hooked(recipe, {});
      repository.write("my shop/--fix/compose.yaml", OPEN);
      repository.git("add", "--all");
      expect(repository.gitTry("commit", "--message", "shop")).toMatchObject({ status: 0 });
      expect(repository.read("my shop/--fix/compose.yaml")).toMatch(PINNED);
    });

    it("chooses the same subnets for two projects whether they are committed together or one by one", () => {
      const files = ["a/compose.yaml", "b/compose.yaml"];
      const together = hooked(recipe, {});
      const apart = hooked(recipe, {});
      for (const file of files) {
        together.write(file, OPEN);
        apart.write(file, OPEN);
      }
      together.git("add", "--all");
      together.git("commit", "--quiet", "--message", "both");
      for (const file of files.toReversed()) {
        apart.git("add", file);
        apart.git("commit", "--quiet", "--message", file);
      }
      for (const file of files) expect(apart.read(file)).toBe(together.read(file));
    });
  });

  it("of nothing but the forbidden ranges checks every compose file below them", () => {
    const repository = hooked("compose-networks --fix", { "apps/shop/compose.yaml": CLEAN });
    repository.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "10.201.7.0/24"));
    repository.git("add", "forbidden-ranges.yaml");
    const { status, output } = repository.gitTry("commit", "--message", "the office moved");
    expect(status).toBe(1);
    expect(output).toContain("apps/shop/compose.yaml:8:19");
    expect(output).toContain('lies in the forbidden range "office LAN" (10.201.7.0/24)');
    expect(repository.status()).toEqual(["M  forbidden-ranges.yaml"]);
  });
});
