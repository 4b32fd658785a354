import { addTo } from "../../kit/group.js";
import { baseName, directoryOf, isWithin } from "../../kit/paths.js";
import { isPolicyFileName } from "../../policy/find-policy-file.js";
import { isComposeFileName } from "./compose-names.js";
import type { Disk } from "./disk.js";

/** The compose files of a directory that are links, by what they lead to. */
type Links = ReadonlyMap<string, readonly string[]>;

/**
 * Which name of a file Compose is started with, where that is another one.
 *
 * Each name of a text is a project of its own: Compose takes name and `.env` from the folder of the link. But a link in
 * a folder above its target, in a folder that holds nothing else of a project, is how the target is started.
 */
export class LinkBook {
  readonly #links = new Map<string, Links>();
  /** A file is asked for again and again: by the listing, and by each project that it may belong to. */
  readonly #started = new Map<string, { readonly link: string | undefined }>();
  /** The names in each folder that say something of a project. */
  readonly #telling = new Map<string, readonly string[]>();
  #turn = -1;

  constructor(
    readonly disk: Disk,
    /** The policy names the file itself. */
    readonly isDeclared: (path: string) => boolean = () => false,
  ) {}

  /** The link above a file through which it is started; undefined for a file that stands for itself. */
  startedAs(path: string): string | undefined {
    this.#forgetWithTheTurn();
    let started = this.#started.get(path);
    if (!started) {
      started = { link: this.#linkAbove(path) };
      this.#started.set(path, started);
    }
    return started.link;
  }

  #linkAbove(path: string): string | undefined {
    const file = this.disk.resolve(path);
    if (!file || file.isLink || !this.#isAlone(path) || this.isDeclared(path)) return undefined;
    const folder = directoryOf(path);
    const top = this.disk.topOf(folder);
    const links = [];
    for (let below = folder; below !== top && isWithin(below, top); below = directoryOf(below)) {
      links.push(...(this.#linksIn(directoryOf(below)).get(file.identity) ?? []));
    }
    return links.length === 1 ? links[0] : undefined;
  }

  #isAlone(path: string): boolean {
    const folder = directoryOf(path);
    let telling = this.#telling.get(folder);
    if (!telling) {
      telling = [...this.disk.names(folder)].filter(isTelling);
      this.#telling.set(folder, telling);
    }
    return telling.every((name) => name === baseName(path));
  }

  #linksIn(directory: string): Links {
    let links = this.#links.get(directory);
    if (!links) {
      links = this.#readLinks(directory);
      this.#links.set(directory, links);
    }
    return links;
  }

  #forgetWithTheTurn(): void {
    const turn = this.disk.turn();
    if (turn === this.#turn) return;
    this.#turn = turn;
    this.#links.clear();
    this.#started.clear();
    this.#telling.clear();
  }

  #readLinks(directory: string): Links {
    const links = new Map<string, string[]>();
    for (const name of this.disk.names(directory)) {
      if (!isComposeFileName(name)) continue;
      const path = directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
      const file = this.disk.resolve(path);
      if (file?.isLink === true) addTo(links, file.identity, path);
    }
    return links;
  }
}

function isTelling(name: string): boolean {
  return name === ".env" || isComposeFileName(name) || isPolicyFileName(name);
}
