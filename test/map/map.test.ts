import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";

import { addressMap } from "../../src/map/address-map.js";
import { cellsOf } from "../../src/map/cells.js";
import { collisionIndex } from "../../src/map/collisions.js";
import { mapAsHtml } from "../../src/map/html.js";
import { extentIn } from "../../src/map/lane-svg.js";
import { coverOf, lanesOf } from "../../src/map/lanes.js";
import { networksInList } from "../../src/map/read-list.js";
import { mapAsSvg } from "../../src/map/svg.js";
import { describeCollisions, describeRoom } from "../../src/map/words.js";
import { formatPrefix, rangeOf } from "../../src/ipam/prefix.js";
import { formatRange } from "../../src/ipam/range.js";
import { prefix } from "../host/host-with.js";
import { item, mapOf } from "./items.js";

const blocks = (...texts: readonly string[]): string[] =>
  lanesOf(mapOf(...texts)).map(({ block, isZoomed }) => `${isZoomed ? "  " : ""}${formatPrefix(block)}`);

describe("lanes", () => {
  it.each([
    ["the private block that holds it", ["explicit a 10.1.0.0/24"], ["10.0.0.0/8"]],
    [
      "one for each private block",
      ["explicit a 172.18.0.0/16", "explicit b 192.168.7.0/24"],
      ["172.16.0.0/12", "192.168.0.0/16"],
    ],
    ["the /8 of a public address", ["explicit a 8.8.8.0/24"], ["8.0.0.0/8"]],
    ["the /48 of a site of IPv6, never all of fc00::/7", ["explicit a fd12:3456:789a:7::/64"], ["fd12:3456:789a::/48"]],
    [
      "what is wider than all of them",
      ["forbidden all 0.0.0.0/0", "explicit a 10.1.0.0/24"],
      ["0.0.0.0/0", "  10.1.0.0/22"],
    ],
    ["the pool, enlarged", ["pool p 10.201.0.0/16", "explicit a 10.201.3.0/24"], ["10.0.0.0/8", "  10.201.0.0/16"]],
    ["no pool that fills its block", ["pool p 10.0.0.0/9"], ["10.0.0.0/8"]],
    [
      "networks that crowd, with some room around",
      ["explicit a 10.1.4.0/24", "explicit b 10.1.6.0/24"],
      ["10.0.0.0/8", "  10.1.0.0/20"],
    ],
    [
      "a network that is forbidden",
      ["explicit a 10.1.4.0/24", "forbidden f 10.1.4.0/26"],
      ["10.0.0.0/8", "  10.1.4.0/22"],
    ],
    [
      "no second lane for what one shows already",
      ["pool p 10.201.0.0/16", "explicit a 10.201.3.0/24", "explicit b 10.201.200.0/24"],
      ["10.0.0.0/8", "  10.201.0.0/16"],
    ],
  ])("are %s", (_, texts, expected) => {
    expect(blocks(...texts)).toEqual(expected);
  });

  it("hold every network at least once", () => {
    const texts = Array.from(
      { length: 300 },
      (_, index) => `explicit n${index} 10.${index % 256}.${(index * 7) % 256}.0/24`,
    );
    const drawn = new Set(lanesOf(mapOf(...texts)).flatMap(({ items }) => items.map(({ name }) => name)));
    expect(drawn.size).toBe(300);
  });

  it("cover what they must, and no more", () => {
    const covers = (...cidrs: string[]): string => formatPrefix(coverOf(cidrs.map((cidr) => rangeOf(prefix(cidr)))));
    expect(covers("10.0.0.0/24", "10.0.1.0/24")).toBe("10.0.0.0/23");
    expect(covers("10.0.1.0/24", "10.0.2.0/24")).toBe("10.0.0.0/22");
    expect(covers("10.0.0.7/32")).toBe("10.0.0.7/32");
    expect(covers("::/128", "8000::/128")).toBe("::/0");
  });
});

describe("cells", () => {
  it("show the worst that lies in them", () => {
    const map = mapOf(
      "explicit a 10.0.0.0/10",
      "forbidden f 10.32.0.0/11",
      "pool p 10.128.0.0/9",
      "candidate c 10.192.0.0/10",
    );
    const [lane] = lanesOf(map);
    if (!lane) throw new Error("no lane");
    expect(cellsOf(lane, 8, collisionIndex(map))).toEqual([
      "explicit",
      "collision",
      "free",
      "free",
      "pool",
      "pool",
      "pool",
      "pool",
    ]);
  });
});

describe("collisions", () => {
  it("are between networks, and with forbidden ranges", () => {
    const map = mapOf(
      "explicit a 10.0.0.0/16",
      "explicit b 10.0.7.0/24",
      "forbidden office 10.0.0.0/24",
      "pool p 10.0.0.0/8",
    );
    expect(map.networks.map((network) => `${network.name} ${describeCollisions(network)}`)).toEqual([
      'a overlaps the forbidden range "office" (10.0.0.0/24), network "b" (10.0.7.0/24)',
      'b overlaps network "a" (10.0.0.0/16)',
    ]);
  });

  it("are none between one network in two files, or for a network of the LAN", () => {
    const lan = item("explicit lan 192.168.0.0/24", { isOfLan: true });
    const map = addressMap(
      [item("explicit a 10.0.0.0/16"), item("host a 10.0.0.0/16"), lan, item("forbidden f 192.168.0.0/24")],
      [],
    );
    expect(map.networks.flatMap(({ collisions }) => collisions)).toEqual([]);
  });
});

describe("free space", () => {
  it("is told by size", () => {
    const { rooms } = mapOf("pool p 10.201.0.0/16", "explicit a 10.201.0.0/24", "forbidden f 10.201.128.0/17");
    expect(rooms.map(describeRoom)).toEqual([
      "10.201.0.0/16: the largest free block is 10.201.64.0/18; free: 1 × /18, 1 × /19, 1 × /20, 1 × /21, 1 × /22, 1 × /23, 1 × /24",
    ]);
  });

  it("may be none", () => {
    expect(mapOf("pool p 10.201.0.0/16", "explicit a 10.0.0.0/8").rooms.map(describeRoom)).toEqual([
      "10.201.0.0/16: nothing is free",
    ]);
  });
});

describe("a picture", () => {
  it("places ranges exactly, also in blocks of IPv6", () => {
    const within = (range: string, whole: string): readonly number[] =>
      extentIn(rangeOf(prefix(range)), rangeOf(prefix(whole)));
    expect(within("10.64.0.0/10", "10.0.0.0/8")).toEqual([250, 250]);
    expect(within("0.0.0.0/0", "10.0.0.0/8")).toEqual([0, 1000]);
    expect(within("fd00:0:0:8000::/49", "fd00::/48")).toEqual([500, 500]);
  });

  const NASTY = item(`explicit x 10.0.0.0/24`, {
    name: `</script><img src=x onerror="a('b')">&\u0007\u202e`,
    place: `"><b>`,
  });

  it("is an XML document, whatever names hold", () => {
    const svg = mapAsSvg(addressMap([NASTY, item("forbidden f 10.0.0.0/8")], []));
    const faults: string[] = [];
    const document = new DOMParser({ onError: (_level, message) => faults.push(message) }).parseFromString(
      svg,
      "image/svg+xml",
    );
    expect(faults).toEqual([]);
    expect(document.getElementsByTagName("img").length).toBe(0);
    expect(document.getElementsByTagName("rect").length).toBeGreaterThan(2);
    expect(svg).toContain("✗ ");
  });

  it("is a page of one file that asks nobody for anything", () => {
    const html = mapAsHtml(addressMap([NASTY], [{ name: "<i>auto</i>", place: undefined }]));
    const tags = html.replace(/<script>[^]*<\/script>/, "").replace(/"[^"]*"/g, '""');
    expect(tags).not.toMatch(/<img|<i>|<b>|<[^>]*\son\w+=|javascript:/);
    expect(html.match(/https?:[^"'<\s]*/g) ?? []).toEqual([]);
    expect(html).toContain("default-src 'none'");
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html).toContain("&lt;/script&gt;&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;\\u0007\\u202e");
  });
});

describe("the output of list", () => {
  const network = (about: object): unknown => ({
    key: "front",
    name: "shop_front",
    driver: "bridge",
    created: true,
    external: false,
    ipv4: { mode: "explicit", subnets: ["10.1.0.0/24"], locations: [{ file: "compose.yaml", line: 9, column: 19 }] },
    ipv6: { mode: "disabled", subnets: [], locations: [] },
    location: { file: "compose.yaml", line: 7, column: 3 },
    ...about,
  });
  const list = (...networks: unknown[]): unknown => ({ version: 1, projects: [{ name: "shop", networks }] });

  it.each([
    ["an explicit subnet", {}, ["explicit repo: shop_front 10.1.0.0/24 repo: compose.yaml:9:19"], []],
    [
      "a planned one",
      { ipv4: { mode: "automatic", planned: "10.2.0.0/24" } },
      ["planned repo: shop_front 10.2.0.0/24 repo: compose.yaml:7:3"],
      [],
    ],
    [
      "one that Docker picks",
      { ipv4: { mode: "automatic", planned: null } },
      [],
      ["repo: shop_front repo: compose.yaml:7:3"],
    ],
    ["nothing of an external network", { external: true }, [], []],
    ["nothing of one that is not created", { created: false }, [], []],
  ])("has %s", (_, about, items, automatic) => {
    const found = networksInList(list(network(about)), "repo");
    expect(
      found?.items.map(({ kind, name, range, place }) => `${kind} ${name} ${formatRange(range)} ${place ?? ""}`),
    ).toEqual(items);
    expect(found?.automatic.map(({ name, place }) => `${name} ${place ?? ""}`)).toEqual(automatic);
  });

  it.each([{}, [], null, { version: 2, projects: [] }, "x"])("is not %j", (json) => {
    expect(networksInList(json)).toBeUndefined();
  });
});
