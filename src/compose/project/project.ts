import type { Addressing } from "./addressing.js";
import { brokenLinksOf, type BrokenLink } from "./broken-links.js";
import type { ComposeFile } from "../read/compose-file.js";
import type { Variables } from "../read/interpolate.js";
import type { PoolMerge } from "../load/override.js";
import type { Model } from "../load/loader.js";
import { projectNameOf } from "../load/project-name.js";
import { declaredNetwork, implicitDefault, type Existence, type Network, type NetworkContext } from "./network.js";
import type { Attachment, Running, Service } from "./service.js";
import { servicesOf } from "./service.js";
import type { Place } from "../../kit/source.js";
import { stackRefusals } from "../load/stack.js";
import type { Limit, Refusal, Unknown } from "../read/scalar-text.js";
import { asMap, child, type MapValue } from "../read/value.js";

/** What remains once Compose has read every document: the networks that it would create, and who joins them. */
export interface Project {
  readonly name: string;
  /** The same for people, without the values of variables. */
  readonly shownName: string;
  /** The project directory. */
  readonly directory: string;
  /** Those that it is started with. Included files may have more. */
  readonly variables: Variables;
  /** The files that Compose is started with. */
  readonly main: readonly ComposeFile[];
  /** Every compose file that was read for it: those that the main ones include or extend as well. */
  readonly files: readonly ComposeFile[];
  /** Those of them that an `include` brought in. */
  readonly included: readonly ComposeFile[];
  /** Where each of the files is named that an `include` or `extends` asks for, read or not. */
  readonly broughtIn: ReadonlyMap<string, Place>;
  /** Whether a file says the name, rather than the directory. */
  readonly named: boolean;
  /** An `include` that could not be followed. */
  readonly unread: Place | undefined;
  readonly services: readonly Service[];
  /** Declared ones in the order of the file, then the implicit `default`. */
  readonly networks: readonly Network[];
  /** Names in services that lead nowhere: in a part of a project, another file may declare them. */
  readonly brokenLinks: readonly BrokenLink[];
  /** Set when the files can't be the whole project: something that they use is declared elsewhere. */
  readonly fragment: string | undefined;
  /** Whether `docker stack deploy` runs it, rather than Compose. */
  readonly stack: boolean;
  readonly refusals: readonly Refusal[];
  /** Where the check goes no further. */
  readonly limits: readonly Limit[];
  /** How the pools of several documents came together. */
  readonly poolMerges: readonly PoolMerge[];
}

export interface ProjectInput {
  readonly model: Model;
  /** The project directory. Its last part is the project's name, unless somebody says another. */
  readonly directory: string;
  /** Those of the `.env` file: `COMPOSE_PROJECT_NAME` counts more than what the files say. */
  readonly variables: Variables;
  /** Whether the files are by their names made to be laid over others, which are not here. */
  readonly isOverride: boolean;
  readonly stack?: boolean;
  /** The profiles that are enabled; all of them unless given. */
  readonly profiles?: readonly string[] | undefined;
}

export function buildProject({
  model,
  directory,
  variables,
  isOverride,
  stack = false,
  profiles,
}: ProjectInput): Project {
  const { root, main, files, included } = model;
  const { name, shown: shownName, named } = projectNameOf(main, directory, variables);

  const services = servicesOf(root);
  const declared = declaredNetworks(root);
  const fragment = model.isPartial
    ? "another file of it is not read"
    : isOverride
      ? "an override file"
      : fragmentClue(services, declared);
  const unread = child(root, "include")?.place;
  const elsewhere = elsewhereOf(unread, fragment);

  const attachments = attachmentsByNetwork(services.filter(({ running }) => isEnabled(running, profiles)));
  const unusedUnless = elsewhere ?? services.find(({ joinsMore }) => joinsMore)?.joinsMore;
  const contextOf = (key: string): NetworkContext => ({
    projectName: name,
    shownProjectName: shownName,
    stack,
    attachments: attachments.get(key) ?? [],
    unusedUnless,
  });
  const declaredOnes = [...(declared?.entries.values() ?? [])];
  const networks = declaredOnes.map((entry) => declaredNetwork(entry, contextOf(entry.key)));
  const place = root?.entries.get("services")?.keyPlace;
  const onDefault = contextOf("default");
  if (place && onDefault.attachments.length > 0 && !declared?.entries.has("default")) {
    const existence: Existence = elsewhere ? { kind: "unknown", because: elsewhere } : { kind: "created" };
    networks.push(implicitDefault(place, existence, onDefault));
  }
  const refusals = distinct([
    ...model.refusals,
    ...(stack ? stackRefusals(root) : []),
    ...refusalsOf(root, services, networks),
  ]);
  return {
    name,
    shownName,
    named,
    directory,
    variables,
    main,
    files,
    included,
    broughtIn: model.broughtIn,
    unread,
    services,
    networks: model.isPartial ? networks.map(withoutAbsence) : networks,
    brokenLinks: model.isPartial || isOverride || unread ? [] : brokenLinksOf(root, services, networks),
    fragment,
    stack,
    refusals,
    limits: distinct(model.limits),
    poolMerges: model.poolMerges,
  };
}

/** What no file says that could be read, one that could not be read may say. */
function withoutAbsence(network: Network): Network {
  const unlessSaid = (addressing: Addressing): Addressing =>
    addressing.mode === "automatic" ? { mode: "unknown", because: { reason: "unread file" } } : addressing;
  return { ...network, ipv4: unlessSaid(network.ipv4), ipv6: unlessSaid(network.ipv6) };
}

function declaredNetworks(root: MapValue | undefined): MapValue | undefined {
  return asMap(child(root, "networks"));
}

function isEnabled({ profiles }: Running, enabled: readonly string[] | undefined): boolean {
  if (!enabled || profiles === undefined || profiles === "unknown" || enabled.includes("*")) return true;
  return profiles.some((profile) => enabled.includes(profile));
}

function attachmentsByNetwork(services: readonly Service[]): ReadonlyMap<string, readonly Attachment[]> {
  const byNetwork = new Map<string, Attachment[]>();
  for (const attachment of services.flatMap((service) => service.attachments)) {
    const others = byNetwork.get(attachment.network);
    if (others) others.push(attachment);
    else byNetwork.set(attachment.network, [attachment]);
  }
  return byNetwork;
}

/** Networks without services, a network that is used and not declared, a service without an image: the rest is not here. */
function fragmentClue(services: readonly Service[], declared: MapValue | undefined): string | undefined {
  if (services.length === 0 && declared && declared.entries.size > 0) return "it has no services";
  for (const { attachments } of services) {
    const undeclared = attachments.find(({ network }) => network !== "default" && !declared?.entries.has(network));
    if (undeclared) return `network "${undeclared.shownNetwork}" is declared elsewhere`;
  }
  const bare = services.find(({ runnable }) => !runnable);
  return bare && `service "${bare.name}" has neither an image nor a build here`;
}

function elsewhereOf(include: Place | undefined, fragment: string | undefined): Unknown | undefined {
  if (include) return { reason: "include", place: include };
  return fragment === undefined ? undefined : { reason: "fragment", clue: fragment };
}

/** What is wrong in one document is still wrong in the whole, unless a later one repairs it. */
function distinct<Said extends Limit | Refusal>(refusals: readonly Said[]): readonly Said[] {
  const key = ({ message, place }: Said): string => `${place.source.path}\n${place.span[0]}\n${message}`;
  return [...new Map(refusals.map((refusal) => [key(refusal), refusal])).values()];
}

function refusalsOf(
  root: MapValue | undefined,
  services: readonly Service[],
  networks: readonly Network[],
): readonly Refusal[] {
  const value = child(root, "networks");
  const shape: Refusal[] =
    value && value.kind !== "map" ? [{ by: "compose", message: "networks must be a mapping", place: value.place }] : [];
  return [...shape, ...services.flatMap(({ refusals }) => refusals), ...networks.flatMap(({ refusals }) => refusals)];
}
