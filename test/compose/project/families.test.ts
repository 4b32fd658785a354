import { describe, expect, it } from "vitest";
import { engineRefusalsOf, networkIn, projectOf, refusalsOf, saidOf, withNetwork } from "../said.js";

const V4 = "{subnet: 10.7.0.0/24}";
const V6 = "{subnet: 'fd00:7::/64'}";

function saidFor(fields: string, pools?: string): { ipv4: string; ipv6: string } {
  const ipam = pools === undefined ? "" : `, ipam: {config: [${pools}]}`;
  const { ipv4, ipv6 } = saidOf(withNetwork(`{${fields}${ipam}}`), "x");
  return { ipv4, ipv6 };
}

describe("a network with IPv6 switched on", () => {
  it("still gets an automatic IPv4 subnet when only the IPv6 one is given", () => {
    expect(saidFor("enable_ipv6: true", V6)).toEqual({
      ipv4: "automatic: other family at 4:42 {subnet: 'fd00:7::/64'}",
      ipv6: "explicit: fd00:7::/64 at 4:51 'fd00:7::/64'",
    });
  });

  it("gets two automatic subnets when none is given", () => {
    expect(saidFor("enable_ipv6: true")).toEqual({ ipv4: "automatic: no pool", ipv6: "automatic: no pool" });
  });

  it("gets an automatic IPv6 subnet when only the IPv4 one is given", () => {
    expect(saidFor("enable_ipv6: true", V4)).toEqual({
      ipv4: "explicit: 10.7.0.0/24 at 4:51 10.7.0.0/24",
      ipv6: "automatic: other family at 4:42 {subnet: 10.7.0.0/24}",
    });
  });

  it("needs no more when both are given", () => {
    expect(saidFor("enable_ipv6: true", `${V4}, ${V6}`)).toEqual({
      ipv4: "explicit: 10.7.0.0/24 at 4:51 10.7.0.0/24",
      ipv6: "explicit: fd00:7::/64 at 4:74 'fd00:7::/64'",
    });
  });

  it.each(["yes", "'true'", "On"])("may be written as `enable_ipv6: %s`", (on) => {
    expect(saidFor(`enable_ipv6: ${on}`).ipv6).toBe("automatic: no pool");
  });

  it("may be switched by an option of the driver", () => {
    expect(saidFor("driver_opts: {com.docker.network.enable_ipv6: 'true'}")).toEqual({
      ipv4: "automatic: no pool",
      ipv6: "automatic: no pool",
    });
    expect(saidFor("driver_opts: {com.docker.network.enable_ipv6: 'false'}").ipv6).toBe("disabled");
  });

  it("is refused for host bits in its IPv6 subnet", () => {
    const text = withNetwork("{enable_ipv6: true, ipam: {config: [{subnet: 'fd00:7::5/64'}]}}");
    expect(engineRefusalsOf(text)).toEqual(["hostBits at 4:51 'fd00:7::5/64'"]);
    // Engines before 25 take it, and choose the IPv4 subnet.
    expect(saidOf(text, "x")).toMatchObject({
      ipv4: "automatic: other family at 4:42 {subnet: 'fd00:7::5/64'}",
      ipv6: "explicit: fd00:7::5/64 at 4:51 'fd00:7::5/64'",
    });
  });
});

describe("a network without IPv6", () => {
  it("does not use its IPv6 subnet, and its IPv4 subnet is automatic", () => {
    expect(saidFor("internal: false", V6)).toEqual({
      ipv4: "automatic: other family at 4:40 {subnet: 'fd00:7::/64'}",
      ipv6: "disabled",
    });
  });

  it("is not refused for host bits that nobody looks at", () => {
    const text = withNetwork("{ipam: {config: [{subnet: 'fd00:7::5/64'}]}}");
    expect(engineRefusalsOf(text)).toEqual([]);
    expect(saidOf(text, "x").ipv4).toBe("automatic: other family at 4:23 {subnet: 'fd00:7::5/64'}");
  });
});

describe("a network with IPv4 switched off", () => {
  it("has an IPv6 subnet alone", () => {
    expect(saidFor("enable_ipv4: false, enable_ipv6: true", V6)).toEqual({
      ipv4: "disabled",
      ipv6: "explicit: fd00:7::/64 at 4:71 'fd00:7::/64'",
    });
  });

  it("does not use its IPv4 subnet", () => {
    expect(saidFor("enable_ipv4: false, enable_ipv6: true", V4)).toEqual({
      ipv4: "disabled",
      ipv6: "automatic: other family at 4:62 {subnet: 10.7.0.0/24}",
    });
  });

  it.each(["enable_ipv4: false", "enable_ipv4: false, enable_ipv6: false"])(
    "is refused with nothing but `%s`",
    (fields) => {
      expect(engineRefusalsOf(withNetwork(`{${fields}}`))).toEqual(["noFamily at 4:20 false"]);
      expect(saidFor(fields)).toEqual({ ipv4: "unusable", ipv6: "unusable" });
    },
  );
});

describe("a switch", () => {
  it("is unknown while its variable has no value", () => {
    expect(saidFor("enable_ipv6: '${V6}'")).toEqual({
      ipv4: "automatic: no pool",
      ipv6: "unknown: $V6 has no value here and no default",
    });
  });

  it.each([
    [
      "enable_ipv6: maybe",
      "failed to cast networks.x.enable_ipv6 to expected type: invalid boolean: maybe at 4:20 maybe",
    ],
    ["enable_ipv6: 1", "networks.x.enable_ipv6 must be a boolean or string at 4:20 1"],
    ["enable_ipv6: null", "networks.x.enable_ipv6 must be a boolean or string at 4:20 null"],
    ["enable_ipv4: [a]", "networks.x.enable_ipv4 must be a boolean or string at 4:20 [a]"],
    ["internal: 1", "networks.x.internal must be a boolean or string at 4:17 1"],
    ["attachable: '1'", "failed to cast networks.x.attachable to expected type: invalid boolean: 1 at 4:19 '1'"],
  ])("is refused as `%s`", (fields, message) => {
    expect(refusalsOf(withNetwork(`{${fields}}`))).toEqual([`compose: ${message}`]);
    expect(saidFor(fields).ipv4).toBe(`refused by compose: ${message}`);
  });
});

describe("an internal network", () => {
  it("gets an automatic subnet, and a route on the host, like any other", () => {
    expect(saidFor("internal: true").ipv4).toBe("automatic: no pool");
    expect(networkIn(projectOf(withNetwork("{internal: true}")), "x").reach).toBe("host");
  });

  it.each(["gateway_mode_ipv4: isolated", "inhibit_ipv4: 'true'"])("gets no route on the host with `%s`", (option) => {
    const definition = `{internal: true, driver_opts: {com.docker.network.bridge.${option}}}`;
    expect(saidOf(withNetwork(definition), "x").ipv4).toBe("automatic: no pool");
    expect(networkIn(projectOf(withNetwork(definition)), "x").reach).toBe("containers");
  });
});
