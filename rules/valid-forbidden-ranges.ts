import type { Edit } from "../src/compose/edit/edit.js";
import { directoryOf, joinPath } from "../src/compose/paths.js";
import { DOCKER_DEFAULT_POOLS } from "../src/ipam/docker-pools.js";
import { containsPrefix, formatPrefix, type Prefix, rangeOf } from "../src/ipam/prefix.js";
import { rangesOverlap, subtractRanges } from "../src/ipam/range.js";
import { specialBlocksIn, type Purpose } from "../src/ipam/special-purpose.js";
import { hasWildcards } from "../src/policy/declared-projects.js";
import { insertionOfId, removalOfEntry } from "../src/policy/file-edits.js";
import type { AllowEntry, ForbiddenRange, HostEntry, PolicyPool, ProjectEntry } from "../src/policy/policy.js";
import { formatLocation, type PolicyFault, type PolicyLocation } from "../src/policy/source-text.js";
import { betterEntry } from "../src/policy/superfluous.js";
import { createRule, type MessageValues, type Suggestion } from "../src/rule/create-rule.js";
import { whyUnused } from "../src/rule/unused-exception.js";
import { nameRange, originOfRange, placesOfRange } from "../src/rule/wording.js";
import type { Reach } from "../src/workspace/reach.js";

type MessageId =
  | "fault"
  | "faultElsewhere"
  | "withoutId"
  | "missingFile"
  | "forbiddenPool"
  | "publicPool"
  | "dockerPool"
  | "staleRange"
  | "staleException"
  | "unusedException"
  | "unusedHost"
  | "superfluous"
  | "writeId"
  | "remove";

export const validForbiddenRanges = createRule<object, MessageId>({
  name: "valid-forbidden-ranges",
  files: "forbidden ranges",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow mistakes, contradictions and stale entries in the forbidden-ranges file",
      recommended: "recommended",
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      fault: "The forbidden ranges are not used: {{fault}}.",
      faultElsewhere:
        "The forbidden ranges are not used, since a file that this one extends is faulty at {{place}}: {{fault}}.",
      withoutId:
        'Without an "id", fixes depend on the name of the folder, here "{{id}}": a clone in another folder gets other subnets. {{advice}}',
      missingFile: "There is no file {{file}}, so Compose can't start the project that it is a part of. {{advice}}",
      forbiddenPool:
        "No subnet can be taken from the pool {{pool}}: all of it is forbidden, first by {{range}} (forbidden in {{origin}}). {{advice}}",
      publicPool:
        "The pool {{pool}} is no private address space: networks from it make hosts on the Internet unreachable from this machine. {{advice}}",
      dockerPool:
        "The pool {{pool}} overlaps {{docker}}, from which Docker takes subnets by itself: a network that it made first keeps one from the pool from starting. {{advice}}",
      staleRange: "{{range}} is not enforced since {{until}}. {{advice}}",
      staleException: "The exception for {{file}} does not count since {{expires}}. {{advice}}",
      unusedException: "The exception for {{file}} lets nothing through: {{why}}. {{advice}}",
      unusedHost: 'No file fits {{glob}}, so that nothing runs on the host "{{host}}" by it. {{advice}}',
      superfluous: "{{range}} lies in {{outer}} ({{place}}), which says the same of it. {{advice}}",
      writeId: "Write the id {{id}}, with which all subnets stay as they are.",
      remove: "Remove the entry.",
    },
  },
  create({ view, report }) {
    const { source } = view.file;
    const { text } = source;
    const reading = view.readAsPolicy();

    function reportAt(
      { range: span }: Pick<PolicyLocation, "range">,
      messageId: MessageId,
      values: MessageValues,
      suggest: readonly Suggestion<MessageId>[] = [],
    ): void {
      report({ at: { source, span }, messageId, values, suggest });
    }

    const isHere = ({ file }: PolicyLocation): boolean => file === source.path;
    const placeOf = (location: PolicyLocation): string =>
      formatLocation({ ...location, file: view.display(location.file) });
    const removing = ({ range: [offset] }: PolicyLocation): Suggestion<MessageId>[] =>
      suggesting("remove", {}, removalOfEntry(text, offset));

    function reportFaults(faults: readonly PolicyFault[]): void {
      for (const fault of faults.filter(isHere)) reportAt(fault, "fault", { fault: fault.message });
      const [elsewhere] = faults.some(isHere) ? [] : faults;
      if (!elsewhere) return;
      const firstLine = { range: [0, text.search(/\r?\n|$/)] as const };
      reportAt(firstLine, "faultElsewhere", { place: placeOf(elsewhere), fault: elsewhere.message });
    }

    if (reading.kind !== "policy") {
      return { ComposeFile: () => reportFaults(reading.kind === "faulty" ? reading.faults : []) };
    }
    const { policy, enforced, id } = reading.scoped;
    const dockerPools = policy.docker.defaultAddressPools ?? DOCKER_DEFAULT_POOLS;

    function checkId(): void {
      const [pool] = policy.pools.filter(({ location }) => isHere(location));
      if (policy.id !== undefined || !pool) return;
      const writing = suggesting("writeId", { id }, insertionOfId(text, id));
      const advice = "Write a name that no other repository has.";
      reportAt(pool.location, "withoutId", { id, advice }, writing);
    }

    function checkProject({ files }: ProjectEntry): void {
      for (const { path, location } of files) {
        const file = joinPath(directoryOf(policy.file), path);
        if (!isHere(location) || hasWildcards(path) || view.exists(file)) continue;
        reportAt(location, "missingFile", { file: view.display(file), advice: "Mend the path, or remove the file." });
      }
    }

    function checkPool({ prefix, location }: PolicyPool): void {
      const pool = formatPrefix(prefix);
      const range = rangeOf(prefix);
      const hits = enforced.overlappingEntries(range);
      const [first] = hits;
      if (
        first &&
        subtractRanges(
          range,
          hits.map((hit) => hit.range),
        ).length === 0
      ) {
        const { value } = first;
        const about = { pool, range: nameRange(value), origin: originOfRange(value, view) };
        const advice = "Choose space that nobody reaches through these hosts.";
        const at = { source, span: location.range };
        report({ at, messageId: "forbiddenPool", values: { ...about, advice }, related: placesOfRange(value) });
      }
      if (!isForAnybody(prefix)) {
        reportAt(location, "publicPool", { pool, advice: "Take a part of 10.0.0.0/8 or of fd00::/8." });
      }
      const docker = dockerPools.find(({ base }) => rangesOverlap(rangeOf(base), range));
      if (docker) {
        const advice = "Choose a pool outside of what Docker uses.";
        reportAt(location, "dockerPool", { pool, docker: formatPrefix(docker.base), advice });
      }
    }

    function checkRange(entry: ForbiddenRange): void {
      const { location, until, severity } = entry;
      if (until !== undefined && until < view.today) {
        const advice = "Give it a later day, or remove the entry.";
        reportAt(location, "staleRange", { range: nameRange(entry), until: after(until), advice }, removing(location));
        return;
      }
      const outer = severity === "off" ? undefined : betterEntry(entry, enforced);
      if (!outer) return;
      const advice = "Remove the entry, or name what is different about it.";
      const about = { range: nameRange(entry), outer: nameRange(outer), place: placeOf(outer.location) };
      reportAt(location, "superfluous", { ...about, advice }, removing(location));
    }

    function checkException(entry: AllowEntry, reach: Reach | undefined): void {
      const { file, expires, location } = entry;
      if (expires !== undefined && expires < view.today) {
        const advice = "Review it anew, or remove the entry.";
        reportAt(location, "staleException", { file, expires: after(expires), advice }, removing(location));
        return;
      }
      const why = reach && whyUnused(entry, reach);
      if (why === undefined) return;
      const advice = "Correct it, or remove the entry.";
      reportAt(location, "unusedException", { file, why, advice }, removing(location));
    }

    function checkHost({ host, files }: HostEntry, reach: Reach | undefined): void {
      for (const { glob, location } of files) {
        if (!isHere(location) || !reach || reach(glob).length > 0) continue;
        reportAt(location, "unusedHost", { glob, host, advice: "Correct it, or remove it." });
      }
    }

    return {
      ComposeFile() {
        checkId();
        policy.projects.forEach(checkProject);
        policy.pools.filter(({ location }) => isHere(location)).forEach(checkPool);
        for (const entry of policy.forbidden) if (isHere(entry.location)) checkRange(entry);
        const exceptions = policy.allow.filter(({ location }) => isHere(location));
        // A look at the workspace costs more than all the rest.
        const reach = exceptions.length + policy.hosts.length > 0 ? view.reach() : undefined;
        for (const entry of exceptions) checkException(entry, reach);
        for (const entry of policy.hosts) checkHost(entry, reach);
      },
    };
  },
});

const FOR_ANYBODY: ReadonlySet<Purpose> = new Set(["private", "carrier-grade NAT", "benchmarking"]);

/** IPv6 prefixes of the Internet are delegated to whoever runs a network: one of them may well be the user's own. */
function isForAnybody(prefix: Prefix): boolean {
  const blocks = specialBlocksIn(prefix);
  if (prefix.address.family === 6 && blocks.length === 0) return true;
  return blocks.some((block) => FOR_ANYBODY.has(block.purpose) && containsPrefix(block.prefix, prefix));
}

function suggesting(
  messageId: MessageId,
  values: Readonly<Record<string, string>>,
  edit: Edit | undefined,
): Suggestion<MessageId>[] {
  return edit ? [{ messageId, values, edits: [edit] }] : [];
}

/** The day itself still counts. */
function after(day: string): string {
  return `the end of ${day} (UTC)`;
}
