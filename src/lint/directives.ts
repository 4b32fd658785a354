import { ConfigCommentParser } from "@eslint/plugin-kit";

import type { Place, Source } from "../kit/source.js";
import { steeringComments } from "./comments.js";

const PARSER = new ConfigCommentParser();

/** A comment that turns rules off or on again. */
export interface Directive {
  readonly kind: "disable" | "enable" | "disable-line" | "disable-next-line";
  /** As written, with their prefix; none for all rules. */
  readonly rules: readonly string[];
  readonly at: Place;
}

/** A comment that says how rules are to run in its file. */
export interface Configuration {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly at: Place;
}

/** All comments of a file that steer ESLint, and so us, in their order. */
export interface Steering {
  readonly directives: readonly Directive[];
  readonly configurations: readonly Configuration[];
  readonly faults: readonly { readonly message: string; readonly at: Place }[];
}

export function readSteering(source: Source): Steering {
  const directives: Directive[] = [];
  const configurations: Configuration[] = [];
  const faults: { message: string; at: Place }[] = [];
  for (const comment of steeringComments(source)) {
    const at = { source, span: comment.range };
    const { label = "", value = "" } = PARSER.parseDirective(comment.value) ?? {};
    const kind = kindOf(label);
    if (kind) directives.push({ kind, rules: Object.keys(PARSER.parseListConfig(value)), at });
    else if (label === "eslint") {
      const parsed = PARSER.parseJSONLikeConfig(value);
      if (parsed.ok) configurations.push({ rules: parsed.config, at });
      else faults.push({ message: parsed.error.message, at });
    }
  }
  return { directives, configurations, faults };
}

/** @param label The first word of the comment. */
export function kindOf(label: string): Directive["kind"] | undefined {
  switch (label) {
    case "eslint-disable":
      return "disable";
    case "eslint-enable":
      return "enable";
    case "eslint-disable-line":
      return "disable-line";
    case "eslint-disable-next-line":
      return "disable-next-line";
    default:
      return undefined;
  }
}
