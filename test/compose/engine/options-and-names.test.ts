import { describe, expect, it } from "vitest";
import { enginesSay } from "./engine-says.js";

const POOL = "ipam: {config: [{subnet: 10.7.0.0/24}]}";
const BRIDGE = "com.docker.network.bridge.";

function withOption(option: string, text: string, others = ""): string {
  return enginesSay(`{${others}driver_opts: {${option}: ${text}}, ${POOL}}`);
}

describe("an option of a bridge", () => {
  it.each([
    [`${BRIDGE}gateway_mode_ipv4`, ["nat", "routed", "nat-unprotected"], ["''", "NAT", "'nat '"], "from 27"],
    [`${BRIDGE}enable_icc`, ["'true'", "'1'", "T", "'False'"], ["'yes'", "maybe", "''", "tRUE"], ""],
    [`${BRIDGE}enable_ip_masquerade`, ["'false'"], ["'no'"], ""],
    [`${BRIDGE}host_binding_ipv4`, ["127.0.0.1", "'::1'"], ["10.1.1.1/24", "''"], ""],
    ["com.docker.network.driver.mtu", ["'1500'", "'0'", "68", "65535"], ["'67'", "'-1'", "99999", "'1e3'", "''"], ""],
    [`${BRIDGE}name`, ["br-shop", "''", "abcdefghijklmno"], ["abcdefghijklmnop", "a/b", "'a b'", ".", "docker0"], ""],
    ["com.docker.network.host_ipv4", ["10.7.0.9"], ["foo"], "from 25"],
    ["com.docker.network.enable_ipv6", ["'1'", "'false'"], ["'yes'", "''"], "from 27"],
    [`${BRIDGE}of_a_plugin`, ["anything"], [], ""],
  ])("%s", (option, taken, refused, since) => {
    for (const text of taken) expect(withOption(option, text), text).not.toContain("refusedWord");
    for (const text of refused) {
      const said = `refuses refusedWord of ${text}`;
      expect(withOption(option, text), text).toContain(since === "" ? said : `${since}: ${said}`);
    }
  });

  it("is isolated only where the network is internal", () => {
    const option = `${BRIDGE}gateway_mode_ipv6`;
    expect(withOption(option, "isolated")).toBe("before 27: takes it; from 27: refuses refusedWord of isolated");
    expect(withOption(option, "isolated", "internal: true, ")).toBe("takes it");
  });

  it.each([
    ["eth", "takes it"],
    ["abcdefghijklmn", "takes it"],
    ["abcdefghijklmno", "refuses unstartable of abcdefghijklmno"],
    ["a/b", "refuses unstartable of a/b"],
  ])("begins the names of interfaces with %s", (prefix, said) => {
    expect(withOption("com.docker.network.container_iface_prefix", prefix)).toBe(said);
  });
});

describe("an option of a network on a LAN", () => {
  it.each([
    ["macvlan", "macvlan_mode", ["bridge", "private", "vepa", "passthru", "''"], ["cable", "l2", "Bridge"]],
    ["ipvlan", "ipvlan_mode", ["l2", "l3", "l3s"], ["L2", "bridge"]],
    ["ipvlan", "ipvlan_flag", ["bridge", "private", "vepa"], ["passthru"]],
    ["macvlan", "parent", ["eth0", "eth0.50", "eth0.4094"], ["lo", "eth0.0", "eth0.4095"]],
    // Those of other drivers say nothing to it.
    ["macvlan", `${BRIDGE}enable_icc`, ["maybe"], []],
  ])("%s: %s", (driver, option, taken, refused) => {
    for (const text of taken) expect(withOption(option, text, `driver: ${driver}, `), text).toBe("takes it");
    for (const text of refused) {
      expect(withOption(option, text, `driver: ${driver}, `), text).toBe(`refuses refusedWord of ${text}`);
    }
  });
});

describe("a word that is nearly a driver", () => {
  it.each(["Bridge", "MACVLAN", "' bridge'"])("%s", (driver) => {
    expect(enginesSay(`{driver: ${driver}, ${POOL}}`)).toBe(`refuses refusedWord of ${driver}`);
  });

  it("may also be that of an IPAM driver", () => {
    expect(enginesSay("{ipam: {driver: Default, config: [{subnet: 10.7.0.0/24}]}}")).toBe(
      "refuses refusedWord of Default",
    );
  });

  it("is otherwise the name of a plugin", () => {
    expect(enginesSay(`{driver: weave, ${POOL}}`)).toBe("takes it");
  });
});

describe("a network's name", () => {
  it.each([
    ["''", "refuses refusedWord of ''"],
    ["'  '", "refuses refusedWord of '  '"],
    ["container:web", "refuses refusedWord of container:web"],
    ["service:web", "takes it"],
    ["my/net", "takes it"],
    ["$UNSET", "takes it"],
  ])("%s", (name, said) => {
    expect(enginesSay(`{name: ${name}, ${POOL}}`)).toBe(said);
  });

  it.each(["bridge", "host", "none", "default", "''"])("of an external one that nobody can join: %s", (name) => {
    expect(enginesSay(`{external: true, name: ${name}}`)).toBe(`refuses predefinedExternal of ${name}`);
    expect(enginesSay(`{external: {name: ${name}}}`)).toBe(`refuses predefinedExternal of ${name}`);
  });

  it.each(["{external: true, name: $NET}", "{external: {name: $NET}}", '{external: {name: "${NET}"}}'])(
    "of an external one that only the host knows: %s",
    (network) => {
      expect(enginesSay(network)).toBe("takes it");
    },
  );
});

describe("a subnet on which nothing starts", () => {
  const MACVLAN = "driver: macvlan, driver_opts: {parent: eth0}, ";
  it.each([
    ["", "127.10.0.0/24", "refuses unstartable of 127.10.0.0/24"],
    ["", "127.0.0.0/24", "takes it"],
    ["", "127.0.0.0/8", "takes it"],
    ["", "126.0.0.0/7", "takes it"],
    ["", "239.1.2.0/24", "refuses unstartable of 239.1.2.0/24"],
    ["", "192.0.0.0/2", "takes it"],
    ["", "0.0.0.0/1", "refuses unstartable of 0.0.0.0/1"],
    ["", "0.0.0.0/32", "before 29: refuses unstartable of 0.0.0.0/32; from 29: takes it"],
    ["internal: true, ", "0.0.0.0/32", "before 29: refuses unstartable of 0.0.0.0/32; from 29: takes it"],
    ["", "0.0.0.0/31", "takes it"],
    ["", "0.0.0.0/8", "before 29: refuses unstartable of 0.0.0.0/8; from 29: takes it"],
    ["", "0.7.0.0/16", "takes it"],
    ["", "169.254.7.0/24", "takes it"],
    ["", "240.1.0.0/16", "takes it"],
    ["internal: true, ", "239.1.2.0/24", "takes it"],
    ["internal: true, ", "0.0.0.0/8", "takes it"],
    [MACVLAN, "239.1.2.0/24", "refuses unstartable of 239.1.2.0/24"],
    ["driver: macvlan, ", "239.1.2.0/24", "takes it"],
  ])("%s%s", (fields, subnet, said) => {
    expect(enginesSay(`{${fields}ipam: {config: [{subnet: ${subnet}}]}}`)).toBe(said);
  });

  it.each([
    ["", "::ffff:10.7.0.0/120", "refuses unstartable"],
    [MACVLAN, "ff0e:7::/64", "refuses unstartable"],
  ])("of IPv6: %s%s", (fields, subnet, said) => {
    expect(enginesSay(`{${fields}enable_ipv6: true, ipam: {config: [{subnet: '${subnet}'}]}}`)).toContain(said);
  });
});
