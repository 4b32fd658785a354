import { formatPrefix, maskPrefix, type Prefix } from "../../ipam/prefix.js";
import { putInVariables } from "../load/interpolation.js";
import type { KnownField } from "../project/field.js";
import { readIpamPool } from "../project/ipam-pool.js";
import type { Project } from "../project/project.js";
import { servicesOf } from "../project/service.js";
import { asList, asMap, child } from "../read/value.js";
import { addressesAmong, dependentsInPool, type Dependent } from "./dependents.js";

/** What the files of a project say about a subnet, also where another file of the project overrides it. */
export interface OverriddenTexts {
  readonly subnets: readonly KnownField<Prefix>[];
  readonly dependents: readonly Dependent[];
}

const NOTHING: OverriddenTexts = { subnets: [], dependents: [] };

/**
 * The texts of all files of a project that name a subnet of one of its networks, or an address in it. The project as a
 * whole has only those of the last file; started with fewer files, it has the others.
 */
export function overriddenTexts({ files, variables }: Project, key: string, subnet: Prefix): OverriddenTexts {
  if (files.length <= 1) return NOTHING;
  const subnets: KnownField<Prefix>[] = [];
  const dependents: Dependent[] = [];
  for (const { root } of files.flatMap(({ documents }) => documents)) {
    const read = asMap(putInVariables(root, variables));
    const ipam = child(child(child(read, "networks"), key), "ipam");
    for (const written of asList(child(ipam, "config"))?.items ?? []) {
      const { pool } = readIpamPool(written, key);
      if (pool.subnet.kind !== "known" || !isSame(pool.subnet.value, subnet)) continue;
      subnets.push(pool.subnet);
      dependents.push(...dependentsInPool(pool));
    }
    const attachments = servicesOf(read).flatMap((service) => service.attachments);
    const own = attachments.filter(({ network }) => network === key);
    dependents.push(...addressesAmong(own, subnet.address.family));
  }
  return { subnets, dependents: dependents.flatMap(thatMayMove) };
}

function isSame(one: Prefix, other: Prefix): boolean {
  return formatPrefix(maskPrefix(one)) === formatPrefix(other);
}

/** What is overridden may be anything: only what is known, and lies in the subnet, moves along. */
function thatMayMove({ role, field }: Dependent): Dependent[] {
  return field.kind === "known" ? [{ role, field, mayLieOutside: true }] : [];
}
