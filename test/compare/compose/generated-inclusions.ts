import { brackets, type Dice } from "./dice.js";
import { composeFile, declared } from "./generated-documents.js";
import type { Plan, Shape } from "./generated-plan.js";

type Part = Pick<Shape, "services" | "networks">;

/** Services and networks of included files: others than those of the including file, else Compose 2 refuses them. */
const PART: Part = { services: ["i1", "i2"], networks: ["d", "e"] };
const EXTRA: Part = { services: ["k1", "k2"], networks: ["f", "g"] };
const DEEP: Part = { services: ["j1"], networks: ["j"] };
/** What services of the others extend: their networks come along, and are declared by whoever includes all of them. */
const BASE: Part = { services: ["i1", "i2", "k1", "k2", "j1"], networks: ["default"] };
const CLASHING: Part = { services: ["s1", "i2"], networks: ["a", "d"] };

/** How paths in an included file lead to its own directory `part`, by the project directory that the include gives it. */
const FROM = { none: "", ".": "part/", lib: "../part/", part: "" } as const;

/** Writes the included files too, and gives the key that includes them. */
export function inclusions(dice: Dice, plan: Plan, files: Map<string, string>): string {
  const directory = dice.one<keyof typeof FROM>(["none", "none", "none", ".", "lib", "part"]);
  const of = (part: Part): Part => (dice.fault(20) ? CLASHING : part);
  const write = (path: string, part: Part, more: { include?: string; over?: boolean } = {}): void => {
    const extendable = dice.chance(25) ? [`${FROM[directory]}base.yaml`] : [];
    const text = composeFile(dice, plan, { ...part, extendable, ...more });
    files.set(path, more.over === true ? text : declared(dice, text, part.networks));
  };
  const nested = dice.chance(25);
  if (nested) {
    const loop = dice.fault(30) ? { include: `include: [ ../compose.yaml ]` } : {};
    write("part/deep/compose.yaml", DEEP, loop);
  }
  const deeper = nested ? { include: `include: [ ${FROM[directory]}deep/compose.yaml ]` } : {};
  write("part/compose.yaml", of(PART), deeper);
  write("part/more.yaml", of(PART), { over: true });
  write("part/extra.yaml", of(EXTRA));
  files.set("part/base.yaml", composeFile(dice, plan, BASE));
  if (dice.chance(30)) files.set("part/.env", "NET=10.8.0.0/24\nN=8\nSUB=10.$N.0.0/24\n");
  files.set("part/settings.env", "N=9\nEXTERNAL=true\n");
  files.set("part/more.env", "NET=10.${N:-6}.0.0/24\n");
  const own = inclusion(dice, ["part/compose.yaml", "part/more.yaml"], directory);
  const other = inclusion(dice, ["part/extra.yaml"], directory);
  return `include: ${brackets(dice.one([[own], [own], [other], [own, other], [other, own], [own, own]]))}`;
}

function inclusion(dice: Dice, [file, more]: readonly [string, string?], directory: keyof typeof FROM): string {
  const path = dice.one([file, `./${file}`, `"${file.replace("part/", "${PART:-part}/")}"`]);
  const environment = dice.chance(35)
    ? dice.one([
        "part/settings.env",
        "part/more.env",
        "[ part/settings.env ]",
        "[ part/settings.env, part/more.env ]",
        "[]",
      ])
    : undefined;
  if (directory === "none" && environment === undefined && dice.chance(40)) return path;
  const paths = more === undefined || dice.chance(60) ? dice.one([path, `[ ${path} ]`]) : `[ ${path}, ${more} ]`;
  const others = [
    ...(environment === undefined ? [] : [`env_file: ${environment}`]),
    ...(directory === "none" ? [] : [`project_directory: ${directory}`]),
  ];
  return `{ ${[`path: ${paths}`, ...others].join(", ")} }`;
}
