import { readdirSync } from "node:fs";

import { joinPath } from "../../../kit/paths.js";
import { failure, success, type Result } from "../../../kit/result.js";
import { createDisk } from "../../../workspace/files/node-disk.js";
import { describeReadFault } from "../../../workspace/files/read-fault.js";
import { readComposeText } from "../../files/compose-text.js";
import type { Companion } from "../../arguments/init.js";
import { addTo, byHand, joined, type Additions, type Obstacle } from "./addition.js";
import { ESLINT_CONFIG, withPreset } from "./eslint-entry.js";
import { hooksFolder } from "./git.js";
import { GIT_HOOK, HUSKY_HOOK, LINT_STAGED_LINES, PRE_COMMIT_CONFIG, withHook, withStagedFiles } from "./hooks.js";
import { withSettings } from "./vscode-settings.js";

/** What a directory holds at its top. */
export interface Site {
  readonly cwd: string;
  readonly files: ReadonlySet<string>;
  /** What `package.json` says; nothing where there is none. */
  readonly packageJson: string;
}

export function siteAt(cwd: string): Result<Site, Obstacle> {
  const files = new Set(readdirSync(cwd));
  const packageJson = files.has("package.json") ? textAt(cwd, "package.json") : success("");
  return packageJson.ok ? success({ cwd, files, packageJson: packageJson.value }) : packageJson;
}

function textAt(cwd: string, name: string): Result<string, Obstacle> {
  const text = readComposeText(joinPath(cwd, name), createDisk().within({ cwd }));
  return text.ok ? success(text.value.text) : failure({ reason: `${name}: it ${describeReadFault(text.fault)}` });
}

/** In the order in which ESLint looks for them. */
const ESLINT_FILES = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((extension) => `eslint.config.${extension}`);

export const SET_UPS: Readonly<Record<Companion, (site: Site) => Additions>> = {
  eslint({ cwd, files, packageJson }) {
    const present = ESLINT_FILES.find((name) => files.has(name));
    if (present !== undefined) return addTo(cwd, present, (text = "") => withPreset(text));
    const old = [...files].find((name) => name.startsWith(".eslintrc"));
    if (old !== undefined) {
      return failure({ reason: `${old}: ESLint would no longer read it beside a new configuration; migrate it first` });
    }
    const isModule = /"type"\s*:\s*"module"/.test(packageJson);
    return addTo(cwd, isModule ? "eslint.config.js" : "eslint.config.mjs", () => success(ESLINT_CONFIG));
  },
  vscode: ({ cwd }) => addTo(cwd, ".vscode/settings.json", withSettings),
  "pre-commit": (site) =>
    atTheTop(site, "pre-commit") ??
    addTo(site.cwd, ".pre-commit-config.yaml", (text) =>
      text === undefined ? success(PRE_COMMIT_CONFIG) : withHook(text),
    ),
  "lint-staged": (site) => atTheTop(site, "lint-staged") ?? lintStaged(site),
  "git-hook": (site) => atTheTop(site, "git-hook") ?? gitHook(site),
};

function atTheTop({ files }: Site, companion: Companion): Additions | undefined {
  if (files.has(".git")) return undefined;
  const reason = `${companion} runs at the top of a git repository, and this is none: run init there, or "git init" first`;
  return failure({ reason });
}

function lintStaged({ cwd, files, packageJson }: Site): Additions {
  if (!files.has("package.json")) return failure({ reason: 'lint-staged needs a package.json: run "npm init" first' });
  const other = [...files].find((name) => /^(?:\.lintstagedrc|lint-staged\.config\.)/.test(name));
  const present = other === undefined ? success("") : textAt(cwd, other);
  if (!present.ok) return present;
  if (other !== undefined && !/compose-networks/.test(packageJson + present.value)) {
    return byHand(`${other}: only package.json is edited`, LINT_STAGED_LINES);
  }
  const staged = other === undefined ? addTo(cwd, "package.json", (text = "") => withStagedFiles(text)) : success([]);
  const hook = addTo(cwd, ".husky/pre-commit", (text) => {
    if (text === undefined) return success(HUSKY_HOOK);
    return /\blint-staged\b/.test(text) ? success(text) : byHand("it does something else", HUSKY_HOOK);
  });
  return joined([staged, hook]);
}

function gitHook({ cwd }: Site): Additions {
  const directory = hooksDirectory(cwd);
  if (!directory.ok) return directory;
  return addTo(
    cwd,
    `${directory.value}/pre-commit`,
    (text) => {
      if (text === undefined) return success(GIT_HOOK);
      return text.includes("compose-networks") ? success(text) : byHand("it is a hook of somebody else", GIT_HOOK);
    },
    { mode: 0o777 },
  );
}

/** Elsewhere in a linked work tree. */
function hooksDirectory(cwd: string): Result<string, Obstacle> {
  const directory = hooksFolder(cwd) ?? "";
  if (/(?:^|\/)\.git\/hooks$/.test(directory)) return success(directory);
  const reason =
    directory === "" ? "git does not say where its hooks are" : `another program has its hooks in ${directory}`;
  return failure({ reason });
}

/** What the directory is likely to want. */
export function likelyCompanions({ files, packageJson }: Site): readonly Companion[] {
  const hasEslint = ESLINT_FILES.some((name) => files.has(name));
  const likely: [Companion, boolean][] = [
    ["eslint", hasEslint],
    ["vscode", hasEslint && files.has(".vscode")],
    ["pre-commit", files.has(".pre-commit-config.yaml")],
    ["lint-staged", packageJson.includes('"lint-staged"')],
    ["git-hook", files.has(".git") && packageJson === "" && !files.has(".pre-commit-config.yaml")],
  ];
  return likely.flatMap(([companion, isLikely]) => (isLikely ? [companion] : []));
}
