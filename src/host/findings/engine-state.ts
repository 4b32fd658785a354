import { formatPrefix, type Prefix } from "../../ipam/prefix.js";
import { commandLine } from "../../kit/shell-quote.js";
import { poolsOf } from "../next-pick.js";
import type { AddressPool } from "../../ipam/docker-pools.js";
import type { EngineState } from "../snapshot.js";
import type { HostNetwork } from "../engine-networks.js";
import { NO_CURE, type CureStep, type HostCase, type HostFinding } from "./finding.js";
import { list } from "./words.js";

/** Networks that no container is attached to, running or not. Their route stays until they are removed. */
function emptyNetworks({ networks, snapshot }: HostCase): HostNetwork[] {
  if (snapshot.engine?.containers === undefined) return [];
  return networks.filter(
    ({ known, containers }) =>
      known !== undefined &&
      known.scope === "local" &&
      known.name !== "bridge" &&
      known.name !== "docker_gwbridge" &&
      containers.length === 0,
  );
}

export function poolsUsedUp(host: HostCase): HostFinding[] {
  const { next } = host;
  if (!next || next.total === 0 || next.free.length > 0) return [];
  const empty = emptyNetworks(host).flatMap(({ known }) => known?.name ?? []);
  return [
    {
      ...NO_CURE,
      kind: "pools-used-up",
      severity: "error",
      headline: `Docker has no subnet left: each of its ${next.total} is in use, or overlaps a route or a name server that it avoids`,
      details: [
        'The next network that Docker picks a subnet for fails: "all predefined address pools have been fully subnetted".',
        ...(empty.length > 0 ? [`No container uses ${list(empty)}.`] : []),
      ],
      cure: [
        ...empty.map(removal),
        {
          command: "compose-networks --fix",
          effect: "gives networks subnets of your own pool, which need none of Docker's",
        },
      ],
    },
  ];
}

export function leftOvers(host: HostCase): HostFinding[] {
  const projects = new Set((host.snapshot.engine?.containers ?? []).flatMap(({ project }) => project ?? []));
  return emptyNetworks(host).flatMap(({ known, subnets }): HostFinding[] => {
    if (known?.project === undefined || projects.has(known.project)) return [];
    return [
      {
        kind: "left-over",
        severity: "note",
        headline: `Network "${known.name}" (${subnets.map(formatPrefix).join(", ")}) is left over: the Compose project "${known.project}" has no container`,
        details: ["It keeps its addresses, and its route, until it is removed."],
        network: known.name,
        addresses: subnets.map(formatPrefix).join(", "),
        cure: [removal(known.name)],
      },
    ];
  });
}

function removal(name: string): CureStep {
  return {
    command: commandLine("docker", "network", "rm", name),
    effect: "removes the network; Docker refuses while a container uses it",
  };
}

export function drift({ networks }: HostCase): HostFinding[] {
  return networks.flatMap(({ known, subnets }): HostFinding[] => {
    const declared = known?.declared;
    if (!known || !declared || declared.subnets.length === 0) return [];
    const isThere = (subnet: Prefix): boolean => subnets.some((own) => formatPrefix(own) === formatPrefix(subnet));
    if (declared.subnets.every(isThere)) return [];
    return [
      {
        kind: "drift",
        severity: "warning",
        headline: `Network "${known.name}" runs with ${subnets.map(formatPrefix).join(", ")}, and ${declared.file}:${declared.line} says ${declared.subnets.map(formatPrefix).join(", ")}`,
        details: ["The file was changed after the network was created. Compose before 2.31 does not recreate it."],
        network: known.name,
        addresses: subnets.map(formatPrefix).join(", "),
        cure:
          known.project === undefined
            ? []
            : [
                {
                  command: commandLine("docker", "compose", "-p", known.project, "down"),
                  effect: "removes the network; the next up makes it as the file says",
                },
              ],
      },
    ];
  });
}

export function daemonFile({ snapshot }: HostCase): HostFinding[] {
  const { daemonFile: file, engine } = snapshot;
  if (!file) return [];
  const misread = file.faults.map((fault): HostFinding => ({
    ...NO_CURE,
    kind: "pools-misread",
    severity: "error",
    headline: fault,
    details: [],
  }));
  const isOther = engine !== undefined && file.faults.length === 0 && !isInForce(file.pools, engine);
  if (!isOther && !(file.isNewerThanDaemon === true && engine === undefined)) return misread;
  return [
    ...misread,
    {
      ...NO_CURE,
      kind: "daemon-not-in-force",
      severity: "warning",
      headline: isOther
        ? `${file.path} is not in force: it says ${describePools(file.pools)}, and Docker uses ${describePools(engine.pools)}`
        : `${file.path} may not be in force: it was changed after Docker started`,
      details: ["Docker reads the file when it starts. Networks that are there keep their subnets."],
      cure: [{ command: "sudo systemctl restart docker", effect: "restarts Docker, and with it each container" }],
    },
  ];
}

function isInForce(pools: readonly AddressPool[], engine: EngineState): boolean {
  const { release } = engine;
  const texts = (each: readonly AddressPool[]): string =>
    poolsOf({ pools: each, release }).map(describePool).sort().join();
  return texts(pools) === texts(engine.pools);
}

function describePools(pools: readonly AddressPool[]): string {
  return pools.length === 0 ? "Docker's default address pools" : list(pools.map(describePool));
}

function describePool({ base, size }: AddressPool): string {
  return `${formatPrefix(base)} in /${size}`;
}
