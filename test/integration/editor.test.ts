import { describe, expect, inject, it } from "vitest";
import { parseDocument } from "yaml";

import { VERSION } from "../../src/kit/version.js";
import { POLICY } from "../workspace/folder.js";
import { editorIn, type OpenFile } from "./editor.js";
import { recipeWith } from "./recipes.js";
import { repositoryWith, type Repository } from "./repository.js";

const PAGE = "docs/editors.md";
const CONFIGURATION = recipeWith(PAGE, "export default [composeNetworks.configs.recommended];");
const OPEN = "services: { web: { image: caddy, networks: [front] } }\nnetworks:\n  front: {}\n";
const COLLIDING = `services: { web: { image: caddy, networks: [back] } }
networks:
  back:
    ipam:
      config:
        - subnet: 192.168.0.0/24
`;

/** A project that is set up as the page says. */
function projectWith(files: Readonly<Record<string, string>> = {}): Repository {
  return repositoryWith({
    "package.json": '{ "private": true, "type": "module" }\n',
    "eslint.config.js": CONFIGURATION,
    "forbidden-ranges.yaml": POLICY,
    ...files,
  });
}

async function onlyFinding(file: OpenFile): Promise<Awaited<ReturnType<OpenFile["pull"]>>[number]> {
  const [finding, ...others] = await file.pull();
  expect(others).toEqual([]);
  if (!finding) throw new Error("nothing was found");
  return finding;
}

describe.skipIf(inject("notInstalled") !== "")("an editor with the server of the ESLint extension", () => {
  it.each(["yaml", "dockercompose"] as const)(
    "underlines the subnet itself in a file that is %s",
    async (languageId) => {
      const editor = await editorIn(projectWith().path);
      const file = await editor.open("compose.yaml", languageId, COLLIDING);
      expect(await file.pull()).toMatchObject([
        {
          range: { start: { line: 5, character: 18 }, end: { line: 5, character: 32 } },
          severity: 1,
          source: "eslint",
          code: "compose-networks/no-forbidden-subnet",
          codeDescription: {
            href: `https://github.com/compose-networks/eslint-plugin-compose-networks/blob/v${VERSION}/docs/rules/no-forbidden-subnet.md`,
          },
          message: expect.stringContaining('lies in the forbidden range "office LAN" (192.168.0.0/24)') as string,
        },
      ]);
    },
  );

  it("offers the free subnet by name, writes it, and then finds nothing", async () => {
    const editor = await editorIn(projectWith().path);
    const file = await editor.open("compose.yaml", "yaml", COLLIDING);
    const actions = await file.actionsAt(await onlyFinding(file));
    const titles = actions.map(({ title }) => title);
    expect(titles[0]).toMatch(/10\.201\.\d+\.0\/24/);
    expect(titles).toContain("Show documentation for compose-networks/no-forbidden-subnet");
    const [renumber] = actions;
    if (renumber) await file.choose(renumber);
    expect(file.text()).toMatch(/^ {8}- subnet: 10\.201\.\d+\.0\/24$/m);
    expect(await file.pull()).toEqual([]);
  });

  it("fixes the one finding, or all of a file at once", async () => {
    const editor = await editorIn(projectWith().path);
    const one = await editor.open("one/compose.yaml", "yaml", OPEN);
    const [fix] = await one.actionsAt(await onlyFinding(one));
    expect(fix).toMatchObject({ title: "Fix this compose-networks/require-subnet problem", isPreferred: true });
    if (fix) await one.choose(fix);
    expect(one.text()).toMatch(/subnet: 10\.201\.\d+\.0\/24/);

    const all = await editor.open(
      "all/compose.yaml",
      "yaml",
      "services:\n  web: { image: caddy }\n  db: { image: postgres, networks: [back] }\nnetworks:\n  back:\n",
    );
    expect(await all.pull()).toHaveLength(2);
    await all.fixAll();
    expect(new Set(all.text().match(/10\.201\.\d+\.0\/24/g)).size).toBe(2);
    expect(await all.pull()).toEqual([]);
  });

  it("sees changed forbidden ranges the next time it asks", async () => {
    const project = projectWith();
    const editor = await editorIn(project.path);
    const file = await editor.open("compose.yaml", "yaml", COLLIDING.replace("192.168.0.0/24", "10.9.0.0/24"));
    expect(await file.pull()).toEqual([]);
    project.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "10.9.0.0/16"));
    expect(await onlyFinding(file)).toMatchObject({ code: "compose-networks/no-forbidden-subnet" });
  });

  it("looks at the forbidden ranges themselves, as they stand in the editor", async () => {
    const editor = await editorIn(projectWith().path);
    const file = await editor.open("forbidden-ranges.yaml", "yaml", POLICY.replace("forbidden:", "forbiden:"));
    expect(await onlyFinding(file)).toMatchObject({
      code: "compose-networks/valid-forbidden-ranges",
      message: expect.stringContaining('unknown key "forbiden"; did you mean "forbidden"?') as string,
    });
    await file.type(POLICY.replace("forbidden:\n", "forbidden:\n  - 192.168.0.0/25\n"));
    const actions = await file.actionsAt(await onlyFinding(file));
    const remove = actions.find(({ title }) => title.startsWith("Remove the entry."));
    expect(remove).toBeDefined();
    if (remove) await file.choose(remove);
    expect(file.text()).toBe(POLICY);
    expect(await file.pull()).toEqual([]);
  });

  it("shows where the YAML is broken, and goes on when it is mended", async () => {
    const editor = await editorIn(projectWith().path);
    const file = await editor.open("compose.yaml", "yaml", "services:\n  web: [\n");
    const broken = await onlyFinding(file);
    expect(broken.code).toBeUndefined();
    expect(broken.message).toMatch(/^Parsing error: /);
    await file.type(COLLIDING);
    expect(await onlyFinding(file)).toMatchObject({ code: "compose-networks/no-forbidden-subnet" });
  });

  it("says nothing about a file outside of the project, and about YAML that is no compose file", async () => {
    const editor = await editorIn(projectWith().path);
    expect(await (await editor.open("../compose.yaml", "yaml", OPEN)).pull()).toEqual([]);
    expect(await (await editor.open("chart.yaml", "yaml", OPEN)).pull()).toEqual([]);
  });

  it("writes a comment that is none in the language that the Docker extension gives compose files", async () => {
    const editor = await editorIn(projectWith().path);
    const file = await editor.open("compose.yaml", "dockercompose", COLLIDING);
    const actions = await file.actionsAt(await onlyFinding(file));
    const own = actions.find(({ title }) => title.startsWith("Disable"));
    if (own) await file.choose(own);
    expect(file.text()).toContain("// eslint-disable-next-line");
    expect(await file.pull()).toMatchObject([{ message: expect.stringMatching(/^Parsing error: /) as string }]);
  });

  it("writes a YAML comment there where the page's setting is on, which turns off just that finding", async () => {
    const editor = await editorIn(projectWith({ "eslint.config.js": recipeWith(PAGE, "disableComments") }).path);
    const file = await editor.open("compose.yaml", "dockercompose", COLLIDING);
    const actions = await file.actionsAt(await onlyFinding(file));
    const ours = actions.find(({ title }) => title.includes("with a YAML comment"));
    expect(ours).toBeDefined();
    if (ours) await file.choose(ours);
    expect(file.text()).toContain(
      "        # eslint-disable-next-line compose-networks/no-forbidden-subnet\n        - subnet: 192.168.0.0/24\n",
    );
    expect(parseDocument(file.text()).errors).toEqual([]);
    expect(await file.pull()).toEqual([]);
  });
});
