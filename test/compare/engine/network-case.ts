/** A network's definition in a compose file, as far as the engine hears of it. */
export interface NetworkDefinition {
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly internal?: boolean;
  readonly enable_ipv4?: boolean;
  readonly enable_ipv6?: boolean;
  readonly ipam?: { readonly driver?: string; readonly config?: readonly PoolDefinition[] };
}

export interface PoolDefinition {
  readonly subnet?: string;
  readonly ip_range?: string;
  readonly gateway?: string;
  readonly aux_addresses?: Readonly<Record<string, string>>;
}

export interface NetworkCase {
  readonly name: string;
  readonly definition: NetworkDefinition;
}
