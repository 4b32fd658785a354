import { accessSync, constants } from "node:fs";
import { delimiter } from "node:path";

import { isAbsolutePath, isWithin, joinPath } from "../../kit/paths.js";
import { toPosix } from "./native-paths.js";
import { resolved, statOf } from "./git-folder.js";

/**
 * Where a program lies that the checkout did not bring along. A system looks for it in every folder of `PATH`: in `.`
 * and in `node_modules/.bin` as well, and Windows in the working directory first.
 *
 * @param checkout No program below it is taken, by whatever path.
 */
export function findProgram(name: string, checkout: string): string | undefined {
  const isWindows = process.platform === "win32";
  const file = isWindows ? `${name}.exe` : name;
  for (const entry of (process.env["PATH"] ?? "").split(delimiter)) {
    const folder = toPosix(entry);
    if (!isAbsolutePath(folder)) continue;
    const path = joinPath(folder, file);
    // What a link leads to counts, and who could exchange the link.
    const places = [resolved(folder), resolved(path)];
    const isBroughtAlong = places.some((place) => place === undefined || isWithin(place, checkout));
    if (!isBroughtAlong && isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  if (statOf(path)?.isFile() !== true) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
