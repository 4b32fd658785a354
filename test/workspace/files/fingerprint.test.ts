import { describe, expect, it } from "vitest";

import { fingerprintOf as workspaceFingerprint } from "../../../src/eslint/fingerprint.js";
import { composeFile, createFolder, POLICY } from "../folder.js";

const today = "2026-11-24";
const FILES = {
  "forbidden-ranges.yaml": POLICY.replace("forbidden:", "extends: [vpn-routes.txt]\nforbidden:"),
  "vpn-routes.txt": "10.8.0.0/16\n",
  ".env": "FRONT=10.201.3.0/24\n",
  "compose.yaml": `include: [parts/db.yaml]\n${composeFile("front:")}`,
  "parts/db.yaml": "networks: { back: }\n",
  "parts/.env": "BACK=10.201.4.0/24\n",
  "shop/compose.yaml": "services: { web: { extends: { file: base.yaml, service: web } } }\n",
  "shop/base.yaml": "services: { web: { image: caddy } }\n",
  "set/.env": "COMPOSE_FILE=main.yaml:compose.yaml\n",
  "set/main.yaml": "networks: { front: }\n",
  "set/compose.yaml": composeFile("front:"),
  "README.md": "# The shop\n",
};

/** With files that only the policy names. */
const DECLARED = {
  ...FILES,
  "forbidden-ranges.yaml": `${FILES["forbidden-ranges.yaml"]}projects: [[compose.yaml, deploy/prod.yml]]\nstacks: [swarm/**]\n`,
  "deploy/prod.yml": "networks: { front: { internal: true } }\n",
  "swarm/main.yml": composeFile("front:"),
};

describe("the fingerprint of a workspace", () => {
  it.each([
    "forbidden-ranges.yaml",
    "vpn-routes.txt",
    ".env",
    "compose.yaml",
    "parts/db.yaml",
    "parts/.env",
    "shop/compose.yaml",
    "shop/base.yaml",
    "set/.env",
    "set/main.yaml",
  ])("changes with %s", (file) => {
    const folder = createFolder(FILES);
    const before = workspaceFingerprint({ cwd: folder.path, today });
    folder.write(file, `${folder.read(file)}# changed\n`);
    expect(workspaceFingerprint({ cwd: folder.path, today })).not.toBe(before);
  });

  it.each(["shop/.env", "api/compose.yaml", "shop/forbidden-ranges.yaml", "compose.override.yaml"])(
    "changes when %s appears",
    (file) => {
      const folder = createFolder(FILES);
      const before = workspaceFingerprint({ cwd: folder.path, today });
      folder.write(file, "version: 1\n");
      expect(workspaceFingerprint({ cwd: folder.path, today })).not.toBe(before);
    },
  );

  it.each(["deploy/prod.yml", "swarm/main.yml"])("changes with %s, which only the policy names", (file) => {
    const folder = createFolder(DECLARED);
    const before = workspaceFingerprint({ cwd: folder.path, today });
    folder.write(file, `${folder.read(file)}# changed\n`);
    expect(workspaceFingerprint({ cwd: folder.path, today })).not.toBe(before);
  });

  it("changes when a file appears that the policy names", () => {
    const folder = createFolder(DECLARED);
    folder.remove("deploy/prod.yml");
    const before = workspaceFingerprint({ cwd: folder.path, today });
    folder.write("deploy/prod.yml", DECLARED["deploy/prod.yml"]);
    expect(workspaceFingerprint({ cwd: folder.path, today })).not.toBe(before);
  });

  it("changes with the variables of the shell and the version of Compose", () => {
    const { path } = createFolder(FILES);
    const fingerprints = [
      workspaceFingerprint({ cwd: path, today }),
      workspaceFingerprint({ cwd: path, today, variables: new Map([["FRONT", "10.201.9.0/24"]]) }),
      workspaceFingerprint({ cwd: path, today, compose: "2.26" }),
    ];
    expect(new Set(fingerprints).size).toBe(3);
  });

  it("changes when an extended list is mended that keeps the policy from being read", () => {
    const folder = createFolder({ ...FILES, "vpn-routes.txt": "10.8.0.0/33\n" });
    const before = workspaceFingerprint({ cwd: folder.path, today });
    folder.write("vpn-routes.txt", "10.8.0.0/16\n");
    expect(workspaceFingerprint({ cwd: folder.path, today })).not.toBe(before);
  });

  it("changes when an included file appears that was missing", () => {
    const folder = createFolder(FILES);
    folder.remove("parts/db.yaml");
    const before = workspaceFingerprint({ cwd: folder.path, today });
    folder.write("parts/db.yaml", "networks: { back: }\n");
    expect(workspaceFingerprint({ cwd: folder.path, today })).not.toBe(before);
  });

  it("changes with the day, since ranges and exceptions expire", () => {
    const { path } = createFolder(FILES);
    expect(workspaceFingerprint({ cwd: path, today: "2026-11-25" })).not.toBe(
      workspaceFingerprint({ cwd: path, today }),
    );
  });

  it("changes with a forbidden-ranges file that the settings name", () => {
    const folder = createFolder({ ...FILES, "policy/company.yaml": POLICY });
    const options = { cwd: folder.path, today, ranges: `${folder.path}/policy/company.yaml` };
    const before = workspaceFingerprint(options);
    folder.write("policy/company.yaml", POLICY.replace("office LAN", "office"));
    expect(workspaceFingerprint(options)).not.toBe(before);
  });

  it("stays the same when nothing changes that findings depend on", () => {
    const folder = createFolder(FILES);
    const before = workspaceFingerprint({ cwd: folder.path, today });
    folder.write("README.md", "# The new shop\n");
    folder.write("kubernetes.yaml", "kind: Pod\n");
    expect(workspaceFingerprint({ cwd: folder.path, today })).toBe(before);
  });

  it("is the same in another clone", () => {
    const [one, two] = [createFolder(FILES, "one"), createFolder(FILES, "another")];
    expect(workspaceFingerprint({ cwd: one.path, today })).toBe(workspaceFingerprint({ cwd: two.path, today }));
  });
});
