import { expect, it } from "vitest";

import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { Environments } from "../../../src/workspace/files/environments.js";
import { FileIndex } from "../../../src/workspace/files/file-index.js";
import { ProjectBook } from "../../../src/workspace/projects/project-book.js";
import { networkOf, poolsOf } from "../../compose/in-memory.js";
import { createFolder } from "../folder.js";

it("a project whose first file lies elsewhere has the variables of both directories, those of the start first", () => {
  const { path } = createFolder({
    ".env": "COMPOSE_FILE=lib/base.yaml:compose.yaml\nCOMPOSE_PROJECT_NAME=shop\nNET=10.7.0.0/24\n",
    "lib/.env": "NET=10.8.0.0/24\nGATEWAY=10.7.0.9\n",
    "lib/base.yaml": "services: { a: { image: app, networks: [x] } }\n",
    "compose.yaml": 'networks: { x: { ipam: { config: [{ subnet: "${NET}", gateway: "${GATEWAY}" }] } } }\n',
  });
  const disk = createDisk();
  const index = new FileIndex(disk);
  const file = index.load(`${path}/compose.yaml`);
  if (!file) throw new Error("the file is not there");
  const [placed] = new ProjectBook(index, new Environments(disk), {}).projectsOf(file);
  if (!placed) throw new Error("the file belongs to no project");
  const { project } = placed;
  expect(poolsOf(project, "x")).toEqual(["10.7.0.0/24 gateway=10.7.0.9"]);
  expect(networkOf(project, "x").name).toBe("shop_x");
});
