import { success } from "../../src/kit/result.js";
import { check } from "../../src/cli/commands/check/check.js";
import { readArguments } from "../../src/cli/arguments/read-arguments.js";
import { free } from "../../src/cli/commands/free.js";
import { list } from "../../src/cli/commands/list.js";
import { renumber } from "../../src/cli/commands/renumber/renumber.js";
import type { Channel, Terminal } from "../../src/cli/terminal/terminal.js";

export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command without a process of its own, for tests that run thousands. */
export async function inProcess(
  cwd: string,
  args: readonly string[],
  { isTerminal = false }: { readonly isTerminal?: boolean } = {},
): Promise<Printed> {
  const request = readArguments(args);
  if (!request.ok) throw new Error(request.fault);
  const [stdout, stderr] = [recorder(isTerminal), recorder(false)];
  const terminal: Terminal = {
    cwd,
    stdout: stdout.channel,
    stderr: stderr.channel,
    readStdin: () => Promise.resolve(success(Buffer.alloc(0))),
    stdinIsTerminal: false,
    runsOnGithub: false,
    debug: false,
  };
  const status = await carryOut(request.value, terminal);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

type Request = Extract<ReturnType<typeof readArguments>, { ok: true }>["value"];

function carryOut(request: Request, terminal: Terminal): Promise<number> | number {
  switch (request.kind) {
    case "check":
      return check(request, terminal);
    case "list":
      return list(request, terminal);
    case "free":
      return free(request, terminal);
    case "renumber":
      return renumber(request, terminal);
    default:
      throw new Error(`${request.kind} is not run here`);
  }
}

function recorder(isTerminal: boolean): { readonly channel: Channel; readonly text: () => string } {
  let text = "";
  const write: Channel["write"] = (written) => {
    text += typeof written === "string" ? written : Buffer.from(written).toString("utf8");
  };
  return { channel: { write, isTerminal, hasColors: false }, text: () => text };
}
