import { stringify } from "yaml";

import { VERSION } from "../../../kit/version.js";

export interface PolicyAnswers {
  /** Ranges as `forbidden` writes them, each with a name behind it if it has one. */
  readonly forbid: readonly string[];
  readonly pool: { readonly cidr: string; readonly prefix: string } | undefined;
  readonly id: string;
  /** The files of each project that Compose does not find by itself. */
  readonly projects?: readonly (readonly string[])[];
  readonly extends: readonly string[];
  /** Where an editor finds the JSON Schema. */
  readonly schema: string;
}

const DOCUMENTATION = `https://github.com/compose-networks/eslint-plugin-compose-networks/blob/v${VERSION}/docs/forbidden-ranges.md`;

/** A forbidden-ranges file that explains itself. */
export function policyText({ forbid, pool, id, projects = [], extends: extensions, schema }: PolicyAnswers): string {
  return `# yaml-language-server: $schema=${schema}
# Which address ranges Docker Compose networks must stay off. All keys: ${DOCUMENTATION}
version: 1

# A name that no other repository has. It keeps the subnets of this one apart from theirs, so it must stay.
id: ${scalar(id)}
${extensions.length > 0 ? `\nextends: ${JSON.stringify(extensions)}\n` : ""}
# What people reach through the hosts that run Compose: the office LAN, what a VPN routes, a cluster.
# The long form also tells why, and whom to ask:
#   - cidr: 192.168.0.0/24
#     name: office LAN
#     reason: reached over the site-to-site VPN
#     owner: netops@example.com
forbidden:${forbid.length > 0 ? `\n${forbid.map(entryOf).join("")}` : " []\n"}
${poolLines(pool)}${projectLines(projects)}`;
}

function projectLines(projects: readonly (readonly string[])[]): string {
  if (projects.length === 0) return "";
  const lines = projects.map((files) => `  - [${files.map(inList).join(", ")}]\n`);
  return `
# Compose files that are started together, in the order of docker compose -f.
projects:
${lines.join("")}`;
}

function inList(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : JSON.stringify(file);
}

function entryOf(written: string): string {
  const [, range = "", name = ""] = /^(\S*)\s*(.*)$/.exec(written) ?? [];
  if (name === "") return `  - ${scalar(range)}\n`;
  return `  - ${range.includes("-") ? "range" : "cidr"}: ${scalar(range)}\n    name: ${scalar(name)}\n`;
}

function poolLines(pool: PolicyAnswers["pool"]): string {
  if (pool) {
    return `# Where a fix takes subnets from, each of this prefix length.
pools:
  - cidr: ${scalar(pool.cidr)}
    prefix: ${/^\d+$/.test(pool.prefix) ? pool.prefix : scalar(pool.prefix)}
`;
  }
  return `# Where a fix may take subnets from. Without it there are only suggestions.
# pools:
#   - cidr: 10.201.0.0/16
#     prefix: 24
`;
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}
