import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { COMMAND, folderWith, OPEN, POLICY } from "./command.js";

const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
  ["SIGQUIT", 131],
] as const;

describe.skipIf(process.platform === "win32").each(SIGNALS)("%s", (signal, code) => {
  it("ends a check that waits for its input", async () => {
    const args = [COMMAND, "--stdin", "--stdin-filename", "compose.yaml"];
    const child = spawn(process.execPath, args, { cwd: folderWith().path });
    await setTimeout(300);
    child.kill(signal);
    await once(child, "close");
    expect(child.signalCode).toBe(signal);
  });

  it(`during the writes of --fix leaves whole files, and a shell reads ${String(code)}`, async () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY });
    const names = Array.from({ length: 60 }, (_, index) => `p${String(index + 100)}`);
    for (const name of names) folder.write(`${name}/compose.yaml`, OPEN);
    const { ino } = statSync(folder.at("p100/compose.yaml"));
    const script = `"$0" "$@" & child=$!; echo $child; wait $child; exit $?`;
    const shell = spawn("sh", ["-c", script, process.execPath, COMMAND, "--fix"], { cwd: folder.path });
    const closed = once(shell, "close");
    const [line] = (await once(shell.stdout, "data")) as [Buffer];
    while (statSync(folder.at("p100/compose.yaml")).ino === ino) await setTimeout(1);
    process.kill(Number(line.toString()), signal);
    const [status] = (await closed) as [number | null];
    expect(status).toBe(code);
    for (const name of names) {
      expect(readdirSync(folder.at(name))).toEqual(["compose.yaml"]);
      const text = folder.text(`${name}/compose.yaml`);
      if (text !== OPEN) expect(text).toMatch(/^services:[^]*\n {8}- subnet: 10\.201\.\d+\.0\/24\n$/);
    }
  });
});
