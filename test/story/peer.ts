import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import type { Namespace } from "../engine/namespace.js";

/** A connection that somebody holds open, or the listener at its other end. */
export interface Peer {
  /** Waits for a line at most so long; false when it did not come. */
  hears(line: string, patience: number): Promise<boolean>;
  says(line: string): void;
  leave(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("tcp.js", import.meta.url));

/** Starts one end of a TCP connection inside a namespace. */
export function startPeer(namespace: Namespace, role: "listen" | "call", address: string, port: number): Peer {
  const command = ["netns", "exec", namespace.name, process.execPath, PROGRAM, role, address, String(port)];
  const child = spawn("ip", command, { stdio: ["pipe", "pipe", "inherit"] });
  const exit = once(child, "exit");
  let heard = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
  });
  return {
    hears: async (line, patience) => {
      const signal = AbortSignal.timeout(patience);
      while (!heard.split("\n").includes(line)) {
        try {
          await once(child.stdout, "data", { signal });
        } catch {
          return false;
        }
      }
      return true;
    },
    says: (line) => child.stdin.write(`${line}\n`),
    leave: async () => {
      child.kill();
      await exit;
    },
  };
}
