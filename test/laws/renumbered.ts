import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

import type { ExplicitSubnet } from "../../src/compose/addressing.js";
import { dependentsOf } from "../../src/compose/edit/dependents.js";
import { moveSubnet } from "../../src/compose/edit/move-subnet.js";
import { formatAddress, parseAddress } from "../../src/ipam/address.js";
import { formatPrefix, maskPrefix, parsePrefix, type Prefix } from "../../src/ipam/prefix.js";
import { createDisk } from "../../src/workspace/disk.js";
import { FileIndex } from "../../src/workspace/file-index.js";
import { Workspace } from "../../src/workspace/workspace.js";
import { ask } from "../compare/compose/ask.js";
import type { ComposeBinary } from "../compare/compose/binary.js";
import { Law } from "./law.js";

/** Every network with something that hangs on its subnet is moved, and the real Compose says what came of it. */
export class RenumberLaws {
  readonly law = new Law("after a renumbering, Compose's config is the same once addresses are mapped");
  readonly refused: string[] = [];
  /** Files that Compose itself refuses before anything is moved. */
  unread = 0;

  constructor(
    readonly root: string,
    readonly binary: ComposeBinary,
  ) {}

  async try(file: string): Promise<void> {
    const place = path.join(this.root, file);
    const text = readFileSync(place, "utf8");
    const index = new FileIndex(createDisk());
    const composeFile = index.load(place);
    if (!composeFile || !/subnet/.test(text)) return;
    const { project } = new Workspace({ cwd: path.dirname(place) }, index).view(composeFile);
    for (const network of project.networks) {
      const subnets = [network.ipv4, network.ipv6].flatMap((one) => (one.mode === "explicit" ? one.subnets : []));
      for (const subnet of subnets) {
        const to = elsewhere(subnet.prefix);
        if (!to || dependentsOf(network, subnet).length === 0) continue;
        const move = moveSubnet(project, network, subnet, to);
        if (!move.ok) {
          this.refused.push(move.obstacle.because.replace(/"[^"]*"|\$\w+|\b[\d.]+(?:\/\d+)?/g, "…"));
          continue;
        }
        const others = [...new Set(move.edits.map(({ source }) => source.path))].filter((one) => one !== place);
        if (others.length > 0) continue;
        await this.#compare({ file, place, text, network: network.key, subnet, to, edits: move.edits });
      }
    }
  }

  async #compare({ file, place, text, network, subnet, to, edits }: Moved): Promise<void> {
    const project = { name: file, directory: path.dirname(place), files: [place] };
    const before = await ask(this.binary, project);
    if (!before.ok) {
      this.unread += 1;
      return;
    }
    const mark = text.startsWith("\uFEFF") ? 1 : 0;
    const after = [...edits].reverse().reduce((rest, { span, text: written }) => {
      return rest.slice(0, span[0] + mark) + written + rest.slice(span[1] + mark);
    }, text);
    writeFileSync(place, after);
    const answer = await ask(this.binary, project);
    writeFileSync(place, text);
    const name = `${file}: ${network}`;
    if (!answer.ok) this.law.tried(`${name}: ${answer.message}`);
    else {
      const mapped = mapAddresses(before.config, network, subnet.prefix, to);
      this.law.tried(isDeepStrictEqual(mapped, answer.config) ? undefined : name);
    }
  }
}

interface Moved {
  readonly file: string;
  readonly place: string;
  readonly text: string;
  readonly network: string;
  readonly subnet: ExplicitSubnet;
  readonly to: Prefix;
  readonly edits: readonly { readonly span: readonly [number, number]; readonly text: string }[];
}

/** As large as before, in the range that is kept for benchmarks (RFC 2544) or for documents (RFC 3849). */
function elsewhere({ address: { family }, length }: Prefix): Prefix | undefined {
  const base = parsePrefix(family === 4 ? "198.18.0.0/15" : "2001:db8::/32");
  if (!base.ok || length < base.value.length) return undefined;
  return { address: base.value.address, length };
}

/** By hand, as Compose prints it: the subnet, its pool's fields, and the addresses of services on the network. */
function mapAddresses(config: unknown, network: string, from: Prefix, to: Prefix): unknown {
  const start = maskPrefix(from).address.value;
  const map = (text: string): string => {
    const [written = "", length] = text.split("/");
    const address = parseAddress(written);
    if (!address.ok || address.value.family !== from.address.family) return text;
    const offset = address.value.value - start;
    const size = 1n << BigInt((from.address.family === 4 ? 32 : 128) - from.length);
    if (offset < 0n || offset >= size) return text;
    const moved = formatAddress({ family: address.value.family, value: to.address.value + offset });
    return length === undefined ? moved : `${moved}/${length}`;
  };
  const walk = (value: unknown, trail: readonly string[]): unknown => {
    if (typeof value === "string") {
      const [kind, name, key, on] = trail;
      const moves =
        (kind === "networks" && name === network && key === "ipam") ||
        (kind === "services" && key === "networks" && on === network && /^ipv[46]_address$/.test(trail.at(-1) ?? ""));
      // Host bits of a subnet are not moved along: the engine refuses them.
      if (moves && trail.at(-1) === "subnet" && isPrefix(value, from)) return formatPrefix(to);
      return moves ? map(value) : value;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, trail));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, walk(below, [...trail, key])]));
  };
  return walk(config, []);
}

function isPrefix(text: string, expected: Prefix): boolean {
  const parsed = parsePrefix(text);
  return parsed.ok && formatPrefix(maskPrefix(parsed.value)) === formatPrefix(expected);
}
