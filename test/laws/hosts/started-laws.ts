import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";

import { addTo } from "../../../src/kit/group.js";
import { inProcess } from "../../cli/in-process.js";
import type { Outcome } from "../../engine/command.js";
import type { Engine } from "../../engine/engine.js";
import { Law } from "../law.js";
import type { GeneratedHost, Start } from "./generated-host.js";
import { workspaceOf } from "./host-laws.js";

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
    for (const [index, scenario] of scenariosOf(starts).entries()) {
      const started = await this.#startAll(root, scenario);
      this.failed += scenario.length - started.length;
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
        // A start that fails may have made a network for the others: so all of them are carried out again.
        const after = await this.#startAll(copy, scenario);
        for (const start of started) {
          const shown = `${name} ${command}, scenario ${index}: ${[start.directory, ...start.files].join(" ")}`;
          this.law.tried(after.includes(start) ? undefined : shown);
        }
        rmSync(copy, { recursive: true });
      }
    }
  }

  /**
   * One after the other, and they stay. Whoever joins a network that another project creates may have to wait for it: so
   * those that fail are tried again.
   *
   * @returns those that started, in that order.
   */
  async #startAll(root: string, starts: readonly Start[]): Promise<readonly Start[]> {
    const started: Start[] = [];
    try {
      for (let round = 0; round < 2; round += 1) {
        for (const start of starts) {
          if (!started.includes(start) && (await this.#carryOut(root, start)).ok) started.push(start);
        }
      }
    } finally {
      await this.#clear();
    }
    return started;
  }

  async #carryOut(root: string, { directory: below, files }: Start): Promise<Outcome> {
    const directory = path.join(root, below);
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

/** The projects of one host, each in one of the ways in which somebody starts it: two ways would take turns. */
function scenariosOf(starts: readonly Start[]): readonly (readonly Start[])[] {
  return groupsBy(starts, ({ host }) => host).flatMap((onHost) => {
    const directories = groupsBy(onHost, ({ directory }) => directory);
    const most = Math.max(...directories.map(({ length }) => length));
    return Array.from({ length: Math.min(most, MOST_SCENARIOS) }, (_, index) =>
      directories.flatMap((ways) => ways[index % ways.length] ?? []),
    );
  });
}

const MOST_SCENARIOS = 3;

function groupsBy(starts: readonly Start[], keyOf: (start: Start) => string): readonly (readonly Start[])[] {
  const groups = new Map<string, Start[]>();
  for (const start of starts) addTo(groups, keyOf(start), start);
  return [...groups.values()];
}
