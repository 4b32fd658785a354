import { afterEach, describe, expect, it, vi } from "vitest";

import { findCheckedFiles, findComposeFiles } from "../../../src/workspace/files/discover.js";
import { createFolder, type Folder } from "../folder.js";

const TEXT = "services: {}\n";

function found({ path }: Folder, below = path): string[] {
  return findComposeFiles(below).files.map((file) => file.slice(path.length + 1));
}

describe("the compose files below a folder", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("are those with a name that Compose users give them", () => {
    const names = [
      "compose.yaml",
      "compose.yml",
      "compose.override.yaml",
      "compose-dev.yml",
      "docker-compose.yml",
      "docker-compose.prod.yaml",
    ];
    const others = ["compose.json", "composer.yaml", "my-compose.yaml", "kubernetes.yaml", "compose.yaml.orig"];
    const folder = createFolder(Object.fromEntries([...names, ...others].map((name) => [name, TEXT])));
    expect(found(folder)).toEqual(names.sort());
  });

  it("come in the order of their code units, whatever the locale", () => {
    const folder = createFolder({
      "b/compose.yaml": TEXT,
      "B/compose.yaml": TEXT,
      "ä/compose.yaml": TEXT,
      "a b/compose.yaml": TEXT,
    });
    const inOrder = ["B/compose.yaml", "a b/compose.yaml", "b/compose.yaml", "ä/compose.yaml"];
    expect(found(folder)).toEqual(inOrder);
    folder.git("init");
    expect(found(folder)).toEqual(inOrder);
  });

  it("are not looked for in node_modules and .git, where there is no git either", () => {
    const folder = createFolder({
      "compose.yaml": TEXT,
      "node_modules/package/compose.yaml": TEXT,
      "apps/node_modules/package/compose.yaml": TEXT,
      ".git/compose.yaml": TEXT,
    });
    folder.remove(".git/compose.yaml");
    folder.remove(".git");
    expect(found(folder)).toEqual(["compose.yaml"]);
  });

  it("are tracked or new, and not ignored by git", () => {
    const folder = createFolder({
      ".gitignore": "build/\n/local/compose.yaml\n",
      "tracked/compose.yaml": TEXT,
      "new/compose.yaml": TEXT,
      "build/compose.yaml": TEXT,
      "local/compose.yaml": TEXT,
      "nested/.gitignore": "compose.override.yaml\n",
      "nested/compose.yaml": TEXT,
      "nested/compose.override.yaml": TEXT,
    });
    folder.git("init");
    folder.git("add", "tracked");
    expect(found(folder)).toEqual(["nested/compose.yaml", "new/compose.yaml", "tracked/compose.yaml"]);
  });

  it("are the same where git can't be asked, since the walk reads every .gitignore as well", () => {
    const folder = createFolder({
      ".gitignore":
        "\uFEFF# made by the build\nbuild/\n/local/compose.yaml\n*.gen.yaml\n!compose.keep.gen.yaml\n\\#odd/\n",
      "build/compose.yaml": TEXT,
      "deep/build/compose.yaml": TEXT,
      "local/compose.yaml": TEXT,
      "deep/local/compose.yaml": TEXT,
      "compose.gen.yaml": TEXT,
      "compose.keep.gen.yaml": TEXT,
      "#odd/compose.yaml": TEXT,
      "nested/.gitignore": "/compose.yaml\n!compose.gen.yaml\nsub\n",
      "nested/compose.yaml": TEXT,
      "nested/compose.gen.yaml": TEXT,
      "nested/sub/compose.yaml": TEXT,
      "nested/other/compose.yaml": TEXT,
      "build/.gitignore": "!compose.yaml\n",
    });
    const walked = found(folder);
    expect(walked).toEqual([
      "compose.keep.gen.yaml",
      "deep/local/compose.yaml",
      "nested/compose.gen.yaml",
      "nested/other/compose.yaml",
    ]);
    folder.git("init");
    expect(found(folder)).toEqual(walked);
  });

  it("are all of them where a .gitignore can't be read", () => {
    const folder = createFolder({ ".gitignore/compose.yaml": TEXT, "compose.yaml": TEXT });
    expect(found(folder)).toEqual([".gitignore/compose.yaml", "compose.yaml"]);
  });

  it("are those below the folder, when git's work tree begins further up", () => {
    const folder = createFolder({
      "compose.yaml": TEXT,
      "apps/shop/compose.yaml": TEXT,
      "apps/ignored/compose.yaml": TEXT,
    });
    folder.git("init");
    folder.write(".gitignore", "ignored/\n");
    expect(found(folder, `${folder.path}/apps`)).toEqual(["apps/shop/compose.yaml"]);
  });

  it("are the same inside a git hook, which tells its children of a repository", () => {
    const folder = createFolder({
      ".gitignore": "build/\n",
      "apps/compose.yaml": TEXT,
      "apps/build/compose.yaml": TEXT,
    });
    folder.git("init");
    folder.git("add", ".");
    vi.stubEnv("GIT_DIR", `${folder.path}/.git`);
    vi.stubEnv("GIT_INDEX_FILE", ".git/index");
    expect(found(folder, `${folder.path}/apps`)).toEqual(["apps/compose.yaml"]);
  });

  it("are none in a folder that is not there", () => {
    expect(findComposeFiles(`${createFolder({}).path}/missing`)).toEqual({
      files: [],
      ignored: [],
      notChecked: [],
      notes: [],
    });
  });
});

describe("the files that a check is about", () => {
  it("are those, and what sets up the daemons, in git's list and without git", () => {
    const folder = createFolder({
      "compose.yaml": TEXT,
      "roles/docker/files/daemon.json": "{}\n",
      "my-daemon.json": "{}\n",
      "package.json": "{}\n",
    });
    const checked = (): string[] =>
      findCheckedFiles(folder.path).files.map((file) => file.slice(folder.path.length + 1));
    expect(checked()).toEqual(["compose.yaml", "roles/docker/files/daemon.json"]);
    folder.git("init");
    expect(checked()).toEqual(["compose.yaml", "roles/docker/files/daemon.json"]);
    expect(found(folder)).toEqual(["compose.yaml"]);
  });
});
