import { candidateSubnets } from "../../../ipam/docker-pools.js";
import { formatPrefix, rangeOf } from "../../../ipam/prefix.js";
import type { MapItem } from "../../../map/address-map.js";
import { daemonPoolsOf } from "../../../policy/daemons.js";
import { formatLocation, type PolicyLocation } from "../../../policy/source-text.js";
import { shownPath } from "../../../workspace/files/paths.js";
import type { PolicyReading } from "../../../workspace/scoped-policy.js";

/** More than a picture can show. */
const MOST_CANDIDATES = 4096;

/** What a policy file says of addresses, and what Docker picks from without it. */
export function policyItems(reading: PolicyReading, cwd: string): MapItem[] {
  const policy = reading.kind === "policy" ? reading.scoped.policy : undefined;
  const placeOf = (location: PolicyLocation): string =>
    formatLocation({ ...location, file: shownPath(cwd, location.file) });
  const forbidden = (policy?.forbidden ?? [])
    .filter(({ severity }) => severity !== "off")
    .flatMap(({ ranges, name, written, location }) =>
      ranges.map((range): MapItem => ({ kind: "forbidden", range, name: name ?? written, place: placeOf(location) })),
    );
  const pools = (policy?.pools ?? []).map(({ prefix, location }): MapItem => ({
    kind: "pool",
    range: rangeOf(prefix),
    name: formatPrefix(prefix),
    place: placeOf(location),
  }));
  const candidates = candidateSubnets(daemonPoolsOf(policy), MOST_CANDIDATES).map((prefix): MapItem => ({
    kind: "candidate",
    range: rangeOf(prefix),
    name: formatPrefix(prefix),
    place: undefined,
  }));
  return [...forbidden, ...pools, ...candidates];
}
