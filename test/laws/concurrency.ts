import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Dice } from "../compare/compose/dice.js";
import { createHost } from "../corpus/host.js";
import { generateText } from "./generated.js";
import { Law } from "./law.js";
import { WORKSPACE_FILES, WORKSPACE_POLICY } from "./orders.js";

const ESLINT = path.join(path.dirname(createRequire(import.meta.url).resolve("eslint/package.json")), "bin/eslint.js");
const PLUGIN = new URL("../../dist/index.js", import.meta.url).href;
const CONFIG = `import plugin from ${JSON.stringify(PLUGIN)};
const settings = { "compose-networks": { ranges: "forbidden-ranges.yaml", today: "2026-01-01" } };
export default [{ ...plugin.configs.recommended, files: ["*compose*.yaml"], settings }];
`;

/** ESLint itself, with workers that know nothing of each other. */
export class ConcurrencyLaw {
  readonly law = new Law("all files at once = eslint --fix --concurrency 2");

  try(dice: Dice, name: string): void {
    const root = mkdtempSync(path.join(tmpdir(), "compose-networks-laws-"));
    const ranges = path.join(root, "forbidden-ranges.yaml");
    const places = WORKSPACE_FILES.map((file) => path.join(root, file));
    try {
      writeFileSync(ranges, WORKSPACE_POLICY);
      writeFileSync(path.join(root, "eslint.config.mjs"), CONFIG);
      const texts = places.map((place) => {
        const text = generateText(dice);
        writeFileSync(place, text);
        return text;
      });
      const host = createHost({ root, ranges });
      const expected = places.map((place, index) => host.fix(place, texts[index] ?? ""));
      const args = [ESLINT, "--fix", "--concurrency", "2", ...WORKSPACE_FILES];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
      if (status === 2) throw new Error(stderr);
      const differing = places.findIndex((place, index) => readFileSync(place, "utf8") !== expected[index]);
      this.law.tried(differing === -1 ? undefined : `${name}: ${WORKSPACE_FILES[differing] ?? ""}`);
    } finally {
      rmSync(root, { recursive: true });
    }
  }
}
