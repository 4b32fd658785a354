import type { Call } from "./input.js";
import type { Site } from "./site.js";
import type { Run } from "./start.js";

/** What must not happen. The first four are the promise of the last line. */
export const TROUBLES = [
  "crashes",
  "hangs",
  "leaks",
  "writes outside",
  "programs started",
  "memory",
  "growth",
  "wrong answers",
] as const;

export interface Trouble {
  readonly kind: (typeof TROUBLES)[number];
  readonly detail: string;
}

const DEFAULT_MEMORY_MB = 600;
const SHOWN = 300;
const CRASHES = [
  /^\s+at (?:\S+ \()?(?:file:|node:|\/)/m,
  /please report it/,
  /RangeError|Maximum call stack|heap out of memory|UnhandledPromise/,
  /Oops! Something went wrong/,
];

/** What is wrong with the end and the output of a call. */
export function* troublesOf(site: Site, call: Call, run: Run): Generator<Trouble> {
  const about = `${call.program} ${call.args.join(" ")}`.trimEnd();
  const output = `${run.stdout}\n${run.stderr}`;
  if (run.ended !== undefined) {
    const kind = run.ended === "time" ? "hangs" : "memory";
    yield { kind, detail: `${about}: ended, because of ${run.ended}` };
    return;
  }
  const codes = call.program === "command" ? [0, 1, 2, 3] : [0, 1, 2];
  const crash = CRASHES.map((pattern) => pattern.exec(output)).find((match) => match !== null);
  if (run.signal !== null || !codes.includes(run.status ?? -1) || crash) {
    const how = crash ? quote(output.slice(crash.index)) : `${String(run.signal)}, exit code ${String(run.status)}`;
    yield { kind: "crashes", detail: `${about}: ${how}` };
  }
  const limit = call.memory ?? DEFAULT_MEMORY_MB;
  if (run.memory > limit * 1024) {
    yield { kind: "memory", detail: `${about}: ${Math.round(run.memory / 1024)} MB, more than ${limit}` };
  }
  for (const hidden of [site.secret.slice(0, site.secret.length / 2), ...(call.hides ?? [])]) {
    const at = find(output, hidden);
    if (at !== -1) yield { kind: "leaks", detail: `${about}: ${quote(output.slice(Math.max(0, at - 80)))}` };
  }
  yield* wrongAnswers(about, call, run, output);
}

function* wrongAnswers(about: string, call: Call, run: Run, output: string): Generator<Trouble> {
  const wrong = (detail: string): Trouble => ({ kind: "wrong answers", detail: `${about}: ${detail}` });
  if (call.exit && !call.exit.includes(run.status ?? -1)) {
    yield wrong(`exit code ${String(run.status)}, not ${call.exit.join(" or ")}: ${quote(output)}`);
  }
  for (const expected of call.says ?? []) {
    if (find(output, expected) === -1) yield wrong(`nothing of ${String(expected)} in: ${quote(output)}`);
  }
  for (const [file, reason] of call.notChecked ?? []) {
    const rows = notCheckedIn(run.stdout);
    if (!rows.some((row) => find(row.file, file) !== -1 && reason.test(row.reason))) {
      yield wrong(`notChecked has no ${String(file)} with ${String(reason)}: ${quote(JSON.stringify(rows))}`);
    }
  }
}

function notCheckedIn(report: string): { file: string; reason: string }[] {
  try {
    const { summary } = JSON.parse(report) as { summary?: { notChecked?: { file: string; reason: string }[] } };
    return summary?.notChecked ?? [];
  } catch {
    return [];
  }
}

function find(text: string, part: string | RegExp): number {
  return typeof part === "string" ? text.indexOf(part) : text.search(part);
}

function quote(text: string): string {
  const short = text.trim().slice(0, SHOWN);
  return JSON.stringify(short);
}
