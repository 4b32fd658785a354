import { success, type Result } from "../ipam/result.js";
import { lastOf, oneOf, type GivenOptions, type OptionName } from "./options.js";

export interface ListRequest {
  readonly kind: "list";
  readonly paths: readonly string[];
  readonly format: ListFormat;
}

type ListFormat = (typeof FORMATS)[number];

const FORMATS = ["text", "json"] as const;

export const LIST_OPTIONS: readonly OptionName[] = ["format"];

export function readList(given: GivenOptions, paths: readonly string[]): Result<ListRequest, string> {
  const format = oneOf(FORMATS, lastOf(given, "format") ?? "text", "--format");
  return format.ok ? success({ kind: "list", paths, format: format.value }) : format;
}
