import type { Verdict } from "../compose/engine/fault.js";
import type { Edit } from "../kit/edit.js";
import type { Place } from "../kit/source.js";
import type { FindingKey } from "../policy/baseline/baseline-file.js";
import type { RelatedPlace } from "../remedy/wording.js";
import { sentenceOf, type MessageParts } from "./message.js";
import type { Values } from "../kit/placeholders.js";

/** What becomes of the project if nobody does anything. */
export type Outcome =
  | Refused
  /** It depends on the order in which things start, or on the engine. */
  | "may-fail"
  /** Hosts are lost. */
  | "unreachable"
  /** Docker chooses. */
  | "automatic"
  /** What is written has no effect. */
  | "ignored"
  /** Nothing breaks at once, but somebody decided otherwise. */
  | "policy";

export interface Refused {
  readonly refusedBy: "compose" | "stack" | "engine";
  /** While the files are read, when the network is created, when a container or the daemon itself starts. */
  readonly phase: "load" | "create" | "start" | "boot";
  /** Releases of the engine: the first that refuses it, and the first that no longer does. */
  readonly from?: string | undefined;
  readonly before?: string | undefined;
}

/** What becomes of a project that engines have something against. */
export function outcomeOf({ effect, phase, engines }: Verdict): Outcome {
  switch (effect) {
    case "refused":
      return { refusedBy: "engine", phase, ...engines };
    case "may fail":
      return "may-fail";
    case "ignored":
      return "ignored";
  }
}

/** What a finding is about, for reports that machines read. */
export interface Subject {
  readonly network: string | undefined;
  readonly subnet: string | undefined;
  /** The forbidden range: its name with the CIDR in parentheses, or the CIDR alone. */
  readonly range: string | undefined;
}

export interface OfferedEdit {
  /** The key of its title in the rule. */
  readonly does: string;
  readonly data: Values;
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What a rule found. Every report renders it; none takes a rendering of another apart. */
export interface RuleFinding {
  /** The rule's name, without a prefix. */
  readonly rule: string;
  /** The key of the message in the rule. */
  readonly says: string;
  /** What fills the message. */
  readonly data: Values;
  /** Where it is shown. */
  readonly at: Place;
  /** The place to change. It lies in another file where a host that is not given that one shows it. */
  readonly home: Place;
  readonly parts: MessageParts;
  /** What the fix does to a running system, beyond what the message says. */
  readonly effect: string | undefined;
  readonly subject: Subject;
  readonly related: readonly RelatedPlace[];
  readonly outcome: Outcome;
  /** A range that only warns must not fail a run, whatever the level of the rule. */
  readonly severity: "warn" | undefined;
  /** What `--fix` does about it. */
  readonly fix: readonly Edit[] | undefined;
  readonly suggestions: readonly OfferedEdit[];
  /** What a baseline knows it by. */
  readonly key: FindingKey;
  /** The baseline has it: it is not reported, and not fixed. */
  readonly isKnown?: true;
}

/** A finding as the hosts report it: of a rule, or about a comment that steers us, or about a text that is no YAML. */
export interface Finding extends Omit<RuleFinding, "rule" | "says" | "outcome" | "severity" | "key"> {
  /** Undefined for a finding of no rule. */
  readonly key: FindingKey | undefined;
  /** With the prefix; null where no rule is to blame. */
  readonly rule: string | null;
  readonly says: string | null;
  readonly outcome: Outcome | null;
  readonly severity: "error" | "warning";
}

/** What comes before the names of our rules in comments, configurations and reports. */
export const RULE_PREFIX = "compose-networks/";

/** A finding of no rule: all of it is headline. */
export function plainFinding(
  at: Place,
  message: string,
  { rule = null, severity = "error" }: Partial<Pick<Finding, "rule" | "severity">> = {},
): Finding {
  return {
    rule,
    says: null,
    data: {},
    at,
    home: at,
    // Such a message ends in a full stop or in none, as ESLint writes it.
    parts: { headline: message },
    effect: undefined,
    subject: { network: undefined, subnet: undefined, range: undefined },
    related: [],
    outcome: null,
    severity,
    fix: undefined,
    suggestions: [],
    key: undefined,
  };
}

/** Whether `--fix` does something about it. */
export function isFixable({ fix }: Pick<Finding, "fix">): boolean {
  return fix !== undefined && fix.length > 0;
}

/** The whole message in sentences. */
export function messageOf({ says, parts }: Pick<Finding, "says" | "parts">): string {
  return says === null ? parts.headline : sentenceOf(parts);
}
