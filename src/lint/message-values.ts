import { cut, cutQuotes, printable } from "../kit/printable.js";

/** Those that are sentences of ours, with quotes in them. All others quote one thing. */
const SENTENCES: ReadonlySet<string> = new Set([
  "advice",
  "cause",
  "consequence",
  "containers",
  "effect",
  "fault",
  "holder",
  "host",
  "message",
  "origin",
  "outcome",
  "range",
  "reason",
  "relation",
  "result",
  "source",
  "variables",
  "what",
  "why",
]);

/** The values of a message with what they quote cut to a length that people read. */
export function cutValues<Values extends Readonly<Record<string, string>>>(values: Values): Values {
  return mapped(values, (value, key) => (SENTENCES.has(key) ? cutQuotes(value) : cut(value)));
}

/** The same for a message that a terminal may show: hosts print it as it is. */
export function printableValues<Values extends Readonly<Record<string, string>>>(values: Values): Values {
  return mapped(cutValues(values), printable);
}

function mapped<Values extends Readonly<Record<string, string>>>(
  values: Values,
  change: (value: string, key: string) => string,
): Values {
  const changed = { ...values };
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value !== undefined) Object.assign(changed, { [key]: change(value, key) });
  }
  return changed;
}
