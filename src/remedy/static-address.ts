import { addRange } from "../compose/edit/add-range.js";
import { rewriteText } from "../compose/edit/rewrite-text.js";
import { refuseShared } from "../compose/edit/refusals/sharing.js";
import { rangeForOthers, type RangeForOthers } from "../compose/engine/range-for-others.js";
import { withEngines } from "../compose/engine/releases.js";
import type { AddedToAddressFault, StaticAddressFault } from "../compose/engine/static-address-fault.js";
import { addressKey } from "../compose/project/service.js";
import type { Network } from "../compose/project/network.js";
import { showText } from "../compose/read/shown.js";
import { child } from "../compose/read/value.js";
import { formatAddress } from "../ipam/address.js";
import { formatPrefix } from "../ipam/prefix.js";
import type { Edit } from "../kit/edit.js";
import type { ProjectView } from "../workspace/view.js";
import { enginesRunning } from "./engines.js";
import { editAtHome } from "./edit-at-home.js";
import { showPlace, showVariables } from "./wording.js";

/** What fills the words of a fault, those that its reader adds among them. */
export function aboutAddress(
  view: ProjectView,
  network: Network,
  { address: asked, values, variables, other, engines }: StaticAddressFault,
): AddedToAddressFault & Readonly<Record<string, string>> {
  const { family, service, address } = asked;
  return {
    ...values,
    ...(variables && { reason: `${showVariables(variables, view)} is not one` }),
    network: network.key,
    service,
    field: addressKey(family),
    address: address.kind === "unknown" ? "" : showText(address),
    switch: `ipv${family}`,
    family: `IPv${family}`,
    engines: withEngines(engines),
    ...(other && { place: showPlace(other, view) }),
  };
}

/** An address that can be written in place of the one that is wrong. */
export interface OtherAddress {
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** Of a text that other places share, nobody knows whether they are meant too. */
export function otherAddress(
  { repairs, address }: StaticAddressFault,
  network: string,
  { file: { documents } }: ProjectView,
): OtherAddress | undefined {
  const [free] = repairs;
  if (!free) return undefined;
  const containers = documents.flatMap(({ root }) => {
    const definition = child(child(root, "services"), address.service);
    const networks = child(definition, "networks");
    return [definition, networks, child(networks, network)];
  });
  if (refuseShared([...containers, free.written])) return undefined;
  const rewriting = rewriteText(free.written, free.from, free.to);
  return rewriting.ok ? { text: free.to, edits: rewriting.edits } : undefined;
}

/** What keeps the others of a network off an address that they may take, and how that is done. */
export interface Separation {
  readonly advice: string;
  /** As it is written: `10.7.0.128/25`. */
  readonly range: string;
  /** Undefined where it can't be written into the file at hand. */
  readonly edits: readonly Edit[] | undefined;
}

/** An `ip_range` for those that have no address of their own, with the gateway where it is now. */
export function separate(view: ProjectView, network: Network, { address }: StaticAddressFault): Separation | undefined {
  const found = rangeForOthers(network, address.family, enginesRunning(view));
  if (!found) return undefined;
  const outcome = editAtHome(view, network, "ipam", (home) => addRange(home, network, found));
  const isHere = network.place.source === view.file.source && found.pool.at.source === view.file.source;
  return {
    advice: adviceFor(found),
    range: formatPrefix(found.range),
    edits: outcome.ok && isHere ? outcome.edits : undefined,
  };
}

function adviceFor({ range, gateway }: RangeForOthers): string {
  const written = `ip_range: ${formatPrefix(range)}`;
  return gateway === undefined
    ? `Add ${written} to the pool: the others then get addresses from there.`
    : `Add ${written} and gateway: ${formatAddress(gateway)} to the pool: the others then get addresses from there.`;
}
