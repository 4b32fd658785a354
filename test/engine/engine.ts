import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { atExit } from "./at-exit.js";
import { run, type Outcome } from "./command.js";
import { createNamespace } from "./namespace.js";
import type { PackagedEngine } from "./packaged.js";
import type { ContainerRuntime } from "./runtime.js";

/**
 * A Docker Engine that runs for a test, apart from the machine's own. It makes networks; containers start where it is
 * given a runtime.
 */
export interface Engine {
  /** What the daemon says of itself: `28.5.2+dfsg4`. */
  readonly release: string;
  /** The value of `DOCKER_HOST` that reaches it. */
  readonly dockerHost: string;
  readonly composeBinary: string;
  /** The client that belongs to it. */
  readonly dockerBinary: string;
  /** Runs the client that belongs to it. What the engine refuses is an outcome, not an error. */
  docker(args: readonly string[]): Promise<Outcome>;
  /** Runs Compose in a directory. No variables of this process reach it. */
  compose(directory: string, args: readonly string[]): Promise<Outcome>;
  /** Ends it, and removes all that it has made. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** The network namespace that it lives in; without one it makes its own, with nothing but `lo` inside. */
  readonly namespace?: string;
  /** Whether it makes its own network `bridge`, which takes the first pool. Default: no. */
  readonly defaultBridge?: boolean;
  /** The content of `daemon.json`. */
  readonly daemon?: object;
  readonly runtime?: ContainerRuntime;
  /** Interfaces in its own namespace, for networks that need a parent. */
  readonly links?: readonly string[];
}

/** How long an engine may take to answer, and how long to end, on a machine that is busy. */
const PATIENCE_MS = 60_000;

/**
 * What the daemon finds: no files of the machine's own Docker under /run, a cgroup tree that it may look at, and no
 * nameserver. So it can neither meet another engine nor ask the world for anything.
 */
const IN_ITS_OWN_MOUNTS = `
  mount -t tmpfs tmpfs /run && mount -t cgroup2 none /sys/fs/cgroup && mount --bind "$1" /etc/resolv.conf || exit
  shift
  exec "$@"
`;

/** Starts an engine in namespaces of its own and waits until it answers. */
export async function startEngine(packaged: PackagedEngine, options: EngineOptions = {}): Promise<Engine> {
  const own = options.namespace === undefined ? await createNamespace("engine") : undefined;
  for (const link of options.links ?? []) await own?.addLink(link);
  const folder = mkdtempSync(path.join(tmpdir(), "cn-engine-"));
  const daemon = startDaemon(packaged, folder, own?.name ?? options.namespace ?? "", options);
  const abandon = (): void => {
    daemon.kill("SIGKILL");
    own?.removeNow();
    rmSync(folder, { recursive: true, force: true });
  };
  const forget = atExit(abandon);
  const dockerHost = `unix://${path.join(folder, "docker.sock")}`;
  const env = { PATH: packaged.searchPath, HOME: folder, DOCKER_HOST: dockerHost };
  const engine: Engine = {
    release: packaged.release,
    dockerHost,
    composeBinary: packaged.composeBinary,
    dockerBinary: packaged.docker,
    docker: (args) => run(packaged.docker, args, { env }),
    compose: (directory, args) => run(packaged.composeBinary, args, { env, cwd: directory }),
    stop: async () => {
      await ended(daemon);
      abandon();
      forget();
    },
  };
  try {
    await ready(engine, daemon, path.join(folder, "dockerd.log"));
    return engine;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

function startDaemon(
  packaged: PackagedEngine,
  folder: string,
  namespace: string,
  { defaultBridge = false, daemon = {}, runtime }: EngineOptions,
): ChildProcess {
  const at = (name: string): string => path.join(folder, name);
  mkdirSync(at("data"));
  writeFileSync(at("daemon.json"), JSON.stringify(daemon));
  writeFileSync(at("resolv.conf"), "");
  const log = openSync(at("dockerd.log"), "w");
  const flags = [
    ...["--config-file", at("daemon.json"), "--data-root", at("data"), "--exec-root", at("exec")],
    ...["--pidfile", at("dockerd.pid"), "--host", `unix://${at("docker.sock")}`],
    ...["--storage-driver=vfs", "--iptables=false", "--ip6tables=false"],
    ...(defaultBridge ? [] : ["--bridge=none"]),
  ];
  const child = spawn(
    "ip",
    // The daemon dies with this process, even when nobody is left to end it.
    [
      ...[
        "netns",
        "exec",
        namespace,
        "setpriv",
        "--pdeathsig",
        "KILL",
        "unshare",
        "--mount",
        "--propagation",
        "private",
      ],
      ...["sh", "-c", IN_ITS_OWN_MOUNTS, "sh", at("resolv.conf"), packaged.dockerd, ...flags],
    ],
    {
      stdio: ["ignore", log, log],
      env: {
        PATH: runtime ? `${runtime.folder}:${packaged.searchPath}` : packaged.searchPath,
        HOME: folder,
        ...(runtime && { LD_LIBRARY_PATH: runtime.libraries }),
      },
    },
  );
  closeSync(log);
  return child;
}

async function ready(engine: Engine, daemon: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (daemon.exitCode !== null || Date.now() > deadline) {
      throw new Error(`Docker Engine ${engine.release} does not answer:\n${readFileSync(log, "utf8")}`);
    }
    const { ok } = await engine.docker(["version"]);
    if (ok) return;
    await wait(100);
  }
}

async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const exit = once(daemon, "exit");
  daemon.kill("SIGTERM");
  const stubborn = setTimeout(() => daemon.kill("SIGKILL"), PATIENCE_MS);
  await exit;
  clearTimeout(stubborn);
}
