import { describe, expect, it } from "vitest";
import { asText, defaultsIn, readField, valueOf, type Field } from "../../../src/compose/project/field.js";
import { parsePrefix } from "../../../src/ipam/prefix.js";
import type { Value } from "../../../src/compose/read/value.js";
import { child } from "../../../src/compose/read/value.js";
import { networkIn, projectOf, sayPlace, withNetwork, type Values } from "../said.js";

/** The value of `driver`, which may hold any text. */
function valueOfText(written: string, values: Values): Value | undefined {
  return child(networkIn(projectOf(withNetwork(`{driver: ${written}}`), values), "x").definition, "driver");
}

function say(field: Field<unknown>): string {
  switch (field.kind) {
    case "absent":
      return `absent${field.at ? ` at ${sayPlace(field.at)}` : ""}${field.isOpen ? ", open" : ""}`;
    case "unknown":
      return `unknown: ${field.because.reason}`;
    case "unreadable":
      return `unreadable: ${field.text}: ${field.why.reason}`;
    case "known":
      return `known: ${field.text}`;
  }
}

describe("a field", () => {
  it.each<[string, Values, string]>([
    ["10.7.0.0/24", {}, "known: 10.7.0.0/24"],
    ["10.7.0.5/24", {}, "known: 10.7.0.5/24"],
    ["0.0.0.0/0", {}, "known: 0.0.0.0/0"],
    ["'${S:-10.7.0.0/24}'", {}, "known: 10.7.0.0/24"],
    ["'10.7.${N}0.0/24'", {}, "known: 10.7.0.0/24"],
    ["$S", { S: "10.7.0.0/24" }, "known: 10.7.0.0/24"],
    ["$S", {}, "unknown: unset variable"],
    ["'10.7.${N}.0/24'", {}, "unknown: unset variable"],
    ["'${S:?which}'", {}, "unknown: required variable"],
    ["''", {}, "absent at 4:15 ''"],
    ["'${S:-}'", {}, "absent at 4:15 '${S:-}'"],
    ["$S", { S: "" }, "absent at 4:15 $S"],
    ["10.7.0.0", {}, "unreadable: 10.7.0.0: it has no prefix length: a subnet is written like 10.0.0.0/24"],
    ["$S", { S: "10.7.0.0/40" }, 'unreadable: 10.7.0.0/40: "40" is out of range: an IPv4 prefix length is 0 to 32'],
    // Compose refuses the file for it.
    ["5", {}, "absent"],
    ["[10.7.0.0/24]", {}, "absent"],
  ])("that is %s with %o", (written, values, said) => {
    expect(say(readField(valueOfText(written, values), parsePrefix))).toBe(said);
  });

  it("may be asked for with an empty text", () => {
    expect(say(readField(valueOfText("''", {}), parsePrefix, "a text"))).toBe(
      "unreadable: : it has no prefix length: a subnet is written like 10.0.0.0/24",
    );
  });

  it("is open where a text that may be anything is left empty by an unset variable", () => {
    expect(say(readField(valueOfText("$D", {}), asText))).toBe("absent at 4:15 $D, open");
    expect(say(readField(valueOfText("$D", { D: "" }), asText))).toBe("absent at 4:15 $D");
  });

  it("has its value, and the variables whose default made it", () => {
    const field = readField(valueOfText("'${S:-10.7.0.0/24}'", {}), parsePrefix);
    expect(valueOf(field)).toEqual({ address: { family: 4, value: 0x0a070000n }, length: 24 });
    expect(field.kind === "known" ? defaultsIn(field.written) : undefined).toEqual(["S"]);
    expect(valueOf(readField(undefined, parsePrefix))).toBeUndefined();
  });
});
