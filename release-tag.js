// Makes the tag of a release: the commit at hand, and on top of it dist/action, which action.yml runs. So whoever uses the
// action at a tag runs what was built for that tag, and installs nothing. No branch gets that commit.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const tag = `v${version}`;
const folder = mkdtempSync(path.join(tmpdir(), "compose-networks-release-"));
// The index of the work tree stays as it is.
const env = { ...process.env, GIT_INDEX_FILE: path.join(folder, "index") };

try {
  if (git("status", "--porcelain") !== "") throw new Error("the work tree has changes: commit them, or put them away");
  if (git("tag", "--list", tag) !== "") throw new Error(`the tag ${tag} exists already: run release:version first`);
  execFileSync("npm", ["run", "--silent", "build:code"], { stdio: "inherit", shell: process.platform === "win32" });
  git("read-tree", "HEAD");
  git("add", "--force", "dist/action");
  const message = `chore(release): ${tag} with the bundle that the action runs`;
  const commit = git("commit-tree", git("write-tree"), "-p", "HEAD", "-m", message);
  git("tag", "--annotate", "--message", tag, tag, commit);
  process.stdout.write(`Made the tag ${tag}. Publish it: git push origin ${tag}\n`);
} catch (error) {
  process.stderr.write(`release-tag: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function git(...args) {
  // Git tells changes by the index of the work tree.
  const own = args[0] === "status" ? process.env : env;
  return execFileSync("git", args, { encoding: "utf8", env: own }).trim();
}
