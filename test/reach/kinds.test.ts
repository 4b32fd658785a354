import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import type { Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { byCommand, byESLint, type AtHome } from "./hosts.js";
import { repositoryOf, type Layout, type Layouts } from "./kinds/layout.js";
import { PARTS } from "./kinds/parts.js";
import { PLACES } from "./kinds/places.js";
import { PROJECTS } from "./kinds/projects.js";
import { VALUES } from "./kinds/values.js";

/** Every kind of layout that was once judged wrong. */
const KINDS: Readonly<Record<string, Layouts>> = { ...VALUES, ...PROJECTS, ...PARTS, ...PLACES };

const cases = Object.entries(KINDS).flatMap(([kind, layouts]) =>
  Object.entries(layouts).map(([name, layout]) => ({ name: `${kind}: ${name}`, layout })),
);

function homeIn(file: string): (finding: AtHome) => boolean {
  return (finding) => finding.includes(` ${file}:`);
}

function filesOf({ files, links = {} }: Layout): string[] {
  return [...Object.keys(files), ...Object.keys(links)].filter((file) => /compose[^/]*\.ya?ml$/.test(file));
}

function texts(folder: Folder, { files }: Layout): Record<string, string> {
  return Object.fromEntries(Object.keys(files).map((file) => [file, folder.text(file)]));
}

it("each kind has a case and three further ones", () => {
  expect(Object.values(KINDS).filter((layouts) => Object.keys(layouts).length < 4)).toEqual([]);
});

describe.each(cases)("$name", ({ layout }) => {
  it("is judged alike by the command line and by ESLint", async () => {
    const folder = repositoryOf(layout);
    expect(await byCommand(folder)).toEqual(layout.finds);
    // ESLint shows a fault of an included file at each line that brings it in, and is given a link and its file.
    const targets = Object.values(layout.links ?? {});
    const isTwice = (finding: AtHome): boolean =>
      !layout.finds.includes(finding) && targets.some((file) => homeIn(file)(finding));
    const found = new Set((await byESLint(folder)).filter((finding) => !isTwice(finding)));
    expect([...found].sort()).toEqual([...layout.finds].sort());
  });

  it("is judged alike when one file is passed, as lint-staged does", async () => {
    const folder = repositoryOf(layout);
    for (const file of filesOf(layout)) {
      const found = (await byCommand(folder, file)).filter(homeIn(file));
      if (layout.links === undefined) expect(found, file).toEqual(layout.finds.filter(homeIn(file)));
      expect((await byESLint(folder, file)).filter(homeIn(file)), file).toEqual(found);
    }
  });

  it("is fixed as far as it can be, and a second run changes nothing", async () => {
    const folder = repositoryOf(layout);
    const before = texts(folder, layout);
    await inProcess(folder.path, ["--fix"]);
    await turn();
    const after = texts(folder, layout);
    const { fixes = {}, left = [] } = layout;
    const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(changed.sort()).toEqual(Object.keys(fixes).sort());
    for (const [file, text] of Object.entries(fixes)) expect(after[file]).toContain(text);
    expect(await byCommand(folder)).toEqual(left);
    await turn();
    await inProcess(folder.path, ["--fix"]);
    expect(texts(folder, layout)).toEqual(after);
  });
});

describe("a report for machines names files from the top of the repository", () => {
  const layout: Layout = {
    files: {
      "apps/shop/compose.yaml": "services:\n  web: { image: caddy }\n",
      "apps/shop/deploy/x/docker-compose.yml": "services:\n  web: { image: caddy }\n",
      "docs/readme.txt": "",
    },
    finds: [],
  };

  it.each([
    ["json", "apps"],
    ["sarif", "apps"],
    ["gitlab", "apps/shop"],
    ["github", "docs"],
    ["junit", "apps/shop/deploy/x"],
    ["github", "apps"],
    ["sarif", "docs"],
    ["gitlab", "docs"],
  ])("%s, in %s", async (format, below) => {
    const folder = repositoryOf(layout);
    const cwd = folder.at(below);
    const file = path.relative(cwd, folder.at("apps/shop/compose.yaml"));
    const { stdout } = await inProcess(cwd, [file, "--format", format]);
    const named = [...stdout.matchAll(/(?:\bfile=|"(?:file|path|uri)": |\bname=)"?([^",\n]*compose\.yaml)/g)];
    expect(new Set(named.map(([, name]) => name))).toEqual(new Set(["apps/shop/compose.yaml"]));
  });
});
