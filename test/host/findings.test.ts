import { describe, expect, it } from "vitest";

import { diagnose } from "../../src/host/diagnose.js";
import type { ForbiddenIn, HostFinding } from "../../src/host/findings/finding.js";
import type { Snapshot } from "../../src/host/snapshot.js";
import { rangeOf } from "../../src/ipam/prefix.js";
import { rangesOverlap } from "../../src/ipam/range.js";
import { address, composeNetwork, container, hostWith, network, peer, prefix, route } from "./host-with.js";

/** `severity kind: headline`. */
function headlines(snapshot: Snapshot, forbiddenIn?: ForbiddenIn): string[] {
  return diagnose(snapshot, forbiddenIn).findings.map(
    ({ severity, kind, headline }) => `${severity} ${kind}: ${headline}`,
  );
}

function only(snapshot: Snapshot, kind: HostFinding["kind"]): HostFinding {
  const [finding, ...others] = diagnose(snapshot).findings.filter((each) => each.kind === kind);
  if (!finding || others.length > 0) throw new Error(`not one finding: ${headlines(snapshot).join("; ")}`);
  return finding;
}

const SHOP = composeNetwork("shop", "front", "172.18.0.0/16");
const SHOP_WEB = container("shop", ["shop_front"]);
const commands = ({ cure }: HostFinding): (string | undefined)[] => cure.map(({ command }) => command);

describe("a host without collisions", () => {
  it("has no findings, and shows what Docker picks next", () => {
    const { findings, next } = diagnose(
      hostWith({ networks: [network("bridge", "172.17.0.0/16"), SHOP], containers: [SHOP_WEB] }),
    );
    expect(findings).toEqual([]);
    expect(next).toMatchObject({ order: "lowest", picks: [prefix("172.19.0.0/16")], total: 31 });
    expect(next?.free).toHaveLength(29);
  });
});

describe("a route that a network takes", () => {
  const vpn = "172.18.44.0/22 via 10.8.0.1 dev tun0";

  it("is none while the route is the longer one: then the network loses", () => {
    const finding = only(hostWith({ networks: [SHOP], containers: [SHOP_WEB], routes: [vpn] }), "shadowed-network");
    expect(finding.headline).toBe(
      'The route 172.18.44.0/22 via 10.8.0.1 on tun0 (a VPN) takes 172.18.44.0/22 from network "shop_front"',
    );
    expect(finding.details.slice(0, 2)).toEqual([
      "This host can't reach containers at these addresses. The rest of 172.18.0.0/16 leads to the network.",
      "Its containers can't reach the hosts behind the route.",
    ]);
  });

  it("is named with the part, the project, the file and the commands that end it", () => {
    const finding = only(
      hostWith({ networks: [SHOP], containers: [SHOP_WEB], routes: ["172.16.0.0/12 via 10.8.0.1 dev tun0 metric 50"] }),
      "shadowed-route",
    );
    expect(finding.headline).toBe(
      'Network "shop_front" takes 172.18.0.0/16 from the route 172.16.0.0/12 via 10.8.0.1 on tun0 (a VPN), metric 50',
    );
    expect(finding.details).toEqual([
      "While it is there, this host can't reach these addresses: open connections hang, new ones time out.",
      'It is the network "front" of the Compose project "shop", /srv/shop/compose.yaml.',
    ]);
    expect(finding.severity).toBe("error");
    expect(commands(finding)).toEqual([
      "docker compose -p shop down",
      "compose-networks --fix /srv/shop/compose.yaml",
      "docker compose -p shop -f /srv/shop/compose.yaml up -d",
    ]);
    expect(finding.cure[0]?.effect).toBe("stops and removes 1 container and the networks of the project: shop-web-1");
  });

  it("is decided by the metric between equal prefixes, and by age between equal metrics", () => {
    const equal = (metric: string): Snapshot =>
      hostWith({ networks: [SHOP], routes: [`172.18.0.0/16 via 10.8.0.1 dev tun0${metric}`], containers: [SHOP_WEB] });
    expect(only(equal(" metric 50"), "shadowed-route").details[1]).toMatch(
      /^Both have the prefix 172\.18\.0\.0\/16, and the route of br-\w+ has the lower metric\.$/,
    );
    // The VPN's route is the older one here.
    expect(headlines(equal(""))).toEqual([
      'warning shadowed-network: The route 172.18.0.0/16 via 10.8.0.1 on tun0 (a VPN) takes 172.18.0.0/16 from network "shop_front"',
    ]);
  });

  it.each([
    ["a table that a rule asks first", "172.18.0.0/16 via 10.8.0.1 dev ipsec0 table 220"],
    ["a longer route in that table", "172.18.9.0/24 via 10.8.0.1 dev ipsec0 table 220"],
  ])("stays with %s", (_, way) => {
    const rule = { ...RULE, priority: 220, action: { kind: "table", table: "220" } as const };
    const rules = [rule, { ...RULE, priority: 32_766, action: { kind: "table", table: "main" } as const }];
    const snapshot = hostWith({ networks: [SHOP], containers: [SHOP_WEB], routes: [way], others: { rules } });
    expect(diagnose(snapshot).findings.map(({ kind }) => kind)).toEqual(["shadowed-network"]);
  });

  it("is told of once where a VPN brings many routes, with the parts that it keeps", () => {
    const pushed = Array.from({ length: 40 }, (_, index) => `172.18.${index * 2}.0/24 via 10.8.0.1 dev tun0`);
    const lost = only(hostWith({ networks: [SHOP], containers: [SHOP_WEB], routes: pushed }), "shadowed-network");
    expect(lost.headline).toBe(
      '40 routes via 10.8.0.1 on tun0 (a VPN) take 172.18.0.0/24, 172.18.2.0/24, 172.18.4.0/24, 172.18.6.0/24, 172.18.8.0/24, 172.18.10.0/24 and 34 more from network "shop_front"',
    );
    const wide = "172.16.0.0/12 via 10.8.0.1 dev tun0";
    const won = only(
      hostWith({ networks: [SHOP], containers: [SHOP_WEB], routes: [wide, ...pushed.slice(0, 1)] }),
      "shadowed-route",
    );
    expect(won.headline).toBe(
      'Network "shop_front" takes 172.18.1.0–172.18.255.255 from the route 172.16.0.0/12 via 10.8.0.1 on tun0 (a VPN)',
    );
    expect(won.details).toContain("Packets to 172.18.0.0/24 still go that way.");
  });

  it("keeps what an even longer route leads to", () => {
    const routes = ["172.16.0.0/12 via 10.8.0.1 dev tun0", "172.18.5.0/24 via 10.8.0.2 dev tun1"];
    const { findings } = diagnose(hostWith({ networks: [SHOP], containers: [SHOP_WEB], routes }));
    expect(
      findings
        .filter(({ kind }) => kind.startsWith("shadowed"))
        .map(({ kind, addresses }) => `${kind} ${addresses ?? ""}`),
    ).toEqual(["shadowed-route 172.18.0.0–172.18.4.255, 172.18.6.0–172.18.255.255", "shadowed-network 172.18.5.0/24"]);
  });

  it.each(["default via 10.8.0.1 dev tun0 metric 5", "0.0.0.0/1 via 10.8.0.1 dev tun0", "blackhole 172.16.0.0/12"])(
    "is not %s",
    (way) => {
      expect(
        headlines(hostWith({ networks: [SHOP], containers: [SHOP_WEB], routes: [way] })).filter((line) =>
          line.includes("shadowed"),
        ),
      ).toEqual([]);
    },
  );

  it("is found for a bridge alone, where Docker does not answer", () => {
    const bridge = "172.18.0.0/16 dev br-8760d3d3666b";
    const snapshot = hostWith({
      routes: [bridge, "172.16.0.0/12 via 10.8.0.1 dev tun0"],
      others: { engine: undefined },
    });
    const finding = only(snapshot, "shadowed-route");
    expect(finding.headline).toContain("The Docker network behind br-8760d3d3666b takes 172.18.0.0/16 from the route");
    expect(commands(finding)).toEqual(["docker network inspect 8760d3d3666b"]);
  });
});

const RULE = {
  family: 4,
  isInverted: false,
  from: undefined,
  to: undefined,
  mark: undefined,
  incoming: undefined,
  outgoing: undefined,
  others: [],
  suppressedLength: undefined,
} as const;

describe("an open connection", () => {
  const office = peer("172.18.44.5", "10.99.0.2", true);

  it("hangs when a network that is up covers its far end", () => {
    const finding = only(
      hostWith({ networks: [SHOP], containers: [SHOP_WEB], others: { peers: [office] } }),
      "session",
    );
    expect(finding.headline).toBe(
      'Your SSH session comes from 172.18.44.5, and network "shop_front" (172.18.0.0/16) covers that address',
    );
    expect(finding.severity).toBe("error");
    expect(commands(finding)[0]).toBe("docker compose -p shop down");
  });

  it("hangs when the LAN itself has the same prefix, and its route is the younger one", () => {
    const lan = peer("172.18.44.5", "172.18.44.9", true);
    const { routes, ...rest } = hostWith({
      networks: [SHOP],
      containers: [SHOP_WEB],
      addresses: [["eth1", "172.18.44.9/16"]],
      routes: ["172.18.0.0/16 dev eth1"],
      others: { peers: [lan] },
    });
    expect(headlines({ ...rest, routes }).filter((line) => line.includes("session"))).toEqual([]);
    const afterFlap = [
      ...routes.filter(({ hops }) => hops[0]?.device !== "eth1"),
      ...routes.filter(({ hops }) => hops[0]?.device === "eth1"),
    ];
    expect(only({ ...rest, routes: afterFlap }, "session").addresses).toBe("172.18.44.5");
  });

  it("is no finding when it leads to a container", () => {
    const toContainer = peer("172.18.0.3", "172.18.0.1");
    expect(headlines(hostWith({ networks: [SHOP], containers: [SHOP_WEB], others: { peers: [toContainer] } }))).toEqual(
      [],
    );
  });

  it("is no finding while a longer route leads to its far end", () => {
    const snapshot = hostWith({
      networks: [SHOP],
      containers: [SHOP_WEB],
      routes: ["172.18.44.0/22 via 10.8.0.1 dev tun0"],
      others: { peers: [office] },
    });
    expect(diagnose(snapshot).findings.map(({ kind }) => kind)).toEqual(["shadowed-network"]);
  });

  it("will hang on the next up, where Docker picks its network", () => {
    const snapshot = hostWith({ networks: [network("bridge", "172.17.0.0/16")], others: { peers: [office] } });
    expect(headlines(snapshot)).toEqual([
      "warning session: Docker picks 172.18.0.0/16 for the next network, and your SSH session comes from 172.18.44.5: it would hang",
    ]);
  });

  it("that is no session is named once, however many there are", () => {
    const peers = [peer("172.18.1.1", "10.99.0.2"), peer("172.18.1.1", "10.99.0.2"), peer("172.18.1.2", "10.99.0.2")];
    const finding = only(hostWith({ networks: [SHOP], containers: [SHOP_WEB], others: { peers } }), "connections");
    expect(finding.addresses).toBe("172.18.1.1, 172.18.1.2");
  });
});

describe("the subnet that Docker picks next", () => {
  const bridge = network("bridge", "172.17.0.0/16");

  it.each([
    ["on-link routes of the main table", ["172.18.5.0/24 dev wg0"], "172.19.0.0/16"],
    ["no route by a gateway", ["172.18.5.0/24 via 10.99.0.9 dev eth0"], "172.18.0.0/16"],
    ["no route of another table", ["172.18.5.0/24 dev ipsec0 table 220"], "172.18.0.0/16"],
    ["no blackhole", ["blackhole 172.18.0.0/16"], "172.18.0.0/16"],
    ["half of all addresses, which a full tunnel has on its link", ["128.0.0.0/1 dev tun0"], undefined],
    ["not the lower half, which begins with 0.0.0.0", ["0.0.0.0/1 dev tun0"], "172.18.0.0/16"],
  ])("avoids %s", (_, routes, picked) => {
    const { next } = diagnose(hostWith({ networks: [bridge], routes }));
    expect(next?.picks).toEqual(picked === undefined ? [] : [prefix(picked)]);
  });

  it("avoids name servers", () => {
    const nameServers = [{ address: address("172.18.9.9"), from: "/etc/resolv.conf" }];
    expect(diagnose(hostWith({ networks: [bridge], others: { nameServers } })).next?.picks).toEqual([
      prefix("172.19.0.0/16"),
    ]);
  });

  it("is any of those that are free, up to Docker 26", () => {
    const { next, findings } = diagnose(
      hostWith({ release: "26.1.5", networks: [bridge], routes: ["172.30.0.0/16 via 10.99.0.9 dev eth0"] }),
    );
    expect(next).toMatchObject({ order: "any" });
    expect(next?.picks).toHaveLength(30);
    expect(findings.map(({ headline }) => headline)).toEqual([
      "Docker may pick 172.30.0.0/16 for the next network, and it overlaps the route 172.30.0.0/16 via 10.99.0.9 on eth0",
    ]);
  });

  it("is told with the reason why Docker does not see what it takes", () => {
    const finding = only(
      hostWith({ networks: [bridge], routes: ["172.18.5.0/24 via 10.99.0.9 dev eth0"] }),
      "next-pick",
    );
    expect(finding.headline).toBe(
      "Docker picks 172.18.0.0/16 for the next network, and it overlaps the route 172.18.5.0/24 via 10.99.0.9 on eth0",
    );
    expect(finding.details).toEqual([
      "Docker avoids the name servers and the on-link routes of the main table, and sees no other route.",
    ]);
  });

  it("comes from the pools in force", () => {
    const pools = [{ base: prefix("10.202.0.0/16"), size: 24 }];
    const networks = [network("bridge", "10.202.0.0/24")];
    expect(diagnose(hostWith({ pools, networks })).next).toMatchObject({
      picks: [prefix("10.202.1.0/24")],
      total: 256,
    });
  });

  it("may be forbidden", () => {
    const forbiddenIn = forbid("172.18.0.0/20");
    expect(headlines(hostWith({ networks: [bridge] }), forbiddenIn)).toEqual([
      'warning next-pick: Docker picks 172.18.0.0/16 for the next network, and it overlaps the forbidden range "office", 172.18.0.0/20 (forbidden-ranges.yaml:3:5)',
    ]);
  });
});

function forbid(cidr: string): ForbiddenIn {
  const forbidden = rangeOf(prefix(cidr));
  return (range) =>
    rangesOverlap(range, forbidden) ? { name: "office", written: cidr, place: "forbidden-ranges.yaml:3:5" } : undefined;
}

describe("what the policy forbids", () => {
  it("is reported for a network that is up, on a host without a route there", () => {
    const snapshot = hostWith({ networks: [SHOP], containers: [SHOP_WEB] });
    expect(headlines(snapshot, forbid("172.18.44.0/22"))).toEqual([
      'error forbidden: Network "shop_front" uses 172.18.0.0/16, which overlaps the forbidden range "office", 172.18.44.0/22 (forbidden-ranges.yaml:3:5)',
    ]);
  });

  it("does not count for macvlan, which lies in the LAN on purpose", () => {
    const lan = network("lan", "172.18.44.0/24", { driver: "macvlan", device: undefined });
    expect(
      headlines(hostWith({ networks: [lan], containers: [container("x", ["lan"])] }), forbid("172.18.44.0/24")),
    ).toEqual([]);
  });
});

describe("what the host needs, inside a network", () => {
  it.each([
    [
      "a name server",
      { nameServers: [{ address: address("172.18.0.53"), from: "/etc/resolv.conf" }] },
      "the name server 172.18.0.53 (/etc/resolv.conf)",
    ],
    [
      "a gateway",
      { routes: [...hostWith({ networks: [SHOP] }).routes, route("10.5.0.0/16 via 172.18.0.9 dev eth0")] },
      "the gateway 172.18.0.9",
    ],
    [
      "an address of its own",
      { addresses: [{ device: "eth1", address: prefix("172.18.7.1/24"), isUp: true }] },
      "this host's own address 172.18.7.1 on eth1",
    ],
  ])("is reported for %s", (_, others, what) => {
    const finding = only(hostWith({ networks: [SHOP], containers: [SHOP_WEB], others }), "inside-network");
    expect(finding.headline).toBe(`Network "shop_front" (172.18.0.0/16) covers ${what}`);
  });
});

describe("the engine itself", () => {
  const all = Array.from({ length: 15 }, (_, index) => network(`net${index}`, `172.${17 + index}.0.0/16`));
  const rest = Array.from({ length: 16 }, (_, index) => network(`low${index}`, `192.168.${index * 16}.0/20`));

  it("has used up its pools, and which networks nobody uses is said", () => {
    const networks = [...all, ...rest];
    const containers = networks.slice(1).map(({ name }) => container("x", [name]));
    const finding = only(hostWith({ networks, containers }), "pools-used-up");
    expect(finding.headline).toMatch(/^Docker has no subnet left: each of its 31 is in use/);
    expect(commands(finding)).toEqual(["docker network rm net0", "compose-networks --fix"]);
  });

  it("keeps networks of projects that are gone", () => {
    const finding = only(
      hostWith({ networks: [SHOP, composeNetwork("blog", "default", "172.19.0.0/16")], containers: [SHOP_WEB] }),
      "left-over",
    );
    expect(finding.severity).toBe("note");
    expect(finding.headline).toBe(
      'Network "blog_default" (172.19.0.0/16) is left over: the Compose project "blog" has no container',
    );
    expect(commands(finding)).toEqual(["docker network rm blog_default"]);
  });

  it("calls no network left over while nobody can tell which containers there are", () => {
    const snapshot = hostWith({ networks: [SHOP] });
    expect(
      headlines({ ...snapshot, engine: snapshot.engine && { ...snapshot.engine, containers: undefined } }),
    ).toEqual([]);
  });

  it("runs with another subnet than the file says", () => {
    const declared = { file: "/srv/shop/compose.yaml", line: 9, subnets: [prefix("10.201.3.0/24")] };
    const finding = only(hostWith({ networks: [{ ...SHOP, declared }], containers: [SHOP_WEB] }), "drift");
    expect(finding.headline).toBe(
      'Network "shop_front" runs with 172.18.0.0/16, and /srv/shop/compose.yaml:9 says 10.201.3.0/24',
    );
  });

  it("does not use the pools of its file", () => {
    const daemonFile = {
      path: "/etc/docker/daemon.json",
      pools: [{ base: prefix("10.202.0.0/16"), size: 24 }],
      bip: undefined,
      faults: [],
      isNewerThanDaemon: true,
    };
    const finding = only(hostWith({ others: { daemonFile } }), "daemon-not-in-force");
    expect(finding.headline).toBe(
      "/etc/docker/daemon.json is not in force: it says 10.202.0.0/16 in /24, and Docker uses Docker's default address pools",
    );
  });

  it("misreads its file", () => {
    const fault =
      '/etc/docker/daemon.json:1:3: "default-address-pool" is the name of dockerd\'s flag. Name the key "default-address-pools".';
    const daemonFile = {
      path: "/etc/docker/daemon.json",
      pools: [],
      bip: undefined,
      faults: [fault],
      isNewerThanDaemon: false,
    };
    expect(only(hostWith({ others: { daemonFile } }), "pools-misread").headline).toBe(fault);
  });
});

describe("an engine in a virtual machine", () => {
  it("takes the way of its containers only", () => {
    const finding = only(
      hostWith({
        runs: "Docker Desktop",
        networks: [SHOP],
        containers: [SHOP_WEB],
        routes: ["172.18.44.0/22 via 10.8.0.1 dev utun4"],
      }),
      "container-route",
    );
    expect(finding.headline).toBe(
      'Inside Docker Desktop, network "shop_front" covers addresses of the route 172.18.44.0/22 via 10.8.0.1 on utun4 (a VPN)',
    );
    expect(finding.details[0]).toBe("Containers and builds can't reach these hosts. This computer itself still can.");
  });
});

describe("names in printed commands", () => {
  it("are quoted for the shell", () => {
    const odd = network("odd", "172.18.0.0/16", { project: "a b'; rm -rf ~", key: "x" });
    const files = ["/srv/it's here/compose.yaml"];
    const snapshot = hostWith({
      networks: [odd],
      containers: [container("a b'; rm -rf ~", ["odd"], { files })],
      others: { peers: [peer("172.18.1.1", "10.99.0.2", true)] },
    });
    expect(commands(only(snapshot, "session"))).toEqual([
      String.raw`docker compose -p 'a b'\''; rm -rf ~' down`,
      String.raw`compose-networks --fix '/srv/it'\''s here/compose.yaml'`,
      String.raw`docker compose -p 'a b'\''; rm -rf ~' -f '/srv/it'\''s here/compose.yaml' up -d`,
    ]);
  });

  it("leave out a file that would be read as an option", () => {
    const containers = [container("shop", ["shop_front"], { files: ["/srv/shop/compose.yaml", "--env=X"] })];
    const others = { peers: [peer("172.18.1.1", "10.99.0.2", true)] };
    expect(commands(only(hostWith({ networks: [SHOP], containers, others }), "session"))).toEqual([
      "docker compose -p shop down",
    ]);
  });

  it("never prune, whatever is wrong", () => {
    const snapshot = hostWith({
      networks: [SHOP],
      containers: [],
      others: { peers: [peer("172.18.1.1", "10.99.0.2", true)] },
    });
    expect(diagnose(snapshot).findings.flatMap(commands).join("\n")).not.toMatch(/prune|--volumes|-v\b/);
  });
});
