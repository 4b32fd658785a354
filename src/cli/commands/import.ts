import { failure, success, type Result } from "../../kit/result.js";
import { importedPolicy } from "../../import/imported-policy.js";
import { IMPORTERS, recognize } from "../../import/importers.js";
import { sift } from "../../import/sieve.js";
import { limitFor } from "../../workspace/files/file-limits.js";
import { count } from "../terminal/count.js";
import { EXIT_CODES, type ExitCode } from "../terminal/exit-code.js";
import type { ImportRequest } from "../arguments/import.js";
import { readNamedFile } from "../files/named-file.js";
import { oneOf } from "../arguments/options.js";
import { complain, type Terminal } from "../terminal/terminal.js";

/** Prints a forbidden-ranges file made of a routing table, a VPN configuration, the answer of a cloud… */
export async function importRanges(request: ImportRequest, terminal: Terminal): Promise<ExitCode> {
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  const bytes = await read(request, terminal);
  if (!bytes.ok) return fail(bytes.fault);
  const imported = importFrom(bytes.value, request.file ?? "standard input", request.from);
  if (!imported.ok) return fail(imported.fault);

  const { text, what, kept, dropped, notes, isEmpty } = imported.value;
  terminal.stdout.write(text);
  complain(terminal, `${what}: ${count(kept, "range")}, ${dropped} dropped`);
  for (const note of notes) complain(terminal, note);
  return isEmpty ? EXIT_CODES.nothing : EXIT_CODES.clean;
}

/** A forbidden-ranges file, and what it was made of. */
export interface Imported {
  readonly text: string;
  /** The kind of the source, for people. */
  readonly what: string;
  readonly kept: number;
  readonly dropped: number;
  readonly notes: readonly string[];
  /** Nothing is left to forbid. */
  readonly isEmpty: boolean;
}

/**
 * @param name As messages name the source.
 * @param kind What it is; found out from its text when undefined.
 */
export function importFrom(bytes: Buffer, name: string, kind: string | undefined): Result<Imported, string> {
  const kinds = IMPORTERS.map((importer) => importer.kind);
  const from = kind === undefined ? undefined : oneOf(kinds, kind, "--from");
  if (from?.ok === false) return from;
  const text = decodeAny(bytes);
  if (text === undefined) return failure(`${name}: it is neither UTF-8 nor UTF-16 text`);
  const recognized = recognize(text, from?.value);
  if (!recognized.ok) return failure(`${name}: ${recognized.fault}`);

  const { importer, source } = recognized.value;
  const { what } = importer;
  const reading = importer.read(source);
  if (reading.fault) {
    const { line, column, message } = reading.fault;
    return failure(`${name}:${line}:${column}: ${message}`);
  }
  const sifted = sift(reading.networks);
  return success({
    text: importedPolicy(what, sifted, reading),
    what,
    kept: sifted.kept.length,
    dropped: sifted.dropped.length,
    notes: reading.notes ?? [],
    isEmpty: sifted.kept.length === 0 && !reading.extensions,
  });
}

async function read({ file, maxFileSize }: ImportRequest, terminal: Terminal): Promise<Result<Buffer, string>> {
  if (file === undefined) {
    if (terminal.stdinIsTerminal) return failure("import reads a file, or what is piped in: ip -j route | … import");
    return terminal.readStdin(limitFor("list", maxFileSize));
  }
  return readNamedFile(file, terminal.cwd, maxFileSize);
}

/** PowerShell writes UTF-16 into files, and programs on Windows a byte order mark before UTF-8. */
function decodeAny(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
