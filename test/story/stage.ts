import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { atExit } from "../engine/at-exit.js";
import { startEngine, type Engine } from "../engine/engine.js";
import type { PackagedEngine } from "../engine/packaged.js";
import type { ContainerRuntime } from "../engine/runtime.js";
import type { Narrator } from "./narrator.js";
import { startPeer, type Peer } from "./peer.js";
import { buildSite, type Site } from "./site.js";

const PROJECT = fileURLToPath(new URL("project", import.meta.url));
export const COMMAND_LINE = fileURLToPath(
  new URL("../../packages/compose-networks/dist/compose-networks.cjs", import.meta.url),
);
export const PORT = 2222;

/** Who waits longer than this calls the connection dead. */
const SILENCE_MS = 2_000;
/** An open connection sends again at growing intervals: after a silence it needs about as long to be heard again. */
export const PATIENCE_MS = 30_000;

export type Fate = "an answer" | "silence";

export interface Stage {
  readonly site: Site;
  readonly engine: Engine;
  /** Opened by somebody in the office before anything happens, and never closed. */
  readonly open: Peer;
  /** The project, for `docker-compose` and `compose-networks`. */
  readonly folder: string;
  readonly narrator: Narrator;
}

/** Builds the scene, plays one story on it, and leaves nothing of it behind. */
export async function onStage(
  packaged: PackagedEngine,
  narrator: Narrator,
  play: (stage: Stage) => Promise<void>,
  runtime?: ContainerRuntime,
): Promise<void> {
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
    const options = { namespace: site.dockerHost.name, defaultBridge: true, ...(runtime && { runtime }) };
    const engine = await startEngine(packaged, options);
    undo.push(() => engine.stop());
    const listener = startPeer(site.dockerHost, "listen", site.hostAddress, PORT);
    undo.push(() => listener.leave());
    if (!(await listener.hears("listening", PATIENCE_MS))) throw new Error("the Docker host does not listen");
    const open = startPeer(site.office, "call", site.hostAddress, PORT);
    undo.push(() => open.leave());
    await play({ site, engine, open, folder, narrator });
  } finally {
    for (const each of undo.reverse()) await each();
  }
}

/** Somebody in the office speaks over the open connection, and somebody else over a new one. */
export async function ask({ site, open, narrator }: Stage, fate: Fate): Promise<void> {
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
