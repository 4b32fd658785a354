import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { hostIn, workspaceWith } from "./folder.js";
import { Law } from "./law.js";
import { WORKSPACE_POLICY, type Texts } from "./workspaces.js";

const ESLINT = path.join(path.dirname(createRequire(import.meta.url).resolve("eslint/package.json")), "bin/eslint.js");
const PLUGIN = new URL("../../dist/index.js", import.meta.url).href;
const CONFIG = `import plugin from ${JSON.stringify(PLUGIN)};
const settings = { "compose-networks": { ranges: "forbidden-ranges.yaml", today: "2026-01-01" } };
export default [{ ...plugin.configs.recommended, files: ["**/*compose*.{yaml,yml}"], settings }];
`;

/** ESLint itself, with workers that know nothing of each other. */
export class ConcurrencyLaw {
  readonly law = new Law("one by one = eslint --fix --concurrency 2");

  try(texts: Texts, name: string): void {
    const root = workspaceWith(WORKSPACE_POLICY, [...texts, ["eslint.config.mjs", CONFIG]]);
    const host = hostIn(root);
    const expected = [...texts].map(([file, text]) => [file, host.fix(path.join(root, file), text)] as const);
    const args = [ESLINT, "--fix", "--concurrency", "2", "."];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    if (status === 2) throw new Error(stderr);
    const differing = expected.find(([file, text]) => readFileSync(path.join(root, file), "utf8") !== text);
    this.law.tried(differing && `${name}: ${differing[0]}`);
  }
}
