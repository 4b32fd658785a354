import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { VERSION } from "../kit/version.js";

/** Of a manifest that is one. */
const LARGEST = 64 * 1024;

/** The command has the same rules, but those of its own version: then a hook finds other things than ESLint does. */
export function warnOfAnotherCommand(cwd: string): void {
  const installed = installedCommand(cwd);
  if (installed === undefined || installed === VERSION) return;
  process.emitWarning(
    `compose-networks ${installed} and eslint-plugin-compose-networks ${VERSION} are installed: they may report different things. Install one version: npm install --save-dev compose-networks@${VERSION} eslint-plugin-compose-networks@${VERSION}`,
    { code: "COMPOSE_NETWORKS_VERSION" },
  );
}

/** The version of the command that `npx` runs in a folder. Nothing of it is loaded. */
function installedCommand(cwd: string): string | undefined {
  try {
    const file = createRequire(path.join(cwd, "package.json")).resolve("compose-networks/package.json");
    const stats = statSync(file);
    if (!stats.isFile() || stats.size > LARGEST) return undefined;
    const [, version] = /"version"\s*:\s*"(\d[\w.+-]*)"/.exec(readFileSync(file, "utf8")) ?? [];
    return version;
  } catch {
    return undefined;
  }
}
