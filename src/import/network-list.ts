import { readWritten } from "./written-network.js";
import type { FoundNetwork, Importer } from "./importer.js";

const LINE = /^([^\s#;,]+(?:\s*[-–]\s*[^\s#;,]+)?)[\s,;]*(?:[#;]+\s*(.*))?$/;

/** One network a line, with a comment behind it that names it: lists of firewalls, Spamhaus DROP, notes. */
export const networkList: Importer = {
  kind: "list",
  what: "a list with one CIDR block, range or address a line",
  recognizes: ({ text }) => {
    const lines = linesOf(text);
    return lines.length > 0 && lines.every((line) => readWritten(LINE.exec(line)?.[1] ?? "") !== undefined);
  },
  read: ({ text }) => ({ networks: linesOf(text).map(networkOf) }),
};

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^[#;]/.test(line));
}

function networkOf(line: string): FoundNetwork {
  const [, written = "", name] = LINE.exec(line) ?? [];
  return { written, name, source: "list", handwritten: true };
}
