import { execFileSync } from "node:child_process";
import { existsSync, linkSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { platform } from "node:os";

import { describe, expect, it } from "vitest";

import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { limitFor, parseSize, roleOf } from "../../../src/workspace/files/file-limits.js";
import { readRegularFile } from "../../../src/workspace/files/read-file.js";
import { cureOf, describeReadFault, isTrouble } from "../../../src/workspace/files/read-fault.js";
import { createFolder } from "../folder.js";

const MIB = 2 ** 20;
const isWindows = platform() === "win32";

describe("a file of the checkout", () => {
  it("is read as it is, empty ones and byte order marks included", () => {
    const folder = createFolder({ "empty.yaml": "", "a.yaml": "\uFEFFa: é\n" });
    const read = (name: string) => readRegularFile(`${folder.path}/${name}`, MIB);
    const [empty, marked] = [read("empty.yaml"), read("a.yaml")];
    expect(empty.ok && empty.value.bytes.length).toBe(0);
    expect(marked.ok && marked.value.bytes.toString("utf8")).toBe("\uFEFFa: é\n");
  });

  it("is read up to its limit and not a byte further", () => {
    const folder = createFolder({ "exact.yaml": "x".repeat(1000), "longer.yaml": "x".repeat(1001) });
    expect(readRegularFile(`${folder.path}/exact.yaml`, 1000).ok).toBe(true);
    expect(readRegularFile(`${folder.path}/longer.yaml`, 1000)).toEqual({
      ok: false,
      fault: { kind: "too large", limit: 1000, size: 1001 },
    });
  });

  it.skipIf(isWindows)("is no FIFO: nobody waits for whoever writes into it", () => {
    const folder = createFolder({});
    execFileSync("mkfifo", [`${folder.path}/compose.yaml`]);
    const expected = { ok: false, fault: { kind: "not regular" } };
    expect(readRegularFile(`${folder.path}/compose.yaml`, MIB)).toEqual(expected);
    expect(createDisk().read(`${folder.path}/compose.yaml`)).toBeUndefined();
  });

  it.skipIf(isWindows)("is no socket, no folder and no device", async () => {
    const folder = createFolder({ "folder/a.yaml": "" });
    const server = createServer();
    await new Promise<void>((listening) => server.listen(`${folder.path}/socket`, listening));
    const paths = [`${folder.path}/socket`, `${folder.path}/folder`, "/dev/zero", "/dev/null"];
    for (const path of paths) {
      expect(readRegularFile(path, MIB), path).toEqual({ ok: false, fault: { kind: "not regular" } });
    }
    await new Promise((closed) => server.close(closed));
  });

  it("is not followed further when it is a link", () => {
    const folder = createFolder({ "a.yaml": "a: 1\n" });
    symlinkSync("a.yaml", `${folder.path}/link.yaml`);
    expect(readRegularFile(`${folder.path}/link.yaml`, MIB)).toMatchObject({ fault: { kind: "unreadable" } });
  });

  it.skipIf(!existsSync("/proc/self/environ"))("which says that it is empty is read to its end (needs /proc)", () => {
    const whole = readRegularFile("/proc/self/status", MIB);
    expect(whole.ok && whole.value.bytes.toString("utf8")).toMatch(/^Name:\t[^]*\nPid:\t/);
    const pages = readRegularFile("/proc/self/status", 10);
    expect(pages).toEqual({ ok: false, fault: { kind: "too large", limit: 10, size: undefined } });
  });

  it("that another one took the place of since it was looked at is not read", () => {
    const folder = createFolder({ "a.yaml": "a: 1\n", "b.yaml": "b: 1\n" });
    const disk = createDisk();
    const path = `${folder.path}/a.yaml`;
    expect(disk.version(path)).toBeDefined();
    folder.remove("a.yaml");
    linkSync(`${folder.path}/b.yaml`, path);
    expect(disk.read(path)).toBeUndefined();
    expect(disk.faults().get(path)).toEqual({ kind: "unreadable", code: "another file took its place" });
  });
});

describe("how long a file may be", () => {
  it.each([
    ["/srv/compose.yaml", "yaml", 2 * MIB],
    ["/srv/.env", "env", 2 * MIB],
    ["/srv/forbidden-ranges.json", "yaml", 2 * MIB],
    ["/srv/daemon.json", "list", 16 * MIB],
    ["/srv/vpn-routes.txt", "list", 16 * MIB],
  ])("depends on what it is: %s", (path, role, limit) => {
    expect(roleOf(path)).toBe(role);
    expect(limitFor(roleOf(path))).toBe(limit);
  });

  it("is raised by --max-file-size, and never lowered", () => {
    expect(limitFor("yaml", 8 * MIB)).toBe(8 * MIB);
    expect(limitFor("list", 8 * MIB)).toBe(16 * MIB);
  });

  it.each([
    ["8M", 8 * MIB],
    ["8MiB", 8 * MIB],
    ["8mb", 8 * MIB],
    ["512K", 512 * 1024],
    ["3000000", 3_000_000],
    ["0", undefined],
    ["1G", undefined],
    ["8 M", undefined],
    ["-1M", undefined],
    ["many", undefined],
  ])("is written like %s", (written, size) => {
    expect(parseSize(written)).toBe(size);
  });

  it("counts from the first byte on: a list of 16 MiB is read, a compose file of more than 2 MiB is not", () => {
    const folder = createFolder({});
    writeFileSync(`${folder.path}/list.txt`, Buffer.alloc(16 * MIB, "#"));
    writeFileSync(`${folder.path}/compose.yaml`, Buffer.alloc(2 * MIB + 1, "#"));
    const disk = createDisk();
    expect(disk.read(`${folder.path}/list.txt`)).toHaveLength(16 * MIB);
    expect(disk.read(`${folder.path}/compose.yaml`)).toBeUndefined();
    const fault = disk.faults().get(`${folder.path}/compose.yaml`);
    if (!fault) throw new Error("nobody says why");
    expect([describeReadFault(fault), cureOf(fault, String), isTrouble(fault)]).toEqual([
      "is larger than 2 MiB",
      "add --max-file-size 3M",
      true,
    ]);
  });
});
