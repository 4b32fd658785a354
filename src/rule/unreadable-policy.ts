import type { Source } from "../compose/source.js";
import { formatLocation } from "../policy/source-text.js";
import type { ProjectView } from "../workspace/workspace.js";

/** The message `unreadablePolicy` of every rule that can't do without the forbidden ranges. */
export const UNREADABLE_POLICY = {
  headline: "No subnet is held against the forbidden ranges, since their file is faulty at {{place}}: {{fault}}",
  advice: "Mend that file.",
} as const;

/** @returns nothing when the forbidden-ranges file can be read, or when there is none. */
export function unreadablePolicy({ reading, file, display }: ProjectView) {
  if (reading.kind !== "faulty") return undefined;
  const [fault] = reading.faults;
  return {
    at: { source: file.source, span: firstLineOf(file.source) },
    says: "unreadablePolicy",
    about: {
      place: fault ? formatLocation({ ...fault, file: display(fault.file) }) : "",
      fault: fault?.message ?? "",
    },
    outcome: "ignored",
  } as const;
}

function firstLineOf({ text }: Source): [start: number, end: number] {
  return [0, text.search(/\r?\n|$/)];
}
