import { existsSync } from "node:fs";

import { joinPath } from "../../../kit/paths.js";
import { VERSION } from "../../../kit/version.js";
import type { Companion } from "../../arguments/init.js";
import type { Addition } from "./addition.js";
import { isCommitted } from "./git.js";
import type { Site } from "./set-ups.js";

export const PLUGIN = "eslint-plugin-compose-networks";
const COMMAND = "compose-networks";

/** What each program needs to be installed. */
const NEEDED: Readonly<Partial<Record<Companion, readonly string[]>>> = {
  eslint: ["eslint", COMMAND, PLUGIN],
  vscode: ["eslint", PLUGIN],
  "lint-staged": ["husky", "lint-staged", COMMAND],
};

/** Whether a package lies, or is about to lie, in `node_modules`. */
export function isInstalled(name: string, { cwd, packageJson }: Site, companions: readonly Companion[]): boolean {
  const isNeeded = companions.some((companion) => NEEDED[companion]?.includes(name));
  return isNeeded || packageJson.includes(`"${name}"`) || existsSync(joinPath(cwd, `node_modules/${name}`));
}

/** The commands that are left to do, in their order. */
export function nextSteps(site: Site, companions: readonly Companion[]): string[] {
  const { cwd, packageJson } = site;
  const needed = new Set(companions.flatMap((companion) => NEEDED[companion] ?? []));
  for (const name of [COMMAND, PLUGIN]) if (isInstalled(name, site, companions)) needed.add(name);
  const ours = [COMMAND, PLUGIN].filter((name) => needed.has(name));
  const others = [...needed].filter((name) => !ours.includes(name));
  const absent = [...others, ...ours].filter((name) => !packageJson.includes(`"${name}"`));
  const isHuskyOn = existsSync(joinPath(cwd, ".husky/_"));
  return [
    ...(absent.length > 0 ? [`npm install --save-dev ${absent.join(" ")}`] : []),
    ...(companions.includes("lint-staged") && !isHuskyOn ? ["npx husky"] : []),
    ...(companions.includes("pre-commit") ? ["pre-commit install"] : []),
    needed.has(COMMAND) ? `npx ${COMMAND}` : `npx ${COMMAND}@${VERSION}`,
  ];
}

/** How to take back what is about to be written. Git brings back only what it has. */
export function undoing(cwd: string, files: readonly Addition[]): string {
  const created = files.flatMap(({ before, name }) => (before ? [] : [name]));
  const changed = files.flatMap(({ before, name }) => (before ? [name] : []));
  const committed = changed.filter((name) => isCommitted(cwd, name));
  const others = changed.filter((name) => !committed.includes(name));
  return [
    ...(created.length > 0 ? [`rm ${created.join(" ")}`] : []),
    ...(committed.length > 0 ? [`git checkout -- ${committed.join(" ")}`] : []),
    ...(others.length > 0
      ? [
          `# take the lines with + out of ${others.join(" and ")}: git can't bring ${others.length > 1 ? "them" : "it"} back`,
        ]
      : []),
  ].join(" && ");
}
