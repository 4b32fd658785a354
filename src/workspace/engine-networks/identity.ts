import { knownName, type Network } from "../../compose/project/network.js";
import type { Project } from "../../compose/project/project.js";
import { textOf } from "../../kit/source.js";
import { relativePath } from "../files/paths.js";
import type { ScopedPolicy } from "../scoped-policy.js";

/**
 * What makes a network of a file one network of the engine: its own `name:`; else its key and the project's name, where
 * somebody wrote that; else its key and the directory. Two folders with one name are not one: people tell them apart
 * with `-p`.
 */
export type Identity =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "project"; readonly project: string; readonly key: string }
  | DirectoryIdentity
  /** A name that somebody else decides on: no other network is known to be this one, but those of files beside it. */
  | { readonly kind: "open"; readonly text: string; readonly beside: DirectoryIdentity; readonly hashed: Identity };

interface DirectoryIdentity {
  readonly kind: "directory";
  readonly directory: string;
  readonly key: string;
}

/** What makes a network of a project one network of the engine. */
export function identityIn(
  project: Pick<Project, "name" | "named" | "directory">,
  network: Pick<Network, "key" | "writtenName">,
): Identity {
  const { key } = network;
  const hashed = identityOf(project, key, writtenNameOf(network));
  const text = openNameOf(network);
  const beside = { kind: "directory", directory: project.directory, key } as const;
  return text === undefined ? hashed : { kind: "open", text, beside, hashed };
}

/** @param written The network's own `name:`, where somebody wrote one that can be read. */
export function identityOf(
  { name, named, directory }: Pick<Project, "name" | "named" | "directory">,
  key: string,
  written: string | undefined,
): Identity {
  if (written !== undefined) return { kind: "name", name: written };
  return named ? { kind: "project", project: name, key } : { kind: "directory", directory, key };
}

/** A `name:` whose value is unknown names no network that could be told from others. */
export function writtenNameOf({ writtenName }: Pick<Network, "writtenName">): string | undefined {
  return knownName(writtenName);
}

/** The text of a `name:` that somebody wrote and that names nothing yet. */
export function openNameOf({ writtenName }: Pick<Network, "writtenName">): string | undefined {
  if (writtenName.kind === "absent" || knownName(writtenName) !== undefined) return undefined;
  return textOf(writtenName.at).replace(/^["']|["']$/g, "");
}

/** The same for all that the engine takes for one network. */
export function nodeOf(identity: Identity): string {
  switch (identity.kind) {
    case "name":
      return `name:${identity.name}`;
    case "project":
      return `name:${identity.project}_${identity.key}`;
    case "directory":
      return `directory:${identity.directory}\n${identity.key}`;
    case "open":
      return `open:${identity.text}\n${nodeOf(identity.beside)}`;
  }
}

/**
 * The words from which the wanted subnet is hashed. They do not change with the folder into which a repository was
 * cloned: the policy's `id`, then the identity with its directory below the policy.
 */
export function hashedWords(identity: Identity, { id, root }: Pick<ScopedPolicy, "id" | "root">): string {
  switch (identity.kind) {
    case "name":
      return [id, "network:", identity.name].join("\n");
    case "project":
      return [id, `name:${identity.project}`, identity.key].join("\n");
    case "directory":
      return [id, relativePath(root, identity.directory), identity.key].join("\n");
    case "open":
      return hashedWords(identity.hashed, { id, root });
  }
}

/** Of those who say the same name in several ways, a project's own comes first. */
export function chosenIdentity(identities: readonly Identity[]): Identity {
  const ofProjects = identities.filter(({ kind }) => kind === "project");
  const [first] = ofProjects.length > 0 ? ofProjects.sort(byWords) : identities;
  if (!first) throw new TypeError("an engine network without a declaration");
  return first;
}

function byWords(left: Identity, right: Identity): number {
  const [a, b] = [left, right].map((identity) => hashedWords(identity, { id: "", root: "/" }));
  return a === b ? 0 : (a ?? "") < (b ?? "") ? -1 : 1;
}
