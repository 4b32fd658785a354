import type { Layout, Pad } from "./layout.js";

/** A key with all that is below it, to be written as lines or inside braces. */
export interface Phrase {
  /** @param pad What stands inside of each brace: a space or nothing. */
  flow(pad: Pad): string;
  /** @param column Spaces before the key. */
  lines(column: number): readonly string[];
}

/** @param layout Of the file that takes the phrase in; a JSON file wants its keys and texts quoted. */
export function configPhrase(subnet: string, layout: Layout): Phrase {
  return {
    flow: (pad) => `${quotedKey("config", layout)}: [${inBraces(poolInBraces(subnet, layout), pad)}]`,
    lines: (column) => [`${indent(column)}config:`, poolLine(subnet, column + layout.listStep, layout)],
  };
}

export function subnetPhrase(subnet: string, layout: Layout): Phrase {
  return {
    flow: () => poolInBraces(subnet, layout),
    lines: (column) => [`${indent(column)}subnet: ${layout.quote}${subnet}${layout.quote}`],
  };
}

/** @param value A text that is nothing else without quotes. */
export function pairPhrase(key: string, value: string, layout: Layout): Phrase {
  return {
    flow: () => `${quotedKey(key, layout)}: ${layout.json ? `"${value}"` : value}`,
    lines: (column) => [`${indent(column)}${key}: ${value}`],
  };
}

/** An address or a range; in braces, colons want quotes. */
export function addressPhrase(key: string, value: string, layout: Layout): Phrase {
  const quote = layout.json || value.includes(":") ? '"' : "";
  return {
    flow: () => `${quotedKey(key, layout)}: ${quote}${value}${quote}`,
    lines: (column) => [`${indent(column)}${key}: ${layout.quote}${value}${layout.quote}`],
  };
}

/** One key after the other. */
export function joined(phrases: readonly Phrase[]): Phrase {
  return {
    flow: (pad) => phrases.map((phrase) => phrase.flow(pad)).join(", "),
    lines: (column) => phrases.flatMap((phrase) => phrase.lines(column)),
  };
}

export function nested(key: string, below: Phrase, layout: Layout): Phrase {
  return {
    flow: (pad) => `${quotedKey(key, layout)}: ${inBraces(below.flow(pad), pad)}`,
    lines: (column) => [`${indent(column)}${key}:`, ...below.lines(column + layout.step)],
  };
}

export function poolLine(subnet: string, column: number, { quote }: Layout): string {
  return `${indent(column)}- subnet: ${quote}${subnet}${quote}`;
}

export function poolInBraces(subnet: string, layout: Layout): string {
  // In braces a plain text with colons is legal YAML, but not every reader knows.
  const quote = layout.quote || (layout.json || /[:{]/.test(subnet) ? '"' : "");
  return `${quotedKey("subnet", layout)}: ${quote}${subnet}${quote}`;
}

export function inBraces(text: string, pad: Pad): string {
  return `{${pad}${text}${pad}}`;
}

function quotedKey(key: string, { json }: Layout): string {
  return json ? `"${key}"` : key;
}

function indent(column: number): string {
  return " ".repeat(column);
}
