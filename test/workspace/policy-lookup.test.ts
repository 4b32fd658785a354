import { describe, expect, it } from "vitest";

import { createDisk } from "../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../src/workspace/files/file-index.js";
import { faultsOf } from "../../src/workspace/scoped-policy.js";
import { Workspace } from "../../src/workspace/workspace.js";
import type { WorkspaceOptions } from "../../src/workspace/workspace-options.js";
import { createFolder, POLICY, type Folder } from "./folder.js";

/** The forbidden-ranges file that holds for a compose file, relative to the folder; or what else is the case. */
function policyOf({ path }: Folder, composeFile: string, options: Partial<WorkspaceOptions> = {}): string {
  const workspace = new Workspace({ cwd: path, ...options }, new FileIndex(createDisk()));
  const reading = workspace.policyFor(`${path}/${composeFile}`);
  return reading.kind === "policy" ? reading.scoped.policy.file.slice(path.length + 1) : reading.kind;
}

/** Lets the disk forget what it answered in this turn of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 0));
}

describe("the forbidden-ranges file of a compose file", () => {
  it("is the nearest one upwards", () => {
    const folder = createFolder({ "forbidden-ranges.yaml": POLICY, "apps/lab/forbidden-ranges.yaml": POLICY });
    expect(policyOf(folder, "compose.yaml")).toBe("forbidden-ranges.yaml");
    expect(policyOf(folder, "apps/shop/compose.yaml")).toBe("forbidden-ranges.yaml");
    expect(policyOf(folder, "apps/lab/compose.yaml")).toBe("apps/lab/forbidden-ranges.yaml");
    expect(policyOf(folder, "apps/lab/one/compose.yaml")).toBe("apps/lab/forbidden-ranges.yaml");
  });

  it("may be YAML by either ending, or JSON", () => {
    const json = '{ "version": 1 }';
    const folder = createFolder({ "forbidden-ranges.json": json });
    expect(policyOf(folder, "compose.yaml")).toBe("forbidden-ranges.json");
    folder.write("forbidden-ranges.yml", POLICY);
    expect(policyOf(folder, "compose.yaml")).toBe("forbidden-ranges.yml");
    folder.write("forbidden-ranges.yaml", POLICY);
    expect(policyOf(folder, "compose.yaml")).toBe("forbidden-ranges.yaml");
  });

  it("is the same whatever the working directory", () => {
    const folder = createFolder({ "forbidden-ranges.yaml": POLICY, "apps/shop/compose.yaml": "" });
    folder.git("init", "--quiet");
    for (const cwd of [folder.path, `${folder.path}/apps`, `${folder.path}/apps/shop`]) {
      expect(policyOf(folder, "apps/shop/compose.yaml", { cwd })).toBe("forbidden-ranges.yaml");
    }
  });

  it("is the one that lies above a compose file elsewhere, and else the working directory's", () => {
    const folder = createFolder({ "apps/forbidden-ranges.yaml": POLICY, "lab/forbidden-ranges.yaml": POLICY });
    const cwd = `${folder.path}/apps`;
    expect(policyOf(folder, "lab/compose.yaml", { cwd })).toBe("lab/forbidden-ranges.yaml");
    expect(policyOf(folder, "home/compose.yaml", { cwd })).toBe("apps/forbidden-ranges.yaml");
  });

  it("is the one that the settings name, if they do", () => {
    const folder = createFolder({ "forbidden-ranges.yaml": POLICY, "policy/company.yaml": POLICY });
    const ranges = `${folder.path}/policy/company.yaml`;
    expect(policyOf(folder, "apps/shop/compose.yaml", { ranges })).toBe("policy/company.yaml");
  });

  it("is faulty when there is none where the settings say", () => {
    const folder = createFolder({});
    expect(policyOf(folder, "compose.yaml", { ranges: `${folder.path}/missing.yaml` })).toBe("faulty");
  });

  it("is read again when it, or what it extends, has changed", async () => {
    const folder = createFolder({
      "forbidden-ranges.yaml": "version: 1\nextends: [routes.txt]\n",
      "routes.txt": "10.8.0.0/33\n",
    });
    const workspace = new Workspace({ cwd: folder.path }, new FileIndex(createDisk()));
    const enforced = () => {
      const reading = workspace.policyFor(`${folder.path}/compose.yaml`);
      if (faultsOf(reading).length > 0) return "faulty";
      return reading.kind === "policy" ? reading.scoped.policy.forbidden.map(({ written }) => written) : reading.kind;
    };
    expect(enforced()).toBe("faulty");

    folder.write("routes.txt", "10.8.0.0/16\n");
    await nextTurn();
    expect(enforced()).toEqual(["10.8.0.0/16"]);

    folder.write("routes.txt", "10.8.0.0/16\n10.9.0.0/16\n");
    await nextTurn();
    expect(enforced()).toEqual(["10.8.0.0/16", "10.9.0.0/16"]);

    folder.write("forbidden-ranges.yaml", "version: 1\n");
    await nextTurn();
    expect(enforced()).toEqual([]);

    folder.remove("forbidden-ranges.yaml");
    await nextTurn();
    expect(enforced()).toBe("none");
  });
});
