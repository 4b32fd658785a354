import { describe, expect, it } from "vitest";

import { folderWith, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { byCommand, byESLint, reportOf, shownByESLint } from "./hosts.js";

const POLICY = `version: 1
id: reach
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;
const LAN = `networks:
  lan: { ipam: { config: [{ subnet: 192.168.7.0/24 }] } }
`;
const DEFAULT = LAN.replace("lan:", "default:");
const WEB = `services:
  web: { image: caddy, networks: [lan] }
`;
const APP = `services:
  web: { image: caddy }
`;

interface Layout {
  readonly files: Readonly<Record<string, string>>;
  readonly home: string;
  /** Where ESLint shows it, when it is not given the file. */
  readonly shown: string;
  /** Any of these leads to the finding when it is passed alone. */
  readonly passed: readonly string[];
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  "a file of any name that is included": {
    files: { "compose.yaml": `include: [infra/net.yml]\n${WEB}`, "infra/net.yml": LAN },
    home: "no-forbidden-subnet infra/net.yml:2:37",
    shown: "compose.yaml:1:11",
    passed: ["compose.yaml", "infra/net.yml"],
  },
  "an include in the long form, with two files": {
    files: {
      "compose.yaml": `include:\n  - path: [infra/app.yml, infra/over.yml]\n`,
      "infra/app.yml": WEB + "networks: { lan: {} }\n",
      "infra/over.yml": LAN,
    },
    home: "no-forbidden-subnet infra/over.yml:2:37",
    shown: "compose.yaml:2:27",
    passed: ["compose.yaml", "infra/app.yml", "infra/over.yml"],
  },
  "an include two levels down, in a sub-folder": {
    files: {
      "apps/shop/compose.yaml": `include: [parts/all.yml]\n${WEB}`,
      "apps/shop/parts/all.yml": "include:\n  - nets/lan.yml\n",
      "apps/shop/parts/nets/lan.yml": LAN,
    },
    home: "no-forbidden-subnet apps/shop/parts/nets/lan.yml:2:37",
    shown: "apps/shop/compose.yaml:1:11",
    passed: ["apps/shop/compose.yaml", "apps/shop/parts/all.yml", "apps/shop/parts/nets/lan.yml"],
  },
  "an include whose subnet comes from its own environment file": {
    files: {
      "compose.yaml": `include: [{ path: infra/net.yml, env_file: infra/net.env }]\n${WEB}`,
      "infra/net.env": "LAN=192.168.7.0/24\n",
      "infra/net.yml": LAN.replace("192.168.7.0/24", "$LAN"),
    },
    home: "no-forbidden-subnet infra/net.yml:2:37",
    shown: "compose.yaml:1:19",
    passed: ["compose.yaml", "infra/net.yml"],
  },
  "a static address in a service of any file that is extended": {
    files: {
      "compose.yaml": `services:
  web: { extends: { file: shared/base.yml, service: web } }
networks:
  lan: { ipam: { config: [{ subnet: 10.201.9.0/24 }] } }
`,
      "shared/base.yml": `services:
  web:
    image: caddy
    networks: { lan: { ipv4_address: 10.201.8.4 } }
`,
    },
    home: "valid-static-address shared/base.yml:4:38",
    shown: "compose.yaml:2:27",
    passed: ["compose.yaml", "shared/base.yml"],
  },
  "a second file of COMPOSE_FILE in another folder": {
    files: {
      ".env": "COMPOSE_FILE=docker-compose.yml:docker/extra.yml\n",
      "docker-compose.yml": APP,
      "docker/extra.yml": DEFAULT,
    },
    home: "no-forbidden-subnet docker/extra.yml:2:41",
    shown: "docker-compose.yml:1:1",
    passed: ["docker-compose.yml", "docker/extra.yml"],
  },
  "three files of COMPOSE_FILE, the last one of which is overridden by none": {
    files: {
      "shop/.env": "COMPOSE_FILE=compose.yaml,prod.yml,nets.yml\nCOMPOSE_PATH_SEPARATOR=,\n",
      "shop/compose.yaml": APP,
      "shop/prod.yml": "services:\n  web: { restart: always }\n",
      "shop/nets.yml": DEFAULT,
    },
    home: "no-forbidden-subnet shop/nets.yml:2:41",
    shown: "shop/compose.yaml:1:1",
    passed: ["shop/compose.yaml", "shop/prod.yml", "shop/nets.yml"],
  },
  "a file that a declared project is started with": {
    files: {
      "compose.yaml": APP,
      "ops/nets.yml": DEFAULT,
      "forbidden-ranges.yaml": `${POLICY}projects:\n  - [compose.yaml, ops/nets.yml]\n`,
    },
    home: "no-forbidden-subnet ops/nets.yml:2:41",
    shown: "compose.yaml:1:1",
    passed: ["compose.yaml", "ops/nets.yml"],
  },
};

function folderOf({ files }: Layout): Folder {
  return folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
}

describe.each(Object.entries(LAYOUTS))("%s", (_name, layout) => {
  it("is judged by the command line, at home", async () => {
    expect(await byCommand(folderOf(layout))).toEqual([layout.home]);
  });

  it.each(layout.passed)("is judged whole when only %s is passed", async (file) => {
    expect(await byCommand(folderOf(layout), file)).toEqual([layout.home]);
  });

  it("is shown by ESLint at the line that brings it in, with its home in the message", async () => {
    const shown = await shownByESLint(folderOf(layout));
    expect(shown.map(({ rule, home, place }) => [`${rule} ${home}`, place])).toEqual([[layout.home, layout.shown]]);
  });
});

describe("a project whose files no name tells, but COMPOSE_FILE", () => {
  const base = "services:\n  web: { image: caddy, networks: [default] }\n";
  const fault = (file: string): string[] => [`no-forbidden-subnet ${file}:2:41`];

  it.each([
    ["beside it", "shop/.env", "base.yml:nets.yml", ["shop/base.yml", "shop/nets.yml"]],
    ["in folders below it", "shop/.env", "in/base.yml:nets/all.yaml", ["shop/in/base.yml", "shop/nets/all.yaml"]],
    ["above it", "shop/.env", "../base.yml:nets.yml", ["base.yml", "shop/nets.yml"]],
    ["at the top", ".env", "base.yml:x/nets.yml", ["base.yml", "x/nets.yml"]],
  ])("is judged: files %s", async (_name, environment, named, [first = "", second = ""]) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "other/compose.yaml": LAN.replace("192.168.7.0", "10.50.7.0") + WEB,
      [environment]: `COMPOSE_FILE=${named}\n`,
      [first]: base,
      [second]: DEFAULT,
    });
    expect(await byCommand(folder)).toEqual(fault(second));
    const { stdout, stderr } = await inProcess(folder.path, ["renumber", "default", "--fix"]);
    expect(stdout + stderr).not.toContain("by hand");
    expect(folder.text(second)).toMatch(/subnet: 10\.201\.\d+\.0\/24/);
  });

  it("is not looked for where COMPOSE_FILE is not set, and names no other files", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "other/compose.yaml": LAN.replace("192.168.7.0", "10.50.7.0") + WEB,
      "shop/.env": "COMPOSE_PROJECT_NAME=shop\n",
      "shop/nets.yml": DEFAULT,
      "web/.env": "COMPOSE_FILE=missing.yml\n",
      "web/nets.yml": DEFAULT,
    });
    expect(await byCommand(folder)).toEqual([]);
  });
});

describe("a fault in a file that ESLint is not given", () => {
  const layout = {
    files: { "compose.yaml": `include:\n  - infra/net.yml\n${WEB}`, "infra/net.yml": LAN },
  };
  const comment = "# eslint-disable-next-line compose-networks/no-forbidden-subnet -- a lab\n";

  it("is switched off in both hosts by a comment at home", async () => {
    const { files } = layout;
    const home = files["infra/net.yml"].replace("  lan", `  ${comment}  lan`);
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files, "infra/net.yml": home });
    expect(await byCommand(folder)).toEqual([]);
    expect(await byESLint(folder)).toEqual([]);
  });

  it("is switched off in both hosts by a comment at the line that brings it in", async () => {
    const { files } = layout;
    const base = files["compose.yaml"].replace("  - infra", `  ${comment}  - infra`);
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files, "compose.yaml": base });
    expect(await byCommand(folder)).toEqual([]);
    expect(await byESLint(folder)).toEqual([]);
  });

  it("is reported of that file itself where somebody gives it to ESLint", async () => {
    const { files } = layout;
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
    const { default: plugin } = await import("../../src/eslint/index.js");
    const { ESLint } = await import("eslint");
    const config = { ...plugin.configs.recommended, files: ["**/*.yml"] };
    const host = new ESLint({ cwd: folder.path, overrideConfigFile: true, overrideConfig: config });
    const [result] = await host.lintFiles(["infra/net.yml"]);
    expect(result?.messages.map(({ ruleId, line, column }) => [ruleId, line, column])).toEqual([
      ["compose-networks/no-forbidden-subnet", 2, 37],
    ]);
  });
});

describe("--fix", () => {
  const files = {
    "forbidden-ranges.yaml": POLICY,
    "compose.yaml": `include: [infra/net.yml]\n${WEB}`,
    "infra/net.yml": "networks:\n  lan: {}\n",
  };

  it("writes the subnet into the included file", async () => {
    const folder = folderWith(files);
    await inProcess(folder.path, ["--fix"]);
    expect(folder.text("infra/net.yml")).toMatch(/subnet: 10\.201\.\d+\.0\/24/);
    expect(await byCommand(folder)).toEqual([]);
  });

  it("writes only what it was given, and says what is left", async () => {
    const folder = folderWith(files);
    const { status } = await inProcess(folder.path, ["--fix", "compose.yaml"]);
    expect(folder.text("infra/net.yml")).toBe(files["infra/net.yml"]);
    expect(status).toBe(1);
  });
});

describe("a file that is named like a compose file and included as well", () => {
  const folder = (): Folder =>
    folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": "include: [infra/compose.yaml]\nservices:\n  web: { image: caddy, networks: [lan] }\n",
      "infra/compose.yaml": LAN,
    });

  it("is judged in both projects, and each fault is told once", async () => {
    expect(await byCommand(folder())).toEqual(["no-forbidden-subnet infra/compose.yaml:2:37"]);
    expect(await byESLint(folder())).toEqual(["no-forbidden-subnet infra/compose.yaml:2:37"]);
    expect(await byCommand(folder(), "infra/compose.yaml")).toEqual(["no-forbidden-subnet infra/compose.yaml:2:37"]);
    expect(await byESLint(folder(), "infra/compose.yaml")).toEqual(["no-forbidden-subnet infra/compose.yaml:2:37"]);
  });
});

it("an included file that is no YAML is a fault of its own", async () => {
  const folder = folderWith({ "compose.yaml": `include: [net.yml]\n${WEB}`, "net.yml": "networks: {\n" });
  const { status, stdout } = await inProcess(folder.path, []);
  expect(stdout).toContain("net.yml:2:1  error  Parsing error");
  expect(status).toBe(2);
});

it("a file that the policy leaves out is left out of its project too, and counted", async () => {
  const folder = folderWith({
    "forbidden-ranges.yaml": `${POLICY}ignore: [vendor/**]\n`,
    "compose.yaml": `include: [vendor/net.yml]\n${WEB}`,
    "vendor/net.yml": LAN,
  });
  const { findings, summary } = await reportOf(folder.path);
  expect(findings).toEqual([]);
  expect(summary).toMatchObject({ files: 1, ignored: 1 });
});
