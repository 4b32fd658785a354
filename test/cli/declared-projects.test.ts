import { expect, it } from "vitest";

import { folderWith, run } from "./command.js";

const FILES = {
  "forbidden-ranges.yaml": `version: 1
id: acme-shop
forbidden: [{ cidr: 192.168.0.0/24, name: office LAN }]
pools: [{ cidr: 10.201.0.0/16, prefix: 24 }]
projects: [[apps/*/main.yaml, deploy/prod-*.yaml]]
stacks: [swarm/**]
`,
  "apps/shop/main.yaml":
    "services: { web: { image: caddy, networks: [front, back] } }\nnetworks:\n  front: {}\n  back: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } }\n",
  "deploy/prod-shop.yaml":
    "services: { job: { image: busybox, networks: [front, data] } }\nnetworks:\n  data: { ipam: { config: [{ subnet: 10.1.0.5/24 }] } }\n",
  "swarm/main.yml": "services: { web: { image: caddy } }\nnetworks: { default: { enable_ipv6: true } }\n",
  "other/values.yaml": "services: { web: { image: caddy } }\n",
};

const PLACES = /^[^ \n]+:\d+:\d+(?= {2}(?:error|warning))/gm;
const EXPECTED = [
  "apps/shop/main.yaml:3:3",
  "apps/shop/main.yaml:4:38",
  "deploy/prod-shop.yaml:3:38",
  "swarm/main.yml:2:24",
];

it("finds files that only the policy names, and reports each fault once, in the file with the line", () => {
  const { status, stdout } = run(folderWith(FILES), []);
  expect(stdout.match(PLACES)).toEqual(EXPECTED);
  expect(stdout).toContain("checked 3 files: 2 projects, 4 networks; 4 errors");
  expect(status).toBe(1);
});

it("reports the same about a project, whichever of its files is passed", () => {
  const folder = folderWith(FILES);
  const of = (file: string) => run(folder, [file]).stdout.match(PLACES);
  const [shop, swarm] = [EXPECTED.filter((place) => !place.startsWith("swarm")), EXPECTED.slice(-1)];
  expect(of("apps/shop/main.yaml")).toEqual(shop);
  expect(of("deploy/prod-shop.yaml")).toEqual(shop);
  expect(of("swarm/main.yml")).toEqual(swarm);
});

it("leaves a fragment alone whose base nobody names, but for what it declares itself", () => {
  const { "forbidden-ranges.yaml": policy, ...files } = FILES;
  const folder = folderWith({ ...files, "forbidden-ranges.yaml": policy.replace(/^projects.*\n/m, "") });
  expect(run(folder, ["deploy/prod-shop.yaml"]).stdout.match(PLACES)).toEqual(["deploy/prod-shop.yaml:3:38"]);
});

it("counts variables of the shell in a check when they are named", () => {
  const folder = folderWith({
    "forbidden-ranges.yaml": FILES["forbidden-ranges.yaml"],
    "compose.yaml": `services: { web: { image: caddy } }
networks: { default: { ipam: { config: [{ subnet: "\${SUBNET:-10.201.3.0/24}" }] } } }
`,
  });
  const env = { SUBNET: "192.168.0.0/25" };
  expect(run(folder, ["compose.yaml"], { env }).status).toBe(0);
  for (const args of [["--env=SUBNET"], ["--env", "SUBNET=192.168.0.0/24"]]) {
    const { status, stdout } = run(folder, ["compose.yaml", ...args], { env });
    expect(status).toBe(1);
    expect(stdout).toContain('lies in the forbidden range "office LAN"');
  }
});

it("renumbers a network whose line several projects read", () => {
  const folder = folderWith({
    ...FILES,
    "forbidden-ranges.yaml": FILES["forbidden-ranges.yaml"].replace("prod-*.yaml]", "prod-*.yaml], [apps/*/main.yaml]"),
  });
  const { status, stdout } = run(folder, ["renumber", "back", "--to", "10.201.5.0/24", "--fix"]);
  expect({ status, stdout: stdout.split("\n")[0] }).toEqual({
    status: 0,
    stdout: 'renumbered network "back": 192.168.0.0/24 to 10.201.5.0/24, in apps/shop/main.yaml',
  });
});
