import type { PlacedEdit } from "../kit/edit.js";
import type { Place } from "../kit/source.js";
import type { Project } from "../compose/project/project.js";
import { failure, success, type Result } from "../kit/result.js";
import { showPlace } from "./wording.js";
import type { ProjectView } from "../workspace/view.js";

/**
 * Files that are included or extended may belong to several projects. Another project whose network would lose its
 * subnet or an address keeps the whole move from being made.
 */
export function otherUsers(
  edits: readonly PlacedEdit[],
  own: ProjectView,
  views: readonly ProjectView[],
  /** The projects that the move is about: each of them moves with all that it has. */
  movedAlong: ReadonlySet<Project>,
): Result<undefined, string> {
  const isEdited = ({ source, span }: Place): boolean =>
    edits.some((edit) => edit.source.path === source.path && span[0] <= edit.span[0] && edit.span[1] <= span[1]);
  for (const view of views) {
    if (samePaths(view, own) || movedAlong.has(view.project)) continue;
    for (const network of view.project.networks) {
      const subnets = [network.ipv4, network.ipv6].flatMap((addressing) =>
        addressing.mode === "explicit" ? addressing.subnets : [],
      );
      const places = network.attachments.flatMap(({ addresses }) => addresses.map(({ address }) => address.at));
      const moves = subnets.some(({ at }) => isEdited(at));
      const torn = places.find((place) => (moves ? !isEdited(place) : isEdited(place)));
      if (!torn) continue;
      const whose = `network "${network.key}" of project "${view.project.shownName}"`;
      return failure(`nothing is renumbered, because ${whose} shares a part of it (${showPlace(torn, own)})`);
    }
  }
  return success(undefined);
}

function samePaths(left: ProjectView, right: ProjectView): boolean {
  const pathsOf = ({ project }: ProjectView): string => project.files.map(({ source }) => source.path).join("\n");
  return pathsOf(left) === pathsOf(right);
}
