import { ESLint, type Linter } from "eslint";

import composeNetworks from "../../src/eslint/index.js";
import type { Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";

/** A finding by its home: `no-forbidden-subnet infra/net.yml:2:34`. */
export type AtHome = string;

interface Reported {
  readonly rule: string | null;
  readonly message: string;
  readonly home: { readonly file: string; readonly line: number; readonly column: number };
}

interface Report {
  readonly summary: { readonly files: number; readonly notChecked: readonly { readonly file: string }[] };
  readonly findings: readonly Reported[];
}

/** What the command line finds. */
export async function byCommand({ path }: Pick<Folder, "path">, ...args: readonly string[]): Promise<AtHome[]> {
  return (await reportOf(path, ...args)).findings.map(({ rule, home }) => shown(rule, home));
}

export async function reportOf(cwd: string, ...args: readonly string[]): Promise<Report> {
  const { stdout, stderr } = await inProcess(cwd, [...args, "--format", "json"]);
  if (!stdout.startsWith("{")) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

/** What ESLint finds with our preset, each by its home. */
export async function byESLint({ path: cwd }: Pick<Folder, "path">, ...files: readonly string[]): Promise<AtHome[]> {
  return (await shownByESLint({ path: cwd }, ...files)).map(({ rule, home }) => `${rule} ${home}`);
}

/** The same with where ESLint shows it. */
export async function shownByESLint({ path: cwd }: Pick<Folder, "path">, ...files: readonly string[]) {
  const recommended: Linter.Config = composeNetworks.configs.recommended;
  const host = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: recommended });
  const results = await host.lintFiles(files.length > 0 ? [...files] : ["."]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message, line, column }) => {
      const place = `${filePath.slice(cwd.length + 1).replaceAll("\\", "/")}:${line}:${column}`;
      const [, home = place] = /^([^\s:]+:\d+:\d+): /.exec(message) ?? [];
      return { rule: String(ruleId).replace("compose-networks/", ""), home, place, message };
    }),
  );
}

function shown(rule: string | null, { file, line, column }: Reported["home"]): AtHome {
  return `${String(rule).replace("compose-networks/", "")} ${file}:${line}:${column}`;
}
