import { isUtf8 } from "node:buffer";
import { lstatSync } from "node:fs";

import { joinPath } from "../../kit/paths.js";
import { success, type Result } from "../../kit/result.js";
import { relativePath } from "./paths.js";
import { statOf, type WorkTree } from "./git-folder.js";
import { askGit } from "./git.js";
import { faultOf, isInDependencies, type Found, type Unopened } from "./found.js";
import type { GitRefusal } from "./trust.js";

const LIST = ["ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard"];

/**
 * The files below a folder that git tracks, or does not ignore. Each name is listed, since only so git tells of
 * repositories inside of the work tree.
 *
 * @param folder Resolved, in the work tree.
 */
export function listedByGit(tree: WorkTree, folder: string): Result<Omit<Found, "special">, GitRefusal | "no git"> {
  const below = folder === tree.top ? [] : ["--", `:(top,literal)${relativePath(tree.top, folder)}`];
  const answer = askGit(tree, [...LIST, ...below]);
  if (!answer.ok) return answer;
  const { stdout, stderr } = answer.value;
  const skipped = folder === tree.top ? 0 : relativePath(tree.top, folder).length + 1;
  const links = new Set<string>();
  const files = new Set<string>();
  const repositories: string[] = [];
  const notUtf8: string[] = [];
  for (const { text, isUtf8 } of linesOf(stdout)) {
    const isTracked = text[0] !== "?";
    const path = text.slice((isTracked ? text.indexOf("\t") + 1 : 2) + skipped);
    if (isInDependencies(path)) continue;
    if (!isUtf8) notUtf8.push(path);
    else if (isTracked && text.startsWith("160000 ", 2)) links.add(path);
    else if (path.endsWith("/")) repositories.push(path.slice(0, -1));
    else if (path !== "") files.add(path);
  }
  const isFolder = (path: string): boolean => statOf(joinPath(folder, path), lstatSync)?.isDirectory() === true;
  return success({
    files: [...files],
    notUtf8,
    repositories,
    parts: [...links].filter(isFolder),
    unopened: unopenedIn(stderr, skipped),
    longLists: [],
  });
}

interface Line {
  readonly text: string;
  readonly isUtf8: boolean;
}

function linesOf(stdout: Buffer): readonly Line[] {
  const texts = stdout.toString("utf8").split("\0").slice(0, -1);
  if (isUtf8(stdout)) return texts.map((text) => ({ text, isUtf8: true }));
  // What replaces a broken byte may also stand in a name.
  return texts.map((text) => ({ text, isUtf8: !text.includes("\uFFFD") || stdout.includes(`${text}\0`) }));
}

const WARNING = "warning: could not open directory '";

/** Git goes on without a folder that it can't open, and warns. A long warning lacks its end, even that of the line. */
function unopenedIn(stderr: string, skipped: number): readonly Unopened[] {
  return stderr
    .split(WARNING)
    .slice(1)
    .map((warning) => {
      const [, path = warning, why = "File name too long"] = /^(.*)': (.*)$/m.exec(warning) ?? [];
      return { path: path.replace(/(?:^\.)?\/?$/, "").slice(skipped), ...faultOf(why) };
    });
}
