import { absolutePath, toPosix } from "../workspace/paths.js";
import type { WorkspaceOptions } from "../workspace/workspace.js";

/** The key of ESLint's shared settings under which ours stand. */
export const SETTINGS_KEY = "compose-networks";

/**
 * Reads `settings["compose-networks"]`:
 * - `ranges`: the path of a forbidden-ranges file for all compose files, relative to the working directory;
 * - `today`: the day on which ranges and exceptions expire, `YYYY-MM-DD`.
 */
export function readSettings(settings: unknown, cwd: string): Pick<WorkspaceOptions, "ranges" | "today"> {
  const own = isRecord(settings) ? settings[SETTINGS_KEY] : undefined;
  if (!isRecord(own)) return {};
  const { ranges, today } = own;
  return {
    ...(typeof ranges === "string" && { ranges: absolutePath(cwd, toPosix(ranges)) }),
    ...(typeof today === "string" && { today }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
