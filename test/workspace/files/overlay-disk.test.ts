import { describe, expect, it } from "vitest";

import { rules } from "../../../rules/index.js";
import { catalogueOf } from "../../../src/lint/policy-rules.js";
import { createMemoryDisk } from "../../../src/workspace/files/memory-disk.js";
import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { OpenTexts, overlayDisk } from "../../../src/workspace/files/overlay-disk.js";
import { Workspaces } from "../../../src/workspace/registry.js";
import { composeFile, createFolder, POLICY } from "../folder.js";

const PINNED = composeFile("front: { ipam: { config: [{ subnet: 10.201.9.0/24 }] } }");

/** The subnets that the files of a folder have, as an editor with open texts sees them. */
function editorOver(files: Readonly<Record<string, string>>) {
  const folder = createFolder(files);
  const open = new OpenTexts();
  const { workspaceFor, parse } = new Workspaces(overlayDisk(createDisk(), open), catalogueOf(rules));
  const workspace = workspaceFor({ cwd: folder.path, today: "2026-11-24" });
  const at = (name: string): string => `${folder.path}/${name}`;
  const planned = (name: string, network: string): string => {
    const parsed = parse(at(name), workspace.disk.read(at(name)) ?? "");
    if (!parsed.ok) return parsed.problem.message;
    const view = workspace.view(parsed.file);
    const named = view.project.networks.find(({ key }) => key === network);
    const given = named && view.wholeWorkspace.plan().subnetFor(view.wholeWorkspace.claimKey(view.project, named, 4));
    return given?.ok === true
      ? JSON.stringify(given.subnet, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value))
      : "none";
  };
  return { folder, open, at, workspace, planned };
}

describe("the disk of an editor", () => {
  it("has the text that is open in place of the one that is saved, until it is closed", () => {
    const { open, at, workspace } = editorOver({ "compose.yaml": "services: {}\n" });
    const path = at("compose.yaml");
    const saved = workspace.disk.version(path);
    open.open(path, "networks: {}\n");
    expect(workspace.disk.read(path)).toBe("networks: {}\n");
    expect(workspace.disk.version(path)).not.toBe(saved);
    expect(workspace.disk.resolve(path)?.version).toBe(workspace.disk.version(path));
    open.close(path);
    expect(workspace.disk.read(path)).toBe("services: {}\n");
    expect(workspace.disk.version(path)).toBe(saved);
  });

  it("has a file that is not saved yet, and lists it", () => {
    const { open, at, workspace, folder } = editorOver({ "compose.yaml": "services: {}\n" });
    expect(workspace.disk.exists(at("new/compose.yaml"))).toBe(false);
    open.open(at("new/compose.yaml"), PINNED);
    expect(workspace.disk.exists(at("new/compose.yaml"))).toBe(true);
    expect([...workspace.disk.names(at("new"))]).toEqual(["compose.yaml"]);
    expect(workspace.composeFilesBelow(folder.path)).toEqual([at("compose.yaml"), at("new/compose.yaml")]);
  });

  it("tells by its turn that a text has changed", () => {
    const { open, at, workspace } = editorOver({ "compose.yaml": "services: {}\n" });
    const before = workspace.disk.turn();
    expect(workspace.disk.turn()).toBe(before);
    open.open(at("compose.yaml"), "networks: {}\n");
    expect(workspace.disk.turn()).not.toBe(before);
  });

  it("opens no text where nothing may be read", () => {
    const { open, at, folder } = editorOver({ "compose.yaml": "services: {}\n", ".git/compose.yaml": "a: 1\n" });
    const inner = overlayDisk(createDisk(), open).within({ cwd: folder.path });
    open.open(at(".git/compose.yaml"), "b: 2\n");
    open.open(at("compose.yaml"), "c: 3\n");
    expect(inner.read(at(".git/compose.yaml"))).toBeUndefined();
    expect(inner.read(at("compose.yaml"))).toBe("c: 3\n");
  });

  it("changes the plan for one file by what is open in another", () => {
    const { open, at, planned } = editorOver({
      "forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.201.0.0/23"),
      "a/compose.yaml": composeFile("front:"),
      "b/compose.yaml": composeFile("front:"),
    });
    open.open(at("b/compose.yaml"), composeFile("front: { ipam: { config: [{ subnet: 10.201.0.0/24 }] } }"));
    expect(planned("a/compose.yaml", "front")).toContain(`"value":"${(10 << 24) + (201 << 16) + (1 << 8)}"`);
  });
});

describe("a disk in memory", () => {
  const disk = createMemoryDisk(
    new Map([
      ["/srv/app/compose.yaml", "\uFEFFservices: {}\n"],
      ["/srv/app/x/.env", "A=1\n"],
    ]),
  );

  it("has the folders that its files lie in", () => {
    expect([...disk.names("/srv/app")]).toEqual(["compose.yaml", "x"]);
    expect([...disk.names("/")]).toEqual(["srv"]);
    expect([...disk.names("/nowhere")]).toEqual([]);
  });

  it("reads a text without its byte order mark, and its bytes with it", () => {
    expect(disk.read("/srv/app/compose.yaml")).toBe("services: {}\n");
    const bytes = disk.readBytes("/srv/app/compose.yaml");
    expect(bytes.ok && [...bytes.value.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(disk.readBytes("/srv/app/other.yaml")).toEqual({ ok: false, fault: { kind: "missing" } });
  });

  it("lists what lies below a folder", () => {
    expect(disk.filesBelow("/srv/app/x").files).toEqual(["/srv/app/x/.env"]);
  });
});
