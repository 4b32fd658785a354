import { describe, expect, it } from "vitest";

import { projectOf } from "../../compose/in-memory.js";
import { compare } from "./judge.js";
import { factsOfProject } from "./our-facts.js";
import { factsOfConfig } from "./their-facts.js";

const project = projectOf({
  "compose.yaml": `
services:
  a: { image: app, networks: { x: { ipv4_address: 10.1.0.5 } } }
networks:
  x: { ipam: { config: [{ subnet: 10.1.0.0/24, gateway: "$\${V}", aux_addresses: { h: 10.1.0.9 } }] }, driver_opts: { com.docker.network.enable_ipv6: "true" } }
  y: { external: true, name: office }
`,
});

/** What Compose answers for it. */
const config = {
  name: "shop",
  services: { a: { networks: { x: { ipv4_address: "10.1.0.5" } } } },
  networks: {
    x: {
      name: "shop_x",
      ipam: { config: [{ subnet: "10.1.0.0/24", gateway: "$${V}", aux_addresses: { h: "10.1.0.9" } }] },
      driver_opts: { "com.docker.network.enable_ipv6": "true" },
    },
    y: { name: "office", external: true, ipam: {} },
  },
};

function causesOf(answer: unknown): readonly string[] {
  const theirs = factsOfConfig(answer);
  const facts = new Map(theirs.facts).set("networks.x.created", "yes");
  const verdict = compare(factsOfProject(project), { ...theirs, facts }, true);
  return verdict.kind === "different" ? verdict.causes : [];
}

describe("the comparison with Compose", () => {
  it("finds nothing when Compose says the same", () => {
    expect(causesOf(config)).toEqual([]);
  });

  it.each([
    [
      "another subnet",
      "10.1.0.0/24",
      "10.2.0.0/24",
      "networks.x.pools.0.subnet: we say 10.1.0.0/24, Compose 10.2.0.0/24",
    ],
    ["another static address", "10.1.0.5", "10.1.0.6", "services.a.x.ipv4_address: we say 10.1.0.5, Compose 10.1.0.6"],
    [
      "another auxiliary address",
      "10.1.0.9",
      "10.1.0.8",
      "networks.x.pools.0.aux_addresses.h: we say 10.1.0.9, Compose 10.1.0.8",
    ],
    ["another name", "shop_x", "x", "networks.x.name: we say shop_x, Compose x"],
    [
      "another option",
      '"true"',
      '"false"',
      "networks.x.driver_opts.com.docker.network.enable_ipv6: we say true, Compose false",
    ],
  ])("finds %s", (_, ours, theirs, cause) => {
    expect(causesOf(JSON.parse(JSON.stringify(config).replace(ours, theirs)))).toEqual([cause]);
  });

  it("finds what one of the two doesn't mention", () => {
    const { x } = config.networks;
    expect(causesOf({ ...config, networks: { x } })).toContain("networks.y.name: we say office, Compose nothing");
    const more = { ...config, networks: { ...config.networks, z: { name: "shop_z" } } };
    expect(causesOf(more)).toContain("networks.z.name: we say nothing, Compose shop_z");
  });
});
