import { describe, expect, it } from "vitest";
import { enginesSay } from "./engine-says.js";

function pools(...entries: readonly string[]): string {
  return `{ipam: {config: [${entries.join(", ")}]}}`;
}

const V6 = "enable_ipv6: true, ipam: {config: ";

describe("a subnet", () => {
  it.each([
    ["{subnet: 10.7.0.0/24}", "takes it"],
    ["{subnet: 10.7.0.5/24}", "before 25: takes it; from 25: refuses hostBits of 10.7.0.5/24"],
    ["{subnet: 10.7.0.0}", "refuses malformedSubnet of 10.7.0.0"],
    ["{subnet: 10.7.0.0/33}", "refuses malformedSubnet of 10.7.0.0/33"],
    ["{subnet: '10.7.0.0/24 '}", "refuses malformedSubnet of '10.7.0.0/24 '"],
    ["{}", "before 29: refuses emptyPool of {}; from 29: takes it"],
    ["{subnet: ''}", "before 29: refuses emptyPool of ''; from 29: takes it"],
    ["{subnet: 0.0.0.0/24}", "before 29: refuses unstartable of 0.0.0.0/24; from 29: takes it"],
    ["{subnet: 0.0.0.0/0}", "before 29: refuses unusableSubnet of 0.0.0.0/0; from 29: takes it"],
    ["{subnet: 10.7.0.0/31}", "before 23: refuses noRoom of {subnet: 10.7.0.0/31}; from 23: takes it"],
    ["{subnet: '${UNSET}'}", "takes it"],
    ["{subnet: '${S:-10.7.0.0/40}'}", "refuses malformedSubnet of '${S:-10.7.0.0/40}'"],
  ])("in the pool %s", (pool, said) => {
    expect(enginesSay(pools(pool))).toBe(said);
  });

  it("of IPv6 is not looked at without IPv6, but has no effect", () => {
    expect(enginesSay(pools("{subnet: 'fd00:7::5/64'}"))).toBe("ignores disabledFamily of 'fd00:7::5/64'");
  });

  it.each([
    ["[{subnet: 'fd00:7::/64'}]", "takes it"],
    ["[{subnet: 'fd00:7::5/64'}]", "before 25: takes it; from 25: refuses hostBits of 'fd00:7::5/64'"],
    ["[{subnet: 'fe80::/64'}]", "takes it"],
    ["[{subnet: 'fe80::/60'}]", "refuses unusableSubnet of 'fe80::/60'"],
    ["[{subnet: 'ff02::/64'}]", "refuses unusableSubnet of 'ff02::/64'"],
    ["[{subnet: 'fd00:7::1/128'}]", "refuses noRoom of {subnet: 'fd00:7::1/128'}"],
  ])("of a network with IPv6: %s", (config, said) => {
    expect(enginesSay(`{${V6}${config}}}`)).toBe(said);
  });

  it.each([
    [["{subnet: 10.7.0.0/24}", "{subnet: 10.8.0.0/24}"], "refuses severalSubnets of 10.8.0.0/24"],
    [["{subnet: 10.7.0.0/24}", "{subnet: 10.7.0.0/25}"], "refuses overlappingPools of 10.7.0.0/25"],
    [["{subnet: 10.7.0.0/24}", "{subnet: '${UNSET}'}"], "takes it"],
  ])("that is one of several: %s", (entries, said) => {
    expect(enginesSay(pools(...entries))).toBe(said);
  });

  it("may be one of several where the network is no bridge", () => {
    expect(enginesSay("{driver: macvlan, ipam: {config: [{subnet: 10.7.0.0/24}, {subnet: 10.8.0.0/24}]}}")).toBe(
      "takes it",
    );
  });
});

describe("what stands beside a subnet", () => {
  const beside = (fields: string): string => enginesSay(pools(`{subnet: 10.7.0.0/24, ${fields}}`));

  it.each([
    ["gateway: 10.7.0.9", "takes it"],
    ["gateway: ''", "takes it"],
    ["gateway: '${UNSET}'", "takes it"],
    ["gateway: 10.7.0", "refuses malformedAddress of 10.7.0"],
    ["gateway: 10.7.0.1/24", "refuses malformedAddress of 10.7.0.1/24"],
    ["gateway: 10.8.0.1", "refuses outside of 10.8.0.1"],
    ["gateway: 'fd00::1'", "refuses otherFamily of 'fd00::1'"],
    ["gateway: '::ffff:10.7.0.1'", "before 25: takes it; from 25: refuses otherFamily of '::ffff:10.7.0.1'"],
    ["gateway: 10.7.0.0", "refuses reserved of 10.7.0.0"],
    ["gateway: 10.7.0.255", "refuses reserved of 10.7.0.255"],
    ["ip_range: 10.7.0.128/25", "takes it"],
    ["ip_range: ''", "takes it"],
    ["ip_range: 10.7.0.129/25", "before 25: takes it; from 25: refuses hostBits of 10.7.0.129/25"],
    ["ip_range: 10.7.0.0/16", "before 25: takes it; from 25: refuses rangeTooLarge of 10.7.0.0/16"],
    ["ip_range: 10.8.0.0/25", "before 25: takes it; from 25: refuses outside of 10.8.0.0/25"],
    ["ip_range: 10.7.0.5", "refuses malformedRange of 10.7.0.5"],
    ["aux_addresses: {a: 10.7.0.1}", "refuses taken of 10.7.0.1"],
    ["aux_addresses: {a: 10.7.0.9, b: 10.7.0.9}", "refuses taken of 10.7.0.9"],
    ["aux_addresses: {a: ''}", "refuses malformedAddress of ''"],
    ["ip_range: 10.7.0.128/25, aux_addresses: {a: 10.7.0.128}", "refuses taken of 10.7.0.128"],
    ["ip_range: 10.7.0.128/25, aux_addresses: {a: 10.7.0.1}", "takes it"],
  ])("%s", (fields, said) => {
    expect(beside(fields)).toBe(said);
  });

  it.each(["gateway: 10.7.0.1", "ip_range: 10.7.0.0/25", "aux_addresses: {a: 10.7.0.5}"])(
    "is refused without one: %s",
    (field) => {
      expect(enginesSay(pools(`{${field}}`))).toBe(`refuses missingSubnet of {${field}}`);
    },
  );
});

describe("the gateway that nobody names", () => {
  const aux = "ipam: {config: [{subnet: 10.7.0.0/24, aux_addresses: {a: 10.7.0.1}}]}";
  const isolated = (family: 4 | 6): string => `com.docker.network.bridge.gateway_mode_ipv${family}: isolated`;
  const BEFORE_28 = "before 28: refuses taken of 10.7.0.1; from 28: takes it";

  it.each([
    ["of a bridge", "", "refuses taken of 10.7.0.1"],
    ["of an internal one", "internal: true, ", "refuses taken of 10.7.0.1"],
    ["of an isolated one", `internal: true, driver_opts: {${isolated(4)}}, `, BEFORE_28],
    [
      "of one that is isolated in IPv6 only",
      `internal: true, driver_opts: {${isolated(6)}}, `,
      "refuses taken of 10.7.0.1",
    ],
    [
      "of one that is not internal, and so not isolated",
      `driver_opts: {${isolated(4)}}, `,
      "before 27: refuses taken of 10.7.0.1; from 27: refuses taken of 10.7.0.1, refuses refusedWord of isolated",
    ],
    [
      "of an internal one without an address on the host",
      'internal: true, driver_opts: {com.docker.network.bridge.inhibit_ipv4: "true"}, ',
      BEFORE_28,
    ],
    ["of a macvlan", "driver: macvlan, ", BEFORE_28],
  ])("%s", (_, fields, said) => {
    expect(enginesSay(`{${fields}${aux}}`)).toBe(said);
  });
});

describe("words that make no network", () => {
  it.each([
    ["{driver: host}", "refuses unusableDriver of host"],
    ["{driver: none}", "refuses unusableDriver of none"],
    ["{driver: default}", "refuses unusableDriver of default"],
    ["{driver: 'null'}", "refuses unusableDriver of 'null'"],
    ["{driver: '${D:-none}'}", "refuses unusableDriver of '${D:-none}'"],
    ["{driver: bridge}", "takes it"],
    ["{driver: weave}", "takes it"],
    ["{driver: '${UNSET}'}", "takes it"],
    ["{ipam: {driver: 'null'}}", "refuses unusableDriver of 'null'"],
    ["{ipam: {driver: none}}", "refuses unusableDriver of none"],
    ["{ipam: {driver: '${I:-none}'}}", "refuses unusableDriver of '${I:-none}'"],
    ["{ipam: {driver: default}}", "takes it"],
    ["{ipam: {driver: dhcp}}", "takes it"],
    ["{name: bridge}", "refuses predefinedName of bridge"],
    ["{name: '${NET:-bridge}'}", "refuses predefinedName of '${NET:-bridge}'"],
    ["{name: '${NET:-host}'}", "refuses predefinedName of '${NET:-host}'"],
    ["{name: '${NET:?none}'}", "takes it"],
    ["{name: bridges}", "takes it"],
  ])("%s", (definition, said) => {
    expect(enginesSay(definition)).toBe(said);
  });

  it("come from variables as well", () => {
    expect(enginesSay("{name: $NET}", { NET: "none" })).toBe("refuses predefinedName of $NET");
    expect(enginesSay("{driver: $D}", { D: "host" })).toBe("refuses unusableDriver of $D");
    expect(enginesSay("{ipam: {driver: $I}}", { I: "null" })).toBe("refuses unusableDriver of $I");
  });

  it("say nothing of a plugin's pools", () => {
    expect(enginesSay("{ipam: {driver: dhcp, config: [{subnet: 10.7.0.5/40, gateway: x}]}}")).toBe("takes it");
  });
});

describe("the families", () => {
  it.each([
    ["{enable_ipv4: false}", "before 28: ignores ignoredSwitch of false; from 28: refuses noFamily of false"],
    ["{enable_ipv6: true}", "before 27: refuses noIpv6Pool of true; from 27: takes it"],
    ["{enable_ipv6: true, driver: overlay}", "takes it"],
    [
      `{enable_ipv4: false, ${V6}[{subnet: 'fd00:7::/64'}]}}`,
      "before 28: ignores ignoredSwitch of false; from 28: takes it",
    ],
    [
      "{enable_ipv4: false, enable_ipv6: true, ipam: {config: [{subnet: 10.7.0.0/24}]}}",
      "before 27: refuses noIpv6Pool of true; from 27: takes it; from 28: ignores disabledFamily of 10.7.0.0/24",
    ],
  ])("%s", (definition, said) => {
    expect(enginesSay(definition)).toBe(said);
  });
});

describe("an external network", () => {
  it("keeps the subnet that it was made with", () => {
    expect(enginesSay("{external: true, ipam: {config: [{subnet: 10.7.0.5/40}]}}")).toBe(
      "ignores externalIpam of ipam",
    );
    expect(enginesSay("{external: true, name: shared, driver: host}")).toBe("takes it");
  });
});
