import type { ReportFormat } from "../arguments/check.js";
import type { CheckedFile } from "./checked-file.js";
import { summaryLine, type Fixes, type Summary } from "./tally.js";
import type { Channel } from "../terminal/terminal.js";

/** What a check has to report. */
export interface Findings {
  /** Those with findings. */
  readonly files: readonly CheckedFile[];
  readonly summary: Summary;
  readonly fixes: Fixes;
  /** Absolute, with `/`. */
  readonly cwd: string;
}

/** Each format is loaded when somebody asks for it. */
export async function report(format: ReportFormat, findings: Findings, channel: Channel): Promise<void> {
  channel.write(await textOf(format, findings, channel));
}

async function textOf(format: ReportFormat, { files, summary, fixes, cwd }: Findings, channel: Channel) {
  switch (format) {
    case "text":
    case "text and annotations": {
      const cards = summary.errors + summary.warnings > 0 ? await cardsOf(files, channel) : "";
      const annotations = format === "text" ? "" : await annotationsOf(files, summary);
      return `${cards}${summaryLine(summary, fixes)}\n${annotations}`;
    }
    case "github":
      return `${await annotationsOf(files, summary)}${summaryLine(summary, fixes)}\n`;
    case "json":
      return (await import("./json.js")).jsonReport(files, summary);
    case "sarif":
      return (await import("./sarif.js")).sarifReport(files, summary, cwd);
    case "gitlab":
      return (await import("./gitlab.js")).gitlabReport(files, summary);
    case "junit":
      return (await import("./junit.js")).junitReport(files, summary);
  }
}

async function cardsOf(files: readonly CheckedFile[], { hasColors }: Channel): Promise<string> {
  const [{ textReport }, { painter }] = await Promise.all([import("./text.js"), import("../terminal/paint.js")]);
  return textReport(files, painter(hasColors));
}

async function annotationsOf(files: readonly CheckedFile[], summary: Summary): Promise<string> {
  const { githubReport } = await import("./github.js");
  return githubReport(files, summary);
}
