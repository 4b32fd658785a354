import { formatPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangesOverlap } from "../../ipam/range.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import { explicitSubnets, type Network } from "../project/network.js";
import type { Project } from "../project/project.js";
import type { Place, Source } from "../../kit/source.js";
import type { Value } from "../read/value.js";
import { dependentsOf, movedText } from "./dependents.js";
import { refused, type PlacedEdit, type Refused } from "../../kit/edit.js";
import { mentionsOf } from "./mentions.js";
import { rewriteText } from "./rewrite-text.js";
import { refuseTemplate } from "./refusals/template.js";
import { refuseOtherUsers, type Path } from "./refusals/users.js";

/** A move as a whole, or the construct that stands in its way. */
export type Move =
  | {
      readonly ok: true;
      /** In the order of the project's files, then of their text. */
      readonly edits: readonly PlacedEdit[];
      /** Where the edited files name addresses of the old subnet that stay: nobody knows what they are for. */
      readonly mentions: readonly Place[];
    }
  | Refused;

/**
 * Writes another subnet in place of one that a project has, and moves along what hangs on it, with the same offsets:
 * gateway, `ip_range`, `aux_addresses` and the static addresses of services, in whichever file they stand.
 *
 * @returns all of it or nothing. A text that others share is edited only when each of them is meant.
 */
export function moveSubnet(project: Project, network: Network, subnet: ExplicitSubnet, to: Prefix): Move {
  const { prefix } = subnet;
  const twin = explicitSubnets(network).find(({ pool, prefix: other }) => {
    return pool !== subnet.pool && rangesOverlap(rangeOf(other), rangeOf(prefix));
  });
  // The engine refuses such a network. Whose its addresses are nobody can tell.
  if (twin) return refused("another subnet of the network overlaps it", twin.at);
  const rewrites: Rewrite[] = [];
  for (const { field, moved } of [
    { field: { kind: "known", ...subnet } as const, moved: formatPrefix(to) },
    ...dependentsOf(network, subnet).map((dependent) => ({
      field: dependent.field,
      moved: movedText(dependent, prefix, to),
    })),
  ]) {
    if (typeof moved !== "string") return moved;
    if (field.kind !== "known" || field.text === moved) continue;
    const outcome = rewriteText(field.written, field.text, moved);
    if (!outcome.ok) return outcome;
    const place = field.at;
    rewrites.push(...outcome.edits.map((edit) => ({ edit: { ...edit, source: place.source }, place })));
  }
  const isMeant = (path: Path): boolean => movesAlong(path, network.key);
  for (const file of project.files) {
    const places = rewrites.map(({ place }) => place).filter(({ source }) => source === file.source);
    const refusal = places.length > 0 ? (refuseTemplate(file) ?? refuseOtherUsers(file, places, isMeant)) : undefined;
    if (refusal) return refusal;
  }
  const edits = project.files.flatMap(({ source }) =>
    inOrder(rewrites.map(({ edit }) => edit).filter((edit) => edit.source === source)),
  );
  return { ok: true, edits, mentions: mentionsLeft(project, prefix, edits) };
}

interface Rewrite {
  readonly edit: PlacedEdit;
  /** Of the whole text, with its quotes. */
  readonly place: Place;
}

/** Whether the text at a path is one that moves along with a network's subnet. */
function movesAlong([kind, name, ...rest]: Path, network: string): boolean {
  if (kind === "services")
    return rest[0] === "networks" && rest[1] === network && /^ipv[46]_address$/.test(rest[2] ?? "");
  return kind === "networks" && name === network && rest[0] === "ipam" && rest[1] === "config";
}

/** A text that an anchor shares is edited once. */
function inOrder(edits: readonly PlacedEdit[]): PlacedEdit[] {
  const sorted = [...edits].sort((left, right) => left.span[0] - right.span[0]);
  return sorted.filter(({ span }, index) => span[0] !== sorted[index - 1]?.span[0]);
}

/** What networks and services say about their own addresses is no mention, whichever network it is. */
function mentionsLeft(project: Project, from: Prefix, edits: readonly PlacedEdit[]): Place[] {
  const sources = [...new Set(edits.map(({ source }) => source))];
  return sources.flatMap((source) =>
    mentionsOf(rangeOf(from), source, project, () => addressesIn(project, source)).filter(
      ({ span }) => !edits.some((edit) => edit.source === source && touch(edit.span, span)),
    ),
  );
}

function addressesIn({ networks }: Project, source: Source): Place["span"][] {
  const own = networks.flatMap(({ pools, attachments }) => [
    ...pools.flatMap(({ value }) => placesIn(value)),
    ...attachments.flatMap(({ addresses }) => addresses.map(({ address }) => address.at)),
  ]);
  return own.flatMap((place) => (place.source === source ? [place.span] : []));
}

function placesIn(value: Value | undefined): Place[] {
  if (value?.kind === "list") return value.items.flatMap(placesIn);
  if (value?.kind === "map") return [...value.entries.values()].flatMap((entry) => placesIn(entry.value));
  return value ? [value.place] : [];
}

function touch(left: Place["span"], right: Place["span"]): boolean {
  return left[0] < right[1] && right[0] < left[1];
}
