import { describe, expect, it } from "vitest";

import { VERSION } from "../../src/kit/version.js";
import { configuration, createProject, type EslintProject } from "./eslint-project.js";

const CLEAN = `services: { web: { image: caddy } }
networks:
  default:
    ipam:
      config:
        - subnet: 10.201.7.0/24
`;
const MANIFEST = "node_modules/compose-networks/package.json";

function projectWith(files: Readonly<Record<string, string>>): EslintProject {
  return createProject({
    "eslint.config.js": configuration("plugin.configs.recommended"),
    "package.json": '{ "type": "module" }\n',
    "compose.yaml": CLEAN,
    ...files,
  });
}

describe("ESLint beside the command", () => {
  it("is told when that has another version, and what to type", async () => {
    const { status, stderr } = await projectWith({
      [MANIFEST]: '{ "name": "compose-networks", "version": "99.1.0-rc.2" }\n',
    }).run("compose.yaml");
    expect(stderr).toMatch(/^\(node:\d+\) \[COMPOSE_NETWORKS_VERSION\] Warning: /);
    expect(stderr).toContain(
      `compose-networks 99.1.0-rc.2 and eslint-plugin-compose-networks ${VERSION} are installed: they may report different things. Install one version: npm install --save-dev compose-networks@${VERSION} eslint-plugin-compose-networks@${VERSION}\n`,
    );
    expect(status).toBe(0);
  });

  it.each([
    ["that has the same version", { [MANIFEST]: JSON.stringify({ name: "compose-networks", version: VERSION }) }],
    ["that is not installed", {}],
    ["whose manifest is none", { [MANIFEST]: '{ "version": "\\u001b[31m" }\n' }],
  ])("says nothing of one %s", async (_, files) => {
    expect(await projectWith(files).run("compose.yaml")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("runs nothing of it", async () => {
    const project = projectWith({
      [MANIFEST]: '{ "name": "compose-networks", "version": "99.0.0", "main": "./index.cjs" }\n',
      "node_modules/compose-networks/index.cjs": 'require("node:fs").writeFileSync("ran", "");\n',
    });
    await project.run("compose.yaml");
    expect(() => project.read("ran")).toThrow("ENOENT");
  });
});
