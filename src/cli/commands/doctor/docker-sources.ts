import {
  containersFromApi,
  containersFromPs,
  CONTAINER_FORMAT,
  engineFromInfo,
  networksFromDocker,
} from "../../../host/sources/docker.js";
import type { EngineNetwork, EngineState } from "../../../host/snapshot.js";
import { failure, success, type Result } from "../../../kit/result.js";
import type { Programs } from "./ask-program.js";
import { askSocket } from "./ask-socket.js";

/** Where Docker listens unless somebody says otherwise. */
const SOCKET = "/var/run/docker.sock";

/** Networks are asked for in groups: a command line has an end. */
const AT_ONCE = 200;

/** The engine that `docker` talks to, or the one of the usual socket. A fault is a clause. */
export async function askDocker(programs: Programs): Promise<Result<EngineState, string>> {
  if (programs.find("docker") === undefined) {
    const viaSocket = await askTheSocket();
    return viaSocket.ok ? viaSocket : failure(`docker is not installed, and ${viaSocket.fault}`);
  }
  const context = await programs.ask("docker", ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"]);
  const endpoint = context.ok ? context.value.trim() : (process.env["DOCKER_HOST"] ?? "");
  if (isElsewhere(endpoint)) {
    return failure(`docker talks to another host (${withoutUser(endpoint)}): run doctor there`);
  }
  return askTheCommand(programs);
}

async function askTheCommand(programs: Programs): Promise<Result<EngineState, string>> {
  const [info, ids, containers] = await Promise.all([
    programs.askJson("docker", ["info", "--format", "{{json .}}"]),
    programs.ask("docker", ["network", "ls", "--quiet", "--no-trunc"]),
    programs.ask("docker", ["ps", "--all", "--no-trunc", "--format", CONTAINER_FORMAT]),
  ]);
  if (!ids.ok) return ids;
  const all = ids.value.split("\n").filter((id) => /^[\da-z]+$/.test(id));
  const networks: EngineNetwork[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const group = await programs.askJson("docker", ["network", "inspect", ...all.slice(start, start + AT_ONCE)]);
    if (!group.ok) return group;
    networks.push(...networksFromDocker(group.value));
  }
  if (all.length > 0 && networks.length === 0) return failure("docker does not answer as Docker does: is it Podman?");
  return success({
    ...engineFromInfo(info.ok ? info.value : undefined),
    networks,
    containers: containers.ok ? containersFromPs(containers.value) : undefined,
  });
}

async function askTheSocket(): Promise<Result<EngineState, string>> {
  const networks = await askSocket(SOCKET, "/networks");
  if (!networks.ok) return networks;
  const [info, containers] = await Promise.all([
    askSocket(SOCKET, "/info"),
    askSocket(SOCKET, "/containers/json?all=1"),
  ]);
  return success({
    ...engineFromInfo(info.ok ? info.value : undefined),
    networks: networksFromDocker(networks.value),
    containers: containers.ok ? containersFromApi(containers.value) : undefined,
  });
}

/** Sockets and pipes are of this machine; a virtual machine behind them says so itself. */
function isElsewhere(endpoint: string): boolean {
  const [, scheme = "", host = ""] = /^(\w+):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)/.exec(endpoint) ?? [];
  if (scheme === "" || scheme === "unix" || scheme === "npipe" || scheme === "fd") return false;
  return !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
}

function withoutUser(endpoint: string): string {
  return endpoint.replace(/\/\/[^@/]*@/, "//");
}
