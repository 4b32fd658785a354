import { describe, expect, it } from "vitest";
import { enginesSayOfAddresses } from "./engine-says.js";

const POOL = "{ipam: {config: [{subnet: 10.7.0.0/24}]}}";

/** One service with an address on a network. */
function asking(address: string, network = POOL): string {
  return `services:\n  a: {image: i, networks: {x: {ipv4_address: ${address}}}}\nnetworks:\n  x: ${network}\n`;
}

describe("an address", () => {
  it.each([
    ["10.7.0.9", "takes it"],
    ["''", "takes it"],
    ["'${ADDRESS:-}'", "takes it"],
    ["$ADDRESS", "takes it"],
    ["10.7.0.$HOST", "takes it"],
    ["'10.7.0.${HOST:-9}'", "takes it"],
    ["'10.7.0.${HOST:-0}'", "refuses reserved of '10.7.0.${HOST:-0}'"],
    ["10.7.0.256", "refuses malformed of 10.7.0.256"],
    ["'fd00::9'", "refuses malformed of 'fd00::9'"],
    ["10.7.0.1", "refuses taken of 10.7.0.1"],
    ["10.7.0.255", "refuses reserved of 10.7.0.255"],
    ["10.8.0.9", "refuses outside of 10.8.0.9"],
  ])("%s", (address, said) => {
    expect(enginesSayOfAddresses(asking(address))).toBe(said);
  });

  it.each([
    ["whose subnet Docker chooses", "{}", "refuses automatic of 10.7.0.9"],
    ["without IPv4", "{enable_ipv4: false, enable_ipv6: true}", "refuses disabled of 10.7.0.9"],
    ["whose subnet is not known", "{ipam: {config: [{subnet: $S}]}}", "takes it"],
    ["that can't be made", "{driver: host}", "takes it"],
    ["of a plugin", "{ipam: {driver: dhcp, config: [{subnet: 10.8.0.0/24}]}}", "takes it"],
  ])("on a network %s", (_, network, said) => {
    expect(enginesSayOfAddresses(asking("10.7.0.9", network))).toBe(said);
  });

  it.each([
    [
      "of an isolated network",
      "internal: true, driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: isolated}, ",
      "takes it",
    ],
    ["of an internal network", "internal: true, ", "refuses taken of 10.7.0.1"],
    ["of a macvlan network", "driver: macvlan, ", "takes it"],
  ])("may be the first one %s", (_, fields, said) => {
    expect(enginesSayOfAddresses(asking("10.7.0.1", `{${fields}ipam: {config: [{subnet: 10.7.0.0/24}]}}`))).toBe(said);
  });

  it("lies in the range that others get addresses from", () => {
    const network = "{ipam: {config: [{subnet: 10.7.0.0/24, ip_range: 10.7.0.128/25}]}}";
    expect(enginesSayOfAddresses(asking("10.7.0.200", network))).toBe("may fail for dynamic of 10.7.0.200");
    expect(enginesSayOfAddresses(asking("10.7.0.128", network))).toBe("refuses taken of 10.7.0.128");
    expect(enginesSayOfAddresses(asking("10.7.0.1", network))).toBe("takes it");
  });
});

describe("the first address of a range", () => {
  it("may be taken by another service, where no gateway has it", () => {
    const isolated = "internal: true, driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: isolated}";
    const network = `{${isolated}, ipam: {config: [{subnet: 10.7.0.0/26, ip_range: 10.7.0.32/27}]}}`;
    const services = "  a: {image: i, networks: {x: {ipv4_address: 10.7.0.32}}}\n  b: {image: i, networks: [x]}\n";
    expect(enginesSayOfAddresses(`services:\n${services}networks:\n  x: ${network}\n`)).toContain(
      "may fail for mayBeTaken of 10.7.0.32",
    );
  });
});
