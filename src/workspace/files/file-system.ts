import { lstatSync, readdirSync, realpathSync, type BigIntStats } from "node:fs";

import { baseName, directoryOf } from "../../kit/paths.js";
import { failure, success, type Result } from "../../kit/result.js";
import { toPosix } from "./native-paths.js";
import type { ResolvedFile } from "./disk.js";
import type { ReadFault } from "./read-fault.js";
import { faultOf, identityOf, readRegularFile } from "./read-file.js";

/** What is asked of a disk before anybody reads. Paths are absolute, with `/`. */
export interface FileSystem {
  /** The names in a directory: none when it can't be listed. */
  names(directory: string): Result<ReadonlySet<string>, ReadFault>;
  /** A directory without the links on the way to it. */
  realDirectory(directory: string): Result<string, ReadFault>;
  resolve(path: string): Result<ResolvedFile, ReadFault>;
  /** Reads what was resolved, or nothing: another file that took its place in the meantime is not read. */
  open(file: ResolvedFile, limit: number): Result<Buffer, ReadFault>;
  /** A number that stays the same as long as the answers above do. */
  turn(): number;
}

/**
 * The real disk. It is asked for the same thing at most once in each turn of the event loop: within a turn nobody
 * could tell an older answer from a newer one, and a run over a thousand files asks for the same policy a thousand
 * times.
 */
export function createFileSystem(): FileSystem {
  const files = new Map<string, Result<ResolvedFile, ReadFault>>();
  const listings = new Map<string, Result<ReadonlySet<string>, ReadFault>>();
  const directories = new Map<string, Result<string, ReadFault>>();
  let turn = 0;
  let forgets = false;
  function forgetAfterThisTurn(): void {
    if (forgets) return;
    forgets = true;
    setImmediate(() => {
      for (const answers of [files, listings, directories]) answers.clear();
      turn += 1;
      forgets = false;
    }).unref();
  }
  function once<Answer>(answers: Map<string, Answer>, question: string, ask: (question: string) => Answer): Answer {
    let answer = answers.get(question);
    if (answer === undefined) {
      forgetAfterThisTurn();
      answer = ask(question);
      answers.set(question, answer);
    }
    return answer;
  }
  const realDirectory = (directory: string): Result<string, ReadFault> =>
    once(directories, directory, (asked) => attempt(() => toPosix(realpathSync.native(asked))));
  return {
    realDirectory,
    names: (directory) => once(listings, directory, (asked) => attempt(() => new Set(readdirSync(asked)))),
    resolve: (path) => once(files, path, (asked) => resolveFile(asked, realDirectory)),
    open({ real, identity }, limit) {
      const opened = readRegularFile(real, limit);
      if (!opened.ok) return opened;
      return opened.value.identity === identity ? success(opened.value.bytes) : failure(CHANGING);
    },
    turn() {
      forgetAfterThisTurn();
      return turn;
    },
  };
}

const CHANGING: ReadFault = { kind: "unreadable", code: "another file took its place" };

/** One look at a file that is none but a file. Only a link takes more. */
function resolveFile(
  path: string,
  realDirectory: (directory: string) => Result<string, ReadFault>,
): Result<ResolvedFile, ReadFault> {
  const directory = realDirectory(directoryOf(path));
  if (!directory.ok) return directory;
  const own = joined(directory.value, baseName(path));
  const looked = attempt((): ResolvedFile | undefined => {
    const stat = lstatSync(own, { bigint: true });
    if (!stat.isSymbolicLink()) return regular(own, stat, false);
    const target = toPosix(realpathSync.native(own));
    return regular(target, lstatSync(target, { bigint: true }), true);
  });
  if (!looked.ok) return looked;
  return looked.value ? success(looked.value) : failure({ kind: "not regular" });
}

function regular(real: string, stat: BigIntStats, isLink: boolean): ResolvedFile | undefined {
  if (!stat.isFile()) return undefined;
  return { real, identity: identityOf(stat), version: `${stat.mtimeNs}:${stat.size}:${stat.ino}`, isLink };
}

function joined(directory: string, name: string): string {
  return directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
}

function attempt<Value>(ask: () => Value): Result<Value, ReadFault> {
  try {
    return success(ask());
  } catch (error) {
    return failure(faultOf(error));
  }
}
