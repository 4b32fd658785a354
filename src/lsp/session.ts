import type { Diagnostic } from "vscode-languageserver";

import { formatLocation, type PolicyFault } from "../policy/source-text.js";
import { faultsOf, type PolicyReading } from "../workspace/scoped-policy.js";
import { describeReadFault, isTrouble, type ReadFault } from "../workspace/files/read-fault.js";
import { shownPath } from "../workspace/files/paths.js";
import type { Workspace } from "../workspace/workspace.js";
import type { Abilities, Client } from "./client.js";
import { diagnosticOf, failedCheck } from "./diagnostics.js";
import type { Folders } from "./folders.js";
import type { Judge, Judged } from "./judge.js";
import type { OpenDocuments } from "./open-documents.js";
import { Publisher } from "./publisher.js";
import { isOurs, targetsOf } from "./targets.js";
import { MarkedLines } from "./text-lines.js";
import { reasonOf, type ToldOnce } from "./told-once.js";
import { uriOf } from "./uris.js";

/** Longer than this, nothing else is kept waiting by a check of many files. */
const SLICE = 30;

/** What is known of the files of an editor, and what it is told about them. */
export class Session {
  readonly #publisher: Publisher;
  /** What has changed since all files were looked at. */
  readonly #changed = new Set<string>();
  #last: { readonly turn: unknown; readonly judged: Judged | undefined } | undefined;
  #round = 0;

  constructor(
    readonly client: Client,
    readonly abilities: Abilities,
    readonly documents: OpenDocuments,
    readonly folders: Folders,
    readonly judge: Judge,
    readonly told: ToldOnce,
  ) {
    this.#publisher = new Publisher(client);
  }

  /** Something about a file is no longer what it was: its text, or whether it is there. */
  touch(paths: readonly string[]): void {
    this.#round += 1;
    this.#last = undefined;
    for (const path of paths) this.#changed.add(path);
  }

  /** The editor asks for it itself from now on, or no longer. */
  opened(path: string): void {
    if (this.abilities.pullsDiagnostics) this.#publisher.takeBack(this.uriAt(path));
    this.touch([path]);
  }

  closed(path: string, uri: string): void {
    this.#publisher.takeBack(uri);
    this.#publisher.forget(uri);
    this.touch([path]);
  }

  /** What an open file comes to now. */
  judged(path: string): Judged | undefined {
    const others = [...this.#changed].some((changed) => changed !== path);
    if (others) this.#lookAgain();
    const version = this.documents.at(path)?.version;
    const turn = `${this.#round} ${version ?? ""} ${path}`;
    if (this.#last?.turn === turn) return this.#last.judged;
    const workspace = this.judge.workspaceOf(path);
    const judged = isOurs(path, workspace) ? this.#judge(path) : undefined;
    this.#last = { turn, judged };
    return judged;
  }

  diagnosticsAt(path: string): readonly Diagnostic[] {
    const judged = this.judged(path);
    return judged ? this.diagnosticsOf(judged) : [];
  }

  /** The answer to an editor that asks for them. */
  pull(path: string, previous: string | undefined) {
    const items = this.diagnosticsAt(path);
    return { ...this.#publisher.answer(this.uriAt(path), items, previous), items };
  }

  /** Tells the editor about a file that it has just changed. */
  pushOpen(path: string): void {
    const document = this.documents.at(path);
    if (!document || this.abilities.pullsDiagnostics) return;
    this.told.guard(() => {
      this.#publisher.publish(document.uri, document.version, this.diagnosticsAt(path));
    }, undefined);
  }

  /**
   * Looks at all open files, the other files of their projects and their policies, and tells what has changed. It lets
   * others have their turn, and ends early when something has changed meanwhile.
   */
  async checkAll(): Promise<void> {
    try {
      await this.#checkAll();
    } catch (error) {
      this.told.failed(error);
    }
  }

  async #checkAll(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    this.#last = undefined;
    this.#lookAgain();
    const results = new Map<string, readonly Diagnostic[]>();
    let start = performance.now();
    for (const [workspace, open] of this.#openByWorkspace()) {
      const targets = targetsOf(open, workspace);
      for (const path of targets) {
        const judged = this.#judge(path);
        if (judged && this.#isShown(path)) results.set(path, this.diagnosticsOf(judged));
        if (performance.now() - start < SLICE) continue;
        await new Promise((resume) => setImmediate(resume));
        if (this.#round !== round) return;
        start = performance.now();
      }
      this.#tellOfPolicies(workspace, targets);
      for (const [path, fault] of workspace.index.faults) this.#tellOfUnread(path, fault);
    }
    this.#tell(results);
  }

  #tell(results: ReadonlyMap<string, readonly Diagnostic[]>): void {
    const pulls = this.abilities.pullsDiagnostics;
    const pushed = new Set<string>();
    let isOutdated = false;
    for (const [path, diagnostics] of results) {
      const document = this.documents.at(path);
      const uri = this.uriAt(path);
      if (document && pulls) {
        isOutdated ||= this.#publisher.isOutdated(uri, diagnostics);
        continue;
      }
      pushed.add(uri);
      this.#publisher.publish(uri, document?.version, diagnostics);
    }
    this.#publisher.keepOnly(pushed);
    if (isOutdated) this.client.refresh("diagnostics");
    this.client.refresh("hints");
  }

  diagnosticsOf(judged: Judged): readonly Diagnostic[] {
    if (judged.failure !== undefined) return [failedCheck(judged.failure)];
    const lines = new MarkedLines(judged.text);
    return judged.findings.map((finding) =>
      diagnosticOf(finding, {
        uri: this.uriAt(judged.path),
        rangeOf: ({ at }) => lines.rangeOf(at.span),
        uriOf: (path) => this.uriAt(path),
        showsRelated: this.abilities.showsRelated,
      }),
    );
  }

  /** As the editor writes it. */
  uriAt(path: string): string {
    return this.documents.at(path)?.uri ?? uriOf(path);
  }

  #lookAgain(): void {
    this.#changed.clear();
    for (const workspace of this.#openByWorkspace().keys()) workspace.lookAgain();
  }

  #openByWorkspace(): ReadonlyMap<Workspace, readonly string[]> {
    const open = new Map<Workspace, string[]>();
    for (const { path } of this.documents.all()) {
      const workspace = this.judge.workspaceOf(path);
      open.set(workspace, [...(open.get(workspace) ?? []), path]);
    }
    return open;
  }

  #judge(path: string): Judged | undefined {
    let judged: ReturnType<Judge["judge"]>;
    try {
      judged = this.judge.judge(path);
    } catch (error) {
      judged = { path, text: "", findings: [], file: undefined, failure: reasonOf(error) };
    }
    if (judged && "kind" in judged) {
      this.#tellOfUnread(path, judged);
      return undefined;
    }
    const cause = `check of ${path}`;
    const name = shownPath(this.folders.of(path), path);
    if (judged?.failure === undefined) this.told.forget(cause);
    else this.told.tell(cause, "error", `The check of ${name} failed: ${judged.failure}. Please report it`);
    return judged;
  }

  /** Files outside all folders count only while they are open. */
  #isShown(path: string): boolean {
    return this.documents.at(path) !== undefined || this.folders.has(path) || this.#isBesideAnOpenOne(path);
  }

  /** A file that is open and lies in no folder makes one of its own directory. */
  #isBesideAnOpenOne(path: string): boolean {
    const folder = this.folders.of(path);
    return this.documents.all().some((document) => this.folders.of(document.path) === folder);
  }

  /** Of the policies and of the baselines beside them. */
  #tellOfPolicies(workspace: Workspace, targets: readonly string[]): void {
    const faults = new Map<string, { readonly fault: PolicyFault | undefined; readonly lost: string }>();
    for (const path of targets) {
      const reading = workspace.policyFor(path);
      if (reading.kind !== "none") faults.set(fileOf(reading), { fault: faultsOf(reading)[0], lost: RANGES_LOST });
      const baseline = workspace.baselineFor(path);
      faults.set(baseline.file, { fault: baseline.faults[0], lost: BASELINE_LOST });
    }
    for (const [file, { fault, lost }] of faults) {
      const cause = `policy ${file}`;
      if (fault) {
        const place = formatLocation({ ...fault, file: shownPath(workspace.options.cwd, fault.file) });
        this.told.tell(cause, "warning", `${place}: ${fault.message}. Until it is fixed, ${lost}`);
      } else if (!this.documents.at(file)) this.told.forget(cause);
    }
  }

  #tellOfUnread(path: string, fault: ReadFault): void {
    if (!isTrouble(fault)) return;
    const name = shownPath(this.folders.of(path), path);
    this.told.tell(`unread ${path}`, "warning", `${name}: not checked, because it ${describeReadFault(fault)}`);
  }
}

const RANGES_LOST = "files are not checked against all forbidden ranges";
const BASELINE_LOST = "known findings are reported as well";

function fileOf(reading: Exclude<PolicyReading, { kind: "none" }>): string {
  return reading.kind === "policy" ? reading.scoped.policy.file : reading.file;
}
