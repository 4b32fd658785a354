import { describe, expect, it } from "vitest";

import { networkOf, onlyNetwork, projectOf, refusedByCompose, withNetwork } from "../../in-memory.js";

describe("what Compose refuses about a network", () => {
  it.each([
    ["driver_opts: null", "networks.x.driver_opts must be a mapping"],
    ["driver_opts: [a=b]", "networks.x.driver_opts must be a mapping"],
    ["driver_opts: { a: true }", "networks.x.driver_opts.a must be a number or string"],
    ["driver_opts: { a: { b: c } }", "networks.x.driver_opts.a must be a number or string"],
    ["ipam: { options: null }", "networks.x.ipam.options must be a mapping"],
    ["ipam: { options: { a: 5 } }", "networks.x.ipam.options.a must be a string"],
    ["labels: null", "networks.x.labels must be a mapping"],
    ["labels: [5]", "networks.x.labels: unexpected type"],
    ["labels: { a: [b] }", "networks.x.labels.a must be a boolean, null, number or string"],
    ["external: { named: office }", "networks.x.external additional properties 'named' not allowed"],
  ])("is %s", (definition, message) => {
    expect(refusedByCompose(projectOf({ "compose.yaml": withNetwork(`{ ${definition} }`) }))).toEqual([message]);
  });

  it.each([
    'driver_opts: { a: 5, b: 5.5, c: "d" }',
    "ipam: { options: { a: b } }",
    "labels: [a=b]",
    "labels: { a: b, c: 5, d: true, e: null }",
    "external: { name: office, x-note: 5 }",
  ])("is not %s", (definition) => {
    expect(refusedByCompose(projectOf({ "compose.yaml": withNetwork(`{ ${definition} }`) }))).toEqual([]);
  });

  it.each([
    ["driver: null", "driver: bridge", "networks.x.driver must be a string"],
    ["name: null", "name: shared", "networks.x.name must be a string"],
    ["internal: null", "internal: true", "networks.x.internal must be a boolean or string"],
    ["ipam: null", "ipam: { driver: default }", "networks.x.ipam must be a mapping"],
    [
      "ipam: { config: [{ subnet: 10.1.0.0/24, gateway: null }] }",
      "ipam: { config: [{ subnet: 10.1.0.0/24, gateway: 10.1.0.1 }] }",
      "networks.x.ipam.config.0.gateway must be a string",
    ],
  ])("stays refused although the next document repairs it: %s, then %s", (base, override, message) => {
    const project = projectOf({
      "compose.yaml": withNetwork(`{ ${base} }`),
      "compose.override.yaml": onlyNetwork(`{ ${override} }`),
    });
    expect(refusedByCompose(project)).toContain(message);
  });

  it("is said once, although it is still wrong in the whole", () => {
    const project = projectOf({
      "compose.yaml": withNetwork("{ driver_opts: [a] }"),
      "compose.override.yaml": onlyNetwork("{ internal: true }"),
    });
    expect(refusedByCompose(project)).toEqual(["networks.x.driver_opts must be a mapping"]);
  });

  it("is no value that is nothing when there is one below it", () => {
    const project = projectOf({
      "compose.yaml": withNetwork("{ driver: macvlan, internal: true }"),
      "compose.override.yaml": onlyNetwork("{ driver: null, internal: null }"),
    });
    expect(refusedByCompose(project)).toEqual([]);
    expect(networkOf(project, "x").driver).toBe("macvlan");
  });
});

describe("a key without a space behind its colon inside braces", () => {
  it("has the colon in its name, as Compose reads it", () => {
    const project = projectOf({ "compose.yaml": "services: { a: { image: app } }\nnetworks: { x:, y: }\n" });
    expect(project.networks.map(({ key }) => key)).toEqual(["x:", "y", "default"]);
  });

  it("is none that a pool may have", () => {
    const project = projectOf({ "compose.yaml": withNetwork("{ ipam: { config: [{ subnet:}] } }") });
    expect(refusedByCompose(project)).toEqual(["networks.x.ipam.config.0 additional properties 'subnet:' not allowed"]);
  });

  it("is none that a service may join", () => {
    const project = projectOf({
      "compose.yaml": "services: { a: { image: app, networks: { x:, y: } } }\nnetworks: { x: , y: }\n",
    });
    expect(refusedByCompose(project)).toEqual(["services.a.networks additional properties 'x:' not allowed"]);
  });

  it("is an ordinary one between quotes", () => {
    const project = projectOf({ "compose.yaml": `services: { a: { image: app } }\nnetworks: { "x":, 'y':}\n` });
    expect(project.networks.map(({ key }) => key)).toEqual(["x", "y", "default"]);
  });
});
