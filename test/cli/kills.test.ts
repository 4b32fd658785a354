import { describe, expect, it } from "vitest";

import { runKills } from "../hostile/kills.js";

const seed = Number(process.env["KILLS_SEED"] ?? Date.now() % 2 ** 31);

describe.skipIf(process.platform === "win32")(
  `runs of --fix that end while they write (KILLS_SEED=${String(seed)})`,
  () => {
    it("leave every file as it was or as it is to be, and nothing else after the next run", async () => {
      expect(await runKills({ kills: 8, interrupts: 4, seed })).toMatchObject({ torn: [], left: [] });
    });
  },
);
