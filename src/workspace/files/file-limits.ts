import { baseName } from "../../kit/paths.js";

/** What a file is read as. It decides how long it may be. */
export type FileRole = "yaml" | "env" | "list" | "gitignore" | "mention";

const MIB = 2 ** 20;

/** The YAML parser takes some 80 bytes for each byte of its text; a plain list takes little more than itself. */
const LIMITS: Readonly<Record<FileRole, number>> = {
  yaml: 2 * MIB,
  env: 2 * MIB,
  list: 16 * MIB,
  gitignore: MIB,
  mention: MIB,
};

/** @param most What somebody asked for, which never makes a limit lower. */
export function limitFor(role: FileRole, most = 0): number {
  return Math.max(LIMITS[role], most);
}

/** By its name; an environment file may be called anything, so whoever reads one says so. */
export function roleOf(path: string): FileRole {
  const name = baseName(path);
  if (name === "daemon.json") return "list";
  if (/\.(?:ya?ml|json)$/i.test(name)) return "yaml";
  return /^\.env(?:\.|$)/.test(name) ? "env" : "list";
}

/** Reads `8M`, `8MiB`, `512K` or a number of bytes; undefined for anything else. */
export function parseSize(written: string): number | undefined {
  const [, digits, unit = ""] = /^(\d{1,12})(?:([KMG])(?:i?B)?)?$/i.exec(written) ?? [];
  if (digits === undefined) return undefined;
  const size = Number(digits) * 1024 ** " KMG".indexOf(unit.toUpperCase() || " ");
  return size >= 1 && size <= MOST ? size : undefined;
}

/** A longer text does not fit into one string. */
const MOST = 2 ** 29 - 25;
