import { describe, expect, it } from "vitest";

import { projectSetOf, type ProjectSet } from "../../../src/workspace/projects/project-set.js";

function setOf(name: string, files: readonly string[], variables: Readonly<Record<string, string>> = {}): ProjectSet {
  const exists = (path: string): boolean => files.some((file) => path === `/shop/${file}`);
  return projectSetOf(`/shop/${name}`, new Map(Object.entries(variables)), exists);
}

const namesIn = ({ paths }: ProjectSet): string[] => paths.map((path) => path.slice("/shop/".length));

describe("the default files", () => {
  it("are the base file and the override file beside it, whichever of the two is asked about", () => {
    const files = ["compose.yaml", "docker-compose.override.yml"];
    for (const name of files) expect(namesIn(setOf(name, files))).toEqual(files);
  });

  it("are taken in Compose's order: the first base name and the first override name win", () => {
    const bases = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
    const overrides = bases.map((name) => name.replace(".y", ".override.y"));
    const ranked = [
      "compose.override.yml",
      "compose.override.yaml",
      "docker-compose.override.yml",
      "docker-compose.override.yaml",
    ];
    for (let first = 0; first < bases.length; first++) {
      const files = [...bases.slice(first), ...overrides.filter((name) => ranked.indexOf(name) >= first)];
      expect(namesIn(setOf(bases[first] ?? "", files))).toEqual([bases[first], ranked[first]]);
    }
  });

  it("leave out a base file of a later name, which is a project of its own", () => {
    const files = ["compose.yaml", "docker-compose.yml", "compose.override.yaml"];
    expect(setOf("docker-compose.yml", files)).toEqual({
      paths: ["/shop/docker-compose.yml"],
      directory: "/shop",
      isOverride: false,
    });
  });

  it("are none for an override file without a base: what it is laid over nobody knows", () => {
    expect(setOf("compose.override.yaml", ["compose.override.yaml"])).toMatchObject({ isOverride: true });
  });

  it("do not hold a variant, which is a project of its own", () => {
    expect(namesIn(setOf("compose.prod.yaml", ["compose.yaml", "compose.prod.yaml"]))).toEqual(["compose.prod.yaml"]);
  });

  it("are found at the root of a file system too", () => {
    const set = projectSetOf("/compose.yaml", new Map(), (path) => path === "/compose.yaml");
    expect(set).toEqual({ paths: ["/compose.yaml"], directory: "/", isOverride: false });
  });
});

describe("COMPOSE_FILE", () => {
  it("names the files in its own order, instead of the default ones", () => {
    const set = setOf("compose.yaml", ["compose.yaml", "compose.override.yaml", "b.yaml"], {
      COMPOSE_FILE: "b.yaml:compose.yaml",
    });
    expect(namesIn(set)).toEqual(["b.yaml", "compose.yaml"]);
  });

  it("makes the directory of its first file the project directory", () => {
    const variables = new Map([["COMPOSE_FILE", "sub/a.yaml:compose.yaml"]]);
    expect(projectSetOf("/shop/compose.yaml", variables, () => true).directory).toBe("/shop/sub");
  });

  it("takes another separator, unless that is empty", () => {
    const files = ["a.yaml", "b.yaml"];
    expect(namesIn(setOf("a.yaml", files, { COMPOSE_FILE: "a.yaml;b.yaml", COMPOSE_PATH_SEPARATOR: ";" }))).toEqual(
      files,
    );
    expect(namesIn(setOf("a.yaml", files, { COMPOSE_FILE: "a.yaml:b.yaml", COMPOSE_PATH_SEPARATOR: "" }))).toEqual(
      files,
    );
  });

  it("leaves a default file that it does not name a project of its own", () => {
    const set = setOf("compose.yaml", ["compose.yaml", "compose.override.yaml", "b.yaml"], { COMPOSE_FILE: "b.yaml" });
    expect(namesIn(set)).toEqual(["compose.yaml"]);
  });
});
