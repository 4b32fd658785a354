import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join, normalize } from "node:path";

import type { ESLint } from "eslint";

import { createFolder, type Folder } from "../workspace/folder.js";

/** The plugin as it is published, for `import` in a configuration anywhere on the disk. */
const PLUGIN_URL = new URL("../../dist/index.js", import.meta.url).href;
const ESLINT_JS_URL = import.meta.resolve("@eslint/js");

const ESLINT_BIN = join(dirname(createRequire(import.meta.url).resolve("eslint/package.json")), "bin/eslint.js");

export interface EslintRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with files of its own, in which ESLint is started. It is gone when the test is over. */
export interface EslintProject extends Folder {
  /** As the platform writes paths. */
  readonly directory: string;
  /** Starts the command line. */
  run(...args: readonly string[]): Promise<EslintRun>;
  /** Starts the command line and gives what it found, by file. */
  lint(...args: readonly string[]): Promise<ESLint.LintResult[]>;
}

export function createProject(files: Readonly<Record<string, string>>): EslintProject {
  const folder = createFolder(files);
  const directory = normalize(folder.path);
  return {
    ...folder,
    directory,
    run: (...args) => runEslint(directory, args),
    async lint(...args) {
      const { stdout, stderr } = await runEslint(directory, ["--format", "json", ...args]);
      if (!stdout.startsWith("[")) throw new Error(stderr);
      return JSON.parse(stdout) as ESLint.LintResult[];
    },
  };
}

function runEslint(cwd: string, args: readonly string[]): Promise<EslintRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ESLINT_BIN, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output.stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output.stderr += chunk));
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status, ...output });
    });
  });
}

/** The text of a configuration that uses the plugin. `entries` is what stands in its array. */
export function configuration(entries: string): string {
  return `import js from ${JSON.stringify(ESLINT_JS_URL)};
import plugin from ${JSON.stringify(PLUGIN_URL)};
import { appendFileSync } from "node:fs";

/** Writes down which files are linted, and not taken from a cache. */
const lintLog = {
  meta: { name: "lint-log", version: "1.0.0" },
  rules: {
    append: {
      create({ physicalFilename }) {
        appendFileSync("linted.log", physicalFilename + "\\n");
        return {};
      },
    },
  },
};

export default [
${entries}
];
`;
}

/** What a run found, in few words: `shop/compose.yaml:6:19 no-forbidden-subnet`. */
export function brief(results: readonly ESLint.LintResult[], directory: string): string[] {
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, column }) => {
      const file = filePath.slice(directory.length + 1).replaceAll("\\", "/");
      return `${file}:${line}:${column} ${String(ruleId).replace("compose-networks/", "")}`;
    }),
  );
}
