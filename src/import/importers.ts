import { failure, type Result, success } from "../kit/result.js";
import { awsVpcs } from "./aws-vpcs.js";
import { dockerNetworks } from "./docker-networks.js";
import { doctorSnapshot } from "./doctor-snapshot.js";
import { getNetRoute } from "./get-netroute.js";
import type { Importer, ImportSource } from "./importer.js";
import { ipAddr } from "./ip-addr.js";
import { ipRoute } from "./ip-route.js";
import { netbox } from "./netbox.js";
import { netstat } from "./netstat.js";
import { networkList } from "./network-list.js";
import { openvpn } from "./openvpn.js";
import { quadlet } from "./quadlet.js";
import { tailscale } from "./tailscale.js";
import { terraform } from "./terraform.js";
import { wireguard } from "./wireguard.js";

/** In the order in which they are asked whether they know a source. */
export const IMPORTERS: readonly Importer[] = [
  ipRoute,
  ipAddr,
  getNetRoute,
  awsVpcs,
  terraform,
  tailscale,
  dockerNetworks,
  doctorSnapshot,
  netbox,
  quadlet,
  wireguard,
  netstat,
  openvpn,
  networkList,
];

export interface Recognized {
  readonly importer: Importer;
  readonly source: ImportSource;
}

/**
 * Finds out what a text is, or takes the caller's word for it.
 *
 * A fault is a whole sentence that quotes nothing of the text, which may hold secrets.
 */
export function recognize(text: string, kind?: string): Result<Recognized, string> {
  const json = parseJson(text);
  if (!json.ok && (kind === undefined || !IMPORTERS.some((importer) => importer.kind === kind))) return json;
  const source: ImportSource = { text, json: json.ok ? json.value : undefined };
  const importer = IMPORTERS.find((known) => (kind === undefined ? known.recognizes(source) : known.kind === kind));
  if (!importer) return failure(describe(source));
  if (kind !== undefined && !importer.recognizes(source)) return failure(`this is not ${importer.what}`);
  return success({ importer, source });
}

function parseJson(text: string): Result<unknown, string> {
  if (!/^\s*[[{]/.test(text) || /^\s*\[[A-Za-z]+\]/.test(text)) return success(undefined);
  try {
    const json: unknown = JSON.parse(text);
    return success(json);
  } catch {
    return failure("it begins like JSON, but is none: is a part missing?");
  }
}

function describe({ text, json }: ImportSource): string {
  if (text.trim() === "") return "it is empty";
  if (/^(?:default|[\d.]+(?:\/\d+)?) (?:via|dev) /m.test(text)) {
    return "it is the output of ip route without JSON; run ip -j route";
  }
  if (/^DestinationPrefix\b|^ifIndex\b/m.test(text)) {
    return "it is a table of Get-NetRoute; run Get-NetRoute | Select-Object DestinationPrefix, InterfaceAlias | ConvertTo-Json";
  }
  const form = json === undefined ? "it is text" : Array.isArray(json) ? "it is a JSON list" : "it is a JSON object";
  return `${form} of no kind that is known here: ${IMPORTERS.map(({ what }) => what).join("; ")}`;
}
