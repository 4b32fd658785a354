import { failure, type Result, success } from "../kit/result.js";
import { BUILTIN_NAMES, builtinRanges } from "./builtin-lists.js";
import { hasWildcards } from "../kit/glob.js";
import { directoryOf, joinPath, normalizePath } from "../kit/paths.js";
import { type ExtensionEntry, type PolicyFile, readPolicyFile } from "./policy-file.js";
import type { DockerSettings, ForbiddenRanges, Policy, PolicyRule } from "./policy.js";
import type { RuleCatalogue, RuleEntry } from "./entries/rule-entries.js";
import { faultAt, type PolicyFault, sourceText } from "./source-text.js";

/** The files of a policy. Paths have `/` between folders; a file that is not there, or can't be read, is undefined. */
export interface PolicyFiles {
  /** How messages name a file; as it is unless given. */
  readonly show?: (path: string) => string;
  /** @param asking The file whose `extends` names this one. */
  readonly read: (path: string, asking?: string) => string | undefined;
  /** For whoever reads many policies that extend one file. */
  readonly parse?: typeof readPolicyFile;
  /** The rules that there are. Without them, a policy may name any. */
  readonly rules?: RuleCatalogue;
  /** Why a file that is there was not read. */
  readonly whyNot?: (path: string) => Refused | undefined;
}

export interface Refused {
  /** As the end of a sentence about the file. */
  readonly reason: string;
  /** It lies where nobody may look, which is no fault. */
  readonly isElsewhere: boolean;
}

/** What could be read of a policy, and what is wrong with it. */
export interface PolicyParts {
  /** All but what is faulty; undefined when nothing of the file itself could be read. */
  readonly policy: Policy | undefined;
  readonly faults: readonly PolicyFault[];
  /** The files, itself among them, of which a fault says that they can't be read. */
  readonly unread: readonly string[];
}

/** The whole policy, or all that is wrong with it: for whoever can't use a part of one. */
export function loadPolicy(file: string, files: PolicyFiles): Result<Policy, readonly PolicyFault[]> {
  const { policy, faults } = readPolicy(file, files);
  return policy && faults.length === 0 ? success(policy) : failure(faults);
}

/**
 * Reads a forbidden-ranges file and everything it extends.
 *
 * The own entries come first, then those of each extended file in the order of `extends`, each with what it extends
 * itself. A file or list that is reached twice counts once, where it was reached first. Of `docker`, each key is taken
 * from the first file that has it, and so are `compose` and each of the `rules`. `id` is taken from `file` alone: a shared file can't tell two repositories apart.
 *
 * Faults are all those of all files, file by file in the same order.
 */
export function readPolicy(file: string, files: PolicyFiles): PolicyParts {
  const loading = startLoading(files);
  const content = files.read(file);
  if (content === undefined) {
    const why = files.whyNot?.(file);
    const shown = files.show?.(file) ?? file;
    const message = why === undefined ? `there is no file ${shown}, or it can't be read` : `the file ${why.reason}`;
    return { policy: undefined, faults: [faultAt(sourceText(file, ""), [0, 0], message)], unread: [file] };
  }
  const own = loading.parse(file, content);
  loading.add(file, own, []);
  const faults = inReadingOrder(loading.faults, loading.paths);
  return { policy: own.isReadable ? policyOf(file, loading) : undefined, faults, unread: loading.unread };
}

function policyOf(file: string, { parts, paths, lists }: Loading): Policy {
  return {
    file,
    files: paths,
    id: parts[0]?.id,
    get forbidden() {
      return lists.flatMap((list) => [...list]);
    },
    forbiddenByFile: lists,
    pools: parts.flatMap(({ pools }) => pools),
    allow: parts.flatMap(({ allow }) => allow),
    hosts: parts.flatMap(({ hosts }) => hosts),
    projects: parts.flatMap(({ projects }) => projects),
    stacks: parts.flatMap(({ stacks }) => stacks),
    ignore: parts.flatMap(({ ignore }) => ignore),
    rules: firstOfEachRule(parts.flatMap(({ rules }) => rules)),
    compose: parts.find(({ compose }) => compose)?.compose,
    reservedPorts: parts.flatMap(({ reservedPorts }) => reservedPorts),
    docker: firstOfEachKey(parts.map(({ docker }) => docker)),
  };
}

/** A file may extend one that extends another one, and so on. Nobody writes as many levels by hand. */
const DEEPEST = 200;

/** Each path is compared with each glob. Literal paths are not counted: to compare them takes next to nothing. */
const LONGEST_GLOBS = 2 ** 16;
const TOO_MANY_GLOBS =
  "the globs of the policy have more than 64 KiB, with those of the files that it extends; name folders in their place";

function lengthOfGlobs({ ignore, stacks, allow, hosts, projects, pools }: PolicyFile): number {
  const all = [
    ...ignore,
    ...stacks,
    ...allow.map(({ file }) => file),
    ...hosts.flatMap(({ files }) => files.map(({ glob }) => glob)),
    ...projects.flatMap(({ files }) => files.map(({ path }) => path)),
    ...pools.flatMap((pool) => pool.for ?? []),
  ];
  return all.filter(hasWildcards).reduce((sum, { length }) => sum + length, 0);
}

function withoutGlobs(part: PolicyFile): PolicyFile {
  return { ...part, ignore: [], stacks: [], allow: [], hosts: [], projects: [], pools: [] };
}

interface Loading {
  readonly parts: PolicyFile[];
  readonly paths: string[];
  readonly lists: ForbiddenRanges[];
  readonly faults: PolicyFault[];
  readonly unread: string[];
  readonly parse: typeof readPolicyFile;
  readonly add: (file: string, part: PolicyFile, trail: readonly string[]) => void;
}

function startLoading(files: PolicyFiles): Loading {
  const seen = new Set<string>();
  const show = (path: string): string => files.show?.(path) ?? path;
  const parse = files.parse ?? readPolicyFile;
  const loading: Loading = { parts: [], paths: [], lists: [], faults: [], unread: [], parse, add };
  let globs = 0;
  return loading;

  function add(file: string, part: PolicyFile, trail: readonly string[]): void {
    const path = normalizePath(file);
    seen.add(path);
    loading.paths.push(file);
    globs += lengthOfGlobs(part);
    const isTooMuch = globs > LONGEST_GLOBS;
    const rules = part.rules.filter((entry) => isRight(entry));
    loading.parts.push({ ...(isTooMuch ? withoutGlobs(part) : part), rules });
    if (isTooMuch) loading.faults.push(faultAt(sourceText(file, ""), [0, 0], TOO_MANY_GLOBS));
    for (const fault of part.faults) loading.faults.push(fault);
    if (part.forbidden.length > 0) loading.lists.push(part.forbidden);
    for (const entry of part.extensions) extend(entry, [...trail, path]);
  }

  /** What is wrong with an entry is said, and none of it counts. */
  function isRight(entry: RuleEntry): boolean {
    const faults = files.rules?.faultsIn(entry) ?? [];
    for (const { message, option } of faults) loading.faults.push(entry.fault(message, option));
    return faults.length === 0;
  }

  function extend(entry: ExtensionEntry, trail: readonly string[]): void {
    if (entry.extension.kind === "builtin") addBuiltin(entry.extension.name);
    else followPath(entry, joinPath(directoryOf(trail.at(-1) ?? ""), entry.extension.path), trail);
  }

  function addBuiltin(name: string): void {
    if (seen.has(`builtin:${name}`)) return;
    seen.add(`builtin:${name}`);
    loading.lists.push(builtinRanges(name));
  }

  function followPath(entry: ExtensionEntry, path: string, trail: readonly string[]): void {
    const repeated = trail.indexOf(path);
    if (repeated !== -1) {
      const circle = [...trail.slice(repeated), path].map(show).join(" > ");
      loading.faults.push(entry.fault(`"${entry.written}" extends in a circle: ${circle}`));
      return;
    }
    if (seen.has(path)) return;
    if (trail.length > DEEPEST) {
      loading.faults.push(entry.fault(`"${entry.written}": "extends" leads through more than ${DEEPEST} files`));
      return;
    }
    const content = files.read(path, trail[0]);
    if (content !== undefined) {
      addExtended(entry, path, content, trail);
      return;
    }
    const why = files.whyNot?.(path);
    // Its ranges are unknown, and whoever runs the check is told so.
    if (why?.isElsewhere === true) return;
    const reason = why === undefined ? absence(entry.written, show(path)) : `${show(path)} ${why.reason}`;
    loading.unread.push(path);
    loading.faults.push(entry.fault(`"${entry.written}": ${reason}`));
  }

  /** Any file of the checkout may be named. What one says that is no policy is nobody's business. */
  function addExtended(entry: ExtensionEntry, path: string, content: string, trail: readonly string[]): void {
    const part = loading.parse(path, content);
    if (part.foreign === undefined) {
      add(path, part, trail);
      return;
    }
    seen.add(path);
    loading.paths.push(path);
    loading.faults.push(entry.fault(`"${entry.written}" is not a policy file: ${part.foreign}`));
  }
}

function inReadingOrder(faults: readonly PolicyFault[], files: readonly string[]): readonly PolicyFault[] {
  const place = new Map(files.map((file, index) => [file, index]));
  const placeOf = ({ file }: PolicyFault): number => place.get(file) ?? 0;
  return faults.toSorted((a, b) => placeOf(a) - placeOf(b) || a.range[0] - b.range[0]);
}

function absence(written: string, path: string): string {
  const isBuiltin = BUILTIN_NAMES.includes(written);
  return isBuiltin
    ? `there is no such file; did you mean "builtin:${written}"?`
    : `there is no file ${path}, or it can't be read`;
}

function firstOfEachRule(entries: readonly RuleEntry[]): ReadonlyMap<string, PolicyRule> {
  return new Map(entries.toReversed().map(({ rule, level, options }) => [rule, { level, options }]));
}

function firstOfEachKey(settings: readonly DockerSettings[]): DockerSettings {
  return settings.reduce<DockerSettings>((first, next) => ({ ...next, ...first }), {});
}
