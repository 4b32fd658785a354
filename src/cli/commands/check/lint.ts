import { rules } from "../../../../rules/index.js";
import type { ComposeFile } from "../../../compose/read/compose-file.js";
import type { ChosenRules } from "../../../lint/configure.js";
import { isFixable, RULE_PREFIX, type Finding } from "../../../lint/finding.js";
import { fixText, lintText, type Host } from "../../../lint/run.js";
import { parseInWorkspace } from "../../workspaces.js";
import type { Workspace } from "../../../workspace/workspace.js";

/** What a file comes to. */
export interface LintedFile {
  readonly findings: readonly Finding[];
  /** Those that a baseline has. */
  readonly known: readonly Finding[];
  /** Undefined for a text that is no YAML, and for one whose comments can't be read. */
  readonly composeFile: ComposeFile | undefined;
  /** Undefined only for a text that is no YAML. */
  readonly parsed: ComposeFile | undefined;
  /** What the findings are about, with its byte order mark. */
  readonly text: string;
  /** The text after the fixes, where they change it. */
  readonly after: string | undefined;
}

export type Lint = (path: string, text: string) => LintedFile;

/**
 * @param fixes Whether a file is one that a fix may change.
 * @param isDry Whether nothing will be written: then the findings stay as well.
 * @returns a function that lints one file after the other.
 */
export function createLint(
  workspace: Workspace,
  chosen: ChosenRules,
  fixes: (path: string) => boolean,
  isDry = false,
): Lint {
  const host: Host = {
    rules: new Map(rules.map((rule) => [`${RULE_PREFIX}${rule.name}`, rule])),
    ...chosen,
    policyFor: (path) => workspace.policyFor(path),
    parse: parseInWorkspace,
    views: (file) => workspace.judgedViews(file),
    broughtIn: (file) => workspace.broughtInBy(file),
  };
  return (path, before) => {
    const unfixed = isDry || !fixes(path) ? lintText(host, path, before) : undefined;
    const fixed = fixes(path) && unfixed?.findings.some(isFixable) !== false ? fixText(host, path, before) : undefined;
    const { findings, known: suppressed, file, isTroubled } = unfixed ?? fixed ?? lintText(host, path, before);
    const text = unfixed ? before : (fixed?.text ?? before);
    const known = file?.source.text;
    return {
      findings,
      known: suppressed,
      composeFile: isTroubled ? undefined : file,
      parsed: file,
      // Of a thousand files, one copy of each text is enough to keep.
      text: known === text ? known : text,
      after: fixed?.isFixed === true ? fixed.text : undefined,
    };
  };
}
