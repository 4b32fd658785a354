import type { ComposeFile } from "../compose/read/compose-file.js";
import { refuseTemplate } from "../compose/edit/refusals/template.js";
import type { Edit } from "../kit/edit.js";
import { cutQuotes } from "../kit/printable.js";
import { cutValues, printableValues } from "./message-values.js";
import { nameRange, originOfRange, placesOfRange } from "../remedy/wording.js";
import type { ProjectView } from "../workspace/view.js";
import { combineProjects } from "./combine-projects.js";
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
  const perProject = views.map((view) => {
    const findings: RuleFinding[] = [];
    rule.check(view, options, (report) => {
      if (report.at.source === file.source) findings.push(findingOf(rule, view, report));
    });
    return findings;
  });
  const found = combineProjects(perProject);
  return refuseTemplate(file) ? found.map(withoutEdits) : found;
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
