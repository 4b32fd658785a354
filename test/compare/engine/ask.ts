import { request } from "node:http";

import type { AddressCase } from "./address-cases.js";
import type { NetworkDefinition } from "./network-case.js";

/** What an engine said when it was asked for a network. */
export type Answer = { readonly kind: "created" } | { readonly kind: "refused"; readonly message: string };

/**
 * Asks an engine for a network as Compose 2.40 does, and removes it again.
 *
 * @param socket The path of the engine's socket.
 */
export async function askForNetwork(socket: string, name: string, definition: NetworkDefinition): Promise<Answer> {
  const created = await send(socket, "POST", "/networks/create", requestOf(name, definition));
  if (created.status !== 201) return { kind: "refused", message: created.message };
  await send(socket, "DELETE", `/networks/${name}`);
  return { kind: "created" };
}

/**
 * Has an engine make a network, and a container that asks for an address on it, and start that.
 *
 * @param image The name of an image that the engine has.
 */
export async function askForAddress(
  socket: string,
  name: string,
  image: string,
  { definition, attachment }: AddressCase,
): Promise<Answer> {
  const network = await send(socket, "POST", "/networks/create", requestOf(name, definition));
  if (network.status !== 201) throw new Error(`no network for an address: ${network.message}`);
  const { ipv4_address: IPv4Address, ipv6_address: IPv6Address } = attachment;
  const IPAMConfig = { ...(IPv4Address && { IPv4Address }), ...(IPv6Address && { IPv6Address }) };
  const created = await send(socket, "POST", `/containers/create?name=${name}`, {
    Image: image,
    HostConfig: { NetworkMode: name },
    NetworkingConfig: { EndpointsConfig: { [name]: { IPAMConfig } } },
  });
  const started = created.status === 201 ? await send(socket, "POST", `/containers/${name}/start`) : created;
  await send(socket, "DELETE", `/containers/${name}?force=1`);
  await send(socket, "DELETE", `/networks/${name}`);
  return started.status < 300 ? { kind: "created" } : { kind: "refused", message: started.message };
}

/** The texts go as they are: only the engine looks into them. */
function requestOf(name: string, { ipam, ...definition }: NetworkDefinition): object {
  const { driver, config = [] } = ipam ?? {};
  return {
    Name: definition.name ?? name,
    Driver: definition.driver ?? "bridge",
    Options: definition.driver_opts ?? {},
    Internal: definition.internal ?? false,
    ...(definition.enable_ipv4 !== undefined && { EnableIPv4: definition.enable_ipv4 }),
    ...(definition.enable_ipv6 !== undefined && { EnableIPv6: definition.enable_ipv6 }),
    ...((driver !== undefined || config.length > 0) && {
      IPAM: {
        Driver: driver ?? "",
        Config: config.map(({ subnet, ip_range: range, gateway, aux_addresses: auxiliary }) => ({
          ...(subnet !== undefined && { Subnet: subnet }),
          ...(range !== undefined && { IPRange: range }),
          ...(gateway !== undefined && { Gateway: gateway }),
          ...(auxiliary && { AuxiliaryAddresses: auxiliary }),
        })),
      },
    }),
  };
}

interface Reply {
  readonly status: number;
  /** What the engine complains of, or nothing. */
  readonly message: string;
}

function send(socketPath: string, method: string, path: string, body?: object): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json" };
    const sent = request({ socketPath, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, message: messageIn(Buffer.concat(chunks).toString("utf8")) });
      });
    });
    sent.on("error", reject);
    sent.end(body && JSON.stringify(body));
  });
}

function messageIn(body: string): string {
  return /"message":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1]?.replaceAll("\\n", " ").replaceAll('\\"', '"') ?? "";
}
