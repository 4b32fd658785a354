import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import type { ComposeFile } from "../../src/compose/read/compose-file.js";
import type { Project } from "../../src/compose/project/project.js";
import { Budget } from "../../src/workspace/files/budget.js";
import { catalogueOf } from "../../src/lint/policy-rules.js";
import { createMemoryDisk } from "../../src/workspace/files/memory-disk.js";
import { FileIndex } from "../../src/workspace/files/file-index.js";
import { Workspaces } from "../../src/workspace/registry.js";
import type { Workspace } from "../../src/workspace/workspace.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const networks = (count: number): string =>
  `services: { web: { image: caddy } }\nnetworks:\n${numbers(count)
    .map((index) => `  n${index}: { ipam: { config: [{ subnet: 10.7.${index}.0/24 }] } }\n`)
    .join("")}`;

interface Opened {
  readonly workspace: Workspace;
  readonly project: (path: string) => Project;
  readonly look: (path: string) => { readonly networks: number; readonly limits: readonly string[] };
}

function open(texts: Readonly<Record<string, string>>, most?: number): Opened {
  const disk = createMemoryDisk(new Map(Object.entries(texts)));
  const { workspaceFor, parse } = new Workspaces(disk, catalogueOf(rules), new Budget(most));
  const workspace = workspaceFor({ cwd: "/", today: "2026-11-24" });
  const project = (path: string): Project => workspace.view(parsed(path)).project;
  return {
    workspace,
    project,
    look(path) {
      const { networks: all, limits } = project(path);
      return { networks: all.length, limits: limits.map(({ message }) => message) };
    },
  };

  function parsed(path: string): ComposeFile {
    const result = parse(path, texts[path] ?? "");
    if (!result.ok) throw new Error(`${path} is not YAML`);
    return result.file;
  }
}

const FULL = ["the files before this one have as many networks and services as one check keeps in memory"];

describe("a workspace keeps as much as its budget, and", () => {
  it("knows nothing of files beyond it, says so of each, and still answers for those before", () => {
    const paths = numbers(6).map((index) => `/p${index}/compose.yaml`);
    const { workspace, look } = open(Object.fromEntries(paths.map((path) => [path, networks(200)])), 700);
    const seen = paths.map((path) => look(path));
    const kept = seen.filter((each) => each.networks > 0);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(6);
    expect(kept.every((each) => each.networks === 201 && each.limits.length === 0)).toBe(true);
    expect(seen.slice(kept.length).map(({ limits }) => limits)).toEqual(numbers(6 - kept.length).map(() => FULL));
    expect([...workspace.index.faults]).toEqual(paths.slice(kept.length).map((path) => [path, { kind: "no room" }]));
    expect(paths.map((path) => workspace.index.hasRoomFor(path))).toEqual(paths.map((_, index) => index < kept.length));
    expect(look("/p0/compose.yaml")).toEqual({ networks: 201, limits: [] });
  });

  it("counts what each of many projects includes from one file", () => {
    const paths = numbers(6).map((index) => `/p${index}/compose.yaml`);
    const { workspace, look } = open(
      {
        "/base.yaml": networks(200),
        ...Object.fromEntries(paths.map((path) => [path, "include: [../base.yaml]\n"])),
      },
      400,
    );
    const counts = paths.map((path) => look(path).networks);
    expect(counts.filter((count) => count === 201).length).toBeGreaterThan(0);
    expect(counts.at(-1)).toBe(0);
    expect(workspace.index.faults.get("/p5/compose.yaml")).toEqual({ kind: "no room" });
  });

  it("of a project that includes too much, what comes after that is unknown", () => {
    const { workspace, look, project } = open(
      {
        "/compose.yaml": "include: [one.yaml, two.yaml]\nservices: { web: { image: caddy } }\n",
        "/one.yaml": networks(200).replace("web", "one"),
        "/two.yaml": networks(1).replace("web", "two"),
      },
      50,
    );
    expect(look("/compose.yaml").networks).toBe(201);
    expect(project("/compose.yaml").unread).toBeDefined();
    expect([...workspace.index.faults]).toEqual([["/two.yaml", { kind: "no room" }]]);
  });

  it("keeps the newest state of a file instead of each of them", () => {
    const texts: Record<string, string> = { "/compose.yaml": networks(200) };
    const index = new FileIndex(createMemoryDisk(new Map()), new Budget(2000));
    for (const round of numbers(200)) {
      const text = `${texts["/compose.yaml"] ?? ""}# ${round}\n`;
      const first = index.parse("/compose.yaml", text);
      expect(index.parse("/compose.yaml", text)).toBe(first);
    }
    expect(index.hasRoomFor("/other.yaml")).toBe(true);
  });

  it("has room for ten thousand projects as people write them", () => {
    const text = `services:
  web: { image: nginx, networks: [front, back] }
  app: { build: ., networks: { back: { ipv4_address: 10.7.0.9 }, data: {} } }
  db: { image: postgres, networks: [data] }
networks:
  front: { ipam: { config: [{ subnet: 10.7.1.0/24 }] } }
  back: { ipam: { config: [{ subnet: 10.7.2.0/24 }] } }
  data: { internal: true }
  logs: { external: true }
  mail: {}
`;
    const { workspace, look } = open({ "/a/compose.yaml": text, "/b/compose.yaml": text }, 10);
    // A ten thousandth of the usual budget is more than one of them takes.
    look("/a/compose.yaml");
    expect(workspace.index.hasRoomFor("/b/compose.yaml")).toBe(true);
  });

  it("does not know the variables of a file beyond it", () => {
    const env = numbers(3000)
      .map((index) => `V${index}=10.7.0.0/24\n`)
      .join("");
    const compose =
      "services: { web: { image: caddy } }\nnetworks: { default: { ipam: { config: [{ subnet: $V1 }] } } }\n";
    const { workspace, look } = open(
      { "/a/.env": env, "/a/compose.yaml": compose, "/b/.env": env, "/b/compose.yaml": compose },
      200,
    );
    look("/a/compose.yaml");
    look("/b/compose.yaml");
    expect([...workspace.index.faults.keys()]).toContain("/b/.env");
    expect([...workspace.unreadEnvironments]).toEqual(["/b/.env"]);
  });
});
