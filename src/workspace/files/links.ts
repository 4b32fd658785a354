import { baseName, directoryOf, isWithin } from "../../compose/paths.js";
import { isPolicyFileName } from "../../policy/find-policy-file.js";
import { isComposeFileName } from "../compose-names.js";
import type { Disk } from "../disk.js";

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
  #turn = -1;

  constructor(readonly disk: Disk) {}

  /** The link above a file through which it is started; undefined for a file that stands for itself. */
  startedAs(path: string): string | undefined {
    const file = this.disk.resolve(path);
    if (!file || file.isLink || !this.#isAlone(path)) return undefined;
    const folder = directoryOf(path);
    const top = this.disk.topOf(folder);
    const links = [];
    for (let below = folder; below !== top && isWithin(below, top); below = directoryOf(below)) {
      links.push(...(this.#linksIn(directoryOf(below)).get(file.identity) ?? []));
    }
    return links.length === 1 ? links[0] : undefined;
  }

  #isAlone(path: string): boolean {
    const others = [...this.disk.names(directoryOf(path))].filter((name) => name !== baseName(path));
    return !others.some((name) => name === ".env" || isComposeFileName(name) || isPolicyFileName(name));
  }

  #linksIn(directory: string): Links {
    const turn = this.disk.turn();
    if (turn !== this.#turn) this.#links.clear();
    this.#turn = turn;
    let links = this.#links.get(directory);
    if (!links) {
      links = this.#readLinks(directory);
      this.#links.set(directory, links);
    }
    return links;
  }

  #readLinks(directory: string): Links {
    const links = new Map<string, string[]>();
    for (const name of this.disk.names(directory)) {
      if (!isComposeFileName(name)) continue;
      const path = directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
      const file = this.disk.resolve(path);
      if (file?.isLink === true) links.set(file.identity, [...(links.get(file.identity) ?? []), path]);
    }
    return links;
  }
}
