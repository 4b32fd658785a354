import { describe, expect, it } from "vitest";

import { card } from "../../src/cli/card.js";
import { painter } from "../../src/cli/paint.js";
import type { ReportedFinding } from "../../src/cli/reported-finding.js";

const PARTS = {
  consequence: "hosts 10.0.0.0–10.0.0.255 become unreachable",
  origin: "forbidden-ranges.yaml:4:5, owner netops@example.com",
  advice: "Renumber it to 10.201.3.0/24, which is free.",
};

const FINDING: ReportedFinding = {
  line: 41,
  column: 19,
  endLine: 41,
  endColumn: 30,
  rule: "compose-networks/no-forbidden-subnet",
  severity: "error",
  message: `10.0.0.0/24 lies in the forbidden range 10.0.0.0/8: ${PARTS.consequence} (forbidden in ${PARTS.origin}). ${PARTS.advice}`,
  parts: PARTS,
  related: [],
  fix: undefined,
  suggestions: [],
};
const LINE = "        - subnet: 10.0.0.0/24";

function plain(finding: ReportedFinding, line = LINE): string {
  return card("compose.yaml", finding, line, painter(false));
}

describe("the card of a finding", () => {
  it("has the consequence behind the marks, and a line for each of who and what to do", () => {
    expect(plain(FINDING)).toBe(`compose.yaml:41:19  error  10.0.0.0/24 lies in the forbidden range 10.0.0.0/8
   41 |         - subnet: 10.0.0.0/24
      |                   ^^^^^^^^^^^ hosts 10.0.0.0–10.0.0.255 become unreachable
   forbidden in forbidden-ranges.yaml:4:5, owner netops@example.com
   Renumber it to 10.201.3.0/24, which is free.   compose-networks/no-forbidden-subnet
`);
  });

  it("says that --fix does it, where that is so", () => {
    expect(plain({ ...FINDING, fix: { range: [0, 0], text: "" } })).toContain(
      "   Renumber it to 10.201.3.0/24, which is free. --fix does it.   compose-networks/no-forbidden-subnet\n",
    );
  });

  it("leaves out the line about who forbids it when nobody does", () => {
    const { consequence, advice } = PARTS;
    expect(plain({ ...FINDING, parts: { consequence, advice } })).not.toContain("forbidden in");
  });

  it("shows the whole message when it was made of no parts", () => {
    expect(plain({ ...FINDING, message: "Parsing error: so it is", rule: null, parts: undefined })).toBe(
      `compose.yaml:41:19  error  Parsing error: so it is
   41 |         - subnet: 10.0.0.0/24
      |                   ^^^^^^^^^^^
`,
    );
  });

  it("shows the whole message when the consequence is not in it", () => {
    const text = plain({ ...FINDING, message: "Something else.", parts: { ...PARTS } });
    expect(text).toMatch(/^compose\.yaml:41:19 {2}error {2}Something else\.\n/);
    expect(text).not.toContain("unreachable");
    expect(text).toMatch(/\n {3}compose-networks\/no-forbidden-subnet\n$/);
  });

  it("marks only the first line of what goes on in the next one", () => {
    const text = plain({ ...FINDING, line: 7, column: 3, endLine: 9, endColumn: 4 }, "  ipam:   ");
    expect(text).toContain("\n   7 |   ipam:   \n     |   ^^^^^ hosts");
  });

  it("stays on one line each, whatever a file or a message holds", () => {
    const odd = card(
      "a\u001b[31m.yaml",
      { ...FINDING, message: "one\n\ttwo \u0007", parts: undefined },
      "a\u0000b",
      painter(false),
    );
    expect(odd.split("\n")[0]).toBe("a\\u001b[31m.yaml:41:19  error  one two \\u0007");
    expect(odd).toContain("   41 | a\\u0000b\n");
  });

  it("is coloured by severity, and says the same", () => {
    const colored = card("compose.yaml", { ...FINDING, severity: "warning" }, LINE, painter(true));
    expect(colored).toContain("\u001b[33mwarning\u001b[39m");
    expect(colored).toContain("\u001b[33m^^^^^^^^^^^\u001b[39m hosts");
    // eslint-disable-next-line no-control-regex -- what makes colours
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(plain({ ...FINDING, severity: "warning" }));
  });
});
