import { describe, expect, it } from "vitest";

import { networkOf, poolsOf } from "../../compose/in-memory.js";
import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../../src/workspace/files/file-index.js";
import { Workspace } from "../../../src/workspace/workspace.js";
import type { WorkspaceOptions } from "../../../src/workspace/workspace-options.js";
import type { Project } from "../../../src/compose/project/project.js";
import { composeFile, createFolder, POLICY, type Folder } from "../folder.js";

/** The projects that a file belongs to. */
function projectsOf({ path }: Folder, file: string, options: Partial<WorkspaceOptions> = {}): Project[] {
  const index = new FileIndex(createDisk());
  const loaded = index.load(`${path}/${file}`);
  if (!loaded) throw new Error(`there is no ${file}`);
  return new Workspace({ cwd: path, ...options }, index).views(loaded).map(({ project }) => project);
}

function namesIn(folder: Folder, { main }: Project): string[] {
  return main.map(({ source }) => source.path.slice(folder.path.length + 1));
}

const DECLARED = `${POLICY}projects:\n  - [compose.yaml, deploy/prod.yaml]\n`;
const pinnedTo = (subnet: string): string => `networks: { front: { ipam: { config: [{ subnet: "${subnet}" }] } } }\n`;

describe("a project that the policy declares", () => {
  const files = {
    "forbidden-ranges.yaml": DECLARED,
    "compose.yaml": composeFile("front: {}"),
    "compose.override.yaml": "networks: { front: { internal: true } }\n",
    "deploy/prod.yaml": pinnedTo("${PROD_SUBNET}"),
    ".env": "PROD_SUBNET=10.201.3.0/24\n",
    "deploy/.env": "PROD_SUBNET=10.201.4.0/24\n",
  };

  it.each(["compose.yaml", "deploy/prod.yaml"])(
    "is the only one of %s, with the first file's directory and .env",
    (file) => {
      const folder = createFolder(files);
      const projects = projectsOf(folder, file);
      expect(projects.map((project) => namesIn(folder, project))).toEqual([["compose.yaml", "deploy/prod.yaml"]]);
      expect(projects.map(({ directory }) => directory)).toEqual([folder.path]);
      expect(projects.map((project) => poolsOf(project, "front"))).toEqual([["10.201.3.0/24"]]);
    },
  );

  it("leaves a file that it does not name in the project that Compose finds", () => {
    const folder = createFolder(files);
    const [project] = projectsOf(folder, "compose.override.yaml");
    expect(project && namesIn(folder, project)).toEqual(["compose.yaml", "compose.override.yaml"]);
  });

  it("is one of several that a file may belong to", () => {
    const folder = createFolder({
      ...files,
      "forbidden-ranges.yaml": `${DECLARED}  - [compose.yaml, compose.override.yaml]\n  - compose.yaml\n`,
    });
    expect(projectsOf(folder, "compose.yaml").map((project) => namesIn(folder, project))).toEqual([
      ["compose.yaml", "deploy/prod.yaml"],
      ["compose.yaml", "compose.override.yaml"],
      ["compose.yaml"],
    ]);
  });

  it("has what is left of it when a file is missing", () => {
    const folder = createFolder(files);
    folder.remove("deploy/prod.yaml");
    expect(projectsOf(folder, "compose.yaml").map((project) => namesIn(folder, project))).toEqual([["compose.yaml"]]);
  });

  it("makes no fragment of a part that uses networks of another", () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": `${POLICY}projects: [[base.yaml, part.yaml]]\n`,
      "base.yaml": composeFile("front: {}"),
      "part.yaml": "services: { job: { image: busybox, networks: [front] } }\n",
      "alone.yaml": "services: { job: { image: busybox, networks: [front] } }\nnetworks: { own: }\n",
    });
    expect(projectsOf(folder, "part.yaml").map(({ fragment }) => fragment)).toEqual([undefined]);
    expect(projectsOf(folder, "alone.yaml").map(({ fragment }) => fragment)).toEqual([
      'network "front" is declared elsewhere',
    ]);
  });

  it("is relative to the top of the work tree where the policy lies elsewhere", () => {
    const folder = createFolder({
      "policy/company.yaml": `${POLICY}projects: [[a/main.yaml, b/prod.yaml]]\n`,
      "a/main.yaml": composeFile("front: {}"),
      "b/prod.yaml": pinnedTo("10.201.3.0/24"),
    });
    const [project] = projectsOf(folder, "b/prod.yaml", { ranges: `${folder.path}/policy/company.yaml` });
    expect(project && namesIn(folder, project)).toEqual(["a/main.yaml", "b/prod.yaml"]);
  });
});

describe("a stack", () => {
  const files = {
    "forbidden-ranges.yaml": `${POLICY}stacks: ["**/stack*.yaml"]\nprojects: [[compose.yaml, stack.prod.yaml]]\n`,
    "compose.yaml": composeFile("front: {}"),
    "stack.prod.yaml": "networks: { front: }\n",
    "swarm/stack.override.yaml": "networks: { front: { internal: true } }\n",
  };

  it("is read by docker stack: without an override file, and without .env", () => {
    const folder = createFolder({
      ...files,
      "swarm/stack.yaml": `${composeFile()}${pinnedTo("${SUBNET:-10.201.9.0/24}")}`,
      "swarm/.env": "SUBNET=10.201.3.0/24\n",
    });
    const [project] = projectsOf(folder, "swarm/stack.yaml");
    expect(project?.stack).toBe(true);
    expect(project && namesIn(folder, project)).toEqual(["swarm/stack.yaml"]);
    expect(project && poolsOf(project, "front")).toEqual(["10.201.9.0/24"]);
    expect(project && networkOf(project, "default").driver).toBe("overlay");
  });

  it("is a declared project with such a file, as a whole", () => {
    const [project] = projectsOf(createFolder(files), "compose.yaml");
    expect(project && networkOf(project, "front").driver).toBe("overlay");
  });
});

describe("the version of Compose", () => {
  const files = {
    "compose.yaml": `services: { web: { image: caddy, networks: [front] } }\n${pinnedTo("10.201.3.0/24")}`,
    "compose.override.yaml": "networks: { front: { ipam: { config: [] } } }\n",
  };
  const refusedWith = (compose: string, options: Partial<WorkspaceOptions> = {}): boolean => {
    const folder = createFolder({ ...files, "forbidden-ranges.yaml": `${POLICY}${compose}` });
    return projectsOf(folder, "compose.yaml", options).some(({ refusals }) => refusals.length > 0);
  };

  it("is that of the policy, unless a setting says another", () => {
    expect(refusedWith("")).toBe(false);
    expect(refusedWith("compose: 2.26\n")).toBe(true);
    expect(refusedWith("compose: 2.26\n", { compose: "2.40" })).toBe(false);
  });
});

describe("variables of the shell", () => {
  it("count more than those of .env, when they are given", () => {
    const folder = createFolder({
      "compose.yaml": `services: { web: { image: caddy, networks: [front] } }\n${pinnedTo("$SUBNET")}`,
      "prod.yaml": "networks: { front: { internal: true } }\n",
      ".env": "SUBNET=10.201.3.0/24\n",
    });
    const poolsWith = (variables: Record<string, string>): string[] =>
      projectsOf(folder, "compose.yaml", { variables: new Map(Object.entries(variables)) }).flatMap((project) => [
        ...namesIn(folder, project),
        ...poolsOf(project, "front"),
      ]);
    expect(poolsWith({})).toEqual(["compose.yaml", "10.201.3.0/24"]);
    expect(poolsWith({ SUBNET: "10.201.4.0/24" })).toEqual(["compose.yaml", "10.201.4.0/24"]);
    expect(poolsWith({ COMPOSE_FILE: "compose.yaml:prod.yaml" })).toEqual([
      "compose.yaml",
      "prod.yaml",
      "10.201.3.0/24",
    ]);
  });
});
