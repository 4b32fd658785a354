import { hasWildcards } from "../kit/glob.js";
import { remembered } from "../kit/remember.js";
import { list, oneOrMore } from "./schema/collection-shapes.js";
import { composePath } from "./schema/notation.js";
import type { ProjectEntry } from "./policy.js";
import { text } from "./schema/scalar-shapes.js";
import { type ValueOf, whole } from "./schema/shape.js";
import { locationOf } from "./source-text.js";
import type { Page } from "./schema/yaml-text.js";
import { partsOf, textsOfWildcards } from "./wildcard-texts.js";

export const projectsShape = list("a list of projects", whole(oneOrMore(text(composePath))));

/** Files of one project are told apart from those of another by what their wildcards stand for. */
export function projectsOf(entries: ValueOf<typeof projectsShape>, page: Page): ProjectEntry[] {
  return entries.flatMap((files) => {
    const [first] = files;
    const strays = files.filter(({ value }) => first && wildcardsIn(value) !== wildcardsIn(first.value));
    for (const { range, written } of strays) {
      const rule = "in one project they match the same text in every file";
      page.report(range, `the wildcards of "${written}" are not those of "${first?.written ?? ""}"; ${rule}`);
    }
    if (strays.length > 0) return [];
    return [{ files: files.map(({ value, range }) => ({ path: value, location: locationOf(page.source, range) })) }];
  });
}

/** The files of each declared project that a path belongs to, in their order. */
export function declaredProjects(projects: readonly ProjectEntry[], path: string): readonly (readonly string[])[] {
  return projects.flatMap((entry) => {
    const { literal, patterns, filledWith } = declared(entry);
    if (literal.has(path)) return [filledWith([])];
    for (const pattern of patterns) {
      const texts = textsOfWildcards(pattern, path);
      if (texts) return [filledWith(texts)];
    }
    return [];
  });
}

/** Each of the files of a project asks for all of them: they are put together once. */
const declared = remembered(({ files }: ProjectEntry) => {
  const paths = files.map((file) => file.path);
  const known = new Map<string, readonly string[]>();
  return {
    literal: new Set(paths),
    patterns: paths.filter(hasWildcards),
    filledWith: (texts: readonly string[]): readonly string[] => {
      const key = texts.join("\n");
      const list = known.get(key) ?? paths.map((path) => filled(path, texts));
      known.set(key, list);
      return list;
    },
  };
});

function wildcardsIn(pattern: string): string {
  return partsOf(pattern)
    .filter((_, index) => index % 2 === 1)
    .join();
}

function filled(pattern: string, texts: readonly string[]): string {
  return partsOf(pattern)
    .map((part, index) => (index % 2 === 1 ? (texts[(index - 1) / 2] ?? part) : part))
    .join("");
}
