import type { Values } from "../kit/placeholders.js";
import { baseName } from "../kit/paths.js";
import type { FindingKey } from "../policy/baseline/baseline-file.js";
import type { RelatedPlace } from "../remedy/wording.js";
import { identityIn, identityOf, type Identity } from "../workspace/engine-networks/identity.js";
import { fileKindOf } from "../workspace/files/file-kinds.js";
import { relativePath } from "../workspace/files/paths.js";
import type { ProjectView } from "../workspace/view.js";

/**
 * What of a message says which thing it is about, in the order in which a baseline shows it. Left out is what changes
 * while the finding stays the same: places, numbers of candidates, names that come from the folder of a clone.
 */
const TELLING = [
  "family",
  "subnet",
  "address",
  "range",
  "pool",
  "text",
  "service",
  "field",
  "role",
  "key",
  "parent",
  "other",
  "interface",
  "variable",
  "variables",
  "setting",
  "ports",
  "protocol",
  "reserved",
  "glob",
  "path",
  "message",
] as const;

/** What a baseline knows a finding by. It is the same in every host and for every working directory. */
export function findingKeyOf(
  rule: string,
  {
    data,
    subject,
    related,
  }: { readonly data: Values; readonly subject: Values; readonly related: readonly RelatedPlace[] },
  view: ProjectView,
): FindingKey {
  const { root, file } = view;
  const values = { ...data, ...subject };
  // Of a network without a subnet, any forbidden range may be the one that is named.
  const isOpen = values["network"] !== undefined && !values["subnet"] && !values["address"];
  const words = TELLING.flatMap((name) => (name === "range" && isOpen ? [] : values[name] || []));
  // A path is shown as it is from the working directory.
  if (values["file"]) words.push(baseName(values["file"]));
  if (values["place"] !== undefined) words.push(...filesOf(related, root));
  return {
    file: relativePath(root, file.source.path),
    rule,
    network: fileKindOf(file.source.path) === "compose" ? networkOf(view, subject["network"]) : undefined,
    subject: words.length > 0 ? [...new Set(words)].join(", ") : undefined,
  };
}

function filesOf(related: readonly RelatedPlace[], root: string): readonly string[] {
  return related.map(({ file }) => relativePath(root, file)).sort();
}

function networkOf({ project, root }: ProjectView, key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  const network =
    project.networks.find((one) => one.key === key) ?? project.networks.find((one) => one.shownName === key);
  return nameOf(network ? identityIn(project, network) : identityOf(project, key, undefined), root);
}

/** A name of the engine has no slash. */
function nameOf(identity: Identity, root: string): string {
  switch (identity.kind) {
    case "name":
      return identity.name;
    case "project":
      return `${identity.project}_${identity.key}`;
    case "open":
      return nameOf(identity.beside, root);
    case "directory": {
      const folder = relativePath(root, identity.directory);
      return `${folder === "." ? "." : `./${folder}`}/${identity.key}`;
    }
  }
}
