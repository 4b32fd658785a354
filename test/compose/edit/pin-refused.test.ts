import { describe, expect, it } from "vitest";

import { pinSubnet } from "../../../src/compose/edit/pin-subnet.js";
import { lines, obstacleIn, prefix, refusedPin } from "./edits.js";
import { itPins, itRefuses } from "./it-pins.js";
import { networkIn, readText } from "./read-text.js";

const IPAM = ["    ipam:", "      config:", "        - subnet: 10.20.30.0/24"];

describe("shared texts", () => {
  itPins("a network that is an alias, beside what it stands for", {
    before: ["x-net: &net { driver: bridge }", "networks:", "  front: *net # as all", "  back: *net"],
    after: [
      ...["x-net: &net { driver: bridge }", "networks:", "  front: # as all", "    <<: *net", ...IPAM, "  back: *net"],
    ],
  });
  itPins("a network in braces that is an alias, beside what it stands for", {
    before: ["x-net: &net { driver: bridge }", "networks: { front: *net, back: *net }"],
    after: [
      "x-net: &net { driver: bridge }",
      "networks: { front: { <<: *net, ipam: { config: [{ subnet: 10.20.30.0/24 }] } }, back: *net }",
    ],
  });
  itPins("a network that is an alias of nothing", {
    before: ["x-net: &net", "networks:", "  front: *net"],
    after: ["x-net: &net", "networks:", "  front:", ...IPAM],
  });
  itRefuses("a network that is an alias of one with an `ipam`", {
    before: ["x-net: &net { ipam: { driver: default } }", "networks:", "  front: *net"],
    because: "3:10: the alias *net refers to it",
  });
  itRefuses("a network whose anchor another one uses", {
    before: ["networks:", "  front: &net", "    driver: bridge", "  back: *net"],
    because: "3:5: its text has the anchor &net, which other places share",
  });
  itRefuses("a network without a value whose anchor another one uses", {
    before: ["networks:", "  front: &net", "  back: *net"],
    because: "2:14: its text has the anchor &net, which other places share",
  });
  itRefuses("a network that a merge key brings in", {
    before: ["x-nets: &nets", "  front:", "    driver: bridge", "networks:", "  <<: *nets"],
    because: "5:7: the merge key <<: *nets brings it in",
  });
  itRefuses("a network that a merge key with a map of its own brings in", {
    before: ["networks:", "  <<: { front: { driver: bridge } }"],
    because: "2:7: a merge key brings it in",
  });
  itRefuses("networks that are an alias", {
    before: ["x-nets: &nets { front: {} }", "networks: *nets"],
    because: "2:11: the alias *nets refers to it",
  });
  itRefuses("networks whose anchor another place uses", {
    before: ["networks: &nets", "  front:", "x-copy: *nets"],
    because: "2:3: its text has the anchor &nets, which other places share",
  });
  itRefuses("an `ipam` that is an alias", {
    before: ["x-ipam: &ipam { driver: default }", "networks:", "  front:", "    ipam: *ipam"],
    because: "4:11: the alias *ipam refers to it",
  });
  itRefuses("an `ipam` that a merge key brings in", {
    before: ["x-net: &net { ipam: { driver: default } }", "networks:", "  front:", "    <<: *net"],
    because: "4:9: the merge key <<: *net brings it in",
  });
  itRefuses("a list of pools that is an alias", {
    before: ["x-pools: &pools []", "networks: { front: { ipam: { config: *pools } } }"],
    because: "2:38: the alias *pools refers to it",
  });
  itRefuses("a pool that is an alias", {
    before: ["x-pool: &pool {}", "networks: { front: { ipam: { config: [*pool] } } }"],
    because: "2:39: the alias *pool refers to it",
  });
  itRefuses("a subnet whose anchor another place uses", {
    before: ["networks:", "  front:", "    ipam:", "      config:", '        - subnet: &any ""', "x-any: *any"],
    because: "5:24: its text has the anchor &any, which other places share",
  });
  itRefuses("a subnet that is a variable's default", {
    before: ["networks:", "  front:", "    ipam:", "      config:", "        - subnet: ${FRONT:-0.0.0.0/24}"],
    because: "5:19: it is a variable",
  });
});

describe("what is not shared", () => {
  itPins("a network that a merge key only adds to", {
    before: ["x-net: &net { driver: bridge }", "networks:", "  front:", "    <<: *net # all", "  back:"],
    after: ["x-net: &net { driver: bridge }", "networks:", "  front:", "    <<: *net # all", ...IPAM, "  back:"],
  });
  itPins("a network that a list of merge keys only adds to", {
    before: [
      "x-a: &a { driver: bridge }",
      "x-b: &b { internal: true }",
      "networks:",
      "  front:",
      "    <<: [*b, *a]  # all",
    ],
    after: [
      "x-a: &a { driver: bridge }",
      "x-b: &b { internal: true }",
      "networks:",
      "  front:",
      "    <<: [*b, *a]  # all",
      ...IPAM,
    ],
  });
  itPins("a network with a merge key between its own", {
    before: ["x-net: &net { internal: true }", "networks:", "  front:", "    driver: bridge", "    <<: *net"],
    after: ["x-net: &net { internal: true }", "networks:", "  front:", "    driver: bridge", "    <<: *net", ...IPAM],
  });
  itPins("a network in braces with a merge key", {
    before: ["x-net: &net { driver: bridge }", "networks: { front: { <<: *net } }"],
    after: [
      "x-net: &net { driver: bridge }",
      "networks: { front: { <<: *net, ipam: { config: [{ subnet: 10.20.30.0/24 }] } } }",
    ],
  });
  itPins("a network whose anchor only looks like one that is used", {
    before: ["x-more: &network-1 {}", "x-copy: *network-1", "networks:", "  front: &network", "    driver: bridge"],
    after: [
      "x-more: &network-1 {}",
      "x-copy: *network-1",
      "networks:",
      "  front: &network",
      "    driver: bridge",
      ...IPAM,
    ],
  });
});

describe("unusual layouts", () => {
  itRefuses("a network behind a question mark", {
    before: ["networks:", "  ? front", "  : ~"],
    because: "2:5: an anchor, a tag or a question mark is before its key",
  });
  itRefuses("a network behind a question mark alone", {
    before: ["networks:", "  ? front", "volumes:"],
    because: "2:5: an anchor, a tag or a question mark is before its key",
  });
  itRefuses("a network whose key has an anchor", {
    before: ["networks:", "  &key front:"],
    because: "2:8: an anchor, a tag or a question mark is before its key",
  });
  itRefuses("a network with a null on a line of its own", {
    before: ["networks:", "  front:", "    ~"],
    because: "3:5: its null has an anchor, a tag or a line of its own",
  });
  itRefuses("a network with a tagged null", {
    before: ["networks:", "  front: !!null", "volumes:"],
    because: "2:16: its null has an anchor, a tag or a line of its own",
  });
  itRefuses("a network in braces with a null behind an anchor", {
    before: ["networks: { front: &unused ~ }"],
    because: "1:28: its null has an anchor, a tag or a line of its own",
  });
  itRefuses("a network whose only key has an anchor", {
    before: ["networks:", "  front:", "    &key driver: bridge"],
    because: "3:10: each key has an anchor, a tag or a question mark before it on its line",
  });
  itRefuses("a network in braces that hold only a comment", {
    before: ["networks:", "  front: { # none", "  }"],
    because: "2:10: a comment may stand at the end of its braces",
  });
  itRefuses("a network in braces that end in a merge key and a comment", {
    before: ["x-a: &a { driver: bridge }", "networks:", "  front: { <<: [*a] # all", "  }"],
    because: "3:10: a comment may stand at the end of its braces",
  });
  itRefuses("a list of merge keys over several lines", {
    before: [
      "x-a: &a { driver: bridge }",
      "x-b: &b { driver: other }",
      "networks:",
      "  front:",
      "    <<: [ *a,",
      "      *b ]",
    ],
    because: "5:13: the line that it would follow goes on: a list of merge keys over several lines",
  });
  itRefuses("a subnet in a text block", {
    before: ["networks:", "  front:", "    ipam:", "      config:", "        - subnet: >-", "            0.0.0.0/24"],
    because: "5:19: its subnet is a text block",
  });
});

describe("a network of another file", () => {
  const text = lines("services: { web: { image: nginx } }");

  it("is left alone", () => {
    const network = networkIn(readText(text, undefined, "/srv/other.yaml"), "default");
    const outcome = pinSubnet(readText(text).file, network, prefix("10.20.30.0/24"));
    expect(obstacleIn(outcome)).toBe("1:1: it is written in another file");
  });
});

describe("what hangs on a subnet", () => {
  for (const [key, value] of [
    ["gateway", "10.1.0.1"],
    ["ip_range", "10.1.0.0/28"],
    ["aux_addresses", "{ router: 10.1.0.2 }"],
  ]) {
    itRefuses(`an open pool that has a ${key}`, {
      before: [
        "networks:",
        "  front:",
        "    ipam:",
        "      config:",
        `        - { subnet: 0.0.0.0/24, ${key}: ${value} }`,
      ],
      because: `5:33: its ${key} must lie in the subnet`,
    });
  }
});

describe("a network that needs no subnet", () => {
  it("is left alone when it has one", () => {
    expect(refusedPin(lines("services: { web: { image: a } }", "networks:", "  default:", ...IPAM), "default")).toBe(
      "3:3: Docker does not choose its subnet",
    );
  });

  it("is left alone when it is external", () => {
    const before = lines("services: { web: { image: a } }", "networks:", "  default: { external: true }");
    expect(refusedPin(before, "default")).toBe("3:3: Docker does not choose its subnet");
  });
});
