import { rangeOf, type Prefix } from "../ipam/prefix.js";
import { rangeContains } from "../ipam/range.js";
import type { Address } from "../ipam/address.js";
import type { ProjectView } from "../workspace/view.js";

/** Of thousands of ranges inside one subnet, the first ones are looked at. */
const ENOUGH = 1000;

/** The router of the LAN that a subnet is, where the policy names one and only one. */
export function declaredRouter({ reading }: ProjectView, subnet: Prefix): Address | undefined {
  if (reading.kind !== "policy") return undefined;
  const own = rangeOf(subnet);
  let found: Address | undefined;
  let seen = 0;
  for (const { value } of reading.scoped.enforced.eachOverlappingEntry(own)) {
    if (++seen > ENOUGH) return undefined;
    const { router } = value;
    if (!router || !rangeContains(own, router)) continue;
    if (found && found.value !== router.value) return undefined;
    found = router;
  }
  return found;
}
