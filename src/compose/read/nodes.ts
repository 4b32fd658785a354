/**
 * The syntax tree of a compose file, as far as networks are concerned. It shows what is written where; what it means
 * after variables, merges and defaults is the project's to say.
 *
 * Lines start at 1 and columns at 0, as everywhere in ESLint. A value that is reached through an alias ends in an
 * `Alias` node: its own nodes stand where the anchor is.
 */
export type ComposeNode =
  ComposeFileNode | ServiceNode | AttachmentNode | NetworkNode | IpamNode | IpamPoolNode | AddressNode | AliasNode;

export interface BaseNode {
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
