import type { Prefix } from "../../ipam/prefix.js";
import { failure, type Result, success } from "../../kit/result.js";
import { BUILTIN_NAMES } from "../builtin-lists.js";
import { parseCalendarDate } from "./calendar-date.js";
import { nearest } from "../../kit/nearest.js";
import { readAddress, readForbiddenBlock, readNetwork, readPrefix, readSpan, readSubnet } from "./network-notation.js";
import { isAbsolutePath, normalizePath } from "../../kit/paths.js";
import type { Severity } from "../policy.js";
import type { Address, AddressRange } from "../../ipam/address.js";

/** How a text in a policy file is written, and what it then means. */
export interface Notation<T> {
  /** With its article, for "expected …". */
  readonly what: string;
  /** The part of the syntax that a JSON Schema can say. It never refuses what `read` takes. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The fault is a whole sentence with the value in it. */
  readonly read: (text: string) => Result<T, string>;
}

const ADDRESS = "[0-9A-Fa-f.:]+";
const LENGTH = "/[0-9]{1,3}";
const TO_LAST = ` *[-–] *${ADDRESS}`;

export const subnet: Notation<Prefix> = {
  what: "a CIDR block",
  schema: { pattern: `^${ADDRESS}${LENGTH}$` },
  read: readSubnet,
};

export const forbiddenBlock: Notation<AddressRange> = { ...subnet, read: readForbiddenBlock };

export const interfaceAddress: Notation<Prefix> = {
  ...subnet,
  what: "an address with its prefix length",
  read: readPrefix,
};

export const span: Notation<AddressRange> = {
  what: "a range first-last",
  schema: { pattern: `^${ADDRESS}${TO_LAST}$` },
  read: readSpan,
};

export const address: Notation<Address> = {
  what: "an address",
  schema: { pattern: `^${ADDRESS}$` },
  read: readAddress,
};

export const network: Notation<AddressRange> = {
  what: "a CIDR block, a range first-last or an address",
  schema: { pattern: `^${ADDRESS}(${LENGTH}|${TO_LAST})?$` },
  read: readNetwork,
};

export const anyText: Notation<string> = {
  what: "a text",
  schema: { pattern: "\\S" },
  read: (written) =>
    /\S/.test(written) ? success(written) : failure("the text is empty; write one, or remove the key"),
};

export const date: Notation<string> = {
  what: "a date",
  schema: { pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" },
  read: parseCalendarDate,
};

const SEVERITIES: readonly Severity[] = ["error", "warn", "off"];

export const severity: Notation<Severity> = {
  what: "a severity",
  schema: { enum: SEVERITIES },
  read(written) {
    const known = SEVERITIES.find((name) => name === written);
    if (known !== undefined) return success(known);
    const near = nearest(written, SEVERITIES);
    const advice = near === undefined ? "write error, warn or off" : `did you mean "${near}"?`;
    return failure(`"${written}" is not a severity; ${advice}`);
  },
};

/** Where more ranges come from: a file, as a path from the file that names it, or a list that ships with the linter. */
export type Extension =
  { readonly kind: "builtin"; readonly name: string } | { readonly kind: "file"; readonly path: string };

const BUILTIN = "builtin:";
const URL_OR_BACKSLASH = "^[A-Za-z][A-Za-z0-9+.-]*://|\\\\";

export const extension: Notation<Extension> = {
  what: "a path or builtin:NAME",
  schema: {
    anyOf: [
      { enum: BUILTIN_NAMES.map((name) => BUILTIN + name) },
      { pattern: "\\S", not: { pattern: `^${BUILTIN}|${URL_OR_BACKSLASH}` } },
    ],
  },
  read(written) {
    if (!/\S/.test(written)) return failure("the path is empty; write one, or remove the entry");
    if (written.startsWith(BUILTIN)) return readBuiltinName(written.slice(BUILTIN.length));
    if (!new RegExp(URL_OR_BACKSLASH).test(written)) return success({ kind: "file", path: written });
    if (written.includes("://")) return failure(`"${written}": nothing is fetched; download it and name the file`);
    return failure(`"${written}": folders are separated by "/"; did you mean "${written.replaceAll("\\", "/")}"?`);
  },
};

function readBuiltinName(name: string): Result<Extension, string> {
  if (BUILTIN_NAMES.includes(name)) return success({ kind: "builtin", name });
  const near = nearest(name, BUILTIN_NAMES);
  const advice = near === undefined ? "the" : `did you mean ${BUILTIN}${near}? The`;
  return failure(`"${BUILTIN}${name}" is not a built-in list; ${advice} lists are ${BUILTIN_NAMES.join(", ")}`);
}

/** The path of a compose file from the directory of the policy file, or a glob over such paths. */
export const composePath: Notation<string> = {
  what: "a path or a glob",
  schema: { pattern: "\\S", not: { pattern: "\\\\|^/|^[A-Za-z]:" } },
  read(written) {
    if (!/\S/.test(written)) return failure("the path is empty; write one");
    if (written.includes("\\")) {
      return failure(`"${written}": folders are separated by "/"; did you mean "${written.replaceAll("\\", "/")}"?`);
    }
    if (isAbsolutePath(written) || /^[A-Za-z]:/.test(written)) {
      return failure(`"${written}" is absolute; write the path from the directory of the policy file`);
    }
    return success(normalizePath(written));
  },
};

/** The same of a file or a folder, which may end in a slash as in a `.gitignore`. */
export const ignoredPath: Notation<string> = {
  ...composePath,
  read(written) {
    const path = composePath.read(written);
    return path.ok ? success(path.value.replace(/\/+$/, "")) : path;
  },
};
