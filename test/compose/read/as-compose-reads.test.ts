import { describe, expect, it } from "vitest";

import { parse, problemIn, projectOf } from "../said.js";

const WEB = "services:\n  web:\n    image: caddy\n    networks: [lan]\n";
const LAN = "networks:\n  lan:\n    ipam:\n      config:\n        - subnet: 10.7.0.0/24\n";

/** The explicit IPv4 subnets of the network "lan". */
function subnetsIn(text: string): string[] {
  const lan = projectOf(text).networks.find(({ key }) => key === "lan");
  return lan?.ipv4.mode === "explicit" ? lan.ipv4.subnets.map((subnet) => subnet.text) : [];
}

describe("what Compose reads and YAML 1.2 does not", () => {
  it.each([
    ["a quoted text that ends at its key's column", `${WEB}    command: "a\n    b"\n${LAN}`],
    ["a quoted text that ends left of its key", `${WEB}    command: 'a\n  b'\n${LAN}`],
    ["a quoted text that is closed at the start of a line", `${WEB}    command: "a\n"\n${LAN}`],
    ["a quoted item of a list that goes on at the dash", `${WEB}    command:\n      - "a\n      b"\n${LAN}`],
    ["a quoted text with a tab at the start of a line", `${WEB}    command: "a\n\tb"\n${LAN}`],
    ["brackets that close left of their key", `${WEB}    command: [\n      a\n  ]\n${LAN}`],
    ["braces that close at the start of a line", `${WEB}    labels: {\n  a: b\n}\n${LAN}`],
    ["items of a flow list at the start of a line", `${WEB}    command: [a,\nb]\n${LAN}`],
    ["tabs inside brackets", `${WEB}    command: [\n\t\ta\n    ]\n${LAN}`],
    ["a comment right after brackets", `${WEB}    command: [a]# b\n${LAN}`],
    ["a comment right after quotes", `${WEB}    command: "a"# b\n${LAN}`],
    ["lines that end with a carriage return alone", `${WEB}${LAN}`.replaceAll("\n", "\r")],
    ["lines that end with a next line (NEL)", `${WEB}${LAN}`.replaceAll("\n", "\u0085")],
    ["a network after a line separator in a comment", `${WEB}# nothing\u2028${LAN}`],
    ["a tab deeper than the plain text above it", `${WEB}    hostname: a\n        \t\n${LAN}`],
    ["a tab before a comment that goes on from one above", `${WEB}# a\n\t# b\n${LAN}`],
    ["a tab in brackets after a comma", `${WEB}    command: [\n      a,\n\t]\n${LAN}`],
    ["a dash alone in brackets", `${WEB}    command: [-]\n${LAN}`],
    ["a question mark in quotes in brackets", `${WEB}    command: ["a?b", 'c?']\n${LAN}`],
    ["a question mark in a plain text of a block", `${WEB}    hostname: a?b\n${LAN}`],
    ["a bracket right after the colon of a key in quotes", `${WEB}    labels: {"a":[]}\n${LAN}`],
    ["an alias that a colon follows", `x-lan: &n hostname\n${WEB}    *n: a\n${LAN}`],
  ])("%s", (_, text) => {
    expect(problemIn(text)).toBeUndefined();
    expect(subnetsIn(text)).toEqual(["10.7.0.0/24"]);
  });

  it("has the value that a quoted text has to Compose, and its place", () => {
    const text = `${WEB}${LAN.replace("10.7.0.0/24", '"10.7.0.0/24\\\n        "')}`;
    expect(subnetsIn(text)).toEqual(["10.7.0.0/24"]);
  });
});

describe("what YAML 1.2 reads and Compose does not", () => {
  const TAB = "Compose takes no tab at the start of a line, not even of an empty one";
  it.each([
    ["a line of a tab after a plain text", `${WEB}    hostname: a\n\t\n${LAN}`, `${TAB} at 6:1`],
    ["a line of blanks and a tab after a key", `${WEB}networks:\n    \t\n  lan:\n`, `${TAB} at 6:5`],
    ["a line of a tab after a quoted text", `${WEB}    hostname: "a"\n        \t\n${LAN}`, `${TAB} at 6:9`],
    ["a tab before a comment", `${WEB}\t# a\n${LAN}`, `${TAB} at 5:1`],
    ["a tab at the end of the file", `${WEB}${LAN}\t`, `${TAB} at 10:1`],
    ["a tab after a dash", `${WEB.replace("[lan]", "\n      -\tlan")}${LAN}`, 'Compose takes no tab after "-" at 5:8'],
    [
      "a tab in brackets after a plain text",
      `${WEB}    command: [\n      a\n\t]\n${LAN}`,
      "Compose takes no tab at the start of a line that follows a text without quotes at 7:1",
    ],
    [
      "a question mark in brackets",
      `${WEB}    labels: {a: http://b/?c=d}\n`,
      'Compose takes no "?" in brackets without quotes. Put the text in quotes at 5:26 ?',
    ],
    [
      "a bracket right after the colon of a key",
      `${WEB}    labels: {a:[]}\n`,
      "Compose wants a space between the colon and the bracket at 5:16 [",
    ],
    [
      "a text in brackets that begins with a colon",
      `${WEB}    labels: {a: ::1}\n`,
      'Compose takes no text that begins with ":" in brackets. Put it in quotes at 5:17 :',
    ],
    ["version 1.2", `%YAML 1.2\n---\n${WEB}${LAN}`, "Compose reads YAML 1.1 only. Leave the directive out at 1:1 %"],
    ["an unknown directive", `%FOO bar\n---\n${WEB}`, "Compose knows the directives %YAML and %TAG only at 1:1 %"],
    ["a version twice", `%YAML 1.1\n%YAML 1.1\n---\n${WEB}`, "The document has two directives %YAML at 2:1 %"],
    ["a slash that is escaped", `${WEB}    hostname: "a\\/b"\n`, "Compose does not know this escape at 5:17 \\"],
    [
      "half a character",
      `${WEB}    hostname: "\\ud83d"\n`,
      "Compose takes no halves of characters: write the character itself at 5:16 \\",
    ],
    [
      "an anchor with a dot",
      `x-a: &a.b 1\n${WEB}`,
      "Compose takes only letters, digits, - and _ for the name of an anchor at 1:6 &",
    ],
    [
      "a control character in a comment",
      `# \u0007\n${WEB}`,
      "Compose refuses the character U+0007, which most editors do not show. Remove it at 1:3",
    ],
    [
      "a document after an end without a beginning",
      `${WEB}...\nname: shop\n`,
      'Compose wants "---" before what follows the end of a document at 6:1 n',
    ],
    [
      "an empty document before another",
      `---\n---\n${WEB}`,
      'Compose refuses a document that is not a mapping. Remove the "---" or what is below it at 1:4',
    ],
    [
      "a list after a project",
      `${WEB}---\n- a\n`,
      'Compose refuses a document that is not a mapping. Remove the "---" or what is below it at 6:1',
    ],
  ])("%s", (_, text, problem) => {
    expect(problemIn(text)).toMatch(new RegExp(`^${problem.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`));
  });

  it.each([
    ["%YAML 1.1", `%YAML 1.1\n---\n${WEB}`],
    ["a %TAG directive", `%TAG ! tag:example.com,2000:\n---\n${WEB}`],
    [
      "the escapes of YAML 1.1",
      `${WEB}    hostname: "\\0\\a\\b\\t\\n\\v\\f\\r\\e\\"\\\\\\N\\_\\L\\P\\x41\\u00e9\\U0001F600"\n`,
    ],
    ["a plain text that looks like a directive", `${WEB}    hostname: a\n      %b\n`],
    ["a plain text with an asterisk", `${WEB}    hostname: a*b.c\n`],
    ["a list below a key at its column", `${WEB}    command:\n    - a\n`],
    ["an end, and then a beginning", `${WEB}...\n---\nname: shop\n`],
    ["a comment and nothing else", "# nothing\n"],
  ])("but both read %s", (_, text) => {
    expect(parse(text).ok).toBe(true);
  });
});
