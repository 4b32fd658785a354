import { describe, expect, it } from "vitest";
import { engineRefusalsOf, networkIn, problemIn, projectOf, refusalsOf, saidOf, withNetwork } from "../said.js";

/** One pool, which starts at 4:23. */
function withPool(pool: string): string {
  return withNetwork(`{ipam: {config: [${pool}]}}`);
}

/** Both what the network comes to and what the whole project is told. */
function expectRefused(text: string, refusal: string): void {
  expect(refusalsOf(text)).toContain(refusal);
  expect(saidOf(text, "x")).toMatchObject({ existence: "created", ipv4: `refused by ${refusal}` });
}

/** Both that the network has no addresses, and what the engine has against it. */
function expectUnusable(text: string, fault: string): void {
  expect(engineRefusalsOf(text)).toEqual([fault]);
  expect(refusalsOf(text)).toEqual([]);
  expect(saidOf(text, "x")).toMatchObject({ existence: "created", ipv4: "unusable" });
}

describe("ipam that asks for nothing", () => {
  it.each([
    "{ipam: {}}",
    "{ipam: {driver: default}}",
    "{ipam: {driver: ''}}",
    "{ipam: {config: []}}",
    "{ipam: {options: {a: b}}}",
    "{ipam: {x-note: mine}}",
  ])("leaves the subnet to Docker: %s", (definition) => {
    expect(saidOf(withNetwork(definition), "x")).toEqual({
      at: "4:3 x",
      existence: "created",
      ipv4: "automatic: no pool",
      ipv6: "disabled",
    });
    expect(refusalsOf(withNetwork(definition))).toEqual([]);
  });

  it.each([
    ["{}", "empty pool at 4:23 {}"],
    ["{x-note: mine}", "empty pool at 4:23 {x-note: mine}"],
    ["{subnet: ''}", "empty pool at 4:32 ''"],
    ["{subnet: '${V:-}'}", "empty pool at 4:32 '${V:-}'"],
    ["{subnet: 0.0.0.0/0}", "unspecified subnet /0 at 4:32 0.0.0.0/0"],
    ["{subnet: 0.0.0.0/24}", "unspecified subnet /24 at 4:32 0.0.0.0/24"],
  ])("leaves the subnet to engine 29 in the pool %s", (pool, cause) => {
    expect(saidOf(withPool(pool), "x").ipv4).toBe(`automatic: ${cause}`);
  });

  it("leaves the IPv6 subnet to engine 29 with `::/64`", () => {
    const text = withNetwork("{enable_ipv6: true, ipam: {config: [{subnet: '::/64'}]}}");
    expect(saidOf(text, "x")).toMatchObject({
      ipv4: "automatic: other family at 4:42 {subnet: '::/64'}",
      ipv6: "automatic: unspecified subnet /64 at 4:51 '::/64'",
    });
  });

  it("cannot tell while the subnet is a variable without a value", () => {
    expect(saidOf(withPool("{subnet: '${UNSET}'}"), "x").ipv4).toBe(
      "unknown: $UNSET has no value here and no default at 4:32 '${UNSET}'",
    );
  });
});

describe("ipam of the wrong shape", () => {
  it.each([
    ["{ipam: null}", "networks.x.ipam must be a mapping at 4:13 null"],
    ["{ipam: []}", "networks.x.ipam must be a mapping at 4:13 []"],
    ["{ipam: {config: null}}", "networks.x.ipam.config must be a array at 4:22 null"],
    ["{ipam: {config: {subnet: 10.7.0.0/24}}}", "networks.x.ipam.config must be a array at 4:22 {subnet: 10.7.0.0/24}"],
    ["{ipam: {config: [null]}}", "networks.x.ipam.config.0 must be a mapping at 4:23 null"],
    ["{ipam: {config: [10.7.0.0/24]}}", "networks.x.ipam.config.0 must be a mapping at 4:23 10.7.0.0/24"],
    ["{ipam: {driver: null}}", "networks.x.ipam.driver must be a string at 4:22 null"],
    ["[]", "networks.x must be a mapping at 4:6 []"],
    ["text", "networks.x must be a mapping at 4:6 text"],
  ])("is refused by Compose: %s", (definition, message) => {
    expectRefused(withNetwork(definition), `compose: ${message}`);
  });

  it.each([
    ["{subnet: 10}", "networks.x.ipam.config.0.subnet must be a string at 4:32 10"],
    ["{subnet: 10.7}", "networks.x.ipam.config.0.subnet must be a string at 4:32 10.7"],
    ["{subnet: null}", "networks.x.ipam.config.0.subnet must be a string at 4:32 null"],
    ["{subnet: [10.7.0.0/24]}", "networks.x.ipam.config.0.subnet must be a string at 4:32 [10.7.0.0/24]"],
  ])("is refused by Compose in the pool %s", (pool, message) => {
    expectRefused(withPool(pool), `compose: ${message}`);
  });

  it.each([
    ["{subnet: 10.7.0.0/24, gateway: 5}", "gateway must be a string at 4:54 5"],
    ["{subnet: 10.7.0.0/24, ip_range: true}", "ip_range must be a string at 4:55 true"],
    ["{subnet: 10.7.0.0/24, aux_addresses: [a]}", "aux_addresses must be a mapping at 4:60 [a]"],
    ["{subnet: 10.7.0.0/24, aux_addresses: {a: 5}}", "aux_addresses.a must be a string at 4:64 5"],
  ])("is refused by Compose, and the subnet still known: %s", (pool, message) => {
    expect(refusalsOf(withPool(pool))).toEqual([`compose: networks.x.ipam.config.0.${message}`]);
    expect(saidOf(withPool(pool), "x").ipv4).toMatch(/^explicit: 10\.7\.0\.0\/24/);
  });

  it("is refused by Compose when `config` stands beside `ipam`", () => {
    const text =
      "services:\n  a: {image: i, networks: [x]}\nnetworks:\n  x:\n    ipam:\n    config:\n      - subnet: 10.7.0.0/24\n";
    expectRefused(text, "compose: networks.x.ipam must be a mapping at 5:10");
    expect(refusalsOf(text)).toContain("compose: networks.x additional properties 'config' not allowed at 6:5 config");
  });

  it.each([
    ["{foo: 1}", "networks.x additional properties 'foo' not allowed at 4:7 foo"],
    ["{ipam: {foo: 1}}", "networks.x.ipam additional properties 'foo' not allowed at 4:14 foo"],
    ["{ipam: {config: [{foo: 1}]}}", "networks.x.ipam.config.0 additional properties 'foo' not allowed at 4:24 foo"],
  ])("is refused by Compose for a key that it does not know: %s", (definition, message) => {
    expectRefused(withNetwork(definition), `compose: ${message}`);
  });

  it("may hold `x-` keys everywhere", () => {
    const text = withNetwork("{x-a: 1, ipam: {x-subnet: 1, config: [{x-b: 2, subnet: 10.7.0.0/24}]}}");
    expect(refusalsOf(text)).toEqual([]);
    expect(saidOf(text, "x").ipv4).toMatch(/^explicit: 10\.7\.0\.0\/24/);
  });
});

describe("ipam that the engine refuses", () => {
  it("has the driver `null`", () => {
    expectUnusable(withNetwork("{ipam: {driver: 'null'}}"), "unusableDriver at 4:22 'null'");
  });

  it.each(["gateway: 10.7.0.1", "ip_range: 10.7.0.128/25", "aux_addresses: {host: 10.7.0.5}"])(
    "has a pool with nothing but `%s`",
    (field) => {
      expectUnusable(withPool(`{${field}}`), `missingSubnet at 4:23 {${field}}`);
    },
  );

  it("has a gateway beside an empty subnet", () => {
    const pool = "{subnet: '', gateway: 10.7.0.1}";
    expectUnusable(withPool(pool), `missingSubnet at 4:23 ${pool}`);
  });

  it.each(["{gateway: ''}", "{ip_range: ''}", "{subnet: '', gateway: '', ip_range: '${R:-}'}"])(
    "asks for nothing where Compose leaves out what is empty: %s",
    (pool) => {
      expect(engineRefusalsOf(withPool(pool))).toEqual([expect.stringMatching(/^emptyPool at /)]);
      expect(saidOf(withPool(pool), "x").ipv4).toMatch(/^automatic: empty pool at /);
    },
  );

  it("asks for an auxiliary address even where that is empty", () => {
    const pool = "{aux_addresses: {router: ''}}";
    expectUnusable(withPool(pool), `missingSubnet at 4:23 ${pool}`);
  });

  it("has the gateway in a pool of its own", () => {
    const text = withPool("{subnet: 10.7.0.0/24}, {gateway: 10.7.0.1}");
    expect(engineRefusalsOf(text)).toEqual(["missingSubnet at 4:46 {gateway: 10.7.0.1}"]);
    expect(saidOf(text, "x").ipv4).toBe("explicit: 10.7.0.0/24 at 4:32 10.7.0.0/24");
  });

  it.each(["10.7.0.0", "foo", "10.7.0.0/33", "10.7.0.0/255.255.255.0", "010.7.0.0/24", "' 10.7.0.0/24'", "$$V"])(
    "has the subnet %s",
    (subnet) => {
      expectUnusable(withPool(`{subnet: ${subnet}}`), `malformedSubnet at 4:32 ${subnet}`);
    },
  );

  it("has host bits in its subnet, whose network is known all the same", () => {
    const text = withPool("{subnet: 10.7.0.5/24}");
    expect(engineRefusalsOf(text)).toEqual(["hostBits at 4:32 10.7.0.5/24"]);
    expect(networkIn(projectOf(text), "x").ipv4).toMatchObject({
      mode: "explicit",
      subnets: [{ prefix: { address: { family: 4, value: 0x0a070000n }, length: 24 } }],
    });
  });
});

describe("ipam with a subnet", () => {
  it("is taken at its word", () => {
    const text = withPool("{subnet: 10.7.0.0/24, gateway: 10.7.0.1, ip_range: 10.7.0.128/25}");
    expect(saidOf(text, "x")).toEqual({
      at: "4:3 x",
      existence: "created",
      ipv4: "explicit: 10.7.0.0/24 at 4:32 10.7.0.0/24",
      ipv6: "disabled",
    });
    expect(refusalsOf(text)).toEqual([]);
  });

  it("may have several pools", () => {
    const text = withNetwork("{driver: macvlan, ipam: {config: [{subnet: 10.7.0.0/24}, {subnet: 10.8.0.0/24}]}}");
    expect(saidOf(text, "x").ipv4).toBe("explicit: 10.7.0.0/24 at 4:49 10.7.0.0/24, 10.8.0.0/24 at 4:72 10.8.0.0/24");
  });

  it.each(["dhcp", "infoblox"])("is known, and its pools are not, with the plugin %s", (driver) => {
    expect(saidOf(withNetwork(`{ipam: {driver: ${driver}}}`), "x").ipv4).toBe(
      `unknown: the plugin "${driver}" decides`,
    );
  });

  it("may be a text of several lines", () => {
    const text = withNetwork("\n    ipam:\n      config:\n        - subnet: >-\n            10.7.0.0/24");
    expect(saidOf(text, "x").ipv4).toBe("explicit: 10.7.0.0/24 at 7:19 >-");
  });
});

describe("ipam that is shared", () => {
  it("is read where its anchor is", () => {
    const text = `x-ipam: &ip {config: [{subnet: 10.7.0.0/24}]}
services:
  a: {image: i, networks: [x]}
networks:
  x: {ipam: *ip}
`;
    expect(saidOf(text, "x").ipv4).toBe("explicit: 10.7.0.0/24 at 1:32 10.7.0.0/24");
  });

  it.each(["<<: *n", "<<: [*n, *m]"])("comes with `%s`", (merge) => {
    const text = `x-n: &n {ipam: {config: [{subnet: 10.7.0.0/24}]}}
x-m: &m {ipam: {config: [{subnet: 10.8.0.0/24}]}, internal: true}
services:
  a: {image: i, networks: [x]}
networks:
  x: {${merge}}
`;
    expect(saidOf(text, "x").ipv4).toBe("explicit: 10.7.0.0/24 at 1:35 10.7.0.0/24");
  });

  it("is lost when the network has `ipam` of its own beside the merge key", () => {
    const text = `x-n: &n {ipam: {config: [{subnet: 10.7.0.0/24}]}}
services:
  a: {image: i, networks: [x]}
networks:
  x: {<<: *n, ipam: {driver: default}}
`;
    expect(saidOf(text, "x").ipv4).toBe("automatic: no pool");
  });

  it("gives two networks the same subnet", () => {
    const text = `services:
  a: {image: i, networks: [x, y]}
networks:
  x: &n {ipam: {config: [{subnet: 10.7.0.0/24}]}}
  y: *n
`;
    expect(saidOf(text, "y")).toEqual({ ...saidOf(text, "x"), at: "5:3 y" });
    expect(saidOf(text, "y").ipv4).toBe("explicit: 10.7.0.0/24 at 4:35 10.7.0.0/24");
  });

  it("must not repeat a merge key", () => {
    const text = "x-n: &n {internal: true}\nnetworks:\n  x: {<<: *n, <<: *n}\n";
    expect(problemIn(text)).toBe("Map keys must be unique at 3:15 <<");
  });
});
