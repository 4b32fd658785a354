import { looksLikeAddress } from "../../ipam/address-like.js";
import { messageOf, type Finding } from "../../lint/finding.js";
import type { FileKind } from "../../workspace/files/file-kinds.js";
import { extentOf } from "./extent.js";

/** What a report shows of the line that a finding is in. */
export interface Excerpt {
  readonly text: string;
  /** UTF-16 code units in front of what the finding is about, and up to its end. */
  readonly start: number;
  readonly end: number;
}

const KEY = String.raw`(?:"[^"]*"|'[^']*'|[^\s"'#{}[\],:&*!|>%@-][^"'#{}[\],:]*?)`;
const PLAIN = String.raw`[^\s"'{}[\]|>#,][^{}[\],"']*?`;
const VALUE = String.raw`(?:"(?:[^"\\]|\\.)*"|'[^']*'|${PLAIN})`;
/** `- key: value # comment`, each part but for the key or the value optional. */
const ONE_FIELD = new RegExp(String.raw`^\s*(?:- +)*(?:${KEY}\s*:(?: +${VALUE})?|${VALUE})\s*(?:\s#.*)?$`);
/** A value of a plain text has no second key in it. */
const TWO_KEYS = /^\s*(?:- +)*[^#"']*?:\s[^#"']*:\s/;
const KEY_BEFORE = new RegExp(String.raw`(?:^|[\s{,[])((?:"[\w.-]*"|'[\w.-]*'|[\w.-]+)\s*:\s*)$`);
/** What bears an anchor may be a value of `environment` that a network only shares. */
const ANCHOR_BEFORE = /&\S+\s+(?:!\S*\s+)?$/;
/** A message that names an alias in place of its value: `"*secret" is not a valid subnet`. */
const NAMES_ALIAS = /(?:^|[\s"])(?:\*[^\s"*]|<<)/;
const DIRECTIVE = /#\s*eslint-/;
const CUT = "…";

/**
 * The stretch of a line that a finding is about, with its key. The rest is shown only where it belongs to the same field:
 * in `web: { networks: [back], environment: { PASSWORD: … } }` it is nobody's business.
 *
 * @param line Without its end.
 * @param kind Of a file that is neither a compose file nor a policy, nothing is shown but addresses.
 * @returns undefined when nothing may be shown.
 */
export function excerptOf(line: string, finding: Finding, kind: FileKind): Excerpt | undefined {
  const { rule } = finding;
  const { line: first, endLine, column, endColumn } = extentOf(finding);
  const start = Math.min(column - 1, line.length);
  const end = Math.max(start, Math.min(endLine > first ? Infinity : endColumn - 1, line.length));
  const whole: Excerpt = { text: line, start: column - 1, end: endLine > first ? Infinity : endColumn - 1 };
  if (kind === "daemon configuration") return addressOnly(line, start, end);
  // ESLint says so of what it can't parse; without a rule are also comments for it that have no effect.
  if (rule === null && (messageOf(finding).startsWith("Parsing error") || !DIRECTIVE.test(line)))
    return valueHidden(line, whole);
  if (rule === null && line.trimStart().startsWith("#")) return whole;
  const isShared =
    kind === "compose" && (ANCHOR_BEFORE.test(line.slice(0, start)) || NAMES_ALIAS.test(messageOf(finding)));
  if (isShared) return spanOnly(line, start, end, isAddress);
  if (ONE_FIELD.test(line) && !TWO_KEYS.test(line)) return whole;
  return spanOnly(line, start, end);
}

function spanOnly(line: string, start: number, end: number, isShowable = isHarmless): Excerpt {
  const [, key = ""] = KEY_BEFORE.exec(line.slice(0, start)) ?? [];
  const written = line.slice(start, end);
  const shown = isShowable(written) ? written : collapsed(written);
  const rest = line.slice(end).trim() === "" ? "" : CUT;
  const [indentation = ""] = /^\s*/.exec(line) ?? [];
  const isCut = line.slice(indentation.length, start - key.length) !== "" && (key !== "" || shown !== CUT);
  const before = isCut ? indentation + CUT : indentation;
  const from = before.length + key.length;
  return { text: before + key + shown + rest, start: from, end: from + shown.length };
}

/** A pool with nothing but addresses may be shown as a whole, and what is no collection. */
function isHarmless(written: string): boolean {
  if (!/[{}[\],]/.test(written)) return true;
  return written
    .split(/[{}[\],]|(?:["']?(?:subnet|ip_range|gateway|aux_addresses|base|size|cidr|prefix)["']?\s*:\s)/)
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, "$2"))
    .every((part) => part === "" || /^\d{1,3}$/.test(part) || looksLikeAddress(part));
}

function isAddress(written: string): boolean {
  return looksLikeAddress(written.replace(/^(["'])(.*)\1$/, "$2"));
}

function collapsed(written: string): string {
  if (written.startsWith("{")) return `{${CUT}}`;
  return written.startsWith("[") ? `[${CUT}]` : CUT;
}

/** Where the text is no YAML, nobody knows what field a line belongs to: its value stays out, but for an address. */
function valueHidden(line: string, whole: Excerpt): Excerpt {
  const [head = ""] = new RegExp(String.raw`^\s*(?:- *)*(?:${KEY}\s*:\s*)?`).exec(line) ?? [];
  const value = line.slice(head.length).trim();
  if (value === "" || looksLikeAddress(value.replace(/^(["'])(.*)\1$/, "$2"))) return whole;
  const text = head + CUT;
  return { text, start: Math.min(whole.start, head.length), end: Math.min(whole.end, text.length) };
}

function addressOnly(line: string, start: number, end: number): Excerpt | undefined {
  const written = line.slice(start, end);
  const bare = written.replace(/^"(.*)"$/, "$1");
  const isKnown = /^(?:default-address-pools?|bip6?|fixed-cidr(?:-v6)?|\d{1,10})$/.test(bare);
  return isKnown || looksLikeAddress(bare) ? spanOnly(line, start, end) : undefined;
}
