import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";

import { inProcess } from "../../cli/in-process.js";
import type { Outcome } from "../../engine/command.js";
import type { Engine } from "../../engine/engine.js";
import { Law } from "../law.js";
import type { GeneratedHost, Start } from "./generated-host.js";
import { workspaceOf } from "./host-laws.js";

/** The starts that a real engine carried out, all of them side by side, and why it did not carry out the others. */
type Started = ReadonlyMap<string, Outcome>;

/** What a real engine starts of a workspace before and after a command that writes. */
export class StartedLaws {
  readonly law = new Law("what a real engine started before, it starts after");
  /** Starts that fail before anything is written. */
  failed = 0;

  constructor(
    readonly engine: Engine,
    /** The image of all services. */
    readonly image: string,
  ) {}

  async try(name: string, { texts, links, starts }: GeneratedHost): Promise<void> {
    const own = [...texts].map(
      ([file, text]) => [file, text.replaceAll("image: nginx", `image: ${this.image}`)] as const,
    );
    const root = workspaceOf({ texts: new Map(own), links });
    const before = await this.#start(root, starts);
    this.failed += [...before.values()].filter(({ ok }) => !ok).length;
    const networks = await this.#networksIn(root);
    const commands = { "--fix": [["--fix"]], renumber: networks.map((network) => ["renumber", network, "--fix"]) };
    for (const [command, calls] of Object.entries(commands)) {
      const copy = `${root}-copy`;
      cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
      for (const call of calls) {
        await turn();
        await inProcess(copy, call);
      }
      await turn();
      const after = await this.#start(copy, starts);
      rmSync(copy, { recursive: true });
      for (const [start, { ok }] of before) {
        const now = after.get(start);
        if (ok) this.law.tried(now?.ok === true ? undefined : `${name} ${command}: ${start}: ${now?.stderr ?? ""}`);
      }
    }
  }

  /** Whoever joins a network that another project creates may have to wait for it: so those that fail are tried again. */
  async #start(root: string, starts: readonly Start[]): Promise<Started> {
    const started = new Map<string, Outcome>();
    try {
      for (let round = 0; round < 2; round += 1) {
        for (const { directory, files } of starts) {
          const start = [directory, ...files].join(" ");
          if (started.get(start)?.ok !== true)
            started.set(start, await this.#carryOut(path.join(root, directory), files));
        }
      }
    } finally {
      await this.#clear();
    }
    return started;
  }

  async #carryOut(directory: string, files: readonly string[]): Promise<Outcome> {
    const args = ["--progress", "quiet", ...files.flatMap((file) => ["-f", file])];
    const created = await this.engine.compose(directory, [...args, "create"]);
    return created.ok ? this.engine.compose(directory, [...args, "start"]) : created;
  }

  async #networksIn(root: string): Promise<string[]> {
    const { stdout } = await inProcess(root, ["list", "--format", "json"]);
    return [...new Set([...stdout.matchAll(/^ {10}"name": "([^"]+)"/gm)].flatMap(([, name]) => name ?? []))];
  }

  /** Compose can't clear away what it can't read. */
  async #clear(): Promise<void> {
    const { stdout } = await this.engine.docker(["ps", "--all", "--quiet"]);
    const containers = stdout.split("\n").filter((id) => id !== "");
    if (containers.length > 0) await this.engine.docker(["rm", "--force", ...containers]);
    const { ok, stderr } = await this.engine.docker(["network", "prune", "--force"]);
    if (!ok) throw new Error(stderr);
  }
}
