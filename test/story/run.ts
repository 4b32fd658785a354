import { parseArgs } from "node:util";

import { containerRuntime } from "../engine/runtime.js";
import { ENGINE_LINES, packagedEngine } from "../engine/packaged.js";
import { tellDoctor } from "./doctor.js";
import { Narrator } from "./narrator.js";
import { seedOfRun } from "../host/dice.js";
import { compareNextPicks } from "./next-picks.js";
import { tellStory } from "./story.js";

const { values: flags } = parseArgs({
  options: {
    // One of each kind of allocation.
    engine: { type: "string", multiple: true, default: ["28.5", "26.1"] },
  },
});

const unknown = flags.engine.filter((line) => !ENGINE_LINES.some((known) => known === line));
if (unknown.length > 0) {
  console.error(`usage: npm run test:story -- [--engine ${ENGINE_LINES.join("|")}]…`);
  process.exit(2);
}

const narrator = new Narrator();
for (const line of ENGINE_LINES.filter((known) => flags.engine.includes(known))) {
  const packaged = packagedEngine(line);
  if (typeof packaged === "string") console.log(`skipped: the story with Docker Engine ${line}: ${packaged}`);
  else {
    await tellStory(packaged, narrator);
    const runtime = containerRuntime();
    if (typeof runtime === "string") console.log(`skipped: doctor with Docker Engine ${line}: ${runtime}`);
    else await tellDoctor(packaged, runtime, narrator);
    await compareNextPicks(packaged, narrator, seedOfRun());
  }
}
if (narrator.steps > 0) {
  console.log(`\n${narrator.steps - narrator.surprises} steps as told, ${narrator.surprises} not`);
}
if (narrator.surprises > 0) process.exitCode = 1;
