import { expect, it } from "vitest";

import { folderWith, git, OPEN, POLICY, run } from "./command.js";

it("asks git for the compose files once, though a fix must also know of those that were not named", () => {
  const folder = folderWith({ "compose.yaml": OPEN, "shop/compose.yaml": OPEN, "forbidden-ranges.yaml": POLICY });
  git(folder, "init", "--quiet");
  const { stdout } = run(folder, [], { env: { GIT_TRACE: folder.at("git.log") } });
  expect(stdout).toContain("checked 2 files: 2 projects, 2 networks; 2 errors; 2 fixable");
  expect(folder.text("git.log").match(/built-in: git ls-files/g)).toHaveLength(1);
});
