import { describe, expect, it } from "vitest";
import { lengthFor, tightestRoom } from "../../../src/compose/engine/capacity.js";
import { explicitSubnets } from "../../../src/compose/project/network.js";
import { networkIn, projectOf } from "../said.js";

/** The addresses that are left for containers which ask for none in particular. */
function addressesOn(network: string): bigint {
  const text = `services:\n  a: {image: i, networks: [x]}\nnetworks:\n  x: ${network}\n`;
  const own = networkIn(projectOf(text), "x");
  return tightestRoom(own, explicitSubnets(own)).addresses;
}

describe("the room on a network", () => {
  const ISOLATED = "internal: true, driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: isolated}, ";

  it.each([
    ["", "subnet: 10.7.0.0/29", 5n],
    ["", "subnet: 10.7.0.0/29, gateway: 10.7.0.4", 5n],
    ["", "subnet: 10.7.0.0/29, gateway: ''", 5n],
    ["", "subnet: 10.7.0.0/29, aux_addresses: {a: 10.7.0.4, b: 10.7.0.5}", 3n],
    ["", "subnet: 10.7.0.0/24, ip_range: 10.7.0.128/30", 3n],
    ["", "subnet: 10.7.0.0/24, ip_range: 10.7.0.128/30, gateway: 10.7.0.1", 4n],
    ["internal: true, ", "subnet: 10.7.0.0/29", 5n],
    [ISOLATED, "subnet: 10.7.0.0/29", 6n],
    [ISOLATED, "subnet: 10.7.0.0/29, gateway: 10.7.0.4", 5n],
    [ISOLATED.replace("ipv4", "ipv6"), "subnet: 10.7.0.0/29", 5n],
    [ISOLATED.replace("internal: true, ", ""), "subnet: 10.7.0.0/29", 5n],
    // A release that is still in use gives a macvlan no gateway.
    ["driver: macvlan, ", "subnet: 10.7.0.0/29", 6n],
  ])("%swith the pool %s", (fields, pool, addresses) => {
    expect(addressesOn(`{${fields}ipam: {config: [{${pool}}]}}`)).toBe(addresses);
  });
});

describe("the prefix that is long enough", () => {
  it.each([
    [5, 4, 29],
    [6, 4, 28],
    [13, 4, 28],
    [6, 6, 125],
    [7, 6, 124],
  ] as const)("for %i containers in IPv%i is /%i", (containers, family, length) => {
    expect(lengthFor(containers, family)).toBe(length);
  });
});
