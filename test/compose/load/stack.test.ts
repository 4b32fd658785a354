import { describe, expect, it } from "vitest";

import { createdIn, joinedBy, keysOf, networkOf, poolsOf, projectOf, type Texts } from "../in-memory.js";

/*
 * What `docker stack config` and `docker stack deploy` of Docker 28.5 were seen to do, row 129 of the truth table.
 */

const SERVICE = "services: { web: { image: app, networks: [front] } }\n";

function stackOf(texts: Texts | string) {
  const files = typeof texts === "string" ? { "stack.yaml": texts } : texts;
  return projectOf(files, { stack: true, paths: Object.keys(files).filter((name) => !name.endsWith(".env")) });
}

function refusedByStack(text: string): string[] {
  return stackOf(text).refusals.flatMap(({ by, message }) => (by === "stack" ? [message] : []));
}

describe("the networks of a stack", () => {
  it("have the driver overlay, which only containers see", () => {
    const project = stackOf(
      `services: { web: { image: app }, api: { image: app, networks: [front] } }\nnetworks: { front: }\n`,
    );
    expect(project.stack).toBe(true);
    for (const key of ["front", "default"]) {
      expect(networkOf(project, key)).toMatchObject({ driver: "overlay", reach: "containers" });
    }
  });

  it("are only those that a service joins", () => {
    expect(createdIn(stackOf(`${SERVICE}networks: { front: , spare: {} }\n`))).toEqual(["front"]);
  });

  it("are joined whatever network_mode says, and have no static addresses", () => {
    const project = stackOf(
      "services: { a: { image: app, network_mode: host }, b: { image: app, networks: { x: { ipv4_address: 10.1.0.9 } } } }\nnetworks: { x: }\n",
    );
    expect(joinedBy(project, "a")).toEqual(["default"]);
    expect(networkOf(project, "x").attachments).toMatchObject([{ addresses: [] }]);
  });

  it("take the place of those in files before, as a whole", () => {
    const project = stackOf({
      "stack.yaml": `${SERVICE}networks: { front: { internal: true, ipam: { config: [{ subnet: 10.1.0.0/24 }] } }, back: { ipam: { config: [{ subnet: 10.5.0.0/24 }] } } }\n`,
      "prod.yaml":
        "services: { web: { networks: [back] } }\nnetworks: { front: { ipam: { config: [{ subnet: 10.2.0.0/24 }] } }, back: }\n",
    });
    expect(joinedBy(project, "web")).toEqual(["front", "back"]);
    expect(poolsOf(project, "front")).toEqual(["10.2.0.0/24"]);
    expect(poolsOf(project, "back")).toEqual([]);
    expect(networkOf(project, "front").place.source.path).toBe("/shop/prod.yaml");
  });

  it("do not come from a second document, and know no tags", () => {
    const text = `${SERVICE}networks: { front: !reset { ipam: { config: [{ subnet: 10.1.0.0/24 }] } } }\n---\nnetworks: { front: { driver: bridge }, more: }\n`;
    const project = stackOf(text);
    expect(keysOf(project)).toEqual(["front"]);
    expect(poolsOf(project, "front")).toEqual(["10.1.0.0/24"]);
  });
});

describe("docker stack refuses", () => {
  it.each([
    ["{ enable_ipv6: true }", "networks.front Additional property enable_ipv6 is not allowed"],
    ["{ enable_ipv4: false }", "networks.front Additional property enable_ipv4 is not allowed"],
    ["{ ipam: { options: { a: b } } }", "networks.front.ipam Additional property options is not allowed"],
    ["{ ipam: { x-a: b } }", "networks.front.ipam Additional property x-a is not allowed"],
    ...["gateway: 10.1.0.1", "ip_range: 10.1.0.0/25", "aux_addresses: { a: 10.1.0.3 }", "x-a: b"].map((field) => [
      `{ ipam: { config: [{ subnet: 10.1.0.0/24, ${field} }] } }`,
      `networks.front.ipam.config.0 Additional property ${field.split(":")[0] ?? ""} is not allowed`,
    ]),
    [
      "{ driver: bridge }",
      "The network front cannot be used with services. Only networks scoped to the swarm can be used",
    ],
  ])("a network %s", (definition, message) => {
    expect(refusedByStack(`${SERVICE}networks: { front: ${definition} }\n`)).toEqual([message]);
  });

  it.each(["name: shop", "include: [other.yaml]"])("a file that says %s", (line) => {
    const [key = ""] = line.split(":");
    expect(refusedByStack(`${line}\n${SERVICE}networks: { front: }\n`)).toEqual([
      `(root) Additional property ${key} is not allowed`,
    ]);
  });

  it("nothing of what its schema knows", () => {
    const text = `version: "3.8"\n${SERVICE}networks: { front: { name: f, driver: overlay, driver_opts: { a: 1 }, internal: true, attachable: true, labels: { a: b }, x-a: 1, ipam: { driver: default, config: [{ subnet: 10.1.0.0/24 }] } } }\n`;
    expect(refusedByStack(text)).toEqual([]);
  });

  it("no network that would get a subnet by itself: there is none", () => {
    const { ipv4, ipv6 } = networkOf(stackOf(`${SERVICE}networks: { front: { enable_ipv6: true } }\n`), "front");
    expect([ipv4.mode, ipv6.mode]).toEqual(["refused", "refused"]);
  });
});
