import type { ComposeFile } from "../../compose/read/compose-file.js";
import type { Project } from "../../compose/project/project.js";
import { directoryOf } from "../../kit/paths.js";
import type { Place } from "../../kit/source.js";
import { isComposeFileName } from "../files/compose-names.js";
import { fileKindOf } from "../files/file-kinds.js";
import type { PlacedProject, ProjectBook } from "./project-book.js";
import { keyOfSet, type ProjectSet } from "./project-set.js";
import { namesOthers, ReaderBook, type ReaderSources } from "./readers.js";
import { shownPlaceOf } from "./shown-place.js";

/** A file that no host is given by its name, in one project, and the place in another file that stands for it. */
export interface BroughtIn {
  readonly file: ComposeFile;
  readonly placed: PlacedProject;
  readonly at: Place;
}

/** Which projects a file is a part of, wherever these begin. */
export class Placements {
  /** Every rule asks. */
  readonly #recent = new WeakMap<ComposeFile, { readonly turn: number; readonly placed: readonly PlacedProject[] }>();

  /** By the top of the work tree. */
  readonly #readers = new Map<string, ReaderBook>();

  constructor(
    readonly projects: ProjectBook,
    readonly sources: Omit<ReaderSources, "projects" | "top">,
  ) {}

  /**
   * The projects that a file is judged in. One that others read, and that Compose does not start by its name, is
   * nothing by itself.
   *
   * @returns at least one.
   */
  of(file: ComposeFile): readonly PlacedProject[] {
    const turn = this.projects.index.disk.turn();
    const recent = this.#recent.get(file);
    if (recent?.turn === turn) return recent.placed;
    const placed = this.#placed(file);
    this.#recent.set(file, { turn, placed });
    return placed;
  }

  #placed(file: ComposeFile): readonly PlacedProject[] {
    const { path } = file.source;
    if (fileKindOf(path) !== "compose") return this.projects.projectsOf(file);
    const own = this.projects.setsOf(path);
    const known = new Set(own.map(keyOfSet));
    const readers = this.#setsReading(path).filter((set) => !known.has(keyOfSet(set)));
    if (readers.length === 0) return this.projects.projectsOf(file);
    // What is not started by itself need not be put together by itself: the files of a chain each lead to all the next.
    const isStarted = isComposeFileName(path) || own.some(isChosen);
    const others = readers.map((set): PlacedProject => {
      return { set, project: this.projects.projectIn(set, file), isReader: true };
    });
    return isStarted ? [...this.projects.projectsOf(file), ...others] : others;
  }

  #setsReading(path: string): readonly ProjectSet[] {
    const top = this.projects.index.disk.topOf(directoryOf(path));
    const readers = this.#readers.get(top) ?? new ReaderBook({ ...this.sources, projects: this.projects, top });
    this.#readers.set(top, readers);
    return readers.setsReading(path);
  }

  /** Who reads what may have changed. */
  lookAgain(): void {
    this.#readers.clear();
  }

  /** Whether a project that begins elsewhere reads the file, or is started with it. */
  isRead(path: string): boolean {
    return this.#setsReading(path).length > 0;
  }

  /** Whether a file may have others beside it: most have none, and need not be put together to know that. */
  mayHaveMore(path: string): boolean {
    return (
      namesOthers(this.projects.index.textOf(path)) ||
      this.projects.setsOf(path).some(({ paths }) => paths.length > 1) ||
      this.#setsReading(path).length > 0
    );
  }

  /**
   * Every file of the projects that a file is a part of, whether it could be read or not.
   *
   * @param isNew Whether somebody asks for the files of a project for the first time from a directory.
   */
  filesBeside(file: ComposeFile, isNew: (project: Project, directory: string) => boolean): readonly string[] {
    const { disk } = this.projects.index;
    const { path } = file.source;
    // What one file of a directory may bring in, so may the others.
    const projects = this.of(file).filter(({ project }) => isNew(project, directoryOf(path)));
    const asked = new Set(projects.flatMap(({ project }) => this.projects.filesAskedBy(project)));
    return [...asked].filter((other) => other !== path && disk.reaches(path, other));
  }

  /** The files that a file stands for, in a host that is not given them. */
  broughtInBy(file: ComposeFile): readonly BroughtIn[] {
    return this.of(file).flatMap((placed) =>
      placed.project.files.flatMap((other): BroughtIn[] => {
        if (other.source.path === file.source.path || isComposeFileName(other.source.path)) return [];
        const at = shownPlaceOf(placed.project, other.source.path);
        return at?.source === file.source ? [{ file: other, placed: { ...placed, isReader: true }, at }] : [];
      }),
    );
  }
}

/** Somebody wrote down that the file is started, or with which others. */
function isChosen({ paths, declared, stack, startedIn }: ProjectSet): boolean {
  return paths.length > 1 || declared === true || stack === true || startedIn !== undefined;
}
