import { hostClaimsOf } from "../project/host-claims.js";
import type { Project } from "../project/project.js";

/** Whether two projects can't be up on one host, whatever their networks are. */
export function excludeEachOther(one: Project, other: Project): boolean {
  const theirs = hostClaimsOf(other);
  for (const claim of hostClaimsOf(one)) if (theirs.has(claim)) return true;
  return false;
}
