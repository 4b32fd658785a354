import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";

import { inProcess } from "../../cli/in-process.js";
import { ask } from "../../compare/compose/ask.js";
import type { ComposeBinary } from "../../compare/compose/binary.js";
import { folderWith } from "../folder.js";
import { Law } from "../law.js";
import type { GeneratedHost, Start } from "./generated-host.js";
import { holds, networksIn, type AskedNetwork } from "./networks-in.js";

/** What Compose says of every start of a workspace, by the name of the start; what it refuses is not among it. */
type Answers = ReadonlyMap<string, readonly AskedNetwork[]>;

const FIX = [["--fix"]] as const;

/** What holds of a workspace whose projects run on one host, before and after a command that writes. */
export class HostLaws {
  readonly loads = new Law("what Compose loaded before, it loads after");
  readonly oneSubnet = new Law("one engine network has no more subnets than before, and never two");
  readonly addresses = new Law("no static address lies outside of its network");
  readonly again = new Law("a second run changes nothing");
  /** Starts that Compose refuses before anything is written. */
  unread = 0;
  /** Commands that wrote something. */
  wrote = 0;

  constructor(readonly binary: ComposeBinary) {}

  get laws(): readonly Law[] {
    return [this.loads, this.oneSubnet, this.addresses, this.again];
  }

  async try(name: string, host: GeneratedHost): Promise<void> {
    const root = folderWith(host.texts);
    for (const [link, target] of host.links) {
      mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
      symlinkSync(path.relative(path.dirname(link), target), path.join(root, link));
    }
    const before = await this.#answers(root, host.starts);
    this.unread += host.starts.length - before.size;
    const moved = `${root}-moved`;
    cpSync(root, moved, { recursive: true, verbatimSymlinks: true });
    await this.#compare(`${name} --fix`, { root, before, host, commands: FIX });
    const networks = new Set([...before.values()].flat().map((network) => network.name));
    const commands = [...networks].map((network) => ["renumber", network, "--fix"]);
    await this.#compare(`${name} renumber`, { root: moved, before, host, commands });
    rmSync(moved, { recursive: true });
  }

  async #compare(name: string, { root, before, host, commands }: Trial): Promise<void> {
    const outputs: string[] = [];
    for (const command of commands) {
      await turn();
      const { status, stdout, stderr } = await inProcess(root, command);
      if (status <= 1) outputs.push(stdout + stderr);
    }
    if (outputs.some((output) => /fixed|renumbered|wrote/i.test(output))) this.wrote += 1;
    const after = await this.#answers(root, host.starts);
    for (const [start, networks] of before) {
      const now = after.get(start);
      this.loads.tried(now ? undefined : `${name}: ${start}`);
      if (now) this.#compareAddresses(`${name}: ${start}`, networks, now, [before, after]);
    }
    const [were, are] = [subnetsByName(before), subnetsByName(after)];
    for (const [network, subnets] of are) {
      const most = Math.max(1, were.get(network)?.size ?? 0);
      this.oneSubnet.tried(subnets.size > most ? `${name}: ${network} has ${[...subnets].join(" and ")}` : undefined);
    }
    await turn();
    // A move leaves networks open that --fix pins: it is --fix after which --fix has nothing to do.
    if (commands !== FIX) await inProcess(root, ["--fix"]);
    await turn();
    const { stdout } = await inProcess(root, ["--fix-dry-run"]);
    this.again.tried(stdout.includes("\n@@ ") ? `${name}: ${stdout.slice(0, 300)}` : undefined);
  }

  #compareAddresses(
    name: string,
    were: readonly AskedNetwork[],
    are: readonly AskedNetwork[],
    [before, after]: readonly [Answers, Answers],
  ): void {
    for (const network of are) {
      const earlier = were.find((one) => one.name === network.name);
      const lay = earlier && earlier.addresses.every((address) => lies(earlier, address, subnetsByName(before)));
      if (!lay || network.addresses.length === 0) continue;
      const outside = network.addresses.find((address) => !lies(network, address, subnetsByName(after)));
      this.addresses.tried(outside === undefined ? undefined : `${name}: ${outside} on ${network.name}`);
    }
  }

  async #answers(root: string, starts: readonly Start[]): Promise<Answers> {
    const answers = new Map<string, readonly AskedNetwork[]>();
    for (const { directory, files } of starts) {
      const at = path.join(root, directory);
      const answer = await ask(this.binary, {
        name: directory,
        directory: at,
        files: files.map((file) => path.join(at, file)),
      });
      if (answer.ok) answers.set([directory, ...files].join(" "), networksIn(answer.config));
    }
    return answers;
  }
}

interface Trial {
  readonly root: string;
  readonly before: Answers;
  readonly host: GeneratedHost;
  readonly commands: readonly (readonly string[])[];
}

/** Where the network's own project leaves it open, what others say of it counts. */
function lies(network: AskedNetwork, address: string, elsewhere: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const subnets = network.subnets.length > 0 ? network.subnets : [...(elsewhere.get(network.name) ?? [])];
  return subnets.length === 0 || holds(subnets, address);
}

function subnetsByName(answers: Answers): Map<string, Set<string>> {
  const byName = new Map<string, Set<string>>();
  for (const { name, subnets } of [...answers.values()].flat()) {
    const known = byName.get(name) ?? new Set();
    for (const subnet of subnets) known.add(subnet);
    byName.set(name, known);
  }
  return byName;
}
