import type { NetworkChange } from "../../host/compare-snapshots.js";
import { printable, printableLineStart, stringifyPrintably } from "../terminal/printable.js";

const VERSION = 1;

/** One line, whatever the labels hold. */
export function changeAsLine({ change, name, subnets, project, files, took }: NetworkChange): string {
  const sign = change === "came" ? "+" : "-";
  const origin = [project === undefined ? "" : `project ${project}`, ...files].filter((part) => part !== "");
  const from = origin.length === 0 ? "" : ` (${origin.join(", ")})`;
  const verb = change === "came" ? "takes" : "took";
  const what = took.length === 0 ? "" : `: ${verb} ${took.join("; ")}`;
  return `${printableLineStart(printable(`${sign} ${subnets.join(", ")}  ${name}${from}${what}`))}\n`;
}

export function changesAsJson(changes: readonly NetworkChange[]): string {
  return stringifyPrintably({ version: VERSION, changes: changes.map(changeForJson) });
}

export function changeForJson({ change, name, subnets, project, files, took }: NetworkChange) {
  return { change, network: name, subnets, project: project ?? null, files, took };
}
