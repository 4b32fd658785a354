import type { Source } from "../kit/source.js";
import { formatLocation } from "../policy/source-text.js";
import { faultsOf } from "../workspace/scoped-policy.js";
import type { ProjectView } from "../workspace/view.js";

/** The message `unreadablePolicy` of every rule that can't do without the forbidden ranges. */
export const UNREADABLE_POLICY = {
  headline: "Not all forbidden ranges could be read: their file is faulty at {{place}}: {{fault}}",
  advice: "Fix that file.",
} as const;

/** @returns nothing when the forbidden-ranges file is right, when there is none, and where its faults are told anyway. */
export function unreadablePolicy(view: ProjectView) {
  const { reading, file, tellsPolicyFaults } = view;
  const [fault] = tellsPolicyFaults ? [] : faultsOf(reading);
  if (!fault) return undefined;
  return {
    at: { source: file.source, span: firstLineOf(file.source) },
    says: "unreadablePolicy",
    about: {
      place: formatLocation({ ...fault, file: view.display(fault.file) }),
      fault: fault.message,
    },
    outcome: "ignored",
  } as const;
}

function firstLineOf({ text }: Source): [start: number, end: number] {
  return [0, text.search(/\r?\n|$/)];
}
