import { knownNameOf, type Network } from "../../compose/project/network.js";
import type { Project } from "../../compose/project/project.js";
import type { Attachment } from "../../compose/project/service.js";
import { addTo } from "../../kit/group.js";
import { byCodeUnits } from "../../kit/order.js";
import type { Place } from "../../kit/source.js";
import { UNNAMED_HOST } from "../../policy/hosts.js";
import { hostsOfProject, scopeOf, type Territory } from "../territory.js";
import { attachmentsOf, meet, type Declaration, type EngineNetwork, type Join } from "./engine-network.js";
import { groupsByHost } from "./host-groups.js";
import type { Claimant } from "../plan/plan.js";
import { textKey, withSharedText } from "./shared-text.js";
import {
  chosenIdentity,
  hashedWords,
  identityIn,
  identityOf,
  nodeOf,
  openNameOf,
  writtenNameOf,
  type Identity,
} from "./identity.js";

/** A project, and the policy that holds for it. */
export interface Resident {
  readonly project: Project;
  readonly territory: Territory;
  /** The directory of the file that its first file leads to, where that is a link. */
  readonly leadsTo: string | undefined;
}

/** The residents whose files are being looked at, in another state than on the disk. */
interface Replaced {
  readonly base: EngineNetworks;
  readonly isReplaced: (project: Project) => boolean;
}

/** Which networks of which files are one network to the engine. It looks at each project once. */
export class EngineNetworks {
  /** The projects with a name that somebody wrote, by the directories that they start in. */
  readonly #named = new Map<string, Project[]>();
  readonly #declarations = new Map<string, Declaration[]>();
  /** By the name that the engine gets from their own files. */
  readonly #byName = new Map<string, Declaration[]>();
  /** Those that files of one directory call alike, whatever the engine calls them. */
  readonly #beside = new Map<string, Namesake[]>();
  readonly #openlyNamed = new Map<string, Namesake[]>();
  readonly #residents = new Set<Project>();
  readonly #links = new Map<Project, string>();
  readonly #externals = new Map<string, Join[]>();
  readonly #parts = new Map<string, Join[]>();
  /** By the place of the text that declares them: several projects may include or merge one file. */
  readonly #byText = new Map<string, Declaration[]>();
  readonly #known = new Map<string, readonly EngineNetwork[]>();
  readonly #sharing = new Map<EngineNetwork, EngineNetwork>();
  readonly #ofNetworks = new Map<Network, EngineNetwork>();

  /** @param residents Each project once. */
  constructor(
    residents: readonly Resident[],
    readonly replaced?: Replaced,
  ) {
    for (const { project } of residents) if (project.named) addTo(this.#named, project.directory, project);
    for (const resident of residents) this.#add(resident);
  }

  has(project: Project): boolean {
    return this.#residents.has(project);
  }

  /** The same networks with the projects of one file as they are now. Only what is asked for is put together again. */
  with(residents: readonly Resident[], isReplaced: (project: Project) => boolean): EngineNetworks {
    return new EngineNetworks(residents, { base: this, isReplaced });
  }

  /** The engine network that a network of a project is, for a project that creates it. */
  of(project: Project, network: Network): EngineNetwork | undefined {
    if (!isDeclaration(network)) return undefined;
    this.#at(nodeOf(this.#identityIn(project, network)));
    return this.#ofNetworks.get(network);
  }

  /** The network with those of other projects that one text declares: whatever is written there, all of them have. */
  sharing(found: EngineNetwork): EngineNetwork {
    const known = this.#sharing.get(found);
    if (known) return known;
    const { members, network } = withSharedText(found, ({ place }) =>
      this.#all(textKey(place), (networks) => networks.#byText).flatMap(
        (declaration) => this.of(declaration.project, declaration.network) ?? [],
      ),
    );
    for (const member of members) this.#sharing.set(member, network);
    return network;
  }

  /** The networks that an `external` one may be: none that no file of the workspace creates, several where names clash. */
  namedBy(
    project: Project,
    network: Pick<Network, "name" | "writtenName">,
    territory: Territory,
  ): readonly EngineNetwork[] {
    const hosts = hostsOfProject(project, territory);
    const name = knownNameOf(network);
    const declarations = name === undefined ? [] : this.#all(name, (networks) => networks.#byName);
    const nodes = new Set(declarations.map(({ identity }) => nodeOf(identity)));
    return [...nodes]
      .flatMap((node) => this.#at(node))
      .filter(({ declarations }) => declarations.some((declaration) => meet(declaration.hosts, hosts)));
  }

  /**
   * The networks of other files of the directory under the same key to which these give another name: what Compose is
   * started with decides which of them it is.
   */
  otherwiseNamed(project: Project, network: Network): readonly Namesake[] {
    const own = nameTextOf(network);
    return this.#all(besideKey(project, network.key), (networks) => networks.#beside).filter(
      (other) =>
        other.project !== project &&
        (other.network.existence.kind === "external" || (nameTextOf(other.network) ?? own) !== own),
    );
  }

  /**
   * Networks of other directories whose `name:` is the same text with a variable that has no value here: whoever sets
   * it decides whether they are one network.
   */
  openlyNamed(project: Project, network: Network): readonly Namesake[] {
    const text = openNameOf(network);
    if (text === undefined) return [];
    return this.#all(text, (networks) => networks.#openlyNamed).filter(
      (other) => other.project !== project && other.project.directory !== project.directory,
    );
  }

  /** The projects that begin with a link to a file of the directory. */
  linkedTo(directory: string): readonly Project[] {
    const own = [...this.#links].flatMap(([project, target]) => (target === directory ? project : []));
    if (!this.replaced) return own;
    const { base, isReplaced } = this.replaced;
    return [...base.linkedTo(directory).filter((project) => !isReplaced(project)), ...own];
  }

  /** The directory of the file that a project's file leads to, where that is a link: one text, under two names. */
  leadsTo(project: Project): string | undefined {
    return this.#links.get(project) ?? this.replaced?.base.leadsTo(project);
  }

  /** What the plan is told about a network of a project. A text under two names gets one subnet. */
  claimantOf(project: Project, network: Network, territory: Territory): Claimant {
    const scope = scopeOf(territory);
    const directory = this.leadsTo(project);
    if (directory !== undefined && !project.named && writtenNameOf(network) === undefined) {
      const identity = this.#identityOf({ ...project, directory }, network.key, undefined);
      return { words: hashedWords(identity, scope), attachments: network.attachments };
    }
    const own = this.of(project, network);
    const found = own && this.sharing(own);
    if (!found) {
      const words = hashedWords(identityOf(project, network.key, writtenNameOf(network)), scope);
      return { words, attachments: network.attachments };
    }
    const words = hashedWords(found.identity, scope);
    return {
      words: found.host === undefined ? words : `${words}\nhost:${found.host}`,
      attachments: attachmentsOf(found),
    };
  }

  #add({ project, territory, leadsTo }: Resident): void {
    this.#residents.add(project);
    if (leadsTo !== undefined) this.#links.set(project, leadsTo);
    const hosts = hostsOfProject(project, territory);
    const declared = new Set<string>();
    for (const network of project.networks) {
      const { key, attachments, place, implicit } = network;
      declared.add(key);
      if (!implicit) addTo(this.#beside, besideKey(project, key), { project, network, hosts, place });
      const openName = openNameOf(network);
      if (openName?.includes("$")) addTo(this.#openlyNamed, openName, { project, network, hosts, place });
      if (network.existence.kind === "external") {
        // Of which network it is, nobody knows where its name hangs on a variable without a value.
        const known = knownNameOf(network);
        if (known !== undefined) {
          addTo(this.#externals, known, { project, key, external: known, attachments, place, hosts });
        }
      } else if (isDeclaration(network)) {
        const identity = this.#identityIn(project, network);
        const node = nodeOf(identity);
        const declaration = { project, network, territory, hosts, identity };
        addTo(this.#declarations, node, declaration);
        if (!implicit) addTo(this.#byText, textKey(place), declaration);
        const known = knownNameOf(network);
        if (known !== undefined) addTo(this.#byName, known, declaration);
      } else if (attachments.length > 0) {
        this.#addPart(project, { project, key, external: undefined, attachments, place, hosts });
      }
    }
    if (project.fragment === undefined) return;
    for (const { attachments } of project.services) {
      for (const attachment of attachments) {
        const { network: key, place } = attachment;
        if (declared.has(key)) continue;
        this.#addPart(project, { project, key, external: undefined, attachments: [attachment], place, hosts });
      }
    }
  }

  #addPart(project: Project, join: Join): void {
    addTo(this.#parts, nodeOf(this.#identityOf(project, join.key, undefined)), join);
  }

  #identityIn(project: Project, network: Network): Identity {
    const identity = identityIn(project, network);
    return identity.kind === "directory" ? this.#identityOf(project, network.key, undefined) : identity;
  }

  /** A file without a `name:` belongs to the one project that is started in its directory. */
  #identityOf(project: Project, key: string, written: string | undefined): Identity {
    const identity = identityOf(project, key, written);
    if (identity.kind !== "directory") return identity;
    const names = new Set(this.#all(project.directory, (networks) => networks.#named).map((other) => other.name));
    const [name] = names;
    return names.size === 1 && name !== undefined ? { kind: "project", project: name, key } : identity;
  }

  /** What is filed under a key, without those whose files are being looked at. */
  #all<Filed extends Declaration | Join | Namesake | Project>(
    key: string,
    fileOf: (networks: EngineNetworks) => ReadonlyMap<string, readonly Filed[]>,
  ): readonly Filed[] {
    const own = fileOf(this).get(key) ?? [];
    if (!this.replaced) return own;
    const { base, isReplaced } = this.replaced;
    const others = base.#all(key, fileOf).filter((filed) => !isReplaced("project" in filed ? filed.project : filed));
    return [...others, ...own];
  }

  /** One network of each group of hosts. */
  #at(node: string): readonly EngineNetwork[] {
    let known = this.#known.get(node);
    if (!known) {
      known = this.#networksAt(node);
      this.#known.set(node, known);
    }
    return known;
  }

  /** Merged with one of the declarations, the files beside it mean that one, whatever they call it alone. */
  #besideAll(declarations: readonly Declaration[]): Join[] {
    const declaring = new Set(declarations.map(({ project }) => project));
    const keys = new Set(declarations.map(({ project, network }) => besideKey(project, network.key)));
    return [...keys]
      .flatMap((key) => this.#all(key, (networks) => networks.#beside))
      .filter(({ project, network }) => !declaring.has(project) && network.existence.kind !== "external")
      .map(({ project, network, hosts }) => {
        const { key, attachments, place, ipv4, ipv6 } = network;
        const isPinned = [ipv4, ipv6].some(({ mode }) => mode === "explicit" || mode === "unknown");
        return { project, key, external: undefined, attachments, place, hosts, ...(isPinned && { network }) };
      });
  }

  /** Merged with a file that makes the network external, the files beside it join that one. */
  #besideExternals(externals: readonly Join[]): Join[] {
    const found = new Map<string, Join[]>();
    for (const { project, key, external } of externals) {
      const place = besideKey(project, key);
      if (found.has(place)) continue;
      const parts = this.#all(nodeOf(this.#identityOf(project, key, undefined)), (networks) => networks.#parts);
      const beside = this.#all(place, (networks) => networks.#beside)
        .filter(({ network: { existence, ipv4, ipv6, writtenName } }) => {
          const isOpen = ipv4.mode !== "explicit" && ipv6.mode !== "explicit" && writtenName.kind === "absent";
          return existence.kind !== "external" && isOpen;
        })
        .map(({ project: other, network, hosts }): Join => {
          return { project: other, key, external, attachments: network.attachments, place: network.place, hosts };
        });
      found.set(place, [...beside, ...parts.map((part) => ({ ...part, external }))]);
    }
    return [...found.values()].flat();
  }

  #networksAt(node: string): readonly EngineNetwork[] {
    const groups = groupsByHost(this.#all(node, (networks) => networks.#declarations).toSorted(inOrder));
    const parts = this.#all(node, (networks) => networks.#parts);
    return groups.map(({ declarations, hosts }) => {
      const names = new Set(declarations.flatMap(({ network }) => knownNameOf(network) ?? []));
      const externals = [...names].flatMap((name) => this.#all(name, (networks) => networks.#externals));
      const merged = this.#besideExternals(externals);
      const [first = ""] = [...hosts].sort();
      const found: EngineNetwork = {
        declarations,
        joins: eachOnce([...externals, ...parts, ...this.#besideAll(declarations), ...merged])
          .filter((join) => meet(join.hosts, hosts))
          .sort(inOrderOfPlaces),
        identity: chosenIdentity(declarations.map(({ identity }) => identity)),
        host: groups.length > 1 && first !== UNNAMED_HOST ? first : undefined,
      };
      for (const { network } of declarations) this.#ofNetworks.set(network, found);
      return found;
    });
  }
}

/** A network of a file, as other files of the directory see it. */
export interface Namesake {
  readonly project: Project;
  readonly network: Network;
  readonly hosts: ReadonlySet<string>;
  readonly place: Place;
}

/** What a file calls the network, be it a name or a text that hangs on variables. */
function nameTextOf(network: Network): string | undefined {
  return writtenNameOf(network) ?? openNameOf(network);
}

function besideKey({ directory }: Project, key: string): string {
  return `${directory}\n${key}`;
}

/** Several files of a directory may be why a file beside them joins. */
function eachOnce(joins: readonly Join[]): Join[] {
  const known = new Map<Project, Set<Attachment>>();
  return joins.filter(({ project, attachments, network }) => {
    const seen = known.get(project) ?? new Set();
    known.set(project, seen);
    const isNew = network !== undefined || attachments.some((attachment) => !seen.has(attachment));
    for (const attachment of attachments) seen.add(attachment);
    return isNew;
  });
}

function inOrder({ network: left }: Declaration, { network: right }: Declaration): number {
  return inOrderOfPlaces(left, right);
}

function inOrderOfPlaces(
  { place: left }: { readonly place: Place },
  { place: right }: { readonly place: Place },
): number {
  return byCodeUnits(left.source.path, right.source.path) || left.span[0] - right.span[0];
}

/** An implicit network that Compose may not even create says nothing about how it is to be. */
function isDeclaration({ implicit, existence }: Network): boolean {
  return existence.kind !== "external" && !(implicit && existence.kind === "unknown");
}
