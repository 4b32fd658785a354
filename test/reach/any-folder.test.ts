import { mkdirSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { folderWith, git, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { byCommand, byESLint, reportOf } from "./hosts.js";

const POLICY = `version: 1
id: anywhere
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;
const OPEN = "services:\n  web: { image: caddy }\n";
const BAD = `${OPEN}networks:\n  default: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }\n`;

function repository(files: Readonly<Record<string, string>>): Folder {
  const folder = folderWith(files);
  git(folder, "init", "--quiet");
  return folder;
}

function within(folder: Folder, below: string): Pick<Folder, "path"> {
  return { path: path.join(folder.path, below) };
}

/** The subnet that `--fix-dry-run` would write into a file, whatever the diff calls it. */
async function plannedIn(folder: Pick<Folder, "path">, ...args: readonly string[]): Promise<string[]> {
  const { stdout } = await inProcess(folder.path, ["--fix-dry-run", ...args]);
  return [...stdout.matchAll(/^\+.*subnet: (\S+)/gm)].map(([, subnet = ""]) => subnet);
}

describe.each([
  ["a package two folders down", { "packages/a/compose.yaml": OPEN, "packages/b/compose.yaml": OPEN }, "packages/a"],
  ["a folder of one app", { "apps/shop/deploy/docker-compose.yml": OPEN, "apps/x.txt": "" }, "apps/shop/deploy"],
  [
    "a folder whose compose file names its project",
    { "ops/compose.yaml": `name: ops\n${OPEN}`, "db/compose.yml": OPEN },
    "ops",
  ],
])("from %s", (_name, files, below) => {
  const folder = (): Folder => repository({ "forbidden-ranges.yaml": POLICY, ...files });

  it("the policy above it holds, in the command line and in ESLint", async () => {
    const repo = folder();
    const here = within(repo, below);
    const atTop = (await byCommand(repo)).filter((each) => each.includes(` ${below}/`));
    expect(atTop).toHaveLength(1);
    // Paths for machines begin at the top, wherever somebody works.
    expect(await byCommand(here)).toEqual(atTop);
    expect((await byESLint(here)).map((each) => each.replace(" ", ` ${below}/`))).toEqual(atTop);
  });

  it("the same subnet is planned, whichever file is passed", async () => {
    const repo = folder();
    const [name = ""] = Object.keys(files);
    const fromTop = await plannedIn(repo, name);
    expect(fromTop).toHaveLength(1);
    expect(await plannedIn(within(repo, path.dirname(name)))).toEqual(fromTop);
    expect(await plannedIn(within(repo, path.dirname(name)), path.basename(name))).toEqual(fromTop);
    expect(await plannedIn(within(repo, path.dirname(name)), `../${path.basename(path.dirname(name))}`)).toEqual(
      fromTop,
    );
  });
});

describe("a policy from elsewhere", () => {
  const packages = { "packages/a/compose.yaml": OPEN, "packages/b/compose.yaml": OPEN };
  const company = (): Folder => folderWith({ "ranges/company.yaml": POLICY });

  it("plans the same in two clones at different depths, and from each folder", async () => {
    const ranges = company().at("ranges/company.yaml");
    const [near, far] = [repository(packages), folderWith({ "deep/er/x": "" })];
    mkdirSync(far.at("deep/er/clone"));
    const clone: Folder = { ...far, path: far.at("deep/er/clone"), at: (file) => far.at(`deep/er/clone/${file}`) };
    for (const [file, text] of Object.entries(packages)) far.write(`deep/er/clone/${file}`, text);
    git(clone, "init", "--quiet");
    const [a = "", b = ""] = await plannedIn(near, "--ranges", ranges, "--id", "shop");
    expect(a).not.toBe(b);
    expect(await plannedIn(clone, "--ranges", ranges, "--id", "shop")).toEqual([a, b]);
    expect(await plannedIn(within(near, "packages/a"), "--ranges", ranges, "--id", "shop")).toEqual([a]);
    expect(await plannedIn(within(near, "packages/b"), "--ranges", ranges, "--id", "shop")).toEqual([b]);
  });

  it("takes the id of the repository's own policy", async () => {
    const ranges = company().at("ranges/company.yaml");
    const own = repository({ ...packages, "forbidden-ranges.yaml": "version: 1\nid: shop\n" });
    const [a = "", b = ""] = await plannedIn(repository(packages), "--ranges", ranges, "--id", "shop");
    expect(await plannedIn(own, "--ranges", ranges)).toEqual([a, b]);
    expect(await plannedIn(own, "--ranges", ranges, "--id", "another")).toEqual([a, b]);
  });

  it("writes nothing where nobody says which repository it is", async () => {
    const ranges = company().at("ranges/company.yaml");
    const repo = repository(packages);
    expect(await plannedIn(repo, "--ranges", ranges)).toEqual([]);
    const { stdout } = await inProcess(repo.path, ["--ranges", ranges]);
    expect(stdout).toContain('has an "id", or with --id NAME');
  });

  it("has globs that begin at the top of the repository", async () => {
    const ranges = folderWith({ "company.yaml": `${POLICY}ignore: [packages/b/**]\n` }).at("company.yaml");
    const repo = repository({ "packages/a/compose.yaml": BAD, "packages/b/compose.yaml": BAD });
    const expected = ["no-forbidden-subnet packages/a/compose.yaml:4:41"];
    expect(await byCommand(repo, "--ranges", ranges)).toEqual(expected);
    expect(await byCommand(within(repo, "packages"), "--ranges", ranges)).toEqual(expected);
    expect(await byCommand(within(repo, "packages/b"), "--ranges", ranges)).toEqual([]);
  });
});

describe("outside git", () => {
  it("a policy of the user's own counts, however far above", async () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "one/two/three/compose.yaml": BAD });
    expect(await byCommand(within(folder, "one/two/three"))).toEqual(["no-forbidden-subnet compose.yaml:4:41"]);
  });

  it("one in a folder that anybody can write to does not", async () => {
    const folder = folderWith({ "open/forbidden-ranges.yaml": POLICY, "open/shop/compose.yaml": BAD });
    const { chmodSync } = await import("node:fs");
    chmodSync(folder.at("open"), 0o777);
    expect(await byCommand(within(folder, "open/shop"))).toEqual([]);
  });

  it("a policy above a git work tree does not", async () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "repo/compose.yaml": BAD });
    const repo: Folder = { ...folder, path: folder.at("repo") };
    git(repo, "init", "--quiet");
    expect(await byCommand(repo)).toEqual([]);
    expect(await byCommand(folder, "repo")).toEqual([]);
  });
});

describe("the last line", () => {
  it("names the policy file", async () => {
    const { stdout } = await inProcess(
      within(repository({ "forbidden-ranges.yaml": POLICY, "a/compose.yaml": BAD }), "a").path,
      [],
    );
    expect(stdout).toContain("; policy file: ../forbidden-ranges.yaml\n");
  });

  it("says that there is none, and up to where it was looked for", async () => {
    const { stdout } = await inProcess(within(repository({ "a/b/compose.yaml": BAD }), "a/b").path, []);
    expect(stdout).toContain("; no policy file up to ../.. (run compose-networks init)\n");
  });

  it("counts the files of each where there are several", async () => {
    const repo = repository({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": OPEN,
      "lab/forbidden-ranges.yaml": "version: 1\nextends: [../forbidden-ranges.yaml]\n",
      "lab/a/compose.yaml": OPEN,
      "lab/b/compose.yaml": OPEN,
    });
    const { stdout } = await inProcess(repo.path, []);
    expect(stdout).toContain("; policy files: forbidden-ranges.yaml (1 file), lab/forbidden-ranges.yaml (2 files)\n");
    const { summary } = await reportOf(repo.path);
    expect(summary).toMatchObject({
      policies: [
        { file: "forbidden-ranges.yaml", files: 1 },
        { file: "lab/forbidden-ranges.yaml", files: 2 },
      ],
    });
  });
});

describe("a policy below another one", () => {
  const files = (text: string) => ({
    "forbidden-ranges.yaml": POLICY,
    "lab/forbidden-ranges.yaml": `version: 1\nid: lab\n${text}`,
    "lab/compose.yaml": BAD,
  });

  it("is a mistake unless it extends that one", async () => {
    expect(await byCommand(repository(files("")))).toContain("valid-forbidden-ranges lab/forbidden-ranges.yaml:1:1");
    expect(await byESLint(repository(files("")))).toContain("valid-forbidden-ranges lab/forbidden-ranges.yaml:1:1");
  });

  it("is none when it does", async () => {
    const folder = repository(files("extends: [../forbidden-ranges.yaml]\n"));
    expect(await byCommand(folder)).toEqual(["no-forbidden-subnet lab/compose.yaml:4:41"]);
    expect(await byCommand(within(folder, "lab"))).toEqual(["no-forbidden-subnet lab/compose.yaml:4:41"]);
  });
});
