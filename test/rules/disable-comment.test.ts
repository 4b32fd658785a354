import { describe, expect, it } from "vitest";

import { disableComment } from "../../src/lint/disable-comment.js";
import { createSource } from "../../src/kit/source.js";
import { yaml } from "./compose-rule-tester.js";

const ID = "compose-networks/no-forbidden-subnet";

/** The text with the comment for the first place where `at` stands. */
function commented(text: string, at: string): string {
  const start = text.indexOf(at);
  const edit = disableComment({ source: createSource("/compose.yaml", text), span: [start, start + at.length] }, ID);
  return text.slice(0, edit.span[0]) + edit.text + text.slice(edit.span[1]);
}

describe("the comment that turns a rule off for a line", () => {
  it("stands above the line, as far in as the line itself", () => {
    const text = yaml`
      networks:
        back:
          ipam:
            config:
              - subnet: 192.168.0.0/24
    `;
    expect(commented(text, "192.168.0.0/24")).toBe(
      text.replace("        - subnet", `        # eslint-disable-next-line ${ID}\n        - subnet`),
    );
  });

  it("comes first in a file whose first line is meant", () => {
    expect(commented("services: {}\n", "services")).toBe(`# eslint-disable-next-line ${ID}\nservices: {}\n`);
  });

  it("ends as the other lines do", () => {
    expect(commented("a: 1\r\nb: 2\r\n", "b")).toBe(`a: 1\r\n# eslint-disable-next-line ${ID}\r\nb: 2\r\n`);
  });

  it("joins the one that is there, before its reason", () => {
    const text = "# eslint-disable-next-line compose-networks/require-subnet -- the lab\nb: 2\n";
    expect(commented(text, "b: 2")).toBe(
      `# eslint-disable-next-line compose-networks/require-subnet, ${ID} -- the lab\nb: 2\n`,
    );
    expect(commented("# eslint-disable-next-line yml/no-empty-mapping-value\r\nb: 2\r\n", "b: 2")).toBe(
      `# eslint-disable-next-line yml/no-empty-mapping-value, ${ID}\r\nb: 2\r\n`,
    );
  });
});
