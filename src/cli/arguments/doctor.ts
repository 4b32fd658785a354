import { parseAddress, type Address } from "../../ipam/address.js";
import { failure, success, type Result } from "../../kit/result.js";
import { lastOf, oneOf, type GivenOptions, type OptionName } from "./options.js";

export interface DoctorRequest {
  readonly kind: "doctor";
  /** Whose route is asked for. */
  readonly address: Address | undefined;
  readonly format: (typeof FORMATS)[number];
  /** As written. */
  readonly ranges: string | undefined;
  /** Where the snapshot goes. As written. */
  readonly save: string | undefined;
  readonly containerNames: boolean;
  readonly task: DoctorTask;
}

export type DoctorTask =
  /** @param from A snapshot, instead of this host. As written. */
  | { readonly kind: "look"; readonly from: string | undefined }
  /** @param after This host, when undefined. */
  | { readonly kind: "diff"; readonly before: string; readonly after: string | undefined }
  /** @param program Started for each change. As written. */
  | { readonly kind: "watch"; readonly program: string | undefined };

const FORMATS = ["text", "json"] as const;

export const DOCTOR_OPTIONS: readonly OptionName[] = [
  "format",
  "ranges",
  "save",
  "container-names",
  "from",
  "diff",
  "watch",
  "exec",
];

export function readDoctor(given: GivenOptions, words: readonly string[]): Result<DoctorRequest, string> {
  const format = oneOf(FORMATS, lastOf(given, "format") ?? "text", "--format");
  if (!format.ok) return format;
  const task = taskOf(given, words);
  if (!task.ok) return task;
  const [written, ...others] = task.value.kind === "diff" ? [] : words;
  if (others.length > 0) return failure(`doctor takes one address, not ${words.length}`);
  const address = written === undefined ? undefined : parseAddress(written);
  if (address?.ok === false) return failure(`doctor ${written ?? ""}: ${address.fault.reason}`);
  if (task.value.kind === "watch" && address) return failure("doctor --watch takes no address");
  const save = lastOf(given, "save");
  if (save !== undefined && task.value.kind === "watch")
    return failure("doctor --watch saves nothing: run doctor --save");
  if (given.has("container-names") && save === undefined) return failure("--container-names needs --save");
  return success({
    kind: "doctor",
    address: address?.value,
    format: format.value,
    ranges: lastOf(given, "ranges"),
    save,
    containerNames: given.has("container-names"),
    task: task.value,
  });
}

function taskOf(given: GivenOptions, words: readonly string[]): Result<DoctorTask, string> {
  const chosen = (["from", "diff", "watch"] as const).filter((name) => given.has(name));
  if (chosen.length > 1) return failure(`choose one of ${chosen.map((name) => `--${name}`).join(" and ")}`);
  if (given.has("exec") && !given.has("watch")) return failure("--exec needs --watch");
  if (given.has("watch")) return success({ kind: "watch", program: lastOf(given, "exec") });
  const before = lastOf(given, "diff");
  if (before === undefined) return success({ kind: "look", from: lastOf(given, "from") });
  const [after, ...others] = words;
  if (others.length > 0) return failure("doctor --diff compares two snapshots: --diff BEFORE AFTER");
  return success({ kind: "diff", before, after });
}
