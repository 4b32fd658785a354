import { byCodeUnits } from "../../kit/order.js";
import { list } from "../schema/collection-shapes.js";
import { anyText } from "../schema/notation.js";
import { record } from "../schema/record-shape.js";
import { formatVersion, text, wholeNumber } from "../schema/scalar-shapes.js";
import { type ValueOf, whole } from "../schema/shape.js";
import { readYaml } from "../schema/yaml-text.js";
import { type PolicyFault, sourceText } from "../source-text.js";

/** Beside the policy file; at the top of the work tree where there is none. */
export const BASELINE_NAME = "compose-networks-baseline.json";

/** What a finding is about. It has no line: a finding that moves stays the same. */
export interface FindingKey {
  /** Relative to the directory of the baseline. */
  readonly file: string;
  /** Without a prefix. */
  readonly rule: string;
  /** As the engine calls it; a project without a name begins with its folder. */
  readonly network: string | undefined;
  readonly subject: string | undefined;
}

/** Known findings, which are not reported. */
export interface BaselineRow extends FindingKey {
  readonly count: number;
}

/** By `textOfKey`. */
export type BaselineRows = ReadonlyMap<string, BaselineRow>;

export interface Baseline {
  /** Absolute. */
  readonly file: string;
  /** Empty where anything is wrong with the file. */
  readonly rows: BaselineRows;
  readonly faults: readonly PolicyFault[];
}

export function textOfKey({ file, rule, network = "", subject = "" }: FindingKey): string {
  return [file, rule, network, subject].join("\n");
}

const rowShape = whole(
  record("a map with the keys file and rule", {
    file: { shape: text(anyText), required: true, description: "The compose file.", examples: ["compose.yaml"] },
    rule: { shape: text(anyText), required: true, description: "The rule.", examples: ["require-subnet"] },
    network: { shape: text(anyText), description: "The engine network." },
    subject: { shape: text(anyText), description: "What it is about." },
    count: { shape: wholeNumber("a number of findings", 1, 2 ** 31), description: "How many of them there are." },
  }),
);

const baselineShape = record("a map with the keys version and findings", {
  version: { shape: formatVersion(1), required: true, description: "The version of the format.", examples: [1] },
  findings: { shape: list("a list of findings", rowShape), description: "Known findings." },
});

/** Reads a baseline. With a fault in it, none of it counts. */
export function readBaseline(file: string, content: string): Baseline {
  const source = sourceText(file, content);
  const { page, root } = readYaml(source);
  if (!root) {
    if (page.faults.length === 0) page.report([0, 0], 'the file is empty; remove it, or write { "version": 1 }');
    return { file, rows: new Map(), faults: page.faults };
  }
  const { findings = [] } = baselineShape.read(root, page) ?? {};
  const rows = findings.flatMap((entry) => rowOf(entry) ?? []);
  return { file, rows: page.faults.length > 0 ? new Map() : byKey(rows), faults: page.faults };
}

function rowOf({ file, rule, network, subject, count }: ValueOf<typeof rowShape>): BaselineRow | undefined {
  if (!file || !rule) return undefined;
  return {
    file: file.value,
    rule: rule.value,
    network: network?.value,
    subject: subject?.value,
    count: count?.value ?? 1,
  };
}

/** Two branches that were merged may each have added the same row. */
export function byKey(rows: Iterable<BaselineRow>): BaselineRows {
  const all = new Map<string, BaselineRow>();
  for (const row of rows) {
    const key = textOfKey(row);
    all.set(key, { ...row, count: Math.max(row.count, all.get(key)?.count ?? 0) });
  }
  return all;
}

/** The same rows make the same text, in a fixed order, and as formatters of JSON write it. */
export function baselineText(rows: Iterable<BaselineRow>): string {
  const findings = [...rows]
    .map(({ file, rule, network, subject, count }) => ({ file, rule, network, subject, ...(count > 1 && { count }) }))
    .sort((one, other) => byCodeUnits(textOfKey(one), textOfKey(other)));
  return `${JSON.stringify({ version: 1, findings }, null, 2)}\n`;
}
