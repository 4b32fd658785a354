import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, expect, it } from "vitest";

import { createFolder } from "../workspace/folder.js";

const root = path.resolve(import.meta.dirname, "../..");
const installed = mkdtempSync(path.join(tmpdir(), "compose-networks-"));
afterAll(() => rmSync(installed, { recursive: true, force: true }));

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What `npm install --omit=peer` puts there: the package, and what it and its dependencies depend on. */
function install(from: string, to: string, names: readonly string[]): void {
  for (const name of names) {
    const [source, target] = [path.join(from, "node_modules", name), path.join(to, "node_modules", name)];
    if (existsSync(target)) continue;
    cpSync(source, target, { recursive: true });
    const { dependencies = {} } = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8")) as Manifest;
    install(from, to, Object.keys(dependencies));
  }
}

const manifest = path.join(root, "package.json");
const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as Manifest;
install(root, installed, Object.keys(dependencies));
cpSync(manifest, path.join(installed, "package.json"));
cpSync(path.join(root, "dist"), path.join(installed, "dist"), { recursive: true });

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
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(installed, "dist/cli.js"), ...args], {
    cwd,
    encoding: "utf8",
  });
  return { cwd, status, stdout, stderr };
}

it("has no ESLint to fall back on", () => {
  expect(existsSync(path.join(installed, "node_modules/eslint"))).toBe(false);
});

it("checks and fixes a file, and obeys its comments", () => {
  const { cwd, status, stdout, stderr } = run({ "compose.yaml": COMPOSE, "forbidden-ranges.yaml": POLICY }, "--fix");
  expect(stderr).toBe("");
  expect(stdout).toContain("checked 1 file: 1 project, 2 networks; no findings; fixed 1 file\n");
  expect(status).toBe(0);
  const fixed = readFileSync(path.join(cwd, "compose.yaml"), "utf8");
  expect(fixed).toMatch(/ {2}front:\n {2}back:\n {4}ipam:\n {6}config:\n {8}- subnet: 10\.201\.\d+\.0\/24\n$/);
});

it("sets up what needs no ESLint, and prints the lines for a configuration that it can't read", () => {
  const files = { "eslint.config.js": "export default [];\n", "package.json": '{ "type": "module" }\n' };
  const { status, stdout, stderr } = run(files, "init", "--yes", "--forbid", "10.9.0.0/16 lab", "--with", "eslint");
  expect(stdout + stderr).toContain("ESLint is not installed here to read it");
  expect(stdout + stderr).toContain("composeNetworks.configs.recommended,");
  expect(status).toBe(2);
});
