import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Edit } from "../../../src/kit/edit.js";
import { pinSubnet } from "../../../src/compose/edit/pin-subnet.js";
import type { Network } from "../../../src/compose/project/network.js";
import type { Family } from "../../../src/ipam/address.js";
import { composeText } from "./compose-texts.js";
import { applyEdits, expectOnlySubnets, obstacleIn, prefix } from "./edits.js";
import { readText } from "./read-text.js";

const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);
console.info(`FC_SEED=${seed}`);

/** The obstacles that generated files have a right to. */
const RIGHTLY_REFUSED = /the file ends in a text block without a line break/;

interface OpenChoice {
  readonly network: Network;
  readonly family: Family;
}

function openChoices(text: string): OpenChoice[] {
  return readText(text).project.networks.flatMap((network) =>
    ([4, 6] as const)
      .filter((family) => (family === 4 ? network.ipv4 : network.ipv6).mode === "automatic")
      .map((family) => ({ network, family })),
  );
}

/** The characters of a text that are left when an edit's own are taken away. */
function withoutEdits(text: string, edits: readonly Edit[]): string {
  let kept = "";
  let from = 0;
  for (const { span } of edits) {
    kept += text.slice(from, span[0]);
    from = span[1];
  }
  return kept + text.slice(from);
}

/** What an edit may take out of a file: an empty value. */
const EMPTY_VALUE = /^\s*(?:~|null|\{\s*\}|\[\s*\]|""|''|["']?(?:0\.0\.0\.0|::)\/\d+["']?)?$/;

/** @returns the text in which Docker chooses nothing any more, or undefined when one of the networks was refused. */
function pinAll(text: string): string | undefined {
  const networks = openChoices(text).map(({ network }) => network.key);
  let current = text;
  for (let round = 0; ; round += 1) {
    const [choice] = openChoices(current);
    if (!choice) break;
    const subnet = prefix(choice.family === 4 ? `10.20.${round}.0/24` : `fd12:3456:0:${round}::/64`);
    const outcome = pinSubnet(readText(current).file, choice.network, subnet);
    if (!outcome.ok) {
      expect(obstacleIn(outcome)).toMatch(RIGHTLY_REFUSED);
      return undefined;
    }
    for (const { span } of outcome.edits) expect(current.slice(...span)).toMatch(EMPTY_VALUE);
    const next = applyEdits(current, outcome.edits);
    expect(isWithin(withoutEdits(current, outcome.edits), next)).toBe(true);
    expectOnlySubnets(current, next, networks);
    current = next;
    expect(round).toBeLessThan(20);
  }
  return current;
}

/** Whether `whole` has all characters of `part`, in order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

describe(`files of all styles (seed ${seed})`, () => {
  it("keep what they say while one network after another is pinned, until Docker chooses none", () => {
    let pinned = 0;
    fc.assert(
      fc.property(composeText, ({ text }) => {
        const after = pinAll(text);
        if (after === undefined) return;
        pinned += 1;
        expect(openChoices(after)).toEqual([]);
        expect(pinAll(after)).toBe(after);
        expect(after.includes("\r")).toBe(text.includes("\r"));
        expect(/(?<!\r)\n/.test(after)).toBe(/(?<!\r)\n/.test(text));
        expect(after.endsWith("\n")).toBe(text.endsWith("\n"));
      }),
      { seed, numRuns: 400 },
    );
    expect(pinned).toBeGreaterThan(200);
  });
});
