import { describe, expect, it } from "vitest";

import {
  createdIn,
  joinedBy,
  keysOf,
  networkOf,
  onlyNetwork,
  poolsOf,
  projectOf,
  refusedByCompose,
  withNetwork,
  type Start,
  type Texts,
} from "../in-memory.js";

const A = "10.1.0.0/24";
const B = "10.2.0.0/24";
const A6 = '"fd00:1::/64"';
const app = "image: app";

/** A base file with the network `x` and an override file that says more about it. */
function overridden(base: string, override: string, start: Start = {}): ReturnType<typeof projectOf> {
  return projectOf({ "compose.yaml": withNetwork(base), "compose.override.yaml": onlyNetwork(override) }, start);
}

function ipam(...pools: string[]): string {
  return `{ ipam: { config: [${pools.join(", ")}] } }`;
}

describe("an override file", () => {
  it.each([
    ["compose.yaml", "compose.override.yml"],
    ["compose.yaml", "docker-compose.override.yaml"],
    ["docker-compose.yml", "compose.override.yaml"],
  ])("lies over %s when it is called %s: any pair of names counts", (base, override) => {
    const project = projectOf({ [base]: withNetwork("{}"), [override]: onlyNetwork(ipam(`{ subnet: ${A} }`)) });
    expect(poolsOf(project, "x")).toEqual([A]);
  });

  it("with another subnet throws the base's pool away", () => {
    const project = overridden(ipam(`{ subnet: ${A}, gateway: 10.1.0.1 }`), ipam(`{ subnet: ${B} }`));
    expect(poolsOf(project, "x")).toEqual([B]);
  });

  it("with another IPv4 subnet over two families gets the gateway of the IPv6 pool", () => {
    const base = ipam(`{ subnet: ${A}, gateway: 10.1.0.1 }`, `{ subnet: ${A6}, gateway: "fd00:1::1" }`);
    expect(poolsOf(overridden(base, ipam(`{ subnet: ${B} }`)), "x")).toEqual([`${B} gateway=fd00:1::1`]);
  });

  it("with the same subnet adds to the pool", () => {
    const project = overridden(
      ipam(`{ subnet: ${A}, gateway: 10.1.0.1, aux_addresses: { one: 10.1.0.2 } }`),
      ipam(`{ subnet: ${A}, ip_range: 10.1.0.128/25, aux_addresses: { two: 10.1.0.3 } }`),
    );
    expect(poolsOf(project, "x")).toEqual([
      `${A} gateway=10.1.0.1 aux_addresses.one=10.1.0.2 aux_addresses.two=10.1.0.3 ip_range=10.1.0.128/25`,
    ]);
  });

  it("with a gateway alone throws the base's subnet away", () => {
    const project = overridden(ipam(`{ subnet: ${A} }`), ipam("{ gateway: 10.1.0.9 }"));
    expect(poolsOf(project, "x")).toEqual(["no subnet gateway=10.1.0.9"]);
    expect(networkOf(project, "x").ipv4.mode).toBe("unusable");
  });

  it.each([
    ["an empty list over a pool", ipam(`{ subnet: ${A} }`), ipam()],
    ["a pool over an empty list", ipam(), ipam(`{ subnet: ${A} }`)],
  ])("with %s leaves the subnet to Docker in 2.40 and is refused by 2.26 and 5", (_, base, override) => {
    const project = overridden(base, override);
    expect(networkOf(project, "x").ipv4.mode).toBe("automatic");
    expect(refusedByCompose(project)).toEqual([]);
    for (const version of ["2.26", "5"] as const) {
      expect(refusedByCompose(overridden(base, override, { version }))).toEqual([
        "networks.x.ipam.config must be a list",
      ]);
    }
  });

  it("with an empty network keeps the base's", () => {
    expect(poolsOf(overridden(ipam(`{ subnet: ${A} }`), ""), "x")).toEqual([A]);
  });

  it.each(["{ ipam: !reset null }", "{ ipam: { config: !reset [] } }", "!reset null"])(
    "takes %s away",
    (definition) => {
      const project = overridden(ipam(`{ subnet: ${A} }`), definition);
      const mode = keysOf(project).includes("x") ? networkOf(project, "x").ipv4.mode : "automatic";
      expect(mode).toBe("automatic");
    },
  );

  it.each([
    `{ ipam: { config: !override [{ subnet: ${B} }] } }`,
    `{ ipam: !override { config: [{ subnet: ${B} }] } }`,
    `!override { ipam: { config: [{ subnet: ${B} }] } }`,
  ])("puts %s in place of what was there", (definition) => {
    const base = ipam(`{ subnet: ${A}, gateway: 10.1.0.1 }`, `{ subnet: ${A6} }`);
    expect(poolsOf(overridden(base, definition), "x")).toEqual([B]);
  });

  it("that gives a service a network takes it off the default one", () => {
    const project = projectOf({
      "compose.yaml": `services: { a: { ${app} } }`,
      "compose.override.yaml": "services: { a: { networks: [y] } }\nnetworks: { y: }",
    });
    expect(createdIn(project)).toEqual(["y"]);
  });

  it("that sets `network_mode` beside the base's networks is refused, unless it resets them", () => {
    const over = (service: string): Texts => ({
      "compose.yaml": withNetwork("{}"),
      "compose.override.yaml": `services: { a: { ${service} } }`,
    });
    expect(refusedByCompose(projectOf(over("network_mode: host")))).toEqual([
      expect.stringContaining("mutually exclusive `network_mode` and `networks`"),
    ]);
    const reset = projectOf(over("network_mode: host, networks: !reset null"));
    expect(refusedByCompose(reset)).toEqual([]);
    expect(createdIn(reset)).toEqual([]);
  });

  it("unites the networks of a service, as a list or as a map", () => {
    const project = projectOf({
      "compose.yaml": `services: { a: { ${app}, networks: [x, y] } }\nnetworks: { x: , y: , z: }`,
      "compose.override.yaml": "services: { a: { networks: { y: { ipv4_address: 10.1.0.5 }, z: } } }",
    });
    expect(joinedBy(project, "a")).toEqual(["x", "y", "z"]);
  });

  it("knows the older way to write an external name", () => {
    const project = overridden("{ external: { name: office } }", "{ external: true }");
    expect(networkOf(project, "x")).toMatchObject({ name: "office", existence: { kind: "external" } });
  });

  it("may not give an external network another name in the older way", () => {
    const project = overridden("{ external: { name: office } }", "{ external: { name: home } }");
    expect(refusedByCompose(project)).toEqual(["networks.x: name and external.name conflict; only use name"]);
  });
});

describe("Compose drops or doubles pools that it holds against each other", () => {
  it("Compose doubles one of two families when an override file repeats both", () => {
    const both = ipam(`{ subnet: ${A} }`, `{ subnet: ${A6} }`);
    expect(poolsOf(overridden(both, both), "x")).toEqual(["fd00:1::/64", "fd00:1::/64"]);
  });

  it("Compose drops the subnet that comes first when an override file adds to the second and brings a third", () => {
    const project = overridden(
      ipam(`{ subnet: ${A}, gateway: 10.1.0.1 }`, `{ subnet: ${A6} }`),
      ipam(`{ subnet: ${A6}, gateway: "fd00:1::1" }`, `{ subnet: ${B} }`),
    );
    expect(poolsOf(project, "x")).toEqual([`${B} gateway=fd00:1::1`, B]);
  });
});

describe("an override file that Compose refuses", () => {
  it.each([
    ["{ ipam: [] }", "cannot override networks.x.ipam"],
    ["{ ipam: { config: {} } }", "networks.x.ipam.config must be a list"],
    ["{ ipam: { config: null } }", "networks.x.ipam.config must be a list"],
    ["[]", "cannot override networks.x"],
  ])("says %s of a network that has pools", (override, message) => {
    expect(refusedByCompose(overridden(ipam(`{ subnet: ${A} }`), override))).toContain(message);
  });

  it.each([
    ["{ ipam: null }", "networks.x.ipam must be a mapping"],
    ["{ driver_opts: null }", "networks.x.driver_opts must be a mapping"],
  ])("comes too late to repair %s", (base, message) => {
    const project = overridden(base, "{ ipam: { config: [] }, driver_opts: {} }");
    expect(refusedByCompose(project)).toContain(message);
  });

  it("comes too late to repair a service that says `networks:` and nothing more", () => {
    const project = projectOf({
      "compose.yaml": `services: { a: { ${app}, networks: } }`,
      "compose.override.yaml": "services: { a: { networks: [x] } }\nnetworks: { x: }",
    });
    expect(refusedByCompose(project)).toContain("services.a.networks must be a mapping");
  });

  it("leaves an empty list of pools alone, which only 2.26 takes for none", () => {
    const version = "2.26";
    expect(refusedByCompose(overridden(ipam(), "{ driver: bridge }"))).toEqual([]);
    expect(refusedByCompose(overridden(ipam(), "{ driver: bridge }", { version }))).toEqual([
      "networks.x.ipam.config must be a list",
    ]);
    expect(refusedByCompose(projectOf({ "compose.yaml": withNetwork(ipam()) }, { version }))).toEqual([]);
  });
});

describe("tags", () => {
  it("take an item out of the document's own list and leave the base's alone", () => {
    const base = ipam(`{ subnet: ${A} }`);
    const override = ipam(`{ subnet: ${A}, gateway: !reset null }`, "!reset null");
    expect(poolsOf(overridden(base, override), "x")).toEqual([A]);
  });

  it("below an anchor have no effect where an alias stands for it", () => {
    const override = "x-none: &none { ipam: !reset null }\nnetworks: { x: *none }";
    const project = projectOf({
      "compose.yaml": withNetwork(ipam(`{ subnet: ${A} }`)),
      "compose.override.yaml": override,
    });
    expect(poolsOf(project, "x")).toEqual([A]);
  });

  it("on the anchored value itself have an effect where an alias stands for it", () => {
    const override = "x-none: &none !reset null\nnetworks: { x: { ipam: *none } }";
    const project = projectOf({
      "compose.yaml": withNetwork(ipam(`{ subnet: ${A} }`)),
      "compose.override.yaml": override,
    });
    expect(poolsOf(project, "x")).toEqual([]);
  });
});

describe("anchors, aliases and merge keys", () => {
  const anchored = `x-ipam: &ipam { config: [{ subnet: ${A} }] }\nx-net: &net { ipam: *ipam, internal: true }\n`;

  it.each(["{ ipam: *ipam }", "*net", "{ <<: *net }", "{ <<: [*net, *net] }"])("are resolved in %s", (definition) => {
    expect(poolsOf(projectOf({ "compose.yaml": anchored + withNetwork(definition) }), "x")).toEqual([A]);
  });

  it("give way to an explicit key as a whole: the subnet below it is gone", () => {
    const project = projectOf({ "compose.yaml": anchored + withNetwork("{ <<: *net, ipam: { driver: default } }") });
    expect(networkOf(project, "x").ipv4.mode).toBe("automatic");
  });

  it("give two networks the same subnet", () => {
    const two = `${anchored}services: { a: { ${app}, networks: [x, y] } }\nnetworks: { x: *net, y: *net }`;
    const project = projectOf({ "compose.yaml": two });
    expect([poolsOf(project, "x"), poolsOf(project, "y")]).toEqual([[A], [A]]);
  });
});

describe("several documents in one file", () => {
  it("are laid over each other in their order", () => {
    const text = `${withNetwork(ipam(`{ subnet: ${A} }`))}---\n${onlyNetwork(`{ ipam: !override { config: [{ subnet: ${B} }] } }`)}`;
    expect(poolsOf(projectOf({ "compose.yaml": text }), "x")).toEqual([B]);
  });
});

describe("include", () => {
  const part = `services: { b: { ${app} } }\nnetworks: { default: ${ipam(`{ subnet: ${A} }`)}, x: ${ipam(`{ subnet: ${B} }`)} }\n`;
  const including = (item: string, rest = ""): string => `include: ${item}\nservices: { a: { ${app} } }\n${rest}`;

  it("unites the models: both files share one default network", () => {
    const project = projectOf({ "compose.yaml": including("[part.yaml]"), "part.yaml": part });
    expect(createdIn(project)).toEqual(["default"]);
    expect(networkOf(project, "default").services).toEqual(["a", "b"]);
    expect(poolsOf(project, "default")).toEqual([A]);
  });

  it("of a network that the including file has too is refused before 5, unless both say the same", () => {
    const files = (definition: string): Texts => ({
      "compose.yaml": including("[part.yaml]", onlyNetwork(definition)),
      "part.yaml": part,
    });
    const message = "networks.x conflicts with imported resource";
    for (const version of ["2.26", "2.40"] as const) {
      expect(refusedByCompose(projectOf(files(ipam(`{ subnet: ${A} }`)), { version }))).toEqual([message]);
      expect(refusedByCompose(projectOf(files(ipam(`{ subnet: ${B} }`)), { version }))).toEqual([]);
    }
  });

  it("of a network that the including file has too lets the including file win from 5 on", () => {
    const files = {
      "compose.yaml": including("[part.yaml]", onlyNetwork("{ internal: true, driver: macvlan }")),
      "part.yaml": `services: { b: { ${app}, networks: [x] } }\nnetworks: { x: { driver: bridge, ipam: { config: [{ subnet: ${B} }] } } }`,
    };
    const project = projectOf(files, { version: "5" });
    expect(refusedByCompose(project)).toEqual([]);
    expect(networkOf(project, "x").driver).toBe("macvlan");
    expect(poolsOf(project, "x")).toEqual([B]);
  });

  it("does not merge a network that both files define alike", () => {
    const both = `networks: { x: ${ipam(`{ subnet: ${A} }`, `{ subnet: ${A6} }`)} }\n`;
    const project = projectOf({ "compose.yaml": including("[part.yaml]", both), "part.yaml": both });
    expect(refusedByCompose(project)).toEqual([]);
    expect(poolsOf(project, "x")).toEqual([A, "fd00:1::/64"]);
  });

  it("takes the list form and the map form of a service's networks for different", () => {
    const files = (networks: string): Texts => ({
      "compose.yaml": `include: [part.yaml]\nservices: { a: { ${app}, networks: ${networks} } }\nnetworks: { x: }`,
      "part.yaml": `services: { a: { ${app}, networks: [x] } }\nnetworks: { x: }`,
    });
    expect(refusedByCompose(projectOf(files("[x]")))).toEqual(["services.a conflicts with imported resource"]);
    expect(refusedByCompose(projectOf(files("{ x: }")))).toEqual([]);
  });

  it("takes an empty list for different from itself", () => {
    const files = { "compose.yaml": including("[part.yaml]", onlyNetwork(ipam())), "part.yaml": onlyNetwork(ipam()) };
    expect(refusedByCompose(projectOf(files))).toEqual(["networks.x conflicts with imported resource"]);
  });

  it("may bring the same file twice", () => {
    const project = projectOf({
      "compose.yaml": including("[one.yaml, two.yaml]"),
      "one.yaml": "include: [part.yaml]\nservices: {}",
      "two.yaml": "include: [part.yaml]\nservices: {}",
      "part.yaml": `services: { b: { ${app}, networks: [x] } }\nnetworks: { x: ${ipam()} }`,
    });
    expect(refusedByCompose(project)).toEqual([]);
    expect(createdIn(project)).toEqual(["x", "default"]);
  });

  it("lets later paths of one item override earlier ones", () => {
    const project = projectOf({
      "compose.yaml": including("[{ path: [part.yaml, more.yaml] }]"),
      "part.yaml": part,
      "more.yaml": onlyNetwork("{ ipam: !reset null }"),
    });
    expect(networkOf(project, "x").pools).toEqual([]);
  });

  it.each([
    ["the `.env` beside the file", "{ path: sub/part.yaml }", "10.8.0.0/24"],
    ["`env_file` instead", "{ path: sub/part.yaml, env_file: [other.env] }", "10.9.0.0/24"],
    ["the `.env` in `project_directory`", "{ path: sub/part.yaml, project_directory: lib }", "10.7.0.0/24"],
    [
      "the `.env` beside the file when `env_file` is an empty list",
      "{ path: sub/part.yaml, env_file: [] }",
      "10.8.0.0/24",
    ],
  ])("puts variables of %s into the included file only", (_, item, subnet) => {
    const project = projectOf({
      "compose.yaml": including(`[${item}]`, onlyNetwork(ipam('{ subnet: "10.${N:-1}.0.0/24" }'))),
      "sub/part.yaml": `networks: { y: ${ipam('{ subnet: "10.${N:-1}.0.0/24" }')} }`,
      "sub/.env": "N=8",
      "lib/.env": "N=7",
      "other.env": "N=9",
    });
    expect(poolsOf(project, "x")).toEqual([A]);
    expect(poolsOf(project, "y")).toEqual([subnet]);
  });

  it("lets the project's own variables win over those of the included file", () => {
    const project = projectOf({
      "compose.yaml": including("[sub/part.yaml]"),
      "sub/part.yaml": onlyNetwork(ipam('{ subnet: "10.${N}.0.0/24" }')),
      ".env": "N=1",
      "sub/.env": "N=8",
    });
    expect(poolsOf(project, "x")).toEqual([A]);
  });

  it.each([
    ["itself", { "compose.yaml": including("[compose.yaml]") }],
    ["a file that includes it", { "compose.yaml": including("[part.yaml]"), "part.yaml": "include: [compose.yaml]" }],
    [
      "a file whose second path includes it",
      {
        "compose.yaml": including("[{ path: [part.yaml, more.yaml] }]"),
        "part.yaml": part,
        "more.yaml": "include: [{ path: [part.yaml, more.yaml] }]",
      },
    ],
  ])("ends in a refusal when the file includes %s", (_, texts) => {
    expect(refusedByCompose(projectOf(texts))).toContain("include cycle detected");
  });

  it("must be a list", () => {
    expect(refusedByCompose(projectOf({ "compose.yaml": including("part.yaml"), "part.yaml": part }))).toEqual([
      "`include` must be a list",
    ]);
  });

  it("of a file that can't be read leaves open which networks are created", () => {
    const project = projectOf({ "compose.yaml": including("[https://example.com/part.yaml]", onlyNetwork("{}")) });
    expect(networkOf(project, "x").existence).toMatchObject({ kind: "unknown", because: { reason: "include" } });
  });

  it("brings a network that a later override file changes", () => {
    const project = projectOf({
      "compose.yaml": including("[part.yaml]"),
      "compose.override.yaml": `networks: { default: ${ipam(`{ subnet: ${B} }`)} }`,
      "part.yaml": part,
    });
    expect(poolsOf(project, "default")).toEqual([B]);
  });
});

describe("extends", () => {
  const library = `services: { base: { ${app}, networks: [x] } }\nnetworks: { x: ${ipam(`{ subnet: ${A} }`)} }\n`;
  const extending = "services: { a: { extends: { service: base, file: lib/base.yaml } } }\n";

  it("brings the other service's networks and never the file's: one that is declared nowhere is unknown", () => {
    const project = projectOf({ "compose.yaml": extending, "lib/base.yaml": library });
    expect(joinedBy(project, "a")).toEqual(["x"]);
    expect(keysOf(project)).toEqual([]);
    expect(project.fragment).toContain('network "x"');
  });

  it("unites the networks of both services", () => {
    const project = projectOf({
      "compose.yaml": `services: { a: { extends: b, networks: [y] }, b: { ${app}, networks: { x: } } }\nnetworks: { x: , y: }`,
    });
    expect(joinedBy(project, "a")).toEqual(["x", "y"]);
  });

  it("follows a file from where it lies", () => {
    const project = projectOf({
      "compose.yaml": extending,
      "lib/base.yaml": "services: { base: { extends: { service: deep, file: ../deep.yaml } } }",
      "deep.yaml": `services: { deep: { ${app}, networks: [z] } }`,
    });
    expect(joinedBy(project, "a")).toEqual(["z"]);
  });

  it("lets the tags of a document count for what its services extend", () => {
    const project = projectOf({
      "compose.yaml": `services: { a: { extends: { service: base, file: lib/base.yaml }, networks: !override [y] } }\nnetworks: { y: }`,
      "lib/base.yaml": library,
    });
    expect(joinedBy(project, "a")).toEqual(["y"]);
  });

  it("lets the tags of another file's service count in that file only, but in 2.26 for the extending service too", () => {
    const texts = {
      "compose.yaml": "services: { a: { extends: { service: a, file: lib/base.yaml } } }\nnetworks: { y: , default: }",
      "lib/base.yaml": `services: { a: { ${app}, networks: !override [y] } }`,
    };
    expect(joinedBy(projectOf(texts), "a")).toEqual(["y"]);
    expect(joinedBy(projectOf(texts, { version: "2.26" }), "a")).toEqual(["default"]);
  });

  it("reads all documents of the other file, with their tags", () => {
    const project = projectOf({
      "compose.yaml": extending,
      "lib/base.yaml": `${library}---\nservices: { base: { networks: !override [z] } }`,
    });
    expect(joinedBy(project, "a")).toEqual(["z"]);
  });

  it.each([
    ["itself", "services: { a: { image: app, extends: a } }"],
    ["a service that extends it", "services: { a: { image: app, extends: b }, b: { extends: { service: a } } }"],
  ])("ends in a refusal when a service extends %s", (_, text) => {
    expect(refusedByCompose(projectOf({ "compose.yaml": text }))).toContain("Circular reference");
  });

  it.each([
    ["c", "d", ["cannot override services.b.extends"]],
    ["{ service: c }", "d", ["cannot override services.b.extends"]],
    ["c", "{ service: d }", []],
    ["{ service: c }", "{ service: d }", []],
  ])("of another file's documents, with %s and then %s, must not end in a name alone", (first, second, refusals) => {
    const one = `services: { b: { ${app}, extends: ${first} }, c: { networks: [x] }, d: { networks: [y] } }`;
    const project = projectOf({
      "compose.yaml": "services: { a: { extends: { service: b, file: lib.yaml } } }\nnetworks: { x: , y: }",
      "lib.yaml": `${one}\n---\nservices: { b: { extends: ${second} } }\n`,
    });
    expect(refusedByCompose(project)).toEqual(refusals);
    expect(joinedBy(project, "a")).toEqual(["y"]);
  });

  it("may come by services of the same name in two files", () => {
    const project = projectOf({
      "compose.yaml":
        "services: { a: { extends: b }, b: { extends: { service: a, file: lib/base.yaml } } }\nnetworks: { x: }",
      "lib/base.yaml": `services: { a: { extends: c }, c: { ${app}, networks: [x] } }`,
    });
    expect(refusedByCompose(project)).toEqual([]);
    expect(joinedBy(project, "a")).toEqual(["x"]);
  });

  it("of a service that is not there is refused", () => {
    expect(refusedByCompose(projectOf({ "compose.yaml": `services: { a: { ${app}, extends: gone } }` }))).toEqual([
      'cannot extend service "a": service "gone" not found',
    ]);
  });

  it("of a file that can't be read leaves open which networks the service joins", () => {
    const project = projectOf({ "compose.yaml": extending + onlyNetwork("{}") });
    expect(networkOf(project, "x").existence).toMatchObject({ kind: "unknown", because: { reason: "extends" } });
  });
});

describe("variables", () => {
  const subnetOf = (subnet: string, environment = ""): ReturnType<typeof projectOf> =>
    projectOf({ "compose.yaml": withNetwork(ipam(`{ subnet: "${subnet}" }`)), ".env": environment });

  it("take their default when they are unset or empty", () => {
    for (const environment of ["", "V="]) {
      expect(networkOf(subnetOf("${V:-10.1.0.0/24}", environment), "x").ipv4).toMatchObject({
        mode: "explicit",
        subnets: [{ text: A, written: { interpolation: { defaulted: ["V"] } } }],
      });
    }
  });

  it("without a colon take their default only when they are unset", () => {
    expect(poolsOf(subnetOf("${V-10.1.0.0/24}"), "x")).toEqual([A]);
    expect(networkOf(subnetOf("${V-10.1.0.0/24}", "V="), "x").ipv4.mode).toBe("automatic");
  });

  it.each(["${V:?needed}", "${V?needed}"])("that are required leave the subnet open: %s", (subnet) => {
    expect(networkOf(subnetOf(subnet), "x").ipv4).toMatchObject({
      mode: "unknown",
      because: { reason: "required variable", name: "V" },
    });
  });

  it.each(["${V:+10.3.0.0/24}", "${V+10.3.0.0/24}"])(
    "stand for something else only when they are set: %s",
    (subnet) => {
      expect(networkOf(subnetOf(subnet), "x").ipv4).toMatchObject({ mode: "unknown", because: { names: ["V"] } });
      expect(poolsOf(subnetOf(subnet, "V=1"), "x")).toEqual(["10.3.0.0/24"]);
    },
  );

  it.each([
    ["10.${N:-1}.0.0/24", A],
    ["${V:-${W:-10.1.0.0/24}}", A],
  ])("may stand inside a text and inside a default: %s", (subnet, expected) => {
    expect(poolsOf(subnetOf(subnet), "x")).toEqual([expected]);
  });

  it("are none behind two dollar signs: the engine refuses the text", () => {
    expect(networkOf(subnetOf("$$V"), "x").ipv4).toEqual({ mode: "unusable" });
  });

  it.each(["${V", "${}", "${V/x/y}"])("are refused when they are malformed: %s", (subnet) => {
    expect(networkOf(subnetOf(subnet), "x").ipv4).toMatchObject({ mode: "refused", refusal: { by: "compose" } });
  });

  it("come from the `.env` file of the project, never from a service's `env_file`", () => {
    const text = withNetwork(ipam('{ subnet: "10.${N:-1}.0.0/24" }')).replace(app, `${app}, env_file: service.env`);
    const files = { "compose.yaml": text, "service.env": "N=9" };
    expect(poolsOf(projectOf(files), "x")).toEqual([A]);
    expect(poolsOf(projectOf({ ...files, ".env": "N=2" }), "x")).toEqual([B]);
  });

  it("are not looked for in keys", () => {
    expect(keysOf(projectOf({ "compose.yaml": 'networks: { "${V}": {} }', ".env": "V=x" }))).toEqual(["${V}"]);
  });

  it("include COMPOSE_PROJECT_NAME, which Compose sets by itself", () => {
    const project = projectOf({ "compose.yaml": withNetwork('{ name: "${COMPOSE_PROJECT_NAME}-net" }') });
    expect(networkOf(project, "x").name).toBe("shop-net");
  });
});

describe("the project's name", () => {
  const named = (text: string, others: Texts = {}): string =>
    networkOf(projectOf({ "compose.yaml": text + withNetwork("{}"), ...others }), "x").name;

  it("is the directory's, unless a file says another", () => {
    expect(named("")).toBe("shop_x");
    expect(named("name: My Project\n")).toBe("myproject_x");
    expect(named('name: "${NAME:-other}"\n')).toBe("other_x");
  });

  it("is COMPOSE_PROJECT_NAME before all, and the last file's before that of others", () => {
    expect(named("name: one\n", { "compose.override.yaml": "name: two\n" })).toBe("two_x");
    expect(named("name: one\n", { ".env": "COMPOSE_PROJECT_NAME=chosen" })).toBe("chosen_x");
  });

  it("is never that of an included file", () => {
    expect(named("include: [part.yaml]\n", { "part.yaml": "name: part\nservices: {}\n" })).toBe("shop_x");
  });
});

describe("older and other kinds of files", () => {
  it("`version` says nothing: what it once forbade is allowed", () => {
    for (const version of ['"2"', '"3.8"']) {
      const project = projectOf({
        "compose.yaml": `version: ${version}\n${withNetwork(ipam(`{ subnet: ${A}, gateway: 10.1.0.1 }`))}`,
      });
      expect(refusedByCompose(project)).toEqual([]);
      expect(poolsOf(project, "x")).toEqual([`${A} gateway=10.1.0.1`]);
    }
  });

  it("services at the root are none: Compose refuses such a file, and creates nothing", () => {
    expect(keysOf(projectOf({ "compose.yaml": "a:\n  image: app\n" }))).toEqual([]);
  });

  it("what only `docker stack deploy` refuses, Compose accepts", () => {
    const stack = withNetwork(
      `{ driver: overlay, enable_ipv6: true, ipam: { config: [{ subnet: ${A}, gateway: 10.1.0.1, ip_range: 10.1.0.128/25 }] } }`,
    );
    expect(refusedByCompose(projectOf({ "compose.yaml": `name: stack\n${stack}` }))).toEqual([]);
  });
});
