import { readdirSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { folderWith, officeVpn, run } from "../command.js";

describe("explain CIDR", () => {
  it("says where a block begins and ends, who forbids it, and what Docker does with it", () => {
    const { status, stdout, stderr } = run(officeVpn(), ["explain", "172.18.0.0/16"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(`172.18.0.0/16
  first      172.18.0.0
  last       172.18.255.255
  size       65,536 addresses
  before     172.17.0.0/16
  after      172.19.0.0/16
  space      in 172.16.0.0/12: private (RFC 1918)
  docker     the 2nd of the 31 subnets that Docker picks from
  forbidden  "office Wi-Fi", 172.18.44.0/22 (forbidden-ranges.yaml:9:11)
  networks   none of this workspace
  next free  10.201.0.0/24
`);
  });

  const rows = (args: string, name: string, folder = officeVpn()): string[] =>
    [...run(folder, ["explain", args]).stdout.matchAll(new RegExp(`^  ${name} +(.*)$`, "gm"))].map(
      ([, value = ""]) => value,
    );

  it("names the networks that have it or are planned there", () => {
    expect(rows("10.201.155.7", "planned")).toEqual(['10.201.155.0/24  network "front" of compose.yaml']);
    expect(rows("10.201.155.7", "pool")).toEqual([
      "10.201.0.0/16, cut into subnets of /24 (forbidden-ranges.yaml:14:13)",
    ]);
    expect(rows("10.201.155.7", "next free")).toEqual(["10.201.156.0/24"]);
    expect(rows("192.168.0.0/22", "explicit")).toEqual(['192.168.0.0/24  network "back" of compose.yaml']);
  });

  it.each([
    ["172.16.0.0/12", "covers 15 of the 31 subnets that Docker picks from, the 1st to the 15th"],
    ["172.27.9.1", "in 172.27.0.0/16, the 11th of the 31 subnets that Docker picks from"],
    ["192.168.64.0/20", "the 20th of the 31 subnets that Docker picks from"],
    ["192.168.240.0/20", "the 31st of the 31 subnets that Docker picks from"],
    ["10.0.0.0/8", "none of the 31 subnets that Docker picks from"],
  ])("counts what Docker may pick in %s", (block, says) => {
    expect(rows(block, "docker", folderWith())).toEqual([says]);
  });

  it("counts the declared pools of the daemon instead", () => {
    const policy = "version: 1\nid: x\ndocker:\n  default-address-pools: [{ base: 10.202.0.0/16, size: 24 }]\n";
    const folder = folderWith({ "forbidden-ranges.yaml": policy });
    expect(rows("10.202.2.0/24", "docker", folder)).toEqual(["the 3rd of the 256 subnets of default-address-pools"]);
  });

  it.each([
    ["0.0.0.0/0", ["0.0.0.0", "255.255.255.255", "4,294,967,296 addresses"], [], []],
    ["10.0.0.0/30", ["10.0.0.0", "10.0.0.3", "4 addresses"], ["9.255.255.252/30"], ["10.0.0.4/30"]],
    [
      "::/1",
      [
        "::",
        "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "170,141,183,460,469,231,731,687,303,715,884,105,728 addresses",
      ],
      [],
      ["8000::/1"],
    ],
    // ip-cidr itself would read the tail alone.
    [
      "::ffff:10.0.0.0/104",
      ["::ffff:10.0.0.0", "::ffff:10.255.255.255", "16,777,216 addresses"],
      ["::ffff:9.0.0.0/104"],
      ["::ffff:11.0.0.0/104"],
    ],
  ])("shows the ends of %s, and its neighbours where there are any", (block, [first, last, size], before, after) => {
    const folder = folderWith();
    expect([rows(block, "first", folder), rows(block, "last", folder), rows(block, "size", folder)]).toEqual([
      [first],
      [last],
      [size],
    ]);
    expect([rows(block, "before", folder), rows(block, "after", folder)]).toEqual([before, after]);
  });

  it("shows the block that is meant where host bits are set", () => {
    expect(rows("10.1.2.3/24", "block", folderWith())).toEqual(["10.1.2.0/24: 10.1.2.3/24 has host bits set"]);
  });

  it.each([
    ["8.8.8.0/24", "public: it belongs to somebody on the Internet"],
    ["100.64.1.0/24", "in 100.64.0.0/10: carrier-grade NAT (RFC 6598)"],
    ["192.0.0.0/16", "holds 192.0.0.0/24: protocol (RFC 6890)"],
  ])("says what %s is for", (block, says) => {
    expect(rows(block, "space", folderWith())[0]).toBe(says);
  });

  it("says what was not looked up without a policy file", () => {
    expect(rows("10.0.0.0/8", "networks", folderWith())).toEqual([
      "not looked up: no forbidden-ranges.yaml here; run compose-networks init",
    ]);
  });
});

describe("explain RULE", () => {
  const pages = readdirSync(new URL("../../../docs/rules/", import.meta.url)).map((file) => file.replace(/\.md$/, ""));

  it.each(pages)("shows the page of %s without Markdown's marks", (name) => {
    const { status, stdout } = run(folderWith(), ["explain", name]);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^compose-networks/${name}\n\n`));
    expect(stdout).toMatch(/^Why it hurts$/m);
    expect(stdout).toMatch(/^ {4}\S/m);
    expect(stdout).not.toMatch(/^```|^#+ |<!--|\]\(/m);
  });

  it("takes the name as ESLint writes it", () => {
    expect(run(folderWith(), ["explain", "compose-networks/valid-ipam"])).toEqual(
      run(folderWith(), ["explain", "valid-ipam"]),
    );
  });

  it.each([
    [["require-subnt"], 'explain: unknown rule "require-subnt"; did you mean require-subnet?'],
    [["10.0.0.0/33"], 'explain 10.0.0.0/33: "33" is out of range'],
    [["10.0.0"], "explain 10.0.0: "],
    [[], "explain takes a rule, a CIDR block or an address"],
    [["a", "b"], "explain takes a rule, a CIDR block or an address"],
  ])("refuses %j", (args, message) => {
    const { status, stdout, stderr } = run(folderWith(), ["explain", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
