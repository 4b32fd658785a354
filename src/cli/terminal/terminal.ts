import type { Result } from "../../kit/result.js";
import { cutQuotes, printable } from "./printable.js";

/** Where text goes. */
export interface Channel {
  /** Bytes go out as they are. */
  readonly write: (text: string | Uint8Array) => void;
  /** Somebody reads along, rather than a file or another program. */
  readonly isTerminal: boolean;
  readonly hasColors: boolean;
}

/** For what was said already. */
export const SILENT: Channel = { write: () => undefined, isTerminal: false, hasColors: false };

/** All that a command has of its surroundings beside the disk. */
export interface Terminal {
  /** Absolute, with `/`. */
  readonly cwd: string;
  readonly stdout: Channel;
  readonly stderr: Channel;
  /** @param limit In bytes. More than that is a fault: standard input may have no end. */
  readonly readStdin: (limit: number) => Promise<Result<Buffer, string>>;
  /** Somebody sits there, so that reading waits for them. */
  readonly stdinIsTerminal: boolean;
  /** GitHub Actions reads along, and makes annotations of what is written in its way. */
  readonly runsOnGithub: boolean;
  /** Where a pipeline has put the repository: paths in its reports begin there. Absolute, with `/`. */
  readonly checkouts?: readonly string[];
  /** Whether the stack of an unexpected error is wanted. */
  readonly debug: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Stream {
  readonly isTTY?: boolean;
  write(text: string | Uint8Array): unknown;
  hasColors?(environment?: Environment): boolean;
}

export function channelTo(stream: Stream, environment: Environment): Channel {
  const isTerminal = stream.isTTY === true;
  return {
    write: (text) => void stream.write(text),
    isTerminal,
    hasColors: forcesColors(environment) ?? (isTerminal && stream.hasColors?.(environment) === true),
  };
}

/** What `--color` and `--no-color` stand for, the last one of them. */
export function colorsAskedFor(args: readonly string[]): Environment {
  const end = args.indexOf("--");
  const last = args.slice(0, end < 0 ? args.length : end).findLast((arg) => arg === "--color" || arg === "--no-color");
  return last === undefined ? {} : { FORCE_COLOR: last === "--color" ? "1" : "0" };
}

/** Node reads FORCE_COLOR in this way, and asks a stream for it only when that is a terminal. */
function forcesColors({ FORCE_COLOR }: Environment): boolean | undefined {
  return FORCE_COLOR === undefined ? undefined : ["", "1", "true", "2", "3"].includes(FORCE_COLOR);
}

/** Says what keeps a command from doing its work. */
export function complain({ stderr }: Pick<Terminal, "stderr">, message: string): void {
  stderr.write(`compose-networks: ${printable(cutQuotes(message))}\n`);
}

export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? stackOf(error.cause) : (error.stack ?? error.message);
}
