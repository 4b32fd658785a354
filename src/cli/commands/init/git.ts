import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { joinPath } from "../../../kit/paths.js";
import { resolved } from "../../../workspace/files/git-folder.js";
import { askGit } from "../../../workspace/files/git.js";
import { nearestWorkTree } from "../../../workspace/files/work-tree.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import { relativePath } from "../../../workspace/files/paths.js";

/** What git prints, or undefined where it fails or must not be asked. */
function answerOf(directory: string, args: readonly string[], overridesHooks = true): string | undefined {
  const tree = nearestWorkTree(directory);
  const answer = tree && askGit(tree, args, { overridesHooks });
  return answer?.ok === true ? answer.value.stdout.toString("utf8") : undefined;
}

/** `acme-shop` for `git@example.com:acme/shop.git`. What stands before may hold a password, and is never shown. */
export function originName(cwd: string): string | undefined {
  const url = answerOf(cwd, ["remote", "get-url", "origin"])?.trim() ?? "";
  const [, owner, name] = /([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(url) ?? [];
  return owner === undefined || name === undefined ? undefined : `${owner}-${name}`;
}

/** Where git looks for hooks, relative to the directory where that is below it. */
export function hooksFolder(cwd: string): string | undefined {
  const path = answerOf(cwd, ["rev-parse", "--git-path", "hooks"], false)?.replace(/\n$/, "");
  if (path === undefined || path === "") return undefined;
  const folder = joinPath(resolved(cwd) ?? cwd, toPosix(path));
  const relative = relativePath(resolved(cwd) ?? cwd, folder);
  return relative.startsWith("../") ? folder : relative;
}

/**
 * Whether git can bring back the file as it is now. `git status` would tell, and start the filters that a repository
 * names; the name that git gives to a content tells as well.
 */
export function isCommitted(cwd: string, name: string): boolean {
  const folder = resolved(cwd);
  const tree = folder === undefined ? undefined : nearestWorkTree(folder);
  if (folder === undefined || !tree) return false;
  const path = relativePath(tree.top, joinPath(folder, name));
  const answer = askGit(tree, ["ls-files", "-z", "--stage", "--", `:(top,literal)${path}`]);
  if (!answer.ok) return false;
  const [, object] = /^\d{6} ([0-9a-f]+) 0\t[^\0]*\0$/.exec(answer.value.stdout.toString("utf8")) ?? [];
  return object !== undefined && namesOf(readFileSync(joinPath(folder, name)), object.length).includes(object);
}

/** The names of a content as it is, and as git keeps it where it turns ends of lines. */
function namesOf(bytes: Buffer, length: number): readonly string[] {
  const withLineFeeds = Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
  return [bytes, withLineFeeds].map((content) =>
    createHash(length === 64 ? "sha256" : "sha1")
      .update(`blob ${content.length}\0`)
      .update(content)
      .digest("hex"),
  );
}
