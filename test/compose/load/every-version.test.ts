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
  type Texts,
} from "../in-memory.js";
import type { Project } from "../../../src/compose/project/project.js";

const A = "{ subnet: 10.1.0.0/24, gateway: 10.1.0.1 }";
const A6 = '{ subnet: "fd00:1::/64", gateway: "fd00:1::1" }';
const B = "{ subnet: 10.2.0.0/24 }";

function ipam(...pools: string[]): string {
  return `{ ipam: { config: [${pools.join(", ")}] } }`;
}

describe.each(["2.26", "2.40", "5"] as const)("Compose %s, like the others,", (version) => {
  const project = (texts: Texts): Project => projectOf(texts, { version });
  const overridden = (base: string, override: string): Project =>
    project({ "compose.yaml": withNetwork(base), "docker-compose.override.yml": onlyNetwork(override) });

  it("drops the base's pool when the override has another subnet", () => {
    expect(poolsOf(overridden(ipam(A), ipam(B)), "x")).toEqual(["10.2.0.0/24"]);
  });

  it("gives the gateway of the IPv6 pool to the IPv4 subnet of the override", () => {
    expect(poolsOf(overridden(ipam(A, A6), ipam(B)), "x")).toEqual(["10.2.0.0/24 gateway=fd00:1::1"]);
  });

  it("merges pools whose subnets are the same text", () => {
    const override = ipam("{ subnet: 10.1.0.0/24, ip_range: 10.1.0.128/25 }");
    expect(poolsOf(overridden(ipam(A), override), "x")).toEqual([
      "10.1.0.0/24 gateway=10.1.0.1 ip_range=10.1.0.128/25",
    ]);
  });

  it("loses the subnet to an override that has a gateway alone", () => {
    expect(networkOf(overridden(ipam(A), ipam("{ gateway: 10.1.0.9 }")), "x").ipv4.mode).toBe("unusable");
  });

  it("keeps the base where the override says nothing of the network", () => {
    expect(poolsOf(overridden(ipam(A), "null"), "x")).toEqual(["10.1.0.0/24 gateway=10.1.0.1"]);
  });

  it.each(["{ ipam: !reset null }", "{ ipam: { config: !reset [] } }"])(
    "leaves the subnet to Docker with %s",
    (over) => {
      expect(networkOf(overridden(ipam(A), over), "x").ipv4.mode).toBe("automatic");
    },
  );

  it.each([`{ ipam: { config: !override [${B}] } }`, `{ ipam: !override { config: [${B}] } }`])("obeys %s", (over) => {
    expect(poolsOf(overridden(ipam(A, A6), over), "x")).toEqual(["10.2.0.0/24"]);
  });

  it("takes a service off `default` when the override gives it a network", () => {
    const texts = {
      "compose.yaml": "services: { a: { image: app } }\nnetworks: { y: }\n",
      "compose.override.yml": "services: { a: { networks: [y] } }\n",
    };
    expect(createdIn(project(texts))).toEqual(["y"]);
  });

  it("refuses a `network_mode` over networks, unless these are reset", () => {
    const texts = (service: string): Texts => ({
      "compose.yaml": withNetwork("{}"),
      "compose.override.yaml": `services: { a: { ${service} } }\n`,
    });
    expect(refusedByCompose(project(texts("network_mode: host")))).toHaveLength(1);
    expect(refusedByCompose(project(texts("network_mode: host, networks: !reset null")))).toEqual([]);
  });

  it("lets an explicit key hide a merged one wholly", () => {
    const anchored = `x-n: &n ${ipam(A)}\n${withNetwork("{ <<: *n, ipam: { driver: default } }")}`;
    expect(networkOf(project({ "compose.yaml": anchored }), "x").ipv4.mode).toBe("automatic");
  });

  it("unites what it includes, with the variables of the included directory and later paths over earlier ones", () => {
    const including = project({
      "compose.yaml": "include: [{ path: [part/a.yaml, part/b.yaml] }]\nservices: { a: { image: app } }\n",
      "part/a.yaml": `services: { b: { image: app } }\nnetworks: { default: ${ipam('{ subnet: "10.${N}.0.0/24" }')} }\n`,
      "part/b.yaml": "networks: { default: { internal: true } }\n",
      "part/.env": "N=8\n",
    });
    expect(createdIn(including)).toEqual(["default"]);
    expect([...networkOf(including, "default").services].sort()).toEqual(["a", "b"]);
    expect(poolsOf(including, "default")).toEqual(["10.8.0.0/24"]);
  });

  it("brings the networks of an extended service along, and no definition of them", () => {
    const extending = project({
      "compose.yaml": "services: { a: { extends: { service: b, file: lib.yaml } } }\n",
      "lib.yaml": `services: { b: { image: app, networks: [x] } }\n${onlyNetwork(ipam(A))}`,
    });
    expect(joinedBy(extending, "a")).toEqual(["x"]);
    expect(keysOf(extending)).toEqual([]);
  });
});
