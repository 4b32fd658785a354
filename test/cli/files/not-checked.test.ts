import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { platform } from "node:os";

import { describe, expect, it } from "vitest";

import { CLEAN, COLLIDING, folderWith, git, OPEN, POLICY, run, type Folder } from "../command.js";

/** What must never be printed. */
const SECRET = "hunter2-10.66.0.0/16";
const isWindows = platform() === "win32";
const isRoot = process.getuid?.() === 0;

/** A work tree, and a file beside it that is none of its own. */
function workspace(files: Readonly<Record<string, string>>): Folder {
  const outer = folderWith({ "outside/secret.yaml": `services: { web: { image: "${SECRET}" } }\nx: ${SECRET}\n` });
  const folder = { ...outer, path: outer.at("ws"), at: (file: string) => outer.at(`ws/${file}`) };
  mkdirSync(folder.path);
  git(folder, "init", "--quiet");
  for (const [file, text] of Object.entries(files)) outer.write(`ws/${file}`, text);
  return folder;
}

interface Report {
  readonly summary: { readonly files: number; readonly notChecked: readonly Record<string, string>[] };
  readonly findings: readonly { readonly file: string; readonly rule: string }[];
}

function report(folder: Folder, ...args: readonly string[]) {
  const { status, stdout, stderr } = run(folder, ["--format", "json", ...args]);
  expect(stdout + stderr).not.toContain(SECRET);
  const { summary, findings } = JSON.parse(stdout) as Report;
  return { status, stderr, notChecked: summary.notChecked, files: summary.files, findings };
}

const INCLUDING = `include: [base.yaml]\n${CLEAN}`;
const EXTENDING = CLEAN.replace("    image: nginx\n", "    extends: { file: base.yaml, service: web }\n");
const WITH_VARIABLE = CLEAN.replace("10.201.7.0/24", "${NET:-10.201.7.0/24}");

/** Each way in which a compose file brings in another one, and the name of that one. */
const ROLES: readonly (readonly [role: string, files: Readonly<Record<string, string>>, name: string])[] = [
  ["the compose file itself", { "other/compose.yaml": CLEAN }, "compose.yaml"],
  ["an override file", { "compose.yaml": CLEAN }, "compose.override.yaml"],
  ["an included file", { "compose.yaml": INCLUDING }, "base.yaml"],
  ["an extended file", { "compose.yaml": EXTENDING }, "base.yaml"],
  ["the policy file", { "compose.yaml": CLEAN }, "forbidden-ranges.yaml"],
  [
    "a list that the policy extends",
    { "compose.yaml": CLEAN, "forbidden-ranges.yaml": "version: 1\nextends: [./routes.txt]\n" },
    "routes.txt",
  ],
  ["daemon.json", { "compose.yaml": CLEAN }, "daemon.json"],
  ["a file of COMPOSE_FILE", { "compose.yaml": CLEAN, ".env": "COMPOSE_FILE=compose.yaml:more.yaml\n" }, "more.yaml"],
];

describe("a file outside the work tree", () => {
  it.each(ROLES)("is not read through a link as %s, and counted with what would open it", (_, files, name) => {
    const folder = workspace(files);
    symlinkSync("../outside/secret.yaml", folder.at(name));
    const { status, notChecked, stderr } = report(folder);
    expect(notChecked).toEqual([
      { file: name, reason: "is outside the work tree", cure: "add --allow-outside ../outside" },
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it.each([
    ["include", { "compose.yaml": INCLUDING.replace("base.yaml", "../outside/secret.yaml") }],
    ["extends", { "compose.yaml": EXTENDING.replace("base.yaml", "../outside/secret.yaml") }],
    ["COMPOSE_FILE", { "compose.yaml": CLEAN, ".env": "COMPOSE_FILE=compose.yaml:../outside/secret.yaml\n" }],
    [
      "the extends of a policy",
      { "compose.yaml": CLEAN, "forbidden-ranges.yaml": "version: 1\nextends: [../outside/secret.yaml]\n" },
    ],
  ])("is not read by its path in %s either", (_, files: Readonly<Record<string, string>>) => {
    const { status, notChecked } = report(workspace(files));
    expect(notChecked).toEqual([
      {
        file: "../outside/secret.yaml",
        reason: "is outside the work tree",
        cure: "add --allow-outside ../outside",
      },
    ]);
    expect(status).toBe(0);
  });

  it("is read once that is allowed", () => {
    const folder = workspace({ "compose.yaml": CLEAN });
    symlinkSync("../outside/colliding.yaml", folder.at("compose.override.yaml"));
    writeFileSync(folder.at("../outside/colliding.yaml"), COLLIDING.replace("services:", "name: shop\nservices:"));
    writeFileSync(folder.at("forbidden-ranges.yaml"), POLICY);
    expect(report(folder).findings).toEqual([]);
    const { status, notChecked, findings } = report(folder, "--allow-outside", "../outside");
    expect(notChecked).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toEqual(["compose-networks/no-forbidden-subnet"]);
    expect(status).toBe(1);
  });

  it("is not written by --fix through a link, whoever names the link", () => {
    const folder = workspace({ "forbidden-ranges.yaml": POLICY });
    writeFileSync(folder.at("../outside/open.yaml"), OPEN);
    symlinkSync("../outside/open.yaml", folder.at("compose.yaml"));
    symlinkSync("../outside", folder.at("vendor"));
    for (const args of [["--fix"], ["--fix", "compose.yaml"], ["--fix", "vendor/open.yaml"], ["--fix", "vendor"]]) {
      const { status, files, notChecked } = report(folder, ...args);
      expect({ status, files }, args.join(" ")).toEqual({
        status: 0,
        files: 0,
      });
      expect(notChecked, args.join(" ")).toHaveLength(1);
    }
    expect(readFileSync(folder.at("../outside/open.yaml"), "utf8")).toBe(OPEN);
  });

  it("is checked when its own path is typed", () => {
    const folder = workspace({ "forbidden-ranges.yaml": POLICY });
    writeFileSync(folder.at("../outside/open.yaml"), OPEN);
    const { status, files, notChecked } = report(folder, "../outside/open.yaml");
    expect({ status, files, notChecked }).toEqual({ status: 1, files: 1, notChecked: [] });
  });

  it("is no policy for --ranges when it hides behind a name of the work tree", () => {
    const folder = workspace({ "compose.yaml": CLEAN });
    symlinkSync("../outside/secret.yaml", folder.at("ranges.yaml"));
    const { status, stdout, stderr } = run(folder, ["--ranges", "ranges.yaml"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(
      "compose-networks: --ranges ranges.yaml: it is outside the work tree; add --allow-outside ../outside\n",
    );
  });

  it("is counted in the summary, where nobody says that nothing was found in it", () => {
    const folder = workspace({ "a/compose.yaml": CLEAN });
    symlinkSync("../outside/secret.yaml", folder.at("compose.yaml"));
    expect(run(folder, []).stdout).toBe(
      "checked 1 file: 1 project, 1 network; nothing found in this one; not checked: 1 file " +
        "(compose.yaml is outside the work tree, add --allow-outside ../outside)" +
        "; no policy file up to . (run compose-networks init)\n",
    );
    expect(run(folder, ["compose.yaml"]).stdout).toBe(
      "checked 0 files: 0 projects, 0 networks; not checked: 1 file " +
        "(compose.yaml is outside the work tree, add --allow-outside ../outside)" +
        "; no policy file up to . (run compose-networks init)\n",
    );
  });

  it("must be allowed by the name of a directory that is there", () => {
    const folder = workspace({ "compose.yaml": CLEAN });
    const { status, stderr } = run(folder, ["--allow-outside", "../outsied"]);
    expect(status).toBe(2);
    expect(stderr).toBe("compose-networks: --allow-outside ../outsied: there is no such directory\n");
  });
});

describe.skipIf(isWindows)("a file that is none", () => {
  it.each(ROLES.filter(([role]) => !/policy/.test(role)))(
    "keeps nobody waiting as %s: exit code 2",
    (_, files, name) => {
      const folder = workspace(files);
      execFileSync("mkfifo", [folder.at(name)]);
      const { status, stderr, notChecked } = report(folder);
      expect(notChecked).toEqual([{ file: name, reason: "is not a regular file" }]);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `compose-networks: ${name}: it is not a regular file\n`,
      });
    },
  );

  it("is named where it is the only one that could be checked", () => {
    const folder = workspace({});
    execFileSync("mkfifo", [folder.at("compose.yaml")]);
    const { status, notChecked } = report(folder);
    expect(notChecked).toEqual([{ file: "compose.yaml", reason: "is not a regular file" }]);
    expect(status).toBe(2);
  });

  it("is a fault of the policy at the place that names it", () => {
    const folder = workspace({
      "compose.yaml": CLEAN,
      "forbidden-ranges.yaml": "version: 1\nextends: [./routes.txt]\n",
    });
    execFileSync("mkfifo", [folder.at("routes.txt")]);
    const { status, stderr } = run(folder, []);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^forbidden-ranges\.yaml:2:11: ".\/routes\.txt": .*routes\.txt is not a regular file\n$/);
  });

  it.each(["/dev/zero", "/proc/self/environ", "/proc/kmsg"])("is not read as a link to %s", (target) => {
    if (!existsSync(target)) return;
    const folder = workspace({ "compose.yaml": CLEAN });
    for (const name of ["compose.override.yaml", ".env", "daemon.json"]) symlinkSync(target, folder.at(name));
    const { status, notChecked } = report(folder);
    expect(notChecked.map(({ file }) => file)).toEqual([".env", "compose.override.yaml", "daemon.json"]);
    expect(status).toBe(target === "/dev/zero" ? 2 : 0);
  });
});

describe("a file that is too long", () => {
  it("is not checked, until that is allowed", () => {
    const long = `${COLLIDING}${"# a line that says nothing at all\n".repeat(70_000)}`;
    const folder = workspace({ "compose.yaml": long, "forbidden-ranges.yaml": POLICY });
    const { status, stderr, notChecked } = report(folder);
    expect(notChecked).toEqual([
      { file: "compose.yaml", reason: "is larger than 2 MiB", cure: "add --max-file-size 3M" },
    ]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "compose-networks: compose.yaml: it is larger than 2 MiB; add --max-file-size 3M\n",
    });
    expect(report(folder, "--max-file-size", "3M").findings.map(({ rule }) => rule)).toEqual([
      "compose-networks/no-forbidden-subnet",
    ]);
  });

  it("is not allowed by a size that is none", () => {
    const { status, stderr } = run(workspace({}), ["--max-file-size", "big"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--max-file-size big: write a size up to 511M, such as 8M or 512K");
  });
});

describe("a .env that can't be read", () => {
  it("matters when a subnet depends on one of its variables", () => {
    const folder = workspace({ "a/compose.yaml": WITH_VARIABLE, "b/compose.yaml": CLEAN });
    for (const project of ["a", "b"]) mkdirSync(folder.at(`${project}/.env`));
    const { status, stderr, notChecked, findings } = report(folder);
    expect(notChecked.map(({ file, reason }) => `${file ?? ""} ${reason ?? ""}`)).toEqual([
      "a/.env is not a regular file: its variables are unknown, and so is COMPOSE_FILE",
      "b/.env is not a regular file: its variables are unknown, and so is COMPOSE_FILE",
    ]);
    expect(findings).toEqual([]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "compose-networks: a/.env: it is not a regular file: its variables are unknown, and so is COMPOSE_FILE\n",
    });
    expect(report(folder, "b").status).toBe(0);
  });

  it("matters for a static address, and not for a variable that has a value elsewhere", () => {
    const address = CLEAN.replace(
      "image: nginx\n",
      "image: nginx:$TAG\n    networks: { default: { ipv4_address: $IP } }\n",
    );
    const folder = workspace({ "compose.yaml": address });
    mkdirSync(folder.at(".env"));
    expect(report(folder).status).toBe(2);
    expect(report(folder, "--env", "IP=10.201.7.9").status).toBe(0);
  });

  it.skipIf(isRoot || isWindows)("is one that is closed to us (not as root, who may read all)", () => {
    const folder = workspace({ "compose.yaml": WITH_VARIABLE, ".env": "NET=10.1.0.0/24\n" });
    chmodSync(folder.at(".env"), 0o000);
    const { status, notChecked } = report(folder);
    expect(notChecked).toEqual([
      { file: ".env", reason: "can't be read (EACCES): its variables are unknown, and so is COMPOSE_FILE" },
    ]);
    expect(status).toBe(2);
  });

  it("does not hide which files make a project where the command line or the policy says so", () => {
    const folder = workspace({
      "a/compose.yaml": CLEAN,
      "b/compose.yaml": CLEAN.replace("10.201.7.", "10.201.8."),
      "b/forbidden-ranges.yaml": "version: 1\nprojects: [[compose.yaml]]\n",
    });
    for (const project of ["a", "b"]) mkdirSync(folder.at(`${project}/.env`));
    const { status, notChecked } = report(folder, "--env", "COMPOSE_FILE=compose.yaml");
    expect(notChecked.map(({ reason }) => reason)).toEqual([
      "is not a regular file: its variables are unknown",
      "is not a regular file: its variables are unknown",
    ]);
    expect(status).toBe(0);
    // Both may run on one host, so the variables of the other one matter too.
    expect(report(folder, "b").notChecked.map(({ file }) => file)).toEqual(["a/.env", "b/.env"]);
  });

  it("matters to a file that is included with it as its env_file", () => {
    const folder = workspace({
      "compose.yaml": `include: [{ path: part.yaml, env_file: part.env }]\n${OPEN.replace("web", "db")}`,
      "part.yaml":
        "services: { web: { image: nginx, networks: { back: { ipv4_address: $IP } } } }\nnetworks: { back: {} }\n",
    });
    mkdirSync(folder.at("part.env"));
    const { status, notChecked } = report(folder);
    expect(notChecked).toEqual([{ file: "part.env", reason: "is not a regular file: its variables are unknown" }]);
    expect(status).toBe(2);
  });

  it("is no trouble where it lies outside the work tree, whatever depends on it", () => {
    const folder = workspace({ "compose.yaml": WITH_VARIABLE });
    symlinkSync("../outside/secret.yaml", folder.at(".env"));
    const { status, stderr, notChecked } = report(folder);
    expect(notChecked).toEqual([
      {
        file: ".env",
        reason: "is outside the work tree: its variables are unknown, and so is COMPOSE_FILE",
        cure: "add --allow-outside ../outside",
      },
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("every report tells of what was not checked", () => {
  function leftOut(): Folder {
    const folder = workspace({ "a/compose.yaml": CLEAN, "b/compose.yaml": "#".repeat(2 ** 21 + 1) });
    symlinkSync("../outside/secret.yaml", folder.at("compose.yaml"));
    return folder;
  }

  it("SARIF as notifications of a run that was not whole", () => {
    const { stdout } = run(leftOut(), ["--format", "sarif"]);
    const log = JSON.parse(stdout) as { runs: { invocations: unknown }[] };
    expect(log.runs[0]?.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: "error",
            message: { text: "not checked: b/compose.yaml is larger than 2 MiB, add --max-file-size 3M" },
            locations: [{ physicalLocation: { artifactLocation: { uri: "b/compose.yaml", uriBaseId: "SRCROOT" } } }],
          },
          {
            level: "note",
            message: { text: "not checked: compose.yaml is outside the work tree, add --allow-outside ../outside" },
            locations: [{ physicalLocation: { artifactLocation: { uri: "compose.yaml", uriBaseId: "SRCROOT" } } }],
          },
        ],
      },
    ]);
  });

  it("JUnit as a test that could not run and one that was skipped", () => {
    const { stdout } = run(leftOut(), ["--format", "junit"]);
    expect(stdout).toContain('<testsuites name="compose-networks" tests="2" failures="0" errors="1">');
    expect(stdout).toContain('<error message="b/compose.yaml is larger than 2 MiB, add --max-file-size 3M"/>');
    expect(stdout).toContain('<skipped message="compose.yaml is outside the work tree, add');
    expect(stdout).not.toContain("no findings");
  });

  it("GitLab as issues, GitHub as an error and a notice", () => {
    const folder = leftOut();
    const issues = JSON.parse(run(folder, ["--format", "gitlab"]).stdout) as {
      severity: string;
      location: { path: string };
    }[];
    expect(issues.map(({ severity, location }) => `${severity} ${location.path}`)).toEqual([
      "major b/compose.yaml",
      "info compose.yaml",
    ]);
    const { stdout } = run(folder, ["--format", "github"]);
    expect(stdout).toContain(
      "::error title=compose-networks::not checked: 1 file (b/compose.yaml is larger than 2 MiB",
    );
    expect(stdout).toContain("::notice title=compose-networks::not checked: 1 file (compose.yaml is outside");
  });
});

describe("COMPOSE_FILE leaves out the compose file beside it, and names one outside of the work tree", () => {
  it("which is not checked, and an error only for who wants it to be checked", () => {
    const folder = workspace({ "shop/.env": "COMPOSE_FILE=../../outside/secret.yaml\n", "shop/compose.yaml": CLEAN });
    expect(report(folder)).toMatchObject({
      status: 0,
      files: 1,
      notChecked: [
        { file: "../outside/secret.yaml", reason: "is outside the work tree", cure: "add --allow-outside ../outside" },
      ],
    });
    expect(report(folder, "--allow-outside", "../outside")).toMatchObject({ status: 0, notChecked: [] });
  });

  it.skipIf(isWindows)("through a link that lies inside (not on Windows)", () => {
    const folder = workspace({ "shop/.env": "COMPOSE_FILE=prod.yml\n", "shop/compose.yaml": CLEAN });
    symlinkSync("../../outside/secret.yaml", folder.at("shop/prod.yml"));
    expect(report(folder).notChecked).toEqual([
      { file: "shop/prod.yml", reason: "is outside the work tree", cure: "add --allow-outside ../outside" },
    ]);
  });

  it("and says nothing of one that is not there", () => {
    const folder = workspace({ "shop/.env": "COMPOSE_FILE=../../outside/gone.yaml\n", "shop/compose.yaml": CLEAN });
    expect(report(folder)).toMatchObject({ status: 0, notChecked: [] });
  });
});
