import { commandLine } from "../kit/shell-quote.js";
import type { HostNetwork } from "./engine-networks.js";
import type { CureStep } from "./findings/finding.js";
import { filesOf, list } from "./findings/words.js";
import type { Container } from "./snapshot.js";

/** What ends a network, and gives it another subnet where its compose file is known. Nothing else is removed. */
export function cureOf(network: HostNetwork, allContainers: readonly Container[]): CureStep[] {
  const { known } = network;
  if (!known) {
    const id = /^br-([\da-f]{12})$/.exec(network.device ?? "")?.[1];
    return id === undefined
      ? [{ command: undefined, effect: `Find out who made ${network.device ?? "the bridge"}` }]
      : [{ command: commandLine("docker", "network", "inspect", id), effect: "shows whose network it is" }];
  }
  if (known.name === "bridge" && known.driver === "bridge") {
    return [
      {
        command: undefined,
        effect: 'Set "bip" in /etc/docker/daemon.json to a subnet that nothing else uses, and restart Docker',
      },
    ];
  }
  const { project } = known;
  if (project === undefined) return withoutProject(network);
  const own = allContainers.filter((container) => container.project === project);
  const files = typeableFiles(own);
  return [
    { command: commandLine("docker", "compose", "-p", project, "down"), effect: downEffect(own) },
    ...(files.length === 0
      ? []
      : [
          {
            command: commandLine("compose-networks", "--fix", ...files),
            effect: "writes a subnet from your pool into the file, where Docker picked this one",
          },
          {
            command: commandLine(
              "docker",
              "compose",
              "-p",
              project,
              ...files.flatMap((file) => ["-f", file]),
              "up",
              "-d",
            ),
            effect: "starts the project again",
          },
        ]),
  ];
}

/** Compose writes absolute paths. What begins in another way may be an option to the command that gets it. */
function typeableFiles(containers: readonly Container[]): readonly string[] {
  const files = filesOf(containers);
  return files.every((file) => /^(?:\/|[A-Za-z]:[\\/])/.test(file)) ? files : [];
}

function downEffect(containers: readonly Container[]): string {
  const running = containers.filter(({ isRunning }) => isRunning);
  const names = containers.flatMap(({ name }) => name ?? []);
  if (containers.length === 0) return "removes the networks of the project; it has no containers";
  const which = names.length > 0 ? `: ${list(names)}` : "";
  const amount = containers.length === 1 ? "1 container" : `${containers.length} containers`;
  const verb = running.length > 0 ? "stops and removes" : "removes";
  return `${verb} ${amount} and the networks of the project${which}`;
}

function withoutProject({ known, containers }: HostNetwork): CureStep[] {
  const name = known?.name ?? "";
  const running = containers.filter(({ isRunning }) => isRunning);
  const names = running.flatMap((container) => container.name ?? []);
  return [
    ...(names.length > 0 ? [{ command: commandLine("docker", "stop", ...names), effect: `stops ${list(names)}` }] : []),
    {
      command: commandLine("docker", "network", "rm", name),
      effect: "removes the network; Docker refuses while a container uses it",
    },
  ];
}
