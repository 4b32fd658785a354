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
      'compose.yaml:6:19  error  The subnet "${DB_PASSWORD}" of network "back" is no address range: DB_PASSWORD (set in .env:3) is not a valid subnet',
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
    expect(defaulted).toContain('The subnet "nonsense" of network "back" is no address range: it has no prefix length');
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
