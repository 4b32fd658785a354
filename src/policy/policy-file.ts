import { isMap, isScalar, type Node } from "yaml";

import type { ComposeVersion } from "../compose/load/version.js";
import { projectsOf } from "./declared-projects.js";
import { forbiddenRangesOf } from "./entries/forbidden-entries.js";
import { type allowEntryShape, forbiddenRangesShape } from "./schema/forbidden-ranges-shape.js";
import type { Extension } from "./schema/notation.js";
import { readPlainList } from "./plain-list.js";
import type {
  AllowEntry,
  DockerSettings,
  ForbiddenRanges,
  HostEntry,
  PolicyPool,
  ProjectEntry,
  ReservedPort,
} from "./policy.js";
import { dockerSettingsOf, poolsOf } from "./entries/pool-entries.js";
import { reservedPortsOf } from "./entries/reserved-ports.js";
import type { RuleEntry } from "./entries/rule-entries.js";
import type { ValueOf } from "./schema/shape.js";
import { faultAt, locationOf, type PolicyFault, sourceText } from "./source-text.js";
import { type Page, readYaml } from "./schema/yaml-text.js";

/** What one file says by itself, before anything that it extends. */
export interface PolicyFile {
  readonly id?: string | undefined;
  readonly extensions: readonly ExtensionEntry[];
  readonly forbidden: ForbiddenRanges;
  readonly pools: readonly PolicyPool[];
  readonly allow: readonly AllowEntry[];
  readonly hosts: readonly HostEntry[];
  readonly projects: readonly ProjectEntry[];
  readonly stacks: readonly string[];
  readonly ignore: readonly string[];
  readonly rules: readonly RuleEntry[];
  readonly compose?: ComposeVersion | undefined;
  readonly docker: DockerSettings;
  readonly reservedPorts: readonly ReservedPort[];
  readonly faults: readonly PolicyFault[];
  /** Whether more is known of it than its faults. */
  readonly isReadable: boolean;
  /** Why it is no policy at all, as the end of a sentence. */
  readonly foreign?: string | undefined;
}

/** An entry of `extends`. Whether something is there turns out later, so it can still make a fault at its own place. */
export interface ExtensionEntry {
  readonly extension: Extension;
  readonly written: string;
  readonly fault: (message: string) => PolicyFault;
}

const NOTHING = {
  extensions: [],
  forbidden: [],
  pools: [],
  allow: [],
  hosts: [],
  projects: [],
  stacks: [],
  ignore: [],
  rules: [],
  docker: {},
  reservedPorts: [],
  faults: [],
  isReadable: true,
};

/** What stands for a file that is not read. */
export function unreadPolicyFile(file: string, why: string): PolicyFile {
  return { ...NOTHING, faults: [faultAt(sourceText(file, ""), [0, 0], why)], isReadable: false };
}

/** Reads YAML or JSON when the name of the file says so, else a plain list. */
export function readPolicyFile(file: string, content: string): PolicyFile {
  return /\.(?:ya?ml|json)$/i.test(file)
    ? readStructuredFile(file, content)
    : { ...NOTHING, ...readPlainList(file, content) };
}

function readStructuredFile(file: string, content: string): PolicyFile {
  const source = sourceText(file, content);
  const { page, root, contents } = readYaml(source);
  const foreign = whyForeign(contents);
  if (!root) {
    if (page.faults.length === 0) page.report([0, 0], 'the file is empty; it begins with "version: 1"');
    return { ...NOTHING, faults: page.faults, isReadable: false, foreign };
  }
  const fields = forbiddenRangesShape.read(root, page);
  const {
    id,
    extends: extensions = [],
    forbidden = [],
    pools = [],
    allow = [],
    hosts = new Map<string, never>(),
    projects = [],
    stacks = [],
    ignore = [],
    rules = [],
    compose,
    docker = {},
    "reserved-ports": reservedPorts = [],
  } = fields ?? {};
  return {
    id: id?.value,
    extensions: extensions.map(({ value, written, range }) => ({
      extension: value,
      written,
      fault: (message) => faultAt(source, range, message),
    })),
    forbidden: forbidden.flatMap((entry) => forbiddenRangesOf(entry, page)),
    pools: pools.flatMap((entry) => poolsOf(entry, page)),
    allow: allow.flatMap((entry) => allowEntriesOf(entry, page)),
    hosts: [...hosts].map(([host, globs]) => ({
      host,
      files: globs.map(({ value, range }) => ({ glob: value, location: locationOf(page.source, range) })),
    })),
    projects: projectsOf(projects, page),
    stacks: stacks.map(({ value }) => value),
    ignore: ignore.map(({ value }) => value),
    rules,
    compose: compose?.value,
    docker: dockerSettingsOf(docker, page),
    reservedPorts: reservedPortsOf(reservedPorts, page),
    faults: page.faults,
    isReadable: fields !== undefined,
    foreign,
  };
}

/** Other formats have keys of the same names: only the version tells a policy from them. */
function whyForeign(root: Node | undefined): string | undefined {
  if (!root) return "it is empty";
  if (!isMap(root)) return "it is not a map";
  const version = root.get("version", true);
  if (version === undefined) return 'it has no "version"; a policy file begins with "version: 1"';
  return isScalar(version) && String(version.value) !== "1" ? 'its "version" is not 1' : undefined;
}

function allowEntriesOf(
  { file, network, cidr, reason, expires }: ValueOf<typeof allowEntryShape>,
  page: Page,
): AllowEntry[] {
  if (!file || !reason) return [];
  return [
    {
      file: file.value,
      network: network?.value,
      cidr: cidr?.value,
      reason: reason.value,
      expires: expires?.value,
      location: locationOf(page.source, file.range),
    },
  ];
}
