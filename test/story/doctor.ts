import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { run, type Outcome } from "../engine/command.js";
import type { Engine } from "../engine/engine.js";
import type { PackagedEngine } from "../engine/packaged.js";
import type { ContainerRuntime } from "../engine/runtime.js";
import { temporaryFolder } from "../temporary-folder.js";
import type { Narrator } from "./narrator.js";
import { ask, COMMAND_LINE, onStage, PATIENCE_MS, PORT, type Stage } from "./stage.js";

/** The connection dies, somebody on the host's console asks doctor, and types what it says. */
export async function tellDoctor(
  packaged: PackagedEngine,
  runtime: ContainerRuntime,
  narrator: Narrator,
): Promise<void> {
  await onStage(packaged, narrator, (stage) => play(stage, runtime), runtime);
}

async function play(stage: Stage, runtime: ContainerRuntime): Promise<void> {
  const { narrator, engine, folder } = stage;
  narrator.chapter("Doctor");
  await importImages(engine, runtime);
  const shell = consoleOf(stage);
  narrator.step(
    "doctor --save, on a good day",
    "clean",
    verdict(await shell("compose-networks doctor --save good.json")),
  );
  const watching = startWatch(stage, shell.env);
  if (!(await watching.hears("watching for networks"))) throw new Error("doctor --watch does not begin");
  await ask(stage, "an answer");
  const up = await engine.compose(folder, ["up", "--detach", "--pull", "never"]);
  const upAt = Date.now();
  narrator.step("docker-compose up, with containers", "done", up.ok ? "done" : up.stderr);
  await ask(stage, "silence");

  narrator.step(
    "doctor --watch",
    "told of 172.18.0.0/16",
    (await watching.hears("+ 172.18.0.0/16")) ? "told of 172.18.0.0/16" : "silent",
  );
  narrator.screen(
    `${watching.lineWith("172.18.0.0/16")}   (${Math.max(0, watching.heardAt("172.18.0.0/16") - upAt)} ms after up ended)`,
  );
  await watching.end();

  const found = await shell("compose-networks doctor");
  narrator.screen(found.stdout);
  const [first = ""] = found.stdout.split("\n\n");
  const network = /network "(store_\w+)" \(172\.18\.0\.0\/16\)/.exec(first)?.[1] ?? "none";
  const key = network.replace("store_", "");
  narrator.step("doctor", "findings", verdict(found));
  narrator.step(
    "the finding names the office",
    stage.site.officeAddress,
    /comes from (\S+),/.exec(first)?.[1] ?? "nobody",
  );
  narrator.step(
    "the finding names the network",
    "front or back",
    /^(?:front|back)$/.test(key) ? "front or back" : network,
  );
  narrator.step(
    "the finding names the project and the file",
    `"store", ${folder}/compose.yaml`,
    /of the Compose project ("store", \S+)\.$/m.exec(first)?.[1] ?? "none",
  );
  const answer = await shell(`compose-networks doctor ${stage.site.officeAddress}`);
  narrator.step(
    "the way of a reply",
    "172.18.0.0/16",
    /takes the route (\S+) on br-/.exec(answer.stdout)?.[1] ?? answer.stdout,
  );
  const difference = (await shell("compose-networks doctor --diff good.json")).stdout;
  narrator.step(
    "doctor --diff, in one line",
    `172.18.0.0/16 ${network} took your SSH session from ${stage.site.officeAddress}`,
    /^\+ (172\.18\.0\.0\/16) {2}(\S+) .*: takes (.*?)(?:;|$)/m
      .exec(difference)
      ?.slice(1, 3)
      .concat("took", /takes ([^;\n]*)/.exec(difference)?.[1] ?? "nothing")
      .join(" ") ?? difference,
  );

  for (const command of commandsIn(first)) {
    const { ok, stdout, stderr } = await shell(command);
    narrator.step(
      `as printed: ${command}`,
      "done",
      ok || command.startsWith("compose-networks") ? "done" : stdout + stderr,
    );
    if (command.endsWith(" down")) await ask(stage, "an answer");
  }
  await ask(stage, "an answer");
  const subnets = await engine.docker([
    "network",
    "inspect",
    "store_front",
    "store_back",
    "--format",
    "{{range .IPAM.Config}}{{.Subnet}}{{end}}",
  ]);
  narrator.step(
    "the subnets afterwards",
    "from the pool",
    subnets.stdout
      .trim()
      .split("\n")
      .every((subnet) => subnet.startsWith("10.201."))
      ? "from the pool"
      : subnets.stdout,
  );
  narrator.step(
    "doctor, in the end",
    "clean but for the next pick",
    afterwards(await shell("compose-networks doctor")),
  );
}

/** Docker would still take the office for the next network without a subnet: doctor goes on saying so. */
function afterwards({ stdout }: Outcome): string {
  const findings = stdout.split("\n").filter((line) => /^(?:error|warning)/.test(line));
  return (findings.length === 1 && findings[0]?.includes("Docker picks 172.18.0.0/16 for the next network") === true) ||
    findings[0]?.includes("Docker may pick") === true
    ? "clean but for the next pick"
    : findings.join("; ");
}

function commandsIn(finding: string): string[] {
  return [...finding.matchAll(/^ {5}(\S.*)$/gm)].flatMap(([, command = ""]) =>
    /^(?:docker|compose-networks) /.test(command) ? [command] : [],
  );
}

function verdict({ ok, stdout, stderr }: Outcome): string {
  if (/\d+ errors?, \d+ warnings?, \d+ notes?\n$/.test(stdout)) return /\b0 errors/.test(stdout) ? "clean" : "findings";
  return ok ? "clean" : stderr || stdout;
}

interface Console {
  (command: string): Promise<Outcome>;
  readonly env: Readonly<Record<string, string>>;
}

/** What somebody types on the host, with `docker`, its `compose` and `compose-networks` on the path. */
function consoleOf({ site, engine, folder }: Stage): Console {
  const home = temporaryFolder("console");
  const bin = path.join(home, "bin");
  const plugins = path.join(home, ".docker", "cli-plugins");
  for (const each of [bin, plugins]) mkdirSync(each, { recursive: true });
  symlinkSync(engine.composeBinary, path.join(plugins, "docker-compose"));
  symlinkSync(engine.dockerBinary, path.join(bin, "docker"));
  writeFileSync(path.join(bin, "compose-networks"), `#!/bin/sh\nexec "${process.execPath}" "${COMMAND_LINE}" "$@"\n`, {
    mode: 0o755,
  });
  const env = {
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    HOME: home,
    DOCKER_HOST: engine.dockerHost,
    SSH_CONNECTION: `${site.officeAddress} 50000 ${site.hostAddress} ${PORT}`,
  };
  const shell = (command: string): Promise<Outcome> =>
    run("ip", ["netns", "exec", site.dockerHost.name, "sh", "-c", command], { cwd: folder, env });
  return Object.assign(shell, { env });
}

interface Watch {
  hears(sign: string): Promise<boolean>;
  lineWith(sign: string): string;
  heardAt(sign: string): number;
  end(): Promise<void>;
}

function startWatch({ site, folder }: Stage, env: Readonly<Record<string, string>>): Watch {
  const command = ["netns", "exec", site.dockerHost.name, process.execPath, COMMAND_LINE, "doctor", "--watch"];
  const child = spawn("ip", command, { cwd: folder, env: { ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const exit = once(child, "exit");
  const lines: { readonly text: string; readonly at: number }[] = [];
  const take = (text: string): void => {
    for (const line of text.split("\n")) if (line !== "") lines.push({ text: line, at: Date.now() });
    child.emit("line");
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", take);
  const lineWith = (sign: string) => lines.find(({ text }) => text.includes(sign));
  return {
    hears: async (sign) => {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      while (!lineWith(sign)) {
        try {
          await once(child, "line", { signal });
        } catch {
          return false;
        }
      }
      return true;
    },
    lineWith: (sign) => lineWith(sign)?.text ?? "",
    heardAt: (sign) => lineWith(sign)?.at ?? 0,
    end: async () => {
      child.kill("SIGINT");
      await exit;
    },
  };
}

/** Images by the names that the project has, with one program in them, which sleeps. */
async function importImages(engine: Engine, { busybox }: ContainerRuntime): Promise<void> {
  const folder = temporaryFolder("image");
  const archive = path.join(folder, "image.tar");
  copyFileSync(busybox, path.join(folder, "busybox"));
  chmodSync(path.join(folder, "busybox"), 0o755);
  execFileSync("tar", ["-cf", archive, "-C", folder, "busybox"]);
  for (const name of ["caddy:2.10", "postgres:17"]) {
    const args = ["import", "--change", 'CMD ["/busybox","sleep","1000"]', archive, name];
    const { ok, stderr } = await engine.docker(args);
    if (!ok) throw new Error(stderr);
  }
}
