import { describe, expect, it } from "vitest";

import { excerptOf } from "../../../src/cli/reports/excerpt.js";
import { createSource } from "../../../src/kit/source.js";
import { plainFinding } from "../../../src/lint/finding.js";

const SECRET = "s3cr3t";

/** What is shown of a line when a finding is about a stretch of it, with the marks below. */
function shown(line: string, about: string, rule: string | null = "compose-networks/valid-ipam"): string[] | undefined {
  const start = line.indexOf(about);
  const at = { source: createSource("/srv/compose.yaml", line), span: [start, start + about.length] } as const;
  const finding = plainFinding(at, "", { rule });
  const excerpt = excerptOf(line, finding, "compose");
  return excerpt && [excerpt.text, excerpt.text.slice(excerpt.start, excerpt.end)];
}

describe("the excerpt of a line", () => {
  it.each([
    ["      - subnet: 10.0.0.0/8", "10.0.0.0/8"],
    ['      - "subnet": "10.0.0.0/8"  # ours', '"10.0.0.0/8"'],
    ["  back:", "back"],
    ["      - back", "back"],
    ['      - subnet: "${SHOP_SUBNET:-10.0.0.0/8}"', '"${SHOP_SUBNET:-10.0.0.0/8}"'],
  ])("is the whole line where that is one field: %s", (line, about) => {
    expect(shown(line, about)).toEqual([line, about]);
  });

  it.each([
    [`  - { subnet: 10.0.0.0/8, password: ${SECRET} }`, "10.0.0.0/8", "  …subnet: 10.0.0.0/8…"],
    [`{"services":{"web":{"environment":{"P":"${SECRET}"},"networks":["back"]}}}`, '"back"', '…"back"…'],
    [`  back: { labels: { p: ${SECRET} } }`, "back", "  back…"],
    [`web: {networks: {back: {ipv4_address: 10.0.0.1}}, command: ${SECRET}}`, "10.0.0.1", "…ipv4_address: 10.0.0.1…"],
    [`  - { gateway: 10.0.0.1 } # ${SECRET}`, "{ gateway: 10.0.0.1 }", "  …{ gateway: 10.0.0.1 }…"],
  ])("is the field alone where the line holds more: %s", (line, about, text) => {
    expect(shown(line, about)).toEqual([text, about]);
  });

  it("is the whole comment that has no effect", () => {
    const line = "  # eslint-disable-next-line compose-networks/require-subnet";
    expect(shown(line, "eslint-disable-next-line", null)).toEqual([line, "eslint-disable-next-line"]);
  });

  it("shows of a collection only what has addresses and nothing else", () => {
    expect(shown(`labels: { a: { b: ${SECRET} } }`, `{ b: ${SECRET} }`)).toEqual(["…a: {…}…", "{…}"]);
    expect(shown(`config: [${SECRET}, 1]`, `[${SECRET}, 1]`)).toEqual(["config: […]", "[…]"]);
  });

  it.each([
    [`  PASSWORD: "${SECRET}`, '"', "  PASSWORD: …"],
    [`  - PASSWORD=${SECRET}`, "=", "  - …"],
    [`DB_PASSWORD=${SECRET}`, "=", "…"],
    [`  a: b: ${SECRET}`, ":", "  a: …"],
    ["  - subnet: 10.0.0.0/8", "10.0.0.0/8", "  - subnet: 10.0.0.0/8"],
  ])("hides the value where the text is no YAML: %s", (line, about, text) => {
    expect(shown(line, about, null)?.[0]).toBe(text);
  });
});
