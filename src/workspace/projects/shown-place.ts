import type { Project } from "../../compose/project/project.js";
import type { Place, Source } from "../../kit/source.js";
import { isComposeFileName } from "../files/compose-names.js";

/**
 * Where a host that is given files by their names shows what is wrong in a file that it is not given: the line that
 * brings the file in, or else the first line of the project's first file.
 *
 * @returns undefined for a file that such a host looks at itself, and where there is no such line.
 */
export function shownPlaceOf({ broughtIn, main }: Project, path: string): Place | undefined {
  const seen = new Set<string>();
  for (let current = path; !isComposeFileName(current) && !seen.has(current);) {
    seen.add(current);
    const place = broughtIn.get(current);
    if (!place) {
      const base = main.find(({ source }) => isComposeFileName(source.path));
      return base && firstLineOf(base.source);
    }
    if (isComposeFileName(place.source.path)) return place;
    current = place.source.path;
  }
  return undefined;
}

export function firstLineOf(source: Source): Place {
  return { source, span: [0, source.text.search(/\r?\n|$/)] };
}
