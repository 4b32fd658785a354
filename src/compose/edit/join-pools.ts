import type { Network } from "../project/network.js";
import type { Place } from "../../kit/source.js";
import { child } from "../read/value.js";
import { columnOf, lineBefore } from "./write/columns.js";
import type { Edit } from "../../kit/edit.js";
import { refuseShared } from "./refusals/sharing.js";

/**
 * Takes away the dash that splits one pool in two: `- subnet: …` and, as an entry of its own, `- gateway: …`.
 *
 * @param second Of the entry behind the dash.
 * @returns undefined when it is not clear that they belong together, or not written like that.
 */
export function joinPools(network: Network, second: Place): readonly Edit[] | undefined {
  const { pools, definition } = network;
  const index = pools.findIndex(({ at }) => at === second);
  const [before, own, after] = [pools[index - 1]?.value, pools[index]?.value, pools[index + 1]?.value];
  if (!before || !own || before.flow || own.flow || own.entries.has("subnet")) return undefined;
  const strayed = !before.entries.has("subnet") || [...own.entries.keys()].some((key) => before.entries.has(key));
  // It may belong to the subnet behind it just as well, when that one lacks the same.
  const contested =
    after?.entries.has("subnet") === true && [...own.entries.keys()].some((key) => !after.entries.has(key));
  if (strayed || contested) return undefined;
  const ipam = child(definition, "ipam");
  if (refuseShared([definition, ipam, child(ipam, "config"), before, own])) return undefined;

  const { source, span } = second;
  const column = columnOf(source, span[0]);
  if (before.place.source !== source || columnOf(source, before.place.span[0]) !== column) return undefined;
  if (!/^ *- +$/.test(lineBefore(source, span[0]))) return undefined;
  const dash = span[0] - column + lineBefore(source, span[0]).indexOf("-");
  return [{ span: [dash, dash + 1], text: " " }];
}
