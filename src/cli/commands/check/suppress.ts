import type { Finding } from "../../../lint/finding.js";
import { directoryOf, joinPath } from "../../../kit/paths.js";
import { failure, success, type Result } from "../../../kit/result.js";
import {
  baselineText,
  byKey,
  textOfKey,
  type Baseline,
  type BaselineRow,
  type BaselineRows,
} from "../../../policy/baseline/baseline-file.js";
import { displayPath, relativePath } from "../../../workspace/files/paths.js";
import type { Workspace } from "../../../workspace/workspace.js";
import type { Suppression } from "../../arguments/check.js";
import { replaceFiles, type Replacement } from "../../files/write-fixed.js";

/** What a file has that was judged, by what a baseline may have of it. */
export interface JudgedFile {
  readonly path: string;
  readonly findings: readonly Finding[];
  /** Those that the baseline has. */
  readonly known: readonly Finding[];
}

/** The files of one baseline that were judged, by their paths from its directory. */
interface Share {
  readonly baseline: Baseline;
  readonly files: Map<string, JudgedFile>;
}

export interface WrittenBaseline {
  readonly name: string;
  readonly findings: number;
}

/** Writes what a run has found into the baselines of its files. Files that were not judged keep their rows. */
export function writeBaselines(
  judged: readonly JudgedFile[],
  suppression: Exclude<Suppression, { kind: "none" }>,
  workspace: Workspace,
): Result<readonly WrittenBaseline[], string> {
  const written: WrittenBaseline[] = [];
  const replacements: Replacement[] = [];
  for (const { baseline, files } of sharesOf(judged, workspace)) {
    const { file } = baseline;
    const name = displayPath(workspace.options.cwd, file);
    const rows = rowsAfter(baseline, files, suppression, workspace);
    const after = baselineText(rows.values());
    const bytes = workspace.disk.exists(file) ? workspace.disk.readBytes(file) : undefined;
    if (bytes?.ok === false) return failure(`${name}: it can't be read, so it is not written`);
    const before = bytes && { bytes: Buffer.from(bytes.value) };
    const isNew = before ? before.bytes.toString("utf8") !== after : rows.size > 0;
    if (isNew) replacements.push({ path: file, name, before, after });
    if (before || rows.size > 0) written.push({ name, findings: countOf(rows) });
  }
  const outcome = replaceFiles(replacements);
  return outcome.ok ? success(written) : outcome;
}

/** How many findings the baselines have that there are no more, of files that were judged or are gone. */
export function unusedSuppressions(judged: readonly JudgedFile[], workspace: Workspace): number {
  return sharesOf(judged, workspace).reduce((sum, { baseline, files }) => {
    const found = rowsOf([...files.values()].flatMap(({ known }) => known));
    const unused = [...baseline.rows].map(([key, { file, count }]) =>
      files.has(file) || isGone(baseline, file, workspace) ? count - (found.get(key)?.count ?? 0) : 0,
    );
    return sum + unused.reduce((all, one) => all + one, 0);
  }, 0);
}

function sharesOf(judged: readonly JudgedFile[], workspace: Workspace): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const file of judged) {
    const baseline = workspace.baselineFor(file.path);
    const share = shares.get(baseline.file) ?? { baseline, files: new Map<string, JudgedFile>() };
    share.files.set(relativePath(directoryOf(baseline.file), file.path), file);
    shares.set(baseline.file, share);
  }
  return [...shares.values()];
}

function rowsAfter(
  baseline: Baseline,
  files: ReadonlyMap<string, JudgedFile>,
  suppression: Exclude<Suppression, { kind: "none" }>,
  workspace: Workspace,
): BaselineRows {
  const isToWrite = ({ rule }: BaselineRow): boolean =>
    suppression.kind !== "rules" || suppression.rules.includes(rule);
  const kept = [...baseline.rows.values()].filter(
    (row) => (!files.has(row.file) && !isGone(baseline, row.file, workspace)) || !isToWrite(row),
  );
  const found = [...files.values()].flatMap(({ findings, known }) =>
    suppression.kind === "prune" ? known : [...findings, ...known],
  );
  return byKey([...kept, ...[...rowsOf(found).values()].filter(isToWrite)]);
}

function rowsOf(findings: readonly Finding[]): BaselineRows {
  const rows = new Map<string, BaselineRow>();
  for (const { key } of findings) {
    if (!key) continue;
    const text = textOfKey(key);
    rows.set(text, { ...key, count: (rows.get(text)?.count ?? 0) + 1 });
  }
  return rows;
}

function isGone({ file: baseline }: Baseline, file: string, { disk }: Workspace): boolean {
  return !disk.exists(joinPath(directoryOf(baseline), file));
}

function countOf(rows: BaselineRows): number {
  return [...rows.values()].reduce((sum, { count }) => sum + count, 0);
}
