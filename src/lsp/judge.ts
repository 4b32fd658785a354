import { rules } from "../../rules/index.js";
import type { ComposeFile } from "../compose/read/compose-file.js";
import type { ChosenRules } from "../lint/configure.js";
import { RULE_PREFIX, type Finding } from "../lint/finding.js";
import { failure, success, type Result } from "../kit/result.js";
import { catalogueOf } from "../lint/policy-rules.js";
import { fixText, lintText, type Host } from "../lint/run.js";
import type { Disk } from "../workspace/files/disk.js";
import type { ReadFault } from "../workspace/files/read-fault.js";
import { isForeign } from "../workspace/foreign-files.js";
import { Workspaces } from "../workspace/registry.js";
import type { Workspace } from "../workspace/workspace.js";
import type { WorkspaceOptions } from "../workspace/workspace-options.js";
import type { Folders } from "./folders.js";
import { reasonOf } from "./told-once.js";

/** What one file comes to. */
export interface Judged {
  readonly path: string;
  /** With its byte order mark, if it has one. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Undefined for a text that is no YAML. */
  readonly file: ComposeFile | undefined;
  /** What went wrong with the check itself. */
  readonly failure: string | undefined;
}

/** What was chosen for the whole session: the same as for a check on the command line. */
export interface Choices extends ChosenRules {
  readonly options: Omit<WorkspaceOptions, "cwd" | "tellsPolicyFaults" | "saysWhenToLook" | "list">;
}

/** Runs the rules over files of any of the folders, as the command line does. */
export class Judge {
  readonly #workspaces: Workspaces;

  constructor(
    disk: Disk,
    readonly folders: Folders,
    readonly choices: Choices,
    /** Whether `lookAgain` is called of its workspaces when files have changed. */
    readonly saysWhenToLook: boolean,
  ) {
    this.#workspaces = new Workspaces(disk, catalogueOf(rules));
  }

  /** Of the folder that holds a file. */
  workspaceOf(path: string): Workspace {
    return this.#workspaces.workspaceFor({
      ...this.choices.options,
      cwd: this.folders.of(path),
      tellsPolicyFaults: true,
      saysWhenToLook: this.saysWhenToLook,
    });
  }

  /** @returns why a file can't be read; undefined for one that is not there, or is none of ours. */
  judge(path: string): Judged | ReadFault | undefined {
    const workspace = this.workspaceOf(path);
    if (workspace.ignoredBy(path) !== undefined) return undefined;
    const content = textAt(path, workspace);
    if (!content.ok) return content.fault.kind === "missing" ? undefined : content.fault;
    const text = content.value;
    try {
      const { findings, file } = lintText(this.#host(workspace), path, text);
      return isForeign(path, text, file) ? undefined : { path, text, findings, file, failure: undefined };
    } catch (error) {
      return { path, text, findings: [], file: undefined, failure: reasonOf(error) };
    }
  }

  /** The text after all fixes that can be made in it, as `--fix` makes them. */
  fixed(path: string): { readonly before: string; readonly after: string } | undefined {
    const workspace = this.workspaceOf(path);
    const content = textAt(path, workspace);
    if (!content.ok || workspace.ignoredBy(path) !== undefined) return undefined;
    const before = content.value;
    const { text, isFixed } = fixText(this.#host(workspace), path, before);
    return isFixed && text !== before ? { before, after: text } : undefined;
  }

  /** With its byte order mark; undefined for a file that can't be read. */
  textAt(path: string): string | undefined {
    const content = textAt(path, this.workspaceOf(path));
    return content.ok ? content.value : undefined;
  }

  #host(workspace: Workspace): Host {
    return {
      rules: RULES,
      settings: this.choices.settings,
      typed: this.choices.typed,
      policyFor: (path) => workspace.policyFor(path),
      parse: this.#workspaces.parse,
      views: (file) => workspace.judgedViews(file),
      broughtIn: (file) => workspace.broughtInBy(file),
    };
  }
}

const RULES: Host["rules"] = new Map(rules.map((rule) => [`${RULE_PREFIX}${rule.name}`, rule]));

/** Nothing is replaced: another text than that of the file would be fixed. */
function textAt(path: string, { disk }: Workspace): Result<string, ReadFault> {
  const bytes = disk.readBytes(path);
  if (!bytes.ok) return bytes;
  try {
    return success(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.value));
  } catch {
    return failure({ kind: "not UTF-8" });
  }
}
