import { homedir } from "node:os";

import { isAbsolutePath, joinPath } from "../../kit/paths.js";
import { toPosix } from "./native-paths.js";
import { userSettings } from "./git-environment.js";
import { parseGitConfig } from "./git-config.js";
import { readShort, type WorkTree } from "./git-folder.js";
import { findProgram } from "./program.js";

/** What git leaves out beside the `.gitignore` files of a work tree: the later of the two texts decides first. */
export function excludesOf({ top, commonFolder }: WorkTree): readonly string[] {
  const program = findProgram("git", top);
  const named = program === undefined ? undefined : userSettings(program, "--type=path", "core.excludesFile").at(-1);
  const home = toPosix(process.env["XDG_CONFIG_HOME"] || joinPath(toPosix(homedir()), ".config"));
  const ofUser = toPosix(named ?? joinPath(home, "git/ignore"));
  const paths = [...(isAbsolutePath(ofUser) ? [ofUser] : []), joinPath(commonFolder, "info/exclude")];
  return paths.flatMap((path) => readShort(path) ?? []);
}

/** The folders that `.gitmodules` at the top makes part of a work tree, relative to the top. */
export function submodulesOf(top: string): ReadonlySet<string> {
  const parsed = parseGitConfig(readShort(joinPath(top, ".gitmodules")) ?? "");
  const settings = parsed.ok ? parsed.value : [];
  return new Set(
    settings.flatMap(({ section, name, value }) =>
      section === "submodule" && name === "path" && value !== undefined ? [joinPath("", value)] : [],
    ),
  );
}
