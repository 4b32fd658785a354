import { describe, expect, it } from "vitest";

import { networkOf, poolsOf, projectOf, refusedByCompose, withNetwork } from "../in-memory.js";

const A = "10.1.0.0/24";
const B = "10.2.0.0/24";

/** A file whose network `x` takes over what the anchor `n` names. */
function sharing(anchored: string, definition: string): string {
  return `x-n: &n ${anchored}\n${withNetwork(definition)}`;
}

/** Two pools. What an override file without a tag makes of them shows a gateway that nobody wrote beside the subnet. */
const BASE = withNetwork(`{ ipam: { config: [{ subnet: ${A} }, { subnet: "fd00::/64", gateway: "fd00::1" }] } }`);
const OVERRIDE_BY_ANCHOR = `{ ipam: { config: !override [{ subnet: 10.3.0.0/24 }] } }`;
const OWN_IPAM = `ipam: { config: [{ subnet: ${B} }] }`;

describe("a key that is reset beside a merge key", () => {
  it("lets through what the merge key offers", () => {
    const text = sharing(`{ ipam: { config: [{ subnet: ${A} }] } }`, "{ <<: *n, ipam: !reset null }");
    expect(poolsOf(projectOf({ "compose.yaml": text }), "x")).toEqual([A]);
  });

  it("lets through the value of a variable, too", () => {
    const text = sharing(`{ ipam: { config: [{ subnet: "\${NET:-${A}}" }] } }`, "{ <<: *n, ipam: !reset null }");
    expect(poolsOf(projectOf({ "compose.yaml": text }), "x")).toEqual([A]);
  });

  it("lets through the first of several merged maps that has not reset it", () => {
    const text = sharing(
      `{ ipam: !reset null }\nx-m: &m { ipam: { config: [{ subnet: ${A} }] } }`,
      "{ <<: [*n, *m], ipam: !reset null }",
    );
    expect(poolsOf(projectOf({ "compose.yaml": text }), "x")).toEqual([A]);
  });
});

describe("`!override` in what a merge key brings in", () => {
  it("counts although the network has a value of its own there", () => {
    const override = sharing(OVERRIDE_BY_ANCHOR, `{ <<: *n, ${OWN_IPAM} }`);
    expect(poolsOf(projectOf({ "compose.yaml": BASE, "compose.override.yaml": override }), "x")).toEqual([B]);
  });

  it("does not count in a list of merged maps", () => {
    const override = sharing(OVERRIDE_BY_ANCHOR, `{ <<: [*n], ${OWN_IPAM} }`);
    expect(poolsOf(projectOf({ "compose.yaml": BASE, "compose.override.yaml": override }), "x")).toEqual([
      `${B} gateway=fd00::1`,
    ]);
  });
});

describe("what Compose refuses in one document", () => {
  it.each(["{ ipam: !override {} }", "!reset null", "{ ipam: { config: !override [] } }"])(
    "stays refused although the next one throws it away with %s",
    (override) => {
      const project = projectOf({
        "compose.yaml": withNetwork("{ ipam: { config: null } }"),
        "compose.override.yaml": `networks: { x: ${override} }`,
      });
      expect(refusedByCompose(project)).toContain("networks.x.ipam.config must be a array");
    },
  );

  it("is refused of an external network as well, whose addresses nobody reads", () => {
    const project = projectOf({ "compose.yaml": withNetwork("{ external: true, ipam: null }") });
    expect(refusedByCompose(project)).toEqual(["networks.x.ipam must be a mapping"]);
    expect(networkOf(project, "x").existence).toEqual({ kind: "external" });
  });
});
