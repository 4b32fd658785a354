import { describe, expect, it } from "vitest";
import { engineRefusalsOf, networkIn, projectOf, refusalsOf, saidOf, withNetwork } from "../said.js";

const EXTERNAL = { existence: "external", ipv4: "disabled", ipv6: "disabled" };
const CREATED = { existence: "created", ipv4: "automatic: no pool", ipv6: "disabled" };

function nameOf(definition: string): string {
  return networkIn(projectOf(withNetwork(definition)), "x").name;
}

describe("an external network", () => {
  it("must exist already under its key", () => {
    expect(saidOf(withNetwork("{external: true}"), "x")).toEqual({ at: "4:3 x", ...EXTERNAL });
    expect(nameOf("{external: true}")).toBe("x");
  });

  it("may be named in the old way", () => {
    expect(saidOf(withNetwork("{external: {name: y}}"), "x")).toMatchObject(EXTERNAL);
    expect(nameOf("{external: {name: y}}")).toBe("y");
  });

  it.each(["{}", '"true"', "yes", "On", "TRUE"])("may be written as `external: %s`", (external) => {
    expect(saidOf(withNetwork(`{external: ${external}}`), "x")).toMatchObject(EXTERNAL);
    expect(refusalsOf(withNetwork(`{external: ${external}}`))).toEqual([]);
  });

  it.each(["false", "'no'", "off"])("is none with `external: %s`", (external) => {
    expect(saidOf(withNetwork(`{external: ${external}}`), "x")).toMatchObject(CREATED);
  });

  it("depends on a variable's default", () => {
    const text = withNetwork("{external: '${EXT:-false}'}");
    expect(saidOf(text, "x")).toMatchObject(CREATED);
    expect(saidOf(text, "x", { EXT: "true" })).toMatchObject(EXTERNAL);
  });

  it("is refused when its variable comes to no boolean", () => {
    expect(refusalsOf(withNetwork("{external: '${EXT:-false}'}"), { EXT: "1" })).toEqual([
      "compose: failed to cast networks.x.external to expected type: invalid boolean: 1 at 4:17 '${EXT:-false}'",
    ]);
  });

  it("is unknown while its variable has no value", () => {
    expect(saidOf(withNetwork("{external: '${EXT}'}"), "x").existence).toBe(
      "unknown: $EXT has no value here and no default",
    );
    expect(saidOf(withNetwork("{external: '${EXT:?say so}'}"), "x").existence).toBe(
      "unknown: $EXT must be set where Compose runs",
    );
  });

  it.each([
    ["'1'", "failed to cast networks.x.external to expected type: invalid boolean: 1 at 4:17 '1'"],
    ["''", "failed to cast networks.x.external to expected type: invalid boolean:  at 4:17 ''"],
    ["1", "networks.x.external must be a boolean, mapping or string at 4:17 1"],
    ["null", "networks.x.external must be a boolean, mapping or string at 4:17 null"],
    ["[a]", "networks.x.external must be a boolean, mapping or string at 4:17 [a]"],
    ["'${E'", "invalid interpolation format for networks.x.external at 4:17 '${E'"],
  ])("is refused with `external: %s`", (external, message) => {
    const text = withNetwork(`{external: ${external}}`);
    expect(refusalsOf(text)).toEqual([`compose: ${message}`]);
    expect(saidOf(text, "x").ipv4).toBe(`refused by compose: ${message}`);
  });

  it("keeps its own subnet, whatever `ipam` says", () => {
    const text = withNetwork("{external: true, driver: macvlan, ipam: {config: [{subnet: 10.7.0.0/24}]}}");
    expect(saidOf(text, "x")).toMatchObject(EXTERNAL);
    expect(networkIn(projectOf(text), "x").pools).toEqual([]);
    expect(refusalsOf(text)).toEqual([]);
  });

  it("is refused under two names", () => {
    expect(refusalsOf(withNetwork("{name: z, external: {name: y}}"))).toEqual([
      "compose: networks.x: name and external.name conflict; only use name at 4:26 {name: y}",
    ]);
  });

  it("may give the same name twice", () => {
    expect(refusalsOf(withNetwork("{name: y, external: {name: y}}"))).toEqual([]);
  });

  it("can stand in for `default`", () => {
    const text = "services:\n  a: {image: i}\nnetworks:\n  default: {external: true, name: shared}\n";
    expect(saidOf(text, "default")).toEqual({ at: "4:3 default", ...EXTERNAL });
    expect(networkIn(projectOf(text), "default").name).toBe("shared");
  });
});

describe("a network's name", () => {
  it("changes nothing about its subnet", () => {
    const text = "services:\n  a: {image: i}\nnetworks:\n  default: {name: foo}\n";
    expect(saidOf(text, "default")).toEqual({ at: "4:3 default", ...CREATED });
    expect(networkIn(projectOf(text), "default")).toMatchObject({ name: "foo", implicit: false });
  });

  it("may be the same for two networks, and both are known under it", () => {
    const text = `services:
  a: {image: i, networks: [x, y]}
networks:
  x: {name: same}
  y: {name: same}
`;
    expect(projectOf(text).networks.map(({ key, name }) => [key, name])).toEqual([
      ["x", "same"],
      ["y", "same"],
    ]);
  });

  it.each(["bridge", "host", "none", "default"])("cannot be %j, which the engine keeps for itself", (name) => {
    const text = withNetwork(`{name: ${name}}`);
    expect(engineRefusalsOf(text)).toEqual([`predefinedName at 4:13 ${name}`]);
    expect(saidOf(text, "x").ipv4).toBe("unusable");
  });

  it.each([
    ["a default", "${NET:-bridge}", {}],
    ["a variable", "$NET", { NET: "host" }],
    ["a part of the text", "no${REST:-ne}", {}],
    ["an alternative", "${NET:+default}", { NET: "x" }],
  ])("cannot become one of those by %s", (_, name, values) => {
    const text = withNetwork(`{name: "${name}"}`);
    expect(engineRefusalsOf(text, values)).toEqual([`predefinedName at 4:13 "${name}"`]);
    expect(saidOf(text, "x", values).ipv4).toBe("unusable");
  });

  it.each([
    ["another value", "${NET:-bridge}", { NET: "mine" }],
    ["no value", "${NET}", {}],
    ["a value that must be given", "${NET:?bridge}", {}],
    ["a part that makes it longer", "bridge${REST:-s}", {}],
    ["other letters", "${NET:-Bridge}", {}],
  ])("is none of them with %s", (_, name, values) => {
    const text = withNetwork(`{name: "${name}"}`);
    expect(engineRefusalsOf(text, values)).toEqual([]);
    expect(saidOf(text, "x", values).ipv4).toBe("automatic: no pool");
  });

  it("may be one of those when the network is external, and then no service can join it", () => {
    expect(engineRefusalsOf(withNetwork("{name: bridge, external: true}"))).toEqual([
      "predefinedExternal at 4:13 bridge",
    ]);
    expect(refusalsOf(withNetwork("{name: bridge, external: true}"))).toEqual([]);
  });

  it("is put together from the project and the key otherwise", () => {
    expect(nameOf("{}")).toBe("shop_x");
  });
});

describe("a network's driver", () => {
  it.each([
    "",
    "{}",
    "{driver: bridge}",
    "{driver: ''}",
    "{driver: '${UNSET}'}",
    "{driver: overlay}",
    "{driver: macvlan}",
    "{driver: ipvlan}",
  ])("leaves the subnet to Docker in %j", (definition) => {
    expect(saidOf(withNetwork(definition), "x")).toEqual({ at: "4:3 x", ...CREATED });
    expect(refusalsOf(withNetwork(definition))).toEqual([]);
  });

  it.each(["host", "none", "default", '"null"', '"${DRIVER:-host}"'])("makes no network when it is %s", (driver) => {
    const text = withNetwork(`{driver: ${driver}}`);
    expect(engineRefusalsOf(text)).toEqual([`unusableDriver at 4:15 ${driver}`]);
    expect(saidOf(text, "x")).toMatchObject({ existence: "created", ipv4: "unusable" });
  });

  it.each(["none", '"null"', '"${IPAM:-none}"'])("makes no network when the one for addresses is %s", (driver) => {
    const pool = "config: [{subnet: 10.7.0.0/24}]";
    for (const ipam of [`{driver: ${driver}}`, `{driver: ${driver}, ${pool}}`]) {
      const text = withNetwork(`{ipam: ${ipam}}`);
      expect(engineRefusalsOf(text)).toEqual([`unusableDriver at 4:22 ${driver}`]);
      expect(saidOf(text, "x")).toMatchObject({ existence: "created", ipv4: "unusable" });
    }
  });

  it.each(["null", "5", "[bridge]"])("is refused by Compose when it is `%s`", (driver) => {
    const refusal = `compose: networks.x.driver must be a string at 4:15 ${driver}`;
    expect(refusalsOf(withNetwork(`{driver: ${driver}}`))).toEqual([refusal]);
    expect(saidOf(withNetwork(`{driver: ${driver}}`), "x").ipv4).toBe(`refused by ${refusal}`);
  });

  it("decides itself when it is a plugin", () => {
    expect(saidOf(withNetwork("{driver: weave}"), "x").ipv4).toBe('unknown: the plugin "weave" decides');
  });

  it("is unknown while its variable must be set", () => {
    expect(saidOf(withNetwork("{driver: '${DRIVER:?}'}"), "x").ipv4).toBe(
      "unknown: $DRIVER must be set where Compose runs",
    );
  });

  it("takes a subnet as it is, whatever the driver", () => {
    const text = withNetwork("{driver: weave, ipam: {config: [{subnet: 10.7.0.0/24}]}}");
    expect(saidOf(text, "x").ipv4).toBe("explicit: 10.7.0.0/24 at 4:47 10.7.0.0/24");
  });

  it.each([
    ["{}", "host"],
    ["{internal: true}", "host"],
    ["{internal: true, driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: isolated}}", "containers"],
    ["{driver_opts: {com.docker.network.bridge.inhibit_ipv4: 'true'}}", "containers"],
    ["{driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: isolated}}", "host"],
    ["{driver: overlay}", "containers"],
    ["{driver: macvlan}", "lan"],
    ["{driver: ipvlan}", "lan"],
    ["{driver: weave}", "lan"],
  ])("says who loses sight of the hosts in %s", (definition, reach) => {
    expect(networkIn(projectOf(withNetwork(definition)), "x").reach).toBe(reach);
  });
});
