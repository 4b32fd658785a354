import type { ComposeFile } from "../compose/read/compose-file.js";
import { refuseTemplate } from "../compose/edit/refusals/template.js";
import type { Edit } from "../kit/edit.js";
import { cutQuotes } from "../kit/printable.js";
import { cutValues, printableValues } from "./message-values.js";
import { nameRange, originOfRange, placesOfRange } from "../remedy/wording.js";
import type { ProjectView } from "../workspace/view.js";
import { markKnown } from "./baseline.js";
import { findingKeyOf } from "./finding-key.js";
import { isSwitchedOff } from "./switched-off.js";
import { optionsUnder } from "./policy-rules.js";
import { combineProjects, isSame } from "./combine-projects.js";
import type { AnyReport, Rule } from "./define-rule.js";
import type { OfferedEdit, RuleFinding } from "./finding.js";
import { fillParts } from "./message.js";
import { fill, type Values } from "../kit/placeholders.js";

/**
 * What one rule finds in one file, in the order in which it reports. Every host runs the rules through here.
 *
 * @param views One for each project that the file belongs to.
 * @param options As somebody wrote them.
 */
export function judge(
  rule: Rule,
  file: ComposeFile,
  views: readonly ProjectView[],
  options: unknown,
): readonly RuleFinding[] {
  const told = (view: ProjectView): readonly RuleFinding[] => {
    const { shownAt } = view;
    return shownAt && isSwitchedOff(rule.name, shownAt) ? [] : findingsIn(rule, view, options);
  };
  const [only, ...more] = views;
  if (only && more.length === 0) {
    const found = markKnown(told(only), views);
    return refuseTemplate(file) ? found.map(withoutEdits) : found;
  }
  const own = combineProjects(views.filter(({ isReader }) => !isReader).map(told));
  // A project that only reads the file adds to what is said of it, and takes nothing away.
  const readers = views.filter(({ isReader }) => isReader).map(told);
  const added = combineProjects(readers).filter((finding) => !own.some((other) => isSame(other, finding)));
  const found = markKnown(added.length === 0 ? own : [...own, ...added], views);
  return refuseTemplate(file) ? found.map(withoutEdits) : found;
}

/**
 * What one rule finds in the file of a view.
 *
 * @param options As written. Below them are those of the policy file.
 */
export function findingsIn(rule: Rule, view: ProjectView, options: unknown): readonly RuleFinding[] {
  const findings: RuleFinding[] = [];
  rule.check(view, optionsUnder(rule, view, options), (report) => {
    if (report.at.source === view.file.source) findings.push(findingOf(rule, view, report));
  });
  return findings;
}

function findingOf(rule: Rule, view: ProjectView, report: AnyReport): RuleFinding {
  const { says, at, forbidden, related = [], outcome, severity, effect, fix, suggestions = [] } = report;
  const message = rule.headlines[says];
  if (message === undefined) throw new TypeError(`${rule.name} has no message "${says}"`);
  const written = dataOf(report, view);
  const data = printableValues(written);
  const subject: Values = cutValues({ ...written, ...report.subject });
  return {
    rule: rule.name,
    says,
    data,
    at,
    home: at,
    key: findingKeyOf(rule.name, { data, subject: printableValues(subject), related }, view),
    parts: fillParts(message, data),
    effect,
    subject: { network: subject["network"], subnet: subject["subnet"], range: subject["range"] },
    related: (forbidden ? [...placesOfRange(forbidden), ...related] : related).map((place) => ({
      ...place,
      what: cutQuotes(place.what),
    })),
    outcome,
    severity: forbidden?.severity === "warn" && severity === undefined ? "warn" : undefined,
    fix: fix && bare(fix),
    suggestions: suggestions.map(({ does, about, edits }): OfferedEdit => {
      const shown = printableValues(about);
      return { does, data: shown, title: fill(rule.suggestions[does] ?? "", shown), edits: bare(edits) };
    }),
  };
}

function dataOf({ about, consequence, advice, origin, forbidden }: AnyReport, view: ProjectView): Values {
  return {
    ...(forbidden && { range: nameRange(forbidden), origin: originOfRange(forbidden, view) }),
    ...about,
    ...(consequence !== undefined && { consequence }),
    ...(advice !== undefined && { advice }),
    ...(origin !== undefined && { origin }),
  };
}

/** Some edits know the file that they are made for. Two projects that make the same edit must be seen to agree. */
function bare(edits: readonly Edit[]): readonly Edit[] {
  return edits.map(({ span, text }) => ({ span, text }));
}

function withoutEdits(finding: RuleFinding): RuleFinding {
  return { ...finding, fix: undefined, suggestions: [] };
}
