import { expect, it, vi } from "vitest";

import { noForbiddenSubnet } from "../../rules/no-forbidden-subnet.js";
import { moveSubnet } from "../../src/compose/edit/move-subnet.js";
import { judge } from "../../src/lint/judge.js";
import { FileIndex } from "../../src/workspace/files/file-index.js";
import { createDisk } from "../../src/workspace/files/node-disk.js";
import { Workspace } from "../../src/workspace/workspace.js";
import { createFolder } from "../workspace/folder.js";

vi.mock("../../src/compose/edit/move-subnet.js", { spy: true });

const PROJECTS = 30;
const POLICY = `version: 1
id: shared
forbidden: [{ cidr: 172.16.0.0/12, name: VPN }]
pools: [{ cidr: 10.128.0.0/9, prefix: 24 }]
`;
const TEXT = `services: { web: { image: caddy, networks: [lan] } }
networks: { lan: { name: lan, ipam: { config: [{ subnet: 172.20.1.0/24 }] } } }
`;

it("of a network that many projects declare, the move of each declaration is worked out for all of them at once", () => {
  const paths = Array.from({ length: PROJECTS }, (_, index) => `p${index}/compose.yaml`);
  const folder = createFolder({
    "forbidden-ranges.yaml": POLICY,
    ...Object.fromEntries(paths.map((path) => [path, TEXT])),
  });
  const index = new FileIndex(createDisk());
  const workspace = new Workspace({ cwd: folder.path, today: "2026-11-28" }, index);
  const advice = paths.flatMap((path) => {
    const file = index.load(`${folder.path}/${path}`);
    return file
      ? judge(noForbiddenSubnet, file, workspace.views(file), undefined).map(({ data }) => data["advice"])
      : [];
  });
  expect(advice).toHaveLength(PROJECTS);
  expect(advice[0]).toContain("another file contains a part of it: run compose-networks renumber lan");
  // One for the whole, and one more for the file that is looked at.
  expect(vi.mocked(moveSubnet).mock.calls.length).toBeLessThanOrEqual(2 * PROJECTS);
});
