import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { ENGINE_RELEASES, includesAny, type Change } from "../../src/compose/engine/releases.js";
import type { Rule } from "../../src/lint/define-rule.js";
import type { RuleFinding } from "../../src/lint/finding.js";
import { findingsIn } from "../../src/lint/judge.js";
import { parseInWorkspace, workspaceFor } from "../../src/eslint/workspaces.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { runESLint, runOurs } from "../lint/both-hosts.js";
import { temporaryFolder } from "../temporary-folder.js";

const folder = temporaryFolder("engine-profile");

function lan(pool: string, service = "[x]"): string {
  return `services: {a: {image: i, networks: ${service}}}\nnetworks: {x: {driver: macvlan, driver_opts: {parent: eth0}, ipam: {config: [${pool}]}}}\n`;
}

function bridge(definition: string, service = "[x]"): string {
  return `services: {a: {image: i, networks: ${service}}}\nnetworks: {x: ${definition}}\n`;
}

function pool(entry: string): string {
  return bridge(`{ipam: {config: [${entry}]}}`);
}

/** Files of which some releases say something else than others. */
const FILES: readonly string[] = [
  pool("{subnet: 10.7.0.5/24}"),
  pool("{subnet: 10.7.0.0/24, ip_range: 10.8.0.0/28}"),
  pool("{subnet: 10.7.0.0/24, gateway: '::ffff:10.7.0.1'}"),
  pool("{subnet: 10.7.0.0/31}"),
  pool("{}"),
  pool("{subnet: ''}"),
  pool("{subnet: '${UNSET}'}"),
  pool("{subnet: '10.${UNSET}'}"),
  pool("{subnet: 0.0.0.0/24}"),
  pool("{subnet: 0.0.0.0/0}"),
  pool("{subnet: 0.0.0.0/4}"),
  bridge("{}", "{x: {ipv4_address: 10.7.0.9}}"),
  bridge("{enable_ipv6: true, ipam: {config: [{subnet: 10.7.0.0/24}]}}"),
  bridge("{enable_ipv6: true, ipam: {config: [{subnet: '::ffff:a07:0/120'}]}}"),
  bridge("{enable_ipv4: false, ipam: {config: [{subnet: 10.7.0.0/24}]}}"),
  bridge("{enable_ipv4: false, enable_ipv6: true, ipam: {config: [{subnet: 'fd00:7::/64'}]}}"),
  bridge("{driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: routes}}"),
  bridge("{driver_opts: {com.docker.network.host_ipv4: here}}"),
  bridge("{driver_opts: {com.docker.network.enable_ipv6: maybe}}"),
  bridge("{driver_opts: {com.docker.network.enable_ipv4: maybe}}"),
  bridge(
    "{internal: true, driver_opts: {com.docker.network.bridge.inhibit_ipv4: 'true'}, ipam: {config: [{subnet: 10.7.0.0/24}]}}",
    "{x: {ipv4_address: 10.7.0.1}}",
  ),
  lan("{subnet: 10.7.0.0/24}"),
  lan("{subnet: 10.7.0.0/24}", "{x: {ipv4_address: 10.7.0.1}}"),
  lan("{subnet: 10.7.0.0/24, aux_addresses: {router: 10.7.0.1}}"),
  lan("{subnet: 10.7.0.0/24, ip_range: 10.7.0.8/32}"),
  "services: {a: {image: i, scale: 2, networks: [x]}}\nnetworks: {x: {driver: macvlan, driver_opts: {parent: eth0}, ipam: {config: [{subnet: 10.7.0.0/30}]}}}\n",
  "services: {a: {image: i, networks: [x]}, b: {image: i, depends_on: [a], networks: {x: {ipv4_address: 10.7.0.1}}}}\nnetworks: {x: {driver: macvlan, driver_opts: {parent: eth0}, ipam: {config: [{subnet: 10.7.0.0/24}]}}}\n",
];

function isAsked({ files, docs }: Rule): boolean {
  return files === "compose" && docs.recommended === "recommended";
}

function policyOf(engine: string): string {
  const place = path.join(folder, engine);
  mkdirSync(place, { recursive: true });
  const file = path.join(place, "forbidden-ranges.yaml");
  writeFileSync(file, `version: 1\nid: shop\nforbidden: []\ndocker: { engine: "${engine}" }\n`);
  return toPosix(file);
}

function composeFileOf(engine: string): string {
  return toPosix(path.join(path.dirname(policyOf(engine)), "compose.yaml"));
}

function findingsOf(engine: string, text: string): readonly RuleFinding[] {
  const file = composeFileOf(engine);
  const parsed = parseInWorkspace(file, text);
  if (!parsed.ok) throw new Error(text);
  const workspace = workspaceFor({ cwd: path.posix.dirname(file), today: "2026-11-28" });
  return rules
    .filter(isAsked)
    .flatMap((rule) => workspace.judgedViews(parsed.file).flatMap((view) => findingsIn(rule, view, undefined)));
}

describe("a finding that claims a refusal", () => {
  it.each(ENGINE_RELEASES)("with docker.engine %s is about an engine that does refuse it", (release) => {
    const claims = FILES.flatMap((text) =>
      findingsOf(release, text).flatMap(({ rule, says, outcome }) => {
        if (typeof outcome !== "object" || outcome.refusedBy !== "engine") return [];
        const [from, before] = [outcome.from, outcome.before].map((each) => each as Change | undefined);
        const engines = { ...(from && { from }), ...(before && { before }) };
        return [{ rule, says, text, isTrue: includesAny(engines, { min: release, max: release }) }];
      }),
    );
    expect(claims.filter(({ isTrue }) => !isTrue)).toEqual([]);
    expect(claims.length).toBeGreaterThan(3);
  });

  it("names no release beside those that run the files", () => {
    const words = FILES.flatMap((text) => findingsOf("29", text)).map(({ parts }) => Object.values(parts).join(" "));
    expect(words.filter((said) => /before (?:2\d|29)(?!\.)|before 20/.test(said))).toEqual([]);
  });
});

describe("what docker.engine changes", () => {
  const rulesOf = (engine: string, text: string): string[] =>
    findingsOf(engine, text).map(({ rule, says, outcome }) => `${rule}/${says} ${describeOutcome(outcome)}`);

  it.each([
    ["28", ["require-subnet/unset refused before 29"]],
    ["29", ["require-subnet/unset automatic"]],
    ["newest", ["require-subnet/unset automatic"]],
    ["28-29", ["require-subnet/unset refused before 29"]],
  ])("%s: an empty subnet is %s", (engine, said) => {
    expect(rulesOf(engine, pool("{subnet: '${UNSET}'}"))).toEqual(said);
  });

  it.each([
    ["28", "engines before 29 refuse it"],
    ["29", "Docker picks a subnet and reports nothing"],
    ["27-newest", "engines before 29 refuse it; from 29 on, Docker picks a subnet and reports nothing"],
  ])("%s: the consequence of an unset variable is: %s", (engine, consequence) => {
    const [finding] = findingsOf(engine, pool("{subnet: '${UNSET}'}"));
    expect(finding?.parts.consequence).toBe(consequence);
  });

  it.each([
    ["20.10", []],
    ["24", []],
    ["24-26", ["valid-ipam/hostBits refused from 25"]],
    ["25", ["valid-ipam/hostBits refused from 25"]],
    ["newest", ["valid-ipam/hostBits refused from 25"]],
  ])("%s: host bits come to %j", (engine, said) => {
    expect(rulesOf(engine, pool("{subnet: 10.7.0.5/24}"))).toEqual(said);
  });

  it.each([
    ["28", ["valid-static-address/taken refused before 29"]],
    ["29", ["valid-ipam/noLanGateway unreachable"]],
    ["28-29", ["valid-ipam/noLanGateway unreachable", "valid-static-address/taken refused before 29"]],
  ])("%s: the first address of a macvlan comes to %j", (engine, said) => {
    expect(rulesOf(engine, lan("{subnet: 10.7.0.0/24}", "{x: {ipv4_address: 10.7.0.1}}")).toSorted()).toEqual(said);
  });

  it.each([
    ["28", ["subnet-size/tooSmall refused always"]],
    ["29", ["valid-ipam/noLanGateway unreachable"]],
  ])("%s: two containers on a macvlan with two addresses come to %j", (engine, said) => {
    const text = FILES.find((file) => file.includes("/30")) ?? "";
    expect(rulesOf(engine, text)).toEqual(said);
  });

  it("is the same for our own host and for ESLint", () => {
    for (const engine of ["20.10", "28", "29"]) {
      const setup = {
        rules: rules.filter(isAsked),
        cwd: toPosix(path.join(folder, engine)),
        settings: { today: "2026-11-28" },
      };
      for (const text of FILES) {
        const file = composeFileOf(engine);
        expect(runOurs(setup, file, text).said, text).toEqual(runESLint(setup, file, text).said);
      }
    }
  });
});

function describeOutcome(outcome: RuleFinding["outcome"]): string {
  if (typeof outcome !== "object") return outcome;
  const { from, before } = outcome;
  const since = from === undefined ? "" : `from ${from}`;
  const until = before === undefined ? "" : `before ${before}`;
  return `refused ${[since, until].filter(Boolean).join(" ") || "always"}`;
}
