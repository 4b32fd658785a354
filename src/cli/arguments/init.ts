import { failure, success, type Result } from "../../kit/result.js";
import { lastOf, oneOf, type GivenOptions, type OptionName } from "./options.js";

export interface InitRequest {
  readonly kind: "init";
  /** Ranges as `forbidden` writes them, each with a name behind it if it has one. */
  readonly forbid: readonly string[];
  /** A file with routes or networks. As written. */
  readonly import: string | undefined;
  /** What that file is; found out from its text when undefined. */
  readonly from: string | undefined;
  readonly pool: string | undefined;
  /** The prefix length of the pool's subnets. */
  readonly prefix: string | undefined;
  readonly id: string | undefined;
  /** Undefined when nobody said it. */
  readonly with: readonly Companion[] | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** The programs that can be told to run the check. */
export const COMPANIONS = ["eslint", "vscode", "pre-commit", "lint-staged", "git-hook"] as const;

export type Companion = (typeof COMPANIONS)[number];

export const INIT_OPTIONS: readonly OptionName[] = [
  "forbid",
  "import",
  "from",
  "pool",
  "prefix",
  "id",
  "with",
  "yes",
  "dry-run",
];

export function readInit(given: GivenOptions, [path]: readonly string[]): Result<InitRequest, string> {
  if (path !== undefined) return failure(`init sets up the working directory, and takes no path: ${path}`);
  if (given.has("from") && !given.has("import")) return failure("--from says what the file of --import is: name one");
  if (given.has("prefix") && !given.has("pool")) return failure("--prefix is about the subnets of --pool: name one");
  const companions = given.has("with") ? readCompanions((given.get("with") ?? []).join(",")) : success(undefined);
  if (!companions.ok) return companions;
  return success({
    kind: "init",
    forbid: given.get("forbid") ?? [],
    import: lastOf(given, "import"),
    from: lastOf(given, "from"),
    pool: lastOf(given, "pool"),
    prefix: lastOf(given, "prefix"),
    id: lastOf(given, "id"),
    with: companions.value,
    yes: given.has("yes"),
    dryRun: given.has("dry-run"),
  });
}

/** @param written Names with commas or spaces between them, or `none`. */
export function readCompanions(written: string): Result<readonly Companion[], string> {
  const companions = new Set<Companion>();
  for (const name of written.split(/[\s,]+/).filter((word) => word !== "" && word !== "none")) {
    const companion = oneOf(COMPANIONS, name, "--with");
    if (!companion.ok) return companion;
    companions.add(companion.value);
  }
  return success([...companions]);
}
