import path from "node:path";

import { LOCATION } from "./cache-location.js";

/** Exit codes with which a run ends that went its way. */
const LAST_EXIT_CODE = 3;

/**
 * What runs have in common that need the same functions: their words, their options without what is given to them, and
 * whether there were findings. Undefined for a run that did not end by itself.
 */
export function kindOf(args: readonly string[], exitCode: number): string | undefined {
  if (exitCode > LAST_EXIT_CODE) return undefined;
  const end = args.indexOf("--");
  const own = end < 0 ? args : args.slice(0, end);
  const options = own.filter((arg) => arg.startsWith("-")).map((arg) => arg.replace(/=.*/s, "").slice(0, 30));
  const format = own[own.indexOf("--format") + 1];
  const words = [own[0], own.includes("--format") ? format : undefined].filter((word) =>
    /^[a-z]{2,12}$/.test(word ?? ""),
  );
  return [...words, ...new Set(options.sort()), exitCode].join(" ");
}

/** Arguments that may be paths, except the cache folder; and the working directory. */
export function namedIn(args: readonly string[], cwd: string): string[] {
  const others = args.filter((arg, at) => !arg.startsWith(`${LOCATION}=`) && args[at - 1] !== LOCATION);
  const values = others.map((arg) => (arg.startsWith("-") ? arg.slice(arg.indexOf("=") + 1) : arg));
  return [cwd, ...values.filter((value) => !value.startsWith("-")).map((value) => path.resolve(cwd, value))];
}
