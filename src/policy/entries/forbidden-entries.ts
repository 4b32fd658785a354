import { rangeContains, subtractRanges } from "../../ipam/range.js";
import type { forbiddenEntryShape } from "../schema/forbidden-ranges-shape.js";
import type { ForbiddenRange } from "../policy.js";
import type { ValueOf, Written } from "../schema/shape.js";
import { locationOf } from "../source-text.js";
import type { Page } from "../schema/yaml-text.js";
import type { Address, AddressRange } from "../../ipam/address.js";

type LongForm = ValueOf<typeof forbiddenEntryShape>;
type ShortForm = Written<AddressRange>;

/** The ranges of one entry of `forbidden`: one for each block or range that it lists. */
export function forbiddenRangesOf(entry: ShortForm | LongForm, page: Page): ForbiddenRange[] {
  const { cidr, range, except = [], severity, ...about } = "value" in entry ? { cidr: [entry] } : entry;
  const blocks = cidr ?? range ?? [];
  reportStrayHoles(except, blocks, page);
  const { router } = about;
  if (router) reportStrayRouter(router, blocks, page);

  const holes = except.map(({ value }) => value);
  return blocks.map((block): ForbiddenRange => {
    const ranges = subtractRanges(block.value, holes);
    if (ranges.length === 0)
      page.report(block.range, `"except" leaves nothing of "${block.written}"; remove one of them`);
    return {
      ranges,
      written: block.written,
      name: about.name?.value,
      reason: about.reason?.value,
      owner: about.owner?.value,
      source: about.source?.value,
      until: about.until?.value,
      severity: severity?.value ?? "error",
      ...(router && rangeContains(block.value, router.value) && { router: router.value }),
      location: locationOf(page.source, block.range),
    };
  });
}

function reportStrayRouter(router: Written<Address>, blocks: readonly ShortForm[], page: Page): void {
  if (blocks.length === 0 || blocks.some(({ value }) => rangeContains(value, router.value))) return;
  const written = blocks.map((block) => block.written).join(", ");
  page.report(router.range, `the router "${router.written}" is outside of ${written}`);
}

/** A hole beside the range says that one of the two is mistyped. */
function reportStrayHoles(holes: readonly ShortForm[], blocks: readonly ShortForm[], page: Page): void {
  if (blocks.length === 0) return;
  for (const hole of holes) {
    if (blocks.some((block) => rangeContains(block.value, hole.value))) continue;
    const written = blocks.map((block) => block.written).join(", ");
    page.report(hole.range, `"${hole.written}" is not a hole: it is not inside ${written}`);
  }
}
