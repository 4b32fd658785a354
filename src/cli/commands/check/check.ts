import { statSync } from "node:fs";

import { rules } from "../../../../rules/index.js";
import { isWithin, joinPath } from "../../../kit/paths.js";
import { findFilesOnce } from "../../../workspace/files/discover.js";
import { isInDependencies } from "../../../workspace/files/found.js";
import type { FoundFiles } from "../../../workspace/files/found-files.js";
import { failure, success, type Result } from "../../../kit/result.js";
import { limitFor } from "../../../workspace/files/file-limits.js";
import type { ReadFault } from "../../../workspace/files/read-fault.js";
import { presetRules } from "../../../lint/presets.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import { parseInWorkspace, workspaceFor } from "../../workspaces.js";
import type { Workspace } from "../../../workspace/workspace.js";
import type { Project } from "../../../compose/project/project.js";
import { commandNear } from "../../arguments/read-arguments.js";
import type { CheckRequest, ReportFormat, Suppression } from "../../arguments/check.js";
import { allowedFiles } from "../../arguments/bounds.js";
import { decode, readComposeText, type ComposeText } from "../../files/compose-text.js";
import { count } from "../../terminal/count.js";
import { signalsMayEndUs } from "../../terminal/interruption.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import { createLint } from "./lint.js";
import type { FixedFile } from "../../files/fixed-texts.js";
import { lintAll, type Run } from "./lint-all.js";
import { allNotChecked, complainOf, entriesIn, leftOut } from "../../files/not-checked.js";
import { complainOfPolicies, GoverningPolicies } from "../../files/policies.js";
import { cutQuotes, printable } from "../../terminal/printable.js";
import { report } from "../../reports/report.js";
import { applyRuleChanges, noSuchRule } from "./rule-changes.js";
import { unusedSuppressions, writeBaselines, type WrittenBaseline } from "./suppress.js";
import { shellVariables } from "../../arguments/shell-variables.js";
import { Tally } from "../../reports/tally.js";
import { findTargets, type Targets } from "../../files/targets.js";
import { wholeProjects } from "../../../workspace/projects/whole-projects.js";
import { complain, SILENT, type Terminal } from "../../terminal/terminal.js";

/** Checks compose files, and says what is wrong with their networks. */
export async function check(request: CheckRequest, terminal: Terminal): Promise<ExitCode> {
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  const { cwd } = terminal;
  const ranges = request.ranges === undefined ? undefined : joinPath(cwd, toPosix(request.ranges));
  if (ranges !== undefined && statSync(ranges, { throwIfNoEntry: false })?.isFile() !== true) {
    return fail(`--ranges ${request.ranges ?? ""}: there is no such file`);
  }
  const variables = shellVariables(request.env, process.env);
  if (!variables.ok) return fail(variables.fault);
  const { recommended } = presetRules(rules);
  const chosen = applyRuleChanges(recommended, request.rules, rules);
  if (!chosen.ok) return fail(chosen.fault);
  const unknown = unknownRuleIn(request.suppression);
  if (unknown !== undefined) return fail(`--suppress-rule ${unknown}: ${noSuchRule(unknown, rules)}`);
  const { stdin } = request;
  const { checked, compose } = findFilesOnce();
  const allowed = allowedFiles(request, cwd);
  if (!allowed.ok) return fail(allowed.fault);
  const named = [...request.paths, ...(stdin === undefined ? [] : [stdin])].map((path) => joinPath(cwd, toPosix(path)));
  const bounds = { ...allowed.value, named };
  const workspace = workspaceFor({
    cwd,
    ranges,
    id: request.id,
    list: compose,
    variables: variables.value,
    tellsPolicyFaults: true,
    ...bounds,
  });
  if (ranges !== undefined && workspace.isElsewhere(ranges)) {
    const [entry] = allNotChecked([], workspace, new Set());
    return fail(`--ranges ${request.ranges ?? ""}: it ${entry?.reason ?? ""}; ${entry?.cure ?? "name another file"}`);
  }
  const list = (directory: string): FoundFiles => workspace.listed(directory, checked);
  const found =
    stdin === undefined
      ? findTargets(request.paths, cwd, list, workspace)
      : success(pipedTarget(joinPath(cwd, toPosix(stdin)), workspace));
  if (!found.ok) {
    const [word = ""] = request.paths;
    const command = found.fault.endsWith(` ${word}`) ? commandNear(word) : undefined;
    return fail(command === undefined ? found.fault : `${found.fault}; did you mean the command "${command}"?`);
  }
  const { isAskedFor, ...targets } = asked(found.value, request, workspace);

  const piped =
    stdin === undefined ? success(undefined) : await terminal.readStdin(limitFor("yaml", request.maxFileSize));
  if (!piped.ok) return fail(piped.fault);
  const input = piped.value;
  const policies = new GoverningPolicies(targets, workspace);
  const isFaulty = complainOfPolicies(policies, terminal);
  const isEmpty = targets.files.length + targets.governed.length + targets.ignored.length === 0;
  if (isEmpty) return nothingToCheck(request, targets, workspace, terminal);

  const read = (path: string): Result<ComposeText, ReadFault> => {
    if (!input) return readComposeText(path, workspace.disk);
    const fault = workspace.isElsewhere(path) ? workspace.disk.faults().get(path) : undefined;
    return fault ? failure(fault) : decode(input);
  };
  const files = [...targets.files, ...(input === undefined ? policiesToLint(policies, request, terminal) : [])];
  const lintWith = (fixes: boolean, to: Terminal): Run =>
    lintAll(
      files,
      {
        workspace,
        lint: createLint(workspace, chosen.value, (path) => fixes && isAskedFor(path), request.fix === "dry run"),
        read,
      },
      to,
    );
  let run = lintWith(request.fix !== "no", terminal);
  let outcome: Outcome = { written: 0, isTroubled: false };
  if (request.fix === "write" && input === undefined) {
    const { writeInRounds } = await import("./write-in-rounds.js");
    const lookAgain = (fixes: boolean): Run => {
      workspace.lookAgain();
      // Whatever else there is to say was said the first time.
      return lintWith(fixes, { ...terminal, stderr: SILENT });
    };
    ({ run, ...outcome } = await writeInRounds(run, { files, lookAgain, disk: workspace.disk, terminal }));
  }
  const { suppression } = request;
  let baselines: readonly WrittenBaseline[] = [];
  if (suppression.kind !== "none") {
    if (isFaulty) return fail("no baseline is written, as the files named above are faulty; fix them first");
    const suppressed = writeBaselines(run.judged, suppression, workspace);
    if (!suppressed.ok) return fail(suppressed.fault);
    baselines = suppressed.value;
    await signalsMayEndUs();
    workspace.lookAgain();
    run = lintWith(false, { ...terminal, stderr: SILENT });
  }
  // Whoever pipes a text through gets it back in any case.
  if (input && request.fix === "write") terminal.stdout.write(run.fixed[0]?.after ?? input);
  return finish({ request, targets, policies, isFaulty, run, outcome: { ...outcome, baselines }, workspace }, terminal);
}

function unknownRuleIn(suppression: Suppression): string | undefined {
  if (suppression.kind !== "rules") return undefined;
  return suppression.rules.find((name) => !rules.some((rule) => rule.name === name));
}

/** All files of the projects that were asked about, and whether somebody asked about a file itself. */
function asked(found: Targets, { paths, stdin }: CheckRequest, workspace: Workspace) {
  // A text from standard input is judged by itself, and comes back fixed.
  if (stdin !== undefined) return { ...found, isAskedFor: () => true };
  const { cwd } = workspace.options;
  const whole = wholeProjects(found.files, workspace);
  const given = new Set(found.files);
  const folders = [
    ...(paths.length > 0 ? paths : ["."]).map((path) => joinPath(cwd, toPosix(path))),
    ...found.governed,
  ];
  const isAskedFor = (path: string): boolean =>
    given.has(path) || (!isInDependencies(path) && folders.some((folder) => isWithin(path, folder)));
  return { ...found, files: whole.files, ignored: [...found.ignored, ...whole.ignored], isAskedFor };
}

function pipedTarget(path: string, workspace: Workspace): Targets {
  const isIgnored = workspace.ignoredBy(path) !== undefined;
  const [files, ignored] = isIgnored ? [[], [path]] : [[path], []];
  return { files, ignored, governed: [], notChecked: [], notes: [] };
}

/** A person has read the faults of a policy already: as findings they are for other programs. */
function policiesToLint(policies: GoverningPolicies, request: CheckRequest, terminal: Terminal): readonly string[] {
  if (formatOf(request, terminal) !== "text") return policies.files;
  return policies.files.filter((file) => !policies.isFaulty(file));
}

/** What became of the fixed texts. */
interface Outcome {
  readonly written: number;
  readonly baselines?: readonly WrittenBaseline[];
  readonly isTroubled: boolean;
}

function reportTop({ cwd, checkouts = [] }: Terminal, { disk }: Workspace): string {
  return checkouts.find((folder) => isWithin(cwd, folder)) ?? disk.topOf(cwd);
}

async function nothingToCheck(
  request: CheckRequest,
  { notChecked, notes }: Targets,
  workspace: Workspace,
  terminal: Terminal,
) {
  const isTroubled = complainOf(notChecked, terminal);
  const where = request.paths.length > 0 ? request.paths.join(", ") : "the working directory";
  complain(terminal, `nothing to check: no compose file in ${where} that git does not ignore`);
  const format = formatOf(request, terminal);
  const summary = new Tally().summary(
    entriesIn(notChecked, terminal.cwd),
    notes.map((note) => leftOut(note, terminal.cwd)),
  );
  const findings = {
    files: [],
    summary,
    fixes: {},
    isVerbose: request.isVerbose,
    isQuiet: request.isQuiet,
    cwd: terminal.cwd,
    top: reportTop(terminal, workspace),
  };
  const says = !LINE_FORMATS.has(format) || notChecked.length + notes.length > 0;
  if (says) await report(format, findings, terminal.stdout);
  if (isTroubled) return EXIT_CODES.trouble;
  return request.paths.length > 0 ? EXIT_CODES.clean : EXIT_CODES.nothing;
}

/** Formats for people: where nothing was checked, the complaint says it all. */
const LINE_FORMATS: ReadonlySet<ReportFormat> = new Set(["text", "text and annotations", "github"]);

function formatOf({ format }: CheckRequest, { runsOnGithub }: Terminal): ReportFormat {
  return format ?? (runsOnGithub ? "text and annotations" : "text");
}

/** A check with all its parts. */
interface Checked {
  readonly request: CheckRequest;
  readonly targets: Targets;
  readonly policies: GoverningPolicies;
  /** One of the policies at least. */
  readonly isFaulty: boolean;
  readonly run: Run;
  readonly outcome: Outcome;
  readonly workspace: Workspace;
}

async function finish(
  { request, targets, policies, isFaulty, run, outcome, workspace }: Checked,
  terminal: Terminal,
): Promise<ExitCode> {
  const { files, fixed, tally } = run;
  const { cwd } = terminal;
  const own = [...targets.notChecked, ...run.notChecked, ...policies.notChecked];
  const notChecked = allNotChecked(own, workspace, run.needed);
  // Standard output belongs to what other programs read: a diff or a fixed text.
  const printsFixes = request.fix === "dry run" || (request.fix === "write" && request.stdin !== undefined);
  const channel = printsFixes ? terminal.stderr : terminal.stdout;
  const isIncomplete = complainOf(policies.withoutTold(notChecked), terminal);
  const isTroubled = isIncomplete || isFaulty || run.isTroubled || outcome.isTroubled;
  const { written, baselines = [] } = outcome;
  if (request.fix === "dry run") await printDiffs(fixed, terminal, workspace);

  const summary = tally.summary(
    entriesIn(notChecked, cwd),
    targets.notes.map((note) => leftOut(note, cwd)),
    { ...countIgnored(targets.ignored, workspace), unusedSuppressions: unusedSuppressions(run.judged, workspace) },
    policies.held,
  );
  const fixes = request.fix === "dry run" ? { changeable: fixed.length } : { written, baselines };
  await report(
    formatOf(request, terminal),
    {
      files,
      summary,
      fixes,
      isVerbose: request.isVerbose,
      isQuiet: request.isQuiet,
      cwd,
      top: reportTop(terminal, workspace),
    },
    channel,
  );

  if (isTroubled) return EXIT_CODES.trouble;
  if (summary.warnings > request.maxWarnings) {
    const allowed = count(request.maxWarnings, "warning");
    complain(terminal, `${count(summary.warnings, "warning")}, and --max-warnings allows ${allowed}`);
    return EXIT_CODES.findings;
  }
  const wouldChange = request.fix === "dry run" && fixed.length > 0;
  return summary.errors > 0 || wouldChange ? EXIT_CODES.findings : EXIT_CODES.clean;
}

function countIgnored(paths: readonly string[], workspace: Workspace) {
  const excluded = paths.filter((path) => workspace.ignoredBy(path)?.kind === "command line").length;
  return { ignored: paths.length - excluded, excluded };
}

/** What each fix does to a running system stands above its diff, where `git apply` and `patch` look over it. */
async function printDiffs(fixed: readonly FixedFile[], terminal: Terminal, workspace: Workspace): Promise<void> {
  const [{ unifiedDiff }, { labelsOf }, { writeDiff }] = await Promise.all([
    import("../../reports/diff.js"),
    import("../../reports/safety-labels.js"),
    import("../../files/write-diff.js"),
  ]);
  for (const { path, name, before, after } of fixed) {
    const [old, young] = [before.text, after].map((text) => projectIn(path, text, workspace));
    const labels = old && young ? labelsOf(old, young).map((label) => `# ${printable(cutQuotes(label))}\n`) : [];
    writeDiff(labels.join("") + unifiedDiff(name, before.text, after), terminal);
  }
}

function projectIn(path: string, text: string, workspace: Workspace): Project | undefined {
  const parsed = parseInWorkspace(path, text.replace(/^\uFEFF/, ""));
  return parsed.ok ? workspace.view(parsed.file).project : undefined;
}
