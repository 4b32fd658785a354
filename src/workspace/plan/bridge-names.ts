import { LONGEST_INTERFACE_NAME } from "../../compose/engine/interface-names.js";
import type { Network } from "../../compose/project/network.js";
import type { Project } from "../../compose/project/project.js";
import { textOf } from "../../kit/source.js";
import { hashKey } from "../../ipam/key-hash.js";
import { writtenNameOf } from "../engine-networks/identity.js";
import type { ProjectView } from "../view.js";

const PREFIX = "br-";
const HASH_LENGTH = 5;

/**
 * The interface name that a fix gives to a bridge network: `br-shop-back` for the network `back` of a project that says
 * it is called `shop`. Where that is too long, where the network has a name of its own that other projects may write too, or where the project is called after its directory, as many others may
 * be, a hash of the network's key in the plan tells it apart: `br-back-3k9f0`.
 *
 * So the name follows from the file alone, and two networks of a workspace hardly ever get the same.
 */
export function bridgeNameFor(view: ProjectView, network: Pick<Network, "key" | "writtenName">): string {
  const { project } = view;
  const { key } = network;
  // A fix writes no value of a variable into a file.
  const isHidden = project.shownName !== project.name;
  const whole = `${PREFIX}${project.name}-${key}`;
  // Each part without a dash, so that no two pairs of them give one name.
  const written = writtenNameOf(network);
  const isTelling =
    written === undefined && project.named && !isHidden && /^[a-z0-9]+$/.test(project.name) && /^[a-z0-9]+$/.test(key);
  if (isTelling && whole.length <= LONGEST_INTERFACE_NAME) return whole;
  const hash = hashKey(view.ownClaimKey(network, 4)).toString(36).padStart(HASH_LENGTH, "0").slice(-HASH_LENGTH);
  const room = LONGEST_INTERFACE_NAME - PREFIX.length - 1 - HASH_LENGTH;
  const label = labelOf(project, network, isHidden)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, room)
    .replace(/^-|-$/g, "");
  return PREFIX + [label, hash].filter(Boolean).join("-");
}

/** The whole of a name that somebody wrote without a variable, so that each project which writes it gives the same. */
function labelOf(
  { name }: Project,
  { key, writtenName }: Pick<Network, "key" | "writtenName">,
  isHidden: boolean,
): string {
  if (writtenName.kind === "known" && textOf(writtenName.at).includes(writtenName.value)) return writtenName.value;
  return key === "default" && !isHidden ? name : key;
}
