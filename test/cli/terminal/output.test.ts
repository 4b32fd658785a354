import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { COLLIDING, COMMAND, folderWith, OPEN, POLICY, run, type Folder } from "../command.js";

const FILES = { "forbidden-ranges.yaml": POLICY, "compose.yaml": COLLIDING };
const FULL_DISK = "/dev/full";
const COMPLAINT = "compose-networks: standard output can't be written (ENOSPC), so the output is not complete\n";

/** Runs the command in a shell, which puts a redirection behind it. */
function shell(
  { path: cwd }: Folder,
  args: readonly string[],
  redirection: string,
  input = "",
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", `"$0" "$@" ${redirection}`, process.execPath, COMMAND, ...args],
    {
      cwd,
      input,
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

describe.skipIf(!existsSync(FULL_DISK))("a full disk behind standard output (needs /dev/full)", () => {
  it.each([
    ["text", []],
    ["json", ["--format", "json"]],
    ["sarif", ["--format", "sarif"]],
    ["gitlab", ["--format", "gitlab"]],
    ["junit", ["--format", "junit"]],
    ["list", ["list"]],
    ["free", ["free"]],
    ["help", ["--help"]],
    ["version", ["--version"]],
    ["renumber", ["renumber", "default"]],
  ])("is one line and exit code 2: %s", (_what, args) => {
    expect(shell(folderWith(FILES), args, `>${FULL_DISK}`)).toEqual({ status: 2, stdout: "", stderr: COMPLAINT });
  });

  it("is trouble also where nothing is wrong with the files", () => {
    expect(shell(folderWith(), ["--version"], `>${FULL_DISK}`).status).toBe(2);
  });

  it("is trouble for whoever pipes a text through --fix", () => {
    const args = ["--fix", "--stdin", "--stdin-filename", "compose.yaml"];
    const { status, stderr } = shell(folderWith(FILES), args, `>${FULL_DISK}`, OPEN);
    expect(status).toBe(2);
    expect(stderr.endsWith(COMPLAINT)).toBe(true);
  });

  it("does not keep --fix from writing files", () => {
    const folder = folderWith({ ...FILES, "compose.yaml": OPEN });
    expect(shell(folder, ["--fix"], `>${FULL_DISK}`)).toMatchObject({ status: 2, stderr: COMPLAINT });
    expect(folder.text("compose.yaml")).toContain("subnet: 10.201.");
  });

  it("behind standard error changes no exit code and no output", () => {
    const folder = folderWith({ ...FILES, "other.yaml": "services: [" });
    const [plain, full] = ["", `2>${FULL_DISK}`].map((to) => shell(folder, ["--format", "json", "."], to));
    expect(full).toEqual({ ...plain, stderr: "" });
    expect(shell(folder, ["nosuch.yaml"], `2>${FULL_DISK}`).status).toBe(2);
  });
});

describe.skipIf(process.platform === "win32")("standard output", () => {
  it("that ends in the middle of a text is trouble, not a shorter report", () => {
    const folder = folderWith(FILES);
    const limited = spawnSync(
      "sh",
      ["-c", `ulimit -f 1; exec "$0" "$@" >report`, process.execPath, COMMAND, "--format", "sarif"],
      {
        cwd: folder.path,
        encoding: "utf8",
      },
    );
    expect(limited.status).toBe(2);
    expect(limited.stderr).toBe(COMPLAINT.replace("ENOSPC", "EFBIG"));
  });

  it("whose reader has seen enough is no trouble", async () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY });
    for (let index = 0; index < 200; index += 1) folder.write(`p${String(index)}/compose.yaml`, COLLIDING);
    const child = spawn(process.execPath, [COMMAND], { cwd: folder.path });
    let stderr = "";
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const [status] = (await once(child, "close")) as [number | null];
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  });

  it("into a slow pipe comes out whole", async () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY });
    for (let index = 0; index < 300; index += 1) folder.write(`p${String(index)}/compose.yaml`, COLLIDING);
    const whole = run(folder, ["--format", "json"]).stdout;
    expect(whole.length).toBeGreaterThan(2 ** 17);
    const child = spawn(process.execPath, [COMMAND, "--format", "json"], { cwd: folder.path });
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) {
      chunks.push(chunk as Buffer);
      await setTimeout(5);
    }
    expect(Buffer.concat(chunks).toString("utf8")).toBe(whole);
  });
});
