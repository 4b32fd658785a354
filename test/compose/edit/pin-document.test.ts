import { describe, expect, it } from "vitest";

import { lines, pin, refusedPin, SUBNET } from "./edits.js";

const WEB = ["services:", "  web:", "    image: nginx"];
const NETWORKS = ["networks:", "  default:", "    ipam:", "      config:", `        - subnet: ${SUBNET}`];

/** The default network of services that no line declares. */
function itDeclares(name: string, before: string, after: string): void {
  it(`declares the default network ${name}`, () => {
    expect(pin(before, "default")).toBe(after);
  });
}

describe("a file without networks", () => {
  itDeclares("at the end", lines(...WEB), lines(...WEB, ...NETWORKS));
  itDeclares("in front of empty lines at the end", lines(...WEB, "", ""), lines(...WEB, ...NETWORKS, "", ""));
  itDeclares("behind comments at the end", lines(...WEB, "# end"), lines(...WEB, "# end", ...NETWORKS));
  itDeclares(
    "behind a last line with spaces",
    `${lines(...WEB)}    restart: always  \n`,
    lines(...WEB, "    restart: always  ", ...NETWORKS),
  );
  itDeclares(
    "without a line break at the end when there was none",
    lines(...WEB).trimEnd(),
    lines(...WEB, ...NETWORKS).trimEnd(),
  );
  itDeclares(
    "behind a comment without a line break",
    `${lines(...WEB)}# end`,
    lines(...WEB, "# end", ...NETWORKS).trimEnd(),
  );
  itDeclares(
    "with an empty line above when the other keys have one",
    lines("name: shop", "", ...WEB),
    lines("name: shop", "", ...WEB, "", ...NETWORKS),
  );
  itDeclares(
    "as deep as the other keys",
    lines("    services:", "      web:", "        image: nginx"),
    lines(
      ...["    services:", "      web:", "        image: nginx"],
      ...["    networks:", "      default:", "        ipam:", "          config:", `            - subnet: ${SUBNET}`],
    ),
  );
  itDeclares(
    "with the steps of the services",
    lines("services:", "    web:", "        image: nginx", "        ports:", "        - 80:80"),
    lines(
      ...["services:", "    web:", "        image: nginx", "        ports:", "        - 80:80"],
      ...["networks:", "    default:", "        ipam:", "            config:", `            - subnet: ${SUBNET}`],
    ),
  );
  itDeclares(
    "behind a last key without a value, whether it has an anchor or not",
    lines(...WEB, "x-nothing: &nothing"),
    lines(...WEB, "x-nothing: &nothing", ...NETWORKS),
  );
  itDeclares(
    "behind a list below its key",
    lines(...WEB, "x-list:", "- a", "-"),
    lines(...WEB, "x-list:", "- a", "-", ...NETWORKS.slice(0, -1), `      - subnet: ${SUBNET}`),
  );
});

describe("a file with networks", () => {
  itDeclares("behind a key without a value", lines(...WEB, "networks:"), lines(...WEB, ...NETWORKS));
  itDeclares(
    "above the services, where the networks are",
    lines("networks: # all", "", ...WEB),
    lines("networks: # all", ...NETWORKS.slice(1), "", ...WEB),
  );
  itDeclares(
    "in empty braces",
    lines(...WEB, "networks: {}"),
    lines(...WEB, `networks: {default: {ipam: {config: [{subnet: ${SUBNET}}]}}}`),
  );
  itDeclares(
    "behind the last network",
    lines(
      "networks:",
      "  front:",
      "    driver: bridge # yes",
      "",
      ...WEB,
      "  api:",
      "    image: api",
      "    networks: [front]",
    ),
    lines(
      ...["networks:", "  front:", "    driver: bridge # yes", ...NETWORKS.slice(1), ""],
      ...[...WEB, "  api:", "    image: api", "    networks: [front]"],
    ),
  );
  itDeclares(
    "behind a last network without a value",
    lines("networks:", "  front: # outer", ...WEB),
    lines("networks:", "  front: # outer", ...NETWORKS.slice(1), ...WEB),
  );
});

describe("a file that ends in a text block", () => {
  const block = (header: string, ...text: string[]): string[] => [...WEB, `x-text: ${header}`, ...text];

  itDeclares("behind it", lines(...block("|", "  one")), lines(...block("|", "  one"), ...NETWORKS));
  itDeclares(
    "and keeps its empty lines",
    lines(...block("|+", "  one", "", "")),
    lines(...block("|+", "  one", "", ""), ...NETWORKS),
  );
  itDeclares("and keeps its spaces", lines(...block("|", "  one  ")), lines(...block("|", "  one  "), ...NETWORKS));
  itDeclares(
    "and keeps its last line of spaces",
    lines(...block(">", "  one", "      ")),
    lines(...block(">", "  one", "      "), ...NETWORKS),
  );
  itDeclares(
    "and adds no empty line to it",
    lines("name: shop", "", ...block("|2+", "  one")),
    lines("name: shop", "", ...block("|2+", "  one"), ...NETWORKS),
  );
  itDeclares(
    "behind the comment below it",
    lines(...block("|+", "  one", "# end", "", "")),
    lines(...block("|+", "  one", "# end"), ...NETWORKS, "", ""),
  );
  itDeclares(
    "without a last line break when the block strips it",
    lines(...block(">-", "  one", "  two")).trimEnd(),
    lines(...block(">-", "  one", "  two"), ...NETWORKS).trimEnd(),
  );

  it("is left alone when a line break would become a part of the text", () => {
    const before = lines(...block("|", "  one")).trimEnd();
    expect(refusedPin(before, "default")).toBe("5:6: the file ends in a text block without a line break");
  });

  it("is left alone when its last line is of spaces alone, which a line break would make an empty one", () => {
    const before = `${lines(...block("|-", "  one")).trimEnd()}\n     `;
    expect(refusedPin(before, "default")).toBe("6:6: the file ends in a text block without a line break");
  });

  it("is left alone when that text is a network's", () => {
    const before = lines(
      ...WEB,
      "    networks: [front]",
      "networks:",
      "  front:",
      "    x-text: |",
      "      one",
    ).trimEnd();
    expect(refusedPin(before, "front")).toBe("8:10: the file ends in a text block without a line break");
  });
});

describe("several documents", () => {
  itDeclares(
    "in the first one",
    lines("---", ...WEB, "---", "x-more: 1"),
    lines("---", ...WEB, ...NETWORKS, "---", "x-more: 1"),
  );
  itDeclares(
    "in front of the marker of its end",
    lines(...WEB, "...", "# end"),
    lines(...WEB, ...NETWORKS, "...", "# end"),
  );
  itDeclares(
    "in front of an empty line, the marker of its end and another document",
    lines(...WEB, "", "...", "---", "x-more: 1"),
    lines(...WEB, ...NETWORKS, "", "...", "---", "x-more: 1"),
  );
  itDeclares(
    "in the document that has the networks",
    lines(...WEB, "---", "networks:", "  other:", "    driver: bridge"),
    lines(...WEB, "---", "networks:", "  other:", "    driver: bridge", ...NETWORKS.slice(1)),
  );
  itDeclares("behind directives", lines("%YAML 1.1", "---", ...WEB), lines("%YAML 1.1", "---", ...WEB, ...NETWORKS));

  const JOINED = [...WEB, "    networks: [front]"];

  it("pins a network in the document that defines it", () => {
    const before = lines(...JOINED, "networks:", "  front:", "---", "networks:", "  front:", "    driver: bridge");
    expect(pin(before, "front")).toBe(`${before}${lines("    ipam:", "      config:", `        - subnet: ${SUBNET}`)}`);
  });

  it("leaves a network alone that two documents define", () => {
    const before = lines(
      ...JOINED,
      "networks: { front: { driver: bridge } }",
      "---",
      "networks:",
      "  front:",
      "    internal: true",
    );
    expect(refusedPin(before, "front")).toBe("8:3: two documents of the file define it");
  });
});

describe("line ends", () => {
  const crlf = (...texts: string[]): string => lines(...texts).replaceAll("\n", "\r\n");

  itDeclares("with those of Windows", crlf(...WEB, "", ""), crlf(...WEB, ...NETWORKS, "", ""));
  itDeclares(
    "with those of Windows where spaces stand before them",
    crlf("name: shop  ", "  ", ...WEB, "  "),
    crlf("name: shop  ", "  ", ...WEB, "", ...NETWORKS, "  "),
  );
  itDeclares(
    "with those of Windows, without one at the end",
    crlf(...WEB).trimEnd(),
    crlf(...WEB, ...NETWORKS).trimEnd(),
  );
  itDeclares(
    "behind a text block with those of Windows",
    crlf(...WEB, "x: |+", "  a", "", ""),
    crlf(...WEB, "x: |+", "  a", "", "", ...NETWORKS),
  );
  itDeclares(
    "with those of the line in front, when they differ",
    `${crlf("name: shop")}${lines(...WEB)}`,
    `${crlf("name: shop")}${lines(...WEB, ...NETWORKS)}`,
  );

  it("are those of Windows below a network too", () => {
    const before = crlf(...WEB, "    networks: [front]", "networks:", "  front: ~  # outer  ", "volumes:");
    expect(pin(before, "front")).toBe(
      crlf(
        ...[...WEB, "    networks: [front]", "networks:", "  front:  # outer  "],
        ...["    ipam:", "      config:", `        - subnet: ${SUBNET}`, "volumes:"],
      ),
    );
  });
});
