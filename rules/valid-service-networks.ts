import { faultsOfAttachments, type AttachmentFault } from "../src/compose/engine/attachment-faults.js";
import { faultsOnNetworks } from "../src/compose/engine/shared-links.js";
import { startOrderOf } from "../src/compose/engine/start-order.js";
import type { BrokenLink } from "../src/compose/project/broken-links.js";
import { baseName } from "../src/kit/paths.js";
import { nearest } from "../src/kit/nearest.js";
import { textOf } from "../src/kit/source.js";
import type { Refusal } from "../src/compose/read/scalar-text.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import { outcomeOf, type Outcome } from "../src/lint/finding.js";
import { foundInFile } from "../src/lint/found-in-file.js";
import { refusalsBesideNetworks } from "../src/lint/refusals-beside-networks.js";
import { advising } from "../src/lint/message.js";
import { showRefusal } from "../src/remedy/wording.js";
import { DEFAULT_FILE_NAMES } from "../src/workspace/projects/project-set.js";
import type { ProjectView } from "../src/workspace/view.js";

const REFUSES = "Compose refuses the file";

const HEADLINES = {
  unknownKey: advising('Compose refuses the file: "{{key}}" is not a key of {{parent}}'),
  refused: { headline: "Compose refuses the file: {{message}}" },
  unusableValue: {
    headline: 'The {{key}} "{{text}}" of service "{{service}}" on network "{{network}}" is {{reason}}',
    consequence: "the engine does not start the service",
    advice: "Correct it, or remove it.",
  },
  undeclaredNetwork: {
    headline: 'Service "{{service}}" joins network "{{network}}", which is not declared',
    verdict: REFUSES,
    advice: "{{advice}}",
  },
  missingService: {
    headline: 'Service "{{service}}" shares the network of service "{{other}}", which does not exist',
    verdict: REFUSES,
    advice: "{{advice}}",
  },
  ownNetwork: {
    headline: 'Service "{{service}}" shares its network with itself',
    verdict: REFUSES,
    advice: "Name another service, or remove network_mode.",
  },
} as const;
const SUGGESTIONS = { rename: 'Rename it to "{{name}}".' } as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

const REFUSED: Outcome = { refusedBy: "compose", phase: "load" };

export const validServiceNetworks = defineRule({
  name: "valid-service-networks",
  type: "problem",
  docs: { description: "Disallow networks of services that Compose or the engine refuses", recommended: "recommended" },
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  check({ view, report }) {
    const { project } = view;
    // What "docker stack" refuses is reported with its networks.
    if (project.stack) return;
    for (const refusal of refusalsBesideNetworks(view)) {
      if (refusal.by === "compose") report(refused(view, refusal));
    }
    for (const fault of faultsInFile(view)) report(odd(fault));
    const links = brokenLinksInFile(view);
    if (links.length === 0 || !isStartedAlone(view)) return;
    for (const link of links) report(broken(view, link));
  },
});

const faultsInFile = foundInFile(
  (project) => [...project.services.flatMap(faultsOfAttachments), ...faultsOnNetworks(project, startOrderOf(project))],
  ({ at }) => at,
);

const brokenLinksInFile = foundInFile(
  ({ brokenLinks }) => brokenLinks,
  ({ at }) => at,
);

function refused(view: ProjectView, refusal: Refusal): Report {
  const { place: at, knownKeys } = refusal;
  const message = showRefusal(refusal, view);
  if (!knownKeys) return { at, says: "refused", about: { message }, outcome: REFUSED };
  const key = textOf(at);
  const right = nearest(key, knownKeys);
  return {
    at,
    says: "unknownKey",
    about: { key, parent: message.split(" ", 1)[0] ?? "" },
    outcome: REFUSED,
    advice: adviseOnKey(key, knownKeys, right),
    suggestions: right === undefined || right === key ? [] : [rename(at.span, right)],
  };
}

function odd(fault: AttachmentFault): Report {
  const { service, network, key, text, reason, at } = fault;
  return { at, says: "unusableValue", about: { service, network, key, text, reason }, outcome: outcomeOf(fault) };
}

function adviseOnKey(key: string, knownKeys: ReadonlySet<string>, right: string | undefined): string {
  if (right === key) return 'Move it below a network in "networks".';
  return right === undefined ? `Its keys are ${[...knownKeys].join(", ")}.` : `Did you mean "${right}"?`;
}

function broken({ project }: ProjectView, { kind, service, name, at }: BrokenLink): Report {
  if (kind === "itself") return { at, says: "ownNetwork", about: { service }, outcome: REFUSED };
  const others = kind === "network" ? project.networks : project.services.filter((other) => other.name !== service);
  const right = nearest(
    name,
    others.map((other) => ("key" in other ? other.key : other.name)),
  );
  const isWritten = textOf(at).endsWith(name);
  const span = [at.span[1] - name.length, at.span[1]] as const;
  const suggestions = right === undefined || !isWritten ? [] : [rename(span, right)];
  const meant = right === undefined ? "" : `Did you mean "${right}"? `;
  if (kind === "service") {
    const advice = `${meant}Add the service, or remove network_mode.`;
    return { at, says: "missingService", about: { service, other: name }, outcome: REFUSED, advice, suggestions };
  }
  return {
    at,
    says: "undeclaredNetwork",
    about: { service, network: name },
    outcome: REFUSED,
    advice: right === undefined ? `${DECLARE}, ${OR_TOGETHER}.` : `${meant}${DECLARE}.`,
    suggestions,
  };
}

const DECLARE = 'Declare it under the top-level key "networks"';
/** A file with a usual name may still be a part of something. */
const OR_TOGETHER = 'or list the files that run together under "projects" in forbidden-ranges.yaml';

function rename(span: readonly [number, number], name: string) {
  return { does: "rename", about: { name }, edits: [{ span, text: name }] } as const;
}

/**
 * A file that Compose does not find by itself is most often passed with others, which may declare what it lacks. So may
 * those that include it.
 */
function isStartedAlone({ file, project, wholeWorkspace }: ProjectView): boolean {
  const isBroughtIn = wholeWorkspace.projects.some(
    ({ main }) => !main.some(({ source }) => source.path === file.source.path),
  );
  if (isBroughtIn && project.main.some(({ source }) => source.path === file.source.path)) return false;
  const [only, ...others] = project.main;
  return only !== undefined && (others.length > 0 || DEFAULT_FILE_NAMES.includes(baseName(only.source.path)));
}
