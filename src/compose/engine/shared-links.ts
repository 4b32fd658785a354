import { driverOption } from "../project/driver-option.js";
import { valueOf, type Field } from "../project/field.js";
import type { Network } from "../project/network.js";
import type { Project } from "../project/project.js";
import type { Attachment, Service } from "../project/service.js";
import { faultOfAttachment, linkLocalFamily, type AttachmentFault } from "./attachment-faults.js";
import { isMade, runTogether } from "./running.js";
import type { StartOrder } from "./start-order.js";

/** What engines refuse about interfaces because of the network that they are on, or of others there (tried on 28.5.2). */
export function faultsOnNetworks(project: Project, order: StartOrder): AttachmentFault[] {
  const created = project.networks.filter(({ existence }) => existence.kind === "created");
  return [...created.flatMap(withoutFamily), ...sameMacs(created, project.services, order)];
}

/** An interface has no IPv6 address on a network that has no IPv6, not even one of its link. */
function withoutFamily({ switches, attachments }: Network): AttachmentFault[] {
  if (switches.ipv6 !== false) return [];
  return attachments.flatMap((attachment) => {
    if (!isMade(attachment.running)) return [];
    return attachment.linkLocal.flatMap((field) => {
      const isIpv6 = linkLocalFamily(valueOf(field) ?? "") === 6;
      const reason = "an IPv6 address, and the network has no IPv6";
      return isIpv6 ? faultOfAttachment(attachment, "link_local_ips", field, { reason, phase: "start" }) : [];
    });
  });
}

/** Bridges do not mind; on the link of a parent, Linux does. */
function sameMacs(networks: readonly Network[], services: readonly Service[], order: StartOrder): AttachmentFault[] {
  const onLinks = networks.filter(({ driver }) => driver === "macvlan");
  if (onLinks.length === 0) return [];
  const byName = new Map(services.map((service) => [service.name, service]));
  const holders = new Map<string, Attachment>();
  return onLinks.flatMap(({ key, driverOptions, attachments }) => {
    const link = driverOption(driverOptions, "parent") || `of network ${key}`;
    return attachments.flatMap((attachment) => {
      const field = macOf(attachment, byName.get(attachment.service));
      const digits = (valueOf(field) ?? "").replaceAll(/[^\da-f]/gi, "").toLowerCase();
      if (digits === "" || !isMade(attachment.running)) return [];
      const place = `${link} ${digits}`;
      const other = holders.get(place);
      holders.set(place, attachment);
      const isTaken = other && other.service !== attachment.service && areTogether(other, attachment, order);
      const copies = attachment.running.copies > 1 ? "one address for several copies" : undefined;
      const reason = copies ?? (isTaken ? `taken on the same parent by service "${other.service}"` : undefined);
      return reason === undefined
        ? []
        : faultOfAttachment(attachment, "mac_address", field, { reason, phase: "start" });
    });
  });
}

function areTogether(one: Attachment, other: Attachment, order: StartOrder): boolean {
  if (!runTogether(one.running, other.running)) return false;
  return !order.endedBefore(one.service).has(other.service) && !order.endedBefore(other.service).has(one.service);
}

function macOf(attachment: Attachment, service: Service | undefined): Field<string> {
  const { macAddress, isOnly } = attachment;
  if (macAddress.kind !== "absent" || !isOnly || !service) return macAddress;
  return service.macAddress;
}
