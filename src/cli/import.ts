import { readFileSync } from "node:fs";

import { joinPath } from "../compose/paths.js";
import { failure, success, type Result } from "../ipam/result.js";
import { importedPolicy } from "../policy/importers/imported-policy.js";
import { IMPORTERS, recognize } from "../policy/importers/importers.js";
import { sift } from "../policy/importers/sieve.js";
import { toPosix } from "../workspace/paths.js";
import { describeError } from "./compose-text.js";
import { count } from "./count.js";
import { EXIT_CODES, type ExitCode } from "./exit-code.js";
import type { ImportRequest } from "./import-arguments.js";
import { oneOf } from "./options.js";
import { complain, type Terminal } from "./terminal.js";

/** Prints a forbidden-ranges file made of a routing table, a VPN configuration, the answer of a cloud… */
export async function importRanges(request: ImportRequest, terminal: Terminal): Promise<ExitCode> {
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  const kinds = IMPORTERS.map(({ kind }) => kind);
  const from = request.from === undefined ? undefined : oneOf(kinds, request.from, "--from");
  if (from?.ok === false) return fail(from.fault);

  const bytes = await read(request, terminal);
  if (!bytes.ok) return fail(bytes.fault);
  const text = decodeAny(bytes.value);
  const name = request.file ?? "standard input";
  if (text === undefined) return fail(`${name}: it is neither UTF-8 nor UTF-16 text`);
  const recognized = recognize(text, from?.value);
  if (!recognized.ok) return fail(`${name}: ${recognized.fault}`);

  const { importer, source } = recognized.value;
  const reading = importer.read(source);
  const sifted = sift(reading.networks);
  terminal.stdout.write(importedPolicy(importer.what, sifted, reading));
  const { kept, dropped } = sifted;
  complain(terminal, `${importer.what}: ${count(kept.length, "range")}, ${dropped.length} dropped`);
  for (const note of reading.notes ?? []) complain(terminal, note);
  return kept.length > 0 || reading.extensions ? EXIT_CODES.clean : EXIT_CODES.nothing;
}

async function read({ file }: ImportRequest, terminal: Terminal): Promise<Result<Buffer, string>> {
  if (file === undefined) {
    if (terminal.stdinIsTerminal) return failure("import reads a file, or what is piped in: ip -j route | … import");
    return success(await terminal.readStdin());
  }
  try {
    return success(readFileSync(joinPath(terminal.cwd, toPosix(file))));
  } catch (error) {
    return failure(`${file}: it can't be read (${describeError(error)})`);
  }
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
