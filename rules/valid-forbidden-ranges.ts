import type { Edit } from "../src/kit/edit.js";
import { directoryOf, joinPath } from "../src/kit/paths.js";
import type { Place } from "../src/kit/source.js";
import { containsPrefix, formatPrefix, type Prefix, rangeOf } from "../src/ipam/prefix.js";
import { rangesOverlap, subtractRanges } from "../src/ipam/range.js";
import { specialBlocksIn, type Purpose } from "../src/ipam/special-purpose.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import { flag } from "../src/lint/options.js";
import { hasWildcards } from "../src/kit/glob.js";
import { insertionOfId, removalOfEntry } from "../src/policy/file-edits.js";
import { daemonPoolsOf } from "../src/policy/daemons.js";
import type { AllowEntry, ForbiddenRange, HostEntry, PolicyPool } from "../src/policy/policy.js";
import { formatLocation, type PolicyFault, type PolicyLocation } from "../src/policy/source-text.js";
import { betterEntry } from "../src/policy/superfluous.js";
import { whyUnused } from "../src/workspace/unused-exception.js";
import { nameRange } from "../src/remedy/wording.js";
import type { Reach } from "../src/workspace/projects/reach.js";
import { relativePath } from "../src/workspace/files/paths.js";
import { firstLineOf } from "../src/workspace/projects/shown-place.js";
import { faultsOf, type ScopedPolicy } from "../src/workspace/scoped-policy.js";
import type { ProjectView } from "../src/workspace/view.js";

const HEADLINES = {
  fault: { headline: "The forbidden ranges are incomplete: {{fault}}" },
  faultElsewhere: {
    headline: "The forbidden ranges are incomplete: a file that this one extends is faulty at {{place}}: {{fault}}",
  },
  withoutId: {
    headline: 'Without an "id", fixes depend on the name of the folder, here "{{id}}"',
    consequence: "a clone in another folder gets other subnets",
    advice: "Write a name that no other repository has.",
  },
  nested: {
    headline: "Files below this one are not checked against {{above}}",
    consequence: "the nearest policy file replaces those above it",
    advice: 'Add "{{path}}" to "extends", or set the option "allowNested".',
  },
  missingFile: {
    headline: "There is no file {{file}}, so Compose can't start the project that it is a part of",
    advice: "Correct the path, or remove the file.",
  },
  forbiddenPool: {
    headline: "No subnet can be taken from the pool {{pool}}",
    consequence: "all of it is forbidden, first by {{range}}",
    origin: "forbidden in {{origin}}",
    advice: "Choose a block that nothing else uses.",
  },
  publicPool: {
    headline: "The pool {{pool}} is not private address space",
    consequence: "networks from it make hosts on the Internet unreachable from this machine",
    advice: "Take a part of 10.0.0.0/8 or of fd00::/8.",
  },
  dockerPool: {
    headline: "The pool {{pool}} overlaps {{docker}}, from which Docker picks subnets",
    consequence: "a network that Docker created first keeps one from the pool from starting",
    advice: "Choose a pool outside Docker's default address pools.",
  },
  staleRange: {
    headline: "{{range}} is no longer enforced: `until` was {{until}}",
    advice: "Give it a later day, or remove the entry.",
  },
  staleException: {
    headline: "The exception for {{file}} expired on {{expires}}",
    advice: "Renew it, or remove the entry.",
  },
  unusedException: {
    headline: "The exception for {{file}} has no effect: {{why}}",
    advice: "Correct it, or remove the entry.",
  },
  unusedHost: {
    headline: '{{glob}} matches no file, so it puts nothing on the host "{{host}}"',
    advice: "Correct it, or remove it.",
  },
  superfluous: {
    headline: "{{range}} lies in {{outer}} ({{place}}), which says the same of it",
    advice: "Remove the entry, or name what is different about it.",
  },
} as const;
const SUGGESTIONS = {
  writeId: "Write the id {{id}}, with which all subnets stay as they are.",
  remove: "Remove the entry.",
} as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const validForbiddenRanges = defineRule({
  name: "valid-forbidden-ranges",
  type: "problem",
  docs: {
    description: "Disallow mistakes, contradictions and stale entries in the forbidden-ranges file",
    recommended: "recommended",
  },
  files: "forbidden ranges",
  options: { allowNested: flag(false, "Allow policy files below another one that they do not extend.") },
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  check({ view, options, report }) {
    const reading = view.readAsPolicy();
    const faults = faultsOf(reading);
    // What a part of a policy contradicts, or has no use for, can't be told.
    const isWhole = reading.kind === "policy" && faults.length === 0;
    for (const each of isWhole ? aboutPolicy(view, reading.scoped) : aboutFaults(view, faults)) report(each);
    if (!options.allowNested && isWhole) for (const each of aboutNesting(view, reading.scoped)) report(each);
  },
});

function* aboutFaults(view: ProjectView, faults: readonly PolicyFault[]): Generator<Report> {
  const here = faults.filter((fault) => isHere(view, fault));
  for (const fault of here) {
    yield { at: placeOf(view, fault), says: "fault", about: { fault: fault.message }, outcome: "ignored" };
  }
  const [elsewhere] = here.length > 0 ? [] : faults;
  if (!elsewhere) return;
  const { source } = view.file;
  yield {
    at: firstLineOf(source),
    says: "faultElsewhere",
    about: { place: show(view, elsewhere), fault: elsewhere.message },
    outcome: "ignored",
  };
}

function* aboutPolicy(view: ProjectView, scoped: ScopedPolicy): Generator<Report> {
  const { policy } = scoped;
  const pools = policy.pools.filter(({ location }) => isHere(view, location));
  const exceptions = policy.allow.filter(({ location }) => isHere(view, location));
  const [firstPool] = pools;
  if (policy.id === undefined && firstPool) yield withoutId(view, scoped, firstPool);
  yield* missingFiles(view, scoped);
  for (const pool of pools) yield* aboutPool(view, scoped, pool);
  for (const list of policy.forbiddenByFile) {
    for (const range of list) {
      // A list may have a million lines, all of them in one file.
      if (!isHere(view, range.location)) break;
      yield* aboutRange(view, scoped, range);
    }
  }
  // A look at the workspace costs more than all the rest.
  const reach = exceptions.length + policy.hosts.length > 0 ? view.reachOverAllFiles() : undefined;
  for (const exception of exceptions) yield* aboutException(view, exception, reach);
  for (const host of policy.hosts) yield* aboutHost(view, host, reach);
}

/** Whoever puts a policy into a folder rarely means to take all others away. */
function* aboutNesting(view: ProjectView, { policy }: ScopedPolicy): Generator<Report> {
  const above = view.policyAbove();
  if (above === undefined || policy.files.includes(above)) return;
  const { source } = view.file;
  const about = { above: view.display(above), path: relativePath(directoryOf(source.path), above) };
  yield { at: firstLineOf(source), says: "nested", about, outcome: "policy" };
}

function withoutId(view: ProjectView, { id }: ScopedPolicy, pool: PolicyPool): Report {
  const edit = insertionOfId(view.file.source.text, id);
  return {
    at: placeOf(view, pool.location),
    says: "withoutId",
    about: { id },
    outcome: "policy",
    suggestions: edit ? [{ does: "writeId", about: { id }, edits: [edit] }] : [],
  };
}

function* missingFiles(view: ProjectView, { policy }: ScopedPolicy): Generator<Report> {
  for (const { path, location } of policy.projects.flatMap(({ files }) => files)) {
    const file = joinPath(directoryOf(policy.file), path);
    if (!isHere(view, location) || hasWildcards(path) || view.exists(file)) continue;
    const outcome = { refusedBy: "compose", phase: "load" } as const;
    yield { at: placeOf(view, location), says: "missingFile", about: { file: view.display(file) }, outcome };
  }
}

function* aboutPool(view: ProjectView, { policy, enforced }: ScopedPolicy, entry: PolicyPool): Generator<Report> {
  const { prefix } = entry;
  const at = placeOf(view, entry.location);
  const pool = formatPrefix(prefix);
  const range = rangeOf(prefix);
  const hits = enforced.overlappingEntries(range);
  const [first] = hits;
  const taken = hits.map((hit) => hit.range);
  if (first && subtractRanges(range, taken).length === 0) {
    yield {
      at,
      says: "forbiddenPool",
      about: { pool, range: nameRange(first.value) },
      outcome: "policy",
      forbidden: first.value,
      // Ranges that only warn leave no subnet either.
      severity: "of the rule",
    };
  }
  if (!isForAnybody(prefix)) yield { at, says: "publicPool", about: { pool }, outcome: "unreachable" };
  const docker = daemonPoolsOf(policy).find(({ base }) => rangesOverlap(rangeOf(base), range));
  if (docker) {
    yield { at, says: "dockerPool", about: { pool, docker: formatPrefix(docker.base) }, outcome: "may-fail" };
  }
}

function* aboutRange(view: ProjectView, { enforced }: ScopedPolicy, entry: ForbiddenRange): Generator<Report> {
  const { location, until, severity } = entry;
  const range = nameRange(entry);
  const rest = { at: placeOf(view, location), outcome: "ignored", suggestions: removing(view, location) } as const;
  if (until !== undefined && until < view.today) {
    yield { ...rest, says: "staleRange", about: { range, until: endOf(until) } };
    return;
  }
  const outer = severity === "off" ? undefined : betterEntry(entry, enforced);
  if (!outer) return;
  yield { ...rest, says: "superfluous", about: { range, outer: nameRange(outer), place: show(view, outer.location) } };
}

function* aboutException(view: ProjectView, entry: AllowEntry, reach: Reach | undefined): Generator<Report> {
  const { file, expires, location } = entry;
  const rest = { at: placeOf(view, location), outcome: "ignored", suggestions: removing(view, location) } as const;
  if (expires !== undefined && expires < view.today) {
    yield { ...rest, says: "staleException", about: { file, expires: endOf(expires) } };
    return;
  }
  const why = reach && whyUnused(entry, reach);
  if (why !== undefined) yield { ...rest, says: "unusedException", about: { file, why } };
}

function* aboutHost(view: ProjectView, { host, files }: HostEntry, reach: Reach | undefined): Generator<Report> {
  for (const { glob, location } of files) {
    if (!isHere(view, location) || !reach || reach(glob).length > 0) continue;
    yield { at: placeOf(view, location), says: "unusedHost", about: { glob, host }, outcome: "ignored" };
  }
}

/** Of a policy that extends others, only what is written in the file being looked at is reported there. */
function isHere({ file }: ProjectView, location: PolicyLocation): boolean {
  return location.file === file.source.path;
}

function placeOf({ file: { source } }: ProjectView, { range }: PolicyLocation): Place {
  return { source, span: range };
}

function show(view: ProjectView, location: PolicyLocation): string {
  return formatLocation({ ...location, file: view.display(location.file) });
}

function removing({ file }: ProjectView, { range: [offset] }: PolicyLocation) {
  const edit: Edit | undefined = removalOfEntry(file.source.text, offset);
  return edit ? [{ does: "remove", about: {}, edits: [edit] } as const] : [];
}

const FOR_ANYBODY: ReadonlySet<Purpose> = new Set(["private", "carrier-grade NAT", "benchmarking"]);

/** IPv6 prefixes of the Internet are delegated to whoever runs a network: one of them may well be the user's own. */
function isForAnybody(prefix: Prefix): boolean {
  const blocks = specialBlocksIn(prefix);
  if (prefix.address.family === 6 && blocks.length === 0) return true;
  return blocks.some((block) => FOR_ANYBODY.has(block.purpose) && containsPrefix(block.prefix, prefix));
}

/** The day itself still counts. */
function endOf(day: string): string {
  return `${day} (UTC)`;
}
