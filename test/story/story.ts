import { run } from "../engine/command.js";
import type { EngineLine, PackagedEngine } from "../engine/packaged.js";
import type { Narrator } from "./narrator.js";
import { ask, COMMAND_LINE, onStage, type Fate, type Stage } from "./stage.js";

/** The two networks get these, one each: Compose creates them in any order. */
const FIRST_SUBNETS = "172.18.0.0/16 and 172.19.0.0/16";
const NEXT_SUBNETS = "172.20.0.0/16 and 172.21.0.0/16";

/** Up to Engine 26 a network that is made anew moves on to the next pool; from 27 on it gets the lowest free one. */
const SECOND_UP: Readonly<Record<EngineLine, { readonly subnets: string; readonly fate: Fate }>> = {
  "28.5": { subnets: FIRST_SUBNETS, fate: "silence" },
  "26.1": { subnets: NEXT_SUBNETS, fate: "an answer" },
  "20.10": { subnets: NEXT_SUBNETS, fate: "an answer" },
};

/** Reproduces docs/story.md once, with one engine. */
export async function tellStory(packaged: PackagedEngine, narrator: Narrator): Promise<void> {
  await onStage(packaged, narrator, async (stage) => {
    const promised = await before(stage, packaged.line);
    await after(stage, promised);
  });
}

/** @returns the subnets that the findings promise to write. */
async function before(stage: Stage, line: EngineLine): Promise<string> {
  const { narrator } = stage;
  narrator.chapter("Before");
  await ask(stage, "an answer");
  const text = await composeNetworks(stage, "errors");
  for (const network of ["front", "back"]) {
    const finding = text.split("\n\n").find((paragraph) => paragraph.includes(`etwork "${network}"`)) ?? "nothing";
    narrator.step(
      `whom network "${network}" endangers`,
      "office",
      /172\.18\.0\.0\/16 with "(.+?)"/.exec(finding)?.[1] ?? "nobody",
    );
  }
  narrator.step("docker-compose up", FIRST_SUBNETS, await up(stage));
  await ask(stage, "silence");
  await down(stage);
  await ask(stage, "an answer");
  narrator.step("docker-compose up, another day", SECOND_UP[line].subnets, await up(stage));
  await ask(stage, SECOND_UP[line].fate);
  await down(stage);
  await ask(stage, "an answer");
  return [...text.matchAll(/Pin it to (\S+);/g)].map(([, subnet]) => subnet).join(" and ");
}

async function after(stage: Stage, promised: string): Promise<void> {
  stage.narrator.chapter("After");
  await composeNetworks(stage, "clean", "--fix");
  stage.narrator.step("docker-compose up", promised, await up(stage));
  await ask(stage, "an answer");
}

/** @returns the subnets that the engine gave to the project's networks. */
async function up({ engine, folder }: Stage): Promise<string> {
  // No image is at hand and no container would start: Compose makes the networks all the same.
  const created = await engine.compose(folder, ["up", "--pull", "never", "--scale", "web=0", "--scale", "db=0"]);
  if (!created.ok) return created.stderr;
  const format = "{{range .IPAM.Config}}{{.Subnet}}{{end}}";
  const inspected = await engine.docker(["network", "inspect", "store_front", "store_back", "--format", format]);
  return inspected.ok ? inspected.stdout.trim().split("\n").sort().join(" and ") : inspected.stderr;
}

async function down({ engine, folder, narrator }: Stage): Promise<void> {
  const { ok, stderr } = await engine.compose(folder, ["down"]);
  narrator.step("docker-compose down", "done", ok ? "done" : stderr);
}

/** @returns what it prints. */
async function composeNetworks({ folder, narrator }: Stage, told: string, ...args: string[]): Promise<string> {
  const { ok, stdout, stderr } = await run(process.execPath, [COMMAND_LINE, ...args], { cwd: folder });
  narrator.step(["compose-networks", ...args].join(" "), told, ok ? "clean" : stderr || "errors");
  narrator.screen(stdout);
  return stdout;
}
