import { seededRandom } from "../../../../bench/random.js";
import { diceOf, type Dice } from "../../compose/dice.js";
import { freshRanges } from "../fresh-ranges.js";
import type { StartedCase } from "./started-case.js";

/** One network with services that ask for addresses and services that take what they get. The same seed gives the same. */
export function generatedStarted(count: number, seed: number, firstIndex = 0): StartedCase[] {
  const dice = diceOf(seededRandom(seed));
  return Array.from({ length: count }, (_, index) => {
    const text = project(dice, firstIndex + index);
    return {
      name: `generated ${index} of seed ${seed}: ${text.replaceAll("\n", " ")}`,
      files: { "compose.yaml": text },
      projects: undefined,
      args: [],
      up: text.includes("service_completed_successfully"),
      before: [],
      docker0: false,
      verdict: "ok",
      error: "",
    };
  });
}

/** How many addresses of the subnet, from its first, are asked for: the interesting ones are the lowest. */
const NEAR = 7;

function project(dice: Dice, index: number): string {
  const { v4 } = freshRanges(index);
  const length = dice.one([24, 24, 26, 28, 29, 29, 30]);
  const size = 2 ** (32 - length);
  const near = (): string => v4 + String(dice.chance(85) ? dice.below(Math.min(NEAR, size)) : dice.below(size));
  const range = dice.chance(30) ? rangeIn(dice, v4, length) : undefined;
  const pool = [
    `subnet: ${v4}0/${length}`,
    range && `ip_range: ${range}`,
    dice.chance(30) ? `gateway: ${near()}` : undefined,
    dice.chance(15) ? `aux_addresses: { host: ${near()} }` : undefined,
  ].filter((field) => field !== undefined);
  const services = Array.from({ length: 1 + dice.below(5) }, (_, number) => service(dice, number, near, range));
  const driver = dice.one([
    "",
    "",
    "",
    "    driver: macvlan\n    driver_opts: { parent: eth0 }\n",
    "    internal: true\n",
    "    internal: true\n    driver_opts: { com.docker.network.bridge.gateway_mode_ipv4: isolated }\n",
  ]);
  const network = `networks:\n  lan:\n${driver}    ipam:\n      config: [{ ${pool.join(", ")} }]\n`;
  return `services:\n${services.join("")}${network}`;
}

function rangeIn(dice: Dice, v4: string, length: number): string {
  const longer = Math.min(32, length + 1 + dice.below(3));
  const blocks = 2 ** (longer - length);
  return `${v4}${dice.below(blocks) * 2 ** (32 - longer)}/${longer}`;
}

function service(dice: Dice, number: number, near: () => string, range: string | undefined): string {
  const address = dice.chance(50)
    ? range !== undefined && dice.chance(30)
      ? range.replace(/\/.*/, "")
      : near()
    : undefined;
  const others = Array.from({ length: number }, (_, other) => other).filter(() => dice.chance(30));
  const copies = address === undefined ? dice.one([1, 1, 1, 2, 0]) : dice.one([1, 1, 1, 1, 1, 0]);
  return [
    `  s${number}:\n    image: "nothing:inside"\n`,
    copies === 1 ? "" : `    scale: ${copies}\n`,
    others.length === 0 ? "" : `    depends_on: [${others.map((other) => `s${other}`).join(", ")}]\n`,
    address === undefined ? "    networks: [lan]\n" : `    networks: { lan: { ipv4_address: ${address} } }\n`,
  ].join("");
}
