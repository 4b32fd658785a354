import { spawnSync } from "node:child_process";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseGitConfig } from "../../../src/workspace/files/git-config.js";
import { createFolder } from "../folder.js";

const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);

function read(text: string): readonly string[] | undefined {
  const parsed = parseGitConfig(text);
  if (!parsed.ok) return undefined;
  return parsed.value.map(({ section, subsection, name, value }) => {
    const key = [section, ...(subsection === undefined ? [] : [subsection]), name].join(".");
    return value === undefined ? key : `${key}\n${value}`;
  });
}

describe("the configuration of a repository", () => {
  it("is read as git writes it", () => {
    const text = `# made by git
[core]
\trepositoryformatversion = 0
\tBare
[remote "ori\\"gin"] ; the one
\turl = "a b # c" \\"d\\"  ; comment
\tfetch = +refs/heads/*:refs/remotes/origin/*
[branch.Main]
\tmerge =\r
`;
    expect(read(text)).toEqual([
      "core.repositoryformatversion\n0",
      "core.bare",
      'remote.ori"gin.url\na b # c "d"',
      'remote.ori"gin.fetch\n+refs/heads/*:refs/remotes/origin/*',
      "branch.main.merge\n",
    ]);
  });

  it.each([
    ["goes on in the next line", "[core]\n\teditor = a\\\n\tfsmonitor = b\n"],
    ["goes on in the next line, as Windows ends one", "[core]\r\n\teditor = a\\\r\n\tb\r\n"],
    ["stands beside its section", "[core] editor = a\n"],
    ["has no section", "editor = a\n"],
    ["has a name that git does not take", "[core]\n\tfs_monitor = a\n"],
  ])("is at fault where a setting %s", (_, text) => {
    expect(parseGitConfig(text).ok).toBe(false);
  });

  it(`holds each setting that git finds in it, whatever it is made of (seed ${seed})`, () => {
    console.info(`git-config.test.ts: seed ${seed}`);
    const pieces = [
      "[core]",
      "[a]",
      '[a "b"]',
      '[a "b\\"c"]',
      "[a.B]",
      "[A]",
      "x",
      "y-1",
      "=",
      " = ",
      "\t",
      " ",
      "v",
      '"',
      "\\",
      "\\\\",
      '\\"',
    ];
    const rarer = [
      "\n",
      "\n",
      "\r\n",
      "\r",
      "#",
      ";",
      "]",
      "[",
      '"]',
      "\\n",
      "\u000B",
      "\f",
      "\u00A0",
      "\u2028",
      "\uFEFF",
      "\0",
      "_",
      ".",
    ];
    const text = fc
      .array(fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...pieces) }, fc.constantFrom(...rarer)), {
        maxLength: 14,
      })
      .map((parts) => `[core]\n${parts.join("")}`);
    const folder = createFolder({});
    let compared = 0;
    fc.assert(
      fc.property(text, (written) => {
        folder.write("config", written);
        const args = ["config", "--file", "config", "--no-includes", "--null", "--name-only", "--list"];
        const { status, stdout } = spawnSync("git", args, { cwd: folder.path, encoding: "utf8" });
        const ours = read(written)?.map((setting) => setting.split("\n", 1)[0]);
        if (status !== 0 || !ours) return;
        compared += 1;
        expect(ours).toEqual(stdout.split("\0").slice(0, -1));
      }),
      { seed, numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(50);
  });
});
