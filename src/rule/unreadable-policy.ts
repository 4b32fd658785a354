import type { Source } from "../compose/source.js";
import { formatLocation } from "../policy/source-text.js";
import type { ProjectView } from "../workspace/workspace.js";
import type { Report } from "./create-rule.js";

/** The message `unreadablePolicy` of every rule that can't do without the forbidden ranges. */
export const UNREADABLE_POLICY_MESSAGE =
  "No subnet is held against the forbidden ranges, since their file is faulty at {{place}}: {{fault}}. Mend that file.";

/** @returns nothing when the forbidden-ranges file can be read, or when there is none. */
export function unreadablePolicy({ reading, file, display }: ProjectView): Report<"unreadablePolicy"> | undefined {
  if (reading.kind !== "faulty") return undefined;
  const [fault] = reading.faults;
  return {
    at: { source: file.source, span: firstLineOf(file.source) },
    messageId: "unreadablePolicy",
    values: {
      place: fault ? formatLocation({ ...fault, file: display(fault.file) }) : "",
      fault: fault?.message ?? "",
    },
  };
}

function firstLineOf({ text }: Source): [start: number, end: number] {
  return [0, text.search(/\r?\n|$/)];
}
