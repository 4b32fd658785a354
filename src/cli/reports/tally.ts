import type { Project } from "../../compose/project/project.js";
import { isFixable, type Finding } from "../../lint/finding.js";
import type { WrittenBaseline } from "../commands/check/suppress.js";
import { count } from "../terminal/count.js";
import type { HeldPolicies } from "../files/policies.js";
import { printablePath } from "../terminal/printable.js";
import { leftOutPhrase, notePhrase, type LeftOut, type NotCheckedEntry } from "../files/not-checked.js";

/** The numbers of a run. */
export interface Summary {
  readonly files: number;
  readonly projects: number;
  /** Those that Compose creates: neither external ones nor ones that no service joins. */
  readonly networks: number;
  readonly errors: number;
  readonly warnings: number;
  readonly fixable: number;
  /** Findings that a baseline has, and that are not reported. */
  readonly suppressed: number;
  /** Findings that a baseline has and that are no longer there. */
  readonly unusedSuppressions: number;
  /** Files, and directories that were named, which the policy leaves out. */
  readonly ignored: number;
  /** The same of `--exclude`. */
  readonly excluded: number;
  /** What is there and was not judged. */
  readonly notChecked: readonly NotCheckedEntry[];
  /** How directories were listed, where that is not as usual. */
  readonly notes: readonly LeftOut[];
  readonly held: HeldPolicies;
}

type LeftAside = Pick<Summary, "ignored" | "excluded" | "unusedSuppressions">;

export class Tally {
  #files = 0;
  #errors = 0;
  #warnings = 0;
  #fixable = 0;
  readonly #projects = new Set<Project>();
  #suppressed = 0;
  readonly #networksOf = new Map<string, number>();

  addFile(): void {
    this.#files += 1;
  }

  /** A project of several files is met once with each of them, and counts once. */
  addProject(project: Project): void {
    if (this.#projects.has(project)) return;
    this.#projects.add(project);
    const key = project.files.map(({ source }) => source.path).join("\n");
    this.#networksOf.set(key, project.networks.filter(isCreated).length);
  }

  addFindings(findings: readonly Finding[]): void {
    for (const finding of findings) {
      if (finding.severity === "error") this.#errors += 1;
      else this.#warnings += 1;
      if (isFixable(finding)) this.#fixable += 1;
    }
  }

  addSuppressed(findings: number): void {
    this.#suppressed += findings;
  }

  summary(
    notChecked: readonly NotCheckedEntry[] = [],
    notes: readonly LeftOut[] = [],
    { ignored = 0, excluded = 0, unusedSuppressions = 0 }: Partial<LeftAside> = {},
    held: HeldPolicies = { policies: [], withoutPolicy: undefined },
  ): Summary {
    return {
      held,
      files: this.#files,
      projects: this.#networksOf.size,
      networks: [...this.#networksOf.values()].reduce((sum, networks) => sum + networks, 0),
      errors: this.#errors,
      warnings: this.#warnings,
      fixable: this.#fixable,
      suppressed: this.#suppressed,
      unusedSuppressions,
      ignored,
      excluded,
      notChecked,
      notes,
    };
  }
}

function isCreated({ existence }: Project["networks"][number]): boolean {
  return existence.kind === "created" || existence.kind === "unknown";
}

/** What became of the files that a fix changes. */
export interface Fixes {
  readonly written?: number;
  /** Files that a dry run left as they are. */
  readonly changeable?: number;
  /** The baselines that were written. */
  readonly baselines?: readonly WrittenBaseline[];
}

/** `checked 12 files: 7 projects, 19 networks; 2 errors, 1 warning; 1 fixable with --fix` */
export function summaryLine(summary: Summary, { written = 0, changeable = 0, baselines = [] }: Fixes = {}): string {
  const { files, projects, networks, errors, warnings, fixable, ignored, excluded, notChecked, notes, held } = summary;
  const { suppressed, unusedSuppressions: unused } = summary;
  const findings = [
    ...(errors > 0 ? [count(errors, "error")] : []),
    ...(warnings > 0 ? [count(warnings, "warning")] : []),
  ];
  return [
    `checked ${count(files, "file")}: ${count(projects, "project")}, ${count(networks, "network")}`,
    ...(findings.length > 0 ? [findings.join(", ")] : nothingFound(summary)),
    ...(fixable > 0 ? [`${fixable} fixable with --fix`] : []),
    ...(written > 0 ? [`fixed ${count(written, "file")}`] : []),
    ...(changeable > 0 ? [`--fix would change ${count(changeable, "file")}`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed by the baseline`] : []),
    ...(unused > 0 ? [`${unused} in the baseline no longer found (run compose-networks --prune-suppressions)`] : []),
    ...baselines.map(({ name, findings }) => `wrote ${printablePath(name)} (${count(findings, "finding")})`),
    ...(ignored > 0 ? [`${ignored} ignored by the policy file`] : []),
    ...(excluded > 0 ? [`${excluded} excluded by --exclude`] : []),
    ...(notChecked.length > 0 ? [leftOutPhrase(notChecked)] : []),
    ...notes.map(notePhrase),
    ...policyPhrases(held),
  ].join("; ");
}

/** `policy files: a.yaml (2 files), b.yaml (1 file); no policy file for 1 file, up to ..` */
function policyPhrases({ policies, withoutPolicy }: HeldPolicies): string[] {
  const [only, ...others] = policies;
  const names = policies.map(({ file, files }) => `${printablePath(file)} (${count(files, "file")})`).join(", ");
  const found = only && others.length === 0 && !withoutPolicy ? `policy file: ${printablePath(only.file)}` : undefined;
  const missing = withoutPolicy && `up to ${printablePath(withoutPolicy.upTo)} (run compose-networks init)`;
  return [
    ...(only ? [found ?? `policy files: ${names}`] : []),
    ...(withoutPolicy && missing !== undefined
      ? [only ? `no policy file for ${count(withoutPolicy.files, "file")} ${missing}` : `no policy file ${missing}`]
      : []),
  ];
}

/** Of what was not judged, nobody can say that nothing is wrong with it. */
function nothingFound({ files, notChecked }: Summary): string[] {
  if (notChecked.length === 0) return ["no findings"];
  return files > 0 ? [`nothing found in ${files > 1 ? "these" : "this one"}`] : [];
}
