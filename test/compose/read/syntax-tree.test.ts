import { describe, expect, it } from "vitest";
import { positionAt } from "../../../src/kit/source.js";
import type { ComposeFileNode, ComposeNode } from "../../../src/compose/read/nodes.js";
import { buildTree, visitorKeys } from "../../../src/compose/read/syntax-tree.js";
import { parse } from "../said.js";

const FILE = `x-pools: &pools
  - subnet: 10.9.0.0/24
x-ipam: &ipam {driver: default}
x-joins: &joins [front]
services:
  web:
    image: nginx
    networks:
      front:
        ipv4_address: 10.7.0.5
        ipv6_address: "fd00::5"
      back:
  db: {image: db, networks: [back, "front"]}
  job: {image: job, network_mode: 'service:web'}
  too: {image: too, networks: *joins}
networks:
  front:
    driver: macvlan
    internal: true
    ipam:
      driver: default
      config:
        - subnet: \${FRONT:-10.7.0.0/24}
          ip_range: 10.7.0.128/25
          gateway: '10.7.0.1'
          aux_addresses:
            host: 10.7.0.9
        - &second {subnet: fd00::/64}
        - *second
  back: {ipam: *ipam}
  list: {ipam: {config: *pools}}
  there: {external: true}
  old:
    external: {name: there}
  none:
`;

function treeOf(text: string): ComposeFileNode {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return buildTree(parsed.file);
}

function isNode(value: unknown): value is ComposeNode {
  return typeof value === "object" && value !== null && "type" in value;
}

function childrenOf(node: ComposeNode): ComposeNode[] {
  const byKey = new Map<string, unknown>(Object.entries(node));
  return visitorKeys[node.type].flatMap((key) => [byKey.get(key)].flat().filter(isNode));
}

function everyNode(node: ComposeNode): ComposeNode[] {
  return [node, ...childrenOf(node).flatMap(everyNode)];
}

function textOf({ range }: ComposeNode, text = FILE): string {
  return text.slice(range[0], range[1]);
}

/** The tree in one line for each node: its type, what it says of itself, and the first line of its text. */
function outline(node: ComposeNode, depth = 0): string[] {
  const facts = Object.entries(node).flatMap(([key, value]) =>
    ["type", "loc", "range", ...visitorKeys[node.type]].includes(key) || value === undefined
      ? []
      : [`${key}=${String(value)}`],
  );
  const [first = ""] = textOf(node).split("\n");
  const line = `${"  ".repeat(depth)}${[node.type, ...facts].join(" ")} | ${first}`;
  return [line, ...childrenOf(node).flatMap((child) => outline(child, depth + 1))];
}

const tree = treeOf(FILE);

describe("the syntax tree of a compose file", () => {
  it("shows services, networks and their addresses in the order of the file", () => {
    expect(outline(tree)).toEqual([
      "ComposeFile | x-pools: &pools",
      "  Service name=web | web:",
      "    Attachment service=web network=front | front:",
      "      Address field=ipv4_address raw=10.7.0.5 | 10.7.0.5",
      '      Address field=ipv6_address raw=fd00::5 | "fd00::5"',
      "    Attachment service=web network=back | back:",
      '  Service name=db | db: {image: db, networks: [back, "front"]}',
      "    Attachment service=db network=back | back",
      '    Attachment service=db network=front | "front"',
      "  Service name=job networkMode=service:web | job: {image: job, network_mode: 'service:web'}",
      "  Service name=too | too: {image: too, networks: *joins}",
      "    Alias anchor=joins | *joins",
      "  Network name=front driver=macvlan external=false internal=true | front:",
      "    Ipam driver=default | driver: default",
      "      IpamPool | subnet: ${FRONT:-10.7.0.0/24}",
      "        Address field=subnet raw=${FRONT:-10.7.0.0/24} | ${FRONT:-10.7.0.0/24}",
      "        Address field=ip_range raw=10.7.0.128/25 | 10.7.0.128/25",
      "        Address field=gateway raw=10.7.0.1 | '10.7.0.1'",
      "        Address field=aux_address raw=10.7.0.9 | 10.7.0.9",
      "      IpamPool | {subnet: fd00::/64}",
      "        Address field=subnet raw=fd00::/64 | fd00::/64",
      "      Alias anchor=second | *second",
      "  Network name=back external=false internal=false | back: {ipam: *ipam}",
      "    Alias anchor=ipam | *ipam",
      "  Network name=list external=false internal=false | list: {ipam: {config: *pools}}",
      "    Ipam | {config: *pools}",
      "      Alias anchor=pools | *pools",
      "  Network name=there external=true internal=false | there: {external: true}",
      "  Network name=old external=true internal=false | old:",
      "  Network name=none external=false internal=false | none:",
    ]);
  });

  it("has a node of every type, and every key that holds nodes is visited", () => {
    const nodes = everyNode(tree);
    expect(new Set(nodes.map(({ type }) => type))).toEqual(new Set(Object.keys(visitorKeys)));
    for (const node of nodes) {
      const holders = Object.entries(node).filter(([, value]) => [value].flat().some(isNode));
      expect(visitorKeys[node.type]).toEqual(expect.arrayContaining(holders.map(([key]) => key)));
    }
  });

  it.each([
    ["\n", FILE],
    ["\r\n", FILE.replaceAll("\n", "\r\n")],
  ])("gives every node a range in the text, and the positions that belong to it, with %j", (_, text) => {
    const parsed = parse(text);
    if (!parsed.ok) throw new Error("no YAML");
    const { source } = parsed.file;
    for (const { range, loc } of everyNode(buildTree(parsed.file))) {
      expect(range[0]).toBeGreaterThanOrEqual(0);
      expect(range[1]).toBeGreaterThanOrEqual(range[0]);
      expect(range[1]).toBeLessThanOrEqual(text.length);
      for (const [offset, { line, column }] of [
        [range[0], loc.start],
        [range[1], loc.end],
      ] as const) {
        expect(positionAt(source, offset)).toEqual({ line, column: column + 1 });
      }
    }
  });

  it("keeps every node inside of its parent", () => {
    const outside = everyNode(tree).flatMap((parent) =>
      childrenOf(parent).filter(({ range }) => range[0] < parent.range[0] || range[1] > parent.range[1]),
    );
    expect(outside).toEqual([]);
  });

  it("covers the whole file, even an empty one", () => {
    expect(tree.range).toEqual([0, FILE.length]);
    expect(treeOf("")).toEqual({
      type: "ComposeFile",
      services: [],
      networks: [],
      range: [0, 0],
      loc: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } },
    });
  });

  it("shows the nodes of every document", () => {
    const { services, networks } = treeOf(
      "services: {a: {image: i}}\n---\nnetworks: {x: }\n---\nservices: {b: {image: i}}\n",
    );
    expect(services.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(networks.map(({ name }) => name)).toEqual(["x"]);
  });
});
