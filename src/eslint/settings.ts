import { readSettings, SETTINGS_KEY } from "./read-settings.js";
import { fingerprintOf } from "./fingerprint.js";
import { toPosix } from "../workspace/files/native-paths.js";

export interface SettingsOptions {
  /** The path of a forbidden-ranges file for all compose files, relative to the working directory. */
  readonly ranges?: string | undefined;
  /** What tells this repository from others under that file, unless its own forbidden-ranges file has an `id`. */
  readonly id?: string | undefined;
  /** Directories outside of the work tree whose files may be read, relative to the working directory. */
  readonly allowOutside?: string | readonly string[] | undefined;
  /** Longer files than usual are read up to this size, such as `"8M"`. */
  readonly maxFileSize?: string | undefined;
  /** The version of Compose that runs the files, where versions differ; else what the forbidden-ranges file says. */
  readonly compose?: "2.26" | "2.40" | "5" | undefined;
  /** Variables that count as set in the shell, by name. Unless given none. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/**
 * ESLint settings for a forbidden-ranges file in an unusual place, and for how Compose is called.
 *
 * The object has a getter, so that a changed file is seen by ESLint's cache and by editors: pass it on as it is, and
 * do not spread it.
 */
export function settings(options: SettingsOptions = {}): Record<string, unknown> {
  return {
    get [SETTINGS_KEY](): Record<string, unknown> {
      const cwd = toPosix(process.cwd());
      const read = readSettings({ [SETTINGS_KEY]: options }, cwd);
      return { ...options, fingerprint: fingerprintOf({ cwd, ...read }) };
    },
  };
}
