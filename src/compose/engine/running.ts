import type { Attachment, Running } from "../project/service.js";

/** Services that are up at the same time are looked at for so many profiles at most. */
const MOST_PROFILES = 50;

/** Whether Compose makes a container of it at all: `scale: 0` makes none. */
export function isMade({ copies }: Running): boolean {
  return copies > 0;
}

/**
 * Whether two services run together. Those behind different profiles are taken for alternatives, although somebody may
 * enable both. Of a service whose profiles can't be told, nobody knows.
 */
export function runTogether(one: Running, other: Running): boolean {
  if (!isMade(one) || !isMade(other)) return false;
  if (one.profiles === "unknown" || other.profiles === "unknown") return false;
  if (one.profiles === undefined || other.profiles === undefined) return true;
  const { profiles } = other;
  return one.profiles.some((profile) => profiles.includes(profile));
}

/** Whether any two of two groups of services may run together. */
export function mayRunTogether(ones: readonly Attachment[], others: readonly Attachment[]): boolean {
  const known = (attachments: readonly Attachment[]) => attachments.map(({ running: { profiles } }) => profiles);
  const [left, right] = [known(ones), known(others)];
  if ([...left, ...right].some((profiles) => profiles === undefined || profiles === "unknown")) return true;
  const listed = (all: typeof left) => all.flatMap((profiles) => (typeof profiles === "object" ? profiles : []));
  const names = new Set(listed(right));
  return listed(left).some((profile) => names.has(profile));
}

/**
 * The services of a network that are up at the same time: those that always run, and beside them those of one profile
 * after the other. A service whose profiles can't be told is up alone beside those that always run.
 */
export function runningSets(attachments: readonly Attachment[]): readonly (readonly Attachment[])[] {
  const made = attachments.filter(({ running }) => isMade(running));
  const profiles = [...new Set(made.flatMap(profilesOf))].slice(0, MOST_PROFILES);
  return [undefined, ...profiles].map((profile) =>
    made.filter((attachment) => {
      const own = profilesOf(attachment);
      return own.length === 0 || (profile !== undefined && own.includes(profile));
    }),
  );
}

/** A profile that can't be told is one as well: the service does not always run. */
function profilesOf({ running: { profiles } }: Attachment): readonly string[] {
  return profiles === "unknown" ? [""] : (profiles ?? []);
}
