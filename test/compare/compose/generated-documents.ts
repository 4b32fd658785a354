import type { Dice } from "./dice.js";
import { network, networkAnchors } from "./generated-networks.js";
import { MAIN, type Keys, type Plan, type Shape } from "./generated-plan.js";
import { service, serviceAnchors } from "./generated-services.js";

export interface FileShape extends Partial<Shape> {
  /** The key `include`, when there is one. */
  readonly include?: string | undefined;
}

/** The text of a compose file of one document, sometimes of several. */
export function composeFile(dice: Dice, plan: Plan, file: FileShape): string {
  const { include, services = MAIN.services, networks = MAIN.networks, extendable = [], over = false } = file;
  const first = document(dice, plan, { services, networks, extendable, over }, include);
  const others = dice.several(0, dice.one([0, 0, 0, 0, 0, 0, 1, 2]), () =>
    document(dice, plan, { services, networks, extendable, over: true }, undefined),
  );
  return `${[first, ...others].join("\n---\n")}\n`;
}

function document(dice: Dice, plan: Plan, shape: Shape, include: string | undefined): string {
  const anchored = dice.chance(40);
  const name = dice.one(["named", "My Project", '"${COMPOSE_PROJECT_NAME:-fallback}"', '"${NAMED:-it}"']);
  return [
    ...(anchored ? [...networkAnchors(dice, plan), ...serviceAnchors(dice, plan, shape)] : []),
    ...(dice.chance(3) ? ['version: "3.8"'] : []),
    ...(dice.chance(8) ? [`name: ${name}`] : []),
    ...(include === undefined ? [] : [include]),
    ...servicesSection(dice, plan, shape, anchored),
    ...networksSection(dice, plan, shape, anchored),
  ].join("\n");
}

/** One that lies over others has not all of the services: no service extends one that its own document lacks. */
function servicesSection(dice: Dice, plan: Plan, shape: Shape, anchored: boolean): string[] {
  const [first, ...others] = shape.services;
  const services: Keys = shape.over ? [first, ...others.filter(() => dice.chance(50))] : shape.services;
  const line = (key: string): string => `  ${key}:${service(dice, { ...shape, services, plan, key, anchored })}`;
  return ["services:", ...services.map(line)];
}

function networksSection(dice: Dice, plan: Plan, { networks, over }: Shape, anchored: boolean): string[] {
  if (dice.fault(5)) return [dice.one(["networks:", "networks: []", "networks: { 1: {} }"])];
  const lines = networks
    .filter(() => dice.chance(60))
    .map((key) => `  ${key}:${network(dice, { plan, key, anchored, over })}`);
  // Included files must have no networks of the same name.
  const isMain = networks.includes("default");
  if (isMain && anchored && dice.chance(10)) lines.unshift("  <<: { y: *net, default: { internal: true } }");
  if (isMain && dice.chance(25)) lines.unshift("  z: null");
  return lines.length > 0 ? ["networks:", ...lines] : [];
}

/** Mostly every network is declared somewhere: else Compose refuses the project and says no more about it. */
export function declared(dice: Dice, text: string, networks: readonly string[] = MAIN.networks): string {
  if (dice.fault(20)) return text;
  const missing = networks.filter((key) => !text.includes(`\n  ${key}:`)).map((key) => `  ${key}:\n`);
  const heading = "\nnetworks:\n";
  if (missing.length === 0) return text;
  return text.includes(heading)
    ? text.replace(heading, () => heading + missing.join(""))
    : `${text}${heading.trimStart()}${missing.join("")}`;
}
