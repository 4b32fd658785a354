import { command, eslint, everyReport, type Call, type Input } from "../input.js";
import type { Site } from "../site.js";
import { COLLIDING, OPEN, withSubnet } from "../texts.js";
import { goodNeighbour } from "./workspace.js";

const NETWORK = (field: string): string => withSubnet("10.201.9.0/24").replace("    ipam:", `    ${field}\n    ipam:`);
const IPAM = (field: string): string => withSubnet(`10.201.9.0/24, ${field}`);
const SERVICE = (field: string): string => COLLIDING.replace("    image: nginx", `    image: nginx\n    ${field}`);

/** Each place of a compose file that can hold a variable, with `$V` for it. */
const PLACES: Readonly<Record<string, string>> = {
  subnet: withSubnet("$V"),
  "a part of a subnet": withSubnet("10.201.$V/24"),
  "the length of a prefix": withSubnet("10.201.7.0/$V"),
  "a subnet with text after it": withSubnet("$V/24"),
  "the default of a default": withSubnet("${UNSET:-${ALSO_UNSET:-$V}}"),
  "the message of a required variable": withSubnet("${UNSET:?needs $V}"),
  "the replacement of a variable": withSubnet("${SET:+$V}"),
  gateway: IPAM("gateway: $V"),
  ip_range: IPAM("ip_range: $V"),
  aux_addresses: IPAM("aux_addresses: { host: $V }"),
  "driver of ipam": withSubnet("10.201.9.0/24").replace("config:", "driver: $V\n      config:"),
  "name of a network": NETWORK("name: $V"),
  driver: NETWORK("driver: $V"),
  driver_opts: NETWORK("driver_opts: { com.docker.network.bridge.name: $V, parent: $V }"),
  external: NETWORK("external: $V"),
  "name of external": NETWORK("external: { name: $V }"),
  enable_ipv6: NETWORK("enable_ipv6: $V"),
  internal: NETWORK("internal: $V"),
  attachable: NETWORK("attachable: $V"),
  "labels of a network": NETWORK("labels: [$V]"),
  "name of the project": `name: $V\n${COLLIDING}`,
  "path of an include": `include: [$V]\n${COLLIDING}`,
  "folder of an include": `include: [{ path: part.yaml, project_directory: $V }]\n${COLLIDING}`,
  "env_file of an include": `include: [{ path: part.yaml, env_file: $V }]\n${COLLIDING}`,
  "file of extends": SERVICE("extends: { file: $V, service: web }"),
  "service of extends": SERVICE("extends: { file: part.yaml, service: $V }"),
  "a network in a list": SERVICE("networks: [$V]"),
  "networks as a text": SERVICE("networks: $V"),
  network_mode: SERVICE("network_mode: $V"),
  "network_mode of a service": SERVICE('network_mode: "service:$V"'),
  ipv4_address: SERVICE("networks: { default: { ipv4_address: $V } }"),
  ipv6_address: SERVICE("networks: { default: { ipv6_address: $V } }"),
  link_local_ips: SERVICE("networks: { default: { link_local_ips: [$V] } }"),
  aliases: SERVICE("networks: { default: { aliases: [$V], mac_address: $V, priority: $V, gw_priority: $V } }"),
  ports: SERVICE("ports: [$V, { published: $V, target: 80, host_ip: $V }]"),
  replicas: SERVICE("deploy: { replicas: $V }\n    scale: $V"),
  profiles: SERVICE("profiles: [$V]"),
  depends_on: SERVICE("depends_on: [$V]"),
  environment: SERVICE("environment: { DB: $V, X: ${UNSET:?$V} }"),
  "the whole of a network": "services: { web: { image: nginx } }\nnetworks: { default: $V }\n",
  "the whole of a service": "services: { web: $V }\n",
  "the whole of ipam": "services: { web: { image: nginx } }\nnetworks: { default: { ipam: { config: $V } } }\n",
};

const DOT_ENV = (site: Site): string => `DB_PASSWORD=${site.secret}\nSET=1\n`;

const FEW: readonly Call[] = [
  command(""),
  command("--format json"),
  command("list"),
  command("list --format json"),
  command("renumber default"),
];

const oneByOne: readonly Input[] = Object.entries(PLACES).map(([place, text]) => ({
  name: `a secret in: ${place}`,
  build(site) {
    goodNeighbour(site);
    site.write(".env", DOT_ENV(site));
    site.write("part.yaml", OPEN);
    site.write("compose.yaml", text.replaceAll("$V", "${DB_PASSWORD}"));
  },
  calls: FEW,
}));

/** The value comes from elsewhere than the .env beside the file. */
const otherSources: readonly Input[] = [
  {
    name: "a secret in every place of one workspace, in every report",
    build(site) {
      goodNeighbour(site);
      Object.values(PLACES).forEach((text, index) => {
        const folder = `p${index}`;
        site.write(`${folder}/.env`, DOT_ENV(site));
        site.write(`${folder}/part.yaml`, OPEN);
        site.write(`${folder}/compose.yaml`, text.replaceAll("$V", "$DB_PASSWORD"));
      });
      site.commitAll();
    },
    calls: [...everyReport(), command("list"), command("--fix-dry-run"), command("free"), eslint()],
  },
  {
    name: "a secret that a value of .env is made of",
    build(site) {
      goodNeighbour(site);
      site.write(".env", `${DOT_ENV(site)}NET="\${DB_PASSWORD}.0.0/16"\nOTHER=\${UNSET:-$DB_PASSWORD}\n`);
      site.write("compose.yaml", withSubnet("$NET"));
      site.write("other.compose.yaml", withSubnet("$OTHER"));
    },
    calls: FEW,
  },
  {
    name: "a secret in the env_file of an include",
    build(site) {
      goodNeighbour(site);
      site.write("part/secret.env", DOT_ENV(site));
      site.write("part/part.yaml", withSubnet("${DB_PASSWORD}"));
      site.write("compose.yaml", "include: [{ path: part/part.yaml, env_file: part/secret.env }]\n");
    },
    calls: FEW,
  },
  {
    name: "a secret that begins like an address",
    build(site) {
      goodNeighbour(site);
      site.write(".env", `A=10.0.0.${site.secret}\nB=10.0.0.0/24,${site.secret}\nC=fd00::${site.secret}/64\n`);
      for (const name of ["A", "B", "C"]) site.write(`${name}/compose.yaml`, withSubnet(`$${name}`));
      for (const name of ["A", "B", "C"]) site.link("../.env", `${name}/.env`);
    },
    calls: [...everyReport(), command("list")],
  },
  {
    name: "a secret in a .env that is wrong",
    build(site) {
      goodNeighbour(site);
      const { secret } = site;
      const wrong = [
        secret,
        `A B=${secret}`,
        `A="${secret}`,
        `A='${secret}`,
        `=${secret}`,
        `A=\${${secret}`,
        `\u0000${secret}=1`,
      ];
      wrong.forEach((text, index) => {
        site.write(`p${index}/.env`, `${text}\n`);
        site.write(`p${index}/compose.yaml`, withSubnet("${A}"));
      });
      site.commitAll();
    },
    calls: [...everyReport(), command("list"), eslint()],
  },
  {
    name: "a secret of the environment that aliases and merge keys share",
    build(site) {
      goodNeighbour(site);
      const network = (lines: string): string =>
        `services:\n  web:\n    image: nginx\n    environment:\n      subnet: &pw ${site.secret}\n    networks: [back]\nnetworks:\n  back:\n${lines}`;
      site.write("subnet/compose.yaml", network("    ipam: { config: [{ subnet: *pw }] }\n"));
      site.write("name/compose.yaml", network("    name: *pw\n    driver: *pw\n"));
      site.write("project/compose.yaml", `${network("    {}\n")}name: *pw\n`);
      site.write(
        "merge/compose.yaml",
        network("    ipam: { config: [{ <<: *env }] }\n").replace("environment:\n", "environment: &env\n"),
      );
      site.commitAll();
    },
    calls: [...everyReport(), command("list"), command("list --format json"), eslint()],
  },
  {
    name: "a secret of COMPOSE_FILE, COMPOSE_PROJECT_NAME and COMPOSE_PROFILES",
    build(site) {
      goodNeighbour(site);
      for (const key of ["COMPOSE_FILE", "COMPOSE_PROJECT_NAME", "COMPOSE_PROFILES", "COMPOSE_ENV_FILES"]) {
        site.write(`${key}/.env`, `${key}=${site.secret}\n`);
        site.write(`${key}/compose.yaml`, COLLIDING);
      }
      site.commitAll();
    },
    calls: [...everyReport(), command("list"), command("list --format json"), eslint()],
  },
];

/** Values that stand in the file itself, where they are none of the report's business. */
const besides: readonly Input[] = [
  {
    name: "a value of environment on the line of a finding",
    build(site) {
      goodNeighbour(site);
      const service = `web: { image: nginx, environment: { DB_PASSWORD: ${site.secret} } }`;
      const network = "default: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } }";
      site.write("compose.yaml", `{ services: { ${service} }, networks: { ${network} } }\n`);
    },
    calls: everyReport({ exit: [1] }),
  },
  {
    name: "a value of environment at a fault of YAML",
    build(site) {
      goodNeighbour(site);
      const { secret } = site;
      const wrong = [
        `DB: "${secret}`,
        `DB: [${secret}`,
        `DB: ${secret}: 1`,
        `DB: *${secret}`,
        `\tDB: ${secret}`,
        `DB: !${secret} x`,
        `- DB=${secret}\n      X: 1`,
        `DB: ${secret}\n      DB: ${secret}`,
      ];
      wrong.forEach((text, index) => {
        site.write(`p${index}/compose.yaml`, `services:\n  web:\n    image: nginx\n    environment:\n      ${text}\n`);
      });
      site.commitAll();
    },
    calls: [...everyReport(), eslint()],
  },
  {
    name: "a value of environment that is shared with a network by an anchor",
    build(site) {
      goodNeighbour(site);
      const text = OPEN.replace(
        "    image: nginx",
        `    image: nginx\n    environment: { DB: &secret ${site.secret} }`,
      );
      site.write("compose.yaml", `${text}networks:\n  default:\n    ipam:\n      config: [{ subnet: *secret }]\n`);
    },
    calls: FEW,
  },
];

export const valueInputs: readonly Input[] = [...oneByOne, ...otherSources, ...besides];
