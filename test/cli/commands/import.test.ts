import { spawnSync } from "node:child_process";

import { describe, expect, it } from "vitest";

import { COLLIDING, folderWith, run } from "../command.js";

const WIREGUARD = "[Peer]\nAllowedIPs = 192.168.0.0/24\n";

/** Runs a script in a network namespace of its own, which only root can make. */
function inNamespace(script: string): string | undefined {
  const { status, stdout } = spawnSync("unshare", ["--net", "sh", "-ec", script], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

const hasNamespaces = inNamespace("ip link add br0 type bridge; ip -j link") !== undefined;
const unlessImpossible = hasNamespaces ? "" : " (skipped: unshare --net or ip can't be used here)";

describe("import", () => {
  it("makes a file that a policy can extend, so that the check knows the ranges", () => {
    const folder = folderWith({ "compose.yaml": COLLIDING, "wg0.conf": WIREGUARD });
    const { status, stdout, stderr } = run(folder, ["import", "wg0.conf"]);
    expect(status).toBe(0);
    expect(stderr).toBe("compose-networks: a WireGuard configuration: 1 range, 0 dropped\n");
    folder.write("routes/vpn.yaml", stdout);
    folder.write("forbidden-ranges.yaml", "version: 1\nid: test\nextends: [./routes/vpn.yaml]\n");
    expect(run(folder, []).stdout).toContain("forbidden in routes/vpn.yaml:4:11");
  });

  it.each(["-", undefined])("reads standard input when the file is %s", (file) => {
    const { stdout } = run(folderWith(), ["import", ...(file === undefined ? [] : [file])], { input: WIREGUARD });
    expect(stdout).toContain("\n  - cidr: 192.168.0.0/24\n");
  });

  it.each([
    ["a device without end", ["import", "/dev/zero"], "", "/dev/zero: it is larger than 16 MiB"],
    [
      "standard input",
      ["import"],
      "10.0.0.0/8\n".repeat(1_600_000),
      "standard input is larger than 16 MiB; add --max-file-size",
    ],
  ])("stops reading %s at the limit", (_, args, input, said) => {
    const { status, stdout, stderr } = run(folderWith(), args, { input });
    expect(stderr).toBe(`compose-networks: ${said}\n`);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it.each([
    ["UTF-16 of PowerShell", Buffer.from(`\uFEFF${WIREGUARD.replaceAll("\n", "\r\n")}`, "utf16le")],
    ["UTF-16 with the bytes the other way round", Buffer.from(`\uFEFF${WIREGUARD}`, "utf16le").swap16()],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${WIREGUARD}`)],
  ])("reads %s", (_, input) => {
    expect(run(folderWith(), ["import"], { input }).stdout).toContain("\n  - cidr: 192.168.0.0/24\n");
  });

  it("names the place where a CSV file stops being one", () => {
    const folder = folderWith({ "prefixes.csv": 'prefix;status\n10.0.0.0/8;"Active\n10.1.0.0/16;Active\n' });
    expect(run(folder, ["import", "prefixes.csv"])).toEqual({
      status: 2,
      stdout: "",
      stderr: "compose-networks: prefixes.csv:2:12: the quote does not close\n",
    });
  });

  it("says so when nothing is left to forbid", () => {
    const { status, stdout, stderr } = run(folderWith(), ["import"], { input: "0.0.0.0/0\n" });
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: "compose-networks: a list with one CIDR block, range or address a line: 0 ranges, 1 dropped\n",
    });
    expect(stdout).toContain("\nforbidden: []\n");
  });

  it.each([
    [
      "a text of no known kind",
      [],
      "hello\n",
      /^compose-networks: standard input: it is text of no kind that is known/,
    ],
    ["bytes that are no text", [], Buffer.of(0xc3, 0x28), /: it is neither UTF-8 nor UTF-16 text\n$/],
    [
      "a kind that is not there",
      ["--from", "wiregard"],
      WIREGUARD,
      /--from: unknown "wiregard"; did you mean wireguard\?/,
    ],
    [
      "a text of another kind",
      ["--from", "openvpn"],
      WIREGUARD,
      /standard input: this is not an OpenVPN configuration\n$/,
    ],
    ["a file that is not there", ["nowhere.conf"], "", /nowhere\.conf: there is no such file\n$/],
    ["two files", ["a", "b"], "", /import reads one file, not 2/],
    ["an option of a check", ["--fix"], "", /import knows no option --fix/],
  ])("refuses %s", (_, args, input, message) => {
    const { status, stdout, stderr } = run(folderWith(), ["import", ...args], { input });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it.skipIf(!hasNamespaces)(`reads what the real ip prints${unlessImpossible}`, () => {
    // A bridge stands in for the tunnel: not every kernel has dummy interfaces.
    const links = `
      ip link set lo up
      ip link add tun0 type bridge; ip addr add 10.8.0.2/24 dev tun0; ip link set tun0 up
      ip link add docker0 type bridge; ip addr add 172.17.0.1/16 dev docker0; ip link set docker0 up
      ip route add 0.0.0.0/1 via 10.8.0.1; ip route add 128.0.0.0/1 via 10.8.0.1
      ip route add 192.168.0.0/24 via 10.8.0.1; ip route add 203.0.113.7 via 10.8.0.1
      ip route add blackhole 10.99.0.0/16
      ip route add 10.66.0.0/16 nexthop via 10.8.0.1 nexthop via 10.8.0.3
      ip -6 route add fd12:3456::/64 dev tun0`;
    const entries = (command: string): string[] => {
      const input = inNamespace(`${links}\n${command}`);
      if (input === undefined) throw new Error("the namespace could not be set up");
      const { stdout } = run(folderWith(), ["import"], { input });
      return [...stdout.matchAll(/- cidr: (\S+)\n +source: (\S+)/g)]
        .map(([, cidr, source]) => `${cidr} ${source}`)
        .sort();
    };
    const routes = ["10.66.0.0/16 ip-route:tun0+tun0", "10.8.0.0/24 ip-route:tun0", "192.168.0.0/24 ip-route:tun0"];
    expect(entries("ip -j route")).toEqual(routes);
    expect(entries("ip -j route show table all")).toEqual([...routes, "fd12:3456::/64 ip-route:tun0"]);
    expect(entries("ip -j -6 route")).toEqual(["fd12:3456::/64 ip-route:tun0"]);
    expect(entries("ip -j addr")).toEqual(["10.8.0.0/24 ip-addr:tun0"]);
  });
});
