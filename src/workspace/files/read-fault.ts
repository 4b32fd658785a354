/** Why a file of the checkout is not read. */
export type ReadFault =
  | { readonly kind: "missing" }
  /** @param code The system's own word, such as `EACCES`. */
  | { readonly kind: "unreadable"; readonly code: string }
  | { readonly kind: "not regular" }
  | { readonly kind: "not UTF-8" }
  /** @param size Undefined for a file that does not say how long it is. */
  | { readonly kind: "too large"; readonly limit: number; readonly size: number | undefined }
  | { readonly kind: "outside"; readonly allow: string }
  /** What was read before it is as much as one process keeps. */
  | { readonly kind: "no room" }
  | { readonly kind: "git internals" };

/** As the end of a sentence about the file. */
export function describeReadFault(fault: ReadFault): string {
  switch (fault.kind) {
    case "missing":
      return "leads to no file";
    case "unreadable":
      return `can't be read (${fault.code})`;
    case "not regular":
      return "is not a regular file";
    case "not UTF-8":
      return "is not UTF-8 text";
    case "too large":
      return `is larger than ${showSize(fault.limit)}`;
    case "outside":
      return "is outside the work tree";
    case "git internals":
      return "is inside .git";
    case "no room":
      return "is more than one check keeps in memory, after the files before it";
  }
}

/** What has the file read the next time. */
export function cureOf(fault: ReadFault, display: (path: string) => string): string | undefined {
  if (fault.kind === "outside") return `add --allow-outside ${quoted(display(fault.allow))}`;
  if (fault.kind === "no room") return 'name large generated files in "ignore:" of the policy file';
  if (fault.kind !== "too large" || fault.size === undefined) return undefined;
  return `add --max-file-size ${Math.ceil(fault.size / MIB)}M`;
}

/** A check that left this out is not whole. What lies elsewhere is the business of others. */
export function isTrouble({ kind }: ReadFault): boolean {
  return kind !== "missing" && kind !== "outside" && kind !== "git internals";
}

const MIB = 2 ** 20;

function showSize(bytes: number): string {
  if (bytes % MIB === 0) return `${bytes / MIB} MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} bytes`;
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
