import { rules } from "../../../../rules/index.js";
import type { ComposeFile } from "../../../compose/read/compose-file.js";
import type { RuleSettings } from "../../../lint/configure.js";
import { RULE_PREFIX, type Finding } from "../../../lint/finding.js";
import { fixText, lintText, type Host } from "../../../lint/run.js";
import { parseInWorkspace } from "../../workspaces.js";
import type { Workspace } from "../../../workspace/workspace.js";

/** What a file comes to. */
export interface LintedFile {
  readonly findings: readonly Finding[];
  /** Undefined for a text that is no YAML, and for one whose comments can't be read. */
  readonly composeFile: ComposeFile | undefined;
  /** What the findings are about: the text after the fixes, with its byte order mark. */
  readonly text: string;
  readonly isFixed: boolean;
}

export type Lint = (path: string, text: string) => LintedFile;

/**
 * @param fixes Whether a file is one that a fix may change.
 * @returns a function that lints one file after the other.
 */
export function createLint(workspace: Workspace, settings: RuleSettings, fixes: (path: string) => boolean): Lint {
  const host: Host = {
    rules: new Map(rules.map((rule) => [`${RULE_PREFIX}${rule.name}`, rule])),
    settings,
    parse: parseInWorkspace,
    views: (file) => workspace.judgedViews(file),
    broughtIn: (file) => workspace.broughtInBy(file),
  };
  return (path, before) => {
    const { findings, file, isTroubled, text, isFixed } = fixes(path)
      ? fixText(host, path, before)
      : { ...lintText(host, path, before), text: before, isFixed: false };
    const known = file?.source.text;
    // Of a thousand files, one copy of each text is enough to keep.
    return { findings, composeFile: isTroubled ? undefined : file, text: known === text ? known : text, isFixed };
  };
}
