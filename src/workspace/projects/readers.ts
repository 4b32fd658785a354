import { addTo } from "../../kit/group.js";
import { directoryOf, isWithin } from "../../kit/paths.js";
import type { Environments } from "../files/environments.js";
import type { FileIndex } from "../files/file-index.js";
import { rateLimited } from "../rate-limit.js";
import type { ProjectBook } from "./project-book.js";
import { filesNamedBy, keyOfSet, setNamedIn, type ProjectSet } from "./project-set.js";

export interface ReaderSources {
  readonly index: FileIndex;
  readonly environments: Environments;
  readonly projects: ProjectBook;
  readonly listBelow: (directory: string) => readonly string[];
  /** Of the work tree: nothing above it is asked. */
  readonly top: string;
}

/**
 * Which projects read a file, wherever they begin: by `include`, by `extends`, or because `COMPOSE_FILE` names it. What a
 * file means may be known only there.
 */
export class ReaderBook {
  readonly #look: () => ReadonlyMap<string, readonly ProjectSet[]>;

  constructor(readonly sources: ReaderSources) {
    const { disk } = sources.index;
    // Files that nobody asked about may be closed: that is the business of whoever checks them.
    this.#look = rateLimited(
      () => disk.quietly(() => this.#lookAtAll()),
      () => disk.turn(),
    );
  }

  /** The projects that read a file, beside those that it belongs to by its place. */
  setsReading(path: string): readonly ProjectSet[] {
    return this.#look().get(path) ?? NOBODY;
  }

  #lookAtAll(): ReadonlyMap<string, readonly ProjectSet[]> {
    const { projects } = this.sources;
    const readers = new Map<string, ProjectSet[]>();
    for (const set of this.#setsWithMore()) {
      for (const asked of projects.filesAskedBy(projects.projectIn(set))) addTo(readers, asked, set);
    }
    return readers;
  }

  /** Hardly any file names others, so only those are put together that do. */
  #setsWithMore(): Iterable<ProjectSet> {
    const { index, projects, listBelow, top } = this.sources;
    const files = listBelow(top);
    const sets = new Map<string, ProjectSet>();
    const add = (set: ProjectSet): void => void sets.set(keyOfSet(set), set);
    for (const path of files) if (namesOthers(index.textOf(path))) projects.setsOf(path).forEach(add);
    for (const directory of startingFolders(files, top)) {
      if (!index.disk.exists(`${directory}/.env`)) continue;
      const variables = this.sources.environments.read(`${directory}/.env`);
      const named = variables && filesNamedBy(variables, directory);
      if (named) add(setNamedIn(directory, named));
    }
    return sets.values();
  }
}

const NOBODY: readonly ProjectSet[] = [];

/** Without such a word, a file brings in no other one. */
export function namesOthers(text: string): boolean {
  return /\binclude\b/.test(text) || (/\bextends\b/.test(text) && /\bfile\b/.test(text));
}

/** The folders of files, and those above them: `COMPOSE_FILE` may name nothing but files further down. */
export function startingFolders(files: readonly string[], top: string): ReadonlySet<string> {
  const folders = new Set<string>([top]);
  for (const path of files) {
    for (let folder = directoryOf(path); !folders.has(folder) && isWithin(folder, top); folder = directoryOf(folder)) {
      folders.add(folder);
    }
  }
  return folders;
}
