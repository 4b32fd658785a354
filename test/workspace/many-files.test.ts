import { describe, expect, it } from "vitest";

import { inProcess } from "../cli/in-process.js";
import { countedCalls } from "../counted-calls.js";
import { manyFiles, POOLS } from "../many-files.js";
import { createFolder } from "./folder.js";

/** Below it, work grows as the number of files does; 4 would be its square. */
const MOST = 2.4;

describe("the work on one project grows with", () => {
  it.each(manyFiles)("$name, not with their square", async ({ size, files }) => {
    const work = async (count: number): Promise<number> => {
      const { path } = createFolder({ "forbidden-ranges.yaml": POOLS, ...files(count) });
      return countedCalls(() => inProcess(path, ["."]));
    };
    // The first run reads what all of them need.
    await work(2);
    expect((await work(2 * size)) / (await work(size))).toBeLessThan(MOST);
  });
});
