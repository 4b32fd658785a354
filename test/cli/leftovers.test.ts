import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync, utimesSync } from "node:fs";
import { once } from "node:events";

import { describe, expect, it } from "vitest";

import { sweep, throughTemporary } from "../../src/cli/files/temporary-file.js";
import { COMMAND, CLEAN, folderWith, OPEN, POLICY, run, type Folder } from "./command.js";
import { canRunUnprivileged, handOver, UNPRIVILEGED } from "./unprivileged.js";

/** A name that this machine's run with the id would give. */
function nameWith(folder: Folder, pid: number): string {
  const own = throughTemporary(folder.path, "", { mode: 0o600 }, () => readdirSync(folder.path)).find((name) =>
    name.endsWith(".tmp"),
  );
  return (own ?? "").replace(/(?<=^\.compose-networks-)\d+/, String(pid));
}

/** The id of a process that has ended. */
function goneProcess(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

const HOUR_S = 3600;

function growOld(path: string): void {
  const then = Date.now() / 1000 - HOUR_S;
  utimesSync(path, then, then);
}

describe("what a killed run left", () => {
  it("is removed when its process is gone", () => {
    const folder = folderWith({ "compose.yaml": OPEN });
    folder.write(nameWith(folder, goneProcess()), "half");
    expect(sweep(folder.path)).toEqual([]);
    expect(readdirSync(folder.path)).toEqual(["compose.yaml"]);
  });

  it("is removed when its process id is this one's, as in a container where every run has the same", () => {
    const folder = folderWith();
    folder.write(nameWith(folder, process.pid), "half");
    expect(sweep(folder.path)).toEqual([]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("stays while its process is at work, and goes when that has had far more time than a write needs", async () => {
    const folder = folderWith();
    const other = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
    const name = nameWith(folder, other.pid ?? 0);
    folder.write(name, "half");
    sweep(folder.path);
    expect(readdirSync(folder.path)).toEqual([name]);
    growOld(folder.at(name));
    sweep(folder.path);
    expect(readdirSync(folder.path)).toEqual([]);
    other.kill();
    await once(other, "exit");
  });

  it("stays when it is of another machine, whose process ids say nothing here, until it is old", () => {
    const folder = folderWith();
    const name = nameWith(folder, goneProcess()).replace(/-[0-9a-f]{8}-/, "-00000000-");
    folder.write(name, "half");
    sweep(folder.path);
    expect(readdirSync(folder.path)).toEqual([name]);
    growOld(folder.at(name));
    sweep(folder.path);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it.each([
    "compose.yaml.tmp",
    ".compose.yaml.1234.tmp",
    ".compose-networks.tmp",
    ".compose-networks-12-0123abcd-0123456789abcdef.tmp.bak",
    "x.compose-networks-12-0123abcd-0123456789abcdef.tmp",
    ".compose-networks-12-0123abcd-0123456789ABCDEF.tmp",
  ])("is never taken for %s", (name) => {
    const folder = folderWith({ [name]: "theirs" });
    growOld(folder.at(name));
    expect(sweep(folder.path)).toEqual([]);
    expect(folder.text(name)).toBe("theirs");
  });

  it.skipIf(process.platform === "win32")("is never a folder or a link", () => {
    const folder = folderWith({ "compose.yaml": OPEN });
    const [first, second] = [nameWith(folder, goneProcess()), nameWith(folder, goneProcess())];
    mkdirSync(folder.at(first));
    symlinkSync("compose.yaml", folder.at(second));
    expect(sweep(folder.path)).toEqual([]);
    expect(readdirSync(folder.path).sort()).toEqual([first, second, "compose.yaml"].sort());
  });

  it("is removed by the next --fix beside every file that it checks, also where nothing is to be written", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "a/compose.yaml": CLEAN, "b/compose.yaml": OPEN });
    const name = nameWith(folder, goneProcess());
    for (const where of ["a", "b"]) folder.write(`${where}/${name}`, "half");
    expect(run(folder, []).status).toBe(1);
    expect(readdirSync(folder.at("a"))).toContain(name);
    expect(run(folder, ["--fix"])).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(folder.at("a"))).toEqual(["compose.yaml"]);
    expect(readdirSync(folder.at("b"))).toEqual(["compose.yaml"]);
  });

  it.skipIf(!canRunUnprivileged)("is named when it can't be removed (needs a user whom permissions stop)", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "apps/compose.yaml": CLEAN });
    const name = nameWith(folder, goneProcess());
    folder.write(`apps/${name}`, "half");
    handOver(folder.path);
    chmodSync(folder.at("apps"), 0o555);
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, "--fix"], {
      cwd: folder.path,
      ...UNPRIVILEGED,
      encoding: "utf8",
    });
    chmodSync(folder.at("apps"), 0o755);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `compose-networks: apps/${name}: a run that was killed left it, and it can't be removed (EACCES); remove it\n`,
    });
  });
});

it.skipIf(process.platform === "win32")(
  "two runs of --fix at once give every file its new text, and leave nothing",
  async () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY });
    const names = Array.from({ length: 40 }, (_, index) => `p${String(index + 100)}`);
    for (const name of names) folder.write(`${name}/compose.yaml`, OPEN);
    const runs = [1, 2].map(() => spawn(process.execPath, [COMMAND, "--fix"], { cwd: folder.path, stdio: "ignore" }));
    const ends = await Promise.all(runs.map((child) => once(child, "exit")));
    // A file that the other run wrote first is said to have changed.
    for (const [status] of ends as [number][]) expect([0, 2]).toContain(status);
    for (const name of names) {
      expect(readdirSync(folder.at(name))).toEqual(["compose.yaml"]);
      expect(folder.text(`${name}/compose.yaml`)).toMatch(/\n {8}- subnet: 10\.201\.\d+\.0\/24\n$/);
    }
    expect(run(folder, []).status).toBe(0);
  },
);
