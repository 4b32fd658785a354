import { describe, expect, it } from "vitest";
import { defaultsIn } from "../../../src/compose/project/field.js";
import {
  engineRefusalsOf,
  keysOf,
  networkIn,
  projectOf,
  refusalsOf,
  saidOf,
  withNetwork,
  type Values,
} from "../said.js";

function ipv4Of(subnet: string, values: Values = {}): string {
  return saidOf(withNetwork(`{ipam: {config: [{subnet: '${subnet}'}]}}`), "x", values).ipv4;
}

function defaultedIn(subnet: string, values: Values = {}): readonly string[] | undefined {
  const { ipv4 } = networkIn(projectOf(withNetwork(`{ipam: {config: [{subnet: '${subnet}'}]}}`), values), "x");
  const [first] = ipv4.mode === "explicit" ? ipv4.subnets : [];
  return first && defaultsIn(first.written);
}

describe("a variable in a subnet", () => {
  it.each(["${V:-10.2.0.0/24}", "${V-10.2.0.0/24}", "${V:-${W:-10.2.0.0/24}}"])(
    "falls back to its default: %s",
    (subnet) => {
      expect(ipv4Of(subnet)).toBe(`explicit: 10.2.0.0/24 at 4:32 '${subnet}'`);
      expect(defaultedIn(subnet)).toContain("V");
    },
  );

  it.each(["${V:-10.2.0.0/24}", "${V-10.2.0.0/24}", "$V", "${V}"])("has its value where one is known: %s", (subnet) => {
    expect(ipv4Of(subnet, { V: "10.9.0.0/24" })).toBe(`explicit: 10.9.0.0/24 at 4:32 '${subnet}'`);
    expect(defaultedIn(subnet, { V: "10.9.0.0/24" })).toEqual([]);
  });

  it("may be empty, which `:-` takes for unset and `-` for a value", () => {
    expect(ipv4Of("${V:-10.2.0.0/24}", { V: "" })).toMatch(/^explicit: 10\.2\.0\.0\/24/);
    expect(ipv4Of("${V-10.2.0.0/24}", { V: "" })).toBe("automatic: empty pool at 4:32 '${V-10.2.0.0/24}'");
  });

  it.each(["${V:?msg}", "${V?msg}"])("must be set with %s", (subnet) => {
    expect(ipv4Of(subnet)).toBe(`unknown: $V must be set where Compose runs at 4:32 '${subnet}'`);
    expect(ipv4Of(subnet, { V: "10.9.0.0/24" })).toMatch(/^explicit: 10\.9\.0\.0\/24/);
  });

  it("must not be empty with `:?`", () => {
    expect(ipv4Of("${V:?msg}", { V: "" })).toMatch(/^unknown/);
    expect(ipv4Of("${V?msg}", { V: "" })).toMatch(/^automatic: empty pool/);
  });

  it.each(["${V:+10.3.0.0/24}", "${V+10.3.0.0/24}"])("is only replaced when it is set with %s", (subnet) => {
    expect(ipv4Of(subnet)).toMatch(/^unknown: \$V has no value here and no default/);
    expect(ipv4Of(subnet, { V: "yes" })).toMatch(/^explicit: 10\.3\.0\.0\/24/);
  });

  it("may be a part of it", () => {
    expect(ipv4Of("10.${N:-6}.0.0/24")).toBe("explicit: 10.6.0.0/24 at 4:32 '10.${N:-6}.0.0/24'");
    expect(ipv4Of("10.${N}.0.0/24")).toBe("unknown: $N has no value here and no default at 4:32 '10.${N}.0.0/24'");
    expect(ipv4Of("10.${N}.0.0/24", { N: "8" })).toMatch(/^explicit: 10\.8\.0\.0\/24/);
  });

  it("is a plain dollar sign when that is doubled, which the engine refuses", () => {
    expect(ipv4Of("$$V", { V: "10.9.0.0/24" })).toBe("unusable");
    const text = withNetwork("{ipam: {config: [{subnet: $$V}]}}");
    expect(engineRefusalsOf(text, { V: "10.9.0.0/24" })).toEqual(["malformedSubnet at 4:32 $$V"]);
  });

  it.each(["${V", "${}", "${V/x/y}", "${V:-10.2.0.0/24"])("is refused by Compose as %s", (subnet) => {
    const refusal = `compose: invalid interpolation format for networks.x.ipam.config.[].subnet at 4:32 '${subnet}'`;
    expect(ipv4Of(subnet)).toBe(`refused by ${refusal}`);
    expect(refusalsOf(withNetwork(`{ipam: {config: [{subnet: '${subnet}'}]}}`))).toEqual([refusal]);
  });

  it.each([
    ["{driver: '${V'}", "networks.x.driver at 4:15 '${V'"],
    ["{name: '${V'}", "networks.x.name at 4:13 '${V'"],
    ["{enable_ipv6: '${V'}", "networks.x.enable_ipv6 at 4:20 '${V'"],
    ["{ipam: {driver: '${V'}}", "networks.x.ipam.driver at 4:22 '${V'"],
    ["{ipam: {config: [{subnet: 10.7.0.0/24, gateway: '${V'}]}}", "networks.x.ipam.config.[].gateway at 4:54 '${V'"],
  ])("is refused by Compose elsewhere too: %s", (definition, place) => {
    expect(refusalsOf(withNetwork(definition))).toEqual([`compose: invalid interpolation format for ${place}`]);
  });
});

describe("a variable in a key", () => {
  it("is none: the key is taken as it stands", () => {
    const text = "services:\n  a: {image: i, network_mode: host}\nnetworks:\n  ${V:-x}: {}\n";
    expect(keysOf(projectOf(text, { V: "x" }))).toEqual(["${V:-x}"]);
  });
});

describe("a project's name", () => {
  it.each([
    ["name: my-proj\n", "my-proj"],
    ["name: My Proj\n", "myproj"],
    ["name: __Shop__\n", "shop__"],
    ["name: ${NAME:-web}\n", "web"],
    ["", "shop"],
    ["name: ''\n", "shop"],
  ])("from %j is %j", (line, name) => {
    const project = projectOf(`${line}services:\n  a: {image: i}\n`);
    expect(project.name).toBe(name);
    expect(networkIn(project, "default").name).toBe(`${name}_default`);
  });

  it("comes from `COMPOSE_PROJECT_NAME` before any other", () => {
    expect(projectOf("name: web\nservices: {}\n", { COMPOSE_PROJECT_NAME: "other" }).name).toBe("other");
  });
});

describe("the key `version`", () => {
  it.each(["'2'", "'3.8'", "3"])("means nothing as %s", (version) => {
    const text =
      "services:\n  a: {image: i, networks: [x]}\nnetworks:\n  x: {ipam: {config: [{subnet: 10.7.0.0/24, gateway: 10.7.0.1}]}}\n";
    const said = saidOf(`version: ${version}\n${text}`, "x");
    expect(said).toMatchObject({ existence: "created", ipv4: "explicit: 10.7.0.0/24 at 5:32 10.7.0.0/24" });
    expect(refusalsOf(`version: ${version}\n${text}`)).toEqual([]);
  });
});
