import type { Variables } from "../compose/interpolate.js";
import { COMPOSE_VERSIONS } from "../compose/version.js";
import { absolutePath, toPosix } from "../workspace/paths.js";
import type { WorkspaceOptions } from "../workspace/workspace.js";

/** The key of ESLint's shared settings under which ours stand. */
export const SETTINGS_KEY = "compose-networks";

/**
 * Reads `settings["compose-networks"]`:
 * - `ranges`: the path of a forbidden-ranges file for all compose files, relative to the working directory;
 * - `compose`: the version of Compose whose way of putting files together counts, `"2.26"`, `"2.40"` or `"5"`;
 * - `env`: variables that count as set in the shell, by name;
 * - `today`: the day on which ranges and exceptions expire, `YYYY-MM-DD`.
 *
 * `disableComments` stands there too: see `offersDisableComments`.
 */
export function readSettings(settings: unknown, cwd: string): Omit<WorkspaceOptions, "cwd"> {
  const own = isRecord(settings) ? settings[SETTINGS_KEY] : undefined;
  if (!isRecord(own)) return {};
  const { ranges, today, compose, env } = own;
  return {
    ...(typeof ranges === "string" && { ranges: absolutePath(cwd, toPosix(ranges)) }),
    ...(typeof today === "string" && { today }),
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

function readVariables(env: Readonly<Record<string, unknown>>): Variables {
  return new Map(Object.entries(env).map(([name, value]) => [name, String(value)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
