import { isRecord, recordsIn, textAt, valueAt, type JsonRecord } from "../../import/json-values.js";
import type { AddressPool } from "../../ipam/docker-pools.js";
import { maskPrefix, parsePrefix, type Prefix } from "../../ipam/prefix.js";
import type { Container, EngineNetwork, EngineState } from "../snapshot.js";

const COMPOSE = "com.docker.compose.";
const BRIDGE_NAME = "com.docker.network.bridge.name";

/** `docker network inspect`, or what the engine answers to `GET /networks`. */
export function networksFromDocker(json: unknown): EngineNetwork[] {
  return recordsIn(json).flatMap((entry) => {
    const id = textAt(entry, "Id");
    const name = textAt(entry, "Name");
    if (id === undefined || name === undefined) return [];
    const driver = textAt(entry, "Driver") ?? "";
    const labels = entry["Labels"];
    return [
      {
        id,
        name,
        driver,
        scope: textAt(entry, "Scope") ?? "local",
        subnets: recordsIn(valueAt(entry, "IPAM", "Config")).flatMap((pool) => prefixFrom(textAt(pool, "Subnet"))),
        device: driver === "bridge" ? bridgeOf(id, entry) : undefined,
        project: textAt(labels, `${COMPOSE}project`),
        key: textAt(labels, `${COMPOSE}network`),
        createdAt: textAt(entry, "Created"),
        declared: undefined,
      },
    ];
  });
}

/** Without a name of its own, a bridge is called by the beginning of its network's id. */
function bridgeOf(id: string, entry: JsonRecord): string | undefined {
  const options = entry["Options"];
  // Such a bridge has no address, so that no route leads into it.
  if (textAt(options, "com.docker.network.bridge.inhibit_ipv4") === "true") return undefined;
  return textAt(options, BRIDGE_NAME) ?? `br-${id.slice(0, 12)}`;
}

/** One JSON object a line, as `docker ps` writes it with `CONTAINER_FORMAT`. */
export function containersFromPs(text: string): Container[] {
  return text.split("\n").flatMap((line) => {
    const entry = parsed(line);
    return isRecord(entry)
      ? [
          {
            name: textAt(entry, "name")?.split(",")[0],
            isRunning: isRunning(textAt(entry, "state")),
            networks: listIn(textAt(entry, "networks")),
            project: textAt(entry, "project"),
            directory: textAt(entry, "directory"),
            files: listIn(textAt(entry, "files")),
          },
        ]
      : [];
  });
}

/** For `docker ps --format`: each value as JSON, so that no label can break out of it. */
export const CONTAINER_FORMAT = `{${Object.entries({
  name: ".Names",
  state: ".State",
  networks: ".Networks",
  project: `(.Label "${COMPOSE}project")`,
  directory: `(.Label "${COMPOSE}project.working_dir")`,
  files: `(.Label "${COMPOSE}project.config_files")`,
})
  .map(([key, value]) => `"${key}":{{json ${value}}}`)
  .join(",")}}`;

/** What the engine answers to `GET /containers/json?all=1`. */
export function containersFromApi(json: unknown): Container[] {
  return recordsIn(json).map((entry) => {
    const labels = entry["Labels"];
    const names = entry["Names"];
    const networks = valueAt(entry, "NetworkSettings", "Networks");
    const [name] = Array.isArray(names) ? names.filter((each) => typeof each === "string") : [];
    return {
      name: name?.replace(/^\//, ""),
      isRunning: isRunning(textAt(entry, "State")),
      networks: isRecord(networks) ? Object.keys(networks) : [],
      project: textAt(labels, `${COMPOSE}project`),
      directory: textAt(labels, `${COMPOSE}project.working_dir`),
      files: listIn(textAt(labels, `${COMPOSE}project.config_files`)),
    };
  });
}

/** `docker info --format '{{json .}}'`, or `GET /info`. */
export function engineFromInfo(json: unknown): Pick<EngineState, "release" | "runs" | "pools"> {
  const security = valueAt(json, "SecurityOptions");
  const isRootless = Array.isArray(security) && security.some((option) => /(?:^|=)rootless\b/.test(String(option)));
  const isDesktop = textAt(json, "OperatingSystem") === "Docker Desktop";
  return {
    release: textAt(json, "ServerVersion"),
    runs: isDesktop ? "Docker Desktop" : isRootless ? "rootless" : "here",
    pools: recordsIn(valueAt(json, "DefaultAddressPools")).flatMap((pool): AddressPool[] => {
      const size = pool["Size"];
      return typeof size === "number" ? prefixFrom(textAt(pool, "Base")).map((base) => ({ base, size })) : [];
    }),
  };
}

function isRunning(state: string | undefined): boolean {
  return state === "running" || state === "paused" || state === "restarting";
}

function listIn(text = ""): string[] {
  return text.split(",").filter((part) => part !== "");
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function prefixFrom(written = ""): Prefix[] {
  const prefix = parsePrefix(written);
  return prefix.ok ? [maskPrefix(prefix.value)] : [];
}
