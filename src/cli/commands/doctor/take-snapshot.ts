import { readDaemonFile } from "../../../daemon/daemon-file.js";
import { parseAddress } from "../../../ipam/address.js";
import { unmapped } from "../../../host/sources/proc-net.js";
import type { DaemonFileState, Peer, Snapshot } from "../../../host/snapshot.js";
import { createSource, positionAt } from "../../../kit/source.js";
import type { Programs } from "./ask-program.js";
import { askDocker } from "./docker-sources.js";
import { askLinux, type HostPart } from "./linux-sources.js";
import { askMacos, askWindows } from "./other-sources.js";
import { changedAt, readSystemFile } from "./read-system-file.js";

/** Asks this host. Nothing is changed, and no source is needed: what is missing is listed. */
export async function takeSnapshot(
  programs: Programs,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Snapshot> {
  const [host, docker] = await Promise.all([askHost(programs), askDocker(programs)]);
  const session = sessionOf(env["SSH_CONNECTION"]);
  return {
    takenAt: new Date().toISOString(),
    system: process.platform === "darwin" ? "macos" : process.platform === "win32" ? "windows" : "linux",
    ...host,
    peers: withSession(host.peers, session),
    daemonFile: daemonFile(),
    engine: docker.ok ? docker.value : undefined,
    missing: [
      ...host.missing,
      ...(docker.ok ? [] : [{ what: "Docker networks", why: docker.fault }]),
      ...(docker.ok && docker.value.containers === undefined ? [{ what: "containers", why: "docker ps failed" }] : []),
    ],
  };
}

async function askHost(programs: Programs): Promise<HostPart> {
  if (process.platform === "darwin") return askMacos(programs);
  return process.platform === "win32" ? askWindows(programs) : askLinux(programs);
}

/** `client-address client-port server-address server-port`. */
function sessionOf(connection = ""): Peer | undefined {
  const [client = "", , server = "", port = ""] = connection.split(" ");
  const address = parseAddress(client.replace(/%.*/, ""));
  const local = parseAddress(server.replace(/%.*/, ""));
  const far = address.ok ? unmapped(address.value) : undefined;
  if (!far) return undefined;
  return {
    address: far,
    local: local.ok ? unmapped(local.value) : undefined,
    port: Number(port) || undefined,
    isSession: true,
  };
}

function withSession(peers: readonly Peer[], session: Peer | undefined): readonly Peer[] {
  if (!session) return peers;
  const isSame = ({ address, local, port }: Peer): boolean =>
    address.value === session.address.value && local?.value === session.local?.value && port === session.port;
  return [session, ...peers.filter((peer) => !isSame(peer))];
}

const DAEMON_FILE =
  process.platform === "win32" ? "C:/ProgramData/docker/config/daemon.json" : "/etc/docker/daemon.json";

function daemonFile(): DaemonFileState | undefined {
  const text = readSystemFile(DAEMON_FILE);
  if (!text.ok) return undefined;
  const source = createSource(DAEMON_FILE, text.value.replace(/^\uFEFF/, ""));
  const { pools, networks, faults } = readDaemonFile(source);
  const changed = changedAt(DAEMON_FILE);
  const started = changedAt("/var/run/docker.pid");
  return {
    path: DAEMON_FILE,
    pools: pools.map(({ base, size }) => ({ base, size })),
    bip: networks.find(({ key }) => key === "bip")?.prefix,
    faults: faults.map(({ place, what, advice }) => {
      const { line, column } = positionAt(place.source, place.span[0]);
      return `${DAEMON_FILE}:${line}:${column}: ${what}. ${advice}`;
    }),
    isNewerThanDaemon: changed === undefined || started === undefined ? undefined : changed > started,
  };
}
