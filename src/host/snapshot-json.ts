import { SNAPSHOT_KIND } from "../import/doctor-snapshot.js";
import { formatAddress, type Address } from "../ipam/address.js";
import { formatPrefix, type Prefix } from "../ipam/prefix.js";
import type { Container, EngineNetwork, Route, Rule, RuleAction, Snapshot } from "./snapshot.js";

/** Grows with changes that a reader of the old form would stumble over; new keys may appear at any time. */
export const SNAPSHOT_VERSION = 1;

/** A snapshot as it is saved: no hardware addresses, no keys, no names of containers. */
export function snapshotAsJson(snapshot: Snapshot, { containerNames = false } = {}): unknown {
  const { takenAt, system, routes, rules, addresses, nameServers, peers, daemonFile, engine, missing } = snapshot;
  return {
    kind: SNAPSHOT_KIND,
    version: SNAPSHOT_VERSION,
    takenAt,
    system,
    routes: routes.map(routeAsJson),
    ...(rules && { rules: rules.map(ruleAsJson) }),
    addresses: addresses.map(({ device, address, isUp }) => ({ device, address: formatPrefix(address), up: isUp })),
    nameServers: nameServers.map(({ address, from }) => ({ address: formatAddress(address), from })),
    peers: peers.map(({ address, local, port, isSession }) => ({
      address: formatAddress(address),
      ...withAddress("local", local),
      ...(port !== undefined && { port }),
      ...(isSession && { session: true }),
    })),
    ...(daemonFile && {
      daemonFile: {
        path: daemonFile.path,
        pools: daemonFile.pools.map(poolAsJson),
        ...withPrefix("bip", daemonFile.bip),
        faults: daemonFile.faults,
        ...(daemonFile.isNewerThanDaemon !== undefined && { newerThanDaemon: daemonFile.isNewerThanDaemon }),
      },
    }),
    ...(engine && {
      engine: {
        ...(engine.release !== undefined && { release: engine.release }),
        runs: engine.runs,
        pools: engine.pools.map(poolAsJson),
        networks: engine.networks.map(networkAsJson),
        ...(engine.containers && {
          containers: engine.containers.map((container) => containerAsJson(container, containerNames)),
        }),
      },
    }),
    missing,
  };
}

function routeAsJson({ to, type, table, metric, isOnLink, typeOfService, from, source, hops }: Route) {
  return {
    to: formatPrefix(to),
    ...(type !== "unicast" && { type }),
    ...(table !== "main" && { table }),
    ...(metric !== 0 && { metric }),
    ...(isOnLink && { onLink: true }),
    ...(typeOfService !== undefined && { tos: typeOfService }),
    ...withPrefix("from", from),
    ...withAddress("source", source),
    hops: hops.map(({ device, gateway, isDead }) => ({
      ...(device !== undefined && { device }),
      ...withAddress("gateway", gateway),
      ...(isDead && { dead: true }),
    })),
  };
}

function ruleAsJson({
  family,
  priority,
  isInverted,
  from,
  to,
  mark,
  incoming,
  outgoing,
  others,
  action,
  suppressedLength,
}: Rule) {
  return {
    family,
    priority,
    ...(isInverted && { not: true }),
    ...withPrefix("from", from),
    ...withPrefix("to", to),
    ...(mark && { mark }),
    ...(incoming !== undefined && { incoming }),
    ...(outgoing !== undefined && { outgoing }),
    ...(others.length > 0 && { others }),
    ...actionAsJson(action),
    ...(suppressedLength !== undefined && { suppressedLength }),
  };
}

function actionAsJson(action: RuleAction) {
  if (action.kind === "table") return { table: action.table };
  return action.kind === "goto" ? { goto: action.priority } : { action: action.kind };
}

function networkAsJson({ id, name, driver, scope, subnets, device, project, key, createdAt, declared }: EngineNetwork) {
  return {
    id,
    name,
    driver,
    scope,
    subnets: subnets.map(formatPrefix),
    ...(device !== undefined && { device }),
    ...(project !== undefined && { project }),
    ...(key !== undefined && { key }),
    ...(createdAt !== undefined && { createdAt }),
    ...(declared && { declared: { ...declared, subnets: declared.subnets.map(formatPrefix) } }),
  };
}

function containerAsJson({ name, isRunning, networks, project, directory, files }: Container, hasName: boolean) {
  return {
    ...(hasName && name !== undefined && { name }),
    running: isRunning,
    networks,
    ...(project !== undefined && { project }),
    ...(directory !== undefined && { directory }),
    ...(files.length > 0 && { files }),
  };
}

function poolAsJson({ base, size }: { readonly base: Prefix; readonly size: number }) {
  return { base: formatPrefix(base), size };
}

function withPrefix(key: string, prefix: Prefix | undefined): Readonly<Record<string, string>> {
  return prefix ? { [key]: formatPrefix(prefix) } : {};
}

function withAddress(key: string, address: Address | undefined): Readonly<Record<string, string>> {
  return address ? { [key]: formatAddress(address) } : {};
}
