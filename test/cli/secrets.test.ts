import { describe, expect, it } from "vitest";

import { createFolder } from "../workspace/folder.js";
import { inProcess } from "./in-process.js";

const SECRET = "s3cr3t-UE9XRVI";

const subnetOf = (subnet: string): string =>
  `services: { web: { image: nginx, networks: [back] } }\nnetworks:\n  back:\n    ipam:\n      config:\n        - subnet: ${subnet}\n`;

async function textOf(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await inProcess(createFolder(files).path, ["--format", "text", ...args]);
  return stdout + stderr;
}

describe("a value that came from a variable", () => {
  it("is shown as it is written when it is no subnet, with the line that sets it", async () => {
    const text = await textOf({
      "compose.yaml": subnetOf('"${DB_PASSWORD}"'),
      ".env": `# secrets\nA=1\nDB_PASSWORD=${SECRET}\n`,
    });
    expect(text.split("\n").slice(0, 3)).toEqual([
      'compose.yaml:6:19  error  The subnet "${DB_PASSWORD}" of network "back" is not a valid subnet: DB_PASSWORD (set in .env:3) is not a valid subnet',
      '   6 |         - subnet: "${DB_PASSWORD}"',
      "     |                   ^^^^^^^^^^^^^^^^ The engine refuses it",
    ]);
    expect(text).not.toContain(SECRET);
  });

  it("is told to come from the shell when it was passed along", async () => {
    const text = await textOf({ "compose.yaml": subnetOf('"${X}"') }, "--env", `X=${SECRET}`);
    expect(text).toContain("X (set in the shell) is not a valid subnet");
    expect(text).not.toContain(SECRET);
  });

  it("is told to come from the env file of an include", async () => {
    const files = {
      "compose.yaml": "include: [{ path: parts/a.yaml, env_file: parts/a.env }]\n",
      "parts/a.yaml": subnetOf('"${X}"'),
      "parts/a.env": `X=${SECRET}\n`,
    };
    const { stdout } = await inProcess(createFolder(files).path, ["list"]);
    expect(stdout).toContain("the engine refuses it: invalid subnet ${X}, from X (set in parts/a.env:1)");
    expect(stdout).not.toContain(SECRET);
  });

  it("is shown when it is a subnet, and so is a default, which the file has", async () => {
    const policy = 'version: 1\nforbidden: ["10.4.0.0/16"]\n';
    const set = await textOf({
      "compose.yaml": subnetOf('"${X}"'),
      ".env": "X=10.4.0.0/24\n",
      "forbidden-ranges.yaml": policy,
    });
    expect(set).toContain('10.4.0.0/24 of network "back" lies in the forbidden range 10.4.0.0/16');
    const defaulted = await textOf({ "compose.yaml": subnetOf('"${X:-nonsense}"') });
    expect(defaulted).toContain(
      'The subnet "nonsense" of network "back" is not a valid subnet: it has no prefix length',
    );
  });

  it("is no part of a name that a fix writes, be it the project's", async () => {
    const files = {
      "compose.yaml": 'name: "${X}"\nservices: { web: { image: nginx } }\n',
      ".env": "X=s3cr3t\n",
      "forbidden-ranges.yaml":
        "version: 1\nid: shop\nforbidden: [192.168.0.0/24]\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n",
    };
    const folder = createFolder(files);
    const { stdout } = await inProcess(folder.path, ["--fix-dry-run", "--rule", "require-bridge-name:error"]);
    expect(stdout).toMatch(/com\.docker\.network\.bridge\.name: br-\w{5}/);
    expect(stdout).not.toContain("s3cr3t");
    const listed = await inProcess(folder.path, ["list"]);
    expect(listed.stdout).toContain("  ${X}_default  ");
    expect(listed.stdout).not.toContain("s3cr3t");
  });
});

describe("the name of a project that a variable sets", () => {
  it.each([
    ["in .env", { ".env": "COMPOSE_PROJECT_NAME=s3cr3t\n" }, []],
    ["in the shell", {}, ["--env", "COMPOSE_PROJECT_NAME=s3cr3t"]],
  ])("is shown as the variable, and so are the names made of it (%s)", async (_, env, args) => {
    const compose =
      'services: { web: { image: nginx, networks: [default, back] } }\nnetworks:\n  back: { name: "${COMPOSE_PROJECT_NAME}-b" }\n';
    const folder = createFolder({ ...env, "compose.yaml": compose }).path;
    const listed = await inProcess(folder, ["list", ...args]);
    expect(listed.stdout).toMatch(/^\$\{COMPOSE_PROJECT_NAME\} {2}compose\.yaml$/m);
    expect(listed.stdout).toContain("  ${COMPOSE_PROJECT_NAME}_default  ");
    expect(listed.stdout).toContain("  ${COMPOSE_PROJECT_NAME}-b  ");
    const json = await inProcess(folder, ["list", "--format", "json", ...args]);
    expect(json.stdout).toContain('"name": "${COMPOSE_PROJECT_NAME}"');
    const fixed = await inProcess(folder, ["--fix-dry-run", "--rule", "require-bridge-name:error", ...args]);
    for (const { stdout, stderr } of [listed, json, fixed]) expect(stdout + stderr).not.toContain("s3cr3t");
  });

  it("still is what two projects meet under", async () => {
    const compose = (subnet: string): string =>
      `services: { web: { image: nginx } }\nnetworks: { default: { ipam: { config: [{ subnet: ${subnet} }] } } }\n`;
    const files = (second: string): Record<string, string> => ({
      "a/compose.yaml": compose("10.1.0.0/24"),
      "a/.env": "COMPOSE_PROJECT_NAME=s3cr3t\n",
      "b/compose.yaml": compose("10.1.0.0/24"),
      "b/.env": `COMPOSE_PROJECT_NAME=${second}\n`,
    });
    const same = await textOf(files("s3cr3t"), "--rule", "no-overlapping-subnets:error");
    const other = await textOf(files("other"), "--rule", "no-overlapping-subnets:error");
    expect(same).not.toBe(other);
    expect(same + other).not.toContain("s3cr3t");
  });
});

describe("a value of the environment that an alias or a merge key shares with a network", () => {
  const web = (environment: string, network: string, services = "[back]"): string =>
    `services:\n  web:\n    image: nginx\n    environment:\n${environment}    networks: ${services}\nnetworks:\n  back:\n${network}`;
  const pw = `      PASSWORD: &pw ${SECRET}\n`;

  it("is shown as the alias, and the frame of the finding leaves it out", async () => {
    const text = await textOf({
      "compose.yaml": web(pw, "    ipam:\n      config:\n        - subnet: *pw\n"),
    });
    expect(text.split("\n").slice(0, 3)).toEqual([
      'compose.yaml:5:21  error  The subnet "*pw" of network "back" is not a valid subnet: *pw (an alias) is not a valid subnet',
      "   5 |       …",
      "     |       ^ The engine refuses it",
    ]);
  });

  it.each([
    ["a tagged value", web(`      PASSWORD: &pw !!str ${SECRET}\n`, "    ipam: { config: [{ subnet: *pw }] }\n")],
    ["a gateway", web(pw, "    ipam: { config: [{ subnet: 10.1.0.0/24, gateway: *pw }] }\n")],
    ["a range", web(pw, "    ipam: { config: [{ subnet: 10.1.0.0/24, ip_range: *pw }] }\n")],
    ["an auxiliary address", web(pw, "    ipam: { config: [{ subnet: 10.1.0.0/24, aux_addresses: { a: *pw } }] }\n")],
    ["a static address", web(pw, "    {}\n", "{ back: { ipv4_address: *pw } }")],
    ["a prefix with a word", web(`      A: &pw ${SECRET}/24\n`, "    ipam: { config: [{ subnet: *pw }] }\n")],
    ["drivers", web(pw, "    driver: *pw\n    ipam: { driver: *pw }\n")],
    ["a driver option", web(pw, '    driver_opts: { "com.docker.network.bridge.name": *pw, mtu: *pw }\n')],
    ["a switch", web(pw, "    internal: *pw\n    enable_ipv6: *pw\n    external: *pw\n")],
    ["a name", web(pw, "    name: *pw\n")],
    ["the name of an external network", web(pw, "    name: *pw\n    external: true\n")],
    ["the name of the project", `${web(pw, "    {}\n")}name: *pw\n`],
    ["the list of networks", web(`      &pw\n      - ${SECRET}\n`, "    {}\n", "*pw")],
    ["a merged map", web(`      &pw\n      subnet: ${SECRET}\n`, "    ipam: { config: [{ <<: *pw }] }\n")],
    ["a merged map in a list", web(`      &pw\n      subnet: ${SECRET}\n`, "    ipam: { config: [{ <<: [*pw] }] }\n")],
    ["a map", web(`      &pw\n      subnet: ${SECRET}\n`, "    ipam: { config: [*pw] }\n")],
    ["the service to extend", web(pw, "    {}\n").replace("    networks:", "    extends: *pw\n    networks:")],
    ["the network mode", web(pw, "    {}\n").replace("    networks: [back]", "    network_mode: *pw")],
    ["a port", web(pw, "    {}\n").replace("    networks:", "    ports: [*pw]\n    networks:")],
  ])("is printed nowhere: %s", async (_, compose) => {
    const folder = createFolder({ "compose.yaml": compose });
    const formats = ["text", "json", "sarif", "github", "gitlab", "junit"].map((format) => ["--format", format]);
    for (const args of [...formats, ["--fix-dry-run"], ["list"], ["list", "--format", "json"]]) {
      const { status, stdout, stderr } = await inProcess(folder.path, args);
      expect([0, 1, 2]).toContain(status);
      expect(stdout + stderr).not.toContain(SECRET.toLowerCase());
      expect(stdout + stderr).not.toContain(SECRET);
    }
  });

  it("is shown when it is an address, be it one that a variable sets", async () => {
    const files = (subnet: string): Record<string, string> => ({
      "compose.yaml": web(`      NET: &net ${subnet}\n`, "    ipam: { config: [{ subnet: *net }] }\n"),
      ".env": "X=10.4.0.1/24\n",
    });
    for (const subnet of ["10.4.0.1/24", '"${X}"']) {
      expect(await textOf(files(subnet))).toContain('The subnet 10.4.0.1/24 of network "back"');
    }
    expect(await textOf(files("10.999.0.0/24"))).toContain('The subnet "10.999.0.0/24" of network "back"');
  });
});

describe("a value that stands beside the field of a finding", () => {
  it.each([
    [
      "in the same braces",
      `{ subnet: "10.0.0.0/33", password: ${SECRET} }`,
      ['   6 |         …subnet: "10.0.0.0/33"…', "     |                  ^^^^^^^^^^^^^ The engine refuses it"],
    ],
    ["behind a comment sign only", `"10.0.0.0/33" # ours`, ['   6 |         - subnet: "10.0.0.0/33" # ours']],
  ])("%s", async (_, pool, frame) => {
    const compose = subnetOf("x").replace("subnet: x", pool.startsWith("{") ? pool : `subnet: ${pool}`);
    const text = await textOf({ "compose.yaml": compose });
    expect(text.split("\n")).toEqual(expect.arrayContaining(frame));
    expect(text).not.toContain(SECRET);
  });

  it.each([
    `services:\n  web:\n    environment:\n      PASSWORD: "${SECRET}\n`,
    `services:\n  web:\n    environment:\n      PASSWORD: |${SECRET}\n`,
    `services:\n  web:\n    environment:\n      PASSWORD: "\\${SECRET}"\n`,
    `services:\n  web:\n    environment: { PASSWORD: ${SECRET} ]\n`,
    `services:\n  web:\n    environment:\n      PASSWORD: a: ${SECRET}\n`,
    `services:\n  web:\n    environment:\n      - PASSWORD=${SECRET}\n      x: 1\n`,
    `services:\n  web:\n\t  command: serve ${SECRET}\n`,
    `services: {}\n}: ${SECRET}\n`,
  ])("is not shown with a mistake of YAML: %j", async (compose) => {
    const folder = createFolder({ "compose.yaml": compose });
    for (const args of [["--format", "text"], ["--format", "json"], ["list"]]) {
      const { status, stdout, stderr } = await inProcess(folder.path, args);
      expect(status).toBe(2);
      expect(stdout + stderr).not.toContain(SECRET);
      expect(stdout + stderr).toContain("compose.yaml");
    }
  });
});

describe("a file that is neither a compose file nor a policy", () => {
  it("is quoted as a list only where a line looks like an address", async () => {
    const { path } = createFolder({
      "compose.yaml": subnetOf("10.1.0.0/24"),
      "forbidden-ranges.yaml": "version: 1\nextends: [list.txt]\n",
      "list.txt": `root:x:0:0:${SECRET}:/bin/sh\n10.0.0.1/8\nPASSWORD=${SECRET}\n${SECRET}/24\n10.0.0.0-${SECRET}\ndeadbeef\nfd00::/129\n`,
    });
    const line = "the line is not a CIDR block, a range first-last or an address";
    const { stdout, stderr } = await inProcess(path, []);
    expect(stdout).not.toContain(SECRET);
    expect(stderr).toBe(
      [
        `list.txt:1:1: ${line}`,
        'list.txt:2:1: "10.0.0.1/8" has host bits set; did you mean 10.0.0.0/8 or 10.0.0.1/32?',
        `list.txt:3:1: ${line}`,
        `list.txt:4:1: ${line}`,
        `list.txt:5:1: ${line}`,
        `list.txt:6:1: ${line}`,
        'list.txt:7:1: "fd00::/129": "129" is out of range: an IPv6 prefix length is 0 to 128',
        "",
      ].join("\n"),
    );
  });

  it.each([
    `{ "bip": "${SECRET}" }`,
    `{ "bip": ["${SECRET}"] }`,
    `{ "fixed-cidr": { "a": "${SECRET}" } }`,
    `{ "default-address-pools": "${SECRET}" }`,
    `{ "default-address-pools": ["${SECRET}"] }`,
    `{ "default-address-pools": { "base": "10.202.0.0/16", "size": 24, "token": "${SECRET}" } }`,
    `{ "default-address-pools": [{ "base": "${SECRET}", "size": 24 }] }`,
    `{ "default-address-pools": [{ "base": "10.202.0.0/16", "size": "${SECRET}" }] }`,
    `{ "default-address-pools": [{ "token": "${SECRET}" }] }`,
    `{ "default-address-pool": { "token": "${SECRET}" } }`,
    `{ "token": "${SECRET}" "bip": 1 }`,
  ])("is quoted as daemon.json only where it has addresses: %s", async (daemon) => {
    const folder = createFolder({ "daemon.json": daemon, "compose.yaml": subnetOf("10.1.0.0/24") });
    for (const format of ["text", "json", "sarif", "github", "gitlab", "junit"]) {
      const { status, stdout, stderr } = await inProcess(folder.path, ["--format", format, "daemon.json"]);
      expect(status).toBeGreaterThan(0);
      expect(stdout + stderr).not.toContain(SECRET);
    }
  });
});
