import type { Network } from "../../compose/project/network.js";
import type { Project } from "../../compose/project/project.js";
import type { Attachment } from "../../compose/project/service.js";
import type { Place } from "../../kit/source.js";
import type { Territory } from "../territory.js";
import type { Identity } from "./identity.js";

/** A network as the engine of one host knows it, with all that the files of the workspace say about it. */
export interface EngineNetwork {
  /** In the order of the files, then of their text. */
  readonly declarations: readonly Declaration[];
  readonly joins: readonly Join[];
  /** What the plan hashes the network by: see `hashedWords`. */
  readonly identity: Identity;
  /** Tells it from another one with the same name on other hosts; undefined where there is none. */
  readonly host: string | undefined;
}

/** A project that creates the network. */
export interface Declaration {
  readonly project: Project;
  readonly network: Network;
  readonly territory: Territory;
  readonly hosts: ReadonlySet<string>;
  readonly identity: Identity;
}

/** Services that join a network which their own files do not create. */
export interface Join {
  readonly project: Project;
  /** What their files call it. */
  readonly key: string;
  /** Its own definition of the network, where it is merged with one that creates it and has a subnet. */
  readonly network?: Network;
  /** The name that the engine knows it by, where it is `external`; undefined for a file that is a part of a project. */
  readonly external: string | undefined;
  readonly attachments: readonly Attachment[];
  readonly place: Place;
  readonly hosts: ReadonlySet<string>;
}

const attachments = new WeakMap<EngineNetwork, readonly Attachment[]>();

/** All services on the network, in whichever files. */
export function attachmentsOf(network: EngineNetwork): readonly Attachment[] {
  let known = attachments.get(network);
  if (!known) {
    known = [...network.declarations.map((declaration) => declaration.network), ...network.joins].flatMap(
      (member) => member.attachments,
    );
    attachments.set(network, known);
  }
  return known;
}

/** Whether somebody may meet on one host. */
export function meet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  for (const host of left) if (right.has(host)) return true;
  return false;
}
