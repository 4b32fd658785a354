import { textOf, type Source } from "../../../kit/source.js";
import { asList, asMap, asScalar, child, type Entry, type MapValue } from "../../read/value.js";
import { columnOf } from "./columns.js";

/** What stands between a brace and what it holds. */
export type Pad = "" | " ";

/** How a file is written: new text takes after the text that is there. */
export interface Layout {
  /** Spaces of one level. */
  readonly step: number;
  /** Spaces between a key and the dashes of the list below it. */
  readonly listStep: number;
  /** The document is JSON: keys and texts are quoted. */
  readonly json: boolean;
  /** What stands around the subnets that are there. */
  readonly quote: "" | '"' | "'";
  readonly pad: Pad;
}

const USUAL_STEP = 2;

/** @param root Of the document that takes the new text in. Its networks are the nearest model. */
export function layoutOf(source: Source, root: MapValue): Layout {
  const networks = [...(asMap(child(root, "networks"))?.entries.values() ?? [])];
  const step = stepBelow(networks) ?? stepBelow(networksFirst(root)) ?? USUAL_STEP;
  const [first] = root.entries.values();
  return {
    step,
    listStep: listStepBelow(networks) ?? listStepIn(source.text) ?? step,
    json: root.flow && first !== undefined && source.text[first.keyPlace.span[0]] === '"',
    quote: quoteIn(networks),
    pad: padIn(networks) ?? padInText(source.text) ?? USUAL_PAD,
  };
}

const USUAL_PAD = " ";

/** The own way of a map in braces; undefined for one in lines, and for one that holds nothing. */
export function padOf({ flow, place }: MapValue): Pad | undefined {
  const text = textOf(place);
  if (!flow || !text.startsWith("{") || text.slice(1, -1).trim() === "") return undefined;
  return /^\{\s/.test(text) ? " " : "";
}

function padIn(networks: readonly Entry[]): Pad | undefined {
  for (const { value } of networks) {
    const map = value.sharedBy ? undefined : asMap(value);
    const ipam = asMap(map?.entries.get("ipam")?.value);
    const pools = asList(ipam?.entries.get("config")?.value)?.items ?? [];
    const pads = [map, ipam, ...pools.map(asMap)].flatMap((each) => (each ? (padOf(each) ?? []) : []));
    if (pads[0] !== undefined) return pads[0];
  }
  return undefined;
}

/** The first braces of the file that hold something, whatever it is; else braces that hold nothing, not even a space. */
function padInText(text: string): Pad | undefined {
  const written = /^[^#\n]*?(?:[:,[-]|^)[ \t]*\{([ \t]*)[^\s{}]/m.exec(text)?.[1];
  if (written !== undefined) return written === "" ? "" : " ";
  return /:[ \t]*\{\}/.test(text) ? "" : undefined;
}

function networksFirst({ entries }: MapValue): Entry[] {
  const networks = entries.get("networks");
  return [...(networks ? [networks] : []), ...entries.values()];
}

/** The first block map below a key says how deep one level is. */
function stepBelow(entries: readonly Entry[]): number | undefined {
  for (const { keyPlace, value } of entries) {
    if (value.kind !== "map" || value.flow || value.sharedBy) continue;
    const first = [...value.entries.values()].find(({ mergedBy }) => !mergedBy);
    const step =
      first && columnOf(first.keyPlace.source, first.keyPlace.span[0]) - columnOf(keyPlace.source, keyPlace.span[0]);
    if (step !== undefined && step > 0) return step;
  }
  return undefined;
}

/** The first list of pools that has lines of its own. */
function listStepBelow(networks: readonly Entry[]): number | undefined {
  for (const { value } of networks) {
    const config = asMap(child(value, "ipam"))?.entries.get("config");
    const list = asList(config?.value);
    if (!config || !list || list.flow || list.sharedBy) continue;
    const { source, span } = config.keyPlace;
    return Math.max(0, columnOf(source, list.place.span[0]) - columnOf(source, span[0]));
  }
  return undefined;
}

const KEY_LINE = /^( *)[^\s#-][^\n]*:[ \t]*\r?$/;
const DASH_LINE = /^( *)- /;

/** The first list of the file, whatever it holds. */
function listStepIn(text: string): number | undefined {
  let key: string | undefined;
  for (const line of text.split("\n")) {
    const dash = DASH_LINE.exec(line)?.[1];
    if (dash !== undefined && key !== undefined && dash.length >= key.length) return dash.length - key.length;
    if (/^\s*(?:#|$)/.test(line)) continue;
    key = KEY_LINE.exec(line.replace(/[ \t]#.*$/, ""))?.[1];
  }
  return undefined;
}

function quoteIn(networks: readonly Entry[]): Layout["quote"] {
  for (const { value } of networks) {
    for (const pool of asList(child(child(value, "ipam"), "config"))?.items ?? []) {
      const subnet = asScalar(child(pool, "subnet"));
      // In braces, colons need quotes, whatever the file's own way is.
      if (asMap(pool)?.flow === true && typeof subnet?.value === "string" && subnet.value.includes(":")) continue;
      const written = subnet?.style === "quoted" ? textOf(subnet.place)[0] : undefined;
      if (written === '"' || written === "'") return written;
    }
  }
  return "";
}
