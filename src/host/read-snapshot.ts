import { readYaml } from "../compose/read/yaml.js";
import { asList, child, type Value } from "../compose/read/value.js";
import { createSource, positionAt } from "../kit/source.js";
import { failure, success, type Result } from "../kit/result.js";
import { SNAPSHOT_KIND } from "../import/doctor-snapshot.js";
import { isRecord } from "../import/json-values.js";
import { JsonCursor, type JsonFault, type JsonPath } from "./json-cursor.js";
import { SNAPSHOT_VERSION } from "./snapshot-json.js";
import { ROUTE_TYPES, SYSTEMS } from "./snapshot.js";
import type { Container, EngineNetwork, EngineState, Route, Rule, RuleAction, Snapshot } from "./snapshot.js";

/** @returns the snapshot, or what is wrong with the text: `file:line:column: message`. */
export function readSnapshot(text: string, file: string): Result<Snapshot, string> {
  const json = parse(text, file);
  if (!json.ok) return json;
  if (!isRecord(json.value) || json.value["kind"] !== SNAPSHOT_KIND) {
    return failure(`${file}:1:1: it is not a snapshot: write one with compose-networks doctor --save ${file}`);
  }
  const { version } = json.value;
  if (version !== SNAPSHOT_VERSION) {
    const place = placeOf(["version"], text, file);
    return failure(`${place}: version ${String(version)} is unknown; this release reads version ${SNAPSHOT_VERSION}`);
  }
  const faults: JsonFault[] = [];
  const snapshot = snapshotFrom(new JsonCursor(json.value, faults));
  const [fault] = faults;
  return fault ? failure(`${placeOf(fault.path, text, file)}: ${describe(fault)}`) : success(snapshot);
}

function parse(text: string, file: string): Result<unknown, string> {
  try {
    const json: unknown = JSON.parse(text);
    return success(json);
  } catch {
    const source = createSource(file, text);
    const [problem] = readYaml(source, true).problems;
    const { line, column } = positionAt(source, problem?.span[0] ?? 0);
    return failure(`${file}:${line}:${column}: it is not valid JSON`);
  }
}

function describe({ path, message }: JsonFault): string {
  const name = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return name === "" ? message : `${name.slice(1)}: ${message}`;
}

/** Looked up once something is wrong: a snapshot without faults needs no places. */
function placeOf(path: JsonPath, text: string, file: string): string {
  const source = createSource(file, text);
  let value: Value | undefined = readYaml(source, true).documents[0]?.root;
  let at = value?.place.span[0] ?? 0;
  for (const step of path) {
    value = typeof step === "number" ? asList(value)?.items[step] : child(value, step);
    at = value?.place.span[0] ?? at;
  }
  const { line, column } = positionAt(source, at);
  return `${file}:${line}:${column}`;
}

function snapshotFrom(root: JsonCursor): Snapshot {
  return {
    takenAt: root.text("takenAt"),
    system: root.oneOf("system", SYSTEMS),
    routes: root.list("routes", routeFrom),
    rules: root.has("rules") ? root.list("rules", ruleFrom) : undefined,
    addresses: root.list("addresses", (item) => ({
      device: item.text("device"),
      address: item.addressWithLength("address"),
      isUp: item.flag("up"),
    })),
    nameServers: root.list("nameServers", (item) => ({ address: item.address("address"), from: item.text("from") })),
    peers: root.list("peers", (item) => ({
      address: item.address("address"),
      local: item.optionalAddress("local"),
      port: item.optionalNumber("port"),
      isSession: item.flag("session"),
    })),
    daemonFile: root.has("daemonFile") ? daemonFileFrom(root.below("daemonFile")) : undefined,
    engine: root.has("engine") ? engineFrom(root.below("engine")) : undefined,
    missing: root.list("missing", (item) => ({ what: item.text("what"), why: item.text("why") })),
  };
}

function routeFrom(item: JsonCursor): Route {
  return {
    to: item.prefix("to"),
    type: item.oneOf("type", ROUTE_TYPES, "unicast"),
    table: item.optionalText("table") ?? "main",
    metric: item.number("metric", 0),
    isOnLink: item.flag("onLink"),
    typeOfService: item.optionalText("tos"),
    from: item.optionalPrefix("from"),
    source: item.optionalAddress("source"),
    hops: item.list("hops", (hop) => ({
      device: hop.optionalText("device"),
      gateway: hop.optionalAddress("gateway"),
      isDead: hop.flag("dead"),
    })),
  };
}

function ruleFrom(item: JsonCursor): Rule {
  const mark = item.has("mark") ? item.below("mark") : undefined;
  return {
    family: item.number("family") === 6 ? 6 : 4,
    priority: item.number("priority"),
    isInverted: item.flag("not"),
    from: item.optionalPrefix("from"),
    to: item.optionalPrefix("to"),
    mark: mark && { value: mark.number("value"), mask: mark.number("mask") },
    incoming: item.optionalText("incoming"),
    outgoing: item.optionalText("outgoing"),
    others: item.list("others", (other) => other.asText()),
    action: actionFrom(item),
    suppressedLength: item.optionalNumber("suppressedLength"),
  };
}

function actionFrom(item: JsonCursor): RuleAction {
  if (item.has("goto")) return { kind: "goto", priority: item.number("goto") };
  if (item.has("action")) return { kind: item.oneOf("action", ["nop", "blackhole", "unreachable", "prohibit"]) };
  return { kind: "table", table: item.text("table") };
}

function daemonFileFrom(item: JsonCursor): Snapshot["daemonFile"] {
  return {
    path: item.text("path"),
    pools: item.list("pools", poolFrom),
    bip: item.has("bip") ? item.addressWithLength("bip") : undefined,
    faults: item.list("faults", (fault) => fault.asText()),
    isNewerThanDaemon: item.optionalFlag("newerThanDaemon"),
  };
}

function engineFrom(item: JsonCursor): EngineState {
  return {
    release: item.optionalText("release"),
    runs: item.oneOf("runs", ["here", "Docker Desktop", "rootless"], "here"),
    pools: item.list("pools", poolFrom),
    networks: item.list("networks", networkFrom),
    containers: item.has("containers") ? item.list("containers", containerFrom) : undefined,
  };
}

function poolFrom(item: JsonCursor) {
  return { base: item.prefix("base"), size: item.number("size") };
}

function networkFrom(item: JsonCursor): EngineNetwork {
  const declared = item.has("declared") ? item.below("declared") : undefined;
  return {
    id: item.text("id"),
    name: item.text("name"),
    driver: item.text("driver"),
    scope: item.optionalText("scope") ?? "local",
    subnets: item.list("subnets", (subnet) => subnet.asPrefix()),
    device: item.optionalText("device"),
    project: item.optionalText("project"),
    key: item.optionalText("key"),
    createdAt: item.optionalText("createdAt"),
    declared: declared && {
      file: declared.text("file"),
      line: declared.number("line"),
      subnets: declared.list("subnets", (subnet) => subnet.asPrefix()),
    },
  };
}

function containerFrom(item: JsonCursor): Container {
  return {
    name: item.optionalText("name"),
    isRunning: item.flag("running"),
    networks: item.list("networks", (network) => network.asText()),
    project: item.optionalText("project"),
    directory: item.optionalText("directory"),
    files: item.list("files", (file) => file.asText()),
  };
}
