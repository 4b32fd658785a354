import type { ComposeFile } from "./compose-file.js";
import { namesAsMap } from "./merge.js";
import { positionAt, type Place, type Source, type Span } from "./source.js";
import { asList, asMap, asScalar, child, type Entry, type Value } from "./value.js";

/**
 * The syntax tree of a compose file, as far as networks are concerned. It shows what is written where; what it means
 * after variables, merges and defaults is the project's to say.
 *
 * Lines start at 1 and columns at 0, as everywhere in ESLint. A value that is reached through an alias ends in an
 * `Alias` node: its own nodes stand where the anchor is.
 */
export type ComposeNode =
  ComposeFileNode | ServiceNode | AttachmentNode | NetworkNode | IpamNode | IpamPoolNode | AddressNode | AliasNode;

interface BaseNode {
  readonly loc: { readonly start: NodePosition; readonly end: NodePosition };
  readonly range: [number, number];
}

export interface NodePosition {
  readonly line: number;
  readonly column: number;
}

export interface ComposeFileNode extends BaseNode {
  readonly type: "ComposeFile";
  readonly services: readonly ServiceNode[];
  readonly networks: readonly NetworkNode[];
}

export interface ServiceNode extends BaseNode {
  readonly type: "Service";
  readonly name: string;
  readonly networkMode: string | undefined;
  readonly attachments: readonly (AttachmentNode | AliasNode)[];
}

export interface AttachmentNode extends BaseNode {
  readonly type: "Attachment";
  readonly service: string;
  readonly network: string;
  readonly addresses: readonly AddressNode[];
}

export interface NetworkNode extends BaseNode {
  readonly type: "Network";
  readonly name: string;
  readonly driver: string | undefined;
  readonly external: boolean;
  readonly internal: boolean;
  readonly ipam: IpamNode | AliasNode | undefined;
}

export interface IpamNode extends BaseNode {
  readonly type: "Ipam";
  readonly driver: string | undefined;
  readonly pools: readonly (IpamPoolNode | AliasNode)[];
}

export interface IpamPoolNode extends BaseNode {
  readonly type: "IpamPool";
  readonly addresses: readonly AddressNode[];
}

export interface AddressNode extends BaseNode {
  readonly type: "Address";
  readonly field: "subnet" | "ip_range" | "gateway" | "aux_address" | "ipv4_address" | "ipv6_address";
  /** The text in the file, with its variables. */
  readonly raw: string;
}

export interface AliasNode extends BaseNode {
  readonly type: "Alias";
  readonly anchor: string;
}

export const visitorKeys: Readonly<Record<ComposeNode["type"], readonly string[]>> = {
  ComposeFile: ["services", "networks"],
  Service: ["attachments"],
  Attachment: ["addresses"],
  Network: ["ipam"],
  Ipam: ["pools"],
  IpamPool: ["addresses"],
  Address: [],
  Alias: [],
};

export function buildTree({ source, documents }: ComposeFile): ComposeFileNode {
  const under = (key: string): Entry[] =>
    documents.flatMap(({ root }) => [...(asMap(child(root, key))?.entries.values() ?? [])]);
  return {
    type: "ComposeFile",
    ...extentOf(source, [0, source.text.length]),
    services: under("services").map(serviceNode),
    networks: under("networks").map(networkNode),
  };
}

export function extentOf(source: Source, [start, end]: Span): BaseNode {
  return { loc: { start: nodePositionAt(source, start), end: nodePositionAt(source, end) }, range: [start, end] };
}

function nodePositionAt(source: Source, offset: number): NodePosition {
  const { line, column } = positionAt(source, offset);
  return { line, column: column - 1 };
}

function extentOfEntry({ keyPlace, value }: Entry): BaseNode {
  const end = value.sharedBy ? keyPlace.span[1] : Math.max(keyPlace.span[1], value.place.span[1]);
  return extentOf(keyPlace.source, [keyPlace.span[0], end]);
}

function extentOfPlace({ source, span }: Place): BaseNode {
  return extentOf(source, span);
}

function aliasNode(value: Value): AliasNode | undefined {
  const alias = value.sharedBy;
  return alias && { type: "Alias", anchor: alias.anchor, ...extentOfPlace(alias.place) };
}

function serviceNode(entry: Entry): ServiceNode {
  const networks = child(entry.value, "networks");
  const alias = networks && aliasNode(networks);
  return {
    type: "Service",
    name: entry.key,
    networkMode: textIn(entry.value, "network_mode"),
    attachments: alias
      ? [alias]
      : [...(networks ? namesAsMap(networks).entries.values() : [])].map((attachment) =>
          attachmentNode(entry.key, attachment),
        ),
    ...extentOfEntry(entry),
  };
}

function attachmentNode(service: string, entry: Entry): AttachmentNode {
  return {
    type: "Attachment",
    service,
    network: entry.key,
    addresses: addressNodes(entry.value, ["ipv4_address", "ipv6_address"]),
    ...extentOfEntry(entry),
  };
}

function networkNode(entry: Entry): NetworkNode {
  const ipam = child(entry.value, "ipam");
  const external = child(entry.value, "external");
  return {
    type: "Network",
    name: entry.key,
    driver: textIn(entry.value, "driver"),
    external: external?.kind === "map" || asScalar(external)?.value === true,
    internal: asScalar(child(entry.value, "internal"))?.value === true,
    ipam: ipam && (aliasNode(ipam) ?? ipamNode(ipam)),
    ...extentOfEntry(entry),
  };
}

function ipamNode(value: Value): IpamNode {
  return {
    type: "Ipam",
    driver: textIn(value, "driver"),
    pools: (asList(child(value, "config"))?.items ?? []).map((item) => aliasNode(item) ?? poolNode(item)),
    ...extentOfPlace(value.place),
  };
}

function poolNode(value: Value): IpamPoolNode {
  const named = [...(asMap(child(value, "aux_addresses"))?.entries.values() ?? [])];
  return {
    type: "IpamPool",
    addresses: [
      ...addressNodes(value, ["subnet", "ip_range", "gateway"]),
      ...named.flatMap((auxiliary) => addressNode("aux_address", auxiliary.value) ?? []),
    ],
    ...extentOfPlace(value.place),
  };
}

function addressNodes(value: Value | undefined, fields: readonly AddressNode["field"][]): AddressNode[] {
  return fields.flatMap((field) => addressNode(field, child(value, field)) ?? []);
}

function addressNode(field: AddressNode["field"], value: Value | undefined): AddressNode | undefined {
  const raw = plainText(value);
  return raw === undefined || !value ? undefined : { type: "Address", field, raw, ...extentOfPlace(value.place) };
}

function textIn(value: Value | undefined, key: string): string | undefined {
  return plainText(child(value, key));
}

function plainText(value: Value | undefined): string | undefined {
  const text = asScalar(value)?.value;
  return text === undefined || text === null ? undefined : String(text);
}
