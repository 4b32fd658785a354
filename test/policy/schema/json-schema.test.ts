import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { rules } from "../../../rules/index.js";
import { schemaOf } from "../../../src/lint/options.js";
import { forbiddenRangesSchema } from "../../../src/policy/schema/json-schema.js";
import { isRecord, isValid } from "./draft-07.js";
import { faultsOf } from "../faults-of.js";

const SCHEMA_FILE = "../../../schema/forbidden-ranges.json";
const UPDATE = "npx vitest run test/policy/schema/json-schema.test.ts --update";

const entry = (fields: object): object => ({ forbidden: [{ cidr: "10.0.0.0/8", ...fields }] });
const pool = (fields: object): object => ({ pools: [{ cidr: "10.201.0.0/16", prefix: 24, ...fields }] });
const exception = (fields: object): object => ({ allow: [{ file: "compose.yaml", reason: "NET-1", ...fields }] });
const daemonPool = (fields: object): object => ({
  docker: { "default-address-pools": [{ base: "10.202.0.0/16", size: 24, ...fields }] },
});

/** What both take, next to `version: 1`. */
const ACCEPTED: readonly object[] = [
  {},
  { $schema: "./schema.json", id: "shop", extends: [], forbidden: [], pools: [], allow: [], docker: {} },
  { extends: ["builtin:tailscale", "builtin:home-routers"] },
  {
    forbidden: ["10.0.0.0/8", "fd00::/8", "::ffff:10.0.0.0/104", "10.0.0.7", "10.0.0.1-10.0.0.9", "fd00::1 – fd00::9"],
  },
  entry({
    name: "a",
    reason: "b",
    owner: "c",
    severity: "off",
    except: "10.1.0.0/16",
    until: "2027-12-31",
    source: "d",
  }),
  { forbidden: [{ cidr: ["10.0.0.0/8", "fd00::/8"], except: ["10.1.2.3", "10.2.0.0-10.3.0.0"] }] },
  { forbidden: [{ range: ["10.0.0.1-10.0.0.9"] }, { range: "fd00::1 - fd00::9" }] },
  pool({}),
  { pools: [{ cidr: "fd00::/48", prefix: 64 }] },
  exception({ network: "default", cidr: "10.4.0.0/24", expires: "2027-01-31" }),
  exception({ file: "**/[id]/*.yaml" }),
  daemonPool({}),
  { docker: { bip: "172.17.0.1/16" } },
  { hosts: {} },
  { hosts: { "prod-1": "apps/shop/**", "prod 2": ["compose.yaml", "apps/*/compose.yaml"] } },
  { projects: ["compose.yaml", ["compose.yaml", "compose.prod.yaml"]], stacks: ["swarm/*.yaml"], compose: "2.40" },
  { ignore: ["templates/**", "data/", "legacy"] },
  { compose: 5 },
  { rules: {} },
  { rules: { "require-subnet": "warn", "no-public-subnet": "off", "valid-ipam": ["error"] } },
  { rules: { "require-subnet": { when: "unsafe" }, "valid-ipam": ["warn", { engine: { min: "28" } }] } },
];

/** What neither takes: the shape is wrong, not only the meaning. */
const REFUSED: readonly object[] = [
  { version: 2 },
  { version: "1" },
  { version: null },
  { forbiden: [] },
  { projects: "compose.yaml" },
  { projects: [[]] },
  { projects: [["/compose.yaml"]] },
  { stacks: [] },
  { ignore: [] },
  { ignore: "templates" },
  { ignore: ["/templates"] },
  { rules: [] },
  { rules: { "require-subnets": "error" } },
  { rules: { "compose-networks/require-subnet": "error" } },
  { rules: { "require-subnet": "warning" } },
  { rules: { "require-subnet": 2 } },
  { rules: { "require-subnet": null } },
  { rules: { "require-subnet": [] } },
  { rules: { "require-subnet": [{ when: "unsafe" }] } },
  { rules: { "require-subnet": ["error", {}, {}] } },
  { rules: { "require-subnet": ["error", { whne: "unsafe" }] } },
  { rules: { "require-subnet": { when: "unsave" } } },
  { rules: { "no-forbidden-daemon-pool": { when: "unsafe" } } },
  { stacks: "stack.yaml" },
  { compose: "3" },
  { compose: [5] },
  { id: 7 },
  { id: "" },
  { id: null },
  { extends: "a.txt" },
  { extends: [""] },
  { extends: [{}] },
  { extends: ["builtin:nothing"] },
  { extends: ["https://example.com/a.txt"] },
  { extends: ["a\\b.txt"] },
  { forbidden: "10.0.0.0/8" },
  { forbidden: { cidr: "10.0.0.0/8" } },
  { forbidden: [["10.0.0.0/8"]] },
  { forbidden: [10] },
  { forbidden: [null] },
  { forbidden: ["office"] },
  { forbidden: ["10.0.0.0/1000"] },
  { forbidden: [{}] },
  { forbidden: [{ name: "office" }] },
  { forbidden: [{ cidr: [] }] },
  { forbidden: [{ cidr: "10.0.0.1-10.0.0.9" }] },
  { forbidden: [{ range: "10.0.0.0/8" }] },
  { forbidden: [{ range: [1] }] },
  entry({ range: "10.0.0.1-10.0.0.9" }),
  entry({ cird: "10.0.0.0/8" }),
  entry({ severity: "warning" }),
  entry({ severity: false }),
  entry({ except: [] }),
  entry({ except: "holes" }),
  entry({ until: "2027-13-01" }),
  entry({ until: "31.03.2027" }),
  entry({ owner: 5 }),
  pool({ prefix: "24" }),
  pool({ prefix: 24.5 }),
  pool({ prefix: 127 }),
  pool({ cidr: "10.201.0.0" }),
  pool({ size: 24 }),
  { pools: [{ cidr: "10.201.0.0/16" }] },
  { pools: [{ prefix: 24 }] },
  { pools: ["10.201.0.0/16"] },
  { allow: [{ file: "compose.yaml" }] },
  { allow: [{ reason: "NET-1" }] },
  exception({ reason: "" }),
  exception({ file: "/compose.yaml" }),
  exception({ file: "C:/compose.yaml" }),
  exception({ file: "a\\compose.yaml" }),
  exception({ expires: "soon" }),
  exception({ networks: ["default"] }),
  daemonPool({ size: 129 }),
  daemonPool({ size: null }),
  daemonPool({ base: 10 }),
  { docker: [] },
  { docker: { bip: "172.17.0.1" } },
  { docker: { "default-address-pools": [] } },
  { docker: { "default-address-pools": [{ base: "10.202.0.0/16" }] } },
  { docker: { mtu: 1400 } },
  { hosts: ["apps/**"] },
  { hosts: { "prod-1": [] } },
  { hosts: { "prod-1": null } },
  { hosts: { "prod-1": { files: "apps/**" } } },
  { hosts: { "prod-1": "/srv/compose.yaml" } },
];

const schemaOfRules = () =>
  forbiddenRangesSchema(
    rules.map(({ name, docs, options }) => ({ name, description: docs.description, options: schemaOf(options)[0] })),
  );

const withVersion = (fields: object): object => ({ version: 1, ...fields });
const faultsIn = (value: object): string[] => faultsOf(JSON.stringify(value), {}, "forbidden-ranges.json");

describe("the JSON Schema", () => {
  it(`is what the package ships; after a change run: ${UPDATE}`, async () => {
    const options = await resolveConfig(new URL(SCHEMA_FILE, import.meta.url));
    const text = await format(JSON.stringify(schemaOfRules()), { printWidth: 120, ...options, parser: "json" });
    await expect(text, `stale, run: ${UPDATE}`).toMatchFileSnapshot(SCHEMA_FILE);
  });

  it.each(ACCEPTED.map(withVersion))("takes %j, as the reader does", (value) => {
    expect(faultsIn(value)).toEqual([]);
    expect(isValid(schemaOfRules(), value)).toBe(true);
  });

  it.each(REFUSED.map(withVersion))("refuses %j, as the reader does", (value) => {
    expect(faultsIn(value)).not.toEqual([]);
    expect(isValid(schemaOfRules(), value)).toBe(false);
  });

  it("refuses a file without a version", () => {
    expect(isValid(schemaOfRules(), {})).toBe(false);
  });

  it("describes every key, and refuses all others", () => {
    const { keys, records } = walk(schemaOfRules());
    expect(keys.length).toBeGreaterThan(20);
    expect(
      keys.filter(([, schema]) => !(isRecord(schema) && /^[A-Z`].*\.$/s.test(String(schema["description"])))),
    ).toEqual([]);
    expect(records.filter((record) => record["additionalProperties"] !== false)).toEqual([]);
  });

  it("has only examples that it takes itself", () => {
    for (const [key, schema] of walk(schemaOfRules()).keys) {
      const examples = isRecord(schema) && Array.isArray(schema["examples"]) ? schema["examples"] : [];
      for (const example of examples) expect(isValid(schema, example), `${key}: ${JSON.stringify(example)}`).toBe(true);
    }
  });
});

/** Every property of every record, however deep. */
function walk(schema: unknown): { keys: [string, unknown][]; records: Readonly<Record<string, unknown>>[] } {
  const keys: [string, unknown][] = [];
  const records: Readonly<Record<string, unknown>>[] = [];
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    if (!isRecord(part)) return;
    const { properties } = part;
    if (part["type"] === "object" && isRecord(properties)) {
      records.push(part);
      keys.push(...Object.entries(properties));
    }
    for (const [keyword, value] of Object.entries(part)) if (keyword !== "examples") visit(value);
  };
  visit(schema);
  return { keys, records };
}
