import { nearest } from "../../kit/nearest.js";
import { failure, success, type Result } from "../../kit/result.js";
import { CHECK_OPTIONS, readCheck, type CheckRequest } from "./check.js";
import { DOCTOR_OPTIONS, readDoctor, type DoctorRequest } from "./doctor.js";
import { EXPLAIN_OPTIONS, readExplain, type ExplainRequest } from "./explain.js";
import { IMPORT_OPTIONS, readImport, type ImportRequest } from "./import.js";
import { INIT_OPTIONS, readInit, type InitRequest } from "./init.js";
import { LIST_OPTIONS, readList, type ListRequest } from "./list.js";
import { LSP_OPTIONS, readLsp, type LspRequest } from "./lsp.js";
import { FREE_OPTIONS, readFree, type FreeRequest } from "./free.js";
import { MAP_OPTIONS, readMap, type MapRequest } from "./map.js";
import { RENUMBER_OPTIONS, readRenumber, type RenumberRequest } from "./renumber.js";
import { readTokens, type GivenOptions, type OptionName } from "./options.js";

export type Request =
  | CheckRequest
  | DoctorRequest
  | ExplainRequest
  | FreeRequest
  | ImportRequest
  | InitRequest
  | ListRequest
  | LspRequest
  | MapRequest
  | RenumberRequest
  | { readonly kind: "help" }
  | { readonly kind: "version" };

interface Command {
  readonly options: readonly OptionName[];
  /** @returns what is asked for, or the first thing wrong with the call. */
  readonly read: (given: GivenOptions, positionals: readonly string[]) => Result<Request, string>;
}

/** By the word that the call begins with. */
const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["check", { options: CHECK_OPTIONS, read: readCheck }],
  ["free", { options: FREE_OPTIONS, read: readFree }],
  ["list", { options: LIST_OPTIONS, read: readList }],
  ["renumber", { options: RENUMBER_OPTIONS, read: readRenumber }],
  ["init", { options: INIT_OPTIONS, read: readInit }],
  ["map", { options: MAP_OPTIONS, read: readMap }],
  ["doctor", { options: DOCTOR_OPTIONS, read: readDoctor }],
  ["explain", { options: EXPLAIN_OPTIONS, read: readExplain }],
  ["lsp", { options: LSP_OPTIONS, read: readLsp }],
  ["import", { options: IMPORT_OPTIONS, read: readImport }],
]);
/** They are for the launcher and for the terminal, which have read them already. */
const OF_EVERY_COMMAND: readonly OptionName[] = ["no-cache", "cache-location", "color", "no-color"];
const WITHOUT_A_WORD: Command = { options: CHECK_OPTIONS, read: readCheck };

/** The command that was most likely meant by a word that is not a path. */
export function commandNear(word: string): string | undefined {
  return /^[a-z-]+$/i.test(word) ? nearest(word, COMMANDS.keys()) : undefined;
}

/** @returns what is asked for, or the first thing wrong with the call. */
export function readArguments(args: readonly string[]): Result<Request, string> {
  const tokens = readTokens(args);
  if (!tokens.ok) return tokens;
  const { given, positionals } = tokens.value;
  if (given.has("help")) return success({ kind: "help" });
  if (given.has("version")) return success({ kind: "version" });

  const words = positionals.map(({ value }) => value);
  const [first] = positionals;
  const named = first?.mayBeCommand === true ? COMMANDS.get(first.value) : undefined;
  const { options, read } = named ?? WITHOUT_A_WORD;
  const foreign = [...given.keys()].find((name) => !options.includes(name) && !OF_EVERY_COMMAND.includes(name));
  if (foreign !== undefined) return failure(`${named ? (first?.value ?? "") : "a check"} knows no option --${foreign}`);
  return read(given, named ? words.slice(1) : words);
}
