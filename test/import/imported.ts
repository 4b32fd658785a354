import { expect } from "vitest";

import { importedPolicy } from "../../src/import/imported-policy.js";
import { recognize } from "../../src/import/importers.js";
import { sift } from "../../src/import/sieve.js";
import { formatRange } from "../../src/ipam/range.js";
import { loaded } from "../policy/faults-of.js";

export interface Imported {
  readonly kind: string;
  /** `10.0.0.0/8 source`, with `"name"` between them where there is one: what the printed file says when it is loaded. */
  readonly entries: readonly string[];
  /** `why: 10.0.0.0/8 source`. */
  readonly dropped: readonly string[];
  readonly notes: readonly string[];
  /** The file. */
  readonly text: string;
}

/** Imports a text as the command does, and loads what comes out. */
export function imported(text: string, kind?: string): Imported {
  const recognized = recognize(text, kind);
  if (!recognized.ok) throw new Error(recognized.fault);
  const { importer, source } = recognized.value;
  const reading = importer.read(source);
  const sifted = sift(reading.networks);
  const printed = importedPolicy(importer.what, sifted, reading);
  const { forbidden } = loaded({ "forbidden-ranges.yaml": printed });
  return {
    kind: importer.kind,
    entries: forbidden
      .filter(({ location }) => !location.file.startsWith("builtin:"))
      .map(({ written, name, source: from }) => [written, name && `"${name}"`, from].filter(Boolean).join(" ")),
    dropped: sifted.dropped.map(({ why, range, source: from }) =>
      [`${why}:`, range && formatRange(range), from].filter(Boolean).join(" "),
    ),
    notes: reading.notes ?? [],
    text: printed,
  };
}

/** Why a text is not imported. */
export function refusal(text: string, kind?: string): string {
  const recognized = recognize(text, kind);
  expect(recognized.ok).toBe(false);
  return recognized.ok ? "" : recognized.fault;
}
