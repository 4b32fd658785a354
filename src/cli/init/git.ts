import { execFileSync } from "node:child_process";

/** What git prints, or undefined where it fails. */
export function askGit(cwd: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/** `acme-shop` for `git@example.com:acme/shop.git`. What stands before may hold a password, and is never shown. */
export function originName(cwd: string): string | undefined {
  const [, owner, name] =
    /([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(askGit(cwd, "remote", "get-url", "origin") ?? "") ?? [];
  return owner === undefined || name === undefined ? undefined : `${owner}-${name}`;
}

/** Whether git can bring back the file as it is now. */
export function isCommitted(cwd: string, name: string): boolean {
  return askGit(cwd, "status", "--porcelain", "--ignored", "--", name) === "";
}
