import { CLEAN, COLLIDING, OPEN, POLICY } from "../cli/command.js";

/** Files, what an editor has open of them, and what it has not saved yet. */
export interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** In this order; `compose.yaml` unless given. */
  readonly open?: readonly string[];
  /** Texts that the editor has open in place of the files, or where no file is. */
  readonly unsaved?: Readonly<Record<string, string>>;
  /** Levels of rules, beside the preset. */
  readonly rules?: Readonly<Record<string, "error" | "warn" | "off">>;
  /** Whether a rule runs that ESLint's own configuration would have to turn on. */
  readonly isOnInPolicy?: boolean;
  /** The rules that must have a say; none for files without a finding. */
  readonly finds: readonly string[];
}

/** One network with what stands below its key. */
function network(below: string, key = "back", services = "  web: { image: nginx, networks: [back] }"): string {
  const lines = below.split("\n").map((line) => `    ${line}`);
  return `services:\n${services}\nnetworks:\n  ${key}:\n${lines.join("\n")}\n`;
}

function subnet(...pools: readonly string[]): string {
  return network(`ipam:\n  config:\n${pools.map((pool) => `    - ${pool}`).join("\n")}`);
}

const MANY = ["a", "b", "c", "d"].map((name) => `  ${name}: { image: nginx, networks: [back] }`).join("\n");
const TWO_OPEN = "services:\n  web: { image: nginx, networks: [front, back] }\nnetworks:\n  front: {}\n  back: {}\n";
const TWO_OVERLAPPING = `services:
  web: { image: nginx, networks: [front, back] }
networks:
  front: { ipam: { config: [{ subnet: 10.50.0.0/16 }] } }
  back: { ipam: { config: [{ subnet: 10.50.7.0/24 }] } }
`;
const STATIC = `services:
  web:
    image: nginx
    networks:
      back: { ipv4_address: 10.50.9.4 }
networks:
  back:
    ipam:
      config:
        - subnet: 10.50.7.0/24
`;
const LOOSE = `services:
  web: { image: nginx, networks: { back: { ipv4_address: 10.50.7.2 } } }
  db: { image: postgres, networks: [back] }
networks:
  back: { ipam: { config: [{ subnet: 10.50.7.0/24 }] } }
`;
const named = (name: string, third: number): string =>
  `services:\n  web: { image: nginx, networks: [edge] }\nnetworks:\n  edge: { name: ${name}, ipam: { config: [{ subnet: 10.60.${third}.0/24 }] } }\n`;
const withPolicy = (files: Case["files"], policy = POLICY): Case["files"] => ({
  ...files,
  "forbidden-ranges.yaml": policy,
});
const one = (text: string, policy?: string): Case["files"] => withPolicy({ "compose.yaml": text }, policy);
const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

const EACH_RULE: readonly Case[] = [
  { name: "a network that is left to Docker", files: one(OPEN), finds: ["require-subnet"] },
  { name: "the same without a policy", files: { "compose.yaml": OPEN }, finds: ["require-subnet"] },
  {
    name: "a subnet from a variable without a value",
    files: one(subnet('subnet: "$BACK"')),
    finds: ["require-subnet"],
  },
  { name: "a subnet in a forbidden range", files: one(COLLIDING), finds: ["no-forbidden-subnet"] },
  {
    name: "a range that only warns",
    files: one(COLLIDING, POLICY.replace("name: office LAN", "name: office LAN, severity: warn")),
    finds: ["no-forbidden-subnet"],
  },
  { name: "two networks of one project that overlap", files: one(TWO_OVERLAPPING), finds: ["no-overlapping-subnets"] },
  {
    name: "two projects that overlap",
    files: withPolicy({ "compose.yaml": CLEAN, "other/compose.yaml": CLEAN.replace("7.0/24", "0.0/20") }),
    finds: ["no-overlapping-subnets"],
  },
  { name: "a public subnet", files: one(subnet("subnet: 198.133.0.0/24")), finds: ["no-public-subnet"] },
  {
    name: "a gateway outside",
    files: one(subnet("{ subnet: 10.50.7.0/24, gateway: 10.50.9.1 }")),
    finds: ["valid-ipam"],
  },
  { name: "a subnet that is not one", files: one(subnet("subnet: 10.50.7.0/33")), finds: ["valid-ipam"] },
  { name: "a static address outside", files: one(STATIC), finds: ["valid-static-address"] },
  { name: "a static address that another service may take first", files: one(LOOSE), finds: ["no-address-race"] },
  {
    name: "a service on a network that nobody declares",
    files: one(network("{}", "front")),
    finds: ["valid-service-networks"],
  },
  {
    name: "a subnet that is too small",
    files: one(network("ipam: { config: [{ subnet: 10.50.7.0/30 }] }", "back", MANY)),
    finds: ["subnet-size"],
  },
  {
    name: "a pool that an override file loses",
    files: withPolicy({
      "compose.yaml": subnet("subnet: 10.50.7.0/24"),
      "compose.override.yaml": "networks:\n  back: { ipam: { config: [{ gateway: 10.50.7.9 }] } }\n",
    }),
    open: ["compose.yaml", "compose.override.yaml"],
    finds: ["no-lossy-ipam-override", "valid-ipam"],
  },
  {
    name: "one network of two files that has two subnets",
    files: withPolicy({ "compose.yaml": named("edge", 1), "b/compose.yaml": named("edge", 2) }),
    finds: ["consistent-network"],
  },
  {
    name: "a forbidden range that is not one",
    files: one(CLEAN, POLICY.replace("192.168.0.0/24", "192.168.0.0/33")),
    finds: ["valid-forbidden-ranges"],
  },
  {
    name: "an exception that lets nothing through",
    files: one(CLEAN, `${POLICY}allow:\n  - { file: gone.yaml, reason: it is gone }\n`),
    open: ["compose.yaml", "forbidden-ranges.yaml"],
    finds: ["valid-forbidden-ranges"],
  },
  {
    name: "a daemon whose pool is forbidden",
    files: withPolicy({
      "daemon.json": '{\n  "default-address-pools": [{ "base": "192.168.0.0/16", "size": 24 }]\n}\n',
    }),
    open: ["daemon.json"],
    finds: ["no-forbidden-daemon-pool"],
  },
  {
    name: "a subnet in Docker's own pools",
    files: one(subnet("subnet: 172.20.0.0/16")),
    rules: { "no-default-pool-subnet": "warn" },
    finds: ["no-default-pool-subnet"],
  },
  {
    name: "an interface without a name",
    files: one(CLEAN),
    rules: { "require-bridge-name": "error" },
    finds: ["require-bridge-name"],
  },
  {
    name: "a pool that is too small for a host",
    files: withPolicy(
      { "shop/compose.yaml": TWO_OPEN },
      "version: 1\nid: test\nhosts:\n  prod: shop/**\ndocker:\n  default-address-pools:\n    - { base: 10.202.0.0/23, size: 24 }\n",
    ),
    open: ["shop/compose.yaml"],
    rules: { "require-subnet": "off" },
    finds: ["fits-host"],
  },
  {
    name: "a port that the host needs",
    files: one(
      CLEAN.replace("image: nginx", 'image: nginx\n    ports: ["22:22"]'),
      `${POLICY}reserved-ports:\n  - { port: 22, name: SSH }\n`,
    ),
    rules: { "no-reserved-host-port": "warn" },
    finds: ["no-reserved-host-port"],
  },
];

const SEVERAL_FILES: readonly Case[] = [
  {
    name: "a fault of an included file, which is not open",
    files: withPolicy({
      "compose.yaml": "include: [parts/database.yaml]\nservices:\n  api: { image: nginx, network_mode: none }\n",
      "parts/database.yaml": COLLIDING,
    }),
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "an included file of any name, which alone is open",
    files: withPolicy({
      "compose.yaml": "include: [parts/database.yaml]\nservices:\n  api: { image: nginx, network_mode: none }\n",
      "parts/database.yaml": COLLIDING,
    }),
    open: ["parts/database.yaml"],
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "a fault of an override file, which is not open",
    files: withPolicy({
      "compose.yaml": OPEN,
      "compose.override.yaml": "networks:\n  default: { ipam: { config: [{ subnet: 192.168.0.0/25 }] } }\n",
    }),
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "a file that a .env file starts",
    files: withPolicy({ ".env": "COMPOSE_FILE=stack.yml\n", "stack.yml": COLLIDING }),
    open: ["stack.yml"],
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "files that the policy puts together",
    files: withPolicy(
      { "base.yml": OPEN, "prod.yml": "networks:\n  default: { ipam: { config: [{ subnet: 192.168.0.0/25 }] } }\n" },
      `${POLICY}projects:\n  - [base.yml, prod.yml]\n`,
    ),
    open: ["base.yml"],
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "a variable from a .env file",
    files: withPolicy({ ".env": "BACK=192.168.0.128/25\n", "compose.yaml": subnet("subnet: $BACK") }),
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "policies in two folders",
    files: withPolicy({
      "compose.yaml": COLLIDING,
      "lab/compose.yaml": COLLIDING,
      "lab/forbidden-ranges.yaml": "version: 1\nid: lab\nextends: [../forbidden-ranges.yaml]\n",
    }),
    open: ["compose.yaml", "lab/compose.yaml"],
    finds: ["no-forbidden-subnet", "no-overlapping-subnets"],
  },
];

const KNOWN = `{
  "version": 1,
  "findings": [
    {
      "file": "compose.yaml",
      "rule": "no-forbidden-subnet",
      "network": "./default",
      "subject": "192.168.0.0/24, \\"office LAN\\" (192.168.0.0/24)"
    }
  ]
}
`;

const CHOSEN: readonly Case[] = [
  {
    name: "a rule that the policy turns off",
    files: one(COLLIDING, `${POLICY}rules:\n  no-forbidden-subnet: off\n`),
    finds: [],
  },
  {
    name: "a rule that the policy turns on",
    files: one(CLEAN, `${POLICY}rules:\n  require-bridge-name: warn\n`),
    finds: ["require-bridge-name"],
    isOnInPolicy: true,
  },
  {
    name: "a level of the policy, and another one that was typed",
    files: one(COLLIDING, `${POLICY}rules:\n  no-forbidden-subnet: off\n`),
    rules: { "no-forbidden-subnet": "warn" },
    finds: ["no-forbidden-subnet"],
    isOnInPolicy: true,
  },
  {
    name: "options of the policy that make a fix of a suggestion",
    files: one(COLLIDING, `${POLICY}rules:\n  no-forbidden-subnet: { renumber: true }\n`),
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "a finding that the baseline has",
    files: { ...one(COLLIDING), "compose-networks-baseline.json": KNOWN },
    finds: [],
  },
  {
    name: "a finding that the baseline has, and another one",
    files: {
      ...one(COLLIDING.replace("192.168.0.0/24\n", "192.168.0.0/24\n        - subnet: 192.168.0.0/26\n")),
      "compose-networks-baseline.json": KNOWN,
    },
    finds: ["no-forbidden-subnet", "valid-ipam"],
  },
];

const UNSAVED: readonly Case[] = [
  {
    name: "a subnet that is not saved yet",
    files: one(CLEAN),
    unsaved: { "compose.yaml": COLLIDING },
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "a file that was never saved",
    files: withPolicy({}),
    unsaved: { "compose.yaml": COLLIDING },
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "a fault that is mended and not saved yet",
    files: one(COLLIDING),
    unsaved: { "compose.yaml": CLEAN },
    finds: [],
  },
  {
    name: "a policy that is not saved yet",
    files: one(CLEAN),
    open: ["forbidden-ranges.yaml", "compose.yaml"],
    unsaved: { "forbidden-ranges.yaml": POLICY.replace("192.168.0.0/24", "10.201.0.0/20") },
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "another file of the project that is not saved yet",
    files: withPolicy({ "compose.yaml": OPEN, "compose.override.yaml": "services: {}\n" }),
    open: ["compose.yaml", "compose.override.yaml"],
    unsaved: { "compose.override.yaml": "networks:\n  default: { ipam: { config: [{ subnet: 192.168.0.0/25 }] } }\n" },
    finds: ["no-forbidden-subnet"],
  },
  {
    name: "another project that is not saved yet",
    files: withPolicy({ "compose.yaml": CLEAN, "other/compose.yaml": OPEN }),
    open: ["other/compose.yaml", "compose.yaml"],
    unsaved: { "other/compose.yaml": CLEAN },
    finds: ["no-overlapping-subnets"],
  },
  {
    name: "a .env file that is not saved yet",
    files: withPolicy({ ".env": "BACK=10.50.7.0/24\n", "compose.yaml": subnet("subnet: $BACK") }),
    open: [".env", "compose.yaml"],
    unsaved: { ".env": "BACK=192.168.0.128/25\n" },
    finds: ["no-forbidden-subnet"],
  },
];

const TEXTS: readonly Case[] = [
  { name: "line ends of Windows", files: one(crlf(COLLIDING)), finds: ["no-forbidden-subnet"] },
  { name: "a fix with line ends of Windows", files: one(crlf(OPEN)), finds: ["require-subnet"] },
  { name: "a byte order mark", files: one(`\uFEFF${OPEN}`), finds: ["require-subnet"] },
  {
    name: "characters of two units before a place",
    files: one(subnet('{ aux_addresses: { "🐳🐳": 10.50.7.9 }, subnet: 192.168.0.0/24, x-é: "𝔸" }')),
    finds: ["no-forbidden-subnet", "valid-ipam"],
  },
  { name: "a text that is no YAML", files: one("services:\n  web: { image: nginx\n"), finds: [""] },
  { name: "a tab in front of a key", files: one("services:\n\tweb: {}\n"), finds: [""] },
  { name: "an empty text", files: one(""), finds: [] },
  { name: "a text of another program", files: one("stages: [build]\nbuild: { script: make }\n"), finds: [] },
  {
    name: "a comment that turns a rule off",
    files: one(`# eslint-disable-next-line compose-networks/require-subnet -- no VPN here\n${OPEN}`),
    finds: [],
  },
  {
    name: "a comment that turns nothing off",
    files: one(`# eslint-disable-next-line compose-networks/no-forbidden-subnet\n${OPEN}`),
    finds: ["", "require-subnet"],
  },
  {
    name: "a comment that sets a level",
    files: one(`# eslint compose-networks/require-subnet: "warn"\n${OPEN}`),
    finds: ["require-subnet"],
  },
  {
    name: "a file that the policy leaves out",
    files: one(COLLIDING, `${POLICY}ignore: [compose.yaml]\n`),
    finds: [],
  },
  {
    name: "several faults of one network",
    files: one(subnet("{ subnet: 192.168.0.0/24, gateway: 10.9.9.9 }", "{ subnet: 192.168.0.0/25 }")),
    finds: ["no-forbidden-subnet", "valid-ipam"],
  },
];

export const CASES: readonly Case[] = [...EACH_RULE, ...SEVERAL_FILES, ...CHOSEN, ...UNSAVED, ...TEXTS];
