import { spawn } from "node:child_process";

import { describe, expect, it } from "vitest";

import { CLEAN, COLLIDING, COMMAND, folderWith, officeVpn, OPEN, POLICY, run, type Folder } from "../command.js";

describe("the text report", () => {
  it("shows where, what, why and what to do, and the counts last", () => {
    const { stdout, stderr } = run(officeVpn(), []);
    expect(stderr).toBe("");
    expect(stdout).toBe(`compose.yaml:46:3  error  Network "front" has no IPv4 subnet, so Docker picks one
   46 |   front:
      |   ^^^^^ 2 of the 31 subnets that it picks from overlap a forbidden range, first 172.18.0.0/16 with "office Wi-Fi" (172.18.44.0/22), whose hosts then become unreachable
   forbidden in forbidden-ranges.yaml:9:11, reached over the site-to-site VPN, owner netops@example.com
   Pin it to 10.201.155.0/24; the network is recreated on the next up. --fix does it. Compose before 2.31 needs "docker compose down" first.   compose-networks/require-subnet

compose.yaml:52:19  error  192.168.0.0/24 of network "back" lies in the forbidden range "office LAN" (192.168.0.0/24)
   52 |         - subnet: 192.168.0.0/24
      |                   ^^^^^^^^^^^^^^ hosts 192.168.0.0–192.168.0.255 become unreachable from this machine while the network is up
   forbidden in forbidden-ranges.yaml:5:11, reached over the site-to-site VPN, owner netops@example.com
   Renumber it to 10.201.156.0/24, which is free; the network is recreated on the next up.   compose-networks/no-forbidden-subnet

checked 1 file: 1 project, 2 networks; 2 errors; 1 fixable with --fix; policy file: forbidden-ranges.yaml
`);
  });

  it("does not pass control characters of a file on", () => {
    const network = String.raw`"a\e[31mred\u009b\u202e"`;
    const file = `services: { web: { image: nginx, networks: [${network}] } }\nnetworks: { ${network}: {} }\n`;
    for (const format of ["text", "json"]) {
      const { status, stdout } = run(folderWith({ "compose.yaml": file }), ["--format", format]);
      expect(stdout).toContain("\\u001b");
      // eslint-disable-next-line no-control-regex -- none of them may be there
      expect(stdout).not.toMatch(/[\0-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(status).toBeGreaterThan(0);
    }
  });

  it("does not pass control characters on that Compose refuses", () => {
    const { status, stdout } = run(
      folderWith({ "compose.yaml": "services: { web: { image: nginx } } # \u001b[2J\n" }),
      [],
    );
    expect(stdout).toContain("compose.yaml:1:39  error  Parsing error: Compose refuses the character U+001B");
    expect(stdout).not.toContain("\u001b");
    expect(status).toBe(2);
  });
});

describe("colours", () => {
  // eslint-disable-next-line no-control-regex -- what makes colours
  const colored = /\u001b\[/;

  it("are left out where nobody looks", () => {
    expect(run(officeVpn(), []).stdout).not.toMatch(colored);
  });

  it("come when FORCE_COLOR asks for them, and change nothing else", () => {
    const { stdout } = run(officeVpn(), [], { env: { FORCE_COLOR: "1" } });
    expect(stdout).toContain("\u001b[31merror\u001b[39m");
    // eslint-disable-next-line no-control-regex -- see above
    expect(stdout.replace(/\u001b\[\d+m/g, "")).toBe(run(officeVpn(), []).stdout);
  });

  it("stay away when NO_COLOR or FORCE_COLOR=0 say so", () => {
    for (const env of [{ NO_COLOR: "1" }, { FORCE_COLOR: "0" }]) {
      expect(run(officeVpn(), [], { env }).stdout).not.toMatch(colored);
    }
  });
});

describe("the JSON report", () => {
  it("holds every part of a finding", () => {
    const { status, stdout } = run(officeVpn(), ["--format", "json"]);
    expect(status).toBe(1);
    const { findings, ...rest } = JSON.parse(stdout) as { findings: { message: string }[] };
    expect(rest).toEqual({
      version: 1,
      summary: {
        files: 1,
        projects: 1,
        networks: 2,
        errors: 2,
        warnings: 0,
        fixable: 1,
        suppressed: 0,
        unusedSuppressions: 0,
        ignored: 0,
        excluded: 0,
        notChecked: [],
        policies: [{ file: "forbidden-ranges.yaml", files: 1 }],
      },
    });
    expect(findings).toEqual([
      {
        file: "compose.yaml",
        line: 46,
        column: 3,
        endLine: 46,
        endColumn: 8,
        home: { file: "compose.yaml", line: 46, column: 3 },
        rule: "compose-networks/require-subnet",
        severity: "error",
        message: findings[0]?.message,
        network: "front",
        subnet: null,
        range: '"office Wi-Fi" (172.18.44.0/22)',
        outcome: "automatic",
        fix: true,
        suggestions: ['Pin network "front" to 10.201.155.0/24.'],
      },
      {
        file: "compose.yaml",
        line: 52,
        column: 19,
        endLine: 52,
        endColumn: 33,
        home: { file: "compose.yaml", line: 52, column: 19 },
        rule: "compose-networks/no-forbidden-subnet",
        severity: "error",
        message: findings[1]?.message,
        network: "back",
        subnet: "192.168.0.0/24",
        range: '"office LAN" (192.168.0.0/24)',
        outcome: "unreachable",
        fix: false,
        suggestions: ['Renumber network "back" to 10.201.156.0/24; it is recreated on the next up.'],
      },
    ]);
    expect(findings[1]?.message).toMatch(/^192\.168\.0\.0\/24 of network "back" lies in .* on the next up\.$/);
  });

  it("says who refuses a project, when, and from which release of the engine on", () => {
    const text = [
      "services: { web: { image: nginx } }",
      "networks:",
      "  default:",
      "    ipam: { config: [{ subnet: 10.0.0.1/24 }] }",
      "    labels: 5",
      "",
    ].join("\n");
    const { stdout } = run(folderWith({ "compose.yaml": text }), ["--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [
        { line: 4, outcome: "refused", by: "engine", phase: "create", before: null },
        { line: 5, outcome: "refused", by: "compose", phase: "load", from: null, before: null },
      ],
    });
  });

  it("tells files that are no YAML by a finding without a rule", () => {
    const { status, stdout } = run(folderWith({ "compose.yaml": "a: {\n" }), ["--format", "json"]);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { files: 1, projects: 0, errors: 1 },
      findings: [
        {
          file: "compose.yaml",
          rule: null,
          severity: "error",
          network: null,
          outcome: null,
          fix: false,
          suggestions: [],
        },
      ],
    });
  });

  it("leaves nothing of a file in the report beside its networks", () => {
    const secret = OPEN.replace("image: nginx", "image: nginx\n    environment: { TOKEN: hunter2 }");
    expect(run(folderWith({ "compose.yaml": secret }), ["--format", "json"]).stdout).not.toContain("hunter2");
  });
});

/** A folder whose JSON report is larger than any pipe's buffer. */
function chatty(): Folder {
  const networks = Array.from({ length: 600 }, (_, n) => `n${n}`);
  const file = [
    `services: { web: { image: nginx, networks: [${networks.join(", ")}] } }`,
    "networks:",
    ...networks.map((name) => `  ${name}: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } }`),
    "",
  ].join("\n");
  return folderWith({
    "a/compose.yaml": file,
    "b/compose.yaml": file,
    "c/compose.yaml": file,
    "forbidden-ranges.yaml": POLICY,
  });
}

describe("a pipe", () => {
  it("gets the whole of a large report, however slowly it is read", async () => {
    const child = spawn(process.execPath, [COMMAND, "--rule", "no-overlapping-subnets:off", "--format", "json"], {
      cwd: chatty().path,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) {
      if (chunks.length < 5) await new Promise((resolve) => setTimeout(resolve, 100));
      chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString();
    expect(text.length).toBeGreaterThan(1_000_000);
    const { summary, findings } = JSON.parse(text) as { summary: { errors: number }; findings: unknown[] };
    expect(findings).toHaveLength(1800);
    expect(summary.errors).toBe(1800);
  });

  it("may be closed early without a word of complaint", async () => {
    const child = spawn(process.execPath, [COMMAND, "--format", "json"], { cwd: chatty().path });
    const stderr: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.stdout.once("data", () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(Buffer.concat(stderr).toString()).toBe("");
    expect(status).toBe(1);
  });
});

describe("a comment that switches a rule off", () => {
  it("counts, with its reason", () => {
    const comment = "# eslint-disable-next-line compose-networks/require-subnet -- the host has no VPN\n";
    const folder = folderWith({ "compose.yaml": comment + OPEN });
    expect(run(folder, [])).toMatchObject({
      status: 0,
      stdout: "checked 1 file: 1 project, 1 network; no findings; no policy file up to / (run compose-networks init)\n",
    });
  });

  it("is nobody's business when it is about another linter's rules", () => {
    const comments = "# eslint-disable yml/plain-scalar -- quoted\n# eslint yml/quotes: error\n";
    const folder = folderWith({ "compose.yaml": comments + COLLIDING });
    expect(run(folder, ["--rule", "no-forbidden-subnet:off"])).toMatchObject({
      status: 0,
      stdout: "checked 1 file: 1 project, 1 network; no findings; no policy file up to / (run compose-networks init)\n",
    });
  });
});

describe("a forbidden-ranges file that contradicts itself", () => {
  const DOCKERS_POOL = POLICY.replace("10.201.0.0/16", "172.30.0.0/16");

  it.each([
    ["when a compose file below it is checked", ["compose.yaml"]],
    ["when its directory is", []],
    ["when it is named itself", ["forbidden-ranges.yaml"]],
  ])("is reported like any finding %s, and counts as no compose file", (_, args) => {
    const folder = folderWith({ "compose.yaml": CLEAN, "forbidden-ranges.yaml": DOCKERS_POOL });
    const { status, stdout } = run(folder, args);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^forbidden-ranges\.yaml:6:13 {2}error {2}The pool 172\.30\.0\.0\/16 overlaps 172\.28\.0\.0\/14/,
    );
    expect(stdout).toMatch(/\nchecked 1 file: 1 project, 1 network; 1 error; policy file: forbidden-ranges\.yaml\n$/);
  });

  it("says nothing about a file of another name that --ranges gives", () => {
    const folder = folderWith({ "compose.yaml": CLEAN, "ours.yaml": DOCKERS_POOL });
    expect(run(folder, ["--ranges", "ours.yaml"]).status).toBe(0);
  });
});
