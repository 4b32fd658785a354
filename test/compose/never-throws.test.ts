import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTree } from "../../src/compose/read/syntax-tree.js";
import { holds, seed } from "./property.js";
import { parse, projectOfFile } from "./said.js";

const FILE = `# what a compose file may hold
x-pools: &pools [{subnet: "10.7.0.0/24", gateway: 10.7.0.1}]
x-net: &net
  driver: bridge
  ipam: {driver: default, config: *pools}
name: shop
services:
  web:
    image: nginx
    networks:
      front: {ipv4_address: 10.7.0.5, aliases: [w]}
      back:
  db: {build: ., networks: [back, default]}
  job: {image: job, network_mode: "service:web", profiles: [x]}
  more:
    extends: {service: web}
networks:
  front:
    <<: *net
    enable_ipv6: \${V6:-true}
  back:
    ipam:
      config:
        - subnet: \${BACK:-10.8.0.0/24}
          ip_range: 10.8.0.128/25
          aux_addresses: {host: 10.8.0.9}
        - subnet: fd00::/64
  other: {external: true, name: there}
---
networks:
  back: !override
    driver: macvlan
  front: !reset null
`;

/** Reads the text in every way that a rule would; says whether it is YAML. */
function readWhole(text: string): boolean {
  const parsed = parse(text);
  if (!parsed.ok) {
    const [start, end] = parsed.problem.span;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(text.length + 1);
    return false;
  }
  const project = projectOfFile(parsed.file, { BACK: "10.9.0.0/24" });
  expect(project.files).toEqual([parsed.file]);
  expect(buildTree(parsed.file).type).toBe("ComposeFile");
  return true;
}

describe(`reading a compose file (FC_SEED=${seed})`, () => {
  it("works for the file that is spoilt below", () => {
    expect(readWhole(FILE)).toBe(true);
  });

  it("throws for no text at all", () => {
    holds(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        readWhole(text);
      }),
      1_000,
    );
  });

  it("throws for no heap of YAML's own characters", () => {
    const scraps = [
      "a",
      "networks",
      "services",
      "ipam",
      "config",
      "subnet",
      ": ",
      ":",
      "- ",
      "\n",
      "\n  ",
      "\n    ",
      "{",
      "}",
    ];
    const more = [
      "[",
      "]",
      ",",
      "&a ",
      "*a",
      "<<: ",
      "!x ",
      "!!map ",
      "? ",
      "|",
      ">",
      "'",
      '"',
      "#",
      "---\n",
      "...\n",
      "\t",
      "\r\n",
      "~",
      "1",
      "${",
      "}",
      "%",
    ];
    holds(
      fc.property(fc.string({ unit: fc.constantFrom(...scraps, ...more), maxLength: 40 }), (text) => {
        readWhole(text);
      }),
      2_000,
    );
  });

  it("throws for no file with pieces cut out, moved and put in", () => {
    const scrap = fc.constantFrom(
      "\n",
      "  ",
      "- ",
      ": ",
      "{",
      "}",
      "[",
      "]",
      "*pools",
      "*net",
      "&net ",
      "<<: ",
      "null",
      "5",
      "'",
      '"',
      "${",
      "!reset ",
      "x-",
      "---\n",
      "\t",
      "\u0000",
      "\ud800",
    );
    const piece = fc.tuple(fc.nat(FILE.length), fc.nat(30)).map(([at, length]) => FILE.slice(at, at + length));
    const edit = fc.record({ at: fc.nat(FILE.length), remove: fc.nat(12), insert: fc.oneof(scrap, piece) });
    let whole = 0;
    holds(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const text = edits.reduce(
          (now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove),
          FILE,
        );
        if (readWhole(text)) whole += 1;
      }),
      2_000,
    );
    // Otherwise the projects were hardly looked at.
    expect(whole).toBeGreaterThan(100);
  });

  it("throws for no value in any place", () => {
    const leaf = fc.constantFrom(
      "null",
      "1",
      "true",
      "x",
      "''",
      "${V}",
      "${V:?}",
      "${",
      "10.7.0.0/24",
      "::/64",
      "1.5",
      "!reset null",
    );
    const { value } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf.map((text) => (/^[$:]/.test(text) ? `'${text}'` : text)),
        fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
        fc
          .uniqueArray(fc.tuple(key, tie("value")), { maxLength: 4, selector: ([name]) => name })
          .map((pairs) => `{${pairs.map(([name, below]) => `${name}: ${below}`).join(", ")}}`),
      ),
    }));
    holds(
      fc.property(fc.constantFrom("services", "networks", "include", "name"), value, value, (at, one, two) => {
        const text =
          at === "services" ? `services: {a: ${one}}\nnetworks: {a: ${two}}\n` : `${at}: ${one}\nx: ${two}\n`;
        expect(readWhole(text)).toBe(true);
      }),
      2_000,
    );
  });
});

const key = fc.constantFrom(
  ...[
    "a",
    "ipam",
    "config",
    "subnet",
    "gateway",
    "ip_range",
    "aux_addresses",
    "driver",
    "driver_opts",
    "external",
    "name",
  ],
  ...[
    "enable_ipv4",
    "enable_ipv6",
    "internal",
    "networks",
    "network_mode",
    "image",
    "extends",
    "service",
    "file",
    "path",
  ],
  ...["ipv4_address", "provider", "default", "1", "x-a"],
);
