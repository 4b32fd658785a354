import { expect, it, vi } from "vitest";

import { seededRandom } from "../../bench/random.js";
import { writeWorkspace } from "../../bench/generate.js";
import { parseComposeFile } from "../../src/compose/read/compose-file.js";
import { findComposeFiles } from "../../src/workspace/files/discover.js";
import { createDisk } from "../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../src/workspace/files/file-index.js";
import { Workspace } from "../../src/workspace/workspace.js";
import { createFolder } from "./folder.js";

vi.mock("../../src/compose/read/compose-file.js", { spy: true });

it("every file of a workspace is parsed once, however many projects read it", () => {
  const folder = createFolder({});
  writeWorkspace(folder.path, { projects: 20, forbiddenPerFamily: 0, filesEach: 3 }, seededRandom(1));
  folder.write("shared.yaml", "services: { log: { image: fluentd, networks: [front] } }\n");
  const withShared = findComposeFiles(folder.path)
    .files.map((path) => path.slice(folder.path.length + 1))
    .filter((path) => path.endsWith("/compose.yaml"))
    .map((path) => `  - [${path}, shared.yaml]\n`);
  expect(withShared).toHaveLength(20);
  folder.write(
    "forbidden-ranges.yaml",
    `${folder.read("forbidden-ranges.yaml")}projects:
  - ["*/compose.yaml", "*/compose.override.yaml"]
${withShared.join("")}`,
  );
  const index = new FileIndex(createDisk());
  const workspace = new Workspace({ cwd: folder.path, today: "2026-11-24" }, index);
  for (const path of findComposeFiles(folder.path).files) {
    const parsed = index.parse(path, folder.read(path.slice(folder.path.length + 1)));
    if (!parsed.ok) throw new Error(`${path} is no YAML`);
    for (const view of workspace.views(parsed.file)) view.wholeWorkspace.plan();
  }
  const shared = index.load(`${folder.path}/shared.yaml`);
  expect(shared && workspace.views(shared)).toHaveLength(20);
  const paths = vi.mocked(parseComposeFile).mock.calls.map(([path]) => path);
  expect(paths).toHaveLength(20 * 3 + 1);
  expect(new Set(paths).size).toBe(paths.length);
});
