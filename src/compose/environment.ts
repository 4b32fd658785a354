import { interpolate, type Variables } from "./interpolate.js";

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*[=:]\s*(.*)$/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/**
 * Reads the text of a `.env` file as Compose does: `NAME=value`, quotes, comments behind a space, `export`, and
 * variables set further up. What is no assignment is passed over.
 */
export function parseEnvironmentFile(text: string): Variables {
  const variables = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const [, name, rest] = ASSIGNMENT.exec(lines[index] ?? "") ?? [];
    if (name === undefined || rest === undefined) continue;
    const quote = rest[0];
    if (quote !== '"' && quote !== "'") {
      variables.set(name, expanded(rest.replace(/(?:^|\s+)#.*$/, "").trimEnd(), variables));
      continue;
    }
    let body = rest.slice(1);
    while (closingQuote(body, quote) === -1 && index + 1 < lines.length) body += `\n${lines[++index] ?? ""}`;
    const end = closingQuote(body, quote);
    const value = end === -1 ? body : body.slice(0, end);
    variables.set(name, quote === "'" ? value : expanded(unescaped(value), variables));
  }
  return variables;
}

function closingQuote(text: string, quote: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\" && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, character: string) =>
    character === "$" ? "$$" : (ESCAPES[character] ?? character),
  );
}

function expanded(text: string, variables: Variables): string {
  const result = interpolate(text, variables);
  return result.kind === "text" ? result.text : text;
}
