import type { Family } from "../../ipam/address.js";
import { formatPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import type { Network } from "../project/network.js";
import type { Project } from "../project/project.js";
import type { Place, Source } from "../../kit/source.js";
import type { Value } from "../read/value.js";
import type { Attachment } from "../project/service.js";
import { overriddenTexts } from "./overridden-texts.js";
import { addressesAmong, dependentsOf, movedText, type Dependent } from "./dependents.js";
import type { PlacedEdit, Refused } from "../../kit/edit.js";
import { mentionsOf } from "./mentions.js";
import { rewriteText } from "./rewrite-text.js";
import { refuseOverlap } from "./refusals/overlap.js";
import { refuseTemplate } from "./refusals/template.js";
import { refuseOtherUsers, type Path } from "./refusals/users.js";

/** A move as a whole, or the construct that stands in its way. */
export type Move =
  | {
      readonly ok: true;
      /** In the order of the project's files, then of their text. */
      readonly edits: readonly PlacedEdit[];
      /** Where the project's files name addresses of the old subnet that stay: nobody knows what they are for. */
      readonly mentions: readonly Place[];
      /** The files that were searched for them. */
      readonly searched: readonly string[];
      /** Whose addresses they are. */
      readonly projects: readonly Project[];
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
  const overlap = refuseOverlap(network);
  if (overlap) return overlap;
  const { subnets, dependents } = overriddenTexts(project, network.key, prefix);
  const moved = formatPrefix(to);
  return moveTexts(project, network.key, prefix, [
    { field: { kind: "known", value: prefix, ...subnet } as const, moved },
    ...movedTexts(dependentsOf(network, subnet), prefix, to),
    ...subnets.map((field) => ({ field, moved })),
    ...movedTexts(dependents, prefix, to),
  ]);
}

/**
 * Moves the static addresses of services on a network which another project creates, or another file.
 *
 * @param key What the project calls the network.
 */
export function moveAddresses(
  project: Project,
  key: string,
  attachments: readonly Attachment[],
  from: Prefix,
  to: Prefix,
): Move {
  const own = addressesAmong(attachments, from.address.family);
  const { dependents } = overriddenTexts(project, key, from);
  return moveTexts(project, key, from, movedTexts([...own, ...dependents], from, to));
}

interface MovedText {
  readonly field: Dependent["field"];
  readonly moved: Refused | string;
}

function movedTexts(dependents: readonly Dependent[], from: Prefix, to: Prefix): MovedText[] {
  return dependents.map((dependent) => ({ field: dependent.field, moved: movedText(dependent, from, to) }));
}

function moveTexts(project: Project, key: string, from: Prefix, texts: readonly MovedText[]): Move {
  const rewrites: Rewrite[] = [];
  for (const { field, moved } of texts) {
    if (typeof moved !== "string") return moved;
    if (field.kind !== "known" || field.text === moved) continue;
    const outcome = rewriteText(field.written, field.text, moved);
    if (!outcome.ok) return outcome;
    const place = field.at;
    rewrites.push(...outcome.edits.map((edit) => ({ edit: { ...edit, source: place.source }, place })));
  }
  const isMeant = (path: Path): boolean => movesAlong(path, key);
  for (const file of project.files) {
    const places = rewrites.map(({ place }) => place).filter(({ source }) => source === file.source);
    const refusal = places.length > 0 ? (refuseTemplate(file) ?? refuseOtherUsers(file, places, isMeant)) : undefined;
    if (refusal) return refusal;
  }
  const edits = project.files.flatMap(({ source }) =>
    inOrder(rewrites.map(({ edit }) => edit).filter((edit) => edit.source === source)),
  );
  const searched = project.files.map(({ source }) => source.path);
  return { ok: true, edits, mentions: mentionsLeft(project, from, edits), searched, projects: [project] };
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
  return project.files.flatMap(({ source }) =>
    mentionsOf(rangeOf(from), source, project, () => addressesIn(project, source)).filter(
      ({ span }) => !edits.some((edit) => edit.source === source && touch(edit.span, span)),
    ),
  );
}

/** Not those on a network whose subnet the project does not say: they may be of any subnet that others move. */
export function addressesIn({ networks, services }: Project, source: Source): Place["span"][] {
  const byKey = new Map(networks.map((network) => [network.key, network]));
  const hasSubnet = (key: string, family: Family): boolean => {
    const addressing = byKey.get(key)?.[family === 4 ? "ipv4" : "ipv6"];
    return addressing?.mode === "explicit" || addressing?.mode === "unknown";
  };
  const own = [
    ...networks.flatMap(({ pools }) => pools.flatMap(({ value }) => placesIn(value))),
    ...services.flatMap(({ attachments }) =>
      attachments.flatMap(({ network, addresses }) =>
        addresses.flatMap(({ address, family }) => (hasSubnet(network, family) ? address.at : [])),
      ),
    ),
  ];
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
