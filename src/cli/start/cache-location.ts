import path from "node:path";

/** Where the process runs, as Node says. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: () => string;
}

/** The folder for caches, absolute; undefined when none is wanted, or when there is none to be known. */
export function cacheLocation(args: readonly string[], { env, platform, home }: Surroundings): string | undefined {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  if (options.includes("--no-cache")) return undefined;
  const asked = askedFor(options);
  if (asked !== undefined) return asked === "" ? undefined : path.resolve(asked);
  if (!["", "0", "false"].includes(env["CI"] ?? "")) return undefined;
  const given = env["XDG_CACHE_HOME"] ?? "";
  if (path.isAbsolute(given)) return given;
  const usual = platform === "win32" ? (env["LOCALAPPDATA"] ?? "") : path.join(home(), USUAL[platform] ?? ".cache");
  return path.isAbsolute(usual) ? usual : undefined;
}

const USUAL: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: "Library/Caches" };

export const LOCATION = "--cache-location";

/** A wrong use of the option is reported by who reads the arguments. */
function askedFor(options: readonly string[]): string | undefined {
  const at = options.findLastIndex((option) => option === LOCATION || option.startsWith(`${LOCATION}=`));
  const option = options[at];
  return option === LOCATION ? options[at + 1] : option?.slice(LOCATION.length + 1);
}
