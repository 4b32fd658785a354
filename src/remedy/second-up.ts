import { isMade } from "../compose/engine/running.js";
import type { Declaration } from "../workspace/engine-networks/engine-network.js";

/** What becomes of the second of two projects that want one network with different settings. */
export type Collision =
  /** Compose has the network removed, and the engine refuses that: containers of the other one are on it. */
  | "refused"
  /** Only where the one with containers is up first. */
  | "in one order"
  /** It has nothing of the other one in its way: the network is made again, and containers of one name with it. */
  | "remade";

const SEVERITY: readonly Collision[] = ["refused", "in one order", "remade"];

/** The worst of all that one project meets. */
export function collisionOf(own: Declaration, others: readonly Declaration[]): Collision {
  const found = new Set(others.map((other) => collisionWith(own, other)));
  return SEVERITY.find((collision) => found.has(collision)) ?? "remade";
}

/** Containers of the same project and service are replaced, whichever file they come from. */
function collisionWith(own: Declaration, other: Declaration): Collision {
  const stays = (one: Declaration, beside: Declaration): boolean => {
    const isReplaced = one.project.name === beside.project.name;
    const services = new Set(isReplaced ? beside.project.services.map(({ name }) => name) : []);
    return one.network.attachments.some(({ service, running }) => isMade(running) && !services.has(service));
  };
  const count = [stays(own, other), stays(other, own)].filter(Boolean).length;
  return count === 2 ? "refused" : count === 1 ? "in one order" : "remade";
}
