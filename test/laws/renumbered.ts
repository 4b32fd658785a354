import { readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

import type { ExplicitSubnet } from "../../src/compose/project/addressing.js";
import { dependentsOf } from "../../src/compose/edit/dependents.js";
import { applyEdits } from "../../src/cli/files/apply-edits.js";
import type { PlacedEdit } from "../../src/kit/edit.js";
import { moveSubnet } from "../../src/compose/edit/move-subnet.js";
import { formatAddress, parseAddress } from "../../src/ipam/address.js";
import { formatPrefix, maskPrefix, parsePrefix, type Prefix } from "../../src/ipam/prefix.js";
import { ask, type ProjectCase } from "../compare/compose/ask.js";
import type { ComposeBinary } from "../compare/compose/binary.js";
import { configWith } from "./config-with.js";
import { Law } from "./law.js";
import { caseOf, projectAt } from "./project-case.js";

/** Every network with something that hangs on its subnet is moved, and the real Compose says what came of it. */
export class RenumberLaws {
  readonly law = new Law("after a renumbering, Compose's config is the same once addresses are mapped");
  readonly refused: string[] = [];
  /** Files that Compose itself refuses before anything is moved. */
  unread = 0;
  /** Moves that edit more than one file. */
  severalFiles = 0;

  constructor(
    readonly root: string,
    readonly binary: ComposeBinary,
  ) {}

  async try(file: string): Promise<void> {
    const place = path.join(this.root, file);
    if (!/subnet/.test(readFileSync(place, "utf8"))) return;
    const project = projectAt(place);
    // The other files of a project lead to it as well.
    if (project?.main[0]?.source.path !== place) return;
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
        const changes = textsAfter(move.edits);
        if (changes.size > 1) this.severalFiles += 1;
        await this.#compare({
          name: `${file}: ${network.key}`,
          project: caseOf(file, project),
          network: network.key,
          subnet,
          to,
          changes,
        });
      }
    }
  }

  async #compare({ name, project, network, subnet, to, changes }: Moved): Promise<void> {
    const before = await ask(this.binary, project);
    if (!before.ok) {
      this.unread += 1;
      return;
    }
    const after = await configWith(this.binary, project, changes);
    if (!after.ok) this.law.tried(`${name}: ${after.message}`);
    else {
      const mapped = mapAddresses(before.config, network, subnet.prefix, to);
      this.law.tried(isDeepStrictEqual(mapped, after.config) ? undefined : name);
    }
  }
}

interface Moved {
  readonly name: string;
  readonly project: ProjectCase;
  readonly network: string;
  readonly subnet: ExplicitSubnet;
  readonly to: Prefix;
  readonly changes: ReadonlyMap<string, string>;
}

/** The texts of all files that a move edits. */
function textsAfter(edits: readonly PlacedEdit[]): Map<string, string> {
  const paths = [...new Set(edits.map(({ source }) => source.path))];
  return new Map(
    paths.map((place) => {
      const own = edits.filter(({ source }) => source.path === place);
      return [place, applyEdits(readFileSync(place, "utf8"), own)];
    }),
  );
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
