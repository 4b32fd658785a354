import { describe, expect, it } from "vitest";
import { createdBy, keysOf, networkIn, parse, problemIn, projectOf, refusalsOf, saidOf, sayPlace } from "../said.js";

const CREATED = { existence: "created", ipv4: "automatic: no pool", ipv6: "disabled" };

describe("which networks exist", () => {
  it("adds `default` for services that name no network, to be reported at the `services` key", () => {
    const text = "name: shop\nservices:\n  a: {image: i}\n  b: {image: i}\n";
    expect(saidOf(text, "default")).toEqual({ at: "2:1 services", ...CREATED });
    expect(networkIn(projectOf(text), "default")).toMatchObject({
      implicit: true,
      name: "shop_default",
      services: ["a", "b"],
    });
  });

  it("adds no `default` when every service names another network", () => {
    expect(createdBy("services:\n  a: {image: i, networks: [x]}\nnetworks:\n  x:\n")).toEqual(["x"]);
  });

  it("adds `default` beside a network with a subnet for the one service that names none", () => {
    const text = `services:
  a: {image: i, networks: [x]}
  b: {image: i}
networks:
  x: {ipam: {config: [{subnet: 10.7.0.0/24}]}}
`;
    expect(createdBy(text)).toEqual(["x", "default"]);
    expect(saidOf(text, "default")).toEqual({ at: "1:1 services", ...CREATED });
    expect(networkIn(projectOf(text), "default").services).toEqual(["b"]);
  });

  it.each(["[]", "{}"])("joins a service with `networks: %s` to `default`", (networks) => {
    expect(saidOf(`services:\n  a: {image: i, networks: ${networks}}\n`, "default")).toMatchObject(CREATED);
  });

  it("refuses empty `networks` of a service, and joins it to nothing", () => {
    const text = "services:\n  a:\n    image: i\n    networks:\n";
    expect(refusalsOf(text)).toEqual(["compose: services.a.networks must be a array at 4:14"]);
    expect(keysOf(projectOf(text))).toEqual([]);
  });

  it.each(["host", "none", "bridge", "container:other", "other_default", "''"])(
    "creates nothing for a service with `network_mode: %s`",
    (mode) => {
      const project = projectOf(`services:\n  a: {image: i, network_mode: ${mode}}\n`);
      expect(project.networks).toEqual([]);
      expect(project.refusals).toEqual([]);
    },
  );

  it("creates `default` for the service whose network another one uses", () => {
    const text = "services:\n  a: {image: i, network_mode: 'service:b'}\n  b: {image: i}\n";
    expect(saidOf(text, "default")).toEqual({ at: "1:1 services", ...CREATED });
    expect(networkIn(projectOf(text), "default").services).toEqual(["b"]);
  });

  it("creates nothing when that service is on the host's network", () => {
    const text = "services:\n  a: {image: i, network_mode: 'service:b'}\n  b: {image: i, network_mode: host}\n";
    expect(createdBy(text)).toEqual([]);
  });

  it("refuses `network_mode` beside `networks`", () => {
    const text = `services:
  a:
    image: i
    network_mode: host
    networks: [x]
networks:
  x: {ipam: {config: [{subnet: 10.7.0.0/24}]}}
`;
    expect(refusalsOf(text)).toEqual([
      "compose: service a declares mutually exclusive `network_mode` and `networks` at 4:19 host",
    ]);
  });

  it.each([
    ["host", "[]"],
    ["host", "{}"],
    ["''", "[x]"],
    ["'${MODE}'", "[x]"],
  ])("takes `network_mode: %s` beside `networks: %s`", (mode, networks) => {
    const text = `services:\n  a: {image: i, network_mode: ${mode}, networks: ${networks}}\nnetworks: {x: {}}\n`;
    expect(refusalsOf(text)).toEqual([]);
  });

  it.each(["", " [host]"])("refuses `network_mode:%s`", (mode) => {
    expect(refusalsOf(`services:\n  a:\n    image: i\n    network_mode:${mode}\n`)).toEqual([
      `compose: services.a.network_mode must be a string at 4:${mode === "" ? 18 : 19}${mode}`,
    ]);
  });

  it("leaves a service with a provider out", () => {
    expect(createdBy("services:\n  a: {provider: {type: t}}\n")).toEqual([]);
  });

  it("does not create a declared network that no service uses, but knows its subnet", () => {
    const text = "services:\n  a: {image: i}\nnetworks:\n  x: {ipam: {config: [{subnet: 10.7.0.0/24}]}}\n";
    expect(saidOf(text, "x")).toEqual({
      at: "4:3 x",
      existence: "unused",
      ipv4: "explicit: 10.7.0.0/24 at 4:32 10.7.0.0/24",
      ipv6: "disabled",
    });
  });

  it.each(["networks:\n  x: {}\n", "services: {}\nnetworks:\n  x: {}\n"])(
    "creates nothing without services, but for the project that the file is a part of",
    (text) => {
      expect(saidOf(text, "x").existence).toBe("unknown: the file is a part of a project (it has no services)");
      expect(createdBy(text)).toEqual([]);
    },
  );

  it("counts a service in a profile, which somebody may start tomorrow", () => {
    const text = "services:\n  a: {image: i, profiles: [debug], networks: [x]}\nnetworks:\n  x:\n";
    expect(saidOf(text, "x")).toEqual({ at: "4:3 x", ...CREATED });
  });

  it("counts the networks of every service, though `docker compose up b` creates those of `b` alone", () => {
    const text = "services:\n  a: {image: i, networks: [x]}\n  b: {image: i, networks: [y]}\nnetworks:\n  x:\n  y:\n";
    expect(createdBy(text)).toEqual(["x", "y"]);
  });

  it.each(["scale: 0", "deploy: {replicas: 0}"])("creates the network of a service with `%s`", (none) => {
    expect(saidOf(`services:\n  a: {image: i, ${none}, networks: [x]}\nnetworks:\n  x:\n`, "x").existence).toBe(
      "created",
    );
  });

  it("takes a file that uses an undeclared network for a part of a project", () => {
    const project = projectOf("services:\n  a: {image: i, networks: [nope, x]}\nnetworks:\n  x:\n  y:\n");
    expect(project.fragment).toBe('network "nope" is declared elsewhere');
    expect(keysOf(project)).toEqual(["x", "y"]);
    expect(networkIn(project, "y").existence).toMatchObject({ kind: "unknown", because: { reason: "fragment" } });
  });

  it("adds `default` when a service names it and nobody declares it", () => {
    const text = "services:\n  a: {image: i, networks: [default, x]}\nnetworks:\n  x:\n";
    expect(createdBy(text)).toEqual(["x", "default"]);
    expect(saidOf(text, "default")).toEqual({ at: "1:1 services", ...CREATED });
  });

  it.each([
    ["networks:\n", "1:10"],
    ["networks: [x]\n", "1:11 [x]"],
    ["networks: x\n", "1:11 x"],
  ])("refuses %j", (networks, place) => {
    const text = `${networks}services:\n  a: {image: i, network_mode: host}\n`;
    expect(refusalsOf(text)).toEqual([`compose: networks must be a mapping at ${place}`]);
  });

  it.each([
    ["networks:\n  x: {}\nnetworks:\n  y: {}\n", "3:1 n"],
    ["networks:\n  x: {}\n  y: {}\n  x: {}\n", "4:3 x"],
  ])("refuses a key that is there twice: %j", (text, place) => {
    const problem = problemIn(text);
    expect(problem).toContain("Map keys must be unique");
    expect(problem).toContain(` at ${place}`);
  });

  it.each([
    ["networks:\n  1: {}\n", "2:3 1"],
    ["networks:\n  true: {}\n", "2:3 true"],
    ["networks:\n  ~: {}\n", "2:3 ~"],
    ["networks:\n  2026-11-25: {}\n", "2:3 2026-11-25"],
    ["networks:\n  ? [a]\n  : {}\n", "2:5 [a]"],
    ["services:\n  1: {image: i}\n", "2:3 1"],
  ])("refuses a key that is no string: %j", (text, place) => {
    const parsed = parse(text);
    expect(parsed.ok && parsed.file.oddKeys.map(sayPlace)).toEqual([place]);
    const [, , , key = ""] = /^(\d+):(\d+) (.*)$/.exec(place) ?? [];
    expect(refusalsOf(text)).toContain(`compose: non-string key: ${key} at ${place}`);
  });

  it.each([
    "networks:\n  '1': {}\n",
    "networks:\n  '2026-11-25': {}\n",
    "networks:\n  !!str 1: {}\n",
    "x-k: &k n\nnetworks:\n  *k : {}\n",
  ])("takes a key that is a string: %j", (text) => {
    expect(parse(text)).toMatchObject({ ok: true, file: { oddKeys: [] } });
  });

  it("lays the documents of a file over each other", () => {
    const text = `services:
  a: {image: i}
---
networks:
  default: {ipam: {config: [{subnet: 10.7.0.0/24}]}}
`;
    expect(saidOf(text, "default")).toEqual({
      at: "5:3 default",
      existence: "created",
      ipv4: "explicit: 10.7.0.0/24 at 5:38 10.7.0.0/24",
      ipv6: "disabled",
    });
  });

  it.each(["", "# nothing\n", "---\n", "text\n", "- a\n"])("finds no network in %j", (text) => {
    expect(projectOf(text).networks).toEqual([]);
  });

  it("finds no network in a file of version 1, with its services at the root", () => {
    expect(projectOf("web:\n  image: i\n").networks).toEqual([]);
  });

  it("refuses a service that is no mapping", () => {
    expect(refusalsOf("services:\n  a: text\n")).toEqual(["compose: services.a must be a mapping at 2:6 text"]);
  });
});
