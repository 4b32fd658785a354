/**
 * Compose's variable syntax once more, read character by character from its grammar, to hold the real one against:
 *
 *     template   = { "$$" | "$" name | "${" name "}" | "${" name operator operand "}" | character }
 *     operator   = ":-" | "-" | ":+" | "+" | ":?" | "?"
 *     operand    = a template that ends at the "}" of its "${", on the same line
 */
export function substituteNaively(template: string, variables: ReadonlyMap<string, string>): string {
  const read = readTemplate([...template], variables);
  return typeof read === "string" ? read : read.join("");
}

/** The pieces of the text, or what stopped it. */
function readTemplate(characters: string[], variables: ReadonlyMap<string, string>): string[] | string {
  const [first, second, ...rest] = characters;
  if (first === undefined) return [];
  if (first === "$" && second === "$") return prepend("$", readTemplate(rest, variables));
  if (first === "$" && second === "{") {
    const end = matchingBrace(rest);
    if (end === undefined) return "malformed";
    const value = readExpression(rest.slice(0, end), variables);
    return typeof value === "string" ? value : prepend(value.join(""), readTemplate(rest.slice(end + 1), variables));
  }
  const name = first === "$" ? nameIn(characters.slice(1)) : "";
  if (name === "") return prepend(first, readTemplate(characters.slice(1), variables));
  return prepend(variables.get(name) ?? "", readTemplate(characters.slice(1 + name.length), variables));
}

function prepend(piece: string, pieces: string[] | string): string[] | string {
  return typeof pieces === "string" ? pieces : [piece, ...pieces];
}

function matchingBrace(characters: readonly string[]): number | undefined {
  let open = 1;
  for (const [index, character] of characters.entries()) {
    if (character === "\n") return undefined;
    if (character === "{" && characters[index - 1] === "$") open += 1;
    if (character === "}") open -= 1;
    if (open === 0) return index;
  }
  return undefined;
}

function readExpression(characters: string[], variables: ReadonlyMap<string, string>): string[] | string {
  const name = nameIn(characters);
  const rest = characters.slice(name.length).join("");
  if (name === "") return "malformed";
  const value = variables.get(name);
  if (rest === "") return [value ?? ""];
  for (const operator of [":-", "-", ":+", "+", ":?", "?"]) {
    if (!rest.startsWith(operator)) continue;
    const operand = [...rest.slice(operator.length)];
    const has = value !== undefined && (value !== "" || !operator.startsWith(":"));
    if (operator.endsWith("-")) return has ? [value] : readTemplate(operand, variables);
    if (operator.endsWith("+")) return has ? readTemplate(operand, variables) : [""];
    if (has) return [value];
    const message = readTemplate(operand, variables);
    return typeof message === "string" ? message : `required ${name}: ${message.join("")}`;
  }
  return "malformed";
}

function nameIn(characters: readonly string[]): string {
  let name = "";
  for (const character of characters) {
    const isLetter = (character >= "a" && character <= "z") || (character >= "A" && character <= "Z");
    const isDigit = character >= "0" && character <= "9";
    if (!isLetter && character !== "_" && !(isDigit && name !== "")) break;
    name += character;
  }
  return name;
}
