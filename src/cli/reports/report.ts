import type { ReportFormat } from "../arguments/check.js";
import { absolutePath, displayPath } from "../../workspace/files/paths.js";
import type { CheckedFile } from "./checked-file.js";
import { summaryLine, type Fixes, type Summary } from "./tally.js";
import type { Channel } from "../terminal/terminal.js";

/** What a check has to report. */
export interface Findings {
  /** Those with findings. */
  readonly files: readonly CheckedFile[];
  readonly summary: Summary;
  readonly fixes: Fixes;
  /** Whether each finding has a card, however many there are. */
  readonly isVerbose: boolean;
  /** Whether people see only errors. */
  readonly isQuiet: boolean;
  /** Absolute, with `/`. Paths begin here, */
  readonly cwd: string;
  /** and those that machines read begin here. */
  readonly top: string;
}

/** Each format is loaded when somebody asks for it. */
export async function report(format: ReportFormat, findings: Findings, channel: Channel): Promise<void> {
  channel.write(await textOf(format, findings, channel));
}

async function textOf(format: ReportFormat, findings: Findings, channel: Channel) {
  const { summary, fixes } = findings;
  const all = fromTop(findings);
  // Only SARIF has a place for findings that are known.
  const files = findings.files.filter(hasFindings);
  const machine = { ...all, files: all.files.filter(hasFindings) };
  switch (format) {
    case "text":
    case "text and annotations": {
      const shown = findings.isQuiet ? files.flatMap(withErrorsOnly) : files;
      const cards = shown.length > 0 ? await cardsOf({ ...findings, files: shown }, channel) : "";
      const annotations = format === "text" ? "" : await annotationsOf(machine.files, machine.summary);
      const line = findings.isQuiet && summary.errors === 0 ? "" : `${summaryLine(summary, fixes)}\n`;
      return `${cards}${line}${annotations}`;
    }
    case "github":
      return `${await annotationsOf(machine.files, machine.summary)}${summaryLine(summary, fixes)}\n`;
    case "json":
      return (await import("./json.js")).jsonReport(machine.files, machine.summary);
    case "sarif":
      return (await import("./sarif.js")).sarifReport(all.files, all.summary, findings.top);
    case "gitlab":
      return (await import("./gitlab.js")).gitlabReport(machine.files, machine.summary);
    case "junit":
      return (await import("./junit.js")).junitReport(machine.files, machine.summary);
  }
}

function withErrorsOnly(file: CheckedFile): CheckedFile[] {
  const findings = file.findings.filter(({ severity }) => severity === "error");
  return findings.length > 0 ? [{ ...file, findings }] : [];
}

function hasFindings({ findings }: CheckedFile): boolean {
  return findings.length > 0;
}

/** Programs know the repository, and not the folder in which somebody started the check. */
function fromTop({ files, summary, cwd, top }: Findings): Pick<Findings, "files" | "summary"> {
  if (cwd === top) return { files, summary };
  const moved = (file: string): string => displayPath(top, absolutePath(cwd, file));
  const moveAll = <Entry extends { readonly file: string }>(entries: readonly Entry[]): Entry[] =>
    entries.map((entry) => ({ ...entry, file: moved(entry.file) }));
  const { notChecked, notes, held } = summary;
  const { withoutPolicy } = held;
  return {
    files: files.map((file) => ({ ...file, name: moved(file.name) })),
    summary: {
      ...summary,
      notChecked: moveAll(notChecked),
      notes: moveAll(notes),
      held: {
        policies: moveAll(held.policies),
        withoutPolicy: withoutPolicy && { ...withoutPolicy, upTo: moved(withoutPolicy.upTo) },
      },
    },
  };
}

async function cardsOf({ files, summary, isVerbose }: Findings, { hasColors }: Channel): Promise<string> {
  const [{ textReport }, { painter }, { firstRunReport, isFirstRun }] = await Promise.all([
    import("./text.js"),
    import("../terminal/paint.js"),
    import("./first-run.js"),
  ]);
  const paint = painter(hasColors);
  return !isVerbose && isFirstRun(summary) ? firstRunReport(files, summary, paint) : textReport(files, paint);
}

async function annotationsOf(files: readonly CheckedFile[], summary: Summary): Promise<string> {
  const { githubReport } = await import("./github.js");
  return githubReport(files, summary);
}
