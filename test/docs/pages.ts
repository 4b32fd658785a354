import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Block {
  /** What stands behind the fence: `yaml`, `sh`. */
  readonly language: string;
  readonly text: string;
  /** Of its first line, for whoever looks for it. */
  readonly line: number;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** README and everything below `docs`, as paths from the top of the repository. */
export function pages(): string[] {
  const below = readdirSync(`${root}docs`, { recursive: true, encoding: "utf8" });
  return [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "packages/compose-networks/README.md",
    ...below.filter((path) => path.endsWith(".md")).map((path) => `docs/${path}`),
  ];
}

export function textOf(page: string): string {
  return readFileSync(`${root}${page}`, "utf8");
}

/** The fenced blocks of a page, in their order; the indentation of a list is taken off. */
export function blocksOf(page: string): Block[] {
  const text = textOf(page);
  return [...text.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)].map(
    ({ 1: indent = "", 2: language = "", 3: block = "", index }) => ({
      language,
      text: block.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      line: text.slice(0, index).split("\n").length + 1,
    }),
  );
}
