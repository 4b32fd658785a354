import { diceFrom, type Dice } from "../host/dice.js";
import { must, run } from "../engine/command.js";
import { startEngine, type Engine } from "../engine/engine.js";
import { createNamespace, type Namespace } from "../engine/namespace.js";
import type { PackagedEngine } from "../engine/packaged.js";
import type { Narrator } from "./narrator.js";
import { COMMAND_LINE } from "./stage.js";

const STATES = 50;

/** What `doctor` says that Docker picks next, in random states of a host, and what Docker then picks. */
export async function compareNextPicks(packaged: PackagedEngine, narrator: Narrator, seed: number): Promise<void> {
  narrator.chapter(`What Docker Engine ${packaged.release} picks next, in ${STATES} states of a host (seed ${seed})`);
  const dice = diceFrom(seed);
  const host = await createNamespace("picks");
  try {
    await addLinks(host);
    const engine = await startEngine(packaged, { namespace: host.name, defaultBridge: true });
    try {
      let right = 0;
      for (let state = 0; state < STATES; state += 1) {
        const [told, picked] = await oneState(dice, host, engine, state);
        if (told.includes(picked)) right += 1;
        else narrator.step(`state ${state}`, told.join(" or "), picked);
      }
      narrator.step("what doctor said is what Docker picked", `${STATES} of ${STATES}`, `${right} of ${STATES}`);
    } finally {
      await engine.stop();
    }
  } finally {
    await host.remove();
  }
}

const LINKS = ["eth0", "wg0"] as const;

/** Their far ends are in the same namespace: no packet leaves it. */
async function addLinks({ name }: Namespace): Promise<void> {
  for (const [index, link] of LINKS.entries()) {
    await must("ip", ["-n", name, "link", "add", link, "type", "veth", "peer", "name", `${link}-far`]);
    for (const end of [link, `${link}-far`]) await must("ip", ["-n", name, "link", "set", end, "up"]);
    await must("ip", ["-n", name, "addr", "add", `10.99.${index}.2/24`, "dev", link]);
  }
}

async function oneState(
  dice: Dice,
  host: Namespace,
  engine: Engine,
  state: number,
): Promise<[told: string[], picked: string]> {
  const routes = Array.from({ length: dice.below(4) }, () => routeWords(dice));
  // Some are there twice.
  for (const route of routes) await run("ip", ["-n", host.name, "route", "add", ...route]);
  const networks = Array.from({ length: dice.below(9) }, (_, index) => `n${state}-${index}`);
  for (const name of networks) await engine.docker(["network", "create", ...networkWords(dice), name]);
  const { stdout } = await run(
    "ip",
    ["netns", "exec", host.name, process.execPath, COMMAND_LINE, "doctor", "--format", "json"],
    // The engine itself has no name server.
    { cwd: "/", env: { PATH: `${dockerFolder(engine)}:${process.env["PATH"] ?? ""}`, DOCKER_HOST: engine.dockerHost } },
  );
  const { next } = JSON.parse(stdout) as { readonly next: { readonly picks: string[] } | null };
  const probe = `probe${state}`;
  const made = await engine.docker(["network", "create", probe]);
  const format = "{{range .IPAM.Config}}{{.Subnet}}{{end}}";
  const picked = made.ok
    ? (await engine.docker(["network", "inspect", probe, "--format", format])).stdout.trim()
    : "none";
  await engine.docker(["network", "rm", probe, ...networks]);
  for (const route of routes) await run("ip", ["-n", host.name, "route", "delete", ...route]);
  const told = next?.picks ?? ["nothing"];
  return [told.length === 0 ? ["none"] : told, picked];
}

function dockerFolder({ dockerBinary }: Engine): string {
  return dockerBinary.slice(0, dockerBinary.lastIndexOf("/"));
}

/** Around Docker's pools, of every size. */
function prefix(dice: Dice): string {
  const length = dice.pick([12, 14, 15, 16, 20, 24, 28]);
  const [high, low] = dice.chance(0.7) ? [172, 16 + dice.below(6)] : [192, 168];
  const value = ((high * 256 + low) * 256 + dice.below(4) * 16) * 256 + dice.below(16) * 16;
  const masked = Math.floor(value / 2 ** (32 - length)) * 2 ** (32 - length);
  return `${[24, 16, 8, 0].map((bits) => Math.floor(masked / 2 ** bits) % 256).join(".")}/${length}`;
}

function routeWords(dice: Dice): string[] {
  return dice.pick([
    [prefix(dice), "dev", dice.pick(LINKS)],
    [prefix(dice), "dev", dice.pick(LINKS), "metric", "50"],
    [prefix(dice), "via", "10.99.0.1"],
    [prefix(dice), "dev", "wg0", "table", "220"],
    ["blackhole", prefix(dice)],
    [dice.pick(["0.0.0.0/1", "128.0.0.0/1"]), "via", "10.99.0.1"],
  ]);
}

function networkWords(dice: Dice): string[] {
  return dice.pick([[], [], ["--subnet", prefix(dice)], ["--internal"], ["--subnet", prefix(dice), "--internal"]]);
}
