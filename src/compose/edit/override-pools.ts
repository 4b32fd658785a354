import type { ComposeFile } from "../read/compose-file.js";
import type { PoolMerge } from "../load/override.js";
import { child, type Value } from "../read/value.js";
import { edited, insertion, refused, type EditOutcome } from "../../kit/edit.js";
import { refuseShared } from "./refusals/sharing.js";

/** Tags a list of pools, so that Compose puts it in place of those in the documents before. */
export function overridePools(files: readonly ComposeFile[], { network, override }: PoolMerge): EditOutcome {
  const { keyPlace, value, mergedBy } = override;
  const chain = files.flatMap(({ documents }) => documents.map(({ root }) => chainTo(root, network))).find(endsAt);
  function endsAt(values: readonly (Value | undefined)[]): boolean {
    const list = values.at(-1);
    return list?.place.source === value.place.source && list.place.span[0] === value.place.span[0];
  }
  const shared = refuseShared(chain ?? [value]);
  if (shared) return shared;
  const { text } = keyPlace.source;
  const colon = /^\s*:/.exec(text.slice(keyPlace.span[1], value.place.span[0]));
  if (!colon || mergedBy) return refused("a merge key or a question mark brings its key", keyPlace);
  const at = keyPlace.span[1] + colon[0].length;
  return edited(insertion(at, /\s/.test(text[at] ?? "") ? " !override" : " !override "));
}

function chainTo(root: Value, network: string): (Value | undefined)[] {
  const values: (Value | undefined)[] = [root];
  for (const key of ["networks", network, "ipam", "config"]) values.push(child(values.at(-1), key));
  return values;
}
