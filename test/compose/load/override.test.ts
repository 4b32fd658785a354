import { describe, expect, it } from "vitest";

import { parseComposeFile } from "../../../src/compose/read/compose-file.js";
import { mergeDocuments, mergeServices } from "../../../src/compose/load/override.js";
import { textOf } from "../../../src/kit/source.js";
import { asMap, child, type MapValue } from "../../../src/compose/read/value.js";
import type { ComposeVersion } from "../../../src/compose/load/version.js";
import { namesAsMap } from "../../../src/compose/read/names-as-map.js";

function rootOf(text: string): MapValue {
  const parsed = parseComposeFile("/compose.yaml", text);
  const [document] = parsed.ok ? parsed.file.documents : [];
  if (!document) throw new Error(`no map: ${text}`);
  return document.root;
}

function merged(
  base: string,
  override: string,
  version: ComposeVersion = "2.40",
): { root: MapValue; refused: string[] } {
  const refused: string[] = [];
  const context = { version, refuse: (message: string) => refused.push(message) };
  return { root: mergeDocuments(rootOf(base), rootOf(override), context), refused };
}

describe("two documents", () => {
  it("unite their maps and keep the place of a key that both have", () => {
    const { root } = merged("networks: { a: { internal: true } }", "networks: { b: , a: { driver: bridge } }");
    const networks = asMap(child(root, "networks"));
    expect([...(networks?.entries.keys() ?? [])]).toEqual(["a", "b"]);
    expect([...(asMap(child(networks, "a"))?.entries.keys() ?? [])]).toEqual(["internal", "driver"]);
    expect(networks?.entries.get("a")?.keyPlace.span).toEqual([12, 13]);
  });

  it("join their lists", () => {
    const { root } = merged("include: [one]", "include: [two]");
    const include = child(root, "include");
    expect(include?.kind === "list" && include.items.map(({ place }) => textOf(place))).toEqual(["one", "two"]);
  });

  it("let the later scalar win, and nothing lose to nothing", () => {
    const { root } = merged(
      "networks: { a: { driver: bridge, name: one } }",
      "networks: { a: { driver: macvlan, name: } }",
    );
    const network = child(child(root, "networks"), "a");
    expect([child(network, "driver"), child(network, "name")]).toMatchObject([{ value: "macvlan" }, { value: "one" }]);
  });

  it("may build a service in both forms of `build`", () => {
    const { refused } = merged("services: { a: { build: { context: . } } }", "services: { a: { build: dir } }");
    expect(refused).toEqual([]);
  });

  it.each([
    ["[one]", "{ two: 2 }"],
    ["{ one: 1 }", "[two]"],
  ])("may have labels %s under labels %s, in both forms", (base, override) => {
    expect(merged(`networks: { a: { labels: ${base} } }`, `networks: { a: { labels: ${override} } }`).refused).toEqual(
      [],
    );
  });

  it("may not put a text in place of a map", () => {
    expect(merged("networks: { a: { ipam: { driver: default } } }", "networks: { a: { ipam: none } }").refused).toEqual(
      ["cannot override networks.a.ipam"],
    );
  });

  it.each([
    ["2.40", "map"],
    ["2.26", "scalar"],
  ] as const)("may lay a pool that is nothing over another: Compose %s then has a %s there", (version, kind) => {
    const base = "networks: { a: { ipam: { config: [{ subnet: 10.5.0.0/24 }] } } }";
    const { root, refused } = merged(base, "networks: { a: { ipam: { config: [null] } } }", version);
    const config = child(child(child(child(root, "networks"), "a"), "ipam"), "config");
    expect(config?.kind === "list" && config.items.map((pool) => pool.kind)).toEqual([kind]);
    expect(refused).toEqual([]);
  });

  it("leave what they were made of as it was", () => {
    const base = rootOf(
      "networks: { a: { ipam: { config: [{ subnet: 10.1.0.0/24, aux_addresses: { h: 10.1.0.9 } }] } } }",
    );
    const before = JSON.stringify(base, replaceMaps);
    const override = rootOf(
      "networks: { a: { ipam: { config: [{ subnet: 10.1.0.0/24, aux_addresses: { h: 10.1.0.8 } }] } } }",
    );
    mergeDocuments(base, override, { version: "2.40", refuse: () => undefined });
    expect(JSON.stringify(base, replaceMaps)).toBe(before);
  });
});

describe("a service over the one that it extends", () => {
  it("keeps the networks of both", () => {
    const base = rootOf("image: app\nnetworks: [a]");
    const service = rootOf("networks: { b: { ipv4_address: 10.1.0.5 } }");
    const all = mergeServices("web", base, service, { version: "2.40", refuse: () => undefined });
    expect([...(asMap(child(all, "networks"))?.entries.keys() ?? [])]).toEqual(["a", "b"]);
  });

  it("can't repair networks that are nothing", () => {
    const refused: string[] = [];
    const context = { version: "2.40", refuse: (message: string) => refused.push(message) } as const;
    mergeServices("web", rootOf("networks:"), rootOf("networks: [a]"), context);
    expect(refused).toEqual(["services.web.networks must be a mapping"]);
  });
});

describe("a list of network names", () => {
  it("means a map of nothings; what is no name is passed over", () => {
    const networks = child(rootOf("networks: [a, 1, b]"), "networks");
    expect(networks && [...namesAsMap(networks).entries.keys()]).toEqual(["a", "b"]);
  });
});

function replaceMaps(key: string, value: unknown): unknown {
  if (key === "place" || key === "keyPlace") return undefined;
  return value instanceof Map ? [...value] : value;
}
