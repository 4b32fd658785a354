import { hostNetworks } from "../../../host/engine-networks.js";
import { readSnapshot } from "../../../host/read-snapshot.js";
import { SNAPSHOT_KIND } from "../../../import/doctor-snapshot.js";
import { valueAt } from "../../../import/json-values.js";
import { rangeOf } from "../../../ipam/prefix.js";
import { baseName } from "../../../kit/paths.js";
import { failure, success, type Result } from "../../../kit/result.js";
import type { AutomaticNetwork, MapItem } from "../../../map/address-map.js";
import { networksInList } from "../../../map/read-list.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import { readNamedFile } from "../../files/named-file.js";
import type { Terminal } from "../../terminal/terminal.js";

export interface Others {
  readonly items: readonly MapItem[];
  readonly automatic: readonly AutomaticNetwork[];
  /** One of them is the list of a repository. */
  readonly hasLists: boolean;
}

const MOST_BYTES = 64 * 2 ** 20;

/** Lists of other repositories, each with its file's name before its networks, and snapshots of hosts. */
export function readOthers(files: readonly string[], { cwd }: Pick<Terminal, "cwd">): Result<Others, string> {
  const items: MapItem[] = [];
  const automatic: AutomaticNetwork[] = [];
  let hasLists = false;
  for (const file of files) {
    const bytes = readNamedFile(file, cwd, MOST_BYTES);
    if (!bytes.ok) return bytes;
    const text = bytes.value.toString("utf8").replace(/^\uFEFF/, "");
    const json = parse(text);
    if (valueAt(json, "kind") === SNAPSHOT_KIND) {
      const snapshot = readSnapshot(text, file);
      if (!snapshot.ok) return snapshot;
      for (const { known, device, subnets } of hostNetworks(snapshot.value)) {
        const isOfLan = known !== undefined && known.driver !== "bridge";
        const name = known?.name ?? device ?? "a network";
        for (const subnet of subnets) items.push({ kind: "host", range: rangeOf(subnet), name, place: file, isOfLan });
      }
      continue;
    }
    const found = networksInList(json, baseName(toPosix(file)).replace(/\.json$/i, ""));
    if (!found) {
      return failure(
        `${file}:1:1: it is neither the output of compose-networks list --format json nor a snapshot of doctor --save`,
      );
    }
    hasLists = true;
    items.push(...found.items);
    automatic.push(...found.automatic);
  }
  return success({ items, automatic, hasLists });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
