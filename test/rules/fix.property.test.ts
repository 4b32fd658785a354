import fc from "fast-check";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import plugin from "../../src/eslint/index.js";
import { holds, seed } from "../ipam/property.js";
import { crlf, inWorkspace } from "./compose-rule-tester.js";

/** The ways to write a network that Docker would choose a subnet for, and some that have one. Steps are tabs. */
const DEFINITIONS = [
  "",
  " # who uses it?",
  " ~",
  " null # nothing",
  " {}",
  " { driver: bridge }",
  " { driver: bridge, }",
  " { ipam: { } } # later",
  "\n\t\tdriver: bridge",
  "\n\t\t# nobody knows why\n\t\tinternal: true # since 2019",
  "\n\t\tlabels:\n\t\t\t- team=shop",
  "\n\t\tipam:\n\t\t\tdriver: default\n\t\tattachable: true",
  "\n\t\tipam:\n\t\t\tconfig: []",
  "\n\t\tipam:\n\t\t\tconfig:\n\t\t\t\t- {}",
  "\n\t\tipam:\n\t\t\tconfig:\n\t\t\t\t- subnet: 0.0.0.0/24 # any",
  "\n\t\tipam:\n\t\t\tconfig:\n\t\t\t\t- subnet: ''",
  "\n\t\tipam:\n\t\t\tconfig:\n\t\t\t\t- subnet: 10.201.3.0/24",
  " &a\n\t\tdriver: bridge",
];
const NAMES = ["front", "back", "cache", "mail", "queue"];

const composeFiles = fc
  .record({
    definitions: fc.array(fc.constantFrom(...DEFINITIONS), { maxLength: NAMES.length }),
    onDefault: fc.boolean(),
    step: fc.constantFrom("  ", "    "),
    apart: fc.boolean(),
    ends: fc.constantFrom("", "\n", "\n\n# the end\n"),
    networksFirst: fc.boolean(),
  })
  .map(({ definitions, onDefault, step, apart, ends, networksFirst }) => {
    const names = NAMES.slice(0, definitions.length);
    const joined = names.map((name) => `\n\t\t\t- ${name}`).join("");
    const web = `\tweb:\n\t\timage: caddy${names.length > 0 ? `\n\t\tnetworks:${joined}` : ""}`;
    const services = `services:\n${web}${onDefault ? "\n\tworker:\n\t\timage: busybox # on its own" : ""}`;
    const declared = names
      .map((name, index) => `\n\t${name}:${definitions[index] ?? ""}`.replace("10.201.3.0", `10.201.${index}.0`))
      .join("");
    const networks = names.length > 0 ? [`networks:${declared}`] : [];
    const sections = networksFirst ? [...networks, services] : [services, ...networks];
    return sections.join(apart ? "\n\n" : "\n").replaceAll("\t", step) + ends;
  });

/** Each run lints a file several times over. */
const RUNS = 100;

const linter = new Linter();
const config: Linter.Config = {
  files: ["**/*.yaml"],
  plugins: { "compose-networks": plugin },
  language: "compose-networks/compose",
};
const SUBNETS: NonNullable<Linter.Config["rules"]> = { ...plugin.configs.strict.rules };
const INTERFACES: typeof SUBNETS = { "compose-networks/require-bridge-name": "error" };

function fix(text: string, rules = SUBNETS): { readonly text: string; readonly left: string[] } {
  const { output, messages } = linter.verifyAndFix(text, { ...config, rules }, { filename: inWorkspace("office") });
  return { text: output, left: messages.map(({ message }) => message) };
}

interface Networks {
  readonly [name: string]: { readonly ipam?: { readonly config?: readonly { readonly subnet?: string }[] } } | null;
}
interface Compose {
  readonly networks?: Networks;
}

function read(text: string): Compose {
  return parse(text) as Compose;
}

function subnetsIn({ networks = {} }: Compose): (string | undefined)[] {
  return Object.values(networks).flatMap((network) => network?.ipam?.config?.map(({ subnet }) => subnet) ?? []);
}

/** What a fix must not touch: everything but the pools of networks. A network may come to be declared. */
function withoutPools(text: string, names: readonly string[]): unknown {
  const { networks, ...rest } = read(text);
  const kept = names.map((name) => {
    const { ipam, ...network } = networks?.[name] ?? {};
    return [name, network, { ...ipam, config: undefined }];
  });
  return { rest, kept };
}

interface Options {
  readonly driver_opts?: Readonly<Record<string, string>>;
}

function interfacesIn(text: string): (string | undefined)[] {
  const networks = Object.values((read(text).networks ?? {}) as Record<string, Options | null>);
  return networks.map((network) => network?.driver_opts?.["com.docker.network.bridge.name"]);
}

/** What the name of an interface must not touch. */
function withoutInterfaces(text: string, names: readonly string[]): unknown {
  const { networks, ...rest } = read(text);
  return { rest, kept: names.map((name) => ({ name, ...networks?.[name], driver_opts: undefined })) };
}

function commentsIn(text: string): string[] {
  return [...text.matchAll(/# [\w' ?]+/g)].map(([comment]) => comment);
}

describe(`the fix of a random project (seed ${seed})`, () => {
  it("leaves no finding, and a second run changes nothing", () => {
    holds(
      fc.property(composeFiles, (text) => {
        const fixed = fix(text);
        expect(fixed.left).toEqual([]);
        expect(fix(fixed.text).text).toBe(fixed.text);
      }),
      RUNS,
    );
  });

  it("gives each network a subnet of the pool, and none twice", () => {
    holds(
      fc.property(composeFiles, (text) => {
        const { networks = {}, ...fixed } = read(fix(text).text);
        const subnets = subnetsIn({ networks, ...fixed });
        expect(subnets).toHaveLength(Object.keys(networks).length);
        for (const subnet of subnets) expect(subnet).toMatch(/^10\.201\.\d{1,3}\.0\/24$/);
        expect(new Set(subnets).size).toBe(subnets.length);
      }),
      RUNS,
    );
  });

  it("gives each interface a name of its own, and changes nothing else", () => {
    holds(
      fc.property(composeFiles, (text) => {
        const { text: fixed, left } = fix(text, INTERFACES);
        expect(left).toEqual([]);
        const names = interfacesIn(fixed);
        expect(new Set(names).size).toBe(Object.keys(read(fixed).networks ?? {}).length);
        const declared = Object.keys(read(text).networks ?? {});
        expect(withoutInterfaces(fixed, declared)).toEqual(withoutInterfaces(text, declared));
        expect(commentsIn(fixed)).toEqual(commentsIn(text));
        expect(fix(fixed, { ...SUBNETS, ...INTERFACES }).left).toEqual([]);
      }),
      RUNS,
    );
  });

  it("changes nothing but the pools of networks, and keeps every comment in its order", () => {
    holds(
      fc.property(composeFiles, (text) => {
        const { text: fixed } = fix(text);
        const names = Object.keys(read(text).networks ?? {});
        expect(withoutPools(fixed, names)).toEqual(withoutPools(text, names));
        expect(commentsIn(fixed)).toEqual(commentsIn(text));
      }),
      RUNS,
    );
  });

  it("is the same text with the line ends of Windows", () => {
    holds(
      fc.property(composeFiles, (text) => {
        expect(fix(crlf(text)).text).toBe(crlf(fix(text).text));
      }),
      RUNS,
    );
  });

  it("is the same when the suggestions are taken one by one", () => {
    holds(
      fc.property(composeFiles, (text) => {
        let current = text;
        for (let taken = 0; taken <= NAMES.length; taken++) {
          const [message] = linter.verify(current, { ...config, rules: SUBNETS }, { filename: inWorkspace("office") });
          const suggestion = message?.suggestions?.[0]?.fix;
          if (!suggestion) break;
          const [start, end] = suggestion.range;
          current = current.slice(0, start) + suggestion.text + current.slice(end);
        }
        expect(subnetsIn(read(current)).sort()).toEqual(subnetsIn(read(fix(text).text)).sort());
      }),
      RUNS,
    );
  });
});
