import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, lchownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The user who is nobody, where tests run as root. */
export const NOBODY = 65_534;
export const IS_ROOT = process.getuid?.() === 0;

/** A folder for one input: the checkout, what lies outside of it, and traces of programs that were started. */
export class Site {
  readonly checkout: string;
  readonly outside: string;
  readonly traces: string;
  readonly home: string;
  /** Must never be printed. Long enough to be no accident, also by its first half. */
  readonly secret = `hush${randomBytes(12).toString("hex")}`;

  constructor(readonly root: string) {
    this.checkout = path.join(root, "checkout");
    this.outside = path.join(root, "outside");
    this.traces = path.join(root, "traces");
    this.home = path.join(root, "home");
    for (const folder of [root, this.checkout, this.outside, this.traces, this.home]) mkdirSync(folder);
    chmodSync(this.traces, 0o777);
  }

  /** A file of the checkout. */
  write(file: string, content: string | Buffer, mode?: number): void {
    writeInto(this.at(file), content, mode);
  }

  /** A file that is none of the checkout's. */
  put(file: string, content: string | Buffer): string {
    const place = path.join(this.outside, file);
    writeInto(place, content);
    return place;
  }

  folder(file: string, mode?: number): void {
    mkdirSync(this.at(file), { recursive: true });
    if (mode !== undefined) chmodSync(this.at(file), mode);
  }

  mode(file: string, mode: number): void {
    chmodSync(this.at(file), mode);
  }

  link(target: string, file: string): void {
    mkdirSync(path.dirname(this.at(file)), { recursive: true });
    symlinkSync(target, this.at(file));
  }

  fifo(file: string): void {
    mkdirSync(path.dirname(this.at(file)), { recursive: true });
    execFileSync("mkfifo", [this.at(file)]);
  }

  at(file: string): string {
    return path.join(this.checkout, file);
  }

  /** A program that leaves a trace when it is started, whatever it is given. */
  trap(name: string): string {
    const place = path.join(this.root, "traps", name);
    writeInto(place, this.#tracing(name), 0o755);
    return place;
  }

  /** The same as a file of the checkout. */
  trapProgram(file: string, name: string): string {
    this.write(file, this.#tracing(name), 0o755);
    return this.at(file);
  }

  #tracing(name: string): string {
    return `#!/bin/sh\n: >'${path.join(this.traces, name)}'\n`;
  }

  git(...args: readonly string[]): void {
    this.gitIn(this.checkout, ...args);
  }

  gitIn(folder: string, ...args: readonly string[]): void {
    const { status, stderr } = spawnSync(
      "git",
      ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", ...args],
      { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"] ?? "", HOME: this.home } },
    );
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  }

  /** Makes the checkout a git work tree, with all that lies in it committed. */
  commitAll(): void {
    this.git("init", "--quiet", "--initial-branch=main", ".");
    this.git("add", "--all", "--force");
    this.git("commit", "--quiet", "--allow-empty", "--message", "all");
  }

  /** Gives a file or folder to another user, with all that is in it. */
  giveTo(user: number, file = ""): void {
    give(file === "" ? this.root : this.at(file), user);
  }
}

function give(place: string, user: number): void {
  lchownSync(place, user, user);
  for (const entry of readdirSync(place, { withFileTypes: true, encoding: "buffer" })) {
    const child = Buffer.concat([Buffer.from(`${place}/`), entry.name]);
    if (entry.isDirectory()) give(child.toString(), user);
    else lchownSync(child, user, user);
  }
}

function writeInto(place: string, content: string | Buffer, mode?: number): void {
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, content);
  if (mode !== undefined) chmodSync(place, mode);
}
