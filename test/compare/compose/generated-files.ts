import { brackets, type Dice } from "./dice.js";
import { anchors, network, NETWORK_KEYS } from "./generated-networks.js";
import { service, serviceAnchor } from "./generated-services.js";

/** The texts of a project's files, by their paths in the project directory. */
export type Files = ReadonlyMap<string, string>;

/** A project of a base file and, by chance, of all that Compose can put together with one. */
export function generateFiles(dice: Dice): Files {
  const files = new Map<string, string>();
  const includes = dice.chance(35);
  const extendsFile = dice.chance(40);
  const library = extendsFile ? ["lib/base.yaml"] : [];
  const base = composeFile(dice, library, {
    include: includes ? inclusions(dice, files) : undefined,
    documents: dice.chance(12) ? 2 : 1,
  });
  files.set(dice.one(["compose.yaml", "compose.yml", "docker-compose.yml"]), declared(dice, base));
  if (dice.chance(65))
    files.set(
      dice.one(["compose.override.yml", "docker-compose.override.yaml"]),
      composeFile(dice, library, {
        include: dice.chance(10) ? inclusions(dice, files) : undefined,
        documents: dice.chance(12) ? 2 : 1,
      }),
    );
  if (extendsFile) {
    const deeper = dice.chance(30);
    files.set("lib/base.yaml", composeFile(dice, deeper ? ["deep/base.yaml"] : []));
    if (deeper) files.set("lib/deep/base.yaml", composeFile(dice, dice.chance(15) ? ["../base.yaml"] : []));
  }
  if (dice.chance(40)) files.set(".env", environment(dice, files));
  return files;
}

interface Shape {
  readonly include?: string | undefined;
  readonly documents?: number;
  readonly services?: readonly string[];
  readonly networks?: readonly [string, ...string[]];
}

function composeFile(dice: Dice, files: readonly string[], shape: Shape = {}): string {
  const { include, documents = 1, services = ["s1", "s2", "s3"], networks = NETWORK_KEYS } = shape;
  const texts = Array.from({ length: documents }, (_, index) => {
    const anchored = dice.chance(35);
    const some = networks.filter(() => dice.chance(60));
    return [
      ...(anchored ? [...anchors(dice), serviceAnchor(dice, networks)] : []),
      ...(dice.chance(8) ? [`name: ${dice.one(["named", "My Project", '"${COMPOSE_PROJECT_NAME:-fallback}"'])}`] : []),
      ...(include !== undefined && index === 0 ? [include] : []),
      "services:",
      ...services.slice(0, index === 0 ? 3 : 1).map((name, at) => {
        // Mostly services extend those further down, so that few of them go round in circles.
        const names = dice.chance(96) ? services.slice(at + 1) : services;
        return `  ${name}:${service(dice, { names, files, anchored }, networks)}`;
      }),
      ...(dice.chance(90)
        ? ["networks:", "  z: null", ...some.map((key) => `  ${key}:${network(dice, anchored)}`)]
        : []),
    ].join("\n");
  });
  return `${texts.join("\n---\n")}\n`;
}

/** Mostly every network is declared somewhere: else Compose refuses the project and says no more about it. */
function declared(dice: Dice, text: string, networks: readonly string[] = NETWORK_KEYS): string {
  if (dice.chance(6)) return text;
  const missing = networks.filter((key) => !text.includes(`\n  ${key}:`)).map((key) => `  ${key}:\n`);
  return text.includes("\nnetworks:\n")
    ? text.replace("\nnetworks:\n", `\nnetworks:\n${missing.join("")}`)
    : `${text}networks:\n${missing.join("")}`;
}

/** Services and networks of included files: mostly others than those of the including file and of each other. */
const PART: Required<Pick<Shape, "services" | "networks">> = { services: ["i1", "i2"], networks: ["d", "e"] };
const EXTRA: typeof PART = { services: ["k1", "k2"], networks: ["f", "g"] };
const CLASHING: typeof PART = { services: ["s1", "i2"], networks: ["a", "d"] };

/** Writes the included files too, and gives the key that includes them. */
function inclusions(dice: Dice, files: Map<string, string>): string {
  const part = (shape: typeof PART, include?: string): string => {
    const { services, networks } = dice.chance(12) ? CLASHING : shape;
    return declared(dice, composeFile(dice, [], { services, networks, include }), networks);
  };
  const nested = dice.chance(25);
  if (nested) {
    const shape: Shape = { services: ["j1"], networks: ["j"] };
    const loop = dice.chance(10) ? "include: [ ../compose.yaml ]" : undefined;
    files.set("part/deep/compose.yaml", composeFile(dice, [], { ...shape, include: loop }));
  }
  files.set("part/compose.yaml", part(PART, nested ? "include: [ deep/compose.yaml ]" : undefined));
  if (dice.chance(30)) files.set("part/.env", "NET=10.8.0.0/24\nN=8\n");
  files.set("part/extra.yaml", part(dice.chance(50) ? PART : EXTRA));
  files.set("part/settings.env", "N=9\nEXTERNAL=true\n");
  return `include: ${brackets([...new Set(dice.several(1, 2, () => inclusion(dice)))])}`;
}

function inclusion(dice: Dice): string {
  return dice.one([
    "part/compose.yaml",
    "{ path: part/compose.yaml }",
    "{ path: [ part/compose.yaml, part/extra.yaml ] }",
    "{ path: part/extra.yaml, project_directory: . }",
    "{ path: part/compose.yaml, env_file: part/settings.env }",
    "{ path: part/extra.yaml, env_file: [ part/settings.env ], project_directory: lib }",
    "{ path: part/compose.yaml, env_file: [] }",
    '"${PART:-part}/compose.yaml"',
    "{ path: [ part/extra.yaml ], env_file: [ part/settings.env, .env ], project_directory: part }",
  ]);
}

function environment(dice: Dice, files: Map<string, string>): string {
  const lines = dice.several(1, 3, () =>
    dice.one(["NET=10.7.0.0/24", "N=7", "EXTERNAL=true", "EMPTY=", 'FLAG="no"', "DRIVER=macvlan"]),
  );
  if (dice.chance(15)) lines.push(`COMPOSE_PROJECT_NAME=${dice.one(["chosen", "other-one"])}`);
  if (dice.chance(25)) {
    const separator = dice.one([":", ":", ";"]);
    if (separator !== ":") lines.push(`COMPOSE_PATH_SEPARATOR=${separator}`);
    const paths = [...files.keys()].filter((path) => !path.includes("/") || path === "lib/base.yaml");
    lines.push(`COMPOSE_FILE=${paths.reverse().join(separator)}`);
  }
  return `${lines.join("\n")}\n`;
}
