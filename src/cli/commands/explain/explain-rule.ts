import { existsSync, readFileSync } from "node:fs";

import { rules } from "../../../../rules/index.js";
import { nearest } from "../../../kit/nearest.js";
import { markdownForTerminal } from "../../terminal/markdown.js";
import { painter } from "../../terminal/paint.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import { complain, type Terminal } from "../../terminal/terminal.js";

const PREFIX = "compose-networks/";

/** The page of a rule, as it came with this release: nothing is fetched. */
export function explainRule(written: string, terminal: Terminal): ExitCode {
  const name = written.startsWith(PREFIX) ? written.slice(PREFIX.length) : written;
  const names = rules.map((rule) => rule.name);
  if (!names.includes(name)) {
    const meant = nearest(name, names);
    const advice = meant === undefined ? `it is one of ${names.join(", ")}` : `did you mean ${meant}?`;
    complain(terminal, `explain: unknown rule "${name}"; ${advice}`);
    return EXIT_CODES.trouble;
  }
  const page = pageOf(name);
  if (page === undefined) {
    complain(terminal, `explain: this build has no page of ${name}; run npm run build:code`);
    return EXIT_CODES.trouble;
  }
  terminal.stdout.write(markdownForTerminal(page, painter(terminal.stdout.hasColors)));
  return EXIT_CODES.clean;
}

/** Beside the bundle. */
function pageOf(name: string): string | undefined {
  const page = new URL(`./rules/${name}.md`, import.meta.url);
  return existsSync(page) ? readFileSync(page, "utf8") : undefined;
}
