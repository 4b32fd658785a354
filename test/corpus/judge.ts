import type { Linter } from "eslint/universal";

import type { Finding, Host, Linted } from "./host.js";
import { differences, type Difference, isAddressOn, isRangeOf, isSubnetOf, meaningOf } from "./meaning.js";
import { linesLost } from "./outside.js";

/** What must not happen, in words for the table. */
export const WRONGS = [
  "crashes",
  "fixed files that are no YAML",
  "files whose project changed elsewhere",
  "files changed outside the edited lines",
  "findings left after their fix",
  "findings that a fix brought in",
  "suggestions that break something",
  "files that a second run still changes",
] as const;

export type Wrong = (typeof WRONGS)[number];

/** What the rules did to one file. */
export interface Verdict {
  readonly file: string;
  readonly syntaxProblem: string | undefined;
  /** `rule/messageId`, once for each finding. */
  readonly findings: readonly string[];
  readonly fixesOffered: number;
  readonly fixesApplied: number;
  readonly suggestions: number;
  /** Why an edit was not made, with names left out. */
  readonly obstacles: readonly string[];
  readonly fixed: string | undefined;
  readonly wrongs: readonly { readonly wrong: Wrong; readonly detail: string }[];
}

export function judge(host: Host, file: string, text: string): Verdict {
  const wrongs: { wrong: Wrong; detail: string }[] = [];
  const verdict = { file, fixesApplied: 0, fixed: undefined, wrongs };
  const nothing = { findings: [], fixesOffered: 0, suggestions: 0, obstacles: [], syntaxProblem: undefined };
  try {
    const before = host.lint(file, text);
    const offered = before.messages.filter(({ fix }) => fix);
    const summary = {
      syntaxProblem: before.syntaxProblem,
      findings: before.findings.map(nameOf),
      fixesOffered: offered.length,
      suggestions: before.messages.reduce((sum, { suggestions }) => sum + (suggestions?.length ?? 0), 0),
      obstacles: before.messages.flatMap(({ message }) => obstacleIn(message)),
    };
    wrongs.push(...brokenSuggestions(host, file, text, before));
    if (offered.length === 0) return { ...verdict, ...summary };

    const fixed = host.fix(file, text);
    const after = host.lint(file, fixed);
    const fixable = before.findings.filter(({ loc, messageId }) =>
      offered.some((message) => isAt(message, messageId, loc)),
    );
    wrongs.push(...wrongsOf(text, fixed, before, after, fixable, offered));
    const left = after.findings.filter((finding) => fixable.some((other) => sameSubject(finding, other)));
    return { ...verdict, ...summary, fixed, fixesApplied: fixable.length - left.length };
  } catch (error) {
    wrongs.push({ wrong: "crashes", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    return { ...verdict, ...nothing };
  }
}

function* wrongsOf(
  text: string,
  fixed: string,
  before: Linted,
  after: Linted,
  fixable: readonly Finding[],
  offered: readonly Linter.LintMessage[],
): Generator<{ wrong: Wrong; detail: string }> {
  const lost = linesLost(text, fixed, offered);
  if (lost.length > 0) yield { wrong: "files changed outside the edited lines", detail: `lines ${lost.join(", ")}` };

  // Compose reads some files that `yaml` refuses, and so do we: what those say is not looked at.
  const said = meaningOf(text) ?? new Map();
  const says = said.size > 0 ? meaningOf(fixed) : said;
  if (after.syntaxProblem !== undefined || !says) {
    yield { wrong: "fixed files that are no YAML", detail: after.syntaxProblem ?? "" };
    return;
  }
  const meant = (difference: Difference): boolean =>
    fixable.some((finding) => {
      const network = finding.subject["network"] ?? "";
      if (parts(finding)) return isRangeOf(network, difference);
      return isSubnetOf(network, difference) || (moves(finding) && isAddressOn(network, difference));
    });
  const elsewhere = differences(said, says).filter((difference) => !meant(difference));
  if (elsewhere.length > 0) yield { wrong: "files whose project changed elsewhere", detail: JSON.stringify(elsewhere) };

  for (const finding of after.findings) {
    const moved = fixable.some((other) => moves(other) && other.subject["network"] === finding.subject["network"]);
    const known = before.findings.some((other) => describe(other, !moved) === describe(finding, !moved));
    // Other files declare the network as well. They are named, and fixed when it is their turn.
    if (nameOf(finding) === "consistent-network/notYet") continue;
    if (!known) yield { wrong: "findings that a fix brought in", detail: describe(finding) };
    else if (fixable.some((other) => sameSubject(finding, other))) {
      yield { wrong: "findings left after their fix", detail: describe(finding) };
    }
  }
}

/** Each suggestion alone: its network changes and nothing else, and the finding is gone. */
function* brokenSuggestions(
  host: Host,
  file: string,
  text: string,
  before: Linted,
): Generator<{ wrong: Wrong; detail: string }> {
  // Offsets of fixes do not count a byte order mark.
  const body = text.replace(/^\uFEFF/, "");
  const said = meaningOf(body);
  for (const message of before.messages) {
    const finding = before.findings.find(({ loc, messageId }) => isAt(message, messageId, loc));
    for (const { fix, desc } of message.suggestions ?? []) {
      // What a fix does as well is looked at there.
      if (message.fix && message.fix.text === fix.text) continue;
      const edited = body.slice(0, fix.range[0]) + fix.text + body.slice(fix.range[1]);
      const says = meaningOf(edited);
      const network = finding?.subject["network"] ?? "";
      const meant = (difference: Difference): boolean =>
        isSubnetOf(network, difference) ||
        isAddressOn(network, difference) ||
        (finding !== undefined && parts(finding) && isRangeOf(network, difference));
      const broken = said !== undefined && (!says || !differences(said, says).every(meant));
      const same = (other: Finding): boolean => finding !== undefined && sameSubject(other, finding);
      // Where one text stands twice, each place is mended by a suggestion of its own.
      const isLeft =
        finding !== undefined &&
        host.lint(file, edited).findings.filter(same).length >= before.findings.filter(same).length;
      if (broken || isLeft) yield { wrong: "suggestions that break something", detail: desc };
    }
  }
}

function isAt(message: Linter.LintMessage, messageId: string, { start }: Finding["loc"]): boolean {
  return message.messageId === messageId && message.line === start.line && message.column === start.column + 1;
}

/** A finding moves when lines come in above it, and a fix gives its message another free subnet. */
function sameSubject(left: Finding, right: Finding): boolean {
  return describe(left) === describe(right);
}

/** Whether a fix of it takes a network elsewhere, with all its addresses. */
function moves({ rule }: Finding): boolean {
  return rule === "no-forbidden-subnet";
}

/** Whether a fix of it keeps a part of a network for services without an address of their own. */
function parts({ rule }: Finding): boolean {
  return rule === "no-address-race" || rule === "valid-static-address";
}

/** @param withAddresses Whether they are a part of what it is about: those of a network that has moved are not. */
function describe(finding: Finding, withAddresses = true): string {
  const keys = ["network", "family", "field", "service"];
  const addresses = withAddresses || moves(finding) ? ["subnet", "address"] : [];
  return [nameOf(finding), ...[...keys, ...addresses].map((key) => finding.subject[key] ?? "")].join(" ");
}

function nameOf({ rule, messageId }: Finding): string {
  return `${rule}/${messageId}`;
}

const OBSTACLE = /because (?<reason>.+) \([^()]*:\d+:\d+\)/;
const NAMES = /"[^"]*"|(?<=[&*$])[\w.-]+|\b[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]+(?:\/\d+)?/g;

function obstacleIn(message: string): string[] {
  const reason = OBSTACLE.exec(message)?.groups?.["reason"];
  return reason === undefined ? [] : [reason.replace(NAMES, "…")];
}
