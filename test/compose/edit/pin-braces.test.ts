import { describe, expect, it } from "vitest";

import { lines, pin, SUBNET, SUBNET_6 } from "./edits.js";
import { itPins } from "./it-pins.js";

const POOLS = `ipam: { config: [{ subnet: ${SUBNET} }] }`;
/** The same in a file that has no spaces inside of braces. */
const TIGHT = `ipam: {config: [{subnet: ${SUBNET}}]}`;

describe("a network in braces", () => {
  itPins("an empty one", {
    before: ["networks:", "  front: {} # any"],
    after: ["networks:", `  front: {${TIGHT}} # any`],
  });
  itPins("an empty one, like the braces of another network", {
    before: ["networks:", "  front: {}", "  back: { driver: bridge }"],
    after: ["networks:", `  front: { ${POOLS} }`, "  back: { driver: bridge }"],
  });
  itPins("an empty one, like braces elsewhere in the file", {
    before: ["x-logging: { driver: json-file }", "networks:", "  front: {}"],
    after: ["x-logging: { driver: json-file }", "networks:", `  front: { ${POOLS} }`],
  });
  itPins("one with spaces, in a file that has none elsewhere", {
    before: ["x-logging: {driver: json-file}", "networks:", "  front: { driver: bridge }"],
    after: ["x-logging: {driver: json-file}", "networks:", `  front: { driver: bridge, ${POOLS} }`],
  });
  itPins("an empty one over two lines", {
    before: ["networks:", "  front: {", "  }"],
    after: ["networks:", `  front: { ${POOLS} }`],
  });
  itPins("one with a driver", {
    before: ["networks:", "  front: { driver: bridge }"],
    after: ["networks:", `  front: { driver: bridge, ${POOLS} }`],
  });
  itPins("one without spaces", {
    before: ["networks:", "  front: {driver: bridge}"],
    after: ["networks:", `  front: {driver: bridge, ${TIGHT}}`],
  });
  itPins("one that ends in a comma", {
    before: ["networks:", "  front: { driver: bridge, }"],
    after: ["networks:", `  front: { driver: bridge, ${POOLS} }`],
  });
  itPins("one with a line for each key", {
    before: ["networks:", "  front: {", "    driver: bridge", "  }"],
    after: ["networks:", "  front: {", "    driver: bridge,", `    ${POOLS}`, "  }"],
  });
  itPins("one with a line for each key and a comma behind the last", {
    before: ["networks:", "  front: {", "    driver: bridge,", "  }"],
    after: ["networks:", "  front: {", "    driver: bridge,", `    ${POOLS}`, "  }"],
  });
  itPins("one with comments", {
    before: ["networks:", "  front: { # outer", "    internal: true, # 1", "    driver: bridge # 2", "  }"],
    after: [
      "networks:",
      "  front: { # outer",
      "    internal: true, # 1",
      "    driver: bridge,",
      `    ${POOLS} # 2`,
      "  }",
    ],
  });
  itPins("one with a comment and a comma behind the last key", {
    before: ["networks:", "  front: { driver: bridge, # 1", "  }"],
    after: ["networks:", `  front: { driver: bridge, ${POOLS}, # 1`, "  }"],
  });
  itPins("one with an empty `ipam`", {
    before: ["networks:", "  front: { ipam: {}, driver: bridge }"],
    after: ["networks:", `  front: { ${POOLS}, driver: bridge }`],
  });
  itPins("one whose last key has no value", {
    before: ["networks:", "  front: { driver: bridge, x-note: }"],
    after: ["networks:", `  front: { driver: bridge, x-note:, ${POOLS} }`],
  });
  itPins("one whose last key is an anchor that names nothing, before a comment", {
    before: ["networks:", "  front: { x-note: &note # why", "  }"],
    after: ["networks:", `  front: { x-note: &note, ${POOLS} # why`, "  }"],
  });
});

describe("a map of networks in braces", () => {
  itPins("a network without a value", {
    before: ["networks: { front: }"],
    after: [`networks: { front: { ${POOLS} } }`],
  });
  itPins("a network without a colon", {
    before: ["networks: { front }"],
    after: [`networks: { front: { ${POOLS} } }`],
  });
  itPins("a network without a colon before another", {
    before: ["networks: { front, back: {} }"],
    after: [`networks: { front: { ${POOLS} }, back: {} }`],
  });
  itPins("a network that is null", {
    before: ["networks: { back: null, front: null }"],
    after: [`networks: { back: null, front: { ${POOLS} } }`],
  });
  itPins("a network in double quotes", {
    before: [`networks: {"front": {"driver": "bridge"}}`],
    after: [`networks: {"front": {"driver": "bridge", ${TIGHT}}}`],
  });
});

describe("the `ipam` of a network in lines", () => {
  itPins("an empty one", {
    before: ["networks:", "  front:", "    ipam: {} # any"],
    after: ["networks:", "  front:", `    ${TIGHT} # any`],
  });
  itPins("one with a driver", {
    before: ["networks:", "  front:", "    ipam: { driver: default }"],
    after: ["networks:", "  front:", `    ipam: { driver: default, config: [{ subnet: ${SUBNET} }] }`],
  });
});

describe("a JSON file", () => {
  const compact = '{"services":{"web":{"image":"nginx","networks":["front"]}}';

  it("takes in a subnet with quotes", () => {
    expect(pin(`${compact},"networks":{"front":{}}}`, "front")).toBe(
      `${compact},"networks":{"front":{"ipam": {"config": [{"subnet": "${SUBNET}"}]}}}}`,
    );
  });

  it("takes in a subnet in place of null", () => {
    expect(pin(`${compact},"networks":{"front":null}}`, "front")).toBe(
      `${compact},"networks":{"front": {"ipam": {"config": [{"subnet": "${SUBNET}"}]}}}}`,
    );
  });

  it("takes in a second pool", () => {
    const before = `${compact},"networks":{"front":{"ipam":{"config":[{"subnet":"${SUBNET_6}"}]}}}}`;
    const after = `${compact},"networks":{"front":{"ipam":{"config":[{"subnet":"${SUBNET_6}"}, {"subnet": "${SUBNET}"}]}}}}`;
    expect(pin(before, "front")).toBe(after);
  });

  it("takes in a new key on a line of its own, indented by tabs as the others are", () => {
    const before = lines("{", '\t"services": {', '\t\t"web": { "image": "nginx#1" }', "\t}", "}");
    expect(pin(before, "default")).toBe(
      lines(
        ...["{", '\t"services": {', '\t\t"web": { "image": "nginx#1" }', "\t},"],
        ...[`\t"networks": { "default": { "ipam": { "config": [{ "subnet": "${SUBNET}" }] } } }`, "}"],
      ),
    );
  });

  it("takes in a new key on its only line", () => {
    expect(pin('{"services": {"web": {"image": "nginx"}}}\n', "default")).toBe(
      `{"services": {"web": {"image": "nginx"}}, "networks": {"default": {"ipam": {"config": [{"subnet": "${SUBNET}"}]}}}}\n`,
    );
  });

  it("takes in a new key with the line ends of Windows", () => {
    const before = lines("{", '  "services": { "web": { "image": "nginx" } }', "}").replaceAll("\n", "\r\n");
    expect(pin(before, "default").replace(/\r\n/g, "")).not.toContain("\n");
  });
});
