import { describe, expect, it } from "vitest";

import type { EditOutcome } from "../../../src/compose/edit/edit.js";
import { moveSubnet } from "../../../src/compose/edit/move-subnet.js";
import type { Variables } from "../../../src/compose/interpolate.js";
import { applyEdits, expectOnlySubnets, lines, obstacleIn, prefix, subnetsOf } from "./edits.js";
import { networkIn, readText } from "./read-text.js";

const OLD = "10.1.2.0/24";
const NEW = "10.20.30.0/24";

function attemptMove(text: string, to: string, variables?: Variables): EditOutcome {
  const network = networkIn(readText(text, variables), "front");
  const { ipv4, ipv6 } = network;
  const addressing = prefix(to).address.family === 4 ? ipv4 : ipv6;
  const subnet = addressing.mode === "explicit" ? addressing.subnets[0] : undefined;
  if (!subnet) throw new Error("it has no subnet");
  return moveSubnet(network, subnet, prefix(to));
}

/** @returns the text with another subnet, once that is all that it says in another way than before. */
function move(before: string, to = NEW, variables?: Variables): string {
  const outcome = attemptMove(before, to, variables);
  expect(obstacleIn(outcome)).toBe("none");
  const after = outcome.ok ? applyEdits(before, outcome.edits) : before;
  expect(subnetsOf(networkIn(readText(after, variables), "front"))).toContain(to);
  expectOnlySubnets(before, after, ["front"]);
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

describe("moveSubnet leaves a subnet alone", () => {
  it.each([
    ["gateway", "gateway: 10.1.2.1", "10:20: 10.1.2.1 hangs on it"],
    ["gateway in a variable", "gateway: ${GATEWAY}", "10:20: ${GATEWAY} hangs on it"],
    ["ip_range", "ip_range: 10.1.2.128/25", "10:21: 10.1.2.128/25 hangs on it"],
    ["auxiliary address", "aux_addresses: { router: 10.1.2.9 }", "10:36: 10.1.2.9 hangs on it"],
  ])("when its pool has a %s", (_name, key, because) => {
    expect(obstacleIn(attemptMove(file(OLD, [key]), NEW))).toBe(because);
  });

  it.each(["10.1.2.7", '"${WEB_ADDRESS}"'])("when a service has the static address %s", (address) => {
    const before = file(OLD).replace("[front]", `{ front: { ipv4_address: ${address} } }`);
    expect(obstacleIn(attemptMove(before, NEW))).toBe(`4:40: ${address} hangs on it`);
  });

  it.each([
    ["a host entry", 'x: { extra_hosts: ["db:10.1.2.7"] }', "10.1.2.7"],
    ["a URL with a port", "x: tcp://10.1.2.7:5432/", "10.1.2.7"],
    ["a port binding", "x: 10.1.2.1:80:80", "10.1.2.1"],
    ["a list of networks", "x: localhost,10.1.2.0/24", "10.1.2.0"],
    ["a comment", "# the printer is 10.1.2.200.", "10.1.2.200"],
  ])("when %s names one of its addresses", (_name, line, mention) => {
    expect(obstacleIn(attemptMove(file(OLD, [], [line]), NEW))).toBe(
      `10:${line.indexOf(mention) + 1}: ${mention} hangs on it`,
    );
  });

  it.each([
    ["a host entry", 'x: { extra_hosts: ["db:[fd00:1::7]"] }', "fd00:1::7"],
    ["a URL with a port", "x: tcp://[fd00:1:0:0::7]:5432/", "fd00:1:0:0::7"],
    ["a list", "x: localhost,FD00:1::1", "FD00:1::1"],
  ])("when %s names one of its IPv6 addresses", (_name, line, mention) => {
    const before = file("fd00:1::/64", [], [line]).replace("# chosen", "\n    enable_ipv6: true");
    const because = `11:${line.indexOf(mention) + 1}: ${mention} hangs on it`;
    expect(obstacleIn(attemptMove(before, "fd12:3456::/64"))).toBe(because);
  });

  it.each([
    ["the alias of a network", ["networks: { front: *net }"], "6:20: the alias *net stands for it"],
    ["the merge of a network", ["networks: { front: { <<: *net } }"], "6:26: the merge key <<: *net brings it in"],
  ])("behind %s", (_name, networks, because) => {
    const before = lines(
      ...["services:", "  web:", "    image: nginx", "    networks: [front]"],
      ...[`x-net: &net { ipam: { config: [{ subnet: ${OLD} }] } }`, ...networks],
    );
    expect(obstacleIn(attemptMove(before, NEW))).toBe(because);
  });

  it("whose anchor another place uses", () => {
    const before = file(`&front ${OLD}`, [], ["x-copy: *front"]);
    expect(obstacleIn(attemptMove(before, NEW))).toBe("9:26: its text has the anchor &front, which other places share");
  });

  it("that is made up of several variables", () => {
    expect(obstacleIn(attemptMove(file("${A:-10.1.2}.0/24"), NEW))).toBe("9:19: it is not written in one piece");
  });

  it("that stands in two variables", () => {
    const because = "9:19: it is not written in one piece";
    expect(obstacleIn(attemptMove(file(`\${A:-${OLD}}\${B:+${OLD}}`), NEW))).toBe(because);
  });

  it("that a variable with a value gives, even the same as its default", () => {
    const variables = new Map([["FRONT", OLD]]);
    const because = "9:19: the variable $FRONT has a value that stands elsewhere";
    expect(obstacleIn(attemptMove(file(`\${FRONT:-${OLD}}`), NEW, variables))).toBe(because);
  });
});
