import { describe, expect, it } from "vitest";

import { card } from "../../../src/cli/reports/card.js";
import { painter } from "../../../src/cli/terminal/paint.js";
import { createSource } from "../../../src/kit/source.js";
import { plainFinding, type Finding } from "../../../src/lint/finding.js";

const PARTS = {
  consequence: "hosts 10.0.0.0–10.0.0.255 become unreachable",
  origin: "forbidden in forbidden-ranges.yaml:4:5, owner netops@example.com",
  advice: "Renumber it to 10.201.3.0/24, which is free.",
};

const LINE_41 = createSource("/srv/compose.yaml", `${"\n".repeat(40)}        - subnet: 10.0.0.0/24\n`);

const FINDING: Finding = {
  rule: "compose-networks/no-forbidden-subnet",
  says: "forbiddenSubnet",
  data: {},
  at: { source: LINE_41, span: [58, 69] },
  home: { source: LINE_41, span: [58, 69] },
  severity: "error",
  parts: { headline: "10.0.0.0/24 lies in the forbidden range 10.0.0.0/8", ...PARTS },
  effect: undefined,
  subject: { network: undefined, subnet: undefined, range: undefined },
  related: [],
  outcome: "unreachable",
  fix: undefined,
  suggestions: [],
  key: undefined,
};
const LINE = "        - subnet: 10.0.0.0/24";

function plain(finding: Finding, line = LINE): string {
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
    expect(plain({ ...FINDING, fix: [{ span: [0, 0], text: "" }] })).toContain(
      "   Renumber it to 10.201.3.0/24, which is free. --fix does it.   compose-networks/no-forbidden-subnet\n",
    );
  });

  it("leaves out the line about who forbids it when nobody does", () => {
    const { headline, consequence, advice } = { ...FINDING.parts, ...PARTS };
    expect(plain({ ...FINDING, parts: { headline, consequence, advice } })).not.toContain("forbidden in");
  });

  it("has a sentence about who refuses it behind the marks, where there is no consequence", () => {
    const parts = { headline: "It is wrong", verdict: "The engine refuses it", advice: "Leave it out." };
    expect(plain({ ...FINDING, parts })).toBe(`compose.yaml:41:19  error  It is wrong
   41 |         - subnet: 10.0.0.0/24
      |                   ^^^^^^^^^^^ The engine refuses it
   Leave it out.   compose-networks/no-forbidden-subnet
`);
  });

  it("shows the whole message when it was made of no parts", () => {
    expect(plain(plainFinding(FINDING.at, "Parsing error: so it is"))).toBe(
      `compose.yaml:41:19  error  Parsing error: so it is
   41 |         - subnet: 10.0.0.0/24
      |                   ^^^^^^^^^^^
`,
    );
  });

  it("marks only the first line of what goes on in the next one", () => {
    const source = createSource("/srv/compose.yaml", `${"\n".repeat(6)}  ipam:   \n    config:\n      []\n`);
    const text = plain({ ...FINDING, at: { source, span: [8, 36] } }, "  ipam:   ");
    expect(text).toContain("\n   7 |   ipam:   \n     |   ^^^^^ hosts");
  });

  it("stays on one line each, whatever a file or a message holds", () => {
    const finding = { ...plainFinding(FINDING.at, "one\n\ttwo \u0007"), rule: FINDING.rule };
    const odd = card("a\u001b[31m.yaml", finding, "a\u0000b", painter(false));
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
