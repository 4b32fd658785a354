import { failure, type Result, success } from "../ipam/result.js";
import { BUILTIN_NAMES, builtinRanges } from "./builtin-lists.js";
import { directoryOf, joinPath, normalizePath } from "../compose/paths.js";
import { type ExtensionEntry, type PolicyFile, readPolicyFile } from "./policy-file.js";
import type { DockerSettings, ForbiddenRange, Policy } from "./policy.js";
import { faultAt, type PolicyFault, sourceText } from "./source-text.js";

/** The files of a policy. Paths have `/` between folders; a file that is not there, or can't be read, is undefined. */
export interface PolicyFiles {
  /** @param asking The file whose `extends` names this one. */
  readonly read: (path: string, asking?: string) => string | undefined;
  /** Why a file that is there was not read. */
  readonly whyNot?: (path: string) => Refused | undefined;
}

export interface Refused {
  /** As the end of a sentence about the file. */
  readonly reason: string;
  /** It lies where nobody may look, which is no fault. */
  readonly isElsewhere: boolean;
}

/**
 * Reads a forbidden-ranges file and everything it extends.
 *
 * The own entries come first, then those of each extended file in the order of `extends`, each with what it extends
 * itself. A file or list that is reached twice counts once, where it was reached first. Of `docker`, each key is taken
 * from the first file that has it, and so is `compose`. `id` is taken from `file` alone: a shared file can't tell two repositories apart.
 *
 * Faults are all those of all files, file by file in the same order.
 */
export function loadPolicy(file: string, files: PolicyFiles): Result<Policy, readonly PolicyFault[]> {
  const loading = startLoading(files);
  const content = files.read(file);
  if (content === undefined) {
    const why = files.whyNot?.(file);
    const message = why === undefined ? `there is no file ${file}, or it can't be read` : `the file ${why.reason}`;
    return failure([faultAt(sourceText(file, ""), [0, 0], message)]);
  }
  loading.addFile(file, content, []);
  const { parts, paths, faults, ranges } = loading;
  if (faults.length > 0) return failure(inReadingOrder(faults, paths));
  return success({
    file,
    files: paths,
    id: parts[0]?.id,
    forbidden: ranges,
    pools: parts.flatMap(({ pools }) => pools),
    allow: parts.flatMap(({ allow }) => allow),
    hosts: parts.flatMap(({ hosts }) => hosts),
    projects: parts.flatMap(({ projects }) => projects),
    stacks: parts.flatMap(({ stacks }) => stacks),
    compose: parts.find(({ compose }) => compose)?.compose,
    reservedPorts: parts.flatMap(({ reservedPorts }) => reservedPorts),
    docker: firstOfEachKey(parts.map(({ docker }) => docker)),
  });
}

/** A file may extend one that extends another one, and so on. Nobody writes as many levels by hand. */
const DEEPEST = 200;

interface Loading {
  readonly parts: PolicyFile[];
  readonly paths: string[];
  readonly ranges: ForbiddenRange[];
  readonly faults: PolicyFault[];
  readonly addFile: (file: string, content: string, trail: readonly string[]) => void;
}

function startLoading(files: PolicyFiles): Loading {
  const seen = new Set<string>();
  const loading: Loading = { parts: [], paths: [], ranges: [], faults: [], addFile };
  return loading;

  function addFile(file: string, content: string, trail: readonly string[]): void {
    const path = normalizePath(file);
    const part = readPolicyFile(file, content);
    seen.add(path);
    loading.paths.push(file);
    loading.parts.push(part);
    for (const fault of part.faults) loading.faults.push(fault);
    for (const range of part.forbidden) loading.ranges.push(range);
    for (const entry of part.extensions) extend(entry, [...trail, path]);
  }

  function extend(entry: ExtensionEntry, trail: readonly string[]): void {
    if (entry.extension.kind === "builtin") addBuiltin(entry.extension.name);
    else followPath(entry, joinPath(directoryOf(trail.at(-1) ?? ""), entry.extension.path), trail);
  }

  function addBuiltin(name: string): void {
    if (seen.has(`builtin:${name}`)) return;
    seen.add(`builtin:${name}`);
    loading.ranges.push(...builtinRanges(name));
  }

  function followPath(entry: ExtensionEntry, path: string, trail: readonly string[]): void {
    const repeated = trail.indexOf(path);
    if (repeated !== -1) {
      const circle = [...trail.slice(repeated), path].join(" > ");
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
      addFile(path, content, trail);
      return;
    }
    const why = files.whyNot?.(path);
    // Its ranges are unknown, and whoever runs the check is told so.
    if (why?.isElsewhere === true) return;
    const reason = why === undefined ? absence(entry.written, path) : `${path} ${why.reason}`;
    loading.faults.push(entry.fault(`"${entry.written}": ${reason}`));
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

function firstOfEachKey(settings: readonly DockerSettings[]): DockerSettings {
  return settings.reduce<DockerSettings>((first, next) => ({ ...next, ...first }), {});
}
