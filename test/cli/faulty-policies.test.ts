import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { platform } from "node:os";

import { describe, expect, it } from "vitest";

import { CLEAN, COLLIDING, folderWith, OPEN, POLICY, run, type Folder } from "./command.js";

const isRoot = process.getuid?.() === 0;
const isWindows = platform() === "win32";

/** A project under a policy without faults, beside whatever else there is. */
const GOOD_NEIGHBOUR = { "good/forbidden-ranges.yaml": POLICY, "good/compose.yaml": COLLIDING };
const NEIGHBOUR_IS_FOUND = /^good\/compose\.yaml:\d+:\d+ {2}error {2}192\.168\.0\.0\/24 of network "default" lies in/m;

interface Report {
  readonly summary: { readonly errors: number; readonly notChecked: readonly Record<string, string>[] };
  readonly findings: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly rule: string;
    readonly message: string;
    readonly fix: boolean;
    readonly suggestions: readonly string[];
  }[];
}

function report(folder: Folder, ...args: readonly string[]): Report {
  return JSON.parse(run(folder, ["--format", "json", ...args]).stdout) as Report;
}

/** Nothing of such a file can be read. */
const UNREADABLE: readonly (readonly [what: string, text: string, place: string])[] = [
  ["no YAML", "version: 1\nforbidden: [\n", "3:1"],
  ["too deep", `version: 1\nforbidden: ${"[".repeat(1000)}${"]".repeat(1000)}\n`, "2:212"],
  ["too large", "#".repeat(2 ** 21 + 1), "1:1"],
  ["empty", "", "1:1"],
  ["a list", "- 10.0.0.0/8\n", "1:1"],
];

describe("a policy of which nothing can be read", () => {
  it.each(UNREADABLE)("because it is %s leaves other files to be judged", (_, text, place) => {
    const folder = folderWith({ ...GOOD_NEIGHBOUR, "shop/compose.yaml": OPEN, "shop/forbidden-ranges.yaml": text });
    const { status, stdout, stderr } = run(folder, []);
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`^shop/forbidden-ranges\\.yaml:${place}: [^\\n]+\\n$`));
    expect(stdout).toMatch(NEIGHBOUR_IS_FOUND);
    expect(stdout).toMatch(/^shop\/compose\.yaml:1:1 {2}error {2}Network "default" has no IPv4 subnet/m);
    expect(stdout).toContain("1 file is not checked against forbidden ranges");
    expect(stdout).not.toContain("no findings");
  });

  it("counts what it keeps from being checked, with its place and the cure", () => {
    const folder = folderWith({
      "a/compose.yaml": CLEAN,
      "b/compose.yaml": CLEAN,
      "forbidden-ranges.yaml": "version: [",
    });
    expect(report(folder).summary.notChecked).toEqual([
      {
        file: "forbidden-ranges.yaml",
        reason:
          "has an error at forbidden-ranges.yaml:1:11: 2 files are not checked against forbidden ranges, nor against other projects",
        cure: "fix that",
      },
    ]);
    folder.write("forbidden-ranges.yaml", "#".repeat(2 ** 21 + 1));
    expect(report(folder).summary.notChecked).toEqual([
      {
        file: "forbidden-ranges.yaml",
        reason: "is larger than 2 MiB: 2 files are not checked against forbidden ranges, nor against other projects",
        cure: "add --max-file-size 3M",
      },
    ]);
  });
});

/** A fault beside ranges that can be read. */
const PARTLY: readonly (readonly [what: string, text: string, place: string])[] = [
  ["an unknown key", `${POLICY}nonsense: 1\n`, "7:1"],
  ["a range that is none", POLICY.replace("pools:", "  - 10.0.0.0.0/8\npools:"), "5:5"],
  ["a pool that is none", POLICY.replace("10.201.0.0/16", "10.201.0.0/33"), "6:13"],
  ["a list that is not there", `${POLICY}extends: [./none.txt]\n`, "7:11"],
  ["itself under extends", `${POLICY}extends: [./forbidden-ranges.yaml]\n`, "7:11"],
  ["no version", POLICY.replace("version: 1\n", ""), "1:1"],
];

describe("a policy with a fault", () => {
  it.each(PARTLY)("such as %s still forbids what could be read of it", (_, text, place) => {
    const folder = folderWith({ "shop/compose.yaml": COLLIDING, "forbidden-ranges.yaml": text });
    const { status, stdout, stderr } = run(folder, []);
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`^forbidden-ranges\\.yaml:${place}: [^\\n]+\\n$`));
    expect(stderr).not.toContain(folder.path);
    expect(stdout).toMatch(/^shop\/compose\.yaml:\d+:\d+ {2}error {2}192\.168\.0\.0\/24 of network "default" lies in/m);
    expect(stdout).toContain(
      `forbidden-ranges.yaml has an error at forbidden-ranges.yaml:${place}: 1 file is checked only against the forbidden ranges that could be read`,
    );
  });

  it.each(PARTLY)("such as %s takes nothing from its pools", (_, text) => {
    const files = { "a/compose.yaml": OPEN, "b/compose.yaml": COLLIDING, "forbidden-ranges.yaml": text };
    const folder = folderWith(files);
    const levels = ["--rule", 'no-forbidden-subnet: ["error", { "renumber": true }]'];
    for (const { fix, suggestions, message } of report(folder).findings) {
      expect({ fix, suggestions }, message).toEqual({ fix: false, suggestions: [] });
    }
    expect(run(folder, ["--fix"]).status).toBe(2);
    expect(run(folder, ["--fix", ...levels]).status).toBe(2);
    for (const [file, content] of Object.entries(files)) expect(folder.text(file)).toBe(content);
  });

  it("says at each finding why no subnet is proposed", () => {
    const folder = folderWith({
      "a/compose.yaml": OPEN,
      "b/compose.yaml": COLLIDING,
      "forbidden-ranges.yaml": `${POLICY}nonsense: 1\n`,
    });
    const why = "No subnet is proposed, since the forbidden-ranges file is faulty at forbidden-ranges.yaml:7:1.";
    const about = report(folder).findings.filter(({ message }) => message.endsWith(why));
    expect(about.map(({ file, rule }) => [file, rule])).toEqual([
      ["a/compose.yaml", "compose-networks/require-subnet"],
      ["b/compose.yaml", "compose-networks/no-forbidden-subnet"],
    ]);
  });

  it("is no clean check where nothing else is found", () => {
    const folder = folderWith({ "compose.yaml": CLEAN, "forbidden-ranges.yaml": `${POLICY}nonsense: 1\n` });
    for (const format of ["text", "json", "sarif", "github", "gitlab", "junit"]) {
      const { status, stdout } = run(folder, ["--format", format]);
      expect(status, format).toBe(2);
      expect(stdout, format).not.toContain("no findings");
      expect(stdout, format).toContain("forbidden-ranges.yaml:7:1");
    }
    expect(report(folder).findings).toContainEqual(
      expect.objectContaining({
        file: "forbidden-ranges.yaml",
        line: 7,
        column: 1,
        rule: "compose-networks/valid-forbidden-ranges",
      }),
    );
  });

  it("lets no exception through of which a part can't be read", () => {
    const allow = "allow:\n  - { file: compose.yaml, netwrk: other, reason: x }\n";
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY + allow });
    expect(run(folder, []).stdout).toContain("lies in the forbidden range");
    folder.write("forbidden-ranges.yaml", POLICY + allow.replace("netwrk: other", "network: default"));
    expect(run(folder, []).stdout).not.toContain("lies in the forbidden range");
  });

  it("does not keep a text of standard input from coming back", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": `${POLICY}nonsense: 1\n` });
    const { status, stdout } = run(folder, ["--stdin", "--fix"], { input: OPEN });
    expect({ status, stdout }).toEqual({ status: 2, stdout: OPEN });
  });

  it("is named by list, which still shows the networks", () => {
    const folder = folderWith({ "compose.yaml": OPEN, "forbidden-ranges.yaml": `${POLICY}nonsense: 1\n` });
    const { status, stdout, stderr } = run(folder, ["list"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^forbidden-ranges\.yaml:7:1: unknown key "nonsense"; [^\n]+\n$/);
    expect(stdout).toMatch(/^ {2}default \(implicit\) .* chosen by Docker/m);
    expect(stdout).not.toContain("10.201.");
  });

  it.each([["free"], ["renumber", "default"]])("is not enough for %s", (...args) => {
    const text = `${POLICY}nonsense: 1\n`;
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": text });
    const { status, stdout, stderr } = run(folder, args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^forbidden-ranges\.yaml:7:1: unknown key "nonsense"; [^\n]+\n$/);
  });
});

/** What can stand where a list is expected. */
const NO_LISTS: Readonly<Record<string, (path: string) => void>> = {
  ...(!isWindows && { "a FIFO": (path: string) => void execFileSync("mkfifo", [path]) }),
  "a folder": (path) => mkdirSync(path),
};

describe("a list that can't be read", () => {
  it.each(Object.entries(NO_LISTS))("as it is %s is named once and counted", (_, make) => {
    const folder = folderWith({
      "compose.yaml": COLLIDING,
      "forbidden-ranges.yaml": `${POLICY}extends: [./vpn.txt]\n`,
    });
    make(folder.at("vpn.txt"));
    const { status, stdout, stderr } = run(folder, []);
    expect(status).toBe(2);
    expect(stderr).toBe(`forbidden-ranges.yaml:7:11: "./vpn.txt": vpn.txt is not a regular file\n`);
    expect(stdout).toContain("lies in the forbidden range");
    const reason = "is not a regular file";
    expect(report(folder).summary.notChecked).toContainEqual({ file: "vpn.txt", reason });
  });

  it.skipIf(isRoot || isWindows)("as it is closed to us is named too (not as root, who may read all)", () => {
    const folder = folderWith({
      "compose.yaml": COLLIDING,
      "forbidden-ranges.yaml": `${POLICY}extends: [./vpn.txt]\n`,
    });
    folder.write("vpn.txt", "10.0.0.0/8\n");
    chmodSync(folder.at("vpn.txt"), 0o000);
    expect(run(folder, []).stderr).toBe(`forbidden-ranges.yaml:7:11: "./vpn.txt": vpn.txt can't be read (EACCES)\n`);
  });
});

describe("a file under extends that is no policy", () => {
  const SECRET = "hush-b81d";

  /** Other formats, some with keys and values that a policy has too. */
  const OTHERS: readonly (readonly [what: string, file: string, text: string])[] = [
    ["a kubeconfig", "kube.yaml", `apiVersion: v1\nusers:\n  - name: a\n    user: { token: ${SECRET} }\n`],
    [
      "a values file",
      "values.yaml",
      `hosts: { db: [{ password: ${SECRET} }] }\nid: { key: ${SECRET} }\nallow: ${SECRET}\n`,
    ],
    ["a file of another version", "other.yaml", `version: "3.8"\nprojects: [{ ${SECRET}: 1 }]\npools: [${SECRET}]\n`],
    ["a package.json", "package.json", `{ "version": "1.2.3", "docker": "${SECRET}", "${SECRET}": 1 }`],
    ["a list", "list.yml", `- ${SECRET}\n- forbidden: ${SECRET}\n`],
    ["a text", "text.yaml", `${SECRET}\n`],
    ["a file with aliases", "alias.yaml", `password: *${SECRET}\nextends: [*${SECRET}]\n`],
    ["a file with tags", "vault.yaml", `password: !${SECRET} x\nforbidden: !${SECRET} y\n`],
    ["a file that is no YAML", "broken.yaml", `password: "${SECRET}\n`],
    ["a file with tabs", "tabs.yaml", `a:\n\t${SECRET}: 1\n`],
    ["two documents", "two.yaml", `a: ${SECRET}\n---\nb: ${SECRET}\n`],
    ["a file of variables", "secrets.env", `PASSWORD=${SECRET}\n${SECRET} # ${SECRET}\n`],
  ];

  it.each(OTHERS)("such as %s is not quoted by any report", (_, file, text) => {
    const folder = folderWith({
      "compose.yaml": COLLIDING,
      [file]: text,
      "forbidden-ranges.yaml": `${POLICY}extends: [./${file}]\n`,
    });
    for (const format of ["text", "json", "sarif", "github", "gitlab", "junit"]) {
      const { status, stdout, stderr } = run(folder, ["--format", format]);
      expect(status).toBe(2);
      expect(stdout + stderr).not.toContain(SECRET);
      expect(stderr).toContain(file);
    }
  });

  it("makes one fault, at the entry that names it", () => {
    const folder = folderWith({
      "compose.yaml": COLLIDING,
      "kube.yaml": "apiVersion: v1\nkind: Config\nusers: []\n",
      "stack.yaml": "version: 3\nservices: {}\n",
      "list.yaml": "- 10.0.0.0/8\n",
      "forbidden-ranges.yaml": `${POLICY}extends: [./kube.yaml, ./stack.yaml, ./list.yaml]\n`,
    });
    expect(run(folder, []).stderr).toBe(
      `forbidden-ranges.yaml:7:11: "./kube.yaml" is not a policy file: it has no "version"; a policy file begins with "version: 1"
forbidden-ranges.yaml:7:24: "./stack.yaml" is not a policy file: its "version" is not 1
forbidden-ranges.yaml:7:38: "./list.yaml" is not a policy file: it is not a map
`,
    );
  });
});
