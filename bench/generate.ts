import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { randomBelow, type Random } from "./random.js";

export interface Workspace {
  readonly projects: number;
  /** How many prefixes of IPv4, and as many of IPv6, stand in a list that the policy extends; 0 for no list. */
  readonly forbiddenPerFamily: number;
  /** A base alone, or a base with a file that it includes and one that is laid over it. */
  readonly filesEach?: 1 | 3;
}

/** Writes a workspace of generated Compose projects into `folder`, one directory each. */
export function writeWorkspace(
  folder: string,
  { projects, forbiddenPerFamily, filesEach = 1 }: Workspace,
  random: Random,
): void {
  mkdirSync(folder, { recursive: true });
  const list = forbiddenPerFamily > 0 ? "forbidden-list.txt" : undefined;
  writeFileSync(path.join(folder, "forbidden-ranges.yaml"), forbiddenRanges(list));
  for (let index = 0; index < projects; index += 1) {
    const project = path.join(folder, `project-${String(index).padStart(4, "0")}`);
    mkdirSync(project);
    const base = composeFile(index, random);
    writeFileSync(path.join(project, "compose.yaml"), filesEach === 1 ? base : `include: [parts/queue.yaml]\n${base}`);
    if (filesEach === 1) continue;
    mkdirSync(path.join(project, "parts"));
    writeFileSync(path.join(project, "parts/queue.yaml"), includedFile(index, random));
    writeFileSync(path.join(project, "compose.override.yaml"), overrideFile(random));
  }
  if (list !== undefined) writeFileSync(path.join(folder, list), forbiddenList(forbiddenPerFamily, random));
}

function forbiddenRanges(list: string | undefined): string {
  return `version: 1
id: bench
${list === undefined ? "" : `extends: [./${list}]\n`}forbidden:
  - cidr: 192.168.0.0/24
    name: office LAN
pools:
  - { cidr: 10.128.0.0/10, prefix: 24 }
`;
}

/** Prefixes that no subnet of a generated project overlaps: public IPv4 space below 100.0.0.0, and 2a00::/16. */
function forbiddenList(perFamily: number, random: Random): string {
  const prefixes = new Set<string>();
  while (prefixes.size < perFamily) {
    const [first, second, third] = [11 + randomBelow(random, 89), randomBelow(random, 256), randomBelow(random, 256)];
    prefixes.add(`${first}.${second}.${third}.0/24`);
  }
  while (prefixes.size < 2 * perFamily) {
    prefixes.add(`2a00:${hextet(random)}:${hextet(random)}::/48`);
  }
  return [...prefixes].map((prefix, index) => `${prefix} # site ${index}\n`).join("");
}

function hextet(random: Random): string {
  return (1 + randomBelow(random, 0xffff)).toString(16);
}

const stacks = [
  { name: "web", image: "nginx:1.27-alpine", port: 80 },
  { name: "api", image: "ghcr.io/acme/api:4.2.0", port: 8080 },
  { name: "worker", image: "ghcr.io/acme/worker:4.2.0", port: 9090 },
  { name: "db", image: "postgres:17-alpine", port: 5432 },
  { name: "cache", image: "redis:7-alpine", port: 6379 },
] as const;

const queues = [
  { name: "queue", image: "rabbitmq:4-alpine", port: 5672 },
  { name: "relay", image: "ghcr.io/acme/relay:4.2.0", port: 7070 },
] as const;

type Stack = (typeof stacks | typeof queues)[number];

/** A project of some hundred lines as people write them: one subnet is given, another is left to Docker. */
function composeFile(index: number, random: Random): string {
  const subnet = `10.${64 + (index >> 8)}.${index & 255}.0/24`;
  const services = stacks.map((stack) => service(stack, randomBelow(random, 1000)));
  return `# The shop of one customer. Its back network is routed, so that the reporting host reaches the database.
# Change the subnet only together with that route.
name: shop-${index}

x-defaults: &defaults
  restart: unless-stopped
  logging:
    driver: json-file
    options: { max-size: 10m }

services:
${services.join("\n")}
networks:
  front:
    driver: bridge
  back:
    driver: bridge
    ipam:
      config:
        - subnet: ${subnet}

volumes:
  state:
`;
}

/** What the base includes: services of its own, on a network of its own. */
function includedFile(index: number, random: Random): string {
  const subnet = `10.${72 + (index >> 8)}.${index & 255}.0/24`;
  return `x-defaults: &defaults
  restart: unless-stopped

services:
${queues.map((queue) => service(queue, randomBelow(random, 1000), "[queues]")).join("\n")}
networks:
  queues:
    ipam:
      config:
        - subnet: ${subnet}

volumes:
  state:
`;
}

/** What is laid over the base in development. */
function overrideFile(random: Random): string {
  const services = stacks.map(
    ({ name }) => `  ${name}:
    environment:
      LOG_LEVEL: debug
      SEED: ${randomBelow(random, 1000)}
    volumes:
      - ./${name}:/src
    networks:
      front: { aliases: [${name}.test] }
`,
  );
  return `services:
${services.join("\n")}
networks:
  front:
    driver_opts: { com.docker.network.driver.mtu: 1400 }
`;
}

function service({ name, image, port }: Stack, offset: number, networks = "[front, back]"): string {
  return `  ${name}:
    <<: *defaults
    image: ${image}
    environment:
      DATABASE_HOST: db.back
      WORKERS: ${1 + (offset % 8)}
    volumes:
      - state:/var/lib/${name}
    ports:
      - "127.0.0.1:${20_000 + offset}:${port}"
    healthcheck:
      test: ["CMD", "true"]
      interval: 30s
    labels:
      com.example.team: team-${offset % 7}
    networks: ${networks}
`;
}
