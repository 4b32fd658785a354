import { parseAllDocuments } from "yaml";

/** What a YAML text says, as paths and the values there: `["0","networks","back","driver"]` → `"bridge"`. */
export type Meaning = ReadonlyMap<string, unknown>;

/** @returns undefined when the text is no YAML. */
export function meaningOf(text: string): Meaning | undefined {
  // `yaml` counts a byte order mark as a column; Compose does not.
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ""), {
    version: "1.2",
    merge: true,
    prettyErrors: false,
    logLevel: "error",
  });
  if ("empty" in documents) return new Map();
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  const meaning = new Map<string, unknown>();
  try {
    documents.forEach((document, index) => {
      collect(document.toJS({ maxAliasCount: -1 }), [String(index)], meaning);
    });
  } catch (error) {
    // An alias without an anchor above it, or the merge of something that is no map, is noticed only here.
    if (error instanceof Error) return undefined;
    throw error;
  }
  return meaning;
}

/** The same of what a program says in JSON. */
export function meaningOfValue(value: unknown): Meaning {
  const meaning = new Map<string, unknown>();
  collect(value, ["0"], meaning);
  return meaning;
}

/** Nothing, an empty map and an empty list are all `null`: whoever adds to them makes something of them. */
function collect(value: unknown, path: readonly string[], into: Map<string, unknown>): void {
  const below = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (below.length === 0) into.set(JSON.stringify(path), typeof value === "object" ? null : value);
  for (const [key, child] of below) collect(child, [...path, key], into);
}

export interface Difference {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two texts say different things. Something that was empty and has got content is no difference of its own. */
export function differences(before: Meaning, after: Meaning): Difference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const changed = paths.filter((path) => before.get(path) !== after.get(path));
  const filled = (path: string): boolean =>
    before.get(path) === null && changed.some((other) => other !== path && other.startsWith(`${path.slice(0, -1)},`));
  return changed
    .filter((path) => !filled(path))
    .map((path) => ({ path: parsePath(path), before: before.get(path), after: after.get(path) }));
}

/** Whether a difference is a subnet of a network's pool, in whichever document. */
export function isSubnetOf(network: string, { path, after }: Difference): boolean {
  const [, networks, key, ipam, config, , subnet, ...rest] = path;
  const place = [networks, key, ipam, config, subnet].join("\n");
  return (
    rest.length === 0 &&
    typeof after === "string" &&
    place === ["networks", network, "ipam", "config", "subnet"].join("\n")
  );
}

/** Whether a difference is the part of a network's subnet that services are given addresses from. */
export function isRangeOf(network: string, { path, before, after }: Difference): boolean {
  const [, networks, key, ipam, config, , field, ...rest] = path;
  const isPool = [networks, key, ipam, config].join("\n") === ["networks", network, "ipam", "config"].join("\n");
  const isAdded = before === undefined && typeof after === "string";
  return rest.length === 0 && isPool && isAdded && (field === "ip_range" || field === "gateway");
}

/** Whether a difference is an address that hangs on the subnet of a network, or the definition of a shared one. */
export function isAddressOn(network: string, { path, before, after }: Difference): boolean {
  if (typeof after !== "string") return false;
  const [, kind = "", name, ...rest] = path;
  if (kind === "services") {
    const [networks, key, field = "", ...below] = rest;
    return below.length === 0 && networks === "networks" && key === network && /^ipv[46]_address$/.test(field);
  }
  if (typeof before !== "string") return false;
  if (kind.startsWith("x-")) return true;
  return kind === "networks" && name === network && rest[0] === "ipam" && rest[1] === "config";
}

function parsePath(path: string): string[] {
  return JSON.parse(path) as string[];
}
