import { linkSync, lstatSync, readFileSync, symlinkSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { COLLIDING, folderWith, OPEN, POLICY, run, type Folder } from "./command.js";

const POOL = POLICY.replace("id: test", "id: case");

/** A compose file two folders down, started through a link at the top. */
function startedThroughALink(files: Readonly<Record<string, string>> = {}): Folder {
  const folder = folderWith({ "deploy/real/docker-compose.yml": OPEN, "forbidden-ranges.yaml": POOL, ...files });
  symlinkSync("deploy/real/docker-compose.yml", folder.at("docker-compose.yml"));
  return folder;
}

function subnetIn(text: string): string | undefined {
  return /subnet: (\S+)/.exec(text)?.[1];
}

describe("a link above its target", () => {
  it("is one project: fixed once, and nothing is left to find", () => {
    const folder = startedThroughALink();
    const fixed = run(folder, ["--fix"]);
    expect(fixed).toEqual({
      status: 0,
      stdout: "checked 1 file: 1 project, 1 network; no findings; fixed 1 file; policy file: forbidden-ranges.yaml\n",
      stderr: "",
    });
    expect(lstatSync(folder.at("docker-compose.yml")).isSymbolicLink()).toBe(true);
    expect(run(folder, [])).toEqual({
      status: 0,
      stdout: "checked 1 file: 1 project, 1 network; no findings; policy file: forbidden-ranges.yaml\n",
      stderr: "",
    });
  });

  it("gets the same subnet when its target is named, as a hook does", () => {
    const [whole, named, link] = [[], ["deploy/real/docker-compose.yml"], ["docker-compose.yml"]].map((paths) => {
      // The name of the folder must not decide.
      const folder = startedThroughALink({ "docker-compose.override.yml": "name: shop\n" });
      const { status } = run(folder, ["--fix", ...paths]);
      expect(status).toBe(0);
      return subnetIn(folder.text("deploy/real/docker-compose.yml"));
    });
    expect(whole).toMatch(/^10\.201\.\d+\.0\/24$/);
    expect([named, link]).toEqual([whole, whole]);
  });

  it.each([
    ["another compose file", { "deploy/real/compose.prod.yaml": COLLIDING }],
    ["a .env of its own", { "deploy/real/.env": "TAG=1\n" }],
  ])("leaves the target a project of its own beside %s", (_, files: Readonly<Record<string, string>>) => {
    const { stdout } = run(startedThroughALink(files), ["list", "--format", "json"]);
    const { projects } = JSON.parse(stdout) as { projects: { files: string[] }[] };
    expect(projects.flatMap((project) => project.files)).toContain("deploy/real/docker-compose.yml");
    expect(projects.flatMap((project) => project.files)).toContain("docker-compose.yml");
  });
});

describe("one text under several names", () => {
  it("is a project under each of them, and is fixed once", () => {
    const folder = folderWith({ "shared/stack.yaml": OPEN, "forbidden-ranges.yaml": POOL });
    for (const site of ["a", "b"]) {
      folder.write(`${site}/readme`, "");
      symlinkSync("../shared/stack.yaml", folder.at(`${site}/compose.yaml`));
    }
    const { status, stdout, stderr } = run(folder, ["--fix"]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout:
        "checked 2 files: 2 projects, 2 networks; no findings; fixed 1 file; policy file: forbidden-ranges.yaml\n",
      stderr: "",
    });
    expect(folder.text("shared/stack.yaml").match(/subnet:/g)).toHaveLength(1);
    expect(run(folder, []).stdout).toBe(
      "checked 2 files: 2 projects, 2 networks; no findings; policy file: forbidden-ranges.yaml\n",
    );
  });

  it("is never in conflict with itself, whether the names are links or the same inode", () => {
    const folder = folderWith({ "a/compose.yaml": COLLIDING.replace("192.168.0.0/24", "10.50.0.0/24") });
    folder.write("b/readme", "");
    folder.write("c/readme", "");
    symlinkSync("../a/compose.yaml", folder.at("b/compose.yaml"));
    linkSync(folder.at("a/compose.yaml"), folder.at("c/compose.yaml"));
    expect(run(folder, [])).toEqual({
      status: 0,
      stdout:
        "checked 3 files: 3 projects, 3 networks; no findings; no policy file up to / (run compose-networks init)\n",
      stderr: "",
    });
  });

  it("loses no fix where the names are one inode, which come apart when they are written", () => {
    const folder = folderWith({ "a/compose.yaml": OPEN, "forbidden-ranges.yaml": POOL });
    folder.write("b/readme", "");
    linkSync(folder.at("a/compose.yaml"), folder.at("b/compose.yaml"));
    const { status, stderr } = run(folder, ["--fix"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [first, second] = ["a", "b"].map((site) => readFileSync(folder.at(`${site}/compose.yaml`), "utf8"));
    for (const text of [first, second]) expect(subnetIn(text ?? "")).toMatch(/^10\.201\./);
    expect(run(folder, []).stdout).toBe(
      "checked 2 files: 2 projects, 2 networks; no findings; policy file: forbidden-ranges.yaml\n",
    );
  });
});
