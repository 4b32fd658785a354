import { readFileSync } from "node:fs";

import { asArray, asObject, asText } from "./unchecked.js";

/** What came of one or more projects when all of their containers were started. */
export type StartedVerdict =
  | "ok"
  | "refused"
  /** It depends on the moment: some of the runs were refused. */
  | "race";

/** Projects whose containers are created and started for real, one project after the other. */
export interface StartedCase {
  readonly name: string;
  /** By their paths. With one project they lie in its directory, with several in a directory of each. */
  readonly files: Readonly<Record<string, string>>;
  /** The directories of the projects, in the order in which they are started. */
  readonly projects: readonly string[] | undefined;
  /** Of Compose, before the command. */
  readonly args: readonly string[];
  /** Whether one `up -d` starts all, rather than `create` and `start`: only then does a service wait for another's end. */
  readonly up: boolean;
  /** A command at the engine that comes first, without the program's name. */
  readonly before: readonly string[];
  /** Whether the daemon has docker0, as one has it that nobody configured. */
  readonly docker0: boolean;
  readonly verdict: StartedVerdict;
  /** In the words of whoever refused. */
  readonly error: string;
}

/** Reads the cases of a file such as `started-cases.json`. */
export function readStartedCases(path: string): StartedCase[] {
  const written: unknown = JSON.parse(readFileSync(path, "utf8"));
  return asArray(written, path).map((each, index) => caseOf(each, `${path}: case ${index}`));
}

function caseOf(written: unknown, where: string): StartedCase {
  const fields = asObject(written, where);
  const texts = (key: string): string[] =>
    asArray(fields[key] ?? [], `${where}: ${key}`).map((text) => asText(text, `${where}: ${key}`));
  const name = asText(fields["name"], `${where}: name`);
  const files = Object.entries(asObject(fields["files"], `${where}: files`)).map(
    ([path, text]) => [path, asText(text, `${where}: ${path}`)] as const,
  );
  const args = texts("args");
  const [program, ...before] = texts("before");
  if (program !== undefined && program !== "docker") throw new Error(`${where}: before starts with ${program}`);
  return {
    name,
    files: Object.fromEntries(files),
    projects: fields["projects"] === undefined ? undefined : texts("projects"),
    args: args.filter((text) => !isRemark(text)),
    up: args.some((text) => isRemark(text) && / up\b/.test(text)),
    before,
    docker0: [name, fields["note"]].some((text) => typeof text === "string" && text.includes("docker0")),
    verdict: verdictIn(fields["verdict"], where),
    error: asText(fields["error"] ?? "", `${where}: error`),
  };
}

/** `(run with: docker-compose up -d)` */
function isRemark(argument: string): boolean {
  return argument.startsWith("(");
}

function verdictIn(written: unknown, where: string): StartedVerdict {
  if (written === "ok" || written === "refused" || written === "race") return written;
  throw new Error(`${where}: the verdict is none of ok, refused and race`);
}
