import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { snapshotAsJson } from "../../../src/host/snapshot-json.js";
import type { Snapshot } from "../../../src/host/snapshot.js";
import { composeNetwork, container, hostWith, network, peer } from "../../host/host-with.js";
import { hasNamespaces, unlessNamespaces } from "../../host/namespace-script.js";
import { COMMAND, folderWith, git, POLICY, run, type Folder } from "../command.js";
import { canRunUnprivileged, UNPRIVILEGED } from "../unprivileged.js";

const SHOP = composeNetwork("shop", "front", "172.18.0.0/16");
const BRIDGE = network("bridge", "172.17.0.0/16");
const QUIET = hostWith({ networks: [BRIDGE] });
const BUSY = hostWith({
  networks: [BRIDGE, SHOP],
  containers: [container("shop", ["shop_front"])],
  others: { peers: [peer("172.18.44.5", "10.99.0.2", true)] },
});

function folderOf(snapshots: Readonly<Record<string, Snapshot>>): Folder {
  const folder = folderWith();
  for (const [file, snapshot] of Object.entries(snapshots)) {
    folder.write(file, JSON.stringify(snapshotAsJson(snapshot, { containerNames: true }), null, 2));
  }
  return folder;
}

describe("doctor --from", () => {
  it("says which network has the address of the session, and which commands end it", () => {
    const { status, stdout, stderr } = run(folderOf({ "host.json": BUSY }), ["doctor", "--from", "host.json"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout)
      .toBe(`error  Your SSH session comes from 172.18.44.5, and network "shop_front" (172.18.0.0/16) covers that address
   Replies to you go to ${SHOP.device ?? ""} instead: the session hangs, and no new one opens from there.
   It is the network "front" of the Compose project "shop", /srv/shop/compose.yaml.
   what to do:
     docker compose -p shop down
         stops and removes 1 container and the networks of the project: shop-web-1
     compose-networks --fix /srv/shop/compose.yaml
         writes a subnet from your pool into the file, where Docker picked this one
     docker compose -p shop -f /srv/shop/compose.yaml up -d
         starts the project again

next automatic subnet: 172.19.0.0/16 (29 of 31 left)
looked at 4 routes, 2 networks of Docker 28.5.2, 1 open connection: 1 error, 0 warnings, 0 notes
`);
  });

  it("exits with 0 when nothing is wrong", () => {
    const { status, stdout } = run(folderOf({ "host.json": QUIET }), ["doctor", "--from", "host.json"]);
    expect(status).toBe(0);
    expect(stdout).toBe(`next automatic subnet: 172.18.0.0/16 (30 of 31 left)
looked at 3 routes, 1 network of Docker 28.5.2, 0 open connections: 0 errors, 0 warnings, 0 notes
`);
  });

  it("tells the way of a reply to an address, and why", () => {
    const { status, stdout } = run(folderOf({ "host.json": BUSY }), ["doctor", "172.18.7.7", "--from", "host.json"]);
    expect(status).toBe(1);
    expect(stdout.split("\n\n")[0]).toBe(`A reply to 172.18.7.7 takes the route 172.18.0.0/16 on ${SHOP.device ?? ""}.
Rule 32766 (from all lookup main) decides.
Network "shop_front" (172.18.0.0/16) has that address.
It is the network "front" of the Compose project "shop", /srv/shop/compose.yaml.
Without the network, a reply takes the route default via 10.99.0.1 on eth0.
   what to do:
     docker compose -p shop down
         stops and removes 1 container and the networks of the project: shop-web-1
     compose-networks --fix /srv/shop/compose.yaml
         writes a subnet from your pool into the file, where Docker picked this one
     docker compose -p shop -f /srv/shop/compose.yaml up -d
         starts the project again`);
  });

  it("says the same to machines", () => {
    const { status, stdout } = run(folderOf({ "host.json": BUSY }), [
      "doctor",
      "--from",
      "host.json",
      "--format",
      "json",
    ]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      takenAt: "2026-11-28T08:00:00.000Z",
      findings: [
        {
          kind: "session",
          severity: "error",
          network: "shop_front",
          addresses: "172.18.44.5",
          cure: [{ command: "docker compose -p shop down" }, {}, {}],
        },
      ],
      next: { order: "lowest", picks: ["172.19.0.0/16"], free: 29, total: 31 },
      networks: [
        { name: "bridge", device: "docker0" },
        { name: "shop_front", project: "shop", containers: 1 },
      ],
      notChecked: [],
    });
  });

  it("counts the forbidden ranges of the working directory", () => {
    const folder = folderOf({ "host.json": BUSY });
    folder.write("forbidden-ranges.yaml", POLICY.replace("192.168.0.0/24", "172.18.0.0/20"));
    expect(run(folder, ["doctor", "--from", "host.json"]).stdout).toContain(
      'error  Network "shop_front" uses 172.18.0.0/16, which overlaps the forbidden range "office LAN", 172.18.0.0/20 (forbidden-ranges.yaml:4:13)\n',
    );
  });

  it("goes on with a policy that has faults, and exits with 2", () => {
    const folder = folderOf({ "host.json": BUSY });
    folder.write("forbidden-ranges.yaml", "version: 1\nforbiden: []\n");
    const { status, stdout, stderr } = run(folder, ["doctor", "--from", "host.json"]);
    expect(status).toBe(2);
    expect(stderr).toContain("forbidden-ranges.yaml:2:1: ");
    expect(stdout).toContain("Your SSH session");
  });

  it("says what was not checked", () => {
    const missing = [{ what: "Docker networks", why: "docker is not installed" }];
    const snapshot = { ...QUIET, engine: undefined, missing };
    expect(run(folderOf({ "host.json": snapshot }), ["doctor", "--from", "host.json"]).stdout).toBe(
      `not checked  Docker networks: docker is not installed

looked at 3 routes, 1 Docker bridge, 0 open connections: 0 errors, 0 warnings, 0 notes
`,
    );
  });

  it("is no verdict without any route", () => {
    const snapshot = { ...QUIET, routes: [], missing: [{ what: "routes", why: "nobody told" }] };
    expect(run(folderOf({ "host.json": snapshot }), ["doctor", "--from", "host.json"]).status).toBe(2);
  });

  it("prints nothing that a terminal obeys, whatever the labels hold", () => {
    const odd = { ...SHOP, project: "\u001b[2J\u202eshop\n::error::x" };
    const snapshot = { ...BUSY, engine: BUSY.engine && { ...BUSY.engine, networks: [odd] } };
    const { stdout } = run(folderOf({ "host.json": snapshot }), ["doctor", "--from", "host.json"]);
    expect(stdout).toContain(String.raw`\u001b[2J\u202eshop ::error::x`);
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^::/m);
  });

  it.each([
    ["what is no JSON", "{", "host.json:1:"],
    [
      "JSON of another kind",
      '{ "kind": "x" }',
      "host.json:1:1: it is not a snapshot: write one with compose-networks doctor --save",
    ],
    [
      "a version of tomorrow",
      '{\n "kind": "compose-networks host snapshot",\n "version": 2 }',
      "host.json:3:13: version 2 is unknown",
    ],
    [
      "a route that is none",
      JSON.stringify({ ...(snapshotAsJson(QUIET) as object), routes: [{ to: "10.0.0.0/33" }] }, null, 1),
      'routes[0].to: "33" is out of range',
    ],
  ])("refuses %s with its place", (_, text, message) => {
    const { status, stdout, stderr } = run(folderWith({ "host.json": text }), ["doctor", "--from", "host.json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^compose-networks: host\.json:\d+:\d+: /);
    expect(stderr).toContain(message);
  });

  it.each([
    [["doctor", "10.0.0.0/8"], "doctor 10.0.0.0/8: "],
    [["doctor", "--from", "a", "--diff", "b"], "choose one of --from and --diff"],
    [["doctor", "--exec", "x"], "--exec needs --watch"],
    [["doctor", "--from", "nowhere.json"], "nowhere.json: there is no such file"],
    [["doctor", "--ranges", "nowhere.yaml"], "--ranges nowhere.yaml: there is no such file"],
    [["doctor", "--container-names"], "--container-names needs --save"],
    [["doctor", "10.0.0.1", "10.0.0.2"], "doctor takes one address, not 2"],
  ])("refuses %j", (args, message) => {
    const { status, stderr } = run(folderWith(), args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("doctor --diff", () => {
  it("has one line for each network that came or went, with what it takes", () => {
    const old = composeNetwork("blog", "default", "172.20.0.0/16");
    const before = hostWith({ networks: [BRIDGE, old], routes: ["172.16.0.0/12 via 10.8.0.1 dev tun0"] });
    const after = {
      ...BUSY,
      routes: [...BUSY.routes, ...hostWith({ routes: ["172.16.0.0/12 via 10.8.0.1 dev tun0"] }).routes.slice(-1)],
    };
    const { status, stdout } = run(folderOf({ "a.json": before, "b.json": after }), [
      "doctor",
      "--diff",
      "a.json",
      "b.json",
    ]);
    expect(status).toBe(1);
    expect(stdout)
      .toBe(`- 172.20.0.0/16  blog_default (project blog): took 172.20.0.0/16 from the route 172.16.0.0/12 via 10.8.0.1 on tun0 (a VPN)
+ 172.18.0.0/16  shop_front (project shop, /srv/shop/compose.yaml): takes 172.18.0.0/16 from the route 172.16.0.0/12 via 10.8.0.1 on tun0 (a VPN); your SSH session from 172.18.44.5
2 networks came or went
`);
  });

  it("has no line for a network that stayed", () => {
    const { status, stdout } = run(folderOf({ "a.json": BUSY, "b.json": BUSY }), [
      "doctor",
      "--diff",
      "a.json",
      "b.json",
    ]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "0 networks came or went\n" });
  });

  it("says the same to machines", () => {
    const { stdout } = run(folderOf({ "a.json": QUIET, "b.json": BUSY }), [
      "doctor",
      "--diff",
      "a.json",
      "b.json",
      "--format",
      "json",
    ]);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      changes: [
        {
          change: "came",
          network: "shop_front",
          subnets: ["172.18.0.0/16"],
          project: "shop",
          files: ["/srv/shop/compose.yaml"],
          took: ["your SSH session from 172.18.44.5"],
        },
      ],
    });
  });
});

describe("doctor --save", () => {
  it("leaves the names of containers out, unless they are asked for", () => {
    const folder = folderOf({ "host.json": BUSY });
    run(folder, ["doctor", "--from", "host.json", "--save", "plain.json"]);
    expect(folder.text("plain.json")).not.toContain("shop-web-1");
    run(folder, ["doctor", "--from", "host.json", "--save", "named.json", "--container-names"]);
    expect(folder.text("named.json")).toBe(
      `${JSON.stringify(snapshotAsJson(BUSY, { containerNames: true }), null, 2)}\n`,
    );
  });

  it("writes over an older snapshot, and over no other file", () => {
    const folder = folderOf({ "host.json": BUSY, "old.json": QUIET });
    folder.write("notes.txt", "mine");
    expect(run(folder, ["doctor", "--from", "host.json", "--save", "old.json"]).status).toBe(1);
    expect(folder.text("old.json")).toContain("shop_front");
    const { status, stderr } = run(folder, ["doctor", "--from", "host.json", "--save", "notes.txt"]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "compose-networks: notes.txt: the file exists and is not a snapshot: choose another name\n",
    });
    expect(folder.text("notes.txt")).toBe("mine");
  });
});

describe("doctor on this host", () => {
  it("does without iproute2 and without Docker, and says so", () => {
    const folder = folderWith();
    mkdirSync(folder.at("bin"));
    const { status, stdout, stderr } = run(folder, ["doctor"], { env: { PATH: folder.at("bin") } });
    expect(stderr).toBe("");
    expect(status).not.toBe(null);
    if (process.platform === "linux") {
      expect(stdout).toContain("not checked  routing rules and tables other than main: iproute2 did not answer");
    }
    expect(stdout).toMatch(
      /\nnot checked {2}Docker networks: docker is not installed, and |^looked at \d+ routes?, \d+ networks? of Docker/m,
    );
    expect(stdout).toMatch(/^looked at \d+ routes?, /m);
  });

  it.skipIf(process.platform === "win32")(
    "starts no program that the checkout brought along, whatever PATH says",
    () => {
      const folder = folderWith();
      git(folder, "init", "--quiet");
      for (const name of ["ip", "docker"])
        folder.write(`node_modules/.bin/${name}`, `#!/bin/sh\ntouch ${folder.at("started")}\n`, 0o755);
      const { status } = run(folder, ["doctor"], {
        env: { PATH: `.:node_modules/.bin:${folder.at("node_modules/.bin")}` },
      });
      expect(status).not.toBe(null);
      expect(existsSync(folder.at("started"))).toBe(false);
    },
  );

  it.skipIf(process.platform === "win32")("goes on where a program fails, or prints something else", () => {
    const [folder, tools] = [folderWith(), folderWith()];
    tools.write("ip", "#!/bin/sh\necho '[{'\n", 0o755);
    tools.write("docker", "#!/bin/sh\necho 'permission denied' >&2\nexit 1\n", 0o755);
    const { stdout, stderr } = run(folder, ["doctor"], { env: { PATH: `${tools.path}:/usr/bin:/bin` } });
    expect(stderr).toBe("");
    expect(stdout).toContain("not checked  Docker networks: docker failed: permission denied\n");
    if (process.platform === "linux") expect(stdout).toContain("not checked  routing rules and tables other than main");
  });

  it.skipIf(process.platform === "win32").each(["tcp://192.0.2.1:2375", "ssh://somebody@192.0.2.1"])(
    "does not lay the networks of another host (%s) beside its own routes",
    (host) => {
      const [folder, tools] = [folderWith(), folderWith()];
      tools.write(
        "docker",
        `#!/bin/sh\ntest "$1" = context && echo "$DOCKER_HOST" || touch ${folder.at("asked")}\n`,
        0o755,
      );
      const { stdout } = run(folder, ["doctor"], { env: { PATH: `${tools.path}:/usr/bin:/bin`, DOCKER_HOST: host } });
      expect(stdout).toMatch(
        /^not checked {2}Docker networks: docker talks to another host \(\w+:\/\/192\.0\.2\.1(?::2375)?\): run doctor there$/m,
      );
      expect(existsSync(folder.at("asked"))).toBe(false);
    },
  );

  it.skipIf(!canRunUnprivileged)("answers a user without rights", () => {
    const { status, stdout } = spawnSync(process.execPath, [COMMAND, "doctor"], {
      cwd: "/",
      encoding: "utf8",
      ...UNPRIVILEGED,
    });
    expect([0, 1]).toContain(status);
    expect(stdout).toMatch(/^looked at [1-9]\d* routes?, /m);
  });

  it.skipIf(!hasNamespaces)(`reads what the real ip prints${unlessNamespaces}`, () => {
    const script = `
      ip link set lo up
      ip link add eth0 type bridge; ip addr add 10.99.0.2/24 dev eth0; ip link set eth0 up
      ip link add br-8760d3d3666b type bridge; ip addr add 172.18.0.1/16 dev br-8760d3d3666b; ip link set br-8760d3d3666b up
      ip route add default via 10.99.0.1; ip route add 172.16.0.0/12 via 10.99.0.9
      ip rule add priority 220 lookup 220; ip route add 172.18.9.0/24 via 10.99.0.9 table 220
      exec "$0" "$@"`;
    const doctor = (...args: readonly string[]) =>
      spawnSync("unshare", ["--net", "sh", "-c", script, process.execPath, COMMAND, "doctor", ...args], {
        cwd: folderWith().path,
        encoding: "utf8",
        env: {
          PATH: process.env["PATH"] ?? "",
          DOCKER_HOST: "unix:///nowhere/docker.sock",
          SSH_CONNECTION: "172.18.44.5 50000 10.99.0.2 22",
        },
      });
    const { status, stdout } = doctor();
    expect(status).toBe(1);
    expect(stdout).toContain(
      "error  Your SSH session comes from 172.18.44.5, and the Docker network behind br-8760d3d3666b (172.18.0.0/16) covers that address\n",
    );
    expect(stdout).toContain(
      "error  The Docker network behind br-8760d3d3666b takes 172.18.0.0–172.18.8.255, 172.18.10.0–172.18.255.255 from the route 172.16.0.0/12 via 10.99.0.9 on eth0\n",
    );
    expect(stdout).toContain("     docker network inspect 8760d3d3666b\n");
    expect(doctor("172.18.9.1").stdout).toMatch(
      /^A reply to 172\.18\.9\.1 takes the route 172\.18\.9\.0\/24 via 10\.99\.0\.9 on eth0, table 220\.\nRule 220 \(from all lookup 220\) decides\.\n/,
    );
  });
});

describe(`doctor --watch${unlessNamespaces}`, () => {
  it.skipIf(!hasNamespaces)(
    "prints a bridge that comes, and starts the alert with what it is on standard input",
    async () => {
      const folder = folderWith();
      folder.write(
        "alert.sh",
        `#!/bin/sh\necho "$#" >> ${folder.at("arguments")}\ncat >> ${folder.at("alerts")}\n`,
        0o755,
      );
      const script = `
      ip link set lo up
      ip link add eth0 type bridge; ip addr add 10.99.0.2/24 dev eth0; ip link set eth0 up
      "$0" "$@" & watcher=$!
      read line
      ip link add br-8760d3d3666b type bridge; ip addr add 172.18.0.1/16 dev br-8760d3d3666b; ip link set br-8760d3d3666b up
      read line
      kill -INT $watcher; wait $watcher; echo "ended with $?"`;
      const child = spawn(
        "unshare",
        ["--net", "sh", "-c", script, process.execPath, COMMAND, "doctor", "--watch", "--exec", "./alert.sh"],
        {
          cwd: folder.path,
          env: { PATH: process.env["PATH"] ?? "", DOCKER_HOST: "unix:///nowhere/docker.sock" },
        },
      );
      let [out, said] = ["", ""];
      const heard = async (in_: "stdout" | "stderr", sign: string): Promise<void> => {
        while (!(in_ === "stdout" ? out : said).includes(sign)) await once(child[in_], "data");
      };
      child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
      await heard("stderr", "watching for networks");
      child.stdin.write("come\n");
      await heard("stdout", "+ 172.18.0.0/16  br-8760d3d3666b\n");
      child.stdin.write("end\n");
      await heard("stdout", "ended with 0");
      await once(child, "exit");
      expect(JSON.parse(folder.text("alerts"))).toMatchObject({
        change: "came",
        network: "br-8760d3d3666b",
        subnets: ["172.18.0.0/16"],
      });
      expect(folder.text("arguments")).toBe("0\n");
    },
  );
});
