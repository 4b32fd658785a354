import { command, type Call, type GrowingInput } from "../input.js";
import type { Site } from "../site.js";
import { POOLS, manyFiles } from "../../many-files.js";
import { growingProducts } from "./budget.js";
import { patternInputs } from "./patterns.js";
import { CLEAN, COLLIDING, OPEN, POLICY, repeat } from "../texts.js";

const CHECK = command("");

/** One compose file of that size, under a policy. */
function oneFile(name: string, size: number, text: (size: number) => string, call: Call = CHECK): GrowingInput {
  return {
    name,
    size,
    build(site, count) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write("compose.yaml", text(count));
    },
    call,
  };
}

function onePolicy(name: string, size: number, lines: (size: number) => string, compose = COLLIDING): GrowingInput {
  return {
    name,
    size,
    build(site, count) {
      site.write("forbidden-ranges.yaml", lines(count));
      site.write("compose.yaml", compose);
    },
    call: CHECK,
  };
}

function oneEnv(name: string, size: number, text: (size: number) => string): GrowingInput {
  return {
    name,
    size,
    build(site, count) {
      site.write("forbidden-ranges.yaml", POLICY);
      site.write(".env", text(count));
      site.write("compose.yaml", COLLIDING.replace("192.168.0.0/24", "${A}"));
    },
    call: CHECK,
  };
}

const SERVICES = "services: { web: { image: nginx } }\n";
const block = (index: number): string => `10.${(index >> 8) & 255}.${index & 255}.0/24`;
const names = (count: number): string => repeat(count, (index) => `n${index}, `);
const declared = (count: number, make: (index: number) => string): string =>
  `networks:\n${repeat(count, (index) => `  n${index}: ${make(index)}\n`)}`;
const subnet = (cidr: string): string => `{ ipam: { config: [{ subnet: ${cidr} }] } }`;

const networks: readonly GrowingInput[] = [
  oneFile(
    "networks of one service, all automatic",
    500,
    (count) => `services: { web: { image: x, networks: [${names(count)}] } }\n${declared(count, () => "{}")}`,
  ),
  oneFile(
    "networks of one service, all explicit",
    500,
    (count) =>
      `services: { web: { image: x, networks: [${names(count)}] } }\n${declared(count, (index) => subnet(block(index)))}`,
  ),
  oneFile(
    "networks with one and the same subnet",
    500,
    (count) =>
      `services: { web: { image: x, networks: [${names(count)}] } }\n${declared(count, () => subnet("10.7.0.0/24"))}`,
  ),
  oneFile(
    "subnets, each inside of the one before",
    12,
    (count) =>
      `services: { web: { image: x, networks: [${names(count)}] } }\n${declared(count, (index) => subnet(`10.0.0.0/${8 + (index % 20)}`))}`,
  ),
  oneFile(
    "pools of one network",
    1000,
    (count) =>
      `${SERVICES}networks: { default: { ipam: { config: [${repeat(count, (index) => `{ subnet: ${block(index)} }, `)}] } } }\n`,
  ),
  oneFile("auxiliary addresses of one pool", 5000, (count) => {
    const addresses = repeat(count, (index) => `h${index}: 10.7.${(index >> 8) & 255}.${index & 255}, `);
    return `${SERVICES}networks: { default: { ipam: { config: [{ subnet: 10.7.0.0/16, aux_addresses: { ${addresses} } }] } } }\n`;
  }),
  oneFile("services with one and the same static address", 1000, (count) => {
    const services = repeat(
      count,
      (index) => `  s${index}: { image: x, networks: { default: { ipv4_address: 10.7.0.9 } } }\n`,
    );
    return `services:\n${services}networks: { default: ${subnet("10.7.0.0/16")} }\n`;
  }),
  oneFile(
    "services that depend on each other",
    1000,
    (count) =>
      `services:\n${repeat(count, (index) => `  s${index}: { image: x, depends_on: [s${(index + 1) % count}, s${(index + 7) % count}] }\n`)}`,
  ),
  oneFile(
    "services with network_mode of the next",
    1000,
    (count) =>
      `services:\n${repeat(count, (index) => `  s${index}: { image: x, network_mode: "service:s${index + 1}" }\n`)}  s${count}: { image: x }\n`,
  ),
  oneFile(
    "services times networks",
    40,
    (count) =>
      `services:\n${repeat(count * 4, (index) => `  s${index}: { image: x, networks: [${names(20)}] }\n`)}${declared(20, () => "{}")}`,
  ),
  oneFile(
    "networks, listed",
    500,
    (count) => `services: { web: { image: x, networks: [${names(count)}] } }\n${declared(count, () => "{}")}`,
    command("list"),
  ),
  oneFile(
    "networks, as a diff",
    300,
    (count) => `services: { web: { image: x, networks: [${names(count)}] } }\n${declared(count, () => "{}")}`,
    command("--fix-dry-run"),
  ),
];

const texts: readonly GrowingInput[] = [
  oneFile("keys of one map", 10_000, (count) => `${CLEAN}x-map:\n${repeat(count, (index) => `  k${index}: 1\n`)}`),
  oneFile("keys of one map, all equal", 5000, (count) => `${CLEAN}x-map:\n${repeat(count, () => `  k: 1\n`)}`),
  oneFile(
    "keys of one flow map",
    10_000,
    (count) => `${CLEAN}x-map: {${repeat(count, (index) => `k${index}: 1, `)}}\n`,
  ),
  oneFile(
    "services of one file",
    2000,
    (count) => `services:\n${repeat(count, (index) => `  s${index}: { image: x }\n`)}`,
  ),
  oneFile("YAML documents in one file", 1000, (count) => repeat(count, () => `---\n${OPEN}`)),
  oneFile("empty YAML documents", 10_000, (count) => `${CLEAN}${repeat(count, () => "---\n")}`),
  oneFile(
    "anchors and aliases",
    5000,
    (count) => `${CLEAN}x-a:\n${repeat(count, (index) => `  a${index}: &a${index} 1\n  b${index}: *a${index}\n`)}`,
  ),
  oneFile(
    "merge keys, each of the one before",
    300,
    (count) =>
      `x-a0: &a0 { image: x }\n${repeat(count, (index) => `x-a${index + 1}: &a${index + 1} { <<: *a${index}, k${index}: 1 }\n`)}services: { web: { <<: *a${count} } }\n`,
  ),
  oneFile(
    "a merge key with many maps",
    2000,
    (count) =>
      `${repeat(count, (index) => `x-a${index}: &a${index} { k${index}: 1 }\n`)}services: { web: { image: x, <<: [${repeat(count, (index) => `*a${index}, `)}] } }\n`,
  ),
  oneFile(
    "a merge key with one map many times",
    10_000,
    (count) => `x-a: &a { image: x }\nservices: { web: { <<: [${repeat(count, () => "*a, ")}] } }\n`,
  ),
  oneFile(
    "comments that switch rules off",
    5000,
    (count) => `${COLLIDING}${repeat(count, () => "# eslint-disable-next-line compose-networks/require-subnet\n")}`,
  ),
  oneFile(
    "comments that switch rules off, never closed",
    5000,
    (count) => `${repeat(count, () => "# eslint-disable\n# eslint-enable\n")}${COLLIDING}`,
  ),
  oneFile("one long line of spaces", 200_000, (count) => `${CLEAN}x-a: ${" ".repeat(count)}a\n`),
  oneFile("lines of spaces", 100_000, (count) => `${CLEAN}${repeat(count, () => "        \n")}`),
  oneFile("tabs before a key", 100_000, (count) => `${CLEAN}${"\t".repeat(count)}x: 1\n`),
  oneFile("quotes that never close", 50_000, (count) => `${CLEAN}x-a: ${'"\\"" '.repeat(count)}\n`),
  oneFile("brackets that never close", 500, (count) => `${CLEAN}x-a: ${"[".repeat(count)}\n`),
  oneFile("lines that are faults of YAML", 5000, (count) => `${CLEAN}${repeat(count, () => "]: }\n")}`),
  oneFile("dollars", 100_000, (count) => COLLIDING.replace("192.168.0.0/24", `"${"$".repeat(2 * count)}"`)),
  oneFile("braces of variables that never close", 20_000, (count) =>
    COLLIDING.replace("192.168.0.0/24", `"${"${A:-".repeat(count)}"`),
  ),
  oneFile("a subnet that is a long number", 100_000, (count) =>
    COLLIDING.replace("192.168.0.0/24", `10.${"0".repeat(count)}.0.0/24`),
  ),
  oneFile("a subnet that is all colons", 100_000, (count) =>
    COLLIDING.replace("192.168.0.0/24", `"${":".repeat(count)}/64"`),
  ),
  oneFile("a port range that is long", 30_000, (count) =>
    OPEN.replace("    image: nginx", `    image: nginx\n    ports: ["1-${count}:1-${count}"]`),
  ),
];

const policies: readonly GrowingInput[] = [
  onePolicy(
    "pools of a policy",
    1000,
    (count) => `version: 1\nid: x\npools:\n${repeat(count, (index) => `  - { cidr: ${block(index)}, prefix: 28 }\n`)}`,
    OPEN,
  ),
  onePolicy(
    "pools of a policy, each a forbidden range",
    500,
    (count) =>
      `version: 1\nid: x\nforbidden:\n${repeat(count, (index) => `  - ${block(index)}\n`)}pools:\n${repeat(count, (index) => `  - { cidr: ${block(index)}, prefix: 28 }\n`)}`,
    OPEN,
  ),
  onePolicy(
    "forbidden ranges with one and the same block",
    2000,
    (count) => `version: 1\nid: x\nforbidden:\n${repeat(count, () => "  - 192.168.0.0/24\n")}`,
  ),
  onePolicy(
    "exceptions of one forbidden range",
    3000,
    (count) =>
      `version: 1\nid: x\nforbidden:\n  - { cidr: 0.0.0.0/0, except: [${repeat(count, (index) => `${block(index)}, `)}] }\n`,
  ),
  onePolicy(
    "entries of allow",
    1000,
    (count) =>
      `${POLICY}allow:\n${repeat(count, (index) => `  - { file: "**/c${index}*.yaml", network: default, cidr: ${block(index)}, reason: x }\n`)}`,
  ),
  onePolicy(
    "globs full of stars",
    12,
    (count) =>
      `${POLICY}allow:\n  - { file: "${"**/*a*".repeat(count)}b", network: "${"*a".repeat(count)}b", cidr: 10.0.0.0/8, reason: x }\nignore: ["${"**/".repeat(count)}${"*e".repeat(count)}x"]\n`,
  ),
  onePolicy(
    "braces in globs",
    8,
    (count) => `${POLICY}ignore: ["${"{a,b}".repeat(count * 2)}", "${"{".repeat(count * 50)}"]\n`,
  ),
  onePolicy(
    "unknown keys of a policy",
    1500,
    (count) => `${POLICY}${repeat(count, (index) => `forbiden${index}: 1\n`)}`,
  ),
  onePolicy("an unknown key that is long", 100_000, (count) => `${POLICY}${"x".repeat(count)}: 1\n`),
  onePolicy(
    "reserved ports",
    2000,
    (count) => `${POLICY}reserved-ports: [${repeat(count, (index) => `${1 + (index % 65_000)}, `)}]\n`,
  ),
  {
    name: "lines of a list that a policy extends",
    size: 20_000,
    build(site, count) {
      site.write(
        "list.txt",
        repeat(count, (index) => `${block(index)} # n${index}\n`),
      );
      site.write("forbidden-ranges.yaml", `${POLICY}extends: [./list.txt]\n`);
      site.write("compose.yaml", COLLIDING);
    },
    call: CHECK,
  },
  {
    name: "lines of a list, all of them wrong",
    size: 10_000,
    build(site, count) {
      site.write(
        "list.txt",
        repeat(count, (index) => `10.0.0.${index}.x\n`),
      );
      site.write("forbidden-ranges.yaml", `${POLICY}extends: [./list.txt]\n`);
      site.write("compose.yaml", COLLIDING);
    },
    call: CHECK,
  },
  {
    name: "AllowedIPs of WireGuard",
    size: 10_000,
    build: (site, count) =>
      site.write(
        "wg0.conf",
        `[Interface]\nAddress = 10.0.0.1/24\n[Peer]\nAllowedIPs = ${repeat(count, (index) => `${block(index)}, `)}10.0.0.0/8\n`,
      ),
    call: command("import wg0.conf"),
  },
  {
    name: "peers of WireGuard",
    size: 5000,
    build: (site, count) =>
      site.write(
        "wg0.conf",
        `[Interface]\nAddress = 10.0.0.1/24\n${repeat(count, (index) => `[Peer]\n# n${index}\nAllowedIPs = ${block(index)}\n`)}`,
      ),
    call: command("import wg0.conf"),
  },
  {
    name: "a long line to import",
    size: 300_000,
    build: (site, count) =>
      site.write("routes.txt", `default via ${" ".repeat(count)}10.0.0.1 dev ${"x-".repeat(count)}\n`),
    call: command("import routes.txt"),
  },
];

const environments: readonly GrowingInput[] = [
  {
    name: "values of .env that are no addresses",
    size: 500,
    build(site, count) {
      const values = declared(count, (index) => subnet(`"\${V${index}}"`));
      site.write("forbidden-ranges.yaml", POLICY);
      site.write(
        ".env",
        repeat(40 * count, (index) => `V${index}=none\n`),
      );
      site.write("compose.yaml", `services: { web: { image: x, networks: [${names(count)}] } }\n${values}`);
    },
    call: CHECK,
  },
  oneEnv("lines of .env", 20_000, (count) => repeat(count, (index) => `V${index}=1\n`)),
  oneEnv(
    "values of .env, each twice the one before",
    12,
    (count) => `A0=x\n${repeat(count, (index) => `A${index + 1}=$A${index}$A${index}\n`)}A=$A${count}\n`,
  ),
  oneEnv(
    "values of .env, each with the one before",
    2000,
    (count) => `A0=x\n${repeat(count, (index) => `A${index + 1}=\${A${index}}x\n`)}A=$A${count}\n`,
  ),
  oneEnv(
    "spaces in .env",
    100_000,
    (count) => `A${" ".repeat(count)}x\nB=${" ".repeat(count)}#\nC="${" ".repeat(count)}\n`,
  ),
  oneEnv("backslashes and quotes in .env", 50_000, (count) => `A="${'\\"'.repeat(count)}\nB='${"\\'".repeat(count)}\n`),
  oneEnv("export in .env", 50_000, (count) => `${"export ".repeat(count)}A=1\n`),
  oneEnv("braces in .env", 10_000, (count) => `A=${"${A:-".repeat(count)}\n`),
];

/** Levels of files, each of which brings in the next level by two ways. */
function diamond(levels: number, site: Site): void {
  for (let level = 0; level < levels; level += 1) {
    for (const side of ["a", "b"]) {
      site.write(`${side}${level}.yaml`, `include: [a${level + 1}.yaml, b${level + 1}.yaml]\n`);
    }
  }
  site.write(`a${levels}.yaml`, "x-end: 1\n");
  site.write(`b${levels}.yaml`, "x-end: 1\n");
  site.write("compose.yaml", "include: [a0.yaml, b0.yaml]\nservices: { web: { image: x } }\n");
}

const files: readonly GrowingInput[] = [
  { name: "a diamond of includes", size: 12, build: (site, levels) => diamond(levels, site), call: CHECK },
  {
    name: "a diamond of includes with folders of their own",
    size: 11,
    build(site, levels) {
      diamond(levels, site);
      for (let level = 0; level < levels; level += 1) {
        const next = `{ path: a${level + 1}.yaml, project_directory: ./p${level} }, { path: b${level + 1}.yaml, env_file: e${level} }`;
        site.write(`a${level}.yaml`, `include: [${next}]\n`);
        site.write(`e${level}`, "A=1\n");
      }
    },
    call: CHECK,
  },
  {
    name: "a diamond of extends",
    size: 11,
    build(site, levels) {
      const two = (level: number): string =>
        `  a: { extends: { file: f${level}.yaml, service: a } }\n  b: { extends: { file: f${level}.yaml, service: b } }\n`;
      for (let level = 0; level < levels; level += 1) site.write(`f${level}.yaml`, `services:\n${two(level + 1)}`);
      site.write(`f${levels}.yaml`, "services: { a: { image: x }, b: { image: x } }\n");
      site.write("compose.yaml", `services:\n${two(0)}`);
    },
    call: CHECK,
  },
  {
    name: "a diamond of a policy's extends",
    size: 11,
    build(site, levels) {
      for (let level = 0; level < levels; level += 1) {
        for (const side of ["a", "b"])
          site.write(`${side}${level}.yaml`, `version: 1\nextends: [./a${level + 1}.yaml, ./b${level + 1}.yaml]\n`);
      }
      for (const side of ["a", "b"]) site.write(`${side}${levels}.yaml`, "version: 1\nforbidden: [10.9.0.0/16]\n");
      site.write("forbidden-ranges.yaml", `${POLICY}extends: [./a0.yaml, ./b0.yaml]\n`);
      site.write("compose.yaml", COLLIDING);
    },
    call: CHECK,
  },
  oneFile(
    "extends of one file, each of the next",
    500,
    (count) =>
      `services:\n${repeat(count, (index) => `  s${index}: { extends: s${index + 1} }\n`)}  s${count}: { image: x }\n`,
  ),
  oneFile(
    "extends of one file, all of the same",
    1000,
    (count) =>
      `services:\n  base: { image: x, networks: [${names(20)}] }\n${repeat(count, (index) => `  s${index}: { extends: base }\n`)}${declared(20, () => "{}")}`,
  ),
  oneFile(
    "one file, included many times",
    400,
    (count) => `include: [${repeat(count, () => "./part.yaml, ")}]\nservices: { web: { image: x } }\n`,
  ),
  {
    name: "compose files of one directory",
    size: 100,
    build(site, count) {
      site.write("forbidden-ranges.yaml", POLICY);
      for (let index = 0; index < count; index += 1) site.write(`compose.n${index}.yaml`, OPEN);
    },
    call: CHECK,
  },
  {
    name: "projects that join one network by its name",
    size: 150,
    build(site, count) {
      site.write("forbidden-ranges.yaml", POLICY);
      for (let index = 0; index < count; index += 1) {
        site.write(
          `p${index}/compose.yaml`,
          `${OPEN}networks: { default: { name: shared, ipam: { config: [{ subnet: ${block(index)} }] } } }\n`,
        );
      }
    },
    call: CHECK,
  },
  {
    name: "folders in folders",
    size: 150,
    build: (site, count) => site.write(`${"d/".repeat(count)}compose.yaml`, OPEN),
    call: CHECK,
  },
];

/** One project of many files, with enough of them to take longer than a start. */
const projectsOfManyFiles = manyFiles.map(({ name, size, files: textsOf }): GrowingInput => {
  return {
    name,
    size: 2 * size,
    build(site, count) {
      for (const [path, text] of Object.entries({ "forbidden-ranges.yaml": POOLS, ...textsOf(count) })) {
        site.write(path, text);
      }
    },
    call: CHECK,
  };
});

export const growingInputs: readonly GrowingInput[] = [
  ...networks,
  ...texts,
  ...policies,
  ...environments,
  ...files,
  ...projectsOfManyFiles,
  ...patternInputs,
  ...growingProducts,
];
