import { child, type Value } from "./value.js";
import type { Selection } from "./yaml.js";

/**
 * What is read of a service's keys. `presence` reads no value: it is enough that the key is there. `skip` marks keys
 * whose values have no say in networks: their lines need not even be parsed. A key that is not in the table may be
 * anything, so its lines are parsed, and its value is not read.
 */
const SERVICE_KEYS = {
  build: "presence",
  depends_on: "value",
  extends: "value",
  image: "presence",
  ipc: "value",
  links: "value",
  mac_address: "value",
  network_mode: "value",
  networks: "value",
  pid: "value",
  profiles: "value",
  provider: "presence",
  scale: "value",
  volumes_from: "value",
  deploy: { replicas: true },

  // None of them is a key of a service: whoever writes one meant something about its networks.
  "<<": "presence",
  aliases: "presence",
  gw_priority: "presence",
  interface_name: "presence",
  ipv4_address: "presence",
  ipv6_address: "presence",
  link_local_ips: "presence",
  net: "presence",
  network: "presence",
  "network-mode": "presence",
  networkMode: "presence",
  network_name: "presence",
  networks_mode: "presence",
  priority: "presence",

  cap_add: "skip",
  cap_drop: "skip",
  command: "skip",
  container_name: "skip",
  cpus: "skip",
  devices: "skip",
  dns: "skip",
  entrypoint: "skip",
  env_file: "skip",
  environment: "skip",
  expose: "skip",
  extra_hosts: "skip",
  healthcheck: "skip",
  hostname: "skip",
  init: "skip",
  labels: "skip",
  logging: "skip",
  mem_limit: "skip",
  platform: "skip",
  ports: "skip",
  privileged: "skip",
  pull_policy: "skip",
  restart: "skip",
  secrets: "skip",
  security_opt: "skip",
  shm_size: "skip",
  stdin_open: "skip",
  stop_grace_period: "skip",
  sysctls: "skip",
  tmpfs: "skip",
  tty: "skip",
  ulimits: "skip",
  user: "skip",
  volumes: "skip",
  working_dir: "skip",
} as const;

type Table = typeof SERVICE_KEYS;

/** A key whose value the model of networks may ask for. */
export type ServiceKey = { [Key in keyof Table]: Table[Key] extends "skip" | "presence" ? never : Key }[keyof Table];

/** A key that a service may be asked to have. */
export type KnownServiceKey = { [Key in keyof Table]: Table[Key] extends "skip" ? never : Key }[keyof Table];

/** Keys of a service whose lines may be left out. */
export const SKIPPED_SERVICE_KEYS: ReadonlySet<string> = new Set(
  Object.entries(SERVICE_KEYS).flatMap(([key, read]) => (read === "skip" ? [key] : [])),
);

const PRESENCE: Selection = {};

/** What is read of every service. */
export const ABOUT_SERVICES: Selection = Object.fromEntries(
  Object.entries(SERVICE_KEYS).flatMap(([key, read]): [string, Selection][] => {
    if (read === "skip") return [];
    return [[key, read === "value" ? true : read === "presence" ? PRESENCE : read]];
  }),
);

/** The value of a service's key. One that nobody reads does not compile. */
export function serviceValue(service: Value | undefined, key: ServiceKey): Value | undefined {
  return child(service, key);
}

/** Whether a service has a key, whatever its value. */
export function hasServiceKey(service: Value | undefined, key: KnownServiceKey): boolean {
  return child(service, key) !== undefined;
}

/** Other keys of services, for whoever asks for more than networks. */
export type ServiceSelection<Key extends string> = Selection & {
  readonly services: { readonly "*": Readonly<Record<Key, true>> };
};

/** As `serviceValue`, where a file was read with a selection of its own. */
export function selectedValue<Key extends string>(
  _about: ServiceSelection<Key>,
  service: Value | undefined,
  key: NoInfer<Key>,
): Value | undefined {
  return child(service, key);
}
