import type { Variables } from "../compose/read/interpolate.js";
import { COMPOSE_VERSIONS } from "../compose/load/version.js";
import { parseSize } from "../workspace/files/file-limits.js";
import { toPosix } from "../workspace/files/native-paths.js";
import { absolutePath } from "../workspace/files/paths.js";
import type { WorkspaceOptions } from "../workspace/workspace-options.js";

/** The key of ESLint's shared settings under which ours stand. */
export const SETTINGS_KEY = "compose-networks";

/**
 * Reads `settings["compose-networks"]`:
 * - `ranges`: the path of a forbidden-ranges file for all compose files, relative to the working directory;
 * - `id`: what tells this repository from others under that file;
 * - `compose`: the version of Compose whose way of putting files together counts, `"2.26"`, `"2.40"` or `"5"`;
 * - `env`: variables that count as set in the shell, by name;
 * - `allowOutside`: one or several directories outside of the work tree whose files may be read, relative likewise;
 * - `maxFileSize`: files up to this size are read, such as `"8M"`;
 * - `named`: what somebody typed on our own command line;
 * - `today`: the day on which ranges and exceptions expire, `YYYY-MM-DD`.
 *
 * `disableComments` stands there too: see `offersDisableComments`.
 */
export function readSettings(settings: unknown, cwd: string): Omit<WorkspaceOptions, "cwd"> {
  const own = isRecord(settings) ? settings[SETTINGS_KEY] : undefined;
  if (!isRecord(own)) return {};
  const { ranges, id, today, compose, env, allowOutside, maxFileSize, named } = own;
  const size = typeof maxFileSize === "string" ? parseSize(maxFileSize) : maxFileSize;
  const absolute = (path: string): string => absolutePath(cwd, toPosix(path));
  return {
    ...(typeof ranges === "string" && { ranges: absolutePath(cwd, toPosix(ranges)) }),
    ...(typeof id === "string" && { id }),
    ...(typeof today === "string" && { today }),
    ...(allowOutside !== undefined && { allowOutside: textsIn(allowOutside).map(absolute) }),
    ...(typeof size === "number" && { maxFileSize: size }),
    ...(named !== undefined && { named: textsIn(named).map(absolute) }),
    compose: COMPOSE_VERSIONS.find((version) => version === compose),
    ...(isRecord(env) && { variables: readVariables(env) }),
  };
}

/**
 * Reads `settings["compose-networks"].disableComments`: whether every finding also suggests the comment that turns it
 * off. For editors whose own suggestion writes a comment that is no YAML.
 */
export function offersDisableComments(settings: unknown): boolean {
  const own = isRecord(settings) ? settings[SETTINGS_KEY] : undefined;
  return isRecord(own) && own["disableComments"] === true;
}

function textsIn(value: unknown): string[] {
  return [value].flat().filter((item) => typeof item === "string");
}

function readVariables(env: Readonly<Record<string, unknown>>): Variables {
  return new Map(Object.entries(env).map(([name, value]) => [name, String(value)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
