import type { ComposeFile } from "./compose-file.js";
import type {
  AddressNode,
  AliasNode,
  AttachmentNode,
  BaseNode,
  ComposeFileNode,
  ComposeNode,
  IpamNode,
  IpamPoolNode,
  NetworkNode,
  NodePosition,
  ServiceNode,
} from "./nodes.js";
import { positionAt, type Place, type Source, type Span } from "../../kit/source.js";
import { asList, asMap, asScalar, child, type Entry, type Value } from "./value.js";
import { namesAsMap } from "./names-as-map.js";

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
