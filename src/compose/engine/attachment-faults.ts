import type { Family } from "../../ipam/address.js";
import { addressIn } from "../../ipam/known-blocks.js";
import { samePlace, type Place } from "../../kit/source.js";
import { valueOf, type Field } from "../project/field.js";
import type { Attachment, Service } from "../project/service.js";
import { hiddenVariables, showScalar } from "../read/shown.js";
import type { Phase, Verdict } from "./fault.js";
import { LONGEST_INTERFACE_NAME } from "./interface-names.js";
import { since } from "./profile.js";
import { ALL_ENGINES, type Engines } from "./releases.js";
import { isMade } from "./running.js";

/** Something that engines refuse about the interface of a service on a network. */
export interface AttachmentFault extends Verdict {
  readonly service: string;
  readonly network: string;
  /** As it is written: `mac_address`. */
  readonly key: string;
  /** As people may see it. */
  readonly text: string;
  /** A clause after "is". */
  readonly reason: string;
  readonly at: Place;
}

/** What engines refuse about the interfaces of a service (tried on 28.5.2). */
export function faultsOfAttachments({ running, attachments, macAddress }: Service): AttachmentFault[] {
  if (!isMade(running)) return [];
  const names = new Map<string, Field<string>>();
  return attachments.flatMap((attachment) => {
    const { macAddress: own, linkLocal, interfaceName } = attachment;
    const isOnly = attachments.length === 1;
    const [only] = isOnly && own.kind === "absent" ? [macAddress] : [];
    return [
      ...judge(attachment, "mac_address", own, whyNoMac),
      ...(only ? judge(attachment, "mac_address", only, whyNoMac) : []),
      ...(isOnly ? differing(attachment, own, macAddress) : []),
      ...linkLocal.flatMap((field) => judge(attachment, "link_local_ips", field, whyNotLinkLocal)),
      ...judge(attachment, "interface_name", interfaceName, whyNoInterface),
      ...taken(attachment, interfaceName, names),
      ...faultsOfEndpoint(attachment),
    ];
  });
}

const ENDPOINT = "com.docker.network.endpoint.";

/** Options of the engine itself about an interface. */
function faultsOfEndpoint(attachment: Attachment): AttachmentFault[] {
  const about = (option: string, engines: Engines, why: Why): AttachmentFault[] => {
    const field = attachment.driverOptions.get(ENDPOINT + option);
    return field ? judge(attachment, ENDPOINT + option, field, why).map((fault) => ({ ...fault, engines })) : [];
  };
  return [
    ...about("ifname", since("endpointNames"), whyNoInterface),
    ...about("sysctls", since("endpointSettings"), whyNoSetting),
  ];
}

const SETTING = /^net\.(?:ipv4|ipv6|mpls)\.[^.=]+\.IFNAME\.[^=]+=/;

function whyNoSetting(text: string): ReturnType<Why> {
  if (text === "" || text.split(",").every((setting) => SETTING.test(setting))) return undefined;
  return {
    reason: "not a list of settings of an interface, such as net.ipv4.conf.IFNAME.log_martians=1",
    phase: "create",
  };
}

/** A fault of one field of an attachment, where its text is known. */
export function faultOfAttachment(
  attachment: Attachment,
  key: string,
  field: Field<string>,
  why: { readonly reason: string; readonly phase: Phase },
): AttachmentFault[] {
  return judge(attachment, key, field, () => why);
}

type Why = (text: string) => { readonly reason: string; readonly phase: Phase } | undefined;

function judge({ service, network }: Attachment, key: string, field: Field<string>, why: Why): AttachmentFault[] {
  const text = valueOf(field);
  const found = text === undefined ? undefined : why(text);
  if (field.kind !== "known" || !found) return [];
  const shown = hiddenVariables(field.written).length > 0 ? showScalar(field.written) : field.text;
  return [{ service, network, key, text: shown, at: field.at, effect: "refused", engines: ALL_ENGINES, ...found }];
}

/** The engine wants both to be the same, where both are there. */
function differing(attachment: Attachment, own: Field<string>, ofService: Field<string>): AttachmentFault[] {
  const [one, other] = [valueOf(own), valueOf(ofService)];
  if (!one || !other || one === other) return [];
  const reason = "not the mac_address of the service";
  return judge(attachment, "mac_address", own, () => ({ reason, phase: "create" }));
}

function taken(attachment: Attachment, field: Field<string>, names: Map<string, Field<string>>): AttachmentFault[] {
  const name = valueOf(field);
  if (name === undefined || name === "" || field.kind !== "known") return [];
  const other = names.get(name);
  names.set(name, field);
  if (!other || other.kind !== "known" || samePlace(other.at, field.at)) return [];
  const reason = "the name of two interfaces of the service";
  return judge(attachment, "interface_name", field, () => ({ reason, phase: "start" }));
}

const OCTETS = /^[\da-f]{2}(?:([:-])[\da-f]{2}(?:\1[\da-f]{2}){4}|[\da-f]{2}(?:\.[\da-f]{4}){2}|[\da-f]{10})$/i;
const LONG = /^[\da-f]{2}(?:([:-])[\da-f]{2}(?:\1[\da-f]{2}){6,18}|[\da-f]{2}(?:\.[\da-f]{4}){3,9})$/i;

function whyNoMac(text: string): ReturnType<Why> {
  if (text === "") return undefined;
  if (LONG.test(text)) return { reason: "longer than the 6 bytes of a MAC address", phase: "start" };
  if (!OCTETS.test(text)) return { reason: "not a valid MAC address", phase: "create" };
  const digits = text.replaceAll(/[^\da-f]/gi, "");
  if (/^0+$/.test(digits)) return { reason: "not an address that an interface can have", phase: "start" };
  const isMulticast = (Number.parseInt(digits.slice(0, 2), 16) & 1) === 1;
  return isMulticast ? { reason: "a multicast address, which no interface can have", phase: "start" } : undefined;
}

function whyNotLinkLocal(text: string): ReturnType<Why> {
  if (!addressIn(text)) return { reason: "not a valid IP address", phase: "create" };
  return linkLocalFamily(text) === undefined ? { reason: "not a link-local address", phase: "start" } : undefined;
}

/** The family of a link-local address; undefined for any other text. */
export function linkLocalFamily(text: string): Family | undefined {
  const address = addressIn(text);
  if (!address) return undefined;
  const { family, value } = address;
  const isLinkLocal = family === 4 ? value >> 16n === 0xa9fen : value >> 118n === 0x3fan;
  return isLinkLocal ? family : undefined;
}

function whyNoInterface(text: string): ReturnType<Why> {
  if (text === "") return undefined;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > LONGEST_INTERFACE_NAME) {
    return { reason: `longer than the ${LONGEST_INTERFACE_NAME} bytes that Linux takes`, phase: "start" };
  }
  if (/[\s/:]/.test(text) || text === "." || text === "..") {
    return { reason: "not a valid name of an interface", phase: "start" };
  }
  return text === "lo" ? { reason: "the name of the loopback interface", phase: "start" } : undefined;
}
