import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";

import { folderWith, git, type Folder } from "../../cli/command.js";
import type { AtHome } from "../hosts.js";

/** A workspace of a kind that was once judged wrong. */
export interface Layout {
  /** Beside `forbidden-ranges.yaml`, which is `POLICY` unless it is among them. */
  readonly files: Readonly<Record<string, string>>;
  /** Each with the file or folder that it leads to, relative to the workspace. */
  readonly links?: Readonly<Record<string, string>>;
  /** Folders that are submodules. */
  readonly submodules?: readonly string[];
  /** All findings, in the order of files and places. */
  readonly finds: readonly AtHome[];
  /** The subnets in the files after `--fix`, for each file that it changes. */
  readonly fixes?: Readonly<Record<string, string>>;
  /** The findings that are left after it. Default: none. */
  readonly left?: readonly AtHome[];
}

export type Layouts = Readonly<Record<string, Layout>>;

export const POLICY = `version: 1
id: kinds
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

/** The workspace as a git repository, with all that lies in it. */
export function repositoryOf({ files, links = {}, submodules = [] }: Layout): Folder {
  const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
  for (const [link, target] of Object.entries(links)) {
    mkdirSync(path.dirname(folder.at(link)), { recursive: true });
    symlinkSync(path.relative(path.dirname(link), target), folder.at(link));
  }
  for (const submodule of submodules) {
    const own: Folder = { ...folder, path: folder.at(submodule) };
    git(own, "init", "--quiet");
    git(own, "add", "--all");
    git(own, "commit", "--quiet", "--message", "theirs");
  }
  git(folder, "init", "--quiet");
  for (const submodule of submodules) {
    git(folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", `./${submodule}`, submodule);
  }
  return folder;
}
