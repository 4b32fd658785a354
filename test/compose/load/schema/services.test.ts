import { describe, expect, it } from "vitest";

import { createdIn, joinedBy, keysOf, projectOf, refusedByCompose, type Start } from "../../in-memory.js";

/** What Compose refuses of a project whose service `a` says this about its networks. */
function refused(networks: string, start: Start = {}): string[] {
  const text = `services: { a: { image: app, networks: ${networks} } }\nnetworks: { x: , y: }\n`;
  return refusedByCompose(projectOf({ "compose.yaml": text }, start));
}

/** The same for a base file whose service says one thing and an override file that says another. */
function refusedBeforeRepair(base: string, override: string): string[] {
  return refusedByCompose(
    projectOf({
      "compose.yaml": `services: { a: { image: app, ${base} } }\nnetworks: { x: , y: }\n`,
      "compose.override.yaml": `services: { a: { ${override} } }\n`,
    }),
  );
}

describe("what Compose refuses about the networks that a service joins", () => {
  it.each([
    ["[null]", "services.a.networks.0 must be a string"],
    ["[x, 1]", "services.a.networks.1 must be a string"],
    ["[x, { y: null }]", "services.a.networks.1 must be a string"],
    ["[x, y, x]", "services.a.networks items at 0 and 2 are equal"],
    ['[x, "${UNSET:-x}"]', "services.a.networks items at 0 and 1 are equal"],
    ["{ a b: null }", "services.a.networks additional properties 'a b' not allowed"],
    ["{ x: 5 }", "services.a.networks.x must be a mapping"],
    ["{ x: { ip: 10.1.0.5 } }", "services.a.networks.x additional properties 'ip' not allowed"],
    ["{ x: { ipv4_address: 10.5 } }", "services.a.networks.x.ipv4_address must be a string"],
    ["{ x: { ipv6_address: null } }", "services.a.networks.x.ipv6_address must be a string"],
    ["{ x: { mac_address: 5 } }", "services.a.networks.x.mac_address must be a string"],
    ["{ x: { aliases: null } }", "services.a.networks.x.aliases must be a array"],
    ["{ x: { aliases: [b, 5] } }", "services.a.networks.x.aliases.[1]: unexpected type"],
    ["{ x: { link_local_ips: 169.254.8.8 } }", "services.a.networks.x.link_local_ips must be a array"],
    ['{ x: { priority: "5" } }', "services.a.networks.x.priority must be a number"],
    ["{ x: { driver_opts: { a: null } } }", "services.a.networks.x.driver_opts.a must be a number or string"],
  ])("is %s", (networks, message) => {
    expect(refused(networks)).toEqual([message]);
  });

  it.each(["{ x-y: null }", "[x-y]"])("is a name that begins as extensions do: %s", (networks) => {
    expect(refused(networks)).toEqual(['service "a" refers to undefined network x-y']);
  });

  it.each([
    "[]",
    "{}",
    '["${UNSET:-x}", y]',
    "{ x: , y: null }",
    "{ x: { aliases: [b], priority: 5, gw_priority: 6, driver_opts: { a: 5 }, x-note: 7 } }",
  ])("is not %s", (networks) => {
    expect(refused(networks)).toEqual([]);
  });

  it("is `interface_name` in 2.26, which does not know it yet", () => {
    const text = "{ x: { interface_name: eth5 } }";
    expect(refused(text, { version: "2.26" })).toEqual([
      "services.a.networks.x additional properties 'interface_name' not allowed",
    ]);
    expect(refused(text, { version: "2.40" })).toEqual([]);
    expect(refused(text, { version: "5" })).toEqual([]);
  });
});

describe("what Compose refuses in one document about a service", () => {
  it.each([
    ["networks: null", "networks: !override [x]", "services.a.networks must be a array"],
    ["networks: null", "networks: !reset null", "services.a.networks must be a array"],
    ["networks: [x, 1]", "networks: [x]", "services.a.networks.1 must be a string"],
    ["networks: [x, x]", "networks: [x]", "services.a.networks items at 0 and 1 are equal"],
    [
      "networks: { x: { foo: 5 } }",
      "networks: !override [x]",
      "services.a.networks.x additional properties 'foo' not allowed",
    ],
    ["network_mode: null", "network_mode: host", "services.a.network_mode must be a string"],
  ])("stays refused although the next one repairs it: %s, then %s", (base, override, message) => {
    expect(refusedBeforeRepair(base, override)).toContain(message);
  });

  it("is said once, although it is still wrong in the whole", () => {
    expect(refusedBeforeRepair("networks: { x: { foo: 5 } }", "networks: [y]")).toEqual([
      "services.a.networks.x additional properties 'foo' not allowed",
    ]);
  });

  it("is no name that a list repeats when that is laid over others: Compose makes a map of both", () => {
    expect(refusedBeforeRepair("networks: [x]", "networks: [y, y]")).toEqual([]);
  });

  it("is no address that is nothing when there is one below it", () => {
    expect(
      refusedBeforeRepair("networks: { x: { ipv4_address: 10.1.0.5 } }", "networks: { x: { ipv4_address: null } }"),
    ).toEqual([]);
  });
});

describe("a variable in a list of networks", () => {
  it("names the network, unlike one in a key", () => {
    const project = projectOf({
      "compose.yaml": 'services: { a: { image: app, networks: ["${SIDE:-front}"] } }\nnetworks: { front: , back: }\n',
      ".env": "SIDE=back\n",
    });
    expect(joinedBy(project, "a")).toEqual(["back"]);
    expect(createdIn(project)).toEqual(["back"]);
  });

  it("meets the same name of a file below it", () => {
    const project = projectOf({
      "compose.yaml": "services: { a: { image: app, networks: { front: { aliases: [b] } } } }\nnetworks: { front: }\n",
      "compose.override.yaml": 'services: { a: { networks: ["${SIDE:-front}"] } }\n',
    });
    expect(joinedBy(project, "a")).toEqual(["front"]);
    expect(keysOf(project)).toEqual(["front"]);
  });
});
