import { explicitSubnets } from "../compose/project/network.js";
import { formatPrefix } from "../ipam/prefix.js";
import type { PlacedEdit } from "../kit/edit.js";
import { failure, success, type Result } from "../kit/result.js";
import { moveAll } from "../remedy/move-all.js";
import { otherUsers } from "../remedy/shared-edits.js";
import { showPlace } from "../remedy/wording.js";
import { shownPath } from "../workspace/files/paths.js";
import type { ProjectView } from "../workspace/view.js";
import type { Workspace } from "../workspace/workspace.js";
import type { NetworkAt } from "./network-at.js";

/** A network that can be asked to move: it has subnets, and pools say where others are. */
export function isMovable({ view, network }: NetworkAt): boolean {
  return view.poolsDeclared && network.existence.kind !== "external" && explicitSubnets(network).length > 0;
}

/** The move of a network in all files that have a part in it. */
export interface Renumbering {
  readonly edits: readonly PlacedEdit[];
  /** What is left to do by hand; empty where nothing is. */
  readonly left: string;
}

/** As `compose-networks renumber` does it: all of it, or nothing and why. */
export function renumberingOf({ view, network }: NetworkAt, workspace: Workspace): Result<Renumbering, string> {
  const moved = moveAll({ view, network }, undefined);
  if (!moved.ok) return moved;
  const { edits, mentions, isCut, moves, projects } = moved.value;
  if (moves.length === 0) {
    const has = explicitSubnets(network).map(({ prefix }) => formatPrefix(prefix));
    return failure(`network "${network.key}" already has ${has.join(" and ")}`);
  }
  const views = viewsIn(workspace);
  if (!views.ok) return views;
  const users = otherUsers(edits, view, views.value, projects);
  if (!users.ok) return users;
  const places = mentions.slice(0, MOST_NAMED).map((place) => showPlace(place, view));
  const more = mentions.length - places.length;
  return success({
    edits,
    left: [
      ...(places.length > 0
        ? [
            `Addresses of the old subnet are also at ${places.join(", ")}${more > 0 ? ` and ${more} more` : ""}: change them by hand.`,
          ]
        : []),
      ...(isCut ? ["Not every file was searched for addresses of the old subnet: there are too many."] : []),
    ].join(" "),
  });
}

const MOST_NAMED = 5;

/** What a file that can't be read has to do with the network is unknown. */
function viewsIn(workspace: Workspace): Result<readonly ProjectView[], string> {
  const { cwd } = workspace.options;
  const views: ProjectView[] = [];
  for (const path of workspace.composeFilesBelow(cwd)) {
    const file = workspace.index.hasRoomFor(path) ? workspace.index.load(path) : undefined;
    if (file) views.push(...workspace.views(file));
    else if (workspace.disk.exists(path)) {
      return failure(`nothing is renumbered, because ${shownPath(cwd, path)} can't be read: fix that file first`);
    }
  }
  return success(views);
}
