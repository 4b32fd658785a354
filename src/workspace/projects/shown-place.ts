import type { Project } from "../../compose/project/project.js";
import type { Place, Source } from "../../kit/source.js";
import { remembered } from "../../kit/remember.js";
import { isComposeFileName } from "../files/compose-names.js";

/**
 * Where a host that is given files by their names shows what is wrong in a file that it is not given: the line that
 * brings the file in, or else the first line of the project's first file.
 *
 * @returns undefined for a file that such a host looks at itself, and where there is no such line.
 */
export function shownPlaceOf(project: Project, path: string): Place | undefined {
  if (isComposeFileName(path)) return undefined;
  const known = shownPlaces(project);
  const seen = new Set<string>();
  let place: Place | undefined;
  for (let current = path; !isComposeFileName(current) && !seen.has(current);) {
    seen.add(current);
    const before = known.get(current);
    const next = before ? undefined : project.broughtIn.get(current);
    if (before || !next) {
      place = (before ?? firstLineOfBase(project)).place;
      break;
    }
    if (isComposeFileName(next.source.path)) {
      place = next;
      break;
    }
    current = next.source.path;
  }
  // The files of a chain lead through all those before them.
  for (const passed of seen) known.set(passed, { place });
  return place;
}

const shownPlaces = remembered<Project, Map<string, { readonly place: Place | undefined }>>(() => new Map());

const firstLineOfBase = remembered(({ main }: Project): { readonly place: Place | undefined } => {
  const base = main.find(({ source }) => isComposeFileName(source.path));
  return { place: base && firstLineOf(base.source) };
});

export function firstLineOf(source: Source): Place {
  return { source, span: [0, source.text.search(/\r?\n|$/)] };
}
