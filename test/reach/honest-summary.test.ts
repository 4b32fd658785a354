import { describe, expect, it } from "vitest";

import { folderWith } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { byCommand, byESLint, reportOf } from "./hosts.js";

const POLICY = `version: 1
id: honest
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;
const APP =
  "services:\n  web: { image: caddy, networks: [lan] }\nnetworks:\n  lan: { ipam: { config: [{ subnet: 10.201.9.0/24 }] } }\n";

async function lastLine(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { status, stdout } = await inProcess(folderWith({ "forbidden-ranges.yaml": POLICY, ...files }).path, args);
  return { status, line: stdout.trimEnd().split("\n").at(-1) ?? "" };
}

describe("a file that is only a part of a project", () => {
  const PARTS: readonly (readonly [string, Readonly<Record<string, string>>, string, string])[] = [
    [
      "networks without services",
      { "suites/compose.yml": "networks:\n  net: { ipam: { config: [{ subnet: 10.201.240.0/24 }] } }\n" },
      "suites/compose.yml is a part of a project (it has no services)",
      'add "projects: [[suites/compose.yml, OTHER.yaml]]" to forbidden-ranges.yaml',
    ],
    [
      "a network that is declared in the base beside it",
      {
        "compose.yaml": APP,
        "compose.jobs.yaml": "services:\n  job: { image: job, networks: { lan: { ipv4_address: 10.201.9.9 } } }\n",
      },
      'compose.jobs.yaml is a part of a project (network "lan" is declared elsewhere)',
      'add "projects: [[compose.yaml, compose.jobs.yaml]]" to forbidden-ranges.yaml',
    ],
    [
      "services without an image",
      { "app/docker-compose.yml": APP, "app/docker-compose.prod.yml": "services:\n  web: { restart: always }\n" },
      'app/docker-compose.prod.yml is a part of a project (service "web" has neither an image nor a build here)',
      'add "projects: [[app/docker-compose.yml, app/docker-compose.prod.yml]]" to forbidden-ranges.yaml',
    ],
    [
      "an override file without a base",
      { "compose.override.yaml": "services:\n  web: { image: caddy }\n" },
      "compose.override.yaml is a part of a project (an override file)",
      'add "projects: [[BASE.yaml, compose.override.yaml]]" to forbidden-ranges.yaml',
    ],
  ];

  it.each(PARTS)("is counted as not checked, with the line that cures it: %s", async (_name, files, told, cure) => {
    const { status, line } = await lastLine(files);
    expect(line).toContain(`not checked: 1 file (${told}, ${cure})`);
    expect(line).not.toContain("no findings");
    expect(status).toBe(0);
    const { summary } = await reportOf(folderWith({ "forbidden-ranges.yaml": POLICY, ...files }).path);
    expect(summary.notChecked).toHaveLength(1);
  });

  it("is whole once the policy says what it is started with", async () => {
    const files = { "compose.yaml": APP, "compose.jobs.yaml": "services:\n  job: { image: job, networks: [lan] }\n" };
    const policy = `${POLICY}projects: [[compose.yaml, compose.jobs.yaml]]\n`;
    const { line } = await lastLine({ ...files, "forbidden-ranges.yaml": policy });
    expect(line).toContain("no findings");
  });

  it("has its own subnets judged all the same, in both hosts", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "suites/compose.yml": "networks:\n  net: { ipam: { config: [{ subnet: 192.168.240.0/24 }] } }\n",
      "suites/compose.api.yml":
        "services:\n  api: { image: api, networks: { net: { ipv4_address: 192.168.240.10 } } }\n",
    });
    expect(await byCommand(folder)).toEqual(["no-forbidden-subnet suites/compose.yml:2:37"]);
    expect(await byESLint(folder)).toEqual(["no-forbidden-subnet suites/compose.yml:2:37"]);
    expect(await byCommand(folder, "suites/compose.yml")).toEqual(["no-forbidden-subnet suites/compose.yml:2:37"]);
  });
});

describe("a file that is none of Compose's", () => {
  it.each([
    ["Dockerfile", 'FROM node:22\nRUN ["npm", "ci"]\n'],
    ["Dockerfile", "FROM node:22\n"],
    ["package.json", '{ "name": "x", "scripts": {} }\n'],
    [".github/workflows/ci.yml", "on: push\njobs: { test: { runs-on: ubuntu-latest } }\n"],
  ])("is not checked when it is passed, and said to be none: %s", async (name, text) => {
    const { status, line } = await lastLine({ [name]: text }, name);
    expect(line).toContain(`not checked: 1 file (${name} is not a Compose file)`);
    expect(status).toBe(0);
  });
});

it("an include that can't be followed is told, and nobody says that there are no findings", async () => {
  const { status, line } = await lastLine({ "compose.yaml": `include:\n  - oci://registry.test/net\n${APP}` });
  expect(line).toContain("compose.yaml includes what is not read (line 2): networks that depend on it are unknown");
  expect(line).not.toContain("no findings");
  expect(status).toBe(0);
});

it("a dry run tells the findings that are still there", async () => {
  const folder = folderWith({
    "forbidden-ranges.yaml": POLICY,
    "compose.yaml": "services:\n  web: { image: caddy }\n",
  });
  const { status, stdout, stderr } = await inProcess(folder.path, ["--fix-dry-run"]);
  expect(stdout).toContain("+++ b/compose.yaml");
  expect(stderr).toContain("1 error; 1 fixable with --fix; --fix would change 1 file");
  expect(stderr).not.toContain("no findings");
  expect(status).toBe(1);
});

describe("the exit code where there is no compose file", () => {
  it("is 3 where no path was given, and 0 where one was", async () => {
    const folder = folderWith({ "docs/readme.txt": "" });
    expect((await inProcess(folder.path, [])).status).toBe(3);
    expect((await inProcess(folder.path, ["docs"])).status).toBe(0);
  });
});
