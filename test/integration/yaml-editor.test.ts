import { describe, expect, inject, it } from "vitest";

import { repositoryWith } from "./repository.js";
import { openYaml, type YamlFile } from "./yaml-editor.js";

interface Opened {
  readonly file: YamlFile;
  /** Where a text stands in it, with an offset behind its start. */
  readonly at: (sign: string, offset?: number) => { line: number; character: number };
}

/** What `init` of the installed package wrote, with more below it. */
async function openPolicy(more: string): Promise<Opened> {
  const repository = repositoryWith({});
  const { status } = repository.run(
    "compose-networks",
    ...["init", "--forbid", "192.168.0.0/24 office LAN", "--pool", "10.201.0.0/16", "--yes"],
  );
  expect(status).toBe(0);
  const text = repository.read("forbidden-ranges.yaml") + more;
  const at = (sign: string, offset = 0) => {
    const before = text.slice(0, text.lastIndexOf(sign) + offset).split("\n");
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  return { file: await openYaml(repository.path, "forbidden-ranges.yaml", text), at };
}

describe.skipIf(inject("notInstalled") !== "")(
  "the file that init writes, in an editor with a YAML language server",
  () => {
    it("is without a fault", async () => {
      const { file } = await openPolicy("");
      expect(await file.diagnostics).toEqual([]);
    });

    it("completes the keys that are not there yet, with what they mean", async () => {
      const { file, at } = await openPolicy("\nal");
      const labels = (await file.completionsAt(at("\nal", 3))).map(({ label }) => label);
      expect(labels).toEqual(expect.arrayContaining(["allow", "docker", "extends", "hosts", "reserved-ports"]));
      expect(labels).not.toContain("pools");
    });

    it("completes the keys of an entry", async () => {
      const { file, at } = await openPolicy("allow:\n  - file: compose.yaml\n    re\n");
      const items = await file.completionsAt(at("    re\n", 6));
      expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["reason", "network", "expires"]));
      expect(items.find(({ label }) => label === "reason")).toMatchObject({
        documentation: "Why the exception is right, or the ticket that says so.",
      });
    });

    it("says of a key under the mouse what it means", async () => {
      const { file, at } = await openPolicy("");
      expect(await file.hoverAt(at("\npools:", 2))).toMatch(/subnets/);
      expect(await file.hoverAt(at("    prefix:", 5))).toMatch(/prefix length/i);
    });

    it("underlines a key that nobody knows", async () => {
      const { file, at } = await openPolicy("forbiden: []\n");
      expect(await file.diagnostics).toMatchObject([
        { message: "Property forbiden is not allowed.", range: { start: at("forbiden:"), end: at("forbiden:", 8) } },
      ]);
    });
  },
);
