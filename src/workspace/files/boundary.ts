import { directoryOf, isWithin } from "../../kit/paths.js";
import type { Bounds, ResolvedFile } from "./disk.js";
import type { FileSystem } from "./file-system.js";
import type { ReadFault } from "./read-fault.js";
import { findWorkTree } from "./work-tree.js";

/** A workspace: its top as paths are written, and where that is once every link is resolved. */
interface Top {
  readonly written: string;
  readonly real: string;
  readonly isOfGit: boolean;
}

/**
 * What keeps a checkout from reading and writing elsewhere. Everything that opens a file asks it: a path that lies in
 * the workspace as it is written must lie there after its links are resolved too, whoever names it.
 */
export class Boundary {
  readonly #tops = new Map<string, Top>();
  readonly #roots = new Map<string, readonly string[]>();
  #turn = -1;

  constructor(
    readonly bounds: Bounds,
    readonly system: FileSystem,
  ) {}

  /** Why a file that was resolved may not be opened; undefined when it may. */
  refusal(path: string, { real, isLink }: Pick<ResolvedFile, "real" | "isLink">): ReadFault | undefined {
    const { ranges, named = [] } = this.bounds;
    const isNamed = path === ranges || named.includes(path);
    if (isLink && isNamed && !this.#isInWorkspace(path)) return undefined;
    const root = this.#rootsFor(directoryOf(path)).find((candidate) => isWithin(real, candidate));
    if (root === undefined) return { kind: "outside", allow: directoryOf(real) };
    const isInternal =
      path !== ranges && /\/\.git(?:\/|$)/i.test(real.slice(root.length - (root.endsWith("/") ? 1 : 0)));
    return isInternal ? { kind: "git internals" } : undefined;
  }

  /**
   * Why one file may not bring in another one by its path as written, as `include` and `extends` do. What the path
   * resolves to is asked when it is opened.
   */
  refusalBetween(asking: string, path: string): ReadFault | undefined {
    const { allowOutside = [], ranges } = this.bounds;
    const isAllowed =
      isWithin(path, this.#topOf(directoryOf(asking)).written) ||
      allowOutside.some((directory) => isWithin(path, directory)) ||
      (asking === ranges && isWithin(path, directoryOf(ranges))) ||
      isWithin(path, installationOf(asking) ?? asking);
    return isAllowed ? undefined : { kind: "outside", allow: directoryOf(path) };
  }

  /** The top of the workspace that a directory belongs to, as its own path is written. */
  topOf(directory: string): string {
    return this.#topOf(directory).written;
  }

  /** Whether that is the top of a git work tree. */
  isWorkTree(directory: string): boolean {
    return this.#topOf(directory).isOfGit;
  }

  /** The real directories in which a file of this one may lie. */
  #rootsFor(directory: string): readonly string[] {
    this.#forgetWithTheTurn();
    let roots = this.#roots.get(directory);
    if (!roots) {
      const { allowOutside = [] } = this.bounds;
      const holders = this.#isInWorkspace(directory) ? [] : this.#holdersOf(directory);
      const own = holders.length > 0 ? holders : [this.#topOf(directory).real];
      // What is allowed comes first: that may be a part of `.git`.
      roots = [...allowOutside.map((folder) => this.#real(folder)), ...own];
      this.#roots.set(directory, roots);
    }
    return roots;
  }

  /**
   * Why a directory elsewhere counts at all, and how far: it was allowed, or typed together with the work tree that it
   * lies in. A policy that lies elsewhere may extend what lies beside it. Packages are linked within the installation
   * that holds them: to each other, and into pnpm's store.
   */
  #holdersOf(directory: string): string[] {
    const { allowOutside = [], named = [], ranges } = this.bounds;
    const holds = (folder: string): boolean => isWithin(directory, folder);
    const beside = ranges === undefined ? [] : [directoryOf(ranges)];
    const modules = installationOf(`${directory}/`);
    return [
      ...[...allowOutside, ...beside].filter(holds).map((folder) => this.#real(folder)),
      ...(modules === undefined ? [] : [this.#real(directoryOf(modules))]),
      ...named.filter(holds).map((folder) => this.#topOf(folder).real),
    ];
  }

  #isInWorkspace(path: string): boolean {
    return isWithin(path, this.#topOf(this.bounds.cwd).written);
  }

  /** The workspace that a directory belongs to. */
  #topOf(directory: string): Top {
    this.#forgetWithTheTurn();
    let top = this.#tops.get(directory);
    if (!top) {
      top = this.#findTop(directory);
      this.#tops.set(directory, top);
    }
    return top;
  }

  #findTop(directory: string): Top {
    const { cwd, named = [] } = this.bounds;
    if (directory === cwd) return this.#gitTop(cwd) ?? this.#plainTop(cwd);
    const workspace = this.#topOf(cwd);
    if (isWithin(directory, workspace.written)) {
      if (workspace.isOfGit) return workspace;
      const own = this.#gitTop(directory);
      // A link in the workspace makes no other place a part of it, not even one that has a `.git` of its own.
      return own && isWithin(own.written, workspace.written) && isWithin(own.real, workspace.real) ? own : workspace;
    }
    const holder = named.find((candidate) => isWithin(directory, candidate));
    return this.#gitTop(directory) ?? this.#plainTop(holder ?? directory);
  }

  #gitTop(directory: string): Top | undefined {
    const real = findWorkTree(directory)?.top;
    if (real === undefined) return undefined;
    let written = directory;
    for (let above = directoryOf(written); above !== written; above = directoryOf(written)) {
      if (!isWithin(this.#real(above), real)) break;
      written = above;
    }
    return { written, real, isOfGit: true };
  }

  #plainTop(directory: string): Top {
    return { written: directory, real: this.#real(directory), isOfGit: false };
  }

  #real(directory: string): string {
    const real = this.system.realDirectory(directory);
    return real.ok ? real.value : directory;
  }

  #forgetWithTheTurn(): void {
    const turn = this.system.turn();
    if (turn === this.#turn) return;
    this.#turn = turn;
    this.#tops.clear();
    this.#roots.clear();
  }
}

/** The `node_modules` that a path leads through, the outermost one. */
function installationOf(path: string): string | undefined {
  const name = "/node_modules/";
  const at = path.indexOf(name);
  return at === -1 ? undefined : path.slice(0, at + name.length - 1);
}
