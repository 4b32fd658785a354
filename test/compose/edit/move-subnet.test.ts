import { describe, expect, it } from "vitest";

import { moveSubnet, type Move } from "../../../src/compose/edit/move-subnet.js";
import type { Variables } from "../../../src/compose/read/interpolate.js";
import { positionAt, textOf } from "../../../src/kit/source.js";
import { applyEdits, expectOnlyAddresses, lines, obstacleIn, prefix, subnetsOf } from "./edits.js";
import { networkIn, readText } from "./read-text.js";

const OLD = "10.1.2.0/24";
const NEW = "10.20.30.0/24";

function attemptMove(text: string, to: string, variables?: Variables): Move {
  const read = readText(text, variables);
  const network = networkIn(read, "front");
  const { ipv4, ipv6 } = network;
  const addressing = prefix(to).address.family === 4 ? ipv4 : ipv6;
  const subnet = addressing.mode === "explicit" ? addressing.subnets[0] : undefined;
  if (!subnet) throw new Error("it has no subnet");
  return moveSubnet(read.project, network, subnet, prefix(to));
}

/** @returns the text with another subnet, once that is all that it says in another way than before. */
function move(before: string, to = NEW, variables?: Variables): string {
  const outcome = attemptMove(before, to, variables);
  expect(obstacleIn(outcome)).toBe("none");
  const after = outcome.ok ? applyEdits(before, outcome.edits) : before;
  expect(subnetsOf(networkIn(readText(after, variables), "front"))).toContain(to);
  expectOnlyAddresses(before, after, "front", variables);
  return after;
}

/** A file with a service on line 1 to 4 and a pool from line 5 to 9 that has more keys, then more lines. */
function file(subnet: string, pool: readonly string[] = [], below: readonly string[] = []): string {
  return lines(
    ...["services:", "  web:", "    image: nginx", "    networks: [front]"],
    ...["networks:", "  front:", "    ipam:", "      config:", `        - subnet: ${subnet} # chosen`],
    ...pool.map((key) => `          ${key}`),
    ...below,
  );
}

describe("moveSubnet", () => {
  it.each([
    ["a plain subnet", OLD, NEW],
    ["a subnet in double quotes", `"${OLD}"`, `"${NEW}"`],
    ["a subnet in single quotes", `'${OLD}'`, `'${NEW}'`],
    ["a variable's default", `\${FRONT:-${OLD}}`, `\${FRONT:-${NEW}}`],
    ["a variable's default in quotes", `"\${FRONT-${OLD}}"`, `"\${FRONT-${NEW}}"`],
    ["the default of a default", `\${FRONT:-\${NET:-${OLD}}}`, `\${FRONT:-\${NET:-${NEW}}}`],
    ["a subnet with an anchor that nobody uses", `&front ${OLD}`, `&front ${NEW}`],
    ["a subnet with host bits", "10.1.2.1/24", NEW],
  ])("writes another one in place of %s", (_name, written, after) => {
    expect(move(file(written))).toBe(file(after));
  });

  it("writes an IPv6 subnet in place of another", () => {
    const before = file("fd00:1:2:3::/64").replace("    ipam:", "    enable_ipv6: true\n    ipam:");
    expect(move(before, "fd12:3456::/64")).toBe(before.replace("fd00:1:2:3::/64", "fd12:3456::/64"));
  });

  it("writes into a text block", () => {
    expect(move(file(">-").replace("# chosen", `\n            ${OLD}`))).toBe(
      file(">-").replace("# chosen", `\n            ${NEW}`),
    );
  });

  it("writes into braces", () => {
    const before = `{"services":{"web":{"image":"nginx","networks":["front"]}},"networks":{"front":{"ipam":{"config":[{"subnet":"${OLD}"}]}}}}`;
    expect(move(before)).toBe(before.replace(OLD, NEW));
  });

  it("does not mind addresses of other subnets, versions and larger networks", () => {
    const below = ["x-no: [10.1.20.1, 110.1.2.3, 10.1.2.3.4, 10.1.0.0/16, 1.10.1.2, image:10.1.2]"];
    expect(move(file(OLD, [], below))).toBe(file(NEW, [], below));
  });
});

describe("moveSubnet moves along what hangs on the subnet", () => {
  it.each([
    ["a gateway", "gateway: 10.1.2.1", "gateway: 10.20.30.1"],
    ["a gateway in quotes", 'gateway: "10.1.2.254"', 'gateway: "10.20.30.254"'],
    ["the default of a gateway", "gateway: ${GATEWAY:-10.1.2.1}", "gateway: ${GATEWAY:-10.20.30.1}"],
    ["an ip_range", "ip_range: 10.1.2.128/25", "ip_range: 10.20.30.128/25"],
    ["the whole subnet as ip_range", "ip_range: 10.1.2.0/24", "ip_range: 10.20.30.0/24"],
    [
      "auxiliary addresses",
      "aux_addresses: { a: 10.1.2.9, b: 10.1.2.10 }",
      "aux_addresses: { a: 10.20.30.9, b: 10.20.30.10 }",
    ],
  ])("%s", (_name, before, after) => {
    expect(move(file(OLD, [before]))).toBe(file(NEW, [after]));
  });

  it("the static address of every service, and of no other network", () => {
    const services = (front: string, web: string, db: string): string =>
      lines(
        ...["services:", "  web:", "    image: nginx", "    networks:"],
        ...["      front:", `        ipv4_address: ${web} # for the proxy`, "      back: { ipv4_address: 10.1.2.7 }"],
        ...["  db:", "    image: postgres", `    networks: { front: { ipv4_address: "${db}" } }`],
        ...["networks:", `  front: { ipam: { config: [{ subnet: ${front} }] } }`],
        ...["  back: { ipam: { config: [{ subnet: 10.1.2.0/25 }] } }"],
      );
    expect(move(services(OLD, "10.1.2.7", "10.1.2.200"))).toBe(services(NEW, "10.20.30.7", "10.20.30.200"));
  });

  it("an IPv6 address, in its shortest form", () => {
    const of = (subnet: string, gateway: string, web: string): string =>
      file(subnet, [`gateway: "${gateway}"`])
        .replace("# chosen", "# IPv6")
        .replace("[front]", `{ front: { ipv6_address: "${web}" } }`)
        .replace("    ipam:", "    enable_ipv6: true\n    ipam:");
    expect(move(of("fd00:1:2:3::/64", "fd00:1:2:3::1", "fd00:1:2:3:0:0:0:a"), "fd12:3456::/64")).toBe(
      of("fd12:3456::/64", "fd12:3456::1", "fd12:3456::a"),
    );
  });

  it("only addresses of the pool that moves, where a network has two", () => {
    const of = (first: string, web: string): string =>
      file(first, [], ["        - subnet: 10.5.0.0/24", "          gateway: 10.5.0.1"])
        .replace("[front]", `{ front: { ipv4_address: ${web} } }`)
        .replace(
          "networks:\n  front:",
          "  db:\n    image: x\n    networks: { front: { ipv4_address: 10.5.0.9 } }\nnetworks:\n  front:",
        );
    expect(move(of(OLD, "10.1.2.7"))).toBe(of(NEW, "10.20.30.7"));
  });

  it("into a larger subnet, and into a smaller one that has room", () => {
    expect(move(file(OLD, ["gateway: 10.1.2.100"]), "10.64.0.0/16")).toBe(
      file("10.64.0.0/16", ["gateway: 10.64.0.100"]),
    );
    expect(move(file(OLD, ["gateway: 10.1.2.100"]), "10.64.0.0/25")).toBe(
      file("10.64.0.0/25", ["gateway: 10.64.0.100"]),
    );
  });
});

describe("moveSubnet edits a text that is shared", () => {
  it.each([
    ["an address with an alias", ["x-web: &web 10.1.2.7"], "*web", ["x-web: &web 10.20.30.7"]],
    ["an address with an alias in its own pool", [], "10.1.2.1", []],
  ])("where it is defined, when each user is meant: %s", (_name, above, web, moved) => {
    const of = (subnet: string, top: readonly string[], address: string): string =>
      lines(...top) + file(subnet).replace("[front]", `{ front: { ipv4_address: ${address} } }`);
    const after = web.startsWith("*") ? web : "10.20.30.1";
    expect(move(of(OLD, above, web))).toBe(of(NEW, moved, after));
  });

  it.each([
    ["the alias of a network", "networks: { front: *net }"],
    ["the merge of a network", "networks: { front: { <<: *net } }"],
    ["the alias of a pool", "networks: { front: { ipam: *net } }"],
  ])("behind %s", (name, networks) => {
    const of = (subnet: string): string => {
      const ipam = `{ config: [{ subnet: ${subnet} }] }`;
      return lines(
        ...["services:", "  web:", "    image: nginx", "    networks: [front]"],
        ...[`x-net: &net ${name.endsWith("pool") ? ipam : `{ ipam: ${ipam} }`}`, networks],
      );
    };
    expect(move(of(OLD))).toBe(of(NEW));
  });

  it("once, when the subnet is its own ip_range", () => {
    const before = file(`&front ${OLD}`, ["ip_range: *front"]);
    expect(move(before)).toBe(file(`&front ${NEW}`, ["ip_range: *front"]));
  });
});

describe("moveSubnet tells where the old addresses stay", () => {
  it.each([
    ["a host entry", 'x: { extra_hosts: ["db:10.1.2.7"] }', "10.1.2.7"],
    ["a URL with a port", "x: tcp://10.1.2.7:5432/", "10.1.2.7"],
    ["a port binding", "x: 10.1.2.1:80:80", "10.1.2.1"],
    ["a list of networks", "x: localhost,10.1.2.0/24", "10.1.2.0"],
    ["a comment", "# the printer is 10.1.2.200.", "10.1.2.200"],
  ])("in %s", (_name, line, mention) => {
    expect(mentionsIn(file(OLD, [], [line]), NEW)).toEqual([`10:${line.indexOf(mention) + 1}: ${mention}`]);
    expect(move(file(OLD, [], [line]))).toBe(file(NEW, [], [line]));
  });

  it.each([
    ["a host entry", 'x: { extra_hosts: ["db:[fd00:1::7]"] }', "fd00:1::7"],
    ["a URL with a port", "x: tcp://[fd00:1:0:0::7]:5432/", "fd00:1:0:0::7"],
    ["a list", "x: localhost,FD00:1::1", "FD00:1::1"],
  ])("in %s with IPv6", (_name, line, mention) => {
    const before = file("fd00:1::/64", [], [line]).replace("# chosen", "\n    enable_ipv6: true");
    expect(mentionsIn(before, "fd12:3456::/64")).toEqual([`11:${line.indexOf(mention) + 1}: ${mention}`]);
  });

  it("but not where a service or a pool of another network has one", () => {
    const below = [
      "  back:",
      "    ipam:",
      "      config:",
      "        - subnet: 10.1.2.0/25",
      "          gateway: 10.1.2.3",
    ];
    const before = file(OLD, [], below).replace("[front]", "{ front: {}, back: { ipv4_address: 10.1.2.7 } }");
    expect(mentionsIn(before, NEW)).toEqual([]);
  });
});

describe("moveSubnet leaves a subnet alone", () => {
  it.each([
    ["has no value here", ["gateway: ${GATEWAY}"], "10:20: of its gateway, $GATEWAY has no value here and no default"],
    ["is no address", ["gateway: first"], "10:20: its gateway can't be read"],
    ["is no range", ["ip_range: 10.1.2.128"], "10:21: its ip_range can't be read"],
    ["lies outside", ["gateway: 10.1.3.1"], "10:20: its gateway lies outside of it"],
    [
      "has an address that is no text",
      ["aux_addresses: { router: 1.5 }"],
      `10:36: its auxiliary address "router" can't be read`,
    ],
  ])("whose pool has a field that %s", (_name, pool, because) => {
    expect(obstacleIn(attemptMove(file(OLD, pool), NEW))).toBe(because);
  });

  it.each([
    ["gateway", "gateway: 10.1.2.128", "gateway", "10:20"],
    ["gateway on its last address", "gateway: 10.1.2.127", "gateway", "10:20"],
    ["ip_range", "ip_range: 10.1.2.128/26", "ip_range", "10:21"],
    ["range that is too long", "ip_range: 10.1.2.192/26", "ip_range", "10:21"],
  ])("that has a %s for which the new one is too small", (_name, key, role, place) => {
    expect(obstacleIn(attemptMove(file(OLD, [key]), "10.20.30.0/25"))).toBe(
      `${place}: 10.20.30.0/25 is too small to keep its ${role} where it is in the subnet`,
    );
  });

  it.each([
    ["the same subnet again", OLD],
    ["a part of it", "10.1.2.128/25"],
    ["a subnet that it is a part of", "10.1.0.0/16"],
  ])("whose network has %s: its addresses may belong to either", (_name, other) => {
    const before = file(OLD, [], [`        - subnet: ${other}`]);
    expect(obstacleIn(attemptMove(before, NEW))).toBe("10:19: two subnets of the network overlap");
  });

  it("when it can't be told where a service has its address", () => {
    const before = file(OLD).replace("[front]", '{ front: { ipv4_address: "${WEB_ADDRESS}" } }');
    const because = '4:40: of its address of service "web", $WEB_ADDRESS has no value here and no default';
    expect(obstacleIn(attemptMove(before, NEW))).toBe(because);
  });

  it.each([
    [
      "another network",
      [`x-net: &net { ipam: { config: [{ subnet: ${OLD} }] } }`, "networks: { front: *net, back: *net }"],
    ],
    [
      "a key that Compose does not know",
      [`x-net: &net { ipam: { config: [{ subnet: ${OLD} }] } }`, "networks: { front: *net }", "x-other: *net"],
    ],
    [
      "a merged map in an extension",
      [
        `x-net: &net { ipam: { config: [{ subnet: &sub ${OLD} }] } }`,
        "networks: { front: *net }",
        "x-other: { a: *sub }",
      ],
    ],
  ])("whose text is shared with %s", (_name, networks) => {
    const before = lines(...["services:", "  web:", "    image: nginx", "    networks: [front]"], ...networks);
    expect(obstacleIn(attemptMove(before, NEW))).toMatch(/an anchor shares its text with|which other places share/);
  });

  it("whose anchor another place uses", () => {
    const before = file(`&front ${OLD}`, [], ["x-copy: *front"]);
    expect(obstacleIn(attemptMove(before, NEW))).toBe("10:9: its text has the anchor &front, which other places share");
  });

  it("whose text is the variable of a service", () => {
    const before = file("*net").replace("    networks:", `    environment:\n      NET: &net ${OLD}\n    networks:`);
    expect(obstacleIn(attemptMove(before, NEW))).toBe("5:17: its text is written where it has another use");
  });

  it("that is made up of several variables", () => {
    expect(obstacleIn(attemptMove(file("${A:-10.1.2}.0/24"), NEW))).toBe(
      "9:19: it is not written in one piece: variables or escapes make it up",
    );
  });

  it("that stands in two variables", () => {
    const because = "9:19: it is not written in one piece: variables or escapes make it up";
    expect(obstacleIn(attemptMove(file(`\${A:-${OLD}}\${B:+${OLD}}`), NEW))).toBe(because);
  });

  it("that a variable with a value gives, even the same as its default", () => {
    const variables = new Map([["FRONT", OLD]]);
    const because = "9:19: the variable $FRONT has a value that stands elsewhere";
    expect(obstacleIn(attemptMove(file(`\${FRONT:-${OLD}}`), NEW, variables))).toBe(because);
  });
});

/** `10:3: 10.1.2.7` */
function mentionsIn(text: string, to: string): string[] {
  const outcome = attemptMove(text, to);
  expect(obstacleIn(outcome)).toBe("none");
  return (outcome.ok ? outcome.mentions : []).map((place) => {
    const { line, column } = positionAt(place.source, place.span[0]);
    return `${line}:${column}: ${textOf(place)}`;
  });
}
