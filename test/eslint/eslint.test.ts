import { readFileSync } from "node:fs";

import { ESLint, type Linter } from "eslint";
import { describe, expect, it } from "vitest";

import plugin from "../../src/eslint/index.js";
import { VERSION } from "../../src/kit/version.js";
import { yaml } from "../rules/compose-rule-tester.js";
import { POLICY } from "../workspace/folder.js";
import { brief, configuration, createProject } from "./eslint-project.js";

const AUTOMATIC = "services: { web: { image: caddy } }\n";
const FORBIDDEN = yaml`
  services: { web: { image: caddy, networks: [front] } }
  networks:
    front:
      ipam:
        config:
          - subnet: 192.168.0.0/24
`;

interface PackageJson {
  readonly name: string;
  readonly version: string;
}

describe("the plugin", () => {
  const packageJson = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as PackageJson;

  it("says which package and version it is, and under which namespace its rules know it", () => {
    const { name, version } = packageJson;
    expect(plugin.meta).toEqual({ name, version, namespace: "compose-networks" });
  });

  it.each(Object.entries(plugin.rules))("describes %s well enough for editors and for generated docs", (name, rule) => {
    const meta: Readonly<Record<string, unknown>> = { ...rule.meta };
    expect(meta).toMatchObject({
      type: expect.stringMatching(/^(?:problem|suggestion)$/) as string,
      docs: {
        description: expect.stringMatching(/^(?:Enforce|Require|Disallow) .+[^.]$/) as string,
        url: `https://github.com/compose-networks/eslint-plugin-compose-networks/blob/v${VERSION}/docs/rules/${name}.md`,
      },
      languages: ["compose-networks/compose", "yml/yaml", "json/*", "js/js"],
    });
    const [schema] = meta["schema"] as { properties: Record<string, { description?: string }> }[];
    const { defaults = {} } = meta["docs"] as { readonly defaults?: object };
    expect(Object.keys(defaults).sort()).toEqual(Object.keys(schema?.properties ?? {}).sort());
    for (const { description } of Object.values(schema?.properties ?? {})) expect(description).toMatch(/\.$/);
  });

  it.each(Object.entries(plugin.configs))("gives the preset %s a name, files and rules that exist", (name, config) => {
    expect(config.name).toBe(`compose-networks/${name}`);
    expect(config.files).toContain("**/compose.{yaml,yml}");
    for (const rule of Object.keys(config.rules)) {
      expect(plugin.rules).toHaveProperty([rule.replace("compose-networks/", "")]);
    }
  });
});

describe("a preset", () => {
  it.each(["recommended", "strict", "all"])(
    "%s finds what is wrong in compose files and leaves other files alone",
    async (name) => {
      const project = createProject({
        "eslint.config.js": configuration(`plugin.configs[${JSON.stringify(name)}]`),
        "package.json": '{ "type": "module" }',
        "forbidden-ranges.yaml": POLICY,
        "compose.yaml": FORBIDDEN,
        "deploy/docker-compose.prod.yml": AUTOMATIC,
        "kubernetes.yaml": AUTOMATIC,
        "docker/daemon.json": '{ "bip": "foo" }\n',
        "settings.json": '{ "bip": "foo" }\n',
      });
      const unnamed = name === "all";
      expect(brief(await project.lint("."), project.directory)).toEqual([
        ...(unnamed ? ["compose.yaml:3:3 require-bridge-name"] : []),
        ...(name === "recommended" ? [] : ["compose.yaml:6:19 no-default-pool-subnet"]),
        "compose.yaml:6:19 no-forbidden-subnet",
        ...(unnamed ? ["deploy/docker-compose.prod.yml:1:1 require-bridge-name"] : []),
        "deploy/docker-compose.prod.yml:1:1 require-subnet",
        "docker/daemon.json:1:10 no-forbidden-daemon-pool",
      ]);
    },
  );

  it.each(["recommended", "all"])("survives js.configs.%s for all files", async (name) => {
    const project = createProject({
      "eslint.config.js": configuration(`js.configs.${name}, plugin.configs.recommended`),
      "package.json": '{ "type": "module" }',
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": FORBIDDEN,
      "empty/compose.yaml": "",
    });
    const results = await project.lint("compose.yaml", "empty");
    const ours = brief(results, project.directory).filter((finding) => finding.endsWith("-subnet"));
    expect(ours).toEqual(["compose.yaml:6:19 no-forbidden-subnet"]);
  });
});

describe.each(["metadata", "content"])("--cache with the strategy %s", (strategy) => {
  const LOGGED = `plugin.configs.recommended,
    { files: ["**/*.yaml"], plugins: { log: lintLog }, rules: { "log/append": "warn" } },`;

  function start() {
    const project = createProject({
      "eslint.config.js": configuration(LOGGED),
      "package.json": '{ "type": "module" }',
      "forbidden-ranges.yaml": POLICY.replace("forbidden:", "extends: [vpn-routes.txt]\nforbidden:"),
      "vpn-routes.txt": "10.8.0.0/16 # VPN\n",
      ".env": "SHOP_SUBNET=10.201.7.0/24\n",
      "compose.yaml": FORBIDDEN.replace("192.168.0.0/24", "${SHOP_SUBNET}"),
      "other/compose.yaml": FORBIDDEN.replace("192.168.0.0/24", "10.201.9.0/24"),
      "parts/db.yaml": "networks: { back: }\n",
    });
    const lint = async () => {
      project.write("linted.log", "");
      const results = await project.lint("--cache", "--cache-strategy", strategy, "compose.yaml");
      return { linted: project.read("linted.log") !== "", findings: brief(results, project.directory) };
    };
    return { project, lint };
  }

  it("takes the second run from the cache", async () => {
    const { lint } = start();
    expect(await lint()).toEqual({ linted: true, findings: [] });
    expect(await lint()).toEqual({ linted: false, findings: [] });
  });

  it("lints again when another file changes that the findings depend on", async () => {
    const { project, lint } = start();
    const forbidden = { linted: true, findings: ["compose.yaml:6:19 no-forbidden-subnet"] };
    await lint();

    project.write("vpn-routes.txt", "10.201.7.0/26 # VPN\n");
    expect(await lint(), "an extended list").toEqual(forbidden);
    project.write("vpn-routes.txt", "");
    expect(await lint(), "the list again").toEqual({ linted: true, findings: [] });

    project.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "10.201.0.0/20"));
    expect(await lint(), "the forbidden-ranges file").toEqual(forbidden);
    project.write(".env", "SHOP_SUBNET=10.201.77.0/24\n");
    expect(await lint(), ".env").toEqual({ linted: true, findings: [] });

    project.write("other/compose.yaml", FORBIDDEN.replace("192.168.0.0/24", "10.201.8.0/24"));
    expect(await lint(), "another compose file").toEqual({ linted: true, findings: [] });
    project.write("compose.override.yaml", "services: { web: { ports: ['80:80'] } }\n");
    expect(await lint(), "an override file").toEqual({ linted: true, findings: [] });
    expect(await lint(), "nothing").toEqual({ linted: false, findings: [] });
  });

  it("lints again when a file changes that is included or extended under any name", async () => {
    const { project, lint } = start();
    project.write("parts/base.yaml", "services: { base: { image: caddy } }\n");
    project.write(
      "compose.yaml",
      yaml`
        include: [parts/db.yaml]
        services: { web: { extends: { file: parts/base.yaml, service: base }, networks: [back] } }
      `,
    );
    const automatic = ["compose.yaml:1:11 require-subnet"];
    expect(await lint()).toEqual({ linted: true, findings: automatic });
    expect(await lint()).toEqual({ linted: false, findings: automatic });
    project.write("parts/db.yaml", "networks: { back: { ipam: { config: [{ subnet: 10.201.5.0/24 }] } } }\n");
    expect(await lint(), "an included file").toMatchObject({ linted: true });
    project.write("parts/base.yaml", "services: { base: { image: nginx } }\n");
    expect(await lint(), "an extended file").toMatchObject({ linted: true });
  });
});

describe("the command line", () => {
  it("finds the same with two workers as with none, and writes the same subnets", async () => {
    const networks = Array.from({ length: 12 }, (_, index) => `app-${index}/compose.yaml`);
    const project = createProject({
      "eslint.config.js": configuration("plugin.configs.recommended"),
      "package.json": '{ "type": "module" }',
      "forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.201.0.0/20"),
      ...Object.fromEntries(networks.map((file) => [file, AUTOMATIC])),
    });
    const alone = await project.lint(".");
    expect(alone.flatMap(({ messages }) => messages)).toHaveLength(networks.length);
    expect(await project.lint("--concurrency", "2", ".")).toEqual(alone);

    await project.run("--fix", "--concurrency", "2", ".");
    const subnets = networks.map((file) => /subnet: (.*)/.exec(project.read(file))?.[1]);
    expect(new Set(subnets).size).toBe(networks.length);
    const promised = alone.filter(({ messages }) => messages.length > 0).map(({ messages }) => messages[0]?.fix?.text);
    expect(promised.map((text) => /subnet: (.*)/.exec(text ?? "")?.[1]).sort()).toEqual(subnets.sort());
    expect(brief(await project.lint("."), project.directory)).toEqual([]);
  });

  it("prints its configuration, with a fingerprint of what else the findings depend on", async () => {
    const project = createProject({
      "eslint.config.js": configuration("plugin.configs.recommended"),
      "package.json": '{ "type": "module" }',
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": FORBIDDEN,
    });
    const fingerprint = async (): Promise<unknown> => {
      const { stdout } = await project.run("--print-config", "compose.yaml");
      const printed = JSON.parse(stdout) as {
        language: string;
        rules: object;
        languageOptions: { fingerprint: unknown };
      };
      expect(printed.language).toBe("compose-networks/compose");
      expect(Object.keys(printed.rules)).toContain("compose-networks/require-subnet");
      return printed.languageOptions.fingerprint;
    };
    const before = await fingerprint();
    expect(before).toMatch(/^[\w-]{22}$/);
    project.write("forbidden-ranges.yaml", `${POLICY}docker: {}\n`);
    expect(await fingerprint()).not.toBe(before);
  });
});

/** ESLint in this process, as editors and other tools use it. */
function eslintIn(directory: string, config: Linter.Config[], options: ESLint.Options = {}): ESLint {
  return new ESLint({ cwd: directory, overrideConfigFile: true, overrideConfig: config, ...options });
}

describe("a project that begins to use the plugin", () => {
  const files = {
    "package.json": '{ "type": "module" }',
    "forbidden-ranges.yaml": POLICY,
    "compose.yaml": FORBIDDEN,
  };

  it("suppresses what there is with --suppress-all, and then sees only what is new", async () => {
    const project = createProject({ ...files, "eslint.config.js": configuration("plugin.configs.recommended") });
    expect(await project.run(".")).toMatchObject({ status: 1 });
    expect(await project.run("--suppress-all", ".")).toMatchObject({ status: 0 });
    expect(JSON.parse(project.read("eslint-suppressions.json"))).toEqual({
      "compose.yaml": { "compose-networks/no-forbidden-subnet": { count: 1 } },
    });
    expect(await project.run(".")).toMatchObject({ status: 0 });
    project.write("api/compose.yaml", FORBIDDEN);
    expect(brief(await project.lint("."), project.directory)).toContain("api/compose.yaml:6:19 no-forbidden-subnet");
  });

  it("may extend the preset in defineConfig, whose cache sees a changed forbidden-ranges file as well", async () => {
    const project = createProject({
      ...files,
      "eslint.config.js": configuration("{ extends: [plugin.configs.recommended] }")
        .replace(
          "export default [",
          `import { defineConfig } from "${ESLINT_CONFIG_URL}";\nexport default defineConfig([`,
        )
        .replace(/\];?\s*$/, "]);\n"),
    });
    const forbidden = ["compose.yaml:6:19 no-forbidden-subnet"];
    expect(brief(await project.lint("--cache", "compose.yaml"), project.directory)).toEqual(forbidden);
    project.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "192.168.7.0/24"));
    expect(brief(await project.lint("--cache", "compose.yaml"), project.directory)).toEqual([]);
  });
});

const ESLINT_CONFIG_URL = import.meta.resolve("eslint/config");

describe("the ESLint class", () => {
  const recommended = [plugin.configs.recommended];

  it("sees a changed forbidden-ranges file without being made anew", async () => {
    const project = createProject({ "forbidden-ranges.yaml": POLICY, "compose.yaml": FORBIDDEN });
    const eslint = eslintIn(project.directory, recommended);
    const lint = async () => brief(await eslint.lintFiles("compose.yaml"), project.directory);
    expect(await lint()).toEqual(["compose.yaml:6:19 no-forbidden-subnet"]);
    project.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "192.168.128.0/24"));
    expect(await lint()).toEqual([]);
    project.write("forbidden-ranges.yaml", POLICY.replace("office LAN", "office"));
    expect(await lint()).toEqual(["compose.yaml:6:19 no-forbidden-subnet"]);
  });

  it("takes the forbidden ranges from the file that the settings name", async () => {
    const project = createProject({ "policy/company.yaml": POLICY, "compose.yaml": FORBIDDEN });
    const settings = { "compose-networks": { ranges: "policy/company.yaml" } };
    const results = await eslintIn(project.directory, [...recommended, { settings }]).lintFiles("compose.yaml");
    expect(results[0]?.messages[0]?.message).toContain("forbidden in policy/company.yaml:4:13");
  });

  it("knows the language and the rules under another name", async () => {
    const project = createProject({ "forbidden-ranges.yaml": POLICY, "compose.yaml": AUTOMATIC });
    const config: Linter.Config = {
      files: ["**/*.yaml"],
      plugins: { dc: plugin },
      language: "dc/compose",
      rules: { "dc/require-subnet": "warn" },
    };
    const [result] = await eslintIn(project.directory, [config]).lintFiles("compose.yaml");
    expect(result?.messages.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([["dc/require-subnet", 1]]);
  });

  it("says where a file is no YAML", async () => {
    const project = createProject({ "compose.yaml": "services:\n  web:\n    image: [caddy\n" });
    const [result] = await eslintIn(project.directory, recommended).lintFiles("compose.yaml");
    expect(result?.messages).toMatchObject([{ fatal: true, ruleId: null, line: 4, column: 1 }]);
  });

  it("matches selectors of no-restricted-syntax against the tree of a compose file", async () => {
    const project = createProject({
      "compose.yaml": yaml`
        services: { web: { image: caddy, networks: [lan, front] } }
        networks:
          lan:
            driver: macvlan
          front:
            ipam: { config: [{ subnet: 10.201.3.0/24 }] }
      `,
    });
    const rule: Linter.RuleEntry = [
      "error",
      { selector: 'Network[driver="macvlan"]', message: "No macvlan." },
      { selector: 'Address[field="subnet"][raw=/^10\\./]', message: "Not from 10.0.0.0/8." },
    ];
    const config = [
      ...recommended,
      { rules: { "no-restricted-syntax": rule, "compose-networks/require-subnet": "off" } },
    ];
    const [result] = await eslintIn(project.directory, config as Linter.Config[]).lintFiles("compose.yaml");
    expect(result?.messages.map(({ message, line, column }) => [message, line, column])).toEqual([
      ["No macvlan.", 3, 3],
      ["Not from 10.0.0.0/8.", 6, 32],
    ]);
  });

  it("obeys a comment that configures a rule", async () => {
    const project = createProject({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": `# eslint compose-networks/require-subnet: "off"\n${AUTOMATIC}`,
      "unsafe/compose.yaml": `# eslint compose-networks/require-subnet: ["warn", { "when": "unsafe" }]\n${AUTOMATIC}`,
      "wrong/compose.yaml": `# eslint compose-networks/require-subnet: ["warn", { "when": "sometimes" }]\n${AUTOMATIC}`,
    });
    const results = await eslintIn(project.directory, recommended).lintFiles("**/compose.yaml");
    expect(results.map(({ messages }) => messages.map(({ line, severity }) => [line, severity]))).toEqual([
      [],
      [[2, 1]],
      [
        [1, 2],
        [2, 2],
      ],
    ]);
  });

  it("reports a disable comment that disables nothing, and its fix removes it", async () => {
    const project = createProject({
      "compose.yaml": yaml`
        services: { web: { image: caddy, networks: [front] } }
        networks:
          front:
            ipam:
              config:
                # eslint-disable-next-line compose-networks/no-forbidden-subnet -- the office moved out
                - subnet: 10.201.3.0/24 # eslint-disable-line compose-networks/require-subnet, compose-networks/no-forbidden-subnet
      `,
    });
    const config: Linter.Config[] = [...recommended, { linterOptions: { reportUnusedDisableDirectives: "error" } }];
    const [found] = await eslintIn(project.directory, config).lintFiles("compose.yaml");
    expect(found?.messages.map(({ line, column }) => [line, column])).toEqual([
      [6, 9],
      [7, 33],
    ]);
    const [fixed] = await eslintIn(project.directory, config, { fix: true }).lintFiles("compose.yaml");
    expect(fixed?.messages).toEqual([]);
    // Where a comment was, ESLint leaves a space.
    expect(fixed?.output?.split("\n").map((line) => line.trimEnd())).toEqual([
      "services: { web: { image: caddy, networks: [front] } }",
      "networks:",
      "  front:",
      "    ipam:",
      "      config:",
      "",
      "        - subnet: 10.201.3.0/24",
      "",
    ]);
  });
});
