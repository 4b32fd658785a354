/**
 * What is said about the networks of a project, one fact for each path: `networks.back.pools.0.subnet` is
 * `10.1.0.0/24`. Compose's answer and our model are put into this form to be compared.
 */
export type Facts = ReadonlyMap<string, string>;

export class FactList {
  readonly facts = new Map<string, string>();

  add(path: readonly (string | number)[], value: string | undefined): void {
    if (value !== undefined) this.facts.set(path.join("."), value);
  }
}

/** The driver options that change what a network means for us. */
export const READ_DRIVER_OPTIONS = [
  "com.docker.network.enable_ipv4",
  "com.docker.network.enable_ipv6",
  "com.docker.network.bridge.inhibit_ipv4",
  "com.docker.network.bridge.gateway_mode_ipv4",
];
