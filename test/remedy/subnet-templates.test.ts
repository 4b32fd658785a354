import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { folderWith, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { runESLint } from "../lint/both-hosts.js";

const POLICY = `version: 1
id: templates
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

const edge = (definition: string): string =>
  `services:\n  it: { image: nginx, networks: [edge] }\nnetworks:\n  edge: { name: edge${definition} }\n`;
const pinned = (text: string): string => edge(`, ipam: { config: [{ subnet: ${text} }] }`);

async function run(folder: Folder, ...args: readonly string[]): Promise<{ status: number; out: string }> {
  await turn();
  const { status, stdout, stderr } = await inProcess(toPosix(folder.path), args);
  await turn();
  return { status, out: stdout + stderr };
}

const [BASE, BESIDE] = ["compose.yaml", "compose.dev.yaml"];
const [A, B] = ["a/compose.yaml", "b/compose.yaml"];

describe("a subnet that hangs on a variable, and a declaration without one", () => {
  it.each([
    ["a default", '"${S:-10.1.0.0/24}"', "S=10.60.0.0/24\n"],
    ["a default that an empty value keeps out", '"${S-10.1.0.0/24}"', "S=10.60.0.0/24\n"],
    ["a default for a part", '"10.1.${N:-0}.0/24"', "N=7\n"],
    ["a default in a default", '"${S:-${T:-10.1.0.0/24}}"', "T=10.60.0.0/24\n"],
  ])("%s: both have the same text, and so one subnet whether the variable is set or not", async (_name, text, env) => {
    for (const [first, second] of [
      [BASE, BESIDE],
      [A, B],
    ] as const) {
      const folder = folderWith({ "forbidden-ranges.yaml": POLICY, [first]: pinned(text), [second]: edge("") });
      expect((await run(folder, "--fix")).status).toBe(0);
      expect(folder.text(second)).toBe(pinned(text));
      const later = folderWith({
        "forbidden-ranges.yaml": POLICY,
        ...Object.fromEntries([first, second].map((file) => [file, folder.text(file)])),
        ...Object.fromEntries([first, second].map((file) => [file.replace(/[^/]*$/, ".env"), env])),
      });
      expect(await run(later)).toMatchObject({ status: 0 });
    }
  });

  it.each([
    ["a value", '"$S"'],
    ["a value that must be there", '"${S:?}"'],
    ["a default", '"${S:-10.1.0.0/24}"'],
  ])("%s from a file of variables that both have: the text is copied, and the value is not", async (_name, text) => {
    for (const [first, second, files] of [
      [BASE, BESIDE, [".env"]],
      [A, B, ["a/.env", "b/.env"]],
    ] as const) {
      const folder = folderWith({ "forbidden-ranges.yaml": POLICY, [first]: pinned(text), [second]: edge("") });
      for (const file of files) folder.write(file, "S=10.60.0.0/24\n");
      expect((await run(folder, "--fix")).status).toBe(0);
      expect(folder.text(second)).not.toContain("10.60.");
      expect(folder.text(second)).toContain(text.slice(1, -1));
    }
  });

  it.each([
    ["only one of two projects has", { "a/.env": "S=10.60.0.0/24\n" }],
    ["only the other one has", { "b/.env": "S=10.60.0.0/24\n" }],
    ["is another one there", { "a/.env": "S=10.60.0.0/24\n", "b/.env": "S=10.61.0.0/24\n" }],
  ])("a variable that %s: nothing is written, and it is named", async (_name, files) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      [A]: pinned('"${S:-10.1.0.0/24}"'),
      [B]: edge(""),
      ...files,
    });
    const { status, out } = await run(folder, "--fix");
    expect(status).toBe(1);
    expect(out).toContain("Not pinned automatically: the subnet that a/compose.yaml:4:50 has for it depends on $S.");
    expect(folder.text(B)).toBe(edge(""));
  });

  it("a message in the template, which would want other quotes: nothing is written", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      [BASE]: pinned(`'\${S:?say "which": it is}'`),
      [BESIDE]: edge(""),
      ".env": "S=10.60.0.0/24\n",
    });
    expect((await run(folder, "--fix")).out).toContain("depends on $S");
    expect(folder.text(BESIDE)).toBe(edge(""));
  });

  it.each([["10.1.0.0/24"], ['"${S:-10.1.0.0/24}"']])(
    "and no variable of its own keeps it from %s, whatever style is asked for",
    async (text) => {
      const folder = folderWith({ "forbidden-ranges.yaml": POLICY, [A]: pinned(text), [B]: edge("") });
      await turn();
      const setup = {
        rules: rules.filter(({ name }) => name === "require-subnet"),
        levels: { "require-subnet": ["error", { style: "variable" }] as ["error", unknown] },
        cwd: toPosix(folder.path),
        settings: { today: "2026-11-28" },
      };
      expect(runESLint(setup, toPosix(folder.at(B)), folder.text(B)).fixed).toBe(pinned(text));
    },
  );
});
