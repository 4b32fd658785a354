import { beforeEach, describe, expect, it, vi } from "vitest";

import { parseComposeFile } from "../../../src/compose/read/compose-file.js";
import type { Disk } from "../../../src/workspace/files/disk.js";
import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../../src/workspace/files/file-index.js";

vi.mock("../../../src/compose/read/compose-file.js", { spy: true });

const PATH = "/srv/compose.yaml";
const TEXT = "services: { web: { image: caddy } }\n";

/** A disk with one file, whose readings are counted. */
function diskWith(initial: string | undefined) {
  let text = initial;
  let version = 0;
  const reads: string[] = [];
  const holds = (path: string): boolean => path === PATH && text !== undefined;
  const disk: Disk = {
    ...createDisk(),
    read(path) {
      reads.push(path);
      return holds(path) ? text : undefined;
    },
    exists: holds,
    version: (path) => (holds(path) ? String(version) : undefined),
    turn: () => version,
  };
  const write = (next: string | undefined): void => {
    text = next;
    version += 1;
  };
  return { disk, reads, write };
}

describe("the file index", () => {
  beforeEach(() => void vi.mocked(parseComposeFile).mockClear());

  it("reads and parses a file once for each version of it", () => {
    const { disk, reads, write } = diskWith(TEXT);
    const index = new FileIndex(disk);
    const first = index.load(PATH);
    expect(first?.source.text).toBe(TEXT);
    expect(index.load(PATH)).toBe(first);
    expect(reads).toEqual([PATH]);

    write(`${TEXT}# changed\n`);
    expect(index.load(PATH)?.source.text).toBe(`${TEXT}# changed\n`);
    expect(reads).toEqual([PATH, PATH]);
  });

  it("has nothing for a file that is not there, and finds it once it is", () => {
    const { disk, write } = diskWith(undefined);
    const index = new FileIndex(disk);
    expect(index.load(PATH)).toBeUndefined();
    write(TEXT);
    expect(index.load(PATH)).toBeDefined();
    write(undefined);
    expect(index.load(PATH)).toBeUndefined();
  });

  it("has nothing for a file that is no YAML, and does not read it again", () => {
    const { disk, reads } = diskWith("services: [\n");
    const index = new FileIndex(disk);
    expect([index.load(PATH), index.load(PATH)]).toEqual([undefined, undefined]);
    expect(reads).toEqual([PATH]);
  });

  it("gives the language the file that it knows, when the text is the same", () => {
    const index = new FileIndex(diskWith(TEXT).disk);
    const known = index.load(PATH);
    const parsed = index.parse(PATH, TEXT);
    expect(parsed.ok && parsed.file).toBe(known);
  });

  it("parses a text once, though it comes from the language first and from the disk later", () => {
    const index = new FileIndex(diskWith(TEXT).disk);
    const parsed = index.parse(PATH, TEXT);
    const loaded = index.load(PATH);
    expect(parsed.ok && parsed.file).toBe(loaded);
    expect(index.parse(PATH, TEXT)).toBe(parsed);
    expect(parseComposeFile).toHaveBeenCalledTimes(1);
  });

  it("does not take what an editor has not saved for the file on the disk", () => {
    const { disk, write } = diskWith(TEXT);
    const index = new FileIndex(disk);
    const unsaved = `${TEXT}networks:\n`;
    index.parse(PATH, unsaved);
    expect(index.load(PATH)?.source.text).toBe(TEXT);
    write(unsaved);
    expect(index.load(PATH)?.source.text).toBe(unsaved);
  });

  it("parses what an editor has changed and not yet saved, and keeps the file on the disk", () => {
    const index = new FileIndex(diskWith(TEXT).disk);
    const known = index.load(PATH);
    const parsed = index.parse(PATH, `${TEXT}networks:\n`);
    expect(parsed.ok && parsed.file.source.text).toBe(`${TEXT}networks:\n`);
    expect(index.load(PATH)).toBe(known);
  });

  it("says what keeps a text from being YAML", () => {
    const parsed = new FileIndex(diskWith(undefined).disk).parse(PATH, "services: [\n");
    expect(parsed.ok ? "" : parsed.problem.message).toMatch(/^Flow sequence in block collection/);
  });
});
