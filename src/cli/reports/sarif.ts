import type {
  Invocation,
  Log,
  Location,
  PhysicalLocation,
  Region,
  ReportingDescriptor,
  Result,
  Suppression,
} from "sarif";

import { rules } from "../../../rules/index.js";
import { createSource, positionAt, type Source } from "../../kit/source.js";
import { VERSION } from "../../kit/version.js";
import { BASELINE_NAME } from "../../policy/baseline/baseline-file.js";
import type { RelatedPlace } from "../../remedy/wording.js";
import { displayPath } from "../../workspace/files/paths.js";
import { documentationOf, type Rule } from "../../lint/define-rule.js";
import { messageOf, RULE_PREFIX, type Finding } from "../../lint/finding.js";
import type { CheckedFile } from "./checked-file.js";
import { extentOf, homeOf } from "./extent.js";
import { fingerprinter } from "./fingerprint.js";
import { notePhrase, type NotCheckedEntry } from "../files/not-checked.js";
import { describeOutcome } from "./outcome.js";
import { stringifyPrintably } from "../terminal/printable.js";
import { ruleName } from "./rule-name.js";
import type { Summary } from "./tally.js";

/** Paths in the report are relative to it: what it stands for differs on each machine. */
const ROOT = "SRCROOT";

/** SARIF 2.1.0, with all rules, the forbidden range as a second place, and the edits of fixes and suggestions. */
export function sarifReport(files: readonly CheckedFile[], { notChecked }: Pick<Summary, "notChecked">, top: string) {
  const fingerprint = fingerprinter();
  const hasKnown = files.some(({ known }) => known.length > 0);
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "compose-networks",
            version: VERSION,
            informationUri: "https://github.com/compose-networks/eslint-plugin-compose-networks#readme",
            rules: rules.map(describeRule),
          },
        },
        ...(notChecked.length > 0 && { invocations: [invocationWith(notChecked)] }),
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          [ROOT]: {
            description: { text: "The top of the work tree, or the working directory where there is no git." },
          },
        },
        results: files.flatMap((file) =>
          [...file.findings, ...file.known].map((finding) => ({
            ...resultOf(file, finding, top),
            partialFingerprints: { "composeNetworks/v1": fingerprint(file.name, finding) },
            // All results have the property, or none has.
            ...(hasKnown && { suppressions: finding.isKnown ? [SUPPRESSED] : [] }),
          })),
        ),
      },
    ],
  };
  return stringifyPrintably(log);
}

/** Not in the source, but in a file beside the policy file. */
const SUPPRESSED: Suppression = { kind: "external", status: "accepted", justification: `It is in ${BASELINE_NAME}.` };

/** What was not checked is said of the run, and is no result. */
function invocationWith(entries: readonly NotCheckedEntry[]): Invocation {
  return {
    executionSuccessful: !entries.some(({ isTrouble }) => isTrouble),
    toolExecutionNotifications: entries.map((entry) => ({
      level: entry.isTrouble ? "error" : "note",
      message: { text: `not checked: ${notePhrase(entry)}` },
      locations: [{ physicalLocation: { artifactLocation: artifact(entry.file) } }],
    })),
  };
}

function describeRule(rule: Rule): ReportingDescriptor {
  const { name, docs } = rule;
  const url = documentationOf(rule);
  return {
    id: `${RULE_PREFIX}${name}`,
    name,
    shortDescription: { text: docs.description },
    helpUri: url,
    help: { text: `${docs.description}. See ${url}`, markdown: `${docs.description}. [Read more](${url})` },
    defaultConfiguration: { level: docs.level === "warn" ? "warning" : "error" },
  };
}

function resultOf(file: CheckedFile, finding: Finding, top: string): Result {
  const { severity, related, outcome } = finding;
  const { line, column, endLine, endColumn } = extentOf(finding);
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId: ruleName(finding),
    level: severity,
    message: { text: messageOf(finding) },
    locations: [{ physicalLocation: placeIn(file.name, region) }],
    ...(related.length > 0 && { relatedLocations: related.map((place, id) => relatedLocation(place, id, top)) }),
    ...fixesOf(file, finding),
    properties: { ...(outcome !== null && describeOutcome(outcome)), home: homeOf(file.name, finding) },
  };
}

function relatedLocation({ file, line, column, what }: RelatedPlace, id: number, top: string): Location {
  const region = { startLine: line, startColumn: column };
  return { id, physicalLocation: placeIn(displayPath(top, file), region), message: { text: what } };
}

function placeIn(file: string, region: Region): PhysicalLocation {
  return { artifactLocation: artifact(file), region };
}

function artifact(file: string): { uri: string; uriBaseId: string } {
  return { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}

function fixesOf({ name, text }: CheckedFile, { fix, suggestions }: Finding): Pick<Result, "fixes"> {
  const source = createSource(name, text.replace(/^\uFEFF/, ""));
  const fixes = [...(fix ? [{ title: "Fix it.", edits: fix }] : []), ...suggestions].flatMap(({ title, edits }) => {
    if (edits.length === 0) return [];
    const sorted = [...edits].sort((one, other) => one.span[0] - other.span[0]);
    const replacements = sorted.map(({ span, text: inserted }) => ({
      deletedRegion: regionOf(source, span),
      insertedContent: { text: inserted },
    }));
    return [
      {
        description: { text: title },
        artifactChanges: [{ artifactLocation: artifact(name), replacements }],
      },
    ];
  });
  return fixes.length > 0 ? { fixes } : {};
}

function regionOf(source: Source, [start, end]: readonly [number, number]): Region {
  const [from, to] = [positionAt(source, start), positionAt(source, end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
