import type { ComposeFile } from "../../read/compose-file.js";
import { positionAt, type Place, type Source } from "../../../kit/source.js";
import { child, type Value } from "../../read/value.js";
import { refused, type Refused } from "../../../kit/edit.js";
import { aliasesOf } from "./sharing.js";

/** The keys and positions that lead from a document's root to a text. */
export type Path = readonly string[];

/** One of the places where a text counts: through anchors, one text may count in several. */
interface Use {
  readonly path: Path;
  /** The values along the path, without the root. */
  readonly chain: readonly Value[];
  readonly text: Value;
}

/**
 * Why texts of a file can't be changed where they are written: somebody else shares one of them.
 *
 * @param isMeant Whether the change is meant for the text at a path.
 * @returns the refusal, or undefined when each user of each text is meant.
 */
export function refuseOtherUsers(
  file: ComposeFile,
  places: readonly Place[],
  isMeant: (path: Path) => boolean,
): Refused | undefined {
  const { source } = file;
  if (!ANCHOR.test(source.text)) return undefined;
  const uses = file.documents.flatMap(({ root }) => [
    ...usesBelow(["networks"], child(root, "networks")),
    ...usesBelow(["services"], child(root, "services")),
  ]);
  for (const place of places) {
    const own = uses.filter(({ text }) => text.place.span[0] === place.span[0]);
    const stranger = own.find(({ path }) => !isMeant(path));
    if (stranger)
      return refused(`an anchor shares its text with "${stranger.path.join(".")}"`, sharedAt(stranger) ?? place);
    const anchors = anchorsAround(source, place, own);
    if ("ok" in anchors) return anchors;
    const known = new Set(own.flatMap(({ chain }) => chain.map(({ sharedBy }) => sharedBy?.place.span[0])));
    for (const anchor of anchors) {
      const other = aliasesOf(source.text, anchor).find((offset) => !known.has(offset));
      if (other === undefined) continue;
      const span = [other, other + anchor.length + 1] as const;
      return refused(`its text has the anchor &${anchor}, which other places share`, { source, span });
    }
  }
  return undefined;
}

const ANCHOR = /(?:^|[\s,[{:-])&[^\s,[\]{}&]/;

function* usesBelow(path: Path, value: Value | undefined, chain: readonly Value[] = []): Generator<Use> {
  if (!value) return;
  const longer = [...chain, value];
  if (value.kind === "scalar") {
    yield { path, chain: longer, text: value };
  } else if (value.kind === "list") {
    for (const [index, item] of value.items.entries()) yield* usesBelow([...path, String(index)], item, longer);
  } else {
    for (const entry of value.entries.values()) yield* usesBelow([...path, entry.key], entry.value, longer);
  }
}

function sharedAt({ chain }: Use): Place | undefined {
  return chain.findLast(({ sharedBy }) => sharedBy)?.sharedBy?.place;
}

/** The anchors that name a text or something round it. */
function anchorsAround(source: Source, place: Place, uses: readonly Use[]): ReadonlySet<string> | Refused {
  const direct = uses.find(({ chain }) => chain.every(({ sharedBy }) => !sharedBy));
  if (direct) return new Set(direct.chain.flatMap(({ anchor }) => anchor ?? []));
  const start = topLevelKeyAbove(source, place);
  // Compose does not look below these keys: what is written there is only for those who point to it.
  if (start === undefined || !/^["']?x-/.test(source.text.slice(start))) {
    return refused("its text is written where it has another use", place);
  }
  const above = source.text.slice(start, place.span[0]);
  return new Set([...above.matchAll(/&([^\s,[\]{}]+)/g)].flatMap(([, anchor]) => anchor ?? []));
}

function topLevelKeyAbove(source: Source, { span }: Place): number | undefined {
  const { line } = positionAt(source, span[0]);
  const starts = source.lineStarts.slice(0, line);
  return starts.findLast((start) => /^[^\s#\-}\])]/.test(source.text.slice(start, start + 1)));
}
