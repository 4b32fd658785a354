import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { execFileSync, spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, expect, it } from "vitest";

import { createFolder } from "../workspace/folder.js";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "compose-networks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("npm", args, { cwd, encoding: "utf8", shell: process.platform === "win32" });

// The command has no dependencies, so that its tarball is all that npm needs.
const packed = npm(
  root,
  "pack",
  "./packages/compose-networks",
  "--ignore-scripts",
  "--json",
  "--pack-destination",
  folder,
);
const [{ filename } = { filename: "" }] = JSON.parse(packed) as { readonly filename: string }[];
npm(folder, "install", "--offline", "--omit=peer", "--no-audit", "--no-fund", "--prefix", folder, `./${filename}`);
const installed = path.join(folder, "node_modules");

const POLICY = "version: 1\nid: shop\nforbidden: [192.168.0.0/24]\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n";
const COMPOSE = `services:
  web: { image: nginx, networks: [front, back] }
networks:
  # eslint-disable-next-line compose-networks/require-subnet -- thrown away after each test
  front:
  back:
`;

function run(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { path: cwd } = createFolder(files);
  const { status, stdout, stderr } = spawnSync(path.join(installed, ".bin/compose-networks"), args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CI: "true" },
    shell: process.platform === "win32",
  });
  return { cwd, status, stdout, stderr };
}

it("is installed alone", () => {
  expect(readdirSync(installed).sort()).toEqual([".bin", ".package-lock.json", "compose-networks"]);
});

it("checks and fixes a file, and obeys its comments", () => {
  const { cwd, status, stdout, stderr } = run({ "compose.yaml": COMPOSE, "forbidden-ranges.yaml": POLICY }, "--fix");
  expect(stderr).toBe("");
  expect(stdout).toContain(
    "checked 1 file: 1 project, 2 networks; no findings; fixed 1 file; policy file: forbidden-ranges.yaml\n",
  );
  expect(status).toBe(0);
  const fixed = readFileSync(path.join(cwd, "compose.yaml"), "utf8");
  expect(fixed).toMatch(/ {2}front:\n {2}back:\n {4}ipam:\n {6}config:\n {8}- subnet: 10\.201\.\d+\.0\/24\n$/);
});

it("sets up ESLint in a configuration that is there, which it reads without ESLint", () => {
  const files = { "eslint.config.js": "export default [];\n", "package.json": '{ "type": "module" }\n' };
  const { cwd, status, stderr } = run(files, "init", "--yes", "--forbid", "10.9.0.0/16 lab", "--with", "eslint");
  expect(stderr).toContain("next: npm install --save-dev eslint compose-networks eslint-plugin-compose-networks\n");
  expect(status).toBe(0);
  expect(readFileSync(path.join(cwd, "eslint.config.js"), "utf8")).toBe(
    'import composeNetworks from "eslint-plugin-compose-networks";\n\nexport default [composeNetworks.configs.recommended];\n',
  );
  expect(existsSync(path.join(cwd, "node_modules"))).toBe(false);
});
