import { describe, expect, it } from "vitest";

import { folderWith } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";

const APP = "services:\n  web: { image: caddy }\n";

async function notesOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { stdout } = await inProcess(folderWith(files).path, ["list"]);
  return stdout.split("\n").filter((line) => line.startsWith("note: "));
}

describe("list tells of folders that Compose takes for one project", () => {
  it("where each has a project of its own", async () => {
    expect(await notesOf({ "a/docker/compose.yaml": APP, "b/docker/compose.yaml": APP })).toEqual([
      'note: a/docker, b/docker are all project "docker" to Compose; on one host, tell them apart with name: or -p',
    ]);
  });

  it.each([
    ["one has a name", { "a/docker/compose.yaml": `name: a\n${APP}`, "b/docker/compose.yaml": APP }],
    [
      "one is only included",
      {
        "compose.yaml": "include: [services/web/compose.yaml]\n",
        "services/web/compose.yaml": APP,
        "web/compose.yaml": APP,
      },
    ],
    [
      "all are included by one file",
      {
        "compose.yaml": "include: [a/db/docker-compose.db.yml, b/db/docker-compose.db.yml]\n",
        "a/db/docker-compose.db.yml": APP,
        "b/db/docker-compose.db.yml": APP.replace("web", "db"),
      },
    ],
    [
      "one has only a part of a project",
      {
        "net/docker/compose.yaml": "services:\n  web: { volumes: [/var/run:/host] }\n",
        "other/docker/compose.yaml": APP,
      },
    ],
  ])("and not where %s", async (_name, files) => {
    expect(await notesOf(files)).toEqual([]);
  });
});
