import { rules } from "../../rules/index.js";
import { catalogueOf } from "../../src/lint/policy-rules.js";
import { loadPolicy } from "../../src/policy/load-policy.js";
import type { Policy } from "../../src/policy/policy.js";
import type { PolicyFault } from "../../src/policy/source-text.js";

const RULES = catalogueOf(rules);

export const POLICY = "forbidden-ranges.yaml";

/** Loads a policy out of a record of files. */
export function load(files: Readonly<Record<string, string>>, file = POLICY): Policy | readonly PolicyFault[] {
  const result = loadPolicy(file, { rules: RULES, read: (path) => files[path] });
  return result.ok ? result.value : result.fault;
}

export function loaded(files: Readonly<Record<string, string>>, file = POLICY): Policy {
  const result = loadPolicy(file, { rules: RULES, read: (path) => files[path] });
  if (!result.ok) throw new Error(result.fault.map(compact).join("\n"));
  return result.value;
}

/** The faults as `line:column-endLine:endColumn message`, with the file in front when it is not the policy file. */
export function faultsOf(text: string, others: Readonly<Record<string, string>> = {}, file = POLICY): string[] {
  const result = loadPolicy(file, { rules: RULES, read: (path) => ({ ...others, [file]: text })[path] });
  return result.ok ? [] : result.fault.map((fault) => (fault.file === file ? "" : `${fault.file}:`) + compact(fault));
}

/** The characters that a fault points at. */
export function pointedAt(text: string): string[] {
  const result = loadPolicy(POLICY, { rules: RULES, read: () => text });
  return result.ok ? [] : result.fault.map(({ range: [start, end] }) => text.slice(start, end));
}

function compact({ line, column, endLine, endColumn, message }: PolicyFault): string {
  return `${line}:${column}-${endLine}:${endColumn} ${message}`;
}
