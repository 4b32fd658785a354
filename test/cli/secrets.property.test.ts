import { Linter } from "eslint/universal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import composeNetworks from "../../src/eslint/index.js";
import { holdsAsync, seed } from "../ipam/property.js";
import { createFolder, type Folder } from "../workspace/folder.js";
import { inProcess } from "./in-process.js";

/** Stands in a variable: no output may hold it, in whatever letters. */
const MARK = "hunter2";
/** Stands in values of the files that are nobody's business: a diff may hold it, as a line of the file. */
const OWN = "correct-horse";

/** Values that hold it, so that each parser stumbles over another part of them. */
const VALUES = [
  MARK,
  `10.${MARK}.0.0/24`,
  `10.1.2.3/${MARK}`,
  `fd00::${MARK}/64`,
  `10.0.0.1-${MARK}`,
  `10.1.0.0/24 ${MARK}`,
  `x-${MARK}`,
  `${MARK}/udp`,
  `a%${MARK} b`,
  `${MARK}${"y".repeat(300)}`,
];

/** Ways in which a file may write a variable. */
const FORMS = [
  "${SECRET}",
  "$SECRET",
  "10.${SECRET}.0.0/24",
  "${SECRET:-10.1.0.0/24}",
  "${NOWHERE:-${SECRET}}",
  "${SECRET:+a$SECRET}",
  "${SECRET:?it is not set}",
  "a${SECRET}${NOWHERE}",
];

/** Every place of these files that a variable may stand in, with what stands there else. */
const PLACES = {
  project: "shop",
  include: "parts/more.yaml",
  extended: "base",
  listedNetwork: "back",
  mode: "bridge",
  profile: "dev",
  replicas: "1",
  static: "10.1.0.7",
  alias: "web",
  publishedShort: "8080",
  publishedLong: "5432",
  protocol: "tcp",
  hostAddress: "127.0.0.2",
  networkName: "shop_back",
  external: "false",
  internal: "false",
  attachable: "false",
  ipv6: "false",
  driver: "bridge",
  option: "br-back",
  label: "x",
  ipamDriver: "default",
  subnet: "10.1.0.0/24",
  range: "10.1.0.128/25",
  gateway: "10.1.0.1",
  auxiliary: "10.1.0.2",
  second: "192.168.0.0/24",
  overridden: "10.1.8.0/25",
  lost: "10.1.8.1",
  includedSubnet: "10.7.0.0/24",
} as const;
type Place = keyof typeof PLACES;

const POLICY = `version: 1
id: test
forbidden:
  - { cidr: 192.168.0.0/24, name: office LAN }
  - { cidr: 10.1.0.0/16, name: data centre }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
reserved-ports: [5432, 8080]
`;

function projectWith(written: Readonly<Record<Place, string>>): Record<string, string> {
  const at = (place: Place): string => JSON.stringify(written[place]);
  return {
    "forbidden-ranges.yaml": POLICY,
    "compose.yaml": `name: ${at("project")}
include: [{ path: ${at("include")}, env_file: parts/more.env }]
services:
  base: { image: nginx, environment: { PASSWORD: ${OWN} } }
  web:
    image: nginx
    extends: { service: ${at("extended")} }
    networks: [${at("listedNetwork")}]
    profiles: [${at("profile")}]
    environment: { PASSWORD: ${OWN} }
    command: serve --password ${OWN}
    deploy: { replicas: ${at("replicas")} }
    ports: [${JSON.stringify(`${written.publishedShort}:80`)}]
  db:
    image: postgres
    networks: { back: { ipv4_address: ${at("static")}, aliases: [${at("alias")}] }, front: {}, over: {} }
    ports: [{ target: 80, published: ${at("publishedLong")}, protocol: ${at("protocol")}, host_ip: ${at("hostAddress")} }]
  other: { image: nginx, network_mode: ${at("mode")}, environment: { PASSWORD: ${OWN} } }
networks:
  back:
    name: ${at("networkName")}
    external: ${at("external")}
    internal: ${at("internal")}
    attachable: ${at("attachable")}
    enable_ipv6: ${at("ipv6")}
    driver: ${at("driver")}
    driver_opts: { com.docker.network.bridge.name: ${at("option")} }
    labels: { password: ${at("label")}, other: ${OWN} }
    ipam:
      driver: ${at("ipamDriver")}
      config:
        - subnet: ${at("subnet")}
          ip_range: ${at("range")}
          gateway: ${at("gateway")}
          aux_addresses: { router: ${at("auxiliary")} }
  front: { ipam: { config: [{ subnet: ${at("second")} }] }, labels: { password: ${OWN} } }
  over: { ipam: { config: [{ subnet: 10.1.8.0/24, gateway: ${at("lost")} }] } }
`,
    "compose.override.yaml": `networks: { over: { ipam: { config: [{ subnet: ${at("overridden")} }] } } }\n`,
    "parts/more.yaml": `services: { more: { image: nginx, networks: [inner], environment: [PASSWORD=${OWN}] } }
networks: { inner: { ipam: { config: [{ subnet: ${at("includedSubnet")} }] } } }
`,
    "parts/more.env": "",
    "daemon.json": `{ "bip": "192.168.0.1/24", "registry-password": "${OWN}" }\n`,
  };
}

const FORMATS: readonly string[] = ["text", "github", "json", "sarif", "gitlab", "junit"];

/** Everything that is printed. A diff shows the file's own lines, so that what stands there is left out of it. */
async function outputsOf(folder: Folder, args: readonly string[], formats = FORMATS): Promise<string> {
  const rules = Object.keys(composeNetworks.rules).flatMap((name) => ["--rule", `${name}:error`]);
  const runs = [
    ...formats.map((format) => ["--format", format, ...rules, ...args]),
    ["--fix-dry-run", ...rules, ...args],
    ["list", ...args],
    ["list", "--format", "json", ...args],
    ["free"],
    ["renumber", "back"],
    ["renumber", "front", "--to", "10.201.77.0/24"],
  ];
  const printed: string[] = [];
  for (const run of runs) {
    const isDiff = run[0] === "renumber" || run[0] === "--fix-dry-run";
    const { stdout, stderr } = await inProcess(folder.path, run);
    printed.push(isDiff ? stdout.replaceAll(OWN, "") : stdout, stderr);
  }
  return [...printed, lintMessages(folder)].join("\n");
}

function lintMessages(folder: Folder): string {
  const linter = new Linter({ cwd: folder.path, configType: "flat" });
  return ["compose.yaml", "compose.override.yaml", "parts/more.yaml", "daemon.json", "forbidden-ranges.yaml"]
    .flatMap((file) =>
      linter
        .verify(
          folder.read(file),
          [{ ...composeNetworks.configs.all, files: ["**/*.yaml", "**/*.json"] }],
          `${folder.path}/${file}`,
        )
        .flatMap(({ message, suggestions = [] }) => [message, ...suggestions.map(({ desc }) => desc)]),
    )
    .join("\n");
}

/** The line that gives the mark away, for whoever reads the failure. */
function leaksIn(output: string): readonly string[] {
  return output.split("\n").filter((line) => line.toLowerCase().includes(MARK) || line.includes(OWN));
}

const nothingHidden = (): Record<Place, string> => ({ ...PLACES });

function quoted(value: string): string {
  return `'${value}'`;
}

const names = Object.keys(PLACES).filter((name): name is Place => name in PLACES);

describe(`what variables hold (seed ${seed})`, () => {
  it.each(names)("is in no output when the place is: %s", async (place) => {
    const folder = createFolder({ ...projectWith({ ...nothingHidden(), [place]: "${SECRET}" }), ".env": "" });
    // Four values for each place: all of them meet every place in the property below, and every format once here.
    const first = names.indexOf(place);
    for (const offset of [0, 1, 2, 3]) {
      const value = VALUES[(first + offset) % VALUES.length] ?? MARK;
      folder.write(".env", `A=1\nSECRET=${quoted(value)}\n`);
      expect(leaksIn(await outputsOf(folder, [], offset === 0 ? FORMATS : ["text"]))).toEqual([]);
    }
  });

  it("would be found in each output, since a value of the file itself is", async () => {
    const folder = createFolder(projectWith({ ...nothingHidden(), subnet: MARK }));
    for (const format of FORMATS) {
      expect(leaksIn((await inProcess(folder.path, ["--format", format])).stdout), format).not.toEqual([]);
    }
    expect(leaksIn((await inProcess(folder.path, ["list"])).stdout)).not.toEqual([]);
    expect(leaksIn(lintMessages(folder))).not.toEqual([]);
  });

  it("is in no output, however the variables are written and wherever they are set", async () => {
    await holdsAsync(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 6 }),
        fc.array(fc.constantFrom(...FORMS), { minLength: 6, maxLength: 6 }),
        fc.constantFrom(...VALUES),
        fc.constantFrom("env file", "shell", "included"),
        async (places, forms, value, source) => {
          const written = { ...nothingHidden() };
          places.forEach((place, index) => Object.assign(written, { [place]: forms[index] ?? "${SECRET}" }));
          const folder = createFolder({
            ...projectWith(written),
            ".env": source === "env file" ? `SECRET=${quoted(value)}\n` : "",
            "parts/more.env": source === "included" ? `SECRET=${quoted(value)}\n` : "",
          });
          const args = source === "shell" ? ["--env", `SECRET=${value}`] : [];
          expect(leaksIn(await outputsOf(folder, args))).toEqual([]);
          folder.remove(".");
        },
      ),
      25,
    );
  });
});
