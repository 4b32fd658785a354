import { COMPOSE_VERSIONS } from "../../compose/load/version.js";
import { list, oneOrMore, shortOrLong } from "./collection-shapes.js";
import { projectsShape } from "../declared-projects.js";
import { engineSpan } from "./engine-span.js";
import {
  address,
  anyText,
  composePath,
  date,
  extension,
  forbiddenBlock,
  ignoredPath,
  interfaceAddress,
  network,
  severity,
  span,
  subnet,
} from "./notation.js";
import { dictionary, record } from "./record-shape.js";
import { reservedPortsShape } from "../entries/reserved-ports.js";
import { rulesShape } from "../entries/rule-entries.js";
import { formatVersion, release, text, wholeNumber } from "./scalar-shapes.js";
import { whole } from "./shape.js";

/*
 * The forbidden-ranges file, key by key. The reader and the JSON Schema both come from here.
 */

export const forbiddenEntryShape = record(
  'a map with the key "cidr" or "range"',
  {
    cidr: {
      shape: oneOrMore(text(forbiddenBlock)),
      description: "The CIDR block that Compose networks must stay off, or a list of blocks.",
      examples: ["192.168.0.0/24", ["10.1.0.0/16", "10.2.0.0/16"]],
    },
    range: {
      shape: oneOrMore(text(span)),
      description: "The addresses that Compose networks must stay off, as first-last; or a list of such ranges.",
      examples: ["172.20.0.0-172.23.255.255"],
    },
    name: {
      shape: text(anyText),
      description: "What people call this network. Every finding prints it.",
      examples: ["office LAN"],
    },
    reason: {
      shape: text(anyText),
      description: "Why the range is needed elsewhere.",
      examples: ["reached over the site-to-site VPN"],
    },
    owner: {
      shape: text(anyText),
      description: "Whom to ask about the range.",
      examples: ["netops@example.com"],
    },
    severity: {
      shape: text(severity),
      description: "How a finding about this range is reported. Without this key: error.",
    },
    except: {
      shape: oneOrMore(text(network)),
      description: "Holes in the range that Compose networks may use: CIDR blocks, ranges or addresses.",
      examples: ["192.168.0.240/28"],
    },
    until: {
      shape: text(date),
      description: "The last day on which the range is enforced (UTC). Afterwards the entry is reported as stale.",
      examples: ["2027-03-31"],
    },
    router: {
      shape: text(address),
      description:
        "The router of this network. A fix writes it as the gateway of macvlan and ipvlan networks that lie on it and name none.",
      examples: ["192.168.0.254"],
    },
    source: {
      shape: text(anyText),
      description: "Where the entry was taken from, for the next update.",
      examples: ["ip-route:tun0"],
    },
  },
  ["cidr", "range"],
);

export const poolShape = record("a map with the keys cidr and prefix", {
  cidr: {
    shape: text(subnet),
    required: true,
    description: "The address space of the pool.",
    examples: ["10.201.0.0/16", "fd12:3456:789a::/48"],
  },
  prefix: {
    shape: wholeNumber("a prefix length", 1, 126),
    required: true,
    description: "The prefix length of each subnet that is taken from the pool: up to 30 for IPv4, 64 to 126 for IPv6.",
    examples: [24, 64],
  },
  for: {
    shape: oneOrMore(text(composePath)),
    description:
      "The directories of the projects that may use the pool, relative to the directory of the policy file. * and ? stand for text in one name, ** for any folders. Without it, every project.",
    examples: ["apps/**", ["apps/shop", "tools/*"]],
  },
});

export const allowEntryShape = record("a map with the keys file and reason", {
  file: {
    shape: text(composePath),
    required: true,
    description:
      "The compose file, relative to the directory of the policy file. * and ? stand for text in one name, ** for any folders.",
    examples: ["legacy/compose.yaml", "sandbox/**"],
  },
  network: {
    shape: text(anyText),
    description: "The key of the network in that file. Without it, every network of the file.",
    examples: ["default"],
  },
  cidr: {
    shape: text(subnet),
    description: "The block in which the subnet may lie. Without it, any subnet.",
    examples: ["10.4.0.0/24"],
  },
  reason: {
    shape: text(anyText),
    required: true,
    description: "Why the exception is right, or the ticket that says so.",
    examples: ["NET-412"],
  },
  expires: {
    shape: text(date),
    description: "The last day on which the exception applies (UTC).",
    examples: ["2027-01-31"],
  },
});

const daemonPoolShape = record("a map with the keys base and size", {
  base: {
    shape: text(subnet),
    required: true,
    description: "The address space, as in daemon.json.",
    examples: ["10.202.0.0/16"],
  },
  size: {
    shape: wholeNumber("a prefix length", 0, 128),
    required: true,
    description: "The prefix length of each subnet that the daemon hands out.",
    examples: [24],
  },
});

export const dockerShape = record("a map of daemon settings", {
  engine: {
    shape: engineSpan,
    description:
      "The releases of Docker Engine that run the compose files: one, newest, or the first and the last of several. Without this key: 28-29.",
    examples: [28, "26-28", "newest"],
  },
  bip: {
    shape: text(interfaceAddress),
    description: "The address of the docker0 bridge with its prefix length.",
    examples: ["172.17.0.1/16"],
  },
  "default-address-pools": {
    shape: list("a list of pools with base and size", daemonPoolShape, 1),
    description: "The pools that the daemons take subnets from when a compose file names none.",
    examples: [[{ base: "10.202.0.0/16", size: 24 }]],
  },
});

const hostsShape = dictionary(
  "a map with globs of compose files by the name of the host",
  oneOrMore(text(composePath)),
);

export const forbiddenRangesShape = record("a map with the key version", {
  $schema: {
    shape: text(anyText),
    description: "Where an editor finds the JSON Schema of this file. Not used otherwise.",
    examples: ["./node_modules/eslint-plugin-compose-networks/schema/forbidden-ranges.json"],
  },
  version: {
    shape: formatVersion(1),
    required: true,
    description: "The version of the file format.",
    examples: [1],
  },
  id: {
    shape: text(anyText),
    description: "A name for this repository. It keeps the subnets of fixes apart from those in other repositories.",
    examples: ["acme-shop"],
  },
  extends: {
    shape: list("a list of paths and built-in lists", text(extension)),
    description: "More ranges: paths relative to this file (YAML, JSON, or a plain list), or builtin:NAME.",
    examples: [["./vpn-routes.txt", "builtin:tailscale"]],
  },
  forbidden: {
    shape: list("a list of forbidden ranges", shortOrLong(text(network), forbiddenEntryShape)),
    description: "The ranges that Compose networks must stay off.",
    examples: [["169.254.0.0/16", { cidr: "192.168.0.0/24", name: "office LAN" }]],
  },
  pools: {
    shape: list("a list of pools", poolShape),
    description: "Where a fix may take subnets from, in this order.",
    examples: [[{ cidr: "10.201.0.0/16", prefix: 24 }]],
  },
  allow: {
    shape: list("a list of exceptions", whole(allowEntryShape)),
    description: "Reviewed exceptions: networks that may lie in a forbidden range.",
    examples: [[{ file: "legacy/compose.yaml", network: "default", reason: "NET-412" }]],
  },
  hosts: {
    shape: hostsShape,
    description:
      "Which compose files run on which host: globs by the name of the host, relative to the directory of the policy file. Without it, all may share one.",
    examples: [{ "prod-1": ["apps/shop/**"], "prod-2": ["apps/blog/**"] }],
  },
  projects: {
    shape: projectsShape,
    description:
      "Compose files that run together, as docker compose -f does: each entry is one project, with its files in their order. A file that is named here is judged in these projects and no other.",
    examples: [["compose.yaml", ["compose.yaml", "compose.prod.yaml"]]],
  },
  stacks: {
    shape: list("a list of compose files", text(composePath), 1),
    description:
      "The compose files for docker stack deploy: paths or globs, relative to the directory of the policy file.",
    examples: [["swarm/*.yaml"]],
  },
  ignore: {
    shape: list("a list of paths", text(ignoredPath), 1),
    description:
      "What is not checked: paths or globs of files and folders, relative to the directory of the policy file. A folder stands for all that is in it.",
    examples: [["templates/**"]],
  },
  rules: {
    shape: rulesShape,
    description:
      "How rules run: a severity (error, warn, off), options, or a list of both, by the name of the rule. ESLint honours off and the options; the severity is that of its own configuration.",
    examples: [{ "no-public-subnet": "off", "require-subnet": ["error", { when: "unsafe" }] }],
  },
  compose: {
    shape: release(COMPOSE_VERSIONS),
    description: "The version of Docker Compose that runs the files, where versions differ. Without this key: 2.40.",
    examples: ["2.40"],
  },
  docker: {
    shape: dockerShape,
    description: "How the Docker daemons that run these compose files are set up.",
    examples: [{ engine: 28, bip: "172.17.0.1/16" }],
  },
  "reserved-ports": {
    shape: reservedPortsShape,
    description: "Ports of the host that no service may publish for others than the host itself.",
    examples: [[22, { port: "6000-6010", protocol: "tcp", name: "X11", reason: "forwarded displays" }]],
  },
});
