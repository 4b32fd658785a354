import { chmodSync, lstatSync, readdirSync, readlinkSync, statSync, symlinkSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { CLEAN, COLLIDING, folderWith, git, officeVpn, OPEN, POLICY, run } from "../../command.js";

const PINNED = "    driver: bridge\n    ipam:\n      config:\n        - subnet: 10.201.155.0/24\n";

describe("--fix", () => {
  it("pins the network that is left to Docker, and leaves a written subnet with its suggestion", () => {
    const folder = officeVpn();
    const before = folder.text("compose.yaml");
    const { status, stdout } = run(folder, ["--fix"]);
    expect(status).toBe(1);
    expect(folder.text("compose.yaml")).toBe(before.replace("    driver: bridge\n", PINNED));
    expect(stdout).toMatch(/^compose\.yaml:55:19 {2}error {2}192\.168\.0\.0\/24 of network "back"/);
    expect(stdout).toContain("   Renumber it to 10.201.156.0/24, which is free;");
    expect(stdout).toMatch(
      /\nchecked 1 file: 1 project, 2 networks; 1 error; fixed 1 file; policy file: forbidden-ranges\.yaml\n$/,
    );
    const { stdout: json } = run(folder, ["--format", "json"]);
    expect(JSON.parse(json)).toMatchObject({
      findings: [{ suggestions: ['Renumber network "back" to 10.201.156.0/24; it is recreated on the next up.'] }],
    });
  });

  it("changes nothing on a second run", () => {
    const folder = officeVpn();
    run(folder, ["--fix"]);
    const [once, written] = [folder.read("compose.yaml"), statSync(folder.at("compose.yaml")).ino];
    const { stdout } = run(folder, ["--fix"]);
    expect(folder.read("compose.yaml")).toEqual(once);
    expect(statSync(folder.at("compose.yaml")).ino).toBe(written);
    expect(stdout).not.toContain("fixed");
  });

  it("exits with 0 when nothing is left", () => {
    const folder = folderWith({ "compose.yaml": OPEN, "forbidden-ranges.yaml": POLICY });
    const { status, stdout } = run(folder, ["--fix"]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      "checked 1 file: 1 project, 1 network; no findings; fixed 1 file; policy file: forbidden-ranges.yaml\n",
    );
  });

  it("keeps the byte order mark and the line ends", () => {
    const text = `\uFEFF${officeVpn().text("compose.yaml").replaceAll("\n", "\r\n")}`;
    const folder = officeVpn();
    folder.write("compose.yaml", text);
    expect(run(folder, ["--fix"]).stdout).toContain("fixed 1 file");
    const added = PINNED.replaceAll("\n", "\r\n");
    expect(folder.read("compose.yaml")).toEqual(Buffer.from(text.replace("    driver: bridge\r\n", added)));
  });

  it.skipIf(process.platform === "win32").each([0o600, 0o664, 0o755])("keeps the mode %o", (mode) => {
    const folder = officeVpn();
    chmodSync(folder.at("compose.yaml"), mode);
    run(folder, ["--fix"]);
    expect(folder.text("compose.yaml")).toContain("10.201.155.0/24");
    expect(statSync(folder.at("compose.yaml")).mode & 0o777).toBe(mode);
  });

  it.skipIf(process.platform === "win32")("writes through a symbolic link, which stays one", () => {
    const folder = folderWith({ "shared/stack.yaml": OPEN, "forbidden-ranges.yaml": POLICY });
    symlinkSync("shared/stack.yaml", folder.at("compose.yaml"));
    expect(run(folder, ["--fix", "compose.yaml"]).status).toBe(0);
    expect(lstatSync(folder.at("compose.yaml")).isSymbolicLink()).toBe(true);
    expect(readlinkSync(folder.at("compose.yaml"))).toBe("shared/stack.yaml");
    expect(folder.text("shared/stack.yaml")).toContain("subnet: 10.201.");
  });

  it("leaves no other file behind", () => {
    const folder = officeVpn();
    run(folder, ["--fix"]);
    expect(readdirSync(folder.path).sort()).toEqual(["compose.yaml", "forbidden-ranges.yaml"]);
  });

  it("gives two projects different subnets, whatever part of them is fixed first", () => {
    const files = { "a/compose.yaml": OPEN, "b/compose.yaml": OPEN, "forbidden-ranges.yaml": POLICY };
    const [together, apart] = [folderWith(files), folderWith(files)];
    run(together, ["--fix"]);
    run(apart, ["--fix", "b"]);
    run(apart, ["--fix", "a"]);
    for (const file of ["a/compose.yaml", "b/compose.yaml"]) expect(apart.text(file)).toBe(together.text(file));
    expect(together.text("a/compose.yaml")).not.toBe(together.text("b/compose.yaml"));
  });

  it("never takes a comment away, though it may be needed no more", () => {
    const comment = "# eslint-disable-next-line compose-networks/require-subnet -- until the move\n";
    const folder = folderWith({ "compose.yaml": comment + CLEAN, "forbidden-ranges.yaml": POLICY });
    const { status, stdout } = run(folder, ["--fix"]);
    expect(folder.text("compose.yaml")).toBe(comment + CLEAN);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^compose\.yaml:1:1 {2}warning {2}Unused eslint-disable directive/);
  });
});

describe("--fix-dry-run", () => {
  it("prints a diff of network lines only, and writes nothing", () => {
    const folder = officeVpn();
    const before = folder.read("compose.yaml");
    const { status, stdout, stderr } = run(folder, ["--fix-dry-run"]);
    expect(status).toBe(1);
    expect(folder.read("compose.yaml")).toEqual(before);
    expect(stdout.split("\n").filter((line) => /^[+-](?![+-]{2} )/.test(line))).toEqual([
      "+    ipam:",
      "+      config:",
      "+        - subnet: 10.201.155.0/24",
    ]);
    expect(stdout).toMatch(
      /^# the next up recreates network "front" \(shop_front\); Compose before 2\.31 needs "docker compose down" first\n--- a\/compose\.yaml\n\+\+\+ b\/compose\.yaml\n@@ -45,6 \+45,9 @@\n/,
    );
    expect(stderr).toMatch(
      /\nchecked 1 file: 1 project, 2 networks; 2 errors; 1 fixable with --fix; --fix would change 1 file; policy file: forbidden-ranges\.yaml\n$/,
    );
  });

  it("prints what git applies to the same effect as --fix", () => {
    const [fixed, patched] = [officeVpn(), officeVpn()];
    const crlf = fixed.text("compose.yaml").replaceAll("\n", "\r\n");
    for (const folder of [fixed, patched]) folder.write("apps/a b/compose.yaml", crlf);
    patched.write("fix.patch", run(patched, ["--fix-dry-run"]).stdout);
    git(patched, "init", "--quiet");
    git(patched, "apply", "fix.patch");
    run(fixed, ["--fix"]);
    for (const file of ["compose.yaml", "apps/a b/compose.yaml"]) {
      expect(patched.text(file)).toContain("subnet: 10.201.");
      expect(patched.read(file)).toEqual(fixed.read(file));
    }
  });

  it("fails as long as something would change", () => {
    const folder = folderWith({ "compose.yaml": OPEN, "forbidden-ranges.yaml": POLICY });
    expect(run(folder, ["--fix-dry-run"]).status).toBe(1);
    expect(run(folder, ["--fix"]).status).toBe(0);
    expect(run(folder, ["--fix-dry-run"])).toMatchObject({ status: 0, stdout: "" });
  });
});

describe("standard input", () => {
  it("is checked under the name that it stands for", () => {
    const folder = folderWith({ "apps/shop/forbidden-ranges.yaml": POLICY });
    const named = ["--stdin", "--stdin-filename", "apps/shop/compose.yaml"];
    const { status, stdout } = run(folder, named, { input: COLLIDING });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^apps\/shop\/compose\.yaml:8:19 {2}error {2}/);
    expect(stdout).toContain("forbidden in apps/shop/forbidden-ranges.yaml:4:13");
  });

  it("can be called -, and finds what is wrong as well", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY });
    expect(run(folder, ["-"], { input: COLLIDING }).status).toBe(1);
    expect(run(folder, ["-"], { input: CLEAN }).status).toBe(0);
  });

  it("comes back fixed, with the report beside it", () => {
    const folder = officeVpn();
    const input = folder.text("compose.yaml");
    const { status, stdout, stderr } = run(folder, ["--stdin", "--fix"], { input });
    expect(status).toBe(1);
    expect(stdout).toBe(input.replace("    driver: bridge\n", PINNED));
    expect(stderr).toMatch(/; 1 error; policy file: forbidden-ranges\.yaml\n$/);
    expect(folder.text("compose.yaml")).toBe(input);
  });

  it("comes back as it is when there is nothing to fix, even if it is no YAML", () => {
    const folder = folderWith();
    expect(run(folder, ["--stdin", "--fix"], { input: CLEAN })).toMatchObject({ status: 0, stdout: CLEAN });
    expect(run(folder, ["--stdin", "--fix"], { input: "a: {\n" })).toMatchObject({ status: 2, stdout: "a: {\n" });
  });

  it("must be UTF-8", () => {
    const { status, stderr } = run(folderWith(), ["--stdin"], { input: Buffer.from([0xff, 0xfe, 0x61, 0]) });
    expect(status).toBe(2);
    expect(stderr).toContain("compose.yaml: it is not UTF-8 text\n");
  });
});
