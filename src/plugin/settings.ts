import { SETTINGS_KEY } from "../rule/settings.js";
import { workspaceFingerprint } from "../workspace/fingerprint.js";
import { absolutePath, toPosix } from "../workspace/paths.js";

export interface SettingsOptions {
  /** The path of a forbidden-ranges file for all compose files, relative to the working directory. */
  readonly ranges?: string | undefined;
}

/**
 * ESLint settings for a forbidden-ranges file in an unusual place.
 *
 * The object has a getter, so that a changed file is seen by ESLint's cache and by editors: pass it on as it is, and
 * do not spread it.
 */
export function settings(options: SettingsOptions = {}): Record<string, unknown> {
  return {
    get [SETTINGS_KEY](): Record<string, unknown> {
      const cwd = toPosix(process.cwd());
      const ranges = options.ranges === undefined ? undefined : absolutePath(cwd, toPosix(options.ranges));
      return { ...options, fingerprint: workspaceFingerprint({ cwd, ranges }) };
    },
  };
}
