import { failure, success, type Result } from "../../kit/result.js";

/** One line of a git configuration: `remote.origin.url`, with section and name in lower case. */
export interface GitSetting {
  readonly section: string;
  /** `origin` in `[remote "origin"]`. */
  readonly subsection: string | undefined;
  readonly name: string;
  /** Undefined where the line has no `=`, which means true. */
  readonly value: string | undefined;
}

const BLANK = /^[ \t\r]*(?:[#;][^\n]*)?$/;
const SECTION = /^[ \t]*\[([A-Za-z0-9.-]+)(?:[ \t]+"((?:[^"\\\n]|\\[^\n])*)")?\][ \t\r]*(?:[#;][^\n]*)?$/;
const SETTING = /^[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*(?:=([^\n]*)|(?:[#;][^\n]*)?)\r?$/;

/**
 * Reads a configuration as git writes it. It must not miss a line that git would see: so what git also accepts, and
 * never writes (a value that goes on in the next line, a setting beside its section), is a fault.
 */
export function parseGitConfig(text: string): Result<readonly GitSetting[], string> {
  const settings: GitSetting[] = [];
  let section: Pick<GitSetting, "section" | "subsection"> | undefined;
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (BLANK.test(line)) continue;
    const [, heading, subsection] = SECTION.exec(line) ?? [];
    if (heading !== undefined) {
      section = sectionOf(heading, subsection);
      continue;
    }
    const [, name, value] = SETTING.exec(line) ?? [];
    if (name === undefined || !section || /\\\r?$/.test(line)) return failure(`line ${index + 1}`);
    settings.push({ ...section, name: name.toLowerCase(), value: value === undefined ? undefined : plain(value) });
  }
  return success(settings);
}

/** `[remote.origin]` is an old way to write `[remote "origin"]`. */
function sectionOf(heading: string, subsection: string | undefined): Pick<GitSetting, "section" | "subsection"> {
  const dot = heading.indexOf(".");
  const whole = heading.toLowerCase();
  if (subsection !== undefined || dot < 0) return { section: whole, subsection: subsection?.replace(/\\(.)/g, "$1") };
  return { section: whole.slice(0, dot), subsection: whole.slice(dot + 1) };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b" };

/** Takes quotes, escapes and comments out of a value. */
function plain(written: string): string {
  let isQuoted = false;
  let value = "";
  let kept = 0;
  // What is left out at the end is not kept below. An expression for it would begin anew at each of a million spaces.
  for (const [part, escaped] of written.replace(/^[ \t\r]+/, "").matchAll(/\\([^])|[^]/g)) {
    if (escaped !== undefined) value += ESCAPES[escaped] ?? escaped;
    else if (part === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (part === "#" || part === ";")) break;
    else value += part;
    if (isQuoted || escaped !== undefined || !/[ \t\r]/.test(part)) kept = value.length;
  }
  return value.slice(0, kept);
}
