import { isRecord, recordsIn, textAt, textsIn, valueAt, type JsonRecord } from "../import/json-values.js";
import { parsePrefix, rangeOf } from "../ipam/prefix.js";
import type { AutomaticNetwork, MapItem } from "./address-map.js";

/** What networks there are, from whatever tells of them. */
export interface FoundNetworks {
  readonly items: readonly MapItem[];
  readonly automatic: readonly AutomaticNetwork[];
}

/**
 * The output of `list --format json`.
 *
 * @param repository Stands before names and places, where several are drawn together.
 * @returns undefined for any other JSON.
 */
export function networksInList(json: unknown, repository?: string): FoundNetworks | undefined {
  if (!isRecord(json) || json["version"] !== 1 || !Array.isArray(json["projects"])) return undefined;
  const items: MapItem[] = [];
  const automatic: AutomaticNetwork[] = [];
  const within = (text: string): string => (repository === undefined ? text : `${repository}: ${text}`);
  for (const network of recordsIn(json["projects"]).flatMap((project) => recordsIn(project["networks"]))) {
    if (network["external"] === true || network["created"] === false) continue;
    const name = within(textAt(network, "name") ?? textAt(network, "key") ?? "");
    const isOfLan = /^(?:macvlan|ipvlan)$/.test(textAt(network, "driver") ?? "");
    for (const family of ["ipv4", "ipv6"]) {
      const addressing = network[family];
      const places = recordsIn(valueAt(addressing, "locations")).map(placeOf);
      textsIn(valueAt(addressing, "subnets")).forEach((subnet, index) => {
        const place = places[index];
        items.push(...itemFrom("explicit", subnet, name, place === undefined ? undefined : within(place), isOfLan));
      });
      if (textAt(addressing, "mode") !== "automatic") continue;
      const place = within(placeOf(network["location"]));
      const planned = textAt(addressing, "planned");
      if (planned === undefined) automatic.push({ name, place });
      else items.push(...itemFrom("planned", planned, name, place, isOfLan));
    }
  }
  return { items, automatic };
}

function itemFrom(
  kind: MapItem["kind"],
  written: string,
  name: string,
  place: string | undefined,
  isOfLan: boolean,
): MapItem[] {
  const prefix = parsePrefix(written);
  return prefix.ok ? [{ kind, range: rangeOf(prefix.value), name, place, isOfLan }] : [];
}

function placeOf(location: unknown): string {
  const { file, line, column }: JsonRecord = isRecord(location) ? location : {};
  return `${String(file)}:${String(line)}:${String(column)}`;
}
