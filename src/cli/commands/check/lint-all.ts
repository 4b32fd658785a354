import { unreadFilesBehindAddresses } from "../../../compose/project/unread-variables.js";
import type { Result } from "../../../kit/result.js";
import { isPolicyFileName } from "../../../policy/find-policy-file.js";
import type { NotChecked } from "../../../workspace/files/not-checked.js";
import type { ReadFault } from "../../../workspace/files/read-fault.js";
import { displayPath } from "../../../workspace/files/paths.js";
import { fileKindOf } from "../../../workspace/files/file-kinds.js";
import type { ProjectView } from "../../../workspace/view.js";
import type { Workspace } from "../../../workspace/workspace.js";
import { isForeign } from "../../../workspace/foreign-files.js";
import { unjudgedParts } from "../../files/unjudged-parts.js";
import type { CheckedFile } from "../../reports/checked-file.js";
import { describeError, type ComposeText } from "../../files/compose-text.js";
import { FixedTexts, type FixedFile } from "../../files/fixed-texts.js";
import type { Lint, LintedFile } from "./lint.js";
import type { JudgedFile } from "./suppress.js";
import { unread } from "../../files/not-checked.js";
import { progressOn } from "../../terminal/progress.js";
import { Tally } from "../../reports/tally.js";
import { stackOf, type Terminal } from "../../terminal/terminal.js";

export interface Tools {
  readonly workspace: Workspace;
  readonly lint: Lint;
  readonly read: (path: string) => Result<ComposeText, ReadFault>;
}

export interface Run {
  /** Those with findings. */
  readonly files: readonly CheckedFile[];
  /** All that could be judged. */
  readonly judged: readonly JudgedFile[];
  readonly fixed: readonly FixedFile[];
  readonly tally: Tally;
  /** Those of the files that could not be judged. */
  readonly notChecked: readonly NotChecked[];
  /** The files whose variables a subnet or an address depends on, and which could not be read. */
  readonly needed: ReadonlySet<string>;
  /** A file is no YAML. */
  readonly isTroubled: boolean;
}

/** All in one turn of the event loop: until the next one, the workspace need not look at the disk again. */
export function lintAll(files: readonly string[], { workspace, lint, read }: Tools, terminal: Terminal): Run {
  const tally = new Tally();
  const checked: CheckedFile[] = [];
  const judged: JudgedFile[] = [];
  const fixes = new FixedTexts(workspace.disk);
  const progress = progressOn(terminal.stderr, files.length);
  const notChecked: NotChecked[] = [];
  const needed = new Set<string>();
  let isTroubled = false;
  for (const [index, path] of files.entries()) {
    progress.step(index);
    const name = displayPath(terminal.cwd, path);
    // It is named among what was not checked.
    if (!isPolicyFileName(path) && !workspace.index.hasRoomFor(path)) continue;
    const content = read(path);
    if (!content.ok) {
      notChecked.push(unread(path, content.fault, terminal.cwd));
      continue;
    }
    const linted = attempt(() => lintOne(path, fixes.textOf(path, content.value), lint, workspace));
    if (!linted.ok) {
      const reason = `made the check fail: ${describeError(linted.error)}; please report it`;
      notChecked.push({ path, reason, isTrouble: true });
      if (terminal.debug) terminal.stderr.write(`${stackOf(linted.error)}\n`);
      continue;
    }
    const { findings, known, text, after, composeFile, views } = linted.value;
    if (isForeign(path, text, linted.value.parsed)) {
      notChecked.push({ path, reason: "is not a Compose file", isTrouble: false });
      continue;
    }
    if (!isPolicyFileName(path)) tally.addFile();
    tally.addFindings(findings);
    tally.addSuppressed(known.length);
    if (composeFile) judged.push({ path, findings, known });
    for (const { project } of views) {
      tally.addProject(project);
      for (const file of unreadFilesBehindAddresses(project)) needed.add(file);
    }
    notChecked.push(...unjudgedParts(views, workspace));
    if (!composeFile) isTroubled = true;
    if (findings.length + known.length > 0) checked.push({ name, findings, known, text });
    if (after !== undefined) fixes.add({ path, name, before: content.value, after });
  }
  progress.end();
  return { files: checked, judged, fixed: fixes.all(), tally, notChecked, needed, isTroubled };
}

interface LintedViews extends LintedFile {
  readonly views: readonly ProjectView[];
}

function lintOne(path: string, text: string, lint: Lint, workspace: Workspace): LintedViews {
  const linted = lint(path, text);
  const { composeFile } = linted;
  return { ...linted, views: composeFile && fileKindOf(path) === "compose" ? workspace.views(composeFile) : [] };
}

function attempt<T>(work: () => T): { ok: true; value: T } | { ok: false; error: unknown } {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
