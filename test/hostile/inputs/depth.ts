import { command, eslint, type Input } from "../input.js";
import type { Site } from "../site.js";
import { COLLIDING, POLICY, repeat } from "../texts.js";
import { goodNeighbour, neighbourIsFound, STILL_FOUND } from "./workspace.js";

/** A checkout whose shop is too deep; its neighbour is judged all the same. */
function deep(name: string, build: (site: Site) => void): Input {
  return {
    name,
    build(site) {
      goodNeighbour(site);
      build(site);
    },
    calls: [...neighbourIsFound(), command("--format json"), eslint({ says: [COLLISION_IN_ESLINT] })],
  };
}

const COLLISION_IN_ESLINT = "no-forbidden-subnet";

function compose(name: string, text: string): Input {
  return deep(name, (site) => site.write("shop/compose.yaml", text));
}

function policy(name: string, build: (site: Site) => void): Input {
  return {
    name,
    build(site) {
      site.write("shop/compose.yaml", COLLIDING);
      goodNeighbour(site);
      build(site);
    },
    calls: neighbourIsFound({ exit: [1, 2] }),
  };
}

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const indented = (depth: number): string => repeat(depth, (index) => `${" ".repeat(index)}a:\n`);

const laughs = (count: number, key: string): string =>
  `${key}a0: &a0 [x, x, x, x, x, x, x, x, x]\n${repeat(count, (index) => `${key}a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(9)}]\n`)}`;

export const depthInputs: readonly Input[] = [
  deep("a chain of 1,000 includes", (site) => {
    for (let index = 0; index < 1000; index += 1) site.write(`shop/i${index}.yaml`, `include: [i${index + 1}.yaml]\n`);
    site.write("shop/i1000.yaml", COLLIDING);
    site.write("shop/compose.yaml", "include: [i0.yaml]\n");
  }),
  compose(
    "a chain of 4,000 extends in one file",
    `services:\n${repeat(4000, (index) => `  s${index}: { extends: s${index + 1} }\n`)}  s4000: { image: x }\n`,
  ),
  deep("a chain of 1,500 extends through files", (site) => {
    for (let index = 0; index < 1500; index += 1) {
      site.write(`shop/e${index}.yaml`, `services: { web: { extends: { file: e${index + 1}.yaml, service: web } } }\n`);
    }
    site.write("shop/e1500.yaml", "services: { web: { image: x } }\n");
    site.write("shop/compose.yaml", "services: { web: { extends: { file: e0.yaml, service: web } } }\n");
  }),
  deep("a chain of 2,000 COMPOSE_FILEs", (site) => {
    site.write("shop/.env", `COMPOSE_FILE=${repeat(2000, (index) => `f${index}.yaml:`)}compose.yaml\n`);
    site.write("shop/compose.yaml", COLLIDING);
    for (let index = 0; index < 2000; index += 1) site.write(`shop/f${index}.yaml`, COLLIDING);
  }),
  compose("lists nested 10,000 deep", `x-a: ${nested("[", "]", 10_000)}\n`),
  compose("maps nested 10,000 deep", `x-a: ${nested("{a: ", "}", 10_000)}\n`),
  compose("brackets of 100,000, never closed", `x-a: ${"[".repeat(100_000)}\n`),
  compose("blocks nested 1,500 deep", indented(1500)),
  compose("blocks of dashes nested 10,000 deep", `x-a:\n  ${"- ".repeat(10_000)}x\n`),
  compose("explicit keys nested 10,000 deep", `x-a:\n  ${"? ".repeat(10_000)}x\n`),
  compose("networks nested where a subnet is expected", COLLIDING.replace("192.168.0.0/24", nested("[", "]", 5000))),
  compose("nested lists as a key", `? ${nested("[", "]", 5000)}\n: 1\n`),
  compose("an alias bomb", `${laughs(20, "x-")}services: { web: { image: *a20, networks: *a20 } }\n`),
  compose(
    "an alias bomb of networks",
    `${laughs(20, "x-")}networks: { default: { ipam: { config: *a20 } } }\nservices: { web: { image: x } }\n`,
  ),
  compose(
    "an alias bomb of maps",
    `x-a0: &a0 { k: v }\n${repeat(25, (index) => `x-a${index + 1}: &a${index + 1} { a: *a${index}, b: *a${index} }\n`)}services: { web: *a25 }\nnetworks: *a25\n`,
  ),
  compose(
    "an alias bomb of merge keys",
    `x-a0: &a0 { k: v }\n${repeat(25, (index) => `x-a${index + 1}: &a${index + 1} { <<: [*a${index}, *a${index}] }\n`)}services: { web: { <<: *a25 } }\n`,
  ),
  compose("a list that holds itself", `x-a: &a [*a]\nservices: { web: { image: x, networks: *a } }\n`),
  compose(
    "a map that is merged into itself",
    `services: { web: &a { image: x, <<: *a } }\nnetworks: &n { default: &d { <<: *d, ipam: *n } }\n`,
  ),
  compose("a file that includes itself", `include: [compose.yaml, ./compose.yaml, ../shop/compose.yaml]\n${COLLIDING}`),
  compose(
    "services that extend themselves and each other",
    "services: { a: { extends: a }, b: { extends: c }, c: { extends: b }, d: { extends: { file: compose.yaml, service: d } } }\n",
  ),
  deep("files that include each other by links", (site) => {
    site.write("shop/compose.yaml", "include: [b.yaml]\nservices: { web: { image: x } }\n");
    site.link("compose.yaml", "shop/b.yaml");
  }),
  compose(
    "defaults of variables nested 5,000 deep",
    COLLIDING.replace("192.168.0.0/24", `"${"${A:-".repeat(5000)}x${"}".repeat(5000)}"`),
  ),
  deep("variables of .env that explode", (site) => {
    site.write("shop/.env", `A0=xxxxxxxxxx\n${repeat(40, (index) => `A${index + 1}=$A${index}$A${index}\n`)}`);
    site.write("shop/compose.yaml", COLLIDING.replace("192.168.0.0/24", "$A40"));
  }),
  deep("variables of .env that explode by their defaults", (site) => {
    site.write(
      "shop/.env",
      `A0=x\n${repeat(40, (index) => `A${index + 1}="\${A${index}:-x}\${A${index}:+\${A${index}}}"\n`)}`,
    );
    site.write("shop/compose.yaml", COLLIDING.replace("192.168.0.0/24", "$A40"));
  }),
  deep("a large value of .env in a large file, many times", (site) => {
    site.write("shop/.env", `A=${"x".repeat(1_000_000)}\n`);
    site.write(
      "shop/compose.yaml",
      `services:\n${repeat(2000, (index) => `  s${index}: { image: "$A$A$A$A", networks: ["$A$A"] }\n`)}`,
    );
  }),
  policy("a policy nested 10,000 deep", (site) =>
    site.write("shop/forbidden-ranges.yaml", `version: 1\nforbidden: ${nested("[", "]", 10_000)}\n`),
  ),
  policy("a policy with an unknown key nested 10,000 deep", (site) =>
    site.write("shop/forbidden-ranges.yaml", `version: 1\nx: ${nested("{a: ", "}", 10_000)}\n`),
  ),
  policy("an alias bomb in a policy", (site) =>
    site.write(
      "shop/forbidden-ranges.yaml",
      `version: 1\n${laughs(20, "x-")}forbidden: *a20\npools: *a20\nallow: *a20\n`,
    ),
  ),
  policy("a policy that extends itself, and others in a circle", (site) => {
    site.write("shop/forbidden-ranges.yaml", "version: 1\nextends: [./forbidden-ranges.yaml, ./b.yaml]\n");
    site.write("shop/b.yaml", "version: 1\nextends: [./forbidden-ranges.yaml]\n");
  }),
  policy("a chain of 1,500 policies", (site) => {
    for (let index = 0; index < 1500; index += 1)
      site.write(`shop/p${index}.yaml`, `version: 1\nextends: [./p${index + 1}.yaml]\n`);
    site.write("shop/p1500.yaml", "version: 1\nforbidden: [10.0.0.0/8]\n");
    site.write("shop/forbidden-ranges.yaml", "version: 1\nextends: [./p0.yaml]\n");
  }),
  policy("a policy in JSON nested 100,000 deep", (site) =>
    site.write("shop/forbidden-ranges.json", `{"version":1,"forbidden":${nested("[", "]", 100_000)}}`),
  ),
  {
    name: "the top's own policy is nested 10,000 deep: every compose file is still read",
    build(site) {
      site.write("forbidden-ranges.yaml", `${POLICY}x: ${nested("[", "]", 10_000)}\n`);
      site.write("good/compose.yaml", COLLIDING.replace("192.168.0.0/24", "10.0.0.0.0/24"));
    },
    calls: [
      command("", { exit: [2], says: ["good/compose.yaml:7", "forbidden-ranges.yaml:7"] }),
      command("list"),
      eslint(),
    ],
  },
  {
    name: "a daemon.json nested 100,000 deep",
    build(site) {
      goodNeighbour(site);
      site.write("daemon.json", `{"default-address-pools":${nested("[", "]", 100_000)}}`);
    },
    calls: [command("daemon.json"), command("", { says: STILL_FOUND })],
  },
  {
    name: "what init reads is nested 100,000 deep",
    build(site) {
      goodNeighbour(site);
      for (const file of ["package.json", ".vscode/settings.json", ".pre-commit-config.yaml"])
        site.write(file, `{"a":${nested("[", "]", 100_000)}}`);
    },
    calls: ["vscode", "pre-commit", "lint-staged"].map((what) => command(`init --yes --with ${what}`)),
  },
];
