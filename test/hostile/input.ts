import type { Site } from "./site.js";

/** The kinds of harm that a checkout can do. */
export const CLASSES = [
  "git runs commands",
  "content printed",
  "values printed",
  "links",
  "special files",
  "size",
  "time",
  "depth",
  "silence",
  "display",
  "files left",
  "full output",
] as const;

/** A hostile checkout, and what may come of it. */
export interface Input {
  readonly name: string;
  /** Why it can't be tried on this machine, in words. */
  readonly obstacle?: () => string | undefined;
  /** Makes its files. */
  readonly build: (site: Site) => void;
  /** One after the other, in the same folder. */
  readonly calls: readonly Call[];
  /** Looks at the folder after all calls. What it returns is wrong. */
  readonly after?: (site: Site) => readonly string[];
}

/** The same checkout in two sizes: time may grow as the size does, or stop at a limit. */
export interface GrowingInput {
  readonly name: string;
  /** The smaller size; the larger one is twice that. */
  readonly size: number;
  readonly build: (site: Site, size: number) => void;
  readonly call: Call;
}

/** One start of a program in the checkout. */
export interface Call {
  readonly program: "command" | "eslint";
  readonly args: readonly string[];
  /** The working directory, relative to the checkout. */
  readonly from?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** As a user who is not root. */
  readonly unprivileged?: boolean;
  /** A device that takes nothing. */
  readonly output?: "full";
  /** Whether its output is a terminal. */
  readonly terminal?: boolean;
  /** Bytes that it may write into one file. */
  readonly fileSizeLimit?: number;
  /** Exit codes that are right. */
  readonly exit?: readonly number[];
  /** What its output must have. */
  readonly says?: readonly (string | RegExp)[];
  /** What its output must not have; secrets of the site are looked for in any case. */
  readonly hides?: readonly (string | RegExp)[];
  /** What JSON's `notChecked` must have: a part of the file's name and of the reason. */
  readonly notChecked?: readonly (readonly [file: string | RegExp, reason: RegExp])[];
  /** Megabytes that it may use. */
  readonly memory?: number;
}

export type Expected = Omit<Call, "program" | "args">;

/** What holds of each call, also of one that answers another question. */
export function withoutAnswers(expected: Expected): Expected {
  const { hides, memory, env } = expected;
  return { ...(hides && { hides }), ...(memory !== undefined && { memory }), ...(env && { env }) };
}

/** The command line with these words, as in `command("list --format json")`. */
export function command(words: string, expected: Expected = {}): Call {
  return { program: "command", args: words.split(" ").filter(Boolean), ...expected };
}

/** @param paths What ESLint is given: what it is given, it reads by itself. */
export function eslint(expected: Expected = {}, ...paths: readonly string[]): Call {
  return { program: "eslint", args: paths.length === 0 ? ["."] : paths, ...expected };
}

export const REPORTS = ["text", "json", "sarif", "github", "gitlab", "junit"] as const;

/** A check by every report. */
export function everyReport(expected: Expected = {}): Call[] {
  return REPORTS.map((format) => command(`--format ${format}`, expected));
}

/** All that a stranger's checkout is given to: each command that reads, each report, ESLint. */
export function everywhere(expected: Expected = {}): Call[] {
  const always = withoutAnswers(expected);
  return [
    ...everyReport(expected),
    ...["list", "list --format json", "--fix-dry-run", "free", "renumber default"].map((words) =>
      command(words, always),
    ),
    eslint(always),
  ];
}
