import { isMap, isScalar, isSeq, type Node } from "yaml";

import { severity } from "../schema/notation.js";
import { type Entry, distinctEntries } from "../schema/record-shape.js";
import { text } from "../schema/scalar-shapes.js";
import { mismatch, type Shape } from "../schema/shape.js";
import { faultAt, type PolicyFault } from "../source-text.js";
import { type Page, spanOf } from "../schema/yaml-text.js";
import type { PolicyRule, Severity } from "../policy.js";

/** What a policy file says of one rule. Whether there is such a rule, and such options, only the hosts know. */
export interface RuleEntry extends PolicyRule {
  readonly rule: string;
  /** @param option The one that is wrong; without it, the name of the rule is. */
  readonly fault: (message: string, option?: string) => PolicyFault;
}

/** The rules of the hosts. */
export interface RuleCatalogue {
  readonly faultsIn: (entry: Pick<RuleEntry, "rule" | "options">) => readonly RuleFault[];
}

/** As a whole sentence with the value in it. */
export interface RuleFault {
  readonly message: string;
  /** The option that is wrong; without it, the name of the rule is. */
  readonly option?: string;
}

const WHAT = "a severity, options, or a list of both";
const LEVEL = text(severity);
const OPTIONS_SCHEMA = { type: "object" } as const;

/** The form of one entry, for the options of any rule. */
export function ruleEntrySchema(options: object = OPTIONS_SCHEMA): object {
  const list = { type: "array", items: [LEVEL.schema, options], minItems: 1, maxItems: 2 };
  return { anyOf: [LEVEL.schema, options, list] };
}

export const rulesShape: Shape<readonly RuleEntry[]> = {
  what: "a map with severities and options by the name of the rule",
  schema: { type: "object", additionalProperties: ruleEntrySchema() },
  read(node, page) {
    if (!isMap(node)) return mismatch(node, page, this.what);
    return [...distinctEntries(node, page)].flatMap(([rule, entry]) => readEntry(rule, entry, page) ?? []);
  },
};

function readEntry(rule: string, { key, value }: Entry, page: Page): RuleEntry | undefined {
  const node = page.resolve(value);
  if (!node || (isScalar(node) && node.value === null)) {
    if (node || value === null) page.report(key, `the rule "${rule}" has no value; write ${WHAT}`);
    return undefined;
  }
  const before = page.reports();
  const [level, options] = isSeq(node) ? readList(node.items, node, page) : readOne(node, page);
  if (page.reports() > before) return undefined;
  return {
    rule,
    level,
    options: options?.values,
    fault: (message, option) =>
      faultAt(page.source, (option === undefined ? undefined : options?.places.get(option)) ?? key, message),
  };
}

type Parts = readonly [level: Severity | undefined, options: Options | undefined];

interface Options {
  readonly values: Readonly<Record<string, unknown>>;
  readonly places: ReadonlyMap<string, Entry["key"]>;
}

function readOne(node: Node, page: Page): Parts {
  if (isMap(node)) return [undefined, readOptions(node, page)];
  if (isScalar(node) && typeof node.value === "string") return [LEVEL.read(node, page)?.value, undefined];
  mismatch(node, page, WHAT);
  return [undefined, undefined];
}

function readList(items: readonly unknown[], list: Node, page: Page): Parts {
  const [first, second] = items.map((item) => page.resolve(item));
  if (!first || items.length > 2) {
    page.report(
      spanOf(list),
      `the list has ${items.length} entries; write a severity, and then the options in one map`,
    );
    return [undefined, undefined];
  }
  if (second && !isMap(second)) mismatch(second, page, "a map of options");
  return [LEVEL.read(first, page)?.value, second && isMap(second) ? readOptions(second, page) : undefined];
}

function readOptions(node: Node, page: Page): Options | undefined {
  if (!isMap(node)) return undefined;
  const entries = [...distinctEntries(node, page)];
  return {
    // A name such as `__proto__` is an option like any other.
    values: Object.fromEntries(entries.map(([name, { value }]) => [name, plainValue(value, page)])),
    places: new Map(entries.map(([name, { key }]) => [name, key])),
  };
}

/** What is written, as JSON would have it. An alias is resolved by the page, which bounds what aliases stand for. */
function plainValue(value: unknown, page: Page): unknown {
  const node = page.resolve(value);
  if (!node) return null;
  if (isMap(node)) {
    return Object.fromEntries(
      [...distinctEntries(node, page)].map(([name, each]) => [name, plainValue(each.value, page)]),
    );
  }
  if (isSeq(node)) return node.items.map((item) => plainValue(item, page));
  return isScalar(node) ? node.value : null;
}
