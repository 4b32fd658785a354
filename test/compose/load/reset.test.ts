import { describe, expect, it } from "vitest";

import { parseComposeFile } from "../../../src/compose/read/compose-file.js";
import { taggedPaths, withoutResets } from "../../../src/compose/load/reset.js";
import { asList, asMap, child, type MapValue } from "../../../src/compose/read/value.js";
import { withoutPaths } from "../../../src/compose/read/written.js";

function rootOf(text: string): MapValue {
  const parsed = parseComposeFile("/compose.yaml", text);
  const [document] = parsed.ok ? parsed.file.documents : [];
  if (!document) throw new Error(`no map: ${text}`);
  return document.root;
}

function keysAt(root: MapValue, ...path: string[]): string[] {
  const map = path.reduce<ReturnType<typeof child>>(child, root);
  return [...(asMap(map)?.entries.keys() ?? [])];
}

describe("tagged paths", () => {
  it("are those of `!reset` and `!override`, from the root down", () => {
    const root = rootOf(
      "networks: { a: !reset null, b: { ipam: !override {} } }\nservices: { c: { networks: !reset [] } }",
    );
    expect(taggedPaths(root)).toEqual([
      ["networks", "a"],
      ["networks", "b", "ipam"],
      ["services", "c", "networks"],
    ]);
  });

  it("end at `!override`: Compose looks no further down", () => {
    expect(taggedPaths(rootOf("networks: { a: !override { ipam: !reset null } }"))).toEqual([["networks", "a"]]);
  });

  it("are none inside of lists", () => {
    expect(taggedPaths(rootOf("networks: { a: { ipam: { config: [!reset null] } } }"))).toEqual([]);
  });

  it("are none where a merge key brings a reset in", () => {
    expect(taggedPaths(rootOf("x: &x { ipam: !reset null }\nnetworks: { a: { <<: *x } }"))).toEqual([]);
  });
});

describe("a document without its resets", () => {
  it("keeps what has `!override`", () => {
    const root = withoutResets(rootOf("networks: { a: !reset null, b: !override { driver: bridge } }"));
    expect(keysAt(root, "networks")).toEqual(["b"]);
  });

  it("keeps a reset below `!override` as a text, unless an alias brings it there", () => {
    const root = withoutResets(
      rootOf("x: &x { driver: !reset null }\nnetworks: { a: !override { name: !reset null, ipam: *x } }"),
    );
    expect(keysAt(root, "networks", "a")).toEqual(["name", "ipam"]);
    expect(keysAt(root, "networks", "a", "ipam")).toEqual([]);
  });

  it("lacks the items of lists that were reset, and what was reset in them", () => {
    const root = withoutResets(
      rootOf("networks: { a: { ipam: { config: [!reset null, { subnet: A, gateway: !reset null }] } } }"),
    );
    const config = asList(child(child(child(child(root, "networks"), "a"), "ipam"), "config"));
    expect(config?.items.map((item) => [...(asMap(item)?.entries.keys() ?? [])])).toEqual([["subnet"]]);
  });

  it("is the same value when nothing was reset", () => {
    const root = rootOf("networks: { a: { ipam: { config: [{ subnet: A }] } } }");
    expect(withoutResets(root)).toBe(root);
  });
});

describe("a document without some paths", () => {
  it("lacks them, and is as it was where they lead nowhere", () => {
    const root = rootOf("networks: { a: { ipam: {}, driver: bridge }, b: }");
    const rest = withoutPaths(root, [
      ["networks", "a", "ipam"],
      ["networks", "b"],
      ["volumes", "v"],
      ["networks", "a", "driver", "x"],
    ]);
    expect(keysAt(rest, "networks")).toEqual(["a"]);
    expect(keysAt(rest, "networks", "a")).toEqual(["driver"]);
    expect(keysAt(root, "networks")).toEqual(["a", "b"]);
  });

  it("stays whole for the path of the root", () => {
    const root = rootOf("networks: { a: }");
    expect(withoutPaths(root, [[]])).toBe(root);
  });
});
