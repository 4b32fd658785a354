import { byCodeUnits } from "../../kit/order.js";
import { directoryOf, isWithin } from "../../kit/paths.js";
import { failure, success } from "../../kit/result.js";
import type { Disk } from "./disk.js";
import type { ReadFault } from "./read-fault.js";

const NO_FAULTS: ReadonlyMap<string, ReadFault> = new Map();

/**
 * A disk that is a list of texts, for hosts that have no other: a browser, say. It has no links, no git and no folders
 * but those that its files lie in.
 *
 * @param texts By absolute path, with `/`.
 * @param top The folder that holds all of them.
 */
export function createMemoryDisk(texts: ReadonlyMap<string, string>, top = "/"): Disk {
  const names = new Map<string, Set<string>>();
  for (const path of texts.keys()) {
    for (let below = path; below !== directoryOf(below); below = directoryOf(below)) {
      const folder = directoryOf(below);
      const known = names.get(folder) ?? new Set();
      names.set(folder, known.add(below.slice(folder.endsWith("/") ? folder.length : folder.length + 1)));
    }
  }
  const disk: Disk = {
    read: (path) => texts.get(path)?.replace(/^\uFEFF/, ""),
    readBytes(path) {
      const text = texts.get(path);
      return text === undefined ? failure({ kind: "missing" }) : success(new TextEncoder().encode(text));
    },
    exists: (path) => texts.has(path),
    names: (directory) => names.get(directory) ?? new Set(),
    version: (path) => (texts.has(path) ? "1" : undefined),
    resolve: (path) => (texts.has(path) ? { real: path, identity: path, version: "1", isLink: false } : undefined),
    topOf: () => top,
    isWorkTree: () => false,
    isOfUser: (path) => texts.has(path),
    reaches: (_asking, path) => isWithin(path, top),
    turn: () => 0,
    refusal: () => undefined,
    faults: () => NO_FAULTS,
    quietly: (look) => look(),
    filesBelow: (directory) => ({
      files: [...texts.keys()].filter((path) => isWithin(path, directory)).sort(byCodeUnits),
      unusable: [],
      notChecked: [],
      notes: [],
    }),
    within: () => disk,
  };
  return disk;
}
