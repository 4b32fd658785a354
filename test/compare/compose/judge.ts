import type { Project } from "../../../src/compose/project/project.js";
import { ask, type Answer, type ProjectCase } from "./ask.js";
import type { ComposeBinary } from "./binary.js";
import { factsOfProject, type Ours } from "./our-facts.js";
import { withReadableEnvironment } from "./readable-environment.js";
import { readProject } from "./read-project.js";
import { knowledgeOf, type Knowledge } from "./refusal.js";
import { withoutTrouble } from "./without-trouble.js";
import { declaresUnused, factsOfConfig, type Theirs } from "./their-facts.js";

export type Verdict =
  /** `wavers`: Compose itself answers now this, now that, and one of its answers is ours. */
  | { readonly kind: "equal"; readonly wavers: boolean }
  | { readonly kind: "different"; readonly causes: readonly string[] }
  /** Compose refuses the project for something that decides about networks. */
  | { readonly kind: "refused"; readonly knowledge: Knowledge; readonly message: string }
  | NotComparable;

interface NotComparable {
  readonly kind: "not comparable";
  readonly why: string;
  readonly detail: string;
}

/**
 * Compose goes through the services in an order of chance. What tags do to `extends` hangs on it, and whether two files
 * that extend services of the same name are taken for a circle.
 */
const QUESTIONS = 40;

/** Asks Compose, then our model, and holds the answers against each other. */
export async function judge(binary: ComposeBinary, written: ProjectCase): Promise<Verdict> {
  const ours = readProject(written, binary.version);
  const found = await ask(binary, written, EVERYTHING);
  const isStopped = !found.ok && UNREADABLE_ENVIRONMENT.test(found.message);
  const project = isStopped ? withReadableEnvironment(written) : written;
  const question: Question = { binary, project, ours };
  const first = await judgeAnswer(question, isStopped ? await ask(binary, project, EVERYTHING) : found);
  const known = first.kind === "refused" && first.knowledge !== "fine";
  if (first.kind === "not comparable") return judgeWithoutTrouble(question, first);
  if (known || first.kind === "equal") return first;
  for (let times = 1; times < QUESTIONS; times++) {
    const again = await judgeAnswer(question, await ask(binary, project, EVERYTHING));
    if (again.kind === "equal") return { ...again, wavers: true };
  }
  return first;
}

/** Compose names one trouble at a time. */
const MOST_TROUBLES = 20;

/** What stands in the way of a comparison, and says nothing about networks, is taken out of a copy. */
async function judgeWithoutTrouble(question: Question, verdict: NotComparable): Promise<Verdict> {
  let project: ProjectCase | undefined = question.project;
  let detail = verdict.detail;
  for (let troubles = 0; troubles < MOST_TROUBLES; troubles++) {
    project = withoutTrouble(project, detail);
    if (!project) return verdict;
    const next = await judgeAnswer({ ...question, project }, await ask(question.binary, project, EVERYTHING));
    if (next.kind !== "not comparable") return next;
    detail = next.detail;
  }
  return verdict;
}

const EVERYTHING = { allResources: true };

interface Question {
  readonly binary: ComposeBinary;
  readonly project: ProjectCase;
  /** What our model says, or that our parser can't read it. */
  readonly ours: Project | string;
}

/** One line that Compose can't read makes it refuse all of `.env`, whatever the lines say about networks. */
const UNREADABLE_ENVIRONMENT = /^failed to read \S+\/\.env: /;

async function judgeAnswer({ binary, project, ours }: Question, all: Answer): Promise<Verdict> {
  if (all.ok) {
    if (typeof ours === "string") return notComparable("our YAML parser refuses what Compose reads", ours);
    const theirs = factsOfConfig(all.config);
    const complete = binary.version !== "2.26";
    const created = complete && declaresUnused(all.config) ? await askWhatIsCreated(binary, project) : theirs.networks;
    const refusal = ours.refusals.find(({ by }) => by === "compose");
    if (refusal) return { kind: "different", causes: [`Compose accepts what we refuse: ${refusal.message}`] };
    return created
      ? compare(factsOfProject(ours), withCreated(theirs, created), complete)
      : compare(withoutCreated(factsOfProject(ours)), theirs, complete);
  }
  if (isAboutNetworks(all.message)) return refused(ours, all.message);
  if (typeof ours === "string") return notComparable("neither reads it", all.message);
  return judgeLeniently(binary, project, ours, all.message);
}

/** @returns undefined when Compose, which has just read the project, refuses it from now on. */
async function askWhatIsCreated(
  binary: ComposeBinary,
  project: ProjectCase,
  attempts = 10,
): Promise<ReadonlySet<string> | undefined> {
  const plain = await ask(binary, project);
  if (plain.ok) return factsOfConfig(plain.config).networks;
  return attempts > 1 ? askWhatIsCreated(binary, project, attempts - 1) : undefined;
}

/** Compose refuses the project for other reasons: what it says about networks without its checks still counts. */
async function judgeLeniently(
  binary: ComposeBinary,
  project: ProjectCase,
  ours: Project,
  message: string,
): Promise<Verdict> {
  const unchecked = await ask(binary, project, { allResources: true, checkConsistency: false });
  const complete = binary.version !== "2.26";
  if (unchecked.ok) return compare(withoutCreated(factsOfProject(ours)), factsOfConfig(unchecked.config), complete);
  if (isAboutNetworks(unchecked.message)) return refused(ours, unchecked.message);
  const raw = await ask(binary, project, { allResources: true, checkConsistency: false, interpolate: false });
  if (!raw.ok) return notComparable(reasonOf(message), message);
  const theirs = factsOfConfig(raw.config);
  const templates = [...theirs.facts].flatMap(([path, value]) => (value.includes("$") ? [path] : []));
  const our = withoutCreated(factsOfProject(ours));
  // Names that start with the project's: Compose takes that from the text of the variable.
  const isName = (path: string): boolean => path === "name" || path.endsWith(".name");
  const leavesOpen = (path: string): boolean =>
    our.leavesOpen(path) || isName(path) || templates.some((open) => path.startsWith(open));
  return compare({ ...our, leavesOpen }, theirs, complete);
}

export function compare(ours: Ours, theirs: Theirs, complete: boolean): Verdict {
  const causes: string[] = [];
  for (const path of new Set([...ours.facts.keys(), ...theirs.facts.keys()])) {
    const [our, their] = [ours.facts.get(path), theirs.facts.get(path)];
    if (our === their || ours.leavesOpen(path)) continue;
    if (path.endsWith(".created") && our === undefined) continue;
    const network = ours.perhapsNotCreated;
    if (!complete && [...network].some((key) => path.startsWith(`networks.${key}.`) && !theirs.networks.has(key)))
      continue;
    causes.push(`${path}: we say ${our ?? "nothing"}, Compose ${their ?? "nothing"}`);
  }
  return causes.length > 0 ? { kind: "different", causes } : { kind: "equal", wavers: false };
}

function withCreated(theirs: Theirs, created: ReadonlySet<string>): Theirs {
  const facts = new Map(theirs.facts);
  for (const key of theirs.networks) {
    if (facts.get(`networks.${key}.external`) === "false") {
      facts.set(`networks.${key}.created`, created.has(key) ? "yes" : "no");
    }
  }
  return { ...theirs, facts };
}

function withoutCreated(ours: Ours): Ours {
  return { ...ours, facts: new Map([...ours.facts].filter(([path]) => !path.endsWith(".created"))) };
}

function refused(ours: Project | string, message: string): Verdict {
  const knowledge = knowledgeOf(ours, message);
  // Services differ in much that says nothing about networks.
  const isElsewhere = /^services\.(?![^.]+\.network)/.test(message);
  if (knowledge === "fine" && isElsewhere) return notComparable(reasonOf(message), message);
  return { kind: "refused", knowledge, message };
}

const ABOUT_NETWORKS = [
  /\bnetworks?\b[.[:`]/,
  /^networks/,
  /network_mode/,
  /validating .*: (?:networks|services\.[^.]+\.(?:networks|network_mode|extends))/,
  /undefined network/,
  /non-string key in (?:networks|services)/,
  /include cycle/,
  /[Cc]ircular reference/,
  /cannot extend service/,
  /conflicts with imported resource/,
  /`?include`? must be/,
  /mapping key .* already defined/,
  /cannot override (?:networks|services)/,
];

/** A required variable without a value says nothing about the files: whoever runs them sets it. */
function isAboutNetworks(message: string): boolean {
  return !message.includes("required variable") && ABOUT_NETWORKS.some((pattern) => pattern.test(message));
}

function notComparable(why: string, detail: string): Verdict {
  return { kind: "not comparable", why, detail };
}

/** The message without names and paths, so that equal reasons count together. */
function reasonOf(message: string): string {
  return message
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, "…")
    .replace(/\S*\/\S*/g, "…")
    .replace(/\d+/g, "N")
    .slice(0, 90);
}
