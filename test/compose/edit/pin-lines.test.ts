import { describe } from "vitest";

import { SUBNET, SUBNET_6 } from "./edits.js";
import { itPins } from "./it-pins.js";

const FRONT = ["networks:", "  front:"];
const IPAM = ["    ipam:", "      config:", `        - subnet: ${SUBNET}`];

describe("a network without a definition", () => {
  itPins("one with nothing behind the colon", { before: FRONT, after: [...FRONT, ...IPAM] });
  itPins("one with spaces behind the colon", {
    before: ["networks:", "  front:  "],
    after: ["networks:", "  front:  ", ...IPAM],
  });
  itPins("one with a comment behind the colon", {
    before: ["networks:", "  front: # the outer one", "  back:"],
    after: ["networks:", "  front: # the outer one", ...IPAM, "  back:"],
  });
  itPins("one with a comment below", {
    before: ["networks:", "  front:", "    # nothing yet", "volumes:"],
    after: ["networks:", "  front:", ...IPAM, "    # nothing yet", "volumes:"],
  });
  for (const none of ["~", "null", "Null", "NULL"]) {
    itPins(`one that is ${none}`, { before: ["networks:", `  front: ${none}`], after: [...FRONT, ...IPAM] });
  }
  itPins("one that is ~, keeping the comment behind it", {
    before: ["networks:", "  front:   ~ # the outer one"],
    after: ["networks:", "  front: # the outer one", ...IPAM],
  });
  itPins("one with an anchor that nobody uses", {
    before: ["networks:", "  front: &front"],
    after: ["networks:", "  front: &front", ...IPAM],
  });
  itPins("one with an anchor that nobody uses in front of its null", {
    before: ["networks:", "  front: &front null # no"],
    after: ["networks:", "  front: &front # no", ...IPAM],
  });
  itPins("the first of several", {
    before: ["networks:", "  front:", "  back:", "  side:"],
    after: ["networks:", "  front:", ...IPAM, "  back:", "  side:"],
  });
  itPins("one whose key has quotes", {
    before: ["networks:", '  "front" :', "  'back':"],
    after: ["networks:", '  "front" :', ...IPAM, "  'back':"],
  });
  itPins("one with a tab in the comment", {
    before: ["networks:", "  front: \t#\tthe outer one"],
    after: ["networks:", "  front: \t#\tthe outer one", ...IPAM],
  });
  itPins("one above comments, the second one indented by a tab", {
    before: ["networks:", "  front:", "# no", "\t# no", "volumes:"],
    after: ["networks:", "  front:", ...IPAM, "# no", "\t# no", "volumes:"],
  });
});

describe("a network with a definition", () => {
  itPins("one with only a driver", {
    before: [...FRONT, "    driver: bridge"],
    after: [...FRONT, "    driver: bridge", ...IPAM],
  });
  itPins("one with a tab behind a colon", {
    before: [...FRONT, "    driver:\tbridge"],
    after: [...FRONT, "    driver:\tbridge", ...IPAM],
  });
  itPins("one with a comment behind its last value and one below", {
    before: [...FRONT, "    driver: bridge # as ever", "    # nothing else", "  # back", "  back:"],
    after: [...FRONT, "    driver: bridge # as ever", ...IPAM, "    # nothing else", "  # back", "  back:"],
  });
  itPins("one with comments between its keys", {
    before: [...FRONT, "    # how", "    driver: bridge", "", "    # what", "    internal: true"],
    after: [...FRONT, "    # how", "    driver: bridge", "", "    # what", "    internal: true", ...IPAM],
  });
  itPins("one whose definition is `ipam` with only a driver", {
    before: [...FRONT, "    ipam:", "      driver: default"],
    after: [...FRONT, "    ipam:", "      driver: default", "      config:", `        - subnet: ${SUBNET}`],
  });
  itPins("one with keys behind `ipam`", {
    before: [...FRONT, "    ipam:", "      driver: default", "    internal: true"],
    after: [
      ...FRONT,
      "    ipam:",
      "      driver: default",
      "      config:",
      `        - subnet: ${SUBNET}`,
      "    internal: true",
    ],
  });
  itPins("one that ends in a map in braces over several lines", {
    before: [...FRONT, "    labels: {", "      a: b }"],
    after: [...FRONT, "    labels: {", "      a: b }", ...IPAM],
  });
  itPins("one that ends in a plain text over several lines", {
    before: [...FRONT, "    name: one", "      two", "", "      three", "  back:"],
    after: [...FRONT, "    name: one", "      two", "", "      three", ...IPAM, "  back:"],
  });
  itPins("one that ends in a quoted text over several lines", {
    before: [...FRONT, '    name: "one', "      # two", '      three" # four', "  back:"],
    after: [...FRONT, '    name: "one', "      # two", '      three" # four', ...IPAM, "  back:"],
  });
  itPins("one that ends in a list below its key without indentation", {
    before: [...FRONT, "    labels:", "    - a=b", "    - c=d # e", "  back:"],
    after: [
      ...[...FRONT, "    labels:", "    - a=b", "    - c=d # e"],
      ...["    ipam:", "      config:", `      - subnet: ${SUBNET}`, "  back:"],
    ],
  });
  itPins("one that ends in a list with an item left out", {
    before: [...FRONT, "    x-list:", "      - a", "      -", "      - # none", "  back:"],
    after: [...FRONT, "    x-list:", "      - a", "      -", "      - # none", ...IPAM, "  back:"],
  });
  itPins("one that ends in a key without a value", {
    before: [...FRONT, "    x-note:", "  back:"],
    after: [...FRONT, "    x-note:", ...IPAM, "  back:"],
  });
  itPins("one that ends in an anchor that names nothing", {
    before: [...FRONT, "    x-nothing: &nothing", "  back:"],
    after: [...FRONT, "    x-nothing: &nothing", ...IPAM, "  back:"],
  });
  itPins("one that ends in an alias", {
    before: ["x-labels: &labels { a: b }", ...FRONT, "    labels: *labels # shared"],
    after: ["x-labels: &labels { a: b }", ...FRONT, "    labels: *labels # shared", ...IPAM],
  });
});

describe("a network that ends in a text block", () => {
  itPins("one with a clipped block", {
    before: [...FRONT, "    x-text: |", "      one", "", "", "  back:"],
    after: [...FRONT, "    x-text: |", "      one", ...IPAM, "", "", "  back:"],
  });
  itPins("one with a block that keeps its last empty lines", {
    before: [...FRONT, "    x-text: |+", "      one", "", "", "  back:"],
    after: [...FRONT, "    x-text: |+", "      one", "", "", ...IPAM, "  back:"],
  });
  itPins("one with a folded block that strips its last line break", {
    before: [...FRONT, "    x-text: >- # no", "      one", "      # two", "  back:"],
    after: [...FRONT, "    x-text: >- # no", "      one", "      # two", ...IPAM, "  back:"],
  });
  itPins("one with a block that has a line of spaces at its end", {
    before: [...FRONT, "    x-text: |", "      one", "          ", "  back:"],
    after: [...FRONT, "    x-text: |", "      one", "          ", ...IPAM, "  back:"],
  });
});

describe("a list of pools", () => {
  itPins("a network with pools of the other family", {
    before: [...FRONT, "    ipam:", "      config:", `        - subnet: ${SUBNET_6}`],
    after: [...FRONT, "    ipam:", "      config:", `        - subnet: ${SUBNET_6}`, `        - subnet: ${SUBNET}`],
  });
  itPins("a network with a pool of the other family that has a gateway and comments", {
    before: [
      ...[...FRONT, "    ipam:", "      config:", "        # the new world", `        - subnet: ${SUBNET_6} # ours`],
      ...["          gateway: fd12:3456::1 # first", "        # the old world"],
    ],
    after: [
      ...[...FRONT, "    ipam:", "      config:", "        # the new world", `        - subnet: ${SUBNET_6} # ours`],
      ...["          gateway: fd12:3456::1 # first", `        - subnet: ${SUBNET}`, "        # the old world"],
    ],
  });
  itPins("a network whose dashes stand below the key, with quotes as they are there", {
    before: [...FRONT, "    ipam:", "      config:", `      - subnet: '${SUBNET_6}'`, "volumes:"],
    after: [
      ...FRONT,
      "    ipam:",
      "      config:",
      `      - subnet: '${SUBNET_6}'`,
      `      - subnet: '${SUBNET}'`,
      "volumes:",
    ],
  });
  itPins("a network with a list in brackets", {
    before: [...FRONT, "    ipam:", `      config: [{ subnet: "${SUBNET_6}" }] # one`],
    after: [...FRONT, "    ipam:", `      config: [{ subnet: "${SUBNET_6}" }, { subnet: ${SUBNET} }] # one`],
  });
  itPins("a network with a list in brackets over several lines", {
    before: [...FRONT, "    ipam:", "      config: [", `        { subnet: "${SUBNET_6}" }, # one`, "      ]"],
    after: [
      ...FRONT,
      "    ipam:",
      "      config: [",
      `        { subnet: "${SUBNET_6}" }, { subnet: ${SUBNET} }, # one`,
      "      ]",
    ],
  });
  itPins("the IPv6 side of a network that has an IPv4 subnet", {
    subnet: SUBNET_6,
    before: [...FRONT, "    enable_ipv6: true", ...IPAM],
    after: [...FRONT, "    enable_ipv6: true", ...IPAM, `        - subnet: ${SUBNET_6}`],
  });
  itPins("the IPv6 side of a network in braces, with quotes because of the colons", {
    subnet: SUBNET_6,
    before: ["networks:", `  front: { enable_ipv6: true, ipam: { config: [{ subnet: ${SUBNET} }] } }`],
    after: [
      "networks:",
      `  front: { enable_ipv6: true, ipam: { config: [{ subnet: ${SUBNET} }, { subnet: "${SUBNET_6}" }] } }`,
    ],
  });
  itPins("a network with an empty list", {
    before: [...FRONT, "    ipam:", "      config: [] # none"],
    after: [...FRONT, "    ipam:", `      config: [{ subnet: ${SUBNET} }] # none`],
  });
  itPins("a network with an empty pool", {
    before: [...FRONT, "    ipam:", "      config:", "        - {} # any"],
    after: [...FRONT, "    ipam:", "      config:", `        - { subnet: ${SUBNET} } # any`],
  });
  itPins("a network with an empty pool in brackets", {
    before: [...FRONT, "    ipam:", "      config: [{ }]"],
    after: [...FRONT, "    ipam:", `      config: [{ subnet: ${SUBNET} }]`],
  });
  itPins("a network with a pool that only has remarks", {
    before: [...FRONT, "    ipam:", "      config:", "        - x-owner: netops # them"],
    after: [...FRONT, "    ipam:", "      config:", "        - x-owner: netops # them", `          subnet: ${SUBNET}`],
  });
  for (const written of [`""`, "''", "0.0.0.0/24", '"0.0.0.0/24"', "'0.0.0.0/28'"]) {
    const quote = /^["']/.exec(written)?.[0] ?? "";
    itPins(`a network with the subnet ${written}`, {
      before: [...FRONT, "    ipam:", "      config:", `        - subnet: ${written} # any`],
      after: [...FRONT, "    ipam:", "      config:", `        - subnet: ${quote}${SUBNET}${quote} # any`],
    });
  }
  itPins("the second of two open pools, the first being of the other family", {
    before: [
      ...FRONT,
      "    enable_ipv6: true",
      "    ipam:",
      "      config:",
      "        - subnet: ::/64",
      "        - subnet: 0.0.0.0/24",
    ],
    after: [
      ...FRONT,
      "    enable_ipv6: true",
      "    ipam:",
      "      config:",
      "        - subnet: ::/64",
      `        - subnet: ${SUBNET}`,
    ],
  });
});

describe("indentation", () => {
  itPins("a file indented by 3", {
    before: ["networks:", "   front:", "   back:", "      driver: bridge"],
    after: [
      ...["networks:", "   front:", "      ipam:", "         config:", `            - subnet: ${SUBNET}`],
      ...["   back:", "      driver: bridge"],
    ],
  });
  itPins("a file indented by 4, though the services are indented by 2", {
    before: ["networks:", "    front:"],
    after: ["networks:", "    front:", "        ipam:", "            config:", `                - subnet: ${SUBNET}`],
  });
  itPins("a network whose own keys have another step than the networks", {
    before: ["networks:", "    back:", "      driver: bridge", "    front:"],
    after: [
      ...["networks:", "    back:", "      driver: bridge", "    front:"],
      ...["      ipam:", "        config:", `          - subnet: ${SUBNET}`],
    ],
  });
  itPins("a file indented by 8", {
    before: ["networks:", "        front:", "                driver: bridge"],
    after: [
      ...["networks:", "        front:", "                driver: bridge"],
      ...[
        "                ipam:",
        "                        config:",
        `                                - subnet: ${SUBNET}`,
      ],
    ],
  });
  itPins("a network whose keys stand deeper than the others'", {
    before: ["networks:", "  back:", "    driver: bridge", "  front:", "      driver: bridge"],
    after: [
      ...["networks:", "  back:", "    driver: bridge", "  front:", "      driver: bridge"],
      ...["      ipam:", "        config:", `          - subnet: ${SUBNET}`],
    ],
  });
  itPins("a network beside one whose dashes stand below the key", {
    before: ["networks:", "  back:", "    ipam:", "      config:", "      - subnet: 10.1.0.0/24", "  front:"],
    after: [
      ...["networks:", "  back:", "    ipam:", "      config:", "      - subnet: 10.1.0.0/24", "  front:"],
      ...["    ipam:", "      config:", `      - subnet: ${SUBNET}`],
    ],
  });
  itPins("a network beside pools whose dashes stand below the key, unlike those of other lists", {
    before: [
      ...["x-list:", "  - a", "networks:", "  back:", "    ipam:", "      config:", "      - subnet: 10.1.0.0/24"],
      ...["  front:"],
    ],
    after: [
      ...["x-list:", "  - a", "networks:", "  back:", "    ipam:", "      config:", "      - subnet: 10.1.0.0/24"],
      ...["  front:", "    ipam:", "      config:", `      - subnet: ${SUBNET}`],
    ],
  });
  itPins("a network in a file whose lists stand below their key", {
    before: ["x-list: # of things", "", "# first", "- a", "- b", "networks:", "  front:"],
    after: [
      ...["x-list: # of things", "", "# first", "- a", "- b", "networks:", "  front:"],
      ...["    ipam:", "      config:", `      - subnet: ${SUBNET}`],
    ],
  });
});
