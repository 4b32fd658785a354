import { readArguments, type Request } from "./arguments/read-arguments.js";
import { describeError } from "./files/compose-text.js";
import { EXIT_CODES, type ExitCode } from "./terminal/exit-code.js";
import { outputTo } from "./terminal/output.js";
import { channelTo, colorsAskedFor, complain, stackOf, type Terminal } from "./terminal/terminal.js";
import { VERSION } from "../kit/version.js";
import type { Result } from "../kit/result.js";
import { toPosix } from "../workspace/files/native-paths.js";

const environment = { ...process.env, ...colorsAskedFor(process.argv.slice(2)) };
const [stdout, stderr] = [outputTo(process.stdout), outputTo(process.stderr)];

const terminal: Terminal = {
  cwd: toPosix(process.cwd()),
  stdout: channelTo(stdout, environment),
  stderr: channelTo(stderr, environment),
  readStdin,
  get stdinIsTerminal() {
    return process.stdin.isTTY;
  },
  runsOnGithub: process.env["GITHUB_ACTIONS"] === "true",
  checkouts: ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].flatMap((name) => toPosix(process.env[name] ?? "") || []),
  debug: Boolean(process.env["DEBUG"]),
};

// Never `process.exit`: it would cut off what is still on its way into a pipe.
void run().then((code) => {
  process.exitCode = code;
  // A pipe may still fail later.
  stdout.onFault((fault) => {
    complain(terminal, `standard output can't be written (${fault}), so the output is not complete`);
    process.exitCode = EXIT_CODES.trouble;
  });
});

async function run(): Promise<ExitCode> {
  const request = readArguments(process.argv.slice(2));
  if (!request.ok) {
    complain(terminal, `${request.fault} (compose-networks --help lists the options)`);
    return EXIT_CODES.trouble;
  }
  try {
    return await carryOut(request.value);
  } catch (error) {
    complain(terminal, `failed: ${describeError(error)}; please report it`);
    if (terminal.debug) terminal.stderr.write(`${stackOf(error)}\n`);
    return EXIT_CODES.trouble;
  }
}

/** Each command is loaded when it is called. */
async function carryOut(request: Request): Promise<ExitCode> {
  switch (request.kind) {
    case "help": {
      const { HELP } = await import("./arguments/help.js");
      terminal.stdout.write(HELP);
      return EXIT_CODES.clean;
    }
    case "version": {
      terminal.stdout.write(`${VERSION}\n`);
      return EXIT_CODES.clean;
    }
    case "init": {
      const { init } = await import("./commands/init/init.js");
      return init(request, terminal);
    }
    case "list": {
      const { list } = await import("./commands/list.js");
      return list(request, terminal);
    }
    case "import": {
      const { importRanges } = await import("./commands/import.js");
      return importRanges(request, terminal);
    }
    case "free": {
      const { free } = await import("./commands/free.js");
      return free(request, terminal);
    }
    case "renumber": {
      const { renumber } = await import("./commands/renumber/renumber.js");
      return renumber(request, terminal);
    }
    case "doctor": {
      const { doctor } = await import("./commands/doctor/doctor.js");
      return doctor(request, terminal);
    }
    case "explain": {
      const { explain } = await import("./commands/explain/explain.js");
      return explain(request, terminal);
    }
    case "map": {
      const { map } = await import("./commands/map/map.js");
      return map(request, terminal);
    }
    case "lsp": {
      const { lsp } = await import("./commands/lsp.js");
      return lsp(request, terminal);
    }
    case "check": {
      const { check } = await import("./commands/check/check.js");
      return check(request, terminal);
    }
  }
}

async function readStdin(limit: number): Promise<Result<Buffer, string>> {
  const { readStream } = await import("./files/read-stream.js");
  return readStream(process.stdin, limit);
}
