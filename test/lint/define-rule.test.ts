import { describe, expect, it } from "vitest";

import { createSource, type Place } from "../../src/kit/source.js";
import { defineRule, type AnyReport } from "../../src/lint/define-rule.js";
import { advising, fillParts, forbidding, partsOf, sentenceOf } from "../../src/lint/message.js";
import { flag, oneOf } from "../../src/lint/options.js";
import { loadPolicy } from "../../src/policy/load-policy.js";
import { parseInWorkspace, workspaceFor } from "../../src/eslint/workspaces.js";

const POLICY = "/srv/forbidden-ranges.yaml";
const policy = loadPolicy(POLICY, {
  read: (path) => (path === POLICY ? "version: 1\nforbidden: [10.0.0.0/8]\n" : undefined),
});
const forbidden = policy.ok ? policy.value.forbidden[0] : undefined;
const at: Place = { source: createSource("/srv/compose.yaml", "networks: {}\n"), span: [0, 8] };

const parsed = parseInWorkspace("/srv/compose.yaml", "networks: {}\n");
const view = parsed.ok ? workspaceFor({ cwd: "/srv" }).view(parsed.file) : undefined;

/** A rule that reports in every way that compiles. A line that is marked as an error must be one. */
const everyWay = defineRule({
  name: "every-way",
  type: "problem",
  docs: { description: "Disallow what does not compile", recommended: false },
  options: { when: oneOf(["always", "unsafe"], "When."), strict: flag(false, "How.") },
  headlines: {
    plain: '{{subnet}} of network "{{network}}"',
    range: forbidding("{{subnet}} lies in {{range}}"),
    still: { headline: "Nothing to fill" },
    advised: advising("Only {{what}}"),
  },
  suggestions: { move: "Move to {{subnet}}." },
  check({ options, report }) {
    const about = { subnet: "10.0.0.0/8", network: "front" };
    const rest = { at, outcome: "policy", consequence: "it breaks", advice: "Mend it." } as const;
    const when: "always" | "unsafe" = options.when;
    const strict: boolean = options.strict;
    report({ ...rest, says: "plain", about });
    report({ at, outcome: "ignored", says: "still" });
    report({ at, outcome: "ignored", says: "advised", about: { what: when }, advice: String(strict) });
    report({ ...rest, says: "plain", about, suggestions: [{ does: "move", about: { subnet: "" }, edits: [] }] });
    if (!forbidden) return;
    report({ ...rest, says: "range", about: { subnet: "", range: "" }, forbidden });
    // @ts-expect-error -- "network" has no value
    report({ ...rest, says: "plain", about: { subnet: "" } });
    // @ts-expect-error -- nothing fills the headline
    report({ ...rest, says: "plain" });
    // @ts-expect-error -- there is no such message
    report({ ...rest, says: "other", about });
    // @ts-expect-error -- it has neither a consequence nor advice
    report({ at, outcome: "policy", says: "plain", about });
    // @ts-expect-error -- nobody forbids it
    report({ ...rest, says: "range", about: { subnet: "", range: "" } });
    // @ts-expect-error -- the title has no value
    report({ ...rest, says: "plain", about, suggestions: [{ does: "move", about: {}, edits: [] }] });
    // @ts-expect-error -- there is no such suggestion
    report({ ...rest, says: "plain", about, suggestions: [{ does: "stay", about: { subnet: "" }, edits: [] }] });
  },
});

function reportsOf(options: unknown): AnyReport[] {
  const reports: AnyReport[] = [];
  if (view) everyWay.check(view, options, (report) => reports.push(report));
  return reports;
}

describe("a rule", () => {
  it("gets its options, and the default of each one that is left out", () => {
    const read = (options: unknown) => {
      const [, , advised] = reportsOf(options);
      return [advised?.about?.["what"], advised?.advice];
    };
    expect(read(undefined)).toEqual(["always", "false"]);
    expect(read({ strict: true })).toEqual(["always", "true"]);
    expect(read({ when: "unsafe" })).toEqual(["unsafe", "false"]);
  });

  it("is a plain object, whose defaults for files and fixes are the usual ones", () => {
    expect(everyWay).toMatchObject({ name: "every-way", files: "compose", fixable: false });
  });
});

describe("a message", () => {
  it("is a headline, with a consequence and advice unless it says otherwise", () => {
    expect(sentenceOf(partsOf("{{subnet}} is wrong"))).toBe("{{subnet}} is wrong: {{consequence}}. {{advice}}");
    expect(sentenceOf(partsOf(advising("{{subnet}} is wrong")))).toBe("{{subnet}} is wrong. {{advice}}");
    expect(sentenceOf({ headline: "{{subnet}} is wrong" })).toBe("{{subnet}} is wrong.");
  });

  it("names who forbids it in parentheses", () => {
    expect(sentenceOf(partsOf(forbidding("{{subnet}} is wrong")))).toBe(
      "{{subnet}} is wrong: {{consequence}} (forbidden in {{origin}}). {{advice}}",
    );
  });

  it("has a sentence for who refuses it", () => {
    const parts = { headline: "It is wrong", verdict: "{{engines}} refuses it", advice: "Leave it out." };
    expect(sentenceOf(fillParts(parts, { engines: "The engine" }))).toBe(
      "It is wrong. The engine refuses it. Leave it out.",
    );
  });

  it("keeps a placeholder that nothing fills, as ESLint does, and fills each only once", () => {
    expect(fillParts("{{a}} {{b}}", { a: "{{b}}", consequence: "c", advice: "d" })).toEqual({
      headline: "{{b}} {{b}}",
      consequence: "c",
      advice: "d",
    });
  });
});
