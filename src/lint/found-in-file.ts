import type { Project } from "../compose/project/project.js";
import { addTo } from "../kit/group.js";
import { remembered } from "../kit/remember.js";
import type { Place, Source } from "../kit/source.js";
import type { ProjectView } from "../workspace/view.js";

/**
 * What is found by a look at a whole project, as far as it lies in the file being looked at. Of a project with several
 * files that look is taken once for all of them.
 */
export function foundInFile<Found>(
  look: (project: Project) => readonly Found[],
  placeOf: (found: Found) => Place,
): (view: Pick<ProjectView, "project" | "file">) => readonly Found[] {
  const byFile = remembered((project: Project): ReadonlyMap<Source, readonly Found[]> => {
    const files = new Map<Source, Found[]>();
    for (const found of look(project)) addTo(files, placeOf(found).source, found);
    return files;
  });
  return ({ project, file }) => (project.files.length > 1 ? (byFile(project).get(file.source) ?? []) : look(project));
}
