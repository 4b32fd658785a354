import { isScalar } from "yaml";
import { ENGINE_RELEASES, type EngineRelease, type EngineSpan } from "../../compose/engine/releases.js";
import { NEWEST_ENGINE } from "../../compose/engine/profile.js";
import { failure, success, type Result } from "../../kit/result.js";
import { mismatch, type Shape, sourceOf, type Written } from "./shape.js";
import { spanOf } from "./yaml-text.js";

const NEWEST = "newest";
const WORDS: readonly string[] = [...ENGINE_RELEASES, NEWEST];
const RELEASES = ENGINE_RELEASES.map((release) => release.replace(".", "\\.")).join("|");

/** The releases of Docker Engine that run the files: one of them, `newest`, or the first and the last of several. */
export const engineSpan: Shape<Written<EngineSpan>> = {
  what: `one of ${WORDS.join(", ")}, or two of them as in 26-28`,
  schema: {
    anyOf: [
      { enum: [...WORDS, ...ENGINE_RELEASES.map(Number)] },
      { type: "string", pattern: `^(${RELEASES}) ?- ?(${RELEASES}|${NEWEST})$` },
    ],
  },
  read(node, page) {
    if (!isScalar(node) || node.value === null || typeof node.value === "boolean") {
      return mismatch(node, page, engineSpan.what);
    }
    const range = spanOf(node);
    // YAML takes 20.10 for a number, whose last digit only the text has.
    const written = typeof node.value === "string" ? node.value : sourceOf(node);
    const span = parseEngineSpan(written);
    if (span.ok) return { value: span.value, written, range };
    page.report(range, `${sourceOf(node)}${span.fault}`);
    return undefined;
  },
};

/** Reads `28`, `newest` or `26-28`. The fault goes on after the text. */
function parseEngineSpan(text: string): Result<EngineSpan, string> {
  const [, first = text, last = first] = /^(.+?)\s*-\s*(.+)$/.exec(text) ?? [];
  const [min, max] = [releaseOf(first), releaseOf(last)];
  if (min === undefined || max === undefined) {
    const unknown = min === undefined ? first : last;
    const isPart = unknown !== text;
    const meant = meantRelease(unknown);
    const advice = meant === undefined ? `it is ${engineSpan.what}` : `did you mean ${text.replace(unknown, meant)}?`;
    return failure(`${isPart ? `: ${unknown}` : ""} is not a known release of Docker Engine; ${advice}`);
  }
  if (ENGINE_RELEASES.indexOf(min) > ENGINE_RELEASES.indexOf(max)) {
    return failure(` ends before it begins; did you mean ${max}-${min}?`);
  }
  return success({ min, max });
}

function releaseOf(text: string): EngineRelease | undefined {
  return text === NEWEST ? NEWEST_ENGINE : ENGINE_RELEASES.find((release) => release === text);
}

/** What `docker version` prints has the patch level too. */
function meantRelease(text: string): EngineRelease | undefined {
  const [, major, minor] = /^v?(\d{2})(?:\.(\d+))?(?:\.|$|-|\+)/.exec(text) ?? [];
  return ENGINE_RELEASES.find((release) => release === major || release === `${major ?? ""}.${minor ?? ""}`);
}
