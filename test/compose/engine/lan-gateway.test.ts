import { describe, expect, it } from "vitest";
import { faultsOfLanGateways } from "../../../src/compose/engine/lan-gateway.js";
import { networkIn, projectOf } from "../said.js";

/** What engines from 29 on do to the containers, and the address that older ones took for the router's. */
function saidOf(service: string, network: string): string {
  const text = `services:\n  a: {image: i, networks: ${service}}\nnetworks:\n  y: {}\n  x: ${network}\n`;
  const faults = faultsOfLanGateways(networkIn(projectOf(text), "x"));
  return faults
    .map(({ kind, effect, engines, values }) => {
      const { effects = "", gateway = "" } = values;
      return `${kind} ${effect} from ${engines.from ?? "all"}: ${effects}; router: ${gateway || "not known"}`;
    })
    .join(", ");
}

function lan(pool: string, more = "driver: macvlan, driver_opts: {parent: eth0}"): string {
  return `{${more}, ipam: {config: [${pool}]}}`;
}

const NO_ROUTE = "noLanGateway may fail from 29: sets no default route in its containers";
const GIVES = (address: string): string => `may give ${address} to a container, which is often the router's`;

describe("a network on a LAN without a gateway", () => {
  it.each([
    ["[x]", "{subnet: 192.168.7.0/24}", `${NO_ROUTE}, and ${GIVES("192.168.7.1")}; router: 192.168.7.1`],
    ["{x: {ipv4_address: 192.168.7.9}}", "{subnet: 192.168.7.0/24}", `${NO_ROUTE}; router: 192.168.7.1`],
    [
      "[x, y]",
      "{subnet: 192.168.7.0/24}",
      `noLanGateway may fail from 29: ${GIVES("192.168.7.1")}; router: 192.168.7.1`,
    ],
    ["{y: {}, x: {ipv4_address: 192.168.7.9}}", "{subnet: 192.168.7.0/24}", ""],
    ["[x]", "{subnet: 192.168.7.0/24, gateway: 192.168.7.254}", ""],
    ["[x]", "{subnet: 192.168.7.0/24, ip_range: 192.168.7.192/27}", `${NO_ROUTE}; router: not known`],
    [
      "[x]",
      "{subnet: 192.168.7.0/24, ip_range: 192.168.7.0/27}",
      `${NO_ROUTE}, and ${GIVES("192.168.7.1")}; router: 192.168.7.1`,
    ],
    ["[x]", "{subnet: 192.168.7.0/24, aux_addresses: {nas: 192.168.7.1}}", `${NO_ROUTE}; router: not known`],
    ["[x, y]", "{subnet: 192.168.7.0/24, ip_range: 192.168.7.192/27}", ""],
    ["[x]", "{subnet: '${LAN}'}", ""],
  ])("joined as %s, with %s: %s", (service, pool, said) => {
    expect(saidOf(service, lan(pool))).toBe(said);
  });

  it.each([
    ["an ipvlan in the mode l2", "driver: ipvlan, driver_opts: {parent: eth0}", true],
    [
      "an ipvlan in the mode l3, whose default route needs none",
      "driver: ipvlan, driver_opts: {parent: eth0, ipvlan_mode: l3}",
      false,
    ],
    ["a macvlan without a parent, which is cut off", "driver: macvlan", false],
    ["an internal macvlan", "driver: macvlan, internal: true, driver_opts: {parent: eth0}", false],
    ["a bridge, which is the gateway itself", "driver: bridge", false],
    ["a plugin", "driver: weave, driver_opts: {parent: eth0}", false],
  ])("%s", (_, driver, isReported) => {
    expect(saidOf("[x]", lan("{subnet: 192.168.7.0/24}", driver)).startsWith(NO_ROUTE)).toBe(isReported);
  });

  it("of both families is reported for each that is on", () => {
    const pools = "{subnet: 192.168.7.0/24, gateway: 192.168.7.1}, {subnet: 'fd00:7::/64'}";
    const driver = "enable_ipv6: true, driver: macvlan, driver_opts: {parent: eth0}";
    expect(saidOf("[x]", lan(pools, driver))).toBe(`${NO_ROUTE}, and ${GIVES("fd00:7::1")}; router: fd00:7::1`);
  });

  it("has no say where no container is made", () => {
    const text =
      "services:\n  a: {image: i, scale: 0, networks: [x]}\nnetworks:\n  x: {driver: macvlan, driver_opts: {parent: eth0}, ipam: {config: [{subnet: 192.168.7.0/24}]}}\n";
    expect(faultsOfLanGateways(networkIn(projectOf(text), "x"))).toEqual([]);
  });
});
