/** Texts by their paths. */
type Files = Readonly<Record<string, string>>;

/** A checkout of some size, of which one project has many files. */
export interface Shape {
  readonly name: string;
  /** The smaller number; the larger one is twice that. */
  readonly size: number;
  readonly files: (size: number) => Files;
}

export const POOLS =
  "version: 1\nid: growth\nforbidden: [192.168.0.0/24]\npools: [{ cidr: 10.128.0.0/10, prefix: 24 }]\n";

function each<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function named(count: number, make: (index: number) => readonly [string, string]): Files {
  return Object.fromEntries(each(count, make));
}

const pinned = (index: number): string => `{ ipam: { config: [{ subnet: 10.${index >> 8}.${index & 255}.0/24 }] } }`;

/** A service with a network of its own. */
const part = (index: number, network: string): string =>
  `services: { s${index}: { image: x, networks: [n${index}] } }\nnetworks: { n${index}: ${network} }\n`;

const paths = (count: number, pathOf: (index: number) => string): string => each(count, pathOf).join(", ");

export const manyFiles: readonly Shape[] = [
  {
    name: "a file that includes many",
    size: 60,
    files: (count) => ({
      "compose.yaml": `include: [${paths(count, (index) => `./f${index}.yaml`)}]\nservices: { web: { image: x } }\n`,
      ...named(count, (index) => [`f${index}.yaml`, part(index, pinned(index))]),
    }),
  },
  {
    name: "a file that includes many whose subnets Docker would choose",
    size: 60,
    files: (count) => ({
      "compose.yaml": `include: [${paths(count, (index) => `./f${index}.yaml`)}]\nservices: { web: { image: x } }\n`,
      ...named(count, (index) => [`f${index}.yaml`, part(index, "{}")]),
    }),
  },
  {
    name: "files that each include the next",
    size: 60,
    files: (count) => ({
      "compose.yaml": "include: [./f0.yaml]\nservices: { web: { image: x } }\n",
      ...named(count, (index) => [
        `f${index}.yaml`,
        `${index < count - 1 ? `include: [./f${index + 1}.yaml]\n` : ""}${part(index, pinned(index))}`,
      ]),
    }),
  },
  {
    name: "layers of three files that each include all of the next layer",
    size: 20,
    files: (layers) => ({
      "compose.yaml": `include: [${paths(3, (side) => `./f0-${side}.yaml`)}]\nservices: { web: { image: x } }\n`,
      ...named(3 * layers, (index) => {
        const [layer, side] = [Math.floor(index / 3), index % 3];
        const next = layer < layers - 1 ? `include: [${paths(3, (other) => `./f${layer + 1}-${other}.yaml`)}]\n` : "";
        return [`f${layer}-${side}.yaml`, `${next}${part(index, pinned(index))}`];
      }),
    }),
  },
  {
    name: "services that each extend one of the next file",
    size: 60,
    files: (count) => ({
      "compose.yaml": "services: { web: { extends: { file: f0.yaml, service: s } } }\n",
      ...named(count, (index) => [
        `f${index}.yaml`,
        `services: { s: { ${index < count - 1 ? `extends: { file: f${index + 1}.yaml, service: s }` : "image: x"} } }\n`,
      ]),
    }),
  },
  {
    name: "files that COMPOSE_FILE names",
    size: 60,
    files: (count) => ({
      ".env": `COMPOSE_FILE=${each(count, (index) => `f${index}.yaml`).join(":")}\n`,
      ...named(count, (index) => [`f${index}.yaml`, part(index, index % 2 === 0 ? "{}" : pinned(index))]),
    }),
  },
  {
    name: "files of one project by the policy",
    size: 60,
    files: (count) => ({
      "forbidden-ranges.yaml": `${POOLS}projects: [[${paths(count, (index) => `f${index}.yaml`)}]]\n`,
      ...named(count, (index) => [`f${index}.yaml`, part(index, index % 2 === 0 ? "{}" : pinned(index))]),
    }),
  },
  {
    name: "networks of one file",
    size: 100,
    files: (count) => ({
      "compose.yaml": `services: { web: { image: x, networks: [${paths(count, (index) => `n${index}`)}] } }\nnetworks:\n${each(count, (index) => `  n${index}: ${index % 2 === 0 ? "{}" : pinned(index)}\n`).join("")}`,
    }),
  },
];
