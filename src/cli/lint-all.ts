import type { Result } from "../ipam/result.js";
import { isPolicyFileName } from "../policy/find-policy-file.js";
import { displayPath } from "../workspace/paths.js";
import type { Workspace } from "../workspace/workspace.js";
import type { CheckedFile } from "./checked-file.js";
import { describeError, type ComposeText } from "./compose-text.js";
import type { Lint, LintedFile } from "./lint.js";
import { progressOn } from "./progress.js";
import { Tally } from "./tally.js";
import { complain, stackOf, type Terminal } from "./terminal.js";

export interface Tools {
  readonly workspace: Workspace;
  readonly lint: Lint;
  readonly read: (path: string) => Result<ComposeText, string>;
}

export interface FixedFile {
  readonly path: string;
  readonly name: string;
  readonly before: ComposeText;
  readonly after: string;
}

export interface Run {
  /** Those with findings. */
  readonly files: readonly CheckedFile[];
  readonly fixed: readonly FixedFile[];
  readonly tally: Tally;
  /** A file could not be read, is no YAML, or was too much for us. */
  readonly isTroubled: boolean;
}

/** All in one turn of the event loop: until the next one, the workspace need not look at the disk again. */
export function lintAll(files: readonly string[], { workspace, lint, read }: Tools, terminal: Terminal): Run {
  const tally = new Tally();
  const checked: CheckedFile[] = [];
  const fixed: FixedFile[] = [];
  const progress = progressOn(terminal.stderr, files.length);
  const problems: string[] = [];
  let isTroubled = false;
  for (const [index, path] of files.entries()) {
    progress.step(index);
    if (!isPolicyFileName(path)) tally.addFile();
    const name = displayPath(terminal.cwd, path);
    const content = read(path);
    if (!content.ok) {
      problems.push(`${name}: ${content.fault}`);
      continue;
    }
    const linted = attempt(() => lintOne(path, content.value, lint, workspace, tally));
    if (!linted.ok) {
      problems.push(`failed on ${name}: ${describeError(linted.error)}; please report it`);
      if (terminal.debug) terminal.stderr.write(`${stackOf(linted.error)}\n`);
      continue;
    }
    const { findings, text, composeFile, isFixed } = linted.value;
    if (!composeFile) isTroubled = true;
    if (findings.length > 0) checked.push({ name, findings, text });
    if (isFixed) fixed.push({ path, name, before: content.value, after: text });
  }
  progress.end();
  for (const problem of problems) complain(terminal, problem);
  return { files: checked, fixed, tally, isTroubled: isTroubled || problems.length > 0 };
}

function lintOne(path: string, { text }: ComposeText, lint: Lint, workspace: Workspace, tally: Tally): LintedFile {
  const linted = lint(path, text);
  tally.addFindings(linted.findings);
  if (linted.composeFile && !isPolicyFileName(path)) {
    for (const { project } of workspace.views(linted.composeFile)) tally.addProject(project);
  }
  return linted;
}

function attempt<T>(work: () => T): { ok: true; value: T } | { ok: false; error: unknown } {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
