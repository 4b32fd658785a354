import { formatAddress, type Address } from "../ipam/address.js";
import { formatPrefix, rangeOf, type Prefix } from "../ipam/prefix.js";
import { rangeContains } from "../ipam/range.js";
import { shiftAddress } from "../ipam/shift.js";
import { refused, type Refused } from "../kit/edit.js";
import type { Place } from "../kit/source.js";
import type { Project } from "../compose/project/project.js";
import type { Attachment } from "../compose/project/service.js";
import type { EngineNetwork } from "../workspace/engine-networks/engine-network.js";

/**
 * Two services that had addresses in different subnets may meet in one. Files of one directory are alternatives, or say
 * more of one service.
 */
export function collisionAfter(found: EngineNetwork, from: readonly Prefix[], to: Prefix): Refused | undefined {
  const taken = new Map<string, Holder>();
  for (const { project, attachments } of membersOf(found)) {
    for (const [address, at] of addressesOf(attachments, to)) {
      const origin = [...from, to].find((prefix) => rangeContains(rangeOf(prefix), address));
      const moved = origin && (origin === to ? address : shiftAddress(address, origin, to));
      if (!moved) continue;
      const text = formatAddress(moved);
      const other = taken.get(text);
      const holder = { subnet: formatPrefix(origin), directory: project.directory, at };
      if (!other) taken.set(text, holder);
      else if (other.subnet !== holder.subnet && other.directory !== holder.directory) {
        return refused(`two services would have ${text}`, at);
      }
    }
  }
  return undefined;
}

interface Holder {
  readonly subnet: string;
  readonly directory: string;
  readonly at: Place;
}

function membersOf({ declarations, joins }: EngineNetwork): { project: Project; attachments: readonly Attachment[] }[] {
  return [
    ...declarations.map(({ project, network }) => ({ project, attachments: network.attachments })),
    ...joins.map(({ project, attachments }) => ({ project, attachments })),
  ];
}

function addressesOf(attachments: readonly Attachment[], { address: { family } }: Prefix): [Address, Place][] {
  return attachments.flatMap(({ addresses }) =>
    addresses.flatMap(({ address, family: own }): [Address, Place][] =>
      own === family && address.kind === "known" ? [[address.value, address.at]] : [],
    ),
  );
}
