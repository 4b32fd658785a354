import { isDeepStrictEqual } from "node:util";
import { isMap, isSeq, parseDocument, type Node } from "yaml";

import { VERSION } from "../../../kit/version.js";
import { success, type Result } from "../../../kit/result.js";
import { byHand, lineEndOf, type Obstacle } from "./addition.js";
import { addToJson } from "./json-text.js";

const REPOSITORY = "https://github.com/compose-networks/eslint-plugin-compose-networks";

const HOOK = `- repo: ${REPOSITORY}
  rev: v${VERSION}
  hooks:
    - id: compose-networks-fix
`;

export const PRE_COMMIT_CONFIG = `repos:
${HOOK.replaceAll(/^/gm, "  ").trimEnd()}
`;

/**
 * In the checkout, npx would take a package that somebody committed below `node_modules`, read the `.npmrc` there, and
 * put `node_modules/.bin` in front of `PATH`. So it is called at the root, and only our command goes back.
 */
export const GIT_HOOK = `#!/bin/sh
checkout=$PWD
export checkout
cd / && exec npx --yes --script-shell sh --package compose-networks@${VERSION} -c 'cd "$checkout" && compose-networks'
`;

export const HUSKY_HOOK = "npx lint-staged\n";

const LINT_STAGED = {
  "**/{compose,docker-compose}{,[.-]*}.{yml,yaml}": "compose-networks --fix --",
  "**/{forbidden-ranges.{yml,yaml,json},daemon.json}": "compose-networks --",
};

export const LINT_STAGED_LINES = `${JSON.stringify({ "lint-staged": LINT_STAGED }, null, 2)}\n`;

/** Adds our repository behind the others of `.pre-commit-config.yaml`. */
export function withHook(text: string): Result<string, Obstacle> {
  const refused = byHand<string>('its "repos" is not a list with one item a line', HOOK);
  const document = parseDocument(text);
  const repos = isMap(document.contents) ? document.get("repos") : undefined;
  const last = isSeq<Node>(repos) && repos.flow !== true ? repos.items.at(-1) : undefined;
  if (document.errors.length > 0 || !isSeq(repos) || !isMap(last) || !last.range) return refused;
  if (repos.items.some((repo) => isMap(repo) && repo.get("repo") === REPOSITORY)) return success(text);

  const lineEnd = lineEndOf(text);
  // Behind the last line of the last entry; comments and empty lines behind it may be about something else.
  const end = last.range[1];
  const content = text.slice(0, end).trimEnd();
  const newline = text.indexOf("\n", content.length);
  const at = newline < 0 ? text.length : newline + 1;
  const start = text.slice(text.lastIndexOf("\n", last.range[0] - 1) + 1, last.range[0]);
  const entry = HOOK.replaceAll(/^(?=.)/gm, start.replace(/-.*$/, "")).replaceAll("\n", lineEnd);
  const after = text.slice(0, at) + (newline < 0 ? lineEnd : "") + entry + text.slice(at);

  repos.add(parseDocument(HOOK).get(0));
  return isDeepStrictEqual(parseDocument(after).toJS(), document.toJS()) ? success(after) : refused;
}

/** Adds our files to the `lint-staged` of `package.json`. */
export function withStagedFiles(text: string): Result<string, Obstacle> {
  let after: string | undefined = text;
  for (const [glob, command] of Object.entries(LINT_STAGED)) {
    const isThere = text.includes(JSON.stringify(glob));
    if (after !== undefined && !isThere) after = addToJson(after, ["lint-staged", glob], command);
  }
  return after === undefined ? byHand('it has no object "lint-staged"', LINT_STAGED_LINES) : success(after);
}
