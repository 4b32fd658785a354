import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";

import { describe, expect, it, onTestFinished } from "vitest";

import { COMMAND, folderWith, OPEN, POLICY, type Folder, type Outcome } from "./command.js";
import { canRunUnprivileged, handOver, UNPRIVILEGED } from "./unprivileged.js";

function runUnprivileged({ path: cwd }: Folder, ...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd,
    ...UNPRIVILEGED,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const FILES = { "forbidden-ranges.yaml": POLICY, "a/compose.yaml": OPEN, "b/compose.yaml": OPEN };

interface JsonReport {
  readonly summary: { readonly errors: number; readonly fixable: number };
  readonly findings: readonly { readonly file: string; readonly rule: string }[];
}

describe.skipIf(!canRunUnprivileged)("a file that --fix can't write (needs a user whom permissions stop)", () => {
  it.each([
    ["a folder that takes no new file", "b", 0o555, "EACCES: no new file can be made in its folder"],
    ["a file that is read-only", "b/compose.yaml", 0o444, "EACCES"],
  ])("keeps its findings: %s", (_what, closed, mode, why) => {
    const folder = folderWith(FILES);
    handOver(folder.path);
    chmodSync(folder.at(closed), mode);
    const { status, stdout, stderr } = runUnprivileged(folder, "--fix", "--format", "json");
    chmodSync(folder.at(closed), 0o755);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `compose-networks: b/compose.yaml: it can't be written (${why})\n`,
    });
    const { summary, findings } = JSON.parse(stdout) as JsonReport;
    expect(summary).toMatchObject({ errors: 1, fixable: 1 });
    expect(findings).toMatchObject([{ file: "b/compose.yaml", rule: "compose-networks/require-subnet" }]);
    expect(folder.text("a/compose.yaml")).toContain("subnet: 10.201.");
    expect(folder.text("b/compose.yaml")).toBe(OPEN);
    expect(readdirSync(folder.at("b"))).toEqual(["compose.yaml"]);
  });

  it.each(["text", "sarif", "gitlab", "junit", "github"])("keeps its findings in --format %s", (format) => {
    const folder = folderWith(FILES);
    handOver(folder.path);
    chmodSync(folder.at("b"), 0o555);
    const before = runUnprivileged(folder, "--format", format, "b");
    const after = runUnprivileged(folder, "--fix", "--format", format, "b");
    chmodSync(folder.at("b"), 0o755);
    expect(after.status).toBe(2);
    expect(after.stdout).toBe(before.stdout);
  });

  it("says what it wrote beside it", () => {
    const folder = folderWith(FILES);
    handOver(folder.path);
    chmodSync(folder.at("b"), 0o555);
    const { stdout } = runUnprivileged(folder, "--fix");
    chmodSync(folder.at("b"), 0o755);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "checked 2 files: 2 projects, 2 networks; 1 error; 1 fixable with --fix; fixed 1 file; policy file: forbidden-ranges.yaml",
    );
  });

  it("says only once what else went wrong", () => {
    const folder = folderWith({ ...FILES, "c/compose.yaml": Buffer.from([0x61, 0xff]) });
    handOver(folder.path);
    chmodSync(folder.at("b"), 0o555);
    const { stderr } = runUnprivileged(folder, "--fix");
    chmodSync(folder.at("b"), 0o755);
    expect(stderr.match(/c\/compose\.yaml/g)).toHaveLength(1);
  });
});

describe.skipIf(process.platform === "win32")("a file that outgrows what a process may write", () => {
  it("is left alone, with nothing beside it", () => {
    const big = `${OPEN}${"# a long comment\n".repeat(300)}`;
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": big });
    // Bash counts in units of 1024 bytes, other shells in units of 512: the file is larger than four of either.
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `ulimit -f 4; exec "$0" "$@"`, process.execPath, COMMAND, "--fix"],
      {
        cwd: folder.path,
        encoding: "utf8",
      },
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "compose-networks: compose.yaml: it can't be written (EFBIG)\n",
    });
    expect(folder.text("compose.yaml")).toBe(big);
    expect(readdirSync(folder.path).sort()).toEqual(["compose.yaml", "forbidden-ranges.yaml"]);
  });
});

/** A disk of 64 KiB in a folder, or why there is none. */
function smallDisk(folder: Folder): boolean {
  mkdirSync(folder.at("disk"));
  const options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.at("disk")];
  if (spawnSync("mount", options).status !== 0) return false;
  onTestFinished(() => void spawnSync("umount", [folder.at("disk")]));
  return true;
}

const canMount = ((): boolean => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
})();

describe.skipIf(!canMount)("a disk that is full (needs root and mount)", () => {
  it("keeps the file and its findings, and leaves nothing on the disk", () => {
    const folder = folderWith();
    expect(smallDisk(folder)).toBe(true);
    folder.write("disk/forbidden-ranges.yaml", POLICY);
    folder.write("disk/compose.yaml", OPEN);
    fill(folder.at("disk/rest"));
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "--fix", "--format", "json"], {
      cwd: folder.at("disk"),
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "compose-networks: compose.yaml: it can't be written (ENOSPC)\n",
    });
    expect((JSON.parse(stdout) as JsonReport).summary).toMatchObject({ errors: 1 });
    expect(folder.text("disk/compose.yaml")).toBe(OPEN);
    expect(readdirSync(folder.at("disk")).sort()).toEqual(["compose.yaml", "forbidden-ranges.yaml", "rest"]);
  });
});

function fill(path: string): void {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(4096), { flag: "a" });
  } catch {
    // It is full.
  }
}
