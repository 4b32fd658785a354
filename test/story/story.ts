import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { atExit } from "../engine/at-exit.js";
import { run } from "../engine/command.js";
import { startEngine, type Engine } from "../engine/engine.js";
import type { EngineLine, PackagedEngine } from "../engine/packaged.js";
import type { Narrator } from "./narrator.js";
import { startPeer, type Peer } from "./peer.js";
import { buildSite, type Site } from "./site.js";

const PROJECT = fileURLToPath(new URL("project", import.meta.url));
const COMMAND_LINE = fileURLToPath(new URL("../../packages/compose-networks/dist/compose-networks.cjs", import.meta.url));
const PORT = 2222;

/** Who waits longer than this calls the connection dead. */
const SILENCE_MS = 2_000;
/** An open connection sends again at growing intervals: after a silence it needs about as long to be heard again. */
const PATIENCE_MS = 30_000;

type Fate = "an answer" | "silence";

/** The two networks get these, one each: Compose creates them in any order. */
const FIRST_SUBNETS = "172.18.0.0/16 and 172.19.0.0/16";
const NEXT_SUBNETS = "172.20.0.0/16 and 172.21.0.0/16";

/** Up to Engine 26 a network that is made anew moves on to the next pool; from 27 on it gets the lowest free one. */
const SECOND_UP: Readonly<Record<EngineLine, { readonly subnets: string; readonly fate: Fate }>> = {
  "28.5": { subnets: FIRST_SUBNETS, fate: "silence" },
  "26.1": { subnets: NEXT_SUBNETS, fate: "an answer" },
  "20.10": { subnets: NEXT_SUBNETS, fate: "an answer" },
};

interface Stage {
  readonly site: Site;
  readonly engine: Engine;
  /** Opened by somebody in the office before anything happens, and never closed. */
  readonly open: Peer;
  /** The project, for `docker-compose` and `compose-networks`. */
  readonly folder: string;
  readonly narrator: Narrator;
}

/** Lives through the story of README once, with one engine, and leaves nothing of it behind. */
export async function tellStory(packaged: PackagedEngine, narrator: Narrator): Promise<void> {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    const site = await buildSite();
    undo.push(() => site.remove());
    narrator.chapter(
      `Docker Engine ${packaged.release} on ${site.hostAddress}, which knows only its default route; somebody works on it ` +
        `from the office, ${site.officeAddress}`,
    );
    narrator.step("ways out of the three namespaces", "none", (await site.waysOut()).join("; ") || "none");
    const folder = mkdtempSync(path.join(tmpdir(), "cn-story-"));
    const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
    atExit(removeFolder);
    undo.push(removeFolder);
    cpSync(PROJECT, folder, { recursive: true });
    const engine = await startEngine(packaged, { namespace: site.dockerHost.name, defaultBridge: true });
    undo.push(() => engine.stop());
    const listener = startPeer(site.dockerHost, "listen", site.hostAddress, PORT);
    undo.push(() => listener.leave());
    if (!(await listener.hears("listening", PATIENCE_MS))) throw new Error("the Docker host does not listen");
    const open = startPeer(site.office, "call", site.hostAddress, PORT);
    undo.push(() => open.leave());
    const stage: Stage = { site, engine, open, folder, narrator };
    const promised = await before(stage, packaged.line);
    await after(stage, promised);
  } finally {
    for (const each of undo.reverse()) await each();
  }
}

/** @returns the subnets that the findings promise to write. */
async function before(stage: Stage, line: EngineLine): Promise<string> {
  const { narrator } = stage;
  narrator.chapter("Before");
  await ask(stage, "an answer");
  const text = await composeNetworks(stage, "errors");
  for (const network of ["front", "back"]) {
    const finding = text.split("\n\n").find((paragraph) => paragraph.includes(`network "${network}"`)) ?? "nothing";
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

/** Somebody in the office speaks over the open connection, and somebody else over a new one. */
async function ask({ site, open, narrator }: Stage, fate: Fate): Promise<void> {
  const patience = fate === "silence" ? SILENCE_MS : PATIENCE_MS;
  const question = randomUUID();
  const call = startPeer(site.office, "call", site.hostAddress, PORT);
  try {
    if (!(await call.hears("calling", PATIENCE_MS))) throw new Error("nobody calls from the office");
    for (const each of [open, call]) each.says(question);
    const [stillOpen, anew] = await Promise.all([open, call].map((each) => each.hears(question, patience)));
    narrator.step("from the office, over a new connection", fate, anew === true ? "an answer" : "silence");
    narrator.step("from the office, over the open connection", fate, stillOpen === true ? "an answer" : "silence");
  } finally {
    await call.leave();
  }
}

/** @returns the subnets that the engine gave to the project's networks. */
async function up({ engine, folder }: Stage): Promise<string> {
  // No image is at hand and no container would start: Compose makes the networks all the same.
  const created = await engine.compose(folder, ["up", "--pull", "never", "--scale", "web=0", "--scale", "db=0"]);
  if (!created.ok) return created.stderr;
  const format = "{{range .IPAM.Config}}{{.Subnet}}{{end}}";
  const inspected = await engine.docker(["network", "inspect", "shop_front", "shop_back", "--format", format]);
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
