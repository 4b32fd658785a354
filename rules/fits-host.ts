import { formatPrefix } from "../src/ipam/prefix.js";
import type { Place } from "../src/kit/source.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import type { PolicyLocation } from "../src/policy/source-text.js";
import { finerDaemonPool, finerPool } from "../src/remedy/more-subnets.js";
import { relativePath } from "../src/workspace/files/paths.js";
import type { AutomaticNetwork, HostLoad } from "../src/workspace/host-load.js";
import { claimKey, type Plan } from "../src/workspace/plan/plan.js";
import { servesDirectory } from "../src/workspace/plan/plan-space.js";
import { firstLineOf } from "../src/workspace/projects/shown-place.js";
import { faultsOf, type ScopedPolicy } from "../src/workspace/scoped-policy.js";
import type { ProjectView } from "../src/workspace/view.js";

const HEADLINES = {
  tooMany: 'Host "{{host}}" has {{networks}} without an {{family}} subnet, and Docker has {{room}} for them',
  planTooSmall: 'The pools have no subnet for {{missing}} of the {{networks}} without one on host "{{host}}"',
} as const;
const SUGGESTIONS = {
  cutDaemonPool: "Cut {{pool}} into subnets of /{{length}}, in daemon.json too.",
  cutPool: "Cut the pool {{pool}} into subnets of /{{length}}.",
} as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const fitsHost = defineRule({
  name: "fits-host",
  type: "suggestion",
  docs: {
    description: "Require enough subnets for all networks of a host",
    recommended: "recommended",
    level: "warn",
  },
  files: "forbidden ranges",
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  check({ view, report }) {
    const reading = view.readAsPolicy();
    if (reading.kind !== "policy" || faultsOf(reading).length > 0 || reading.scoped.policy.hosts.length === 0) return;
    const { scoped } = reading;
    const { plan, loads } = view.wholeWorkspace.hostLoads(scoped);
    for (const [host, load] of loads) {
      const unplanned = scoped.policy.pools.length === 0 ? [] : unplannedOf(load, plan());
      const about: About = { view, scoped, host, load, unplanned };
      if (BigInt(load.automatic.length) > load.room) report(tooMany(about));
      if (about.unplanned.length > 0) report(planTooSmall(about, plan()));
    }
  },
});

interface About {
  readonly view: ProjectView;
  readonly scoped: ScopedPolicy;
  readonly host: string;
  readonly load: HostLoad;
  /** The networks for which the declared pools are full. */
  readonly unplanned: readonly AutomaticNetwork[];
}

function unplannedOf({ automatic, family }: HostLoad, plan: Plan): AutomaticNetwork[] {
  return automatic.filter(({ words }) => {
    const planned = plan.subnetFor(claimKey(words, family));
    return planned?.ok === false && planned.fault.kind === "full";
  });
}

function tooMany(about: About): Report {
  const { view, scoped, host, load } = about;
  const { automatic, room, family } = load;
  const missing = BigInt(automatic.length) - room;
  return {
    at: placeOf(about),
    says: "tooMany",
    about: {
      host,
      networks: counted(automatic.length, "network"),
      family: `IPv${family}`,
      room: room === 0n ? "none" : counted(Number(room), "subnet"),
    },
    outcome: "may-fail",
    consequence: `"up" fails for ${missing} of them once all others are up`,
    ...moreForDocker(view, scoped, about),
  };
}

/** What gives Docker more subnets, or leaves less to it. */
function moreForDocker(view: ProjectView, { policy, hasId }: ScopedPolicy, { load, unplanned }: About) {
  if (policy.pools.length > 0 && hasId && unplanned.length === 0) {
    return { advice: "Run compose-networks --fix: it gives each network a subnet from the pools." };
  }
  const declared = policy.docker.defaultAddressPools;
  if (!declared) {
    return {
      advice:
        'Declare "pools" and run compose-networks --fix, or set "default-address-pools" with smaller subnets in daemon.json, and below "docker" here.',
    };
  }
  const finer = finerDaemonPool(declared, load);
  if (!finer) return { advice: 'Add a pool to "default-address-pools", in daemon.json and here.' };
  const { pool, length } = finer;
  const about = { pool: formatPrefix(pool.base), length: String(length) };
  return {
    advice: `Set the size of ${about.pool} to ${length}, in daemon.json and here.`,
    suggestions: rewriting(view, pool.sizeAt, length).map(
      (edits) => ({ does: "cutDaemonPool", about, edits }) as const,
    ),
  };
}

function planTooSmall(about: About, plan: Plan): Report {
  const { view, scoped, host, load, unplanned } = about;
  const { root, policy } = scoped;
  const directoryOf = ({ project }: AutomaticNetwork): string => relativePath(root, project.directory);
  const finer = finerPool(policy.pools, plan, unplanned, load.family, (pool, network) =>
    servesDirectory(pool, directoryOf(network)),
  );
  const cut = finer && { pool: formatPrefix(finer.pool.prefix), length: String(finer.length) };
  return {
    at: placeOf(about),
    says: "planTooSmall",
    about: { host, missing: String(unplanned.length), networks: counted(load.automatic.length, "network") },
    outcome: "policy",
    consequence: "--fix leaves them to Docker",
    advice: cut ? `Set the prefix of ${cut.pool} to ${cut.length}.` : 'Add a pool to "pools".',
    suggestions: finer
      ? rewriting(view, finer.pool.lengthAt, finer.length).map(
          (edits) => ({ does: "cutPool", about: cut ?? { pool: "", length: "" }, edits }) as const,
        )
      : [],
  };
}

/** Of a file that is extended, only its own lint may change it. */
function rewriting({ file: { source } }: ProjectView, { file, range }: PolicyLocation, length: number) {
  return file === source.path ? [[{ span: range, text: String(length) }]] : [];
}

/** The first files of the host that the file being looked at names; its first line where another file names the host. */
function placeOf({ view, scoped, host }: About): Place {
  const { source } = view.file;
  const globs = scoped.policy.hosts.flatMap((entry) => (entry.host === host ? entry.files : []));
  const own = globs.find(({ location }) => location.file === source.path);
  return own ? { source, span: own.location.range } : firstLineOf(source);
}

function counted(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
