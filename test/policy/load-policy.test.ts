import { describe, expect, it } from "vitest";
import { formatAddress } from "../../src/ipam/address.js";
import { formatPrefix } from "../../src/ipam/prefix.js";
import { formatRange } from "../../src/ipam/range.js";
import type { Policy } from "../../src/policy/policy.js";
import { formatLocation } from "../../src/policy/source-text.js";
import { faultsOf, load, loaded, POLICY } from "./faults-of.js";

const FULL = `# yaml-language-server: $schema=./schema.json
version: 1
id: acme-shop
forbidden:
  - 169.254.0.0/16
  - cidr: 192.168.0.0/24
    name: office LAN
    reason: reached over the site-to-site VPN
    owner: netops@example.com
    severity: warn
    except: [192.168.0.240/28, 192.168.0.0]
    until: 2027-03-31
    source: ip-route:tun0
  - { cidr: [10.1.0.0/16, "fd00:1::/32"], severity: off }
  - range: 172.20.0.0 - 172.23.255.255
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
  - { cidr: "fd12:3456:789a::/48", prefix: 64 }
allow:
  - { file: ./legacy/compose.yaml, network: default, cidr: 10.4.0.0/24, reason: NET-412, expires: 2027-01-31 }
docker:
  bip: 172.17.0.1/16
  default-address-pools: [{ base: 10.202.0.0/16, size: 24 }]
`;

const writtenIn = (policy: Policy): string[] => policy.forbidden.map(({ written }) => written);
const places = (policy: Policy): string[] => policy.forbidden.map(({ location }) => formatLocation(location));

describe("a policy file", () => {
  const policy = loaded({ [POLICY]: FULL });

  it("gives one forbidden range for each block, and says where it stands", () => {
    expect(writtenIn(policy)).toEqual([
      "169.254.0.0/16",
      "192.168.0.0/24",
      "10.1.0.0/16",
      "fd00:1::/32",
      "172.20.0.0 - 172.23.255.255",
    ]);
    expect(places(policy)).toEqual(
      [5, "6:11", "14:14", "14:27", "15:12"].map((place) =>
        typeof place === "number" ? `${POLICY}:${place}:5` : `${POLICY}:${place}`,
      ),
    );
  });

  it("keeps what is said about a range, and cuts its holes out", () => {
    const [, office] = policy.forbidden;
    expect(office).toMatchObject({
      name: "office LAN",
      reason: "reached over the site-to-site VPN",
      owner: "netops@example.com",
      source: "ip-route:tun0",
      until: "2027-03-31",
      severity: "warn",
    });
    expect(office?.ranges.map(formatRange)).toEqual(["192.168.0.1–192.168.0.239"]);
  });

  it("takes off as a severity, not as a boolean", () => {
    expect(policy.forbidden.map(({ severity }) => severity)).toEqual(["error", "warn", "off", "off", "error"]);
  });

  it("reads off and dates as text under YAML 1.1 too", () => {
    const text = `%YAML 1.1\n---\nversion: 1\nforbidden: [{ cidr: 10.0.0.0/8, severity: off, until: 2027-03-31 }]\n`;
    expect(loaded({ [POLICY]: text }).forbidden).toMatchObject([{ severity: "off", until: "2027-03-31" }]);
  });

  it("gives the pools, the exceptions and the daemon settings", () => {
    expect(policy.pools.map(({ prefix, length }) => `${formatPrefix(prefix)} /${length}`)).toEqual([
      "10.201.0.0/16 /24",
      "fd12:3456:789a::/48 /64",
    ]);
    expect(policy.allow).toMatchObject([
      { file: "legacy/compose.yaml", network: "default", reason: "NET-412", expires: "2027-01-31" },
    ]);
    const { bip, defaultAddressPools } = policy.docker;
    expect(bip && `${formatAddress(bip.address)} /${bip.length} ${formatLocation(bip.location)}`).toBe(
      `172.17.0.1 /16 ${POLICY}:22:8`,
    );
    expect(defaultAddressPools?.map(({ base, size }) => `${formatPrefix(base)} /${size}`)).toEqual([
      "10.202.0.0/16 /24",
    ]);
  });

  it("names itself, its id and its files", () => {
    expect(policy).toMatchObject({ file: POLICY, id: "acme-shop", files: [POLICY] });
  });

  it("may say nothing but its version", () => {
    expect(loaded({ [POLICY]: "version: 1\n" })).toEqual({
      file: POLICY,
      files: [POLICY],
      id: undefined,
      forbidden: [],
      forbiddenByFile: [],
      pools: [],
      allow: [],
      hosts: [],
      projects: [],
      stacks: [],
      ignore: [],
      rules: new Map(),
      compose: undefined,
      docker: {},
      reservedPorts: [],
    });
  });

  it("may name its schema, as JSON files do", () => {
    const text = '{ "$schema": "./schema.json", "version": 1, "forbidden": ["10.0.0.0/8"] }';
    expect(writtenIn(loaded({ "forbidden-ranges.json": text }, "forbidden-ranges.json"))).toEqual(["10.0.0.0/8"]);
  });

  it("may share values by anchors", () => {
    const text =
      "version: 1\nforbidden:\n  - { cidr: 10.1.0.0/16, owner: &who netops }\n  - { cidr: 10.2.0.0/16, owner: *who }\n";
    expect(loaded({ [POLICY]: text }).forbidden.map(({ owner }) => owner)).toEqual(["netops", "netops"]);
  });

  it("is a fault when it is not there", () => {
    expect(load({})).toMatchObject([
      { file: POLICY, line: 1, column: 1, message: `there is no file ${POLICY}, or it can't be read` },
    ]);
  });
});

const TOO_MANY =
  "the globs of the policy have more than 64 KiB, with those of the files that it extends; name folders in their place";

function entryOf(key: string, glob: string): string {
  if (key === "hosts") return `h${glob.replaceAll("*", "").replaceAll("/", "")}: "${glob}"`;
  if (key === "allow") return `- { file: "${glob}", reason: x }`;
  return key === "pools" ? `- { cidr: 10.0.0.0/8, prefix: 24, for: "${glob}" }` : `- "${glob}"`;
}

describe("extends", () => {
  const files = {
    "apps/forbidden-ranges.yaml":
      'version: 1\nid: own\nextends: [../shared/base.yaml, "builtin:k3s", routes.txt]\nforbidden: [10.1.0.0/16]\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n',
    "shared/base.yaml":
      "version: 1\nid: shared\nextends: [./more.yml]\nforbidden: [10.2.0.0/16]\npools: [{ cidr: 10.202.0.0/16, prefix: 24 }]\nallow: [{ file: a.yaml, reason: b }]\ndocker: { bip: 172.26.0.1/24 }\n",
    "shared/more.yml":
      'version: 1\nextends: ["../apps/routes.txt"]\nforbidden: [10.3.0.0/16]\ndocker: { bip: 172.27.0.1/24, default-address-pools: [{ base: 10.203.0.0/16, size: 24 }] }\n',
    "apps/routes.txt": "10.4.0.0/16 # branch\n",
  };
  const policy = loaded(files, "apps/forbidden-ranges.yaml");

  it("puts own entries first, then each file with what it extends itself", () => {
    expect(writtenIn(policy)).toEqual([
      "10.1.0.0/16",
      "10.2.0.0/16",
      "10.3.0.0/16",
      "10.4.0.0/16",
      "10.42.0.0/16",
      "10.43.0.0/16",
    ]);
    expect(policy.pools.map(({ prefix }) => formatPrefix(prefix))).toEqual(["10.201.0.0/16", "10.202.0.0/16"]);
  });

  it("reads a file once that is reached twice, and lists every file", () => {
    expect(policy.files).toEqual([
      "apps/forbidden-ranges.yaml",
      "shared/base.yaml",
      "shared/more.yml",
      "apps/routes.txt",
    ]);
  });

  it("takes each daemon setting from the first file that has it", () => {
    expect(policy.docker.bip && formatPrefix(policy.docker.bip)).toBe("172.26.0.1/24");
    expect(policy.docker.defaultAddressPools).toHaveLength(1);
  });

  it("never takes over an id", () => {
    expect(policy.id).toBe("own");
    expect(loaded({ ...files, [POLICY]: "version: 1\nextends: [shared/base.yaml]\n" }).id).toBeUndefined();
  });

  it("keeps the exceptions of a shared file", () => {
    expect(policy.allow).toMatchObject([{ file: "a.yaml", location: { file: "shared/base.yaml", line: 6 } }]);
  });

  it("names the place of a range in its own file, or its built-in list", () => {
    expect(places(policy).slice(-3)).toEqual(["apps/routes.txt:1:1", "builtin:k3s", "builtin:k3s"]);
  });

  it("takes a plain list as the policy file too", () => {
    expect(loaded(files, "apps/routes.txt")).toMatchObject({ id: undefined, files: ["apps/routes.txt"] });
  });

  it("gives a built-in list once", () => {
    const text = 'version: 1\nextends: ["builtin:cgnat", "builtin:cgnat"]\n';
    expect(writtenIn(loaded({ [POLICY]: text }))).toEqual(["100.64.0.0/10"]);
  });

  it.each(["ignore", "stacks", "allow", "hosts", "projects", "pools"])(
    "has no more globs of %s than each file can be compared with",
    (key) => {
      const lines = (from: number, count: number): string =>
        Array.from({ length: count }, (_, index) => `  ${entryOf(key, `**/x${from + index}*`)}\n`).join("");
      const file = (from: number, count: number, more = ""): string =>
        `version: 1\n${more}${key}:\n${lines(from, count)}`;
      expect(faultsOf(file(10_000, 6000))).toEqual([]);
      expect(faultsOf(file(10_000, 9000))).toEqual([`1:1-1:1 ${TOO_MANY}`]);
      const others = { "a.yaml": file(10_000, 6000) };
      expect(faultsOf(file(20_000, 6000, "extends: [a.yaml]\n"), others)).toEqual([`a.yaml:1:1-1:1 ${TOO_MANY}`]);
      expect(faultsOf(file(10_000, 9000).replaceAll("**/", "").replaceAll("*", ""))).toEqual([]);
    },
  );

  it("follows an absolute path", () => {
    const text = "version: 1\nextends: [/etc/compose/ranges.txt]\n";
    expect(loaded({ [POLICY]: text, "/etc/compose/ranges.txt": "10.0.0.0/8" }).files).toContain(
      "/etc/compose/ranges.txt",
    );
  });
});

describe("faults in what is extended", () => {
  const extending = (...entries: string[]): string => `version: 1\nextends: ${JSON.stringify(entries)}\n`;

  it("name a file that is missing, at the entry that names it", () => {
    expect(faultsOf(extending("./vpn.txt"))).toEqual([
      `2:11-2:22 "./vpn.txt": there is no file vpn.txt, or it can't be read`,
    ]);
  });

  it("name the built-in list that was meant", () => {
    expect(faultsOf(extending("tailscale"))).toEqual([
      '2:11-2:22 "tailscale": there is no such file; did you mean "builtin:tailscale"?',
    ]);
  });

  it("name the built-in lists that there are", () => {
    const all =
      "tailscale, cgnat, link-local, libvirt, docker-desktop, minikube, kind, k3s, kubeadm, openvpn, aws-default-vpc, wifionice, virtualbox, home-routers";
    expect(faultsOf(extending("builtin:tailscal", "builtin:nothing"))).toEqual([
      `2:11-2:29 "builtin:tailscal" is not a built-in list; did you mean builtin:tailscale? The lists are ${all}`,
      `2:30-2:47 "builtin:nothing" is not a built-in list; the lists are ${all}`,
    ]);
  });

  it("refuse to fetch, and to guess at backslashes", () => {
    expect(faultsOf(extending("https://example.com/a.txt", ".\\a.txt"))).toEqual([
      '2:11-2:38 "https://example.com/a.txt": nothing is fetched; download it and name the file',
      '2:39-2:49 ".\\a.txt": folders are separated by "/"; did you mean "./a.txt"?',
    ]);
  });

  it("show the way round a circle", () => {
    const b = extending(`./${POLICY}`);
    expect(faultsOf(extending("b.yaml"), { "b.yaml": b })).toEqual([
      `b.yaml:2:11-2:36 "./${POLICY}" extends in a circle: ${POLICY} > b.yaml > ${POLICY}`,
    ]);
    expect(faultsOf(extending(POLICY))).toEqual([`2:11-2:34 "${POLICY}" extends in a circle: ${POLICY} > ${POLICY}`]);
  });

  it("come file by file, each in its own order", () => {
    const others = { "a.yaml": "version: 1\nfoo: 1\n", "b.txt": "10.0.0.0/8\n10.0.0.1/8 # x\n" };
    expect(faultsOf(`${extending("a.yaml", "none.txt", "b.txt")}bar: 1\n`, others)).toEqual([
      '2:20-2:30 "none.txt": there is no file none.txt, or it can\'t be read',
      '3:1-3:4 unknown key "bar"; the keys here are $schema, version, id, extends, forbidden, pools, allow, hosts, projects, stacks, ignore, rules, compose, docker, reserved-ports',
      'a.yaml:2:1-2:4 unknown key "foo"; the keys here are $schema, version, id, extends, forbidden, pools, allow, hosts, projects, stacks, ignore, rules, compose, docker, reserved-ports',
      'b.txt:2:1-2:11 "10.0.0.1/8" has host bits set; did you mean 10.0.0.0/8 or 10.0.0.1/32?',
    ]);
  });
});
