import { directoryOf, joinPath } from "../../kit/paths.js";
import { isPolicyFileName } from "../../policy/find-policy-file.js";
import type { Baseline } from "../../policy/baseline/baseline-file.js";
import { formatLocation, type PolicyFault } from "../../policy/source-text.js";
import type { NotChecked } from "../../workspace/files/not-checked.js";
import { byCodeUnits } from "../../kit/order.js";
import { displayPath, shownPath } from "../../workspace/files/paths.js";
import { faultsOf, type PolicyReading } from "../../workspace/scoped-policy.js";
import type { Workspace } from "../../workspace/workspace.js";
import { count } from "../terminal/count.js";
import { unread } from "./not-checked.js";
import { cutQuotes, printable } from "../terminal/printable.js";
import type { Targets } from "./targets.js";
import type { Terminal } from "../terminal/terminal.js";

/** Which policies hold for the files of a check, for reports. Paths are relative to the working directory. */
export interface HeldPolicies {
  readonly policies: readonly { readonly file: string; readonly files: number }[];
  /** The files that none holds for, and up to which folder one was looked for. */
  readonly withoutPolicy: { readonly files: number; readonly upTo: string } | undefined;
}

type Governing = Pick<Targets, "files" | "governed" | "ignored">;

/** What the forbidden-ranges files say that hold for the targets, and the baselines beside them. */
export class GoverningPolicies {
  /** By their paths. */
  readonly #readings = new Map<string, Exclude<PolicyReading, { kind: "none" }>>();
  readonly #judged = new Map<string, number>();
  readonly #baselines = new Map<string, Baseline>();
  #withoutPolicy: { files: number; upTo: string } | undefined;
  readonly #workspace: Workspace;

  constructor({ files, governed, ignored }: Governing, workspace: Workspace) {
    this.#workspace = workspace;
    for (const directory of governed) this.#note(directory, 0);
    // A fault may be why a file is ignored.
    const ignoring = new Set(ignored.flatMap((path) => policyThatIgnores(path, workspace)));
    for (const policy of ignoring) this.#note(directoryOf(policy), 0);
    for (const [directory, judged] of filesByDirectory(files)) this.#note(directory, judged);
  }

  #note(directory: string, judged: number): void {
    const path = joinPath(directory, "compose.yaml");
    const reading = this.#workspace.policyFor(path);
    const baseline = this.#workspace.baselineFor(path);
    this.#baselines.set(baseline.file, baseline);
    if (reading.kind === "none") {
      const { files = 0, upTo = this.#workspace.endOfLookup(path) } = this.#withoutPolicy ?? {};
      this.#withoutPolicy = { files: files + judged, upTo };
      return;
    }
    const file = fileOf(reading);
    this.#readings.set(file, reading);
    this.#judged.set(file, (this.#judged.get(file) ?? 0) + judged);
  }

  /** Each with how many of the files it holds for. */
  get held(): HeldPolicies {
    const { cwd } = this.#workspace.options;
    const policies = [...this.#judged].map(([file, files]) => ({ file: displayPath(cwd, file), files }));
    const none = this.#withoutPolicy;
    const upTo = none && (none.upTo === "/" ? none.upTo : displayPath(cwd, none.upTo));
    return {
      policies: policies.sort((one, other) => byCodeUnits(one.file, other.file)),
      withoutPolicy: none && none.files > 0 && upTo !== undefined ? { files: none.files, upTo } : undefined,
    };
  }

  /** Those that are called so. They are checked as well. */
  get files(): readonly string[] {
    return [...this.#readings.keys()].filter(isPolicyFileName);
  }

  isFaulty(file: string): boolean {
    const reading = this.#readings.get(file);
    return reading !== undefined && faultsOf(reading).length > 0;
  }

  /** Every fault of every one and of the baselines, each once, ready to print. */
  get faults(): readonly string[] {
    const ofBaselines = [...this.#baselines.values()].flatMap(({ faults: each }) => each);
    const faults = [...[...this.#readings.values()].flatMap(faultsOf), ...ofBaselines];
    return [...new Set(faults.map((fault) => show(fault, this.#workspace.options.cwd)))];
  }

  /** What is left of entries without those that the faults name already. */
  withoutTold(entries: readonly NotChecked[]): readonly NotChecked[] {
    const told = new Set([...this.#readings.values()].flatMap((reading) => reading.unread));
    return entries.filter(({ path }) => !told.has(path) && !this.isFaulty(path));
  }

  /** Each faulty one, with what is not judged for want of it. */
  get notChecked(): readonly NotChecked[] {
    const { disk, options } = this.#workspace;
    return [...this.#readings].flatMap(([path, reading]): NotChecked[] => {
      if (faultsOf(reading).length === 0) return [];
      const fault = disk.faults().get(path);
      const { reason, ...entry } = fault
        ? unread(path, fault, options.cwd)
        : { path, reason: this.#errorsOf(reading), cure: "fix that" };
      return [{ ...entry, reason: `${reason}${this.#consequence(path, reading)}`, isTrouble: true }];
    });
  }

  #errorsOf(reading: PolicyReading): string {
    const [first, ...others] = faultsOf(reading);
    if (!first) return "";
    const place = formatLocation({ ...first, file: shownPath(this.#workspace.options.cwd, first.file) });
    return others.length === 0 ? `has an error at ${place}` : `has ${others.length + 1} errors, the first at ${place}`;
  }

  #consequence(path: string, { kind }: PolicyReading): string {
    const judged = this.#judged.get(path) ?? 0;
    if (judged === 0) return "";
    const files = `${count(judged, "file")} ${judged === 1 ? "is" : "are"}`;
    return kind === "policy"
      ? `: ${files} checked only against the forbidden ranges that could be read, and not against other projects`
      : `: ${files} not checked against forbidden ranges, nor against other projects`;
  }
}

/** @returns whether there are faults, which are named. */
export function complainOfPolicies({ faults }: GoverningPolicies, terminal: Terminal): boolean {
  terminal.stderr.write(faults.map((fault) => `${fault}\n`).join(""));
  return faults.length > 0;
}

function fileOf(reading: Exclude<PolicyReading, { kind: "none" }>): string {
  return reading.kind === "policy" ? reading.scoped.policy.file : reading.file;
}

function filesByDirectory(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(directoryOf(file), (counts.get(directoryOf(file)) ?? 0) + 1);
  return counts;
}

function show({ file, line, column, message }: PolicyFault, cwd: string): string {
  return printable(cutQuotes(`${formatLocation({ file: shownPath(cwd, file), line, column })}: ${message}`));
}

function policyThatIgnores(path: string, workspace: Workspace): readonly string[] {
  const ignorer = workspace.ignoredBy(path);
  return ignorer?.kind === "policy" ? [ignorer.file] : [];
}
