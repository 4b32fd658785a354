import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
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
type Answers = ReadonlyMap<string, Answered>;

interface Answered {
  readonly host: string;
  readonly networks: readonly AskedNetwork[];
}

const FIX = [["--fix"]] as const;

/** What holds of a workspace whose projects run on one host, before and after a command that writes. */
export class HostLaws {
  readonly loads = new Law("what Compose loaded before, it loads after");
  readonly oneSubnet = new Law("one engine network has no more subnets than before, and never two");
  readonly addresses = new Law("no static address lies outside of its network");
  readonly findings = new Law("no finding is brought in");
  readonly again = new Law("a second run changes nothing");
  /** Starts that Compose refuses before anything is written. */
  unread = 0;
  /** Commands that wrote something. */
  wrote = 0;
  /** By all that an answer depends on. */
  #known = new Map<string, Promise<readonly AskedNetwork[] | undefined>>();

  constructor(readonly binary: ComposeBinary) {}

  get laws(): readonly Law[] {
    return [this.loads, this.oneSubnet, this.addresses, this.findings, this.again];
  }

  async try(name: string, host: Pick<GeneratedHost, "texts" | "links" | "starts">): Promise<void> {
    const root = workspaceOf(host);
    const moved = `${root}-moved`;
    cpSync(root, moved, { recursive: true, verbatimSymlinks: true });
    await this.tryFolders(name, { root, moved, starts: host.starts });
    rmSync(moved, { recursive: true });
  }

  /** @param folders Two copies of one workspace, of which one is fixed and the other renumbered. */
  async tryFolders(name: string, { root, moved, starts }: TriedFolders): Promise<void> {
    this.#known = new Map();
    const before = await this.#answers(root, starts);
    this.unread += starts.length - before.size;
    const findings = await findingsIn(root);
    await this.#compare(`${name} --fix`, { root, before, findings, starts, commands: FIX });
    const networks = new Set(
      [...before.values()].flatMap((answered) => answered.networks.map((network) => network.name)),
    );
    const commands = [...networks].map((network) => ["renumber", network, "--fix"]);
    await this.#compare(`${name} renumber`, { root: moved, before, findings, starts, commands });
  }

  async #compare(name: string, { root, before, findings, starts, commands }: Trial): Promise<void> {
    const outputs: string[] = [];
    for (const command of commands) {
      await turn();
      const { status, stdout, stderr } = await inProcess(root, command);
      if (status <= 1) outputs.push(stdout + stderr);
    }
    const hasWritten = outputs.some((output) => /fixed|renumbered|wrote/i.test(output));
    if (hasWritten) this.wrote += 1;
    const after = hasWritten ? await this.#answers(root, starts) : before;
    for (const [start, answered] of before) {
      const now = after.get(start);
      this.loads.tried(now ? undefined : `${name}: ${start}`);
      if (now) this.#compareAddresses(`${name}: ${start}`, answered, now, [before, after]);
    }
    const [were, are] = [subnetsByName(before), subnetsByName(after)];
    for (const [network, subnets] of are) {
      for (const isMeant of [isIPv4Subnet, isIPv6Subnet]) {
        const most = Math.max(1, [...(were.get(network) ?? [])].filter(isMeant).length);
        const own = [...subnets].filter(isMeant);
        this.oneSubnet.tried(own.length > most ? `${name}: ${network} has ${own.join(" and ")}` : undefined);
      }
    }
    await turn();
    this.findings.tried(broughtIn(findings, await findingsIn(root), name));
    await turn();
    // A move leaves networks open that --fix pins: it is --fix after which --fix has nothing to do.
    if (commands !== FIX) await inProcess(root, ["--fix"]);
    await turn();
    const { stdout } = await inProcess(root, ["--fix-dry-run"]);
    this.again.tried(stdout.includes("\n@@ ") ? `${name}: ${stdout.slice(0, 300)}` : undefined);
  }

  #compareAddresses(name: string, were: Answered, are: Answered, [before, after]: readonly [Answers, Answers]): void {
    const [known, now] = [subnetsByName(before), subnetsByName(after)];
    for (const network of are.networks) {
      const earlier = were.networks.find((one) => one.name === network.name);
      const lay =
        earlier && earlier.addresses.every((address) => lies(earlier, address, known.get(nodeOf(were, network))));
      if (!lay || network.addresses.length === 0) continue;
      const outside = network.addresses.find((address) => !lies(network, address, now.get(nodeOf(are, network))));
      this.addresses.tried(outside === undefined ? undefined : `${name}: ${outside} on ${network.name}`);
    }
  }

  /** Two at a time, and none twice: Compose itself is most of the time that this takes. */
  async #answers(root: string, starts: readonly Start[]): Promise<Answers> {
    const answers = new Map<string, Answered>();
    for (let index = 0; index < starts.length; index += 2) {
      const asked = starts.slice(index, index + 2).map(async (start) => {
        const { directory, files, host } = start;
        const at = path.join(root, directory);
        const key = JSON.stringify([start, textsFor(root, directory)]);
        const networks = this.#known.get(key) ?? this.#ask(at, files);
        this.#known.set(key, networks);
        return { start: [directory, ...files].join(" "), host, networks: await networks };
      });
      for (const { start, host, networks } of await Promise.all(asked)) {
        if (networks) answers.set(start, { host, networks });
      }
    }
    return answers;
  }

  async #ask(directory: string, files: readonly string[]): Promise<readonly AskedNetwork[] | undefined> {
    const named = files.map((file) => path.join(directory, file));
    const answer = await ask(this.binary, { name: directory, directory, files: named });
    return answer.ok ? networksIn(answer.config) : undefined;
  }
}

/** All that a project of a directory may read, and more. */
function textsFor(root: string, directory: string): readonly string[] {
  return ["common", directory].flatMap((folder) =>
    existsSync(path.join(root, folder))
      ? readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
          .sort()
          .map((file) => path.join(root, folder, file))
          .filter((file) => statSync(file).isFile())
          .map((file) => readFileSync(file, "utf8"))
      : [],
  );
}

interface TriedFolders {
  readonly root: string;
  readonly moved: string;
  readonly starts: readonly Start[];
}

interface Trial {
  readonly root: string;
  readonly before: Answers;
  readonly findings: ReadonlyMap<string, number>;
  readonly starts: readonly Start[];
  readonly commands: readonly (readonly string[])[];
}

/** The files and links of a workspace, in a folder of their own. */
export function workspaceOf({ texts, links }: Pick<GeneratedHost, "texts" | "links">): string {
  const root = folderWith(texts);
  for (const [link, target] of links) {
    mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
    symlinkSync(path.relative(path.dirname(link), target), path.join(root, link));
  }
  return root;
}

/** How often each rule speaks of each network in each file. */
async function findingsIn(root: string): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await inProcess(root, ["--format", "json"]);
  const counts = new Map<string, number>();
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Found[] };
  for (const { rule, home, network } of findings) {
    const key = `${rule ?? "no rule"} of "${network ?? ""}" in ${home.file}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

interface Found {
  readonly rule: string | null;
  readonly network?: string;
  readonly home: { readonly file: string };
}

function broughtIn(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  name: string,
): string | undefined {
  // What an override lost is there once it is mended, and so is what others have against it.
  const mended = [...before.keys()].flatMap((finding) => /no-lossy-ipam-override of "(.+?)"/.exec(finding)?.[1] ?? []);
  const more = [...after].find(
    ([finding, count]) =>
      count > (before.get(finding) ?? 0) && !mended.some((network) => finding.includes(`of "${network}"`)),
  );
  return more && `${name}: ${more[0]}`;
}

function nodeOf({ host }: Answered, { name }: Pick<AskedNetwork, "name">): string {
  return `${name}${host && ` on ${host}`}`;
}

function isIPv6Subnet(subnet: string): boolean {
  return subnet.includes(":");
}

function isIPv4Subnet(subnet: string): boolean {
  return !isIPv6Subnet(subnet);
}

/** Where the network's own project leaves it open, what others say of it counts. */
function lies(network: AskedNetwork, address: string, elsewhere: ReadonlySet<string> = new Set()): boolean {
  const subnets = network.subnets.length > 0 ? network.subnets : [...elsewhere];
  return subnets.length === 0 || holds(subnets, address);
}

function subnetsByName(answers: Answers): Map<string, Set<string>> {
  const byName = new Map<string, Set<string>>();
  for (const answered of answers.values()) {
    for (const network of answered.networks) {
      const known = byName.get(nodeOf(answered, network)) ?? new Set();
      for (const subnet of network.subnets) known.add(subnet);
      byName.set(nodeOf(answered, network), known);
    }
  }
  return byName;
}
